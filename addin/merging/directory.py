"""党组织名录: which organisations belong to a committee, what is known of each, and who stands under whom."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from addin.submissions import Submission
from validators.table import Value
from validators.wording import shown
from validators.words import YesNo

_FROM_COVER = ("organisation_code", "organisation_name", "superior_code", "organisation_level", "organisation_category")
_CONTACT = (("contact_person", "preparer"), ("contact_phone", "preparer_phone"))


@dataclass(frozen=True, slots=True)
class Directory:
    """The entries by 党组织代码 in sheet order; each maps column keys of the sheet 党组织名录 to values."""

    entries: Mapping[str, Mapping[str, Value]]

    def name(self, code: str) -> str:
        """党组织名称, the code itself when the organisation is not listed."""
        entry = self.entries.get(code)
        return (shown(entry.get("organisation_name")) if entry else "") or code

    def knows_name(self, name: str) -> bool:
        """Whether a name, perhaps shortened or with more words, is that of a listed organisation."""
        return any(each and (name in each or each in name) for each in self._names) if name else False

    @property
    def _names(self) -> tuple[str, ...]:
        return tuple(shown(entry.get("organisation_name")) for entry in self.entries.values())

    @property
    def expected(self) -> tuple[str, ...]:
        """The codes of organisations that must report (应报 is not 否)."""
        return tuple(code for code, entry in self.entries.items() if entry.get("is_expected") != YesNo.NO)

    def superior(self, code: str) -> str:
        """上级党组织代码, empty when unknown."""
        entry = self.entries.get(code)
        return shown(entry.get("superior_code")) if entry else ""

    def below(self, code: str) -> frozenset[str]:
        """Every organisation under one, at any depth, without itself."""
        children: dict[str, list[str]] = {}
        for each in self.entries:
            children.setdefault(self.superior(each), []).append(each)
        found: set[str] = set()
        waiting = list(children.get(code, ()))
        while waiting:
            each = waiting.pop()
            if each not in found:
                found.add(each)
                waiting += children.get(each, ())
        return frozenset(found - {code})


def directory_of(rows: Iterable[Mapping[str, Value]]) -> Directory:
    """A directory from the rows of its sheet; the first row of a code counts, rows without code are left out."""
    entries: dict[str, Mapping[str, Value]] = {}
    for row in rows:
        code = shown(row.get("organisation_code"))
        if code:
            entries.setdefault(code, row)
    return Directory(entries)


def with_submissions(directory: Directory, accepted: Iterable[Submission]) -> Directory:
    """The directory with what accepted files add: unlisted organisations from their covers, and those below them.

    What the clerk typed stays as it is; additions follow in order of code.
    """
    added: dict[str, Mapping[str, Value]] = {}
    for submission in accepted:
        below = ({"superior_code": submission.organisation, **entry} for entry in submission.directory)
        for entry in (_entry(submission), *below):
            code = shown(entry.get("organisation_code"))
            if code and code not in directory.entries:
                added.setdefault(code, entry)
    return Directory({**directory.entries, **dict(sorted(added.items()))})


def typed_rows(directory: Directory, rows: Sequence[Mapping[str, Value]]) -> list[Mapping[str, Value]]:
    """The rows of the sheet: the clerk's own (also those without code), then what was added."""
    known = {shown(row.get("organisation_code")) for row in rows}
    return [*rows, *(entry for code, entry in directory.entries.items() if code not in known)]


def _entry(submission: Submission) -> Mapping[str, Value]:
    entry: dict[str, Value] = {key: submission.cover.get(key) for key in _FROM_COVER}
    entry["is_expected"] = YesNo.YES
    for key, on_cover in _CONTACT:
        entry[key] = submission.cover.get(on_cover)
    return {key: value for key, value in entry.items() if value is not None}
