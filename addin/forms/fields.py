"""What a form may show or ask about: ``member.name``, ``facts.state``, ``outflow.left_on``, ``derived.outcome`` …"""

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from operator import attrgetter

from addin.forms import derived_campaign as _campaign  # noqa: F401
from addin.forms import derived_cover as _cover  # noqa: F401
from addin.forms import derived_exits as _exits  # noqa: F401
from addin.forms import derived_rows as _more  # noqa: F401  declares more derived fields
from addin.forms import derived_traces as _traces  # noqa: F401
from addin.forms.derived import DERIVED, settled_row
from addin.forms.derived_abroad import last_stay
from addin.forms.subjects import Subject
from validators.contacts import Absence
from validators.facts import fact_titles
from validators.happened import latest_row
from validators.letters import Letter
from validators.registers import Column, registers
from validators.table import Row, Value
from validators.three_checks import latest_check

_ORGANISATION = {
    "name": "党组织名称",
    "code": "党组织代码",
    "category": "党组织类别",
    "unit_class": "党组织所在单位类别",
    "level": "党组织层级",
    "contact": "党组织联系人",
    "phone": "党组织联系电话",
}
_CASE = {"as_of": "基准日", "year": "年度"}

ROW, FACTS, DERIVED_PREFIX, ORGANISATION, CASE = "row", "facts", "derived", "org", "case"
"""Prefixes besides those of related rows."""


def _absence(stay: Absence | None) -> Row | None:
    return stay.row if stay is not None else None


def _letter_row(letters: tuple[Letter, ...]) -> Row | None:
    return letters[-1].row if letters else None


def _latest(subject: Subject, register: str, day: str) -> Row | None:
    """The latest row of a person that does not lie after the as-of date."""
    rows = subject.facts.situation.person.of(register) if subject.facts is not None else []
    return latest_row(rows, day, subject.case.as_of)


def _arrival(subject: Subject) -> Row | None:
    rows = subject.facts.situation.person.of("transfer_letter") if subject.facts is not None else []
    arrived = [row for row in rows if row["direction"] == "转入"]
    return arrived[-1] if arrived else None


RELATED: Mapping[str, tuple[str, Callable[[Subject], Row | None]]] = {
    "member": ("member_roster", lambda it: it.facts.member if it.facts else None),
    "outflow": ("outflow", lambda it: _absence(it.facts.situation.away) if it.facts else None),
    "last_outflow": ("outflow", lambda it: _latest(it, "outflow", "left_on")),
    "abroad": ("abroad", lambda it: _absence(it.facts.situation.abroad) if it.facts else None),
    "last_abroad": ("abroad", last_stay),
    "lost_file": (
        "lost_file",
        lambda it: it.facts.situation.file.row if it.facts and it.facts.situation.file else None,
    ),
    "letter": ("transfer_letter", lambda it: _letter_row(it.facts.situation.letters) if it.facts else None),
    "arrival_letter": ("transfer_letter", _arrival),
    "settled": ("disposition", settled_row),
    "campaign_check": ("campaign_check", lambda it: latest_check(it.facts, it.case.as_of) if it.facts else None),
    "annual_review": ("annual_review", lambda it: _latest(it, "annual_review", "reviewed_on")),
}
"""Rows that belong to the subject's person, by prefix: the register they come from and how they are found."""


def value_of(subject: Subject, path: str) -> Value:
    """The value of a field for a subject, None when it is blank or does not apply. Raises KeyError for no field."""
    return _reader(path)(subject)


@cache
def _reader(path: str) -> Callable[[Subject], Value]:
    """What takes the value of a field from a subject. Raises KeyError for no field."""
    prefix, _, name = path.partition(".")
    if prefix == ROW:
        return lambda it: it.row.values.get(name)
    if prefix == FACTS:
        read: Callable[[object], Value] = attrgetter(name)
        return lambda it: read(it.facts) if it.facts is not None else None
    if prefix == DERIVED_PREFIX:
        return DERIVED[name].work
    if prefix == ORGANISATION:
        return lambda it: str(getattr(it.organisation, name)) or None
    if prefix == CASE:
        return lambda it: it.case.as_of if name == "as_of" else it.case.as_of.year
    find = RELATED[prefix][1]

    def read_related(subject: Subject) -> Value:
        row = find(subject)
        return row.values.get(name) if row is not None else None

    return read_related


def values_of(subjects: Iterable[Subject], path: str) -> list[Value]:
    """The values of a field for many subjects."""
    prefix, _, name = path.partition(".")
    if prefix == ROW:
        return [it.row.values.get(name) for it in subjects]
    read = _reader(path)
    return [read(it) for it in subjects]


@cache
def title_of(path: str, population: str) -> str:
    """What a field is called. Raises KeyError with the path when there is no such field."""
    prefix, _, name = path.partition(".")
    column = column_of(path, population)
    if column is not None:
        return column.title
    titles = _plain_titles().get(prefix)
    if titles is None or name not in titles:
        raise KeyError(path)
    return titles[name]


@cache
def column_of(path: str, population: str) -> Column | None:
    """The register column behind a field, None for a field that is worked out."""
    prefix, _, name = path.partition(".")
    if prefix == ROW:
        register = "member_roster" if population == "member" else population
    elif prefix in RELATED:
        register = RELATED[prefix][0]
    else:
        return None
    known = registers().get("organisation_directory" if register == "organisation" else register)
    if known is None:
        raise KeyError(path)
    return next((column for column in known.columns if column.key == name), None)


@cache
def _plain_titles() -> Mapping[str, Mapping[str, str]]:
    return {
        FACTS: {**fact_titles(), "name": "姓名", "contact_person": "支部联系人"},
        DERIVED_PREFIX: {name: field.title for name, field in DERIVED.items()},
        ORGANISATION: _ORGANISATION,
        CASE: _CASE,
    }
