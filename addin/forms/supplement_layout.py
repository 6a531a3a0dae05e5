"""任意表样取数: the lines below a summary table (补充资料): a number beside its label, or in a blank of a sentence."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from addin.forms.count_layout import Merged, plain
from addin.forms.spec import Form, SupplementLine
from addin.grid import Sheet

_MOST_ROWS = 60
"""So many rows below a table are looked at for its supplement."""

_LEAST_TAIL = 4
"""Shorter titles must be equal; longer ones may leave out how the other begins."""

_BLANK = re.compile(r"[_＿]+|(?<=\S)[ \u3000]{2,}(?=[名个人])")
"""A blank to write a number into: underscores, or spaces before 名 or 个."""

_BETWEEN = re.compile(r"^(名|个|人)?[，、；。,;\s]*")
_NUMBERED = re.compile(r"^(\d{1,2}|[(（]?[一二三四五六七八九十]+)[)）、.．]")
_SIGNED = re.compile(r"^注|填[表报]|负责人|审核|签[名字章]|联系电话|日期")


@dataclass(frozen=True, slots=True)
class SupplementPlace:
    """Where one number goes: a cell or, with ``blank`` (from 1), a blank of the sentence in it. ``key``: which line,
    empty for an unknown one.
    """

    row: int
    column: int
    blank: int
    title: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class _Label:
    """A place with the words before it; ``opens`` says that a new subject begins with it."""

    place: SupplementPlace
    title: str
    opens: bool


def supplement_places(sheet: Sheet, merged: Merged, form: Form, last_row: int) -> tuple[SupplementPlace, ...]:
    """The places for numbers below the last row of the table, as far as some of them mean lines of the form."""
    labels = list(_labels(sheet, merged, last_row))
    keys = _keys(labels, form.supplement)
    known = [label.place.row for label, key in zip(labels, keys, strict=True) if key]
    if not known:
        return ()
    return tuple(
        SupplementPlace(at.row, at.column, at.blank, at.title, key)
        for label, key in zip(labels, keys, strict=True)
        if min(known) <= (at := label.place).row <= max(known)
    )


def with_numbers(text: str, numbers: Mapping[int, int]) -> str:
    """A sentence with numbers in its blanks, counted from 1; other blanks stay."""
    parts: list[str] = []
    last = 0
    for count, blank in enumerate(_BLANK.finditer(text), 1):
        parts += [text[last : blank.start()], str(numbers.get(count, blank.group()))]
        last = blank.end()
    return "".join([*parts, text[last:]])


def _labels(sheet: Sheet, merged: Merged, last_row: int) -> Iterator[_Label]:
    """The labels below a table from left to right and top to bottom."""
    reach = {(top, left): right for top, left, _, right in merged}
    for row in range(last_row + 1, min(len(sheet.rows), last_row + _MOST_ROWS) + 1):
        texts = dict(sheet.texts(row))
        for column, text in texts.items():
            if _SIGNED.search(text):
                continue
            opens = bool(_NUMBERED.match(text)) or not str(sheet.cell(row, column)).startswith(("　", " ", "其中"))
            if _BLANK.search(text):
                yield from _blanks(row, column, text, opens=opens)
                continue
            beside = reach.get((row, column), column) + 1
            if beside not in texts:
                yield _Label(SupplementPlace(row, beside, 0, text), text, opens)


def _blanks(row: int, column: int, text: str, *, opens: bool) -> Iterator[_Label]:
    last = 0
    for count, blank in enumerate(_BLANK.finditer(text), 1):
        title = text[last : blank.start()].strip()
        title = _BETWEEN.sub("", title) if last else title
        yield _Label(SupplementPlace(row, column, count, title), title, opens and count == 1)
        last = blank.end()


def _keys(labels: Sequence[_Label], lines: Sequence[SupplementLine]) -> list[str]:
    """The line each label means, empty for none: in the order of the form, and 其中 only under its own heading."""
    heads = _heads(lines)
    found: list[str] = []
    taken: set[str] = set()
    under = ""
    for label in labels:
        key = next(
            (
                line.key
                for line in lines
                if line.key not in taken and heads[line.key] in ("", under) and _means(label.title, line)
            ),
            "",
        )
        if key:
            taken.add(key)
            under = heads[key] or key
        elif label.opens:
            under = ""
        found.append(key)
    return found


def _heads(lines: Sequence[SupplementLine]) -> Mapping[str, str]:
    """By key of a line the key of the line it is set in under, empty for one that stands alone."""
    found: dict[str, str] = {}
    head = ""
    for line in lines:
        head = line.key if not line.indent else head
        found[line.key] = head if line.indent else ""
    return found


def _means(title: str, line: SupplementLine) -> bool:
    """Whether a label is that of a line. One set in under a heading may leave out how it begins, or begin with more
    (失去联系6个月以上不满1年 and 6个月以上不满1年); what stands alone might then mean something else.
    """
    short, long = sorted((plain(title), plain(line.label)), key=len)
    return short == long or (line.indent > 0 and len(short) >= _LEAST_TAIL and long.endswith(short))
