"""全国名册对账: a roster exported from another system against the register, person by person and field by field."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from addin.binding import header_row, title_key
from addin.grid import Sheet
from addin.problem import CannotUse
from validators.cleaning import clean
from validators.registers import Column, registers
from validators.table import Book, Row, Value
from validators.wording import shown
from validators.words import RelationBelonging

BOTH_DIFFER, ONLY_THEIRS, ONLY_OURS, NUMBER_DIFFERS, LEFT_HERE, SAME = (
    *("内容不一致", "仅名册有", "仅台账有", "证号不一致", "台账已离开", "一致"),
)
"""What may come out for one person; ``名册`` is the other system's roster, ``台账`` ours."""

ORDER = (NUMBER_DIFFERS, BOTH_DIFFER, ONLY_THEIRS, ONLY_OURS, LEFT_HERE, SAME)
COMPARED = (
    *("name", "sex", "ethnicity", "birth_date", "education", "member_type", "joined_on", "confirmed_on"),
    *("membership_status", "mobile"),
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One person of the other system: sheet row and values by column key of 党员名册."""

    row: int
    values: Mapping[str, Value]

    def text(self, key: str) -> str:
        """A value as text, empty when blank."""
        return shown(self.values.get(key))


@dataclass(frozen=True, slots=True)
class Compared:
    """One person: what came out, both sides (None = not there), and the fields that differ in words."""

    result: str
    theirs: Entry | None
    ours: Row | None
    differences: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """姓名 as ours, else as theirs."""
        return self.ours.text("name") if self.ours is not None else self.theirs.text("name") if self.theirs else ""

    @property
    def identity_number(self) -> str:
        """公民身份号码 as ours, else as theirs."""
        side = self.ours or self.theirs
        return side.text("identity_number") if side is not None else ""


def read_roster(sheets: Sequence[Sheet], file: str) -> list[Entry]:
    """The persons of an exported roster, whatever its other columns and wherever its title row stands.

    Raises CannotUse when no sheet has both a name and an identity number column.
    """
    columns = registers()["member_roster"].columns
    for sheet in sheets:
        row = header_row(sheet, columns)
        places = _places(dict(sheet.texts(row)), columns) if row is not None else {}
        if row is not None and {"name", "identity_number"} <= {column.key for column in places.values()}:
            return list(_entries(sheet, row, places))
    raise CannotUse(f"“{file}”里没有找到同时有“姓名”和“公民身份号码”（或身份证号）两列的表：请检查导出的名册是否选对。")


def reconcile(theirs: Iterable[Entry], book: Book) -> list[Compared]:
    """Everyone of either side exactly once: by identity number, then by name and birth date; worst first."""
    left = [entry for entry in theirs if entry.values]
    ours = [row for row in book["member_roster"] if row.values]
    found: list[Compared] = []
    by_number: dict[str, list[Entry]] = {}
    for entry in left:
        by_number.setdefault(entry.text("identity_number"), []).append(entry)
    unmatched: list[Row] = []
    for row in ours:
        same = by_number.get(row.text("identity_number"), []) if row.text("identity_number") else []
        if same:
            found.append(_compared(same.pop(0), row))
        else:
            unmatched.append(row)
    rest = [entry for group in by_number.values() for entry in group]
    found += _by_birth(rest, unmatched)
    return sorted(found, key=lambda one: ORDER.index(one.result))


def result_counts(found: Iterable[Compared]) -> dict[str, int]:
    """How many of each result, in the order of the list."""
    counts = Counter(one.result for one in found)
    return {result: counts[result] for result in ORDER}


def _places(titles: Mapping[int, str], columns: Sequence[Column]) -> dict[int, Column]:
    known = {title_key(alias): column for column in columns for alias in reversed((column.title, *column.aliases))}
    known |= {title_key(column.title): column for column in columns}
    places: dict[int, Column] = {}
    for number, text in titles.items():
        column = known.get(title_key(text))
        if column is not None and column not in places.values():
            places[number] = column
    return places


def _entries(sheet: Sheet, header: int, places: Mapping[int, Column]) -> Iterator[Entry]:
    for number in range(header + 1, len(sheet.rows) + 1):
        values = {column.key: clean(sheet.cell(number, place), column).value for place, column in places.items()}
        filled = {key: value for key, value in values.items() if value is not None}
        if "name" in filled or "identity_number" in filled:
            yield Entry(number, filled)


def _compared(entry: Entry, row: Row) -> Compared:
    if row["relation_belonging"] == RelationBelonging.LEFT:
        return Compared(LEFT_HERE, entry, row, (f"台账 {row.text('left_on')} {row.text('exit_way')}，名册里还有",))
    differences = tuple(_differences(entry, row))
    return Compared(BOTH_DIFFER if differences else SAME, entry, row, differences)


def _differences(entry: Entry, row: Row) -> Iterator[str]:
    """Fields both sides filled and filled differently; a blank contradicts nothing."""
    for key in COMPARED:
        one, two = entry.text(key), shown(row[key])
        if one and two and one != two:
            yield f"{registers()['member_roster'].column(key).title}：名册 {one}，台账 {two}"


def _by_birth(rest: Sequence[Entry], unmatched: Sequence[Row]) -> Iterator[Compared]:
    """Those whose numbers match nobody: the same name and birth date once on either side is one person."""
    waiting: dict[tuple[str, str], list[Entry]] = {}
    for entry in rest:
        who = _who(entry.text("name"), entry.text("birth_date"), entry.text("identity_number"))
        waiting.setdefault(who, []).append(entry)
    for row in unmatched:
        group = waiting.get(_who(row.text("name"), shown(row["birth_date"]), row.text("identity_number")), [])
        if len(group) == 1:
            entry = group.pop()
            text = "姓名、出生日期相同，公民身份号码不同"
            yield Compared(NUMBER_DIFFERS, entry, row, (text, *_differences(entry, row)))
        elif row["relation_belonging"] != RelationBelonging.LEFT:
            yield Compared(ONLY_OURS, None, row)
    yield from (Compared(ONLY_THEIRS, entry, None) for group in waiting.values() for entry in group)


def _who(name: str, birth: str, number: str) -> tuple[str, str]:
    digits = number[6:14]
    if not birth and len(digits) == 8 and digits.isdigit():
        birth = f"{digits[:4]}-{digits[4:6]}-{digits[6:]}"
    return name, birth
