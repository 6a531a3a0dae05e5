"""Finds the columns of a register by their titles, wherever they stand: titles, aliases, near misses."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from addin.grid import Sheet
from addin.problem import CannotUse
from validators.codes import fold
from validators.limits import religious_word
from validators.registers import Column, Register, columns_of
from validators.table import BookKind, Remark, column_letter
from validators.wording import nearest

COLUMN, DROPPED = "R-READ-COLUMN", "R-EXCL-RELIGION"
"""Rule ids of what the reader notices about columns."""

USUAL_HEADER_ROW = 3
_LAST_HEADER_ROW = 12
_MARKS = re.compile(r"[*＊★:：]|[（(](必填|选填)[)）]")


@dataclass(frozen=True, slots=True)
class Binding:
    """Where the columns of one sheet stand: 1-based column by key, titles of unknown columns by 1-based column."""

    header_row: int
    places: Mapping[str, int]
    extra: Mapping[int, str]
    remarks: tuple[Remark, ...]


def bind(sheet: Sheet, register: Register, kind: BookKind, file: str) -> Binding:
    """Bind the columns of a register sheet. Raises CannotUse, naming sheet, cell and what was probably meant, when
    no title row is found or a required column is missing.
    """
    columns = columns_of(register, kind)
    row = header_row(sheet, columns)
    if row is None:
        raise CannotUse(
            f"“{file}”的工作表“{sheet.name}”第 {USUAL_HEADER_ROW} 行看不到列标题（应有“{columns[0].title}”等列）："
            f"请对照模板把标题行放回第 {USUAL_HEADER_ROW} 行，再试一次。"
        )
    places, unknown, doubled = _matched(dict(sheet.texts(row)), columns)
    missing = [column for column in columns if column.key not in places]
    guesses = _guesses(unknown, missing)
    _refuse_missing_required(sheet.name, row, missing, guesses, file)
    remarks = [_doubled(sheet.name, row, number, title) for number, title in doubled.items()]
    kept = {}
    for number, title in unknown.items():
        if religious_word(title):
            remarks.append(_dropped(sheet.name, row, number))
            continue
        kept[number] = title
        remarks.append(_unknown(sheet.name, row, number, title, guesses.get(number)))
    return Binding(row, places, kept, tuple(remarks))


def header_row(sheet: Sheet, columns: Sequence[Column]) -> int | None:
    """The row among the first ones that holds the most known titles; the usual row wins a tie. None: no such row."""
    known = _known(tuple(columns))
    usual = sum(1 for _, text in sheet.texts(USUAL_HEADER_ROW) if title_key(text) in known)
    if 2 * usual > len(columns):
        return USUAL_HEADER_ROW
    counts = {
        row: sum(1 for _, text in sheet.texts(row) if title_key(text) in known)
        for row in range(1, min(len(sheet.rows), _LAST_HEADER_ROW) + 1)
    }
    best = max(counts, key=lambda row: (counts[row], row == USUAL_HEADER_ROW, -row), default=None)
    return best if best is not None and counts[best] >= min(2, len(columns)) else None


@lru_cache(maxsize=4096)
def title_key(text: str) -> str:
    """A title as compared: folded (width, script, blanks), without marks such as * or （必填）."""
    return fold(_MARKS.sub("", text))


@cache
def _known(columns: tuple[Column, ...]) -> Mapping[str, tuple[str, ...]]:
    """The column keys a folded title may mean, the column of that very title first."""
    known: dict[str, list[str]] = {}
    for column in columns:
        known.setdefault(title_key(column.title), []).append(column.key)
    for column in columns:
        for alias in column.aliases:
            known.setdefault(title_key(alias), []).append(column.key)
    return {title: tuple(keys) for title, keys in known.items()}


def _matched(
    titles: Mapping[int, str], columns: Sequence[Column]
) -> tuple[dict[str, int], dict[int, str], dict[int, str]]:
    """Places by key, unknown titles and doubled titles by column. Titles bind before aliases, left before right."""
    known = _known(tuple(columns))
    own = {title_key(column.title): column.key for column in columns}
    places: dict[str, int] = {}
    for number, text in titles.items():
        key = own.get(title_key(text))
        if key is not None:
            places.setdefault(key, number)
    unknown, doubled = {}, {}
    for number, text in titles.items():
        if number in places.values():
            continue
        meant = known.get(title_key(text), ())
        free = next((key for key in meant if key not in places), None)
        if free is not None:
            places[free] = number
        elif meant:
            doubled[number] = text
        else:
            unknown[number] = text
    return places, unknown, doubled


def _guesses(unknown: Mapping[int, str], missing: Sequence[Column]) -> dict[int, Column]:
    """Which missing column an unknown title probably is."""
    by_title = {column.title: column for column in missing}
    found = {}
    for number, text in unknown.items():
        title = nearest(_MARKS.sub("", text), list(by_title))
        if title is not None:
            found[number] = by_title.pop(title)
    return found


def _refuse_missing_required(
    sheet: str, row: int, missing: Iterable[Column], guesses: Mapping[int, Column], file: str
) -> None:
    lost = [column for column in missing if column.required]
    if not lost:
        return
    meant = {column.key: number for number, column in guesses.items()}
    hints = [
        f"{column_letter(meant[column.key])}{row} 的标题您是否指“{column.title}”"
        for column in lost
        if column.key in meant
    ]
    names = "、".join(f"“{column.title}”" for column in lost)
    advice = "？".join(hints) + "？请改回原标题" if hints else "请从模板补上这一列（位置不限）"
    raise CannotUse(f"“{file}”的工作表“{sheet}”缺少必填列{names}：{advice}，再试一次。")


def _unknown(sheet: str, row: int, number: int, title: str, guess: Column | None) -> Remark:
    letter = column_letter(number)
    if guess is None:
        return Remark(
            COLUMN, "I", sheet, row, letter, title, f"多了一列“{title}”，本工具不认识，没有读取", "自己用的列可以保留"
        )
    message = f"列标题“{title}”不认识，您是否指“{guess.title}”？现在这一列没有读取"
    return Remark(COLUMN, "W", sheet, row, letter, title, message, f"如果是，请把标题改为“{guess.title}”")


def _doubled(sheet: str, row: int, number: int, title: str) -> Remark:
    message = f"有两列都是“{title}”，只读取了左边一列"
    return Remark(COLUMN, "E", sheet, row, column_letter(number), title, message, "请把内容合到一列，删去多余的一列")


def _dropped(sheet: str, row: int, number: int) -> Remark:
    message = "这一列属于不得登记的内容，已跳过，一个字也没有读取"
    return Remark(DROPPED, "W", sheet, row, column_letter(number), "", message, "请删除这一整列")
