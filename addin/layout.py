"""What the sheets of a workbook look like: names, order, columns, frozen area and paper. No spreadsheet library."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from validators.registers import PROVENANCE, Column, Register, columns_of, of_kind, registers
from validators.table import BookKind

TEMPLATE_VERSION = "1.0"
"""Stamped on every cover; a reader compares it with its own."""

BOOK_TITLES: dict[BookKind, str] = {"branch": "支部台账", "committee": "党委汇总"}

COVER, GUIDE, CODES, POLICY = "封面", "说明", "代码表", "政策参数"
"""Sheets that are not tables of rows."""

TITLE_ROW, HINT_ROW, HEADER_ROW, FIRST_ROW = 1, 2, 3, 4
"""1-based rows of every sheet: merged title, one-line hint, column titles, first row of data."""

COVER_TITLES = ("项目", "填写内容", "怎么填")
"""Row 3 of the cover: key, value, hint. Below, one line a cover field, its title in column A, its value in B."""

AS_OF_NAME = "基准日"
"""Defined name of the cover's 基准日 cell; conditional formats compare dates with it."""

POLICY_TITLES = ("参数", "名称", "本单位取值", "单位", "允许范围", "来源", "依据等级")
"""Row 3 of 政策参数. A value typed under ``POLICY_OVERRIDE`` overrides the profile, a blank keeps it."""

POLICY_KEY, POLICY_OVERRIDE = "参数", "本单位取值"

POLICY_DEFAULT = "方案默认值（{profile}）"
"""One such column a profile stands after ``POLICY_OVERRIDE``."""

JOINER = "、"
"""Joins the words of a multiple choice in one cell."""

HIDDEN_KEYS = frozenset({"finding_key", "row_key", "item_key"})
"""Columns for the tool alone."""

CLERKS_OWN = frozenset({"explanation"})
"""Columns of result sheets the clerk fills; what stands there is carried over."""

Paper = Literal["A4", "A3"]

_A4_WIDTH = 170.0
_ROOMY_WIDTH = 240.0
_MOST_FROZEN = 4
_SNUG_CELLS = {"date": 11.5, "whole": 7.0, "general": 18.0}
_SNUG_FORMATS = {"phone": 13.0, "wechat": 13.0, "organisation-code": 14.0, "year-month": 9.0, "area-code": 8.0}
_SNUG_CHOICE, _SNUG_LONG_CHOICE, _LONG_CHOICE = 12.0, 24.0, 30.0
_SNUG_PROVENANCE = {"source_organisation": 14.0, "source_file": 16.0, "source_row": 6.0}


@dataclass(frozen=True, slots=True)
class SheetPlan:
    """One table sheet of a workbook: its columns in order, how many stay in view, and the paper it prints on."""

    register: Register
    columns: tuple[Column, ...]
    frozen: int
    paper: Paper
    protected: bool

    @property
    def title(self) -> str:
        """The sheet name."""
        return self.register.title

    def position(self, key: str) -> int | None:
        """0-based column of a key, None when the sheet has no such column."""
        for number, column in enumerate(self.columns):
            if column.key == key:
                return number
        return None


@cache
def table_sheets(kind: BookKind) -> tuple[SheetPlan, ...]:
    """The sheets a clerk (or a merge) fills, in workbook order, without the cover and the reference sheets."""
    filled = of_kind("register", "log")
    if kind == "branch":
        return tuple(_plan(register, kind) for register in filled)
    return tuple(_plan(register, kind) for register in (*of_kind("committee"), *filled, *of_kind("committee_result")))


@cache
def result_sheets(kind: BookKind) -> tuple[SheetPlan, ...]:
    """The sheets the tool writes in every workbook (问题清单, 操作记录); they stand last."""
    return tuple(_plan(register, kind) for register in of_kind("result"))


@cache
def result_plan(key: str, kind: BookKind) -> SheetPlan:
    """The sheet of a register the tool writes, also one that stands in no blank workbook. Raises KeyError."""
    return _plan(registers()[key], kind)


def clerks_own(plan: SheetPlan) -> frozenset[int]:
    """The places, from 0, of the columns of a result sheet the clerk fills."""
    return frozenset(number for number, column in enumerate(plan.columns) if column.key in CLERKS_OWN)


def sheet_names(kind: BookKind) -> tuple[str, ...]:
    """Every sheet of a workbook in order."""
    tables = [plan.title for plan in table_sheets(kind)]
    return (COVER, *tables, GUIDE, CODES, POLICY, *(plan.title for plan in result_sheets(kind)))


def cover_columns() -> tuple[Column, ...]:
    """The fields of the cover, downwards from ``FIRST_ROW``."""
    return registers()["cover"].columns


def cover_row(key: str) -> int:
    """The 1-based sheet row of a cover field. Raises KeyError."""
    for number, column in enumerate(cover_columns()):
        if column.key == key:
            return FIRST_ROW + number
    raise KeyError(key)


def used_codes(kind: BookKind) -> tuple[str, ...]:
    """The code lists some column of the workbook uses, in order of first use."""
    plans = (*table_sheets(kind), *result_sheets(kind))
    columns = (*cover_columns(), *(column for plan in plans for column in plan.columns))
    return tuple(dict.fromkeys(column.codes for column in columns if column.codes))


def policy_titles(profiles: Sequence[str]) -> tuple[str, ...]:
    """Row 3 of 政策参数 with one default column a profile (given by title)."""
    after = POLICY_TITLES.index(POLICY_OVERRIDE) + 1
    defaults = tuple(POLICY_DEFAULT.format(profile=profile) for profile in profiles)
    return (*POLICY_TITLES[:after], *defaults, *POLICY_TITLES[after:])


def code_name(codes: str) -> str:
    """Defined name of a code list's words on 代码表."""
    return f"代码_{codes}"


def _plan(register: Register, kind: BookKind) -> SheetPlan:
    columns = columns_of(register, kind)
    width = sum(column.width for column in columns if column.key not in HIDDEN_KEYS)
    wide = width > _A4_WIDTH
    if width > _ROOMY_WIDTH and register.kind != "result_on_demand":
        columns = tuple(_snug(column) for column in columns)
    by_clerk = register.kind in ("register", "log", "committee")
    return SheetPlan(register, columns, _frozen(register, columns), "A3" if wide else "A4", by_clerk)


def _snug(column: Column) -> Column:
    """A very wide table prints one page wide only when its texts wrap in narrow columns."""
    most = _SNUG_FORMATS.get(column.format or "", _SNUG_CELLS.get(column.cell, column.width))
    if column in PROVENANCE:
        most = _SNUG_PROVENANCE[column.key]
    elif column.codes and not column.multiple:
        most = _SNUG_LONG_CHOICE if column.width >= _LONG_CHOICE else _SNUG_CHOICE
    return replace(column, width=min(column.width, most))


def _frozen(register: Register, columns: tuple[Column, ...]) -> int:
    """Keep everything up to the person's (or organisation's) name in view when it stands near the left."""
    leading = len(columns) - len(register.columns)
    names = ("name", "identity_number", "organisation_name", "partner")
    ends = [number for number, column in enumerate(register.columns[:_MOST_FROZEN], 1) if column.key in names]
    return leading + max(ends) if ends else leading
