"""Damaged identity numbers: which sound one each may stand for, so that the rows of one person stay together.

The faulty cell has its own finding (R-FLD-ID18, R-FLD-IDTEXT); what other sheets say of the person is not lost for it.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping

from validators.identity import check_fits, has_15_shape, to_18
from validators.table import Book, Row, Table, Value

KEY, NAME = "identity_number", "name"
_OTHERS = frozenset({"inflow"})
"""Sheets about members of other branches: nobody on the roster is meant there."""

KEPT_DIGITS = 15
"""A spreadsheet number keeps fifteen digits."""

_LENGTH = 18
_LOOKALIKE = str.maketrans("OQDILZSB×*✕", "00011258XXX")
_NOISE = re.compile(r"[^0-9A-Z×*✕?]")


def is_sound(value: Value) -> bool:
    """Whether a value is an identity number without a fault in its digits; an old one of 15 digits may be."""
    return isinstance(value, str) and (check_fits(value) or (has_15_shape(value) and to_18(value) is not None))


def agrees(damaged: Value, number: str) -> bool:
    """Whether a sound number of 18 may be what a damaged one was: everything that is left of it is the same.

    Digits lost to a number cell, the old form of 15, letters that look like digits, signs in between, one wrong
    character or two exchanged, one missing or one too many.
    """
    if holds_every_digit_of(damaged, number):
        return True
    if isinstance(damaged, int | float):
        return False
    plain = _plain(damaged).translate(_LOOKALIKE)
    return _one_slip(plain, number) if len(plain) == _LENGTH else _lacks_one(number, plain)


def holds_every_digit_of(damaged: Value, number: str) -> bool:
    """Whether every digit left of a damaged number stands in the sound one: nothing typed is lost by putting it there.

    So it is not where a digit was mistyped, exchanged or typed twice.
    """
    if isinstance(damaged, int | float):
        return float(damaged) in {float(number[:KEPT_DIGITS] + "000"), float(number.replace("X", "0"))}
    text = _plain(damaged)
    if has_15_shape(text):
        return number[:6] + number[8:17] == text
    if text.endswith("000") and len(text) == _LENGTH and text[:KEPT_DIGITS] == number[:KEPT_DIGITS]:
        return True
    plain = text.translate(_LOOKALIKE)
    return plain == number or _lacks_one(plain, number)


def _plain(damaged: Value) -> str:
    return _NOISE.sub("", unicodedata.normalize("NFKC", str(damaged or "")).upper())


def _lacks_one(shorter: str, longer: str) -> bool:
    """Whether the one is the other without one of its characters."""
    return len(longer) - len(shorter) == 1 and any(
        longer[:place] + longer[place + 1 :] == shorter for place in range(len(longer))
    )


def _one_slip(text: str, number: str) -> bool:
    """One wrong character, or two neighbours exchanged."""
    wrong = [place for place in range(_LENGTH) if text[place] != number[place]]
    if len(wrong) != 2 or wrong[1] != wrong[0] + 1:
        return len(wrong) == 1
    first, second = wrong
    return text[first] == number[second] and text[second] == number[first]


def mended_numbers(book: Book) -> Mapping[int, str]:
    """The sound number a damaged row is about, by ``id`` of the row; rows nobody can tell are absent.

    On the roster: the one number the same name has elsewhere and nobody else on the roster (a blank agrees with any).
    Elsewhere: the one number of that name on the roster. Both only where every digit left agrees.
    """
    damaged = [
        (table.register, row)
        for table in _tables(book)
        for row in table
        if not is_sound(row[KEY]) and (row[KEY] is not None or table.register == "member_roster")
    ]
    if not damaged:
        return {}
    on_roster, elsewhere = _numbers_by_name(book)
    found = {}
    for register, row in damaged:
        numbers = (elsewhere if register == "member_roster" else on_roster)[_who(row)]
        fitting = [number for number in numbers if row[KEY] is None or agrees(row[KEY], number)]
        if len(fitting) == 1:
            found[id(row)] = fitting[0]
    return found


def _numbers_by_name(book: Book) -> tuple[Mapping[tuple[str, str], set[str]], Mapping[tuple[str, str], set[str]]]:
    """Sound numbers by organisation and name: on the roster, and of people elsewhere who are not on it."""
    on_roster: dict[tuple[str, str], set[str]] = defaultdict(set)
    elsewhere: dict[tuple[str, str], set[str]] = defaultdict(set)
    listed = {(_who(row)[0], row.text(KEY)) for row in book["member_roster"]}
    for table in _tables(book):
        for row in table:
            number = row.text(KEY)
            if check_fits(number):
                if table.register == "member_roster":
                    on_roster[_who(row)].add(number)
                elif (_who(row)[0], number) not in listed:
                    elsewhere[_who(row)].add(number)
    return on_roster, elsewhere


def _who(row: Row) -> tuple[str, str]:
    return row.text("source_organisation"), row.text(NAME)


def _tables(book: Book) -> Iterator[Table]:
    return (
        table
        for table in book.tables.values()
        if not table.vertical and table.register not in _OTHERS and {KEY, NAME} <= table.columns.keys()
    )
