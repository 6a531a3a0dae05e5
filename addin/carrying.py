"""两期衔接 (R-SUM-YEAR): 期初 + 增加 − 减少 = 期末 between two periods, person by person, each with its reason."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from validators.people import PersonKey, organisation_of
from validators.table import Book, Row
from validators.words import (
    EntryWay,
    LetterDirection,
    MembershipStatus,
    Outcome,
    RelationBelonging,
)

ADDED, REMOVED = "增加", "减少"
UNEXPLAINED = "未说明"
STOPPED = Outcome.STOP_MEMBERSHIP


@dataclass(frozen=True, slots=True)
class Movement:
    """One member who came or went: why, since when, and the sentence that tells from which rows it follows."""

    organisation: str
    direction: str
    name: str
    identity_number: str
    reason: str
    on: date | None
    text: str


@dataclass(frozen=True, slots=True)
class Carried:
    """One organisation from one period to the next. ``is_copy`` when every row equals that of the period before."""

    organisation: str
    opening: int
    closing: int
    movements: tuple[Movement, ...]
    is_copy: bool = False

    def count(self, direction: str) -> int:
        """How many came (增加) or went (减少)."""
        return sum(1 for movement in self.movements if movement.direction == direction)

    @property
    def unexplained(self) -> int:
        """Movements no register gives a reason for."""
        return sum(1 for movement in self.movements if movement.reason == UNEXPLAINED)

    @property
    def sentence(self) -> str:
        """``期初 60 + 增加 3 − 减少 2 = 期末 61``; it always balances, for everyone who came or went is named."""
        came, went = self.count(ADDED), self.count(REMOVED)
        return f"期初 {self.opening} + 增加 {came} − 减少 {went} = 期末 {self.closing}"


def carry(old: Book, new: Book, start: date, end: date) -> list[Carried]:
    """Every organisation of either workbook, in order of code. ``start`` and ``end`` are the two 基准日.

    A member counts while 关系归属 is not 已离开 and 党籍状态 is not 停止党籍. Someone whose identity number was
    mended stays one person (same name and birth date).
    """
    before, after = _counted(old), _counted(new)
    renumbered = _renumbered(before, after)
    after_keys = {renumbered.get(key, key) for key in after}
    left = {key for key in before if key not in after_keys}
    came = {key for key in after if renumbered.get(key, key) not in before}
    evidence = _Evidence(old, new, start, end)
    movements = [evidence.of_added(key, after[key]) for key in sorted(came)]
    movements += [evidence.of_removed(key, before[key]) for key in sorted(left)]
    codes = sorted({key.organisation for key in (*before, *after)})
    copies = {code for code in codes if _content(old, code) == _content(new, code)}
    return [
        Carried(
            code,
            sum(1 for key in before if key.organisation == code),
            sum(1 for key in after if key.organisation == code),
            tuple(movement for movement in movements if movement.organisation == code),
            code in copies,
        )
        for code in codes
    ]


def _counted(book: Book) -> dict[PersonKey, Row]:
    """The members who count, by organisation and number (the name where the number is unusable)."""
    found: dict[PersonKey, Row] = {}
    for row in book["member_roster"]:
        if row["relation_belonging"] != RelationBelonging.LEFT and row["membership_status"] != MembershipStatus.STOPPED:
            found.setdefault(_key(book, row), row)
    return found


def _key(book: Book, row: Row) -> PersonKey:
    number = row["identity_number"]
    return PersonKey(organisation_of(book, row), number if isinstance(number, str) else row.text("name"))


def _renumbered(before: Mapping[PersonKey, Row], after: Mapping[PersonKey, Row]) -> dict[PersonKey, PersonKey]:
    """New key to old key where only the number differs; namesakes of one birth date are left alone."""
    gone = _by_birth({key: row for key, row in before.items() if key not in after})
    fresh = _by_birth({key: row for key, row in after.items() if key not in before})
    pairs = ((fresh[who], gone[who]) for who in fresh if who in gone)
    return {new[0]: old[0] for new, old in pairs if len(new) == len(old) == 1}


def _by_birth(rows: Mapping[PersonKey, Row]) -> dict[tuple[str, str, str], list[PersonKey]]:
    found: dict[tuple[str, str, str], list[PersonKey]] = {}
    for key, row in rows.items():
        if row.text("birth_date"):
            found.setdefault((key.organisation, row.text("name"), row.text("birth_date")), []).append(key)
    return found


def _content(book: Book, code: str) -> list[tuple[str, Mapping[str, object]]]:
    """What an organisation says in every register, to see whether it was copied from the period before."""
    sources = ("source_organisation", "source_file", "source_row")
    return [
        (register, {key: value for key, value in row.values.items() if key not in sources})
        for register, table in sorted(book.tables.items())
        if register != "cover"
        for row in table
        if organisation_of(book, row) == code
    ]


class _Evidence:
    """What the registers of both periods say about someone who came or went."""

    def __init__(self, old: Book, new: Book, start: date, end: date) -> None:
        self.start, self.end = start, end
        self.old_roster = _all(old)
        self.new_roster = _all(new)
        self.letters = _by_person(new, "transfer_letter")
        self.dispositions = _by_person(new, "disposition")

    def of_added(self, key: PersonKey, row: Row) -> Movement:
        """Why somebody counts now who did not: 进入方式, a letter, 恢复党籍."""
        earlier = self.old_roster.get(key)
        way, on = row.text("entry_way"), row.day("entered_on")
        if way and way != EntryWay.OPENING:
            return self._movement(key, row, ADDED, way, on, f"进入方式“{way}”")
        if earlier is not None and earlier["membership_status"] == MembershipStatus.STOPPED:
            for found in self.dispositions.get(key, ()):
                if found["proposal"] == Outcome.RESTORE_MEMBERSHIP:
                    return self._movement(key, row, ADDED, EntryWay.RESTORED, found.day("effective_on"), "处置台账")
        for letter in self.letters.get(key, ()):
            if letter["direction"] == LetterDirection.IN:
                on = letter.day("receipt_on") or letter.day("issued_on")
                return self._movement(key, row, ADDED, EntryWay.TRANSFERRED_IN, on, "介绍信（转入）")
        text = "上一期名册里没有他，这一期没有写进入方式"
        if way:
            text = f"上一期名册里没有他，这一期的进入方式却是“{way}”"
        return Movement(key.organisation, ADDED, row.text("name"), key.identity_number, UNEXPLAINED, None, text)

    def of_removed(self, key: PersonKey, before: Row) -> Movement:
        """Why somebody no longer counts: 离开情形, 停止党籍, a receipted letter, a disposition."""
        row = self.new_roster.get(key)
        if row is not None and row["relation_belonging"] == RelationBelonging.LEFT and row.text("exit_way"):
            way = row.text("exit_way")
            return self._movement(key, before, REMOVED, way, row.day("left_on"), f"离开情形“{way}”")
        for found in self.dispositions.get(key, ()):
            if found["approved_on"] is not None and (row is None or found["proposal"] == STOPPED):
                on = found.day("effective_on") or found.day("approved_on")
                return self._movement(key, before, REMOVED, found.text("proposal"), on, "处置台账")
        for letter in self.letters.get(key, ()):
            if letter["direction"] == LetterDirection.OUT and letter["receipt_on"] is not None:
                return self._movement(key, before, REMOVED, "已转出", letter.day("receipt_on"), "介绍信回执")
        text = "这一期名册里没有他，也没有离开、转出或处置的记录"
        if row is not None:
            text = "这一期不再计入党员数，但没有离开情形，也没有批准的处置"
        return Movement(key.organisation, REMOVED, before.text("name"), key.identity_number, UNEXPLAINED, None, text)

    def _movement(self, key: PersonKey, row: Row, direction: str, reason: str, on: date | None, basis: str) -> Movement:
        text = f"{basis}，{on}" if on is not None else f"{basis}，没有写日期"
        if on is not None and not self.start < on <= self.end:
            text += f"，不在两期之间（{self.start} 之后至 {self.end}）"
        return Movement(key.organisation, direction, row.text("name"), key.identity_number, reason, on, text)


def _all(book: Book) -> dict[PersonKey, Row]:
    return {_key(book, row): row for row in book["member_roster"]}


def _by_person(book: Book, register: str) -> dict[PersonKey, Sequence[Row]]:
    found: dict[PersonKey, list[Row]] = {}
    for row in book[register]:
        found.setdefault(_key(book, row), []).append(row)
    return dict(found)


def movements_of(carried: Sequence[Carried]) -> Iterator[Movement]:
    """Every movement of every organisation."""
    for one in carried:
        yield from one.movements
