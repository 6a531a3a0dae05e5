"""What a recounted form is, and the ways its rows are made: by organisation, by a word, or crossed conditions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from tests.recount.sheets import NUMBER, ORGANISATION, Sheets

Who = list[tuple[str, str]]
"""The persons counted: organisation and identity number; of an organisation its code and nothing."""
Cell = Who | float | str | None
"""Who is counted, or a number or word shown; None where nothing in the registers can fill the cell."""
BY_HAND = None
Columns = Sequence[tuple[str, Cell]]
"""Titles of the columns proper with what stands in them on the row over all; lines of 补充资料 likewise."""
NOT_REPORTED = "未报"
Chosen = pd.Series | None
"""Which rows of a frame; None for what is left to be filled in by hand."""

UNIT_CLASSES = (
    "建制村",
    "社区（居委会）",
    "机关",
    "事业单位",
    "公有经济控制企业",
    "非公有经济控制企业",
    "社会组织",
    "其他",
)
CATEGORIES = ("国有企业", "非公有制企业", "农村", "党政机关", "学校", "其他事业单位", "街道社区", "社会组织", "其他")
CLASS_OF_CATEGORY = {
    **{"国有企业": "公有经济控制企业", "非公有制企业": "非公有经济控制企业", "农村": "建制村", "党政机关": "机关"},
    **{
        "学校": "事业单位",
        "其他事业单位": "事业单位",
        "街道社区": "社区（居委会）",
        "社会组织": "社会组织",
        "其他": "其他",
    },
}
"""党组织类别 -> 党统 unit class (forms.md 1.3)."""


@dataclass(frozen=True)
class Recount:
    """A form recounted: titles of the columns proper, rows by title, 补充资料 by label. No columns: not compared."""

    columns: Sequence[str]
    rows: Sequence[tuple[str, Sequence[Cell]]]
    lines: Columns = ()


@dataclass(frozen=True)
class Counted:
    """One committee under one profile: the sheets, the line of every member, and the organisations."""

    sheets: Sheets
    people: pd.DataFrame
    organisations: pd.DataFrame

    def category_of(self, frame: pd.DataFrame) -> pd.Series:
        """党组织类别 of the organisation of each row."""
        return frame[ORGANISATION].map(dict(self.organisations[["党组织代码", "党组织类别"]].to_numpy()))

    def class_of(self, frame: pd.DataFrame) -> pd.Series:
        """党统 unit class of the organisation of each row."""
        return self.category_of(frame).map(CLASS_OF_CATEGORY)


def organisations_of(sheets: Sheets) -> pd.DataFrame:
    """党组织名录, with ``is_silent`` for who should have reported and has not (R-SUM-UP: 未报 is not 0)."""
    found = sheets["党组织名录"].copy()
    status = dict(sheets["报送情况"][["党组织代码", "报送状态"]].to_numpy())
    present = found["党组织代码"].isin(set(sheets["党员名册"][ORGANISATION]))
    found["is_silent"] = found["应报"].eq("是") & ~present & ~found["党组织代码"].map(status).eq("已报")
    return found


def who(frame: pd.DataFrame, chosen: Chosen = None) -> Who:
    """The persons (organisations) of a frame, of the chosen rows only when rows are chosen."""
    frame = frame if chosen is None else frame[chosen]
    if NUMBER not in frame:
        return [(code, "") for code in frame["党组织代码"]]
    return list(zip(frame[ORGANISATION], frame[NUMBER], strict=True))


def by_organisation(counted: Counted, columns: Columns, total: str = "合计") -> Recount:
    """The sum first, then one row an organisation; who has not reported has no numbers."""
    rows: list[tuple[str, Sequence[Cell]]] = [(total, [cell for _, cell in columns])]
    for code, name, is_silent in counted.organisations[["党组织代码", "党组织名称", "is_silent"]].to_numpy():
        cells: list[Cell] = []
        for _, cell in columns:
            own = [person for person in cell if person[0] == code] if isinstance(cell, list) else BY_HAND
            cells.append(NOT_REPORTED if is_silent and own is not None else own)
        rows.append((name, cells))
    return Recount([title for title, _ in columns], rows)


def by_category(
    counted: Counted, words: Sequence[str], word_of: Mapping[str, str], columns: Columns, total: str = "总计"
) -> Recount:
    """The sum first, then one row a word; ``word_of`` maps 党组织类别 to it. Of a class none of whose organisations has
    reported nothing is known."""
    own = {
        code: word_of.get(category) for code, category in counted.organisations[["党组织代码", "党组织类别"]].to_numpy()
    }
    words_of = counted.organisations["党组织类别"].map(word_of)
    silent = counted.organisations["is_silent"].groupby(words_of).all().to_dict()
    rows: list[tuple[str, Sequence[Cell]]] = [(total, [cell for _, cell in columns])]
    for word in words:
        cells: list[Cell] = [
            BY_HAND
            if not isinstance(cell, list)
            else NOT_REPORTED
            if silent.get(word)
            else [person for person in cell if own.get(person[0]) == word]
            for _, cell in columns
        ]
        rows.append((word, cells))
    return Recount([title for title, _ in columns], rows)


def crossed(base: pd.DataFrame, rows: Sequence[tuple[str, Chosen]], columns: Sequence[tuple[str, Chosen]]) -> Recount:
    """Rows and columns are conditions on the same people; a row or column by hand has no numbers."""
    everyone = who(base)
    masks = [None if chosen is None else np.asarray(chosen, dtype=bool) for _, chosen in columns]
    found: list[tuple[str, Sequence[Cell]]] = []
    for title, chosen in rows:
        row = None if chosen is None else np.asarray(chosen, dtype=bool)
        cells: list[Cell] = [
            BY_HAND if row is None or mask is None else [everyone[place] for place in np.flatnonzero(row & mask)]
            for mask in masks
        ]
        found.append((title, cells))
    return Recount([title for title, _ in columns], found)


def classes(base: pd.DataFrame, words_of_rows: pd.Series, words: Sequence[str]) -> Columns:
    """One column a word of a classification of the same people."""
    return [(word, who(base, words_of_rows.eq(word))) for word in words]
