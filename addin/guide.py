"""What the workbook says about itself: notes on column titles, hints, and the generated sheet 说明."""

from collections.abc import Iterator
from typing import NamedTuple

from addin.layout import BOOK_TITLES, CODES, COVER, GUIDE, JOINER, POLICY, result_sheets, sheet_names, table_sheets
from validators.codes import code_lists
from validators.registers import PROVENANCE, Column
from validators.table import BookKind

CELL_FORMATS = {
    "general": "文字",
    "text": "按文本保存，直接输入",
    "date": "日期，写成 2026-03-31",
    "whole": "整数，不带单位",
}

NAMED_FORMATS = {
    "identity-number": "18 位，按文本保存，直接输入即可；末位是字母的写大写 X",
    "person-name": "与身份证一致，中间不留空格；少数民族姓名用间隔号“·”",
    "phone": "按文本保存；手机 11 位，固定电话写成 010-12345678",
    "organisation-code": "党组织代码，按文本保存，前面的 0 要保留",
    "area-code": "6 位行政区划代码，按文本保存",
    "file-number": "党组织代码-年-序号，如 011100126220-2026-01",
    "period": "年 2026、季度 2026Q4 或月份 2026-11",
    "wechat": "按文本保存",
    "year": "4 位年份，如 2026",
    "year-list": "4 位年份，多个用逗号隔开，如 2024,2025",
    "year-month": "年月，写成 2026-03",
    "date": CELL_FORMATS["date"],
}

_FEW_CODES = 8

_PURPOSES = {
    GUIDE: "填表步骤，每一列的含义、格式、示例",
    POLICY: "时限和口径：默认按所选政策方案，本单位另有规定的填“本单位取值”",
}


class GuideLine(NamedTuple):
    """One column explained, as 说明 shows it."""

    sheet: str
    title: str
    required: str
    meaning: str
    format: str
    choices: str
    example: str
    rules: str


GUIDE_TITLES = ("工作表", "列", "必填", "含义", "格式", "可选项", "示例", "校核规则")

STEPS: dict[BookKind, tuple[str, ...]] = {
    "branch": (
        "先填“封面”：党组织名称和代码、填报期、基准日、填报人。基准日是计算逾期和失联的日子，每次填报前改成当天或统计截止日。",
        "再填“党员名册”：每名正式组织关系在本支部的党员一行。离开的党员不删行，填离开情形和离开日期，下一年度换名册时再去掉。",
        "党员外出，在“流出党员”登记一行；外地党员来，在“流入党员”登记一行。返回或离开时补日期，不删行。",
        "每次联系、查找，当天在“联系记录”“查找记录”末尾添一行，只添不改。",
        "发现失联，当天在“失联档案”建档，把名册的“是否为失联党员”改为“是”。",
        "开出介绍信、作出处置、集中排查、年审，分别记在同名工作表。",
        "填完后运行校核（taizhang check 文件 --write，或点“校核”按钮），按“问题清单”逐条改或写明说明，再报送上级。",
    ),
    "committee": (
        "先填“封面”和“党组织名录”：应报的每个党组织一行，应报填“是”。",
        "支部报来的文件放进一个文件夹，运行合并（taizhang merge 文件夹 --into 本文件）；登记表前三列是来源。",
        "看“报送情况”：谁未报、谁重复、哪个文件读不了；看“冲突处理”：同一人各处不一致的，选“采用”并写理由，下次合并照此办理。",
        "看“双向比对”：流出与流入对不上的，请双方支部核实。",
        "不在这里改支部的数据：把问题退回支部改好重报，再合并一次即可，结果不会重复。",
    ),
}

HABITS = (
    "红字标题是必填列。把鼠标停在列标题上，会显示这一列的含义、格式、示例和校核规则。",
    "带下拉的列请从下拉中选；可多选的列，多个词用“、”隔开。",
    "空着就是没有，不要填“无”“/”“0”。",
    "日期写成 2026-03-31；确实只知道年月的，写 1998-07，校核会提示但不算错。",
    "从别处粘贴时请用“选择性粘贴—数值”，这样不会带走下拉和格式。",
    "可以移动列、加自己的列、排序和筛选；请不要改列标题。",
    "浅红底：失联党员；橙色日期：已过基准日还没办结；浅黄格：必填还空着；灰字：已离开。",
    "校核后有问题的格：红底是错误，橙黄底是疑点，浅蓝底是提示，批注里写明怎么改；用“清除标记”（taizhang unmark）去掉。",
    "写入前都留有快照，随时可以“撤销上一步”（taizhang undo）。快照在同一文件夹的 .taizhang 里，随台账一起保管。",
    "工作表有保护但没有密码，只为防止误改标题；确需调整，“审阅—撤销工作表保护”即可。",
    "本工作簿含个人信息，属内部资料，不得公开，不得在网络发布。",
)


def note_text(column: Column) -> str:
    """The note on a column title: meaning, format, choices, example and rule ids, one a line."""
    lines = [f"【{'必填' if column.required else '选填'}】{column.title}"]
    if column.hint:
        lines.append(f"含义：{column.hint}")
    lines.append(f"格式：{format_words(column)}")
    if column.codes:
        lines.append(f"可选：{choice_words(column)}")
    if column.example:
        lines.append(f"示例：{column.example}")
    if column.rules:
        lines.append(f"校核：{JOINER.join(column.rules)}")
    return "\n".join(lines)


def format_words(column: Column) -> str:
    """How to write a value of this column, in the clerk's words."""
    if column.multiple:
        return f"可选多项，用“{JOINER}”隔开"
    if column.codes:
        return "从下拉列表中选一项"
    if column.format:
        return NAMED_FORMATS[column.format]
    return CELL_FORMATS[column.cell]


def choice_words(column: Column) -> str:
    """The words of the column's code list, or where to find them when there are many."""
    if not column.codes:
        return ""
    words = code_lists()[column.codes].words
    if len(words) <= _FEW_CODES:
        return JOINER.join(words)
    return f"{JOINER.join(words[:3])} 等 {len(words)} 项，见下拉列表"


def guide_lines(kind: BookKind) -> Iterator[GuideLine]:
    """Every column of every table sheet, in workbook order; provenance columns are explained once."""
    for column in PROVENANCE if kind == "committee" else ():
        yield _line("各登记表", column)
    for plan in (*table_sheets(kind), *result_sheets(kind)):
        for column in plan.register.columns:
            yield _line(plan.title, column)


def sheet_purposes(kind: BookKind) -> Iterator[tuple[str, str]]:
    """Every visible sheet but the cover with what it is for, in workbook order."""
    hints = {plan.title: plan.register.hint for plan in (*table_sheets(kind), *result_sheets(kind))} | _PURPOSES
    for name in sheet_names(kind):
        if name not in (COVER, CODES):
            yield name, hints[name]


def hint_of(kind: BookKind, hint: str) -> str:
    """A sheet's one-line hint; never blank."""
    return hint or f"{BOOK_TITLES[kind]}：第 4 行起填写，红字标题为必填，鼠标停在标题上看填写说明。"


def _line(sheet: str, column: Column) -> GuideLine:
    return GuideLine(
        sheet,
        column.title,
        "必填" if column.required else "",
        column.hint,
        format_words(column),
        choice_words(column),
        column.example,
        JOINER.join(column.rules),
    )
