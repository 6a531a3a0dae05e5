"""What a committee workbook holds, told by the files its rows came from, so that they need not be kept twice."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import groupby
from operator import attrgetter

from addin.merging.previous import Previous, joined
from addin.submissions import MergedRow, Submission, are_same


@dataclass(frozen=True, slots=True)
class ToldByFiles:
    """A committee workbook: ``rest`` without the rows that ``files`` hold, which are registers by key of the file."""

    rest: Previous = field(default_factory=Previous)
    files: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def told_by_files(whole: Previous, files: Mapping[str, Submission]) -> ToldByFiles:
    """The workbook without what these files hold exactly as it stands in it. ``files`` by a key of one's own."""
    by_source = {(one.organisation, one.file): (key, one) for key, one in files.items()}
    rest: dict[str, list[MergedRow]] = {}
    left_out: dict[str, list[str]] = {}
    for register, rows in whole.rows.items():
        kept = rest.setdefault(register, [])
        for source, group in groupby(rows, attrgetter("organisation", "file")):
            own = list(group)
            key, one = by_source.get(source, ("", None))
            if one is not None and are_same(one.rows.get(register, ()), own):
                left_out.setdefault(key, []).append(register)
            else:
                kept.extend(own)
    return ToldByFiles(
        replace(whole, rows={register: tuple(rows) for register, rows in rest.items()}),
        {key: tuple(registers) for key, registers in left_out.items()},
    )


def rebuilt(told: ToldByFiles, files: Mapping[str, Submission | None]) -> Previous | None:
    """The workbook again; None when one of its files is missing."""
    parts = []
    for key, registers in told.files.items():
        one = files.get(key)
        if one is None or any(register not in one.rows for register in registers):
            return None
        parts.append({register: one.rows[register] for register in registers})
    return replace(told.rest, rows={**told.rest.rows, **joined(told.rest.rows, *parts)})
