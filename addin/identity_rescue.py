"""证号急救: damaged identity numbers repaired from a place that proves them, never by calculation.

A number typed into a number cell has lost its last digits for good. It is repaired only when the same name stands,
with a valid number that agrees with every digit left, in another row or in an earlier workbook, and no other does.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from addin.tidying import NUMBER_TITLE, Edit, roster_row, tidy_edits
from validators.damaged_numbers import KEPT_DIGITS, KEY, NAME, agrees, holds_every_digit_of
from validators.identity import check_fits
from validators.table import Book, Finding, Row, Table, Value
from validators.wording import shown

ABOUT_NUMBERS = frozenset({"R-FLD-ID18", "R-FLD-IDTEXT", "R-FLD-ID15"})
"""The rules that tell a damaged number."""

BASIS = "依据："
WRITE_BACK = "有同名、相符的完整号码：无误的用“整理”（或命令行 check --fix）写回"
COMPARE = "有同名、只差一处的号码：对照身份证，是这一格写错的照那里改"
NONE_FITS, TWO_FIT = "别处没有能证明的完整号码", "找到几个不同的号码，不能认定"


@dataclass(frozen=True, slots=True)
class Proof:
    """A valid number and where it stands."""

    number: str
    place: str


@dataclass(frozen=True, slots=True)
class Rescue:
    """What can be repaired without losing a digit typed, what differs in one place and is for a person to decide, and
    the damaged cells nobody can vouch for (one line each, with what to do).
    """

    edits: tuple[Edit, ...] = ()
    slips: tuple[Edit, ...] = ()
    hopeless: tuple[str, ...] = ()


NOTHING_TO_RESCUE = Rescue()


def rescue(book: Book, earlier: Sequence[Book] = ()) -> Rescue:
    """Repairs for the damaged identity numbers of a workbook, proved by its other rows or by ``earlier`` workbooks."""
    damaged = list(_damaged(book))
    if not damaged:
        return NOTHING_TO_RESCUE
    proofs, on_roster = _proofs(book, earlier), _on_roster(book)
    edits: list[Edit] = []
    slips: list[Edit] = []
    hopeless: list[str] = []
    for table, row in damaged:
        fitting = [proof for proof in proofs.get(row.text(NAME), ()) if agrees(row[KEY], proof.number)]
        numbers = {proof.number for proof in fitting}
        taken = _taken(on_roster, table, numbers)
        if len(numbers) == 1 and not taken:
            part = edits if holds_every_digit_of(row[KEY], fitting[0].number) else slips
            part.append(_edit(table, row, fitting[0]))
        else:
            hopeless.append(_line(table, row, taken or (TWO_FIT if numbers else NONE_FITS)))
    return Rescue(tuple(edits), tuple(slips), tuple(hopeless))


def is_damaged(findings: Iterable[Finding]) -> bool:
    """Whether there is a number to look for: only then the whole workbook is searched, and earlier ones read."""
    return any(finding.rule in ABOUT_NUMBERS for finding in findings)


def edits_of(book: Book, found: Rescue) -> list[Edit]:
    """Everything 整理 writes: the loss-free cleanings and the repairs, one a cell."""
    repaired = {(edit.sheet, edit.row, edit.column) for edit in found.edits}
    tidied = (edit for edit in tidy_edits(book) if (edit.sheet, edit.row, edit.column) not in repaired)
    return [*tidied, *found.edits]


def with_offers(findings: Iterable[Finding], found: Rescue) -> list[Finding]:
    """The findings; those of a number that can be repaired say from where and how."""
    offers = {(edit.sheet, edit.row, edit.column): (edit, WRITE_BACK) for edit in found.edits}
    offers |= {(edit.sheet, edit.row, edit.column): (edit, COMPARE) for edit in found.slips}
    return [
        replace(finding, fix=_offer(*offer, finding.fix))
        if finding.rule in ABOUT_NUMBERS
        and (offer := offers.get((finding.sheet, finding.row, finding.column))) is not None
        else finding
        for finding in findings
    ]


def _offer(edit: Edit, advice: str, otherwise: str) -> str:
    return f"{edit.source.removeprefix(BASIS)}{advice}；不符的，{otherwise}"


def offer_lines(found: Rescue) -> Iterator[str]:
    """What could be repaired, for a check that writes nothing; nothing when there is nothing to offer."""
    if found.edits:
        yield ""
        yield f"证号急救：{len(found.edits)} 个身份证号在别处有完整的，加 --fix（或用“整理”）可以写回："
        yield from (f"  {edit.line}" for edit in found.edits)
    if found.slips:
        yield ""
        yield f"证号急救：{slips_text(found)}"
        yield from slip_lines(found)


def slips_text(found: Rescue) -> str:
    """How many numbers are for a person to compare."""
    return f"{len(found.slips)} 个身份证号与别处同名的只差一处，请对照身份证，写错的自己改："


def slip_lines(found: Rescue) -> Iterator[str]:
    """The numbers that differ in one place: which digits, and from where. Masked, both would read the same."""
    for edit in found.slips:
        place = f"{edit.sheet} {edit.column}{edit.row}"
        yield f"  {place}：{edit.source.removeprefix(BASIS)}的号码{_difference(edit.before, edit.after)}"


def _difference(before: str, after: str) -> str:
    wrong = [str(place) for place, (one, other) in enumerate(zip(before, after, strict=False), 1) if one != other]
    if len(before) == len(after):
        return f"第 {'、'.join(wrong)} 位不同"
    return f"是 {len(after)} 位，这里有 {len(before)} 位"


def _edit(table: Table, row: Row, proof: Proof) -> Edit:
    number, letter = table.place(row, KEY)
    before, source = as_typed(row[KEY]), f"{BASIS}{proof.place}"
    return Edit(table.sheet, number, letter, NUMBER_TITLE, before, proof.number, proof.number, source)


def _line(table: Table, row: Row, why: str) -> str:
    number, letter = table.place(row, KEY)
    return f"{table.sheet} {letter}{number}（{row.text(NAME) or '无姓名'}）：{why}，请按身份证重新填写"


def _taken(on_roster: Mapping[str, int], table: Table, numbers: Collection[str]) -> str:
    """On the roster a number stands once: one that another row has already proves a double row, not a repair."""
    rows = [on_roster[number] for number in numbers if number in on_roster]
    if table.register != "member_roster" or not rows:
        return ""
    return f"相符的号码已在第 {min(rows)} 行，可能是同一人录了两行"


def _on_roster(book: Book) -> Mapping[str, int]:
    """The first row of every number on the roster."""
    rows: dict[str, int] = {}
    for row in book["member_roster"]:
        rows.setdefault(row.text(KEY), row.origin.row)
    return rows


def as_typed(value: Value) -> str:
    """The damaged value as the cell shows it."""
    return f"{value:.{KEPT_DIGITS - 1}e}" if isinstance(value, float) else shown(value)


def _damaged(book: Book) -> Iterator[tuple[Table, Row]]:
    for table in _person_tables(book):
        for row in table:
            value = row[KEY]
            if value is not None and not (isinstance(value, str) and check_fits(value)):
                yield table, row


def _proofs(book: Book, earlier: Iterable[Book]) -> Mapping[str, tuple[Proof, ...]]:
    """Valid numbers by name; the workbook's own places before earlier ones."""
    found: dict[str, list[Proof]] = {}
    for source in (book, *earlier):
        where = "" if source is book else f"“{source.file}”"
        for table in _person_tables(source):
            for row in table:
                number = row[KEY]
                if isinstance(number, str) and check_fits(number) and row.text(NAME):
                    found.setdefault(row.text(NAME), []).append(Proof(number, where + roster_row(table, row)))
    return {name: tuple(proofs) for name, proofs in found.items()}


def _person_tables(book: Book) -> Iterator[Table]:
    return (table for table in book.tables.values() if not table.vertical and {KEY, NAME} <= table.columns.keys())
