"""`taizhang new`: a blank 支部台账 or 党委汇总 with the cover filled as far as it is known."""

import argparse
from collections.abc import Mapping
from contextlib import nullcontext
from datetime import date
from pathlib import Path

from addin.actions.common import iso_date
from addin.desk import Desk
from addin.excel_package import macro_project_bytes, workbook_with_ribbon
from addin.hosts.in_use import only_writer, refuse_when_open
from addin.hosts.snapshots import kept
from addin.hosts.workbook_writer import write_workbook
from addin.layout import BOOK_TITLES, COVER, TEMPLATE_VERSION, cover_columns
from addin.problem import CannotUse, WrongUsage
from addin.registry import OK, action, argument
from validators.codes import code_lists
from validators.formats import faults
from validators.registers import Column
from validators.table import BookKind, Value

OPERATION = "新建"
MACRO_SUFFIX = ".xlsm"
"""Ending of a workbook with the macros, the ribbon and buttons on its cover."""

KINDS: dict[str, BookKind] = {"branch": "branch", "committee": "committee"}

FLAGS = {
    "name": ("organisation_name", "名称", "党组织名称"),
    "code": ("organisation_code", "代码", "党组织代码"),
    "level": ("organisation_level", "层级", "党组织层级：党支部、党总支、基层党委、县级组织部"),
    "category": ("organisation_category", "类别", "党组织类别，如 农村"),
    "parent-name": ("superior_name", "名称", "上级党组织名称"),
    "parent": ("superior_code", "代码", "上级党组织代码"),
    "period": ("period", "填报期", "如 2026、2026Q4 或 2026-11"),
    "as-of": ("as_of", "日期", "基准日，如 2026-12-31"),
    "secretary": ("secretary", "姓名", "书记"),
    "preparer": ("preparer", "姓名", "填报人"),
    "phone": ("preparer_phone", "电话", "联系电话"),
    "profile": ("policy_profile", "方案", "政策方案：current_2024、tiaoli_2019、legacy_2016"),
    "members-last-year": ("members_last_year", "人数", "上年底党员总数"),
}
"""Options of the command: cover key, placeholder, help."""

_TYPES = {"as_of": iso_date, "members_last_year": int}

NEXT_STEPS: dict[BookKind, tuple[str, ...]] = {
    "branch": (
        "再填“党员名册”，每名党员一行；外出、联系、查找等随时记在同名工作表。鼠标停在列标题上可看填写说明。",
        "填完运行 taizhang check {file} --write，照“问题清单”改好再报送。",
    ),
    "committee": (
        "再填“党组织名录”，应报的每个党组织一行。",
        "收齐支部文件后运行 taizhang merge 文件夹 --into {file}。",
    ),
}


def _options() -> tuple[tuple[str, dict[str, object]], ...]:
    return tuple(
        (
            f"--{flag}",
            {"dest": key, "metavar": placeholder, "help": text, "default": None, "type": _TYPES.get(key, str)},
        )
        for flag, (key, placeholder, text) in FLAGS.items()
    )


@action(
    "new",
    label="新建台账",
    tip="从模板生成一本空白的支部台账或党委汇总，封面可顺便填好；不会覆盖已有文件。",
    arguments=(
        argument("kind", metavar="branch|committee", choices=tuple(KINDS), help="branch 支部台账；committee 党委汇总"),
        argument(
            "-o",
            "--output",
            metavar="文件",
            type=Path,
            required=True,
            help="新文件的名字，以 .xlsx 结尾；以 .xlsm 结尾则带按钮和宏",
        ),
        *(argument(flag, **settings) for flag, settings in _options()),
        argument("--force", action="store_true", help="已有同名文件时覆盖它"),
    ),
)
def new(args: argparse.Namespace, desk: Desk) -> int:
    """Write the workbook and say what to do next. Raises CannotUse when the file is already there."""
    kind, target = KINDS[args.kind], args.output
    _check_target(target, args.force)
    given = {column.key: _accepted(column, getattr(args, column.key, None)) for column in cover_columns()}
    cover = {key: value for key, value in given.items() if value is not None}
    with only_writer(target) if target.exists() else nullcontext(), kept(target, OPERATION, desk.now()) as before:
        if target.suffix.lower() == MACRO_SUFFIX:
            write_workbook(target, kind, cover=cover, macros=macro_project_bytes, finish=workbook_with_ribbon)
        else:
            write_workbook(target, kind, cover=cover)
    if before is not None:
        desk.say(f"原来的“{target.name}”已保存为快照，可用 taizhang undo {target.name} 退回。")
    desk.say(f"已生成{BOOK_TITLES[kind]}（模板版本 {TEMPLATE_VERSION}）：{target}")
    desk.say("接下来：")
    for number, step in enumerate((_first_step(cover), *NEXT_STEPS[kind]), 1):
        desk.say(f"  {number}. {step.format(file=target.name)}")
    return OK


def _check_target(target: Path, force: bool) -> None:
    if target.suffix.lower() not in (".xlsx", MACRO_SUFFIX):
        raise WrongUsage(f"新文件“{target.name}”要以 .xlsx 结尾（带按钮和宏的以 .xlsm 结尾），如 示例支部台账.xlsx。")
    if target.is_dir():
        raise CannotUse(f"“{target}”是文件夹，请在后面写上文件名，如 {target / '支部台账.xlsx'}。")
    if target.exists() and not force:
        raise CannotUse(f"“{target}”已经存在，没有改动它。请换一个文件名；确实要用空白台账覆盖它，加 --force。")
    refuse_when_open(target)


def _accepted(column: Column, value: str | int | date | None) -> Value:
    """The value for the cover; a coded one as its plain word. Raises WrongUsage for what the cover cannot hold."""
    if value is None or value == "":
        return None
    if column.codes:
        codes = code_lists()[column.codes]
        word = codes.find(str(value))
        if word is None:
            raise WrongUsage(f"{column.title}“{value}”不在可选范围：{'、'.join(codes.words)}。")
        return word
    if column.key == "period" and faults("period", value, date.max):
        raise WrongUsage(f"填报期“{value}”看不懂，请写成 2026、2026Q4 或 2026-11。")
    return value


def _first_step(cover: Mapping[str, Value]) -> str:
    """What is still missing on the cover."""
    written = {*cover, "policy_profile"}
    missing = [column.title for column in cover_columns() if column.required and column.key not in written]
    if not missing:
        return f"打开它，看一眼“{COVER}”是否都对。"
    return f"打开它，先填好“{COVER}”的红字项：{'、'.join(missing)}。"
