"""R-FLD-REQUIRED, R-FLD-ENUM, R-FLD-DATES, R-FLD-NUMBER, R-FLD-TEXT: what the register schemas say of every cell."""

from collections.abc import Iterator, Mapping

from validators.case_facts import away_now, key_of
from validators.registers import of_kind
from validators.rule import Case, Hit, rule
from validators.rules.field_formats import format_hits
from validators.schema_check import CHECKED, schema_hits, tables_checked
from validators.words import RelationBelonging

EVERYWHERE = tuple(register.key for register in of_kind(*CHECKED))
"""Every sheet people type into."""

WORKBOOK = "本工具的工作簿约定"

MAY_LIE_AHEAD = frozenset(
    {
        "as_of",
        "search_deadline",
        "expected_return_on",
        "expires_on",
        "next_consultation_on",
        "probation_extended_to",
        "correction_ends_on",
    }
)
"""Date columns that plan or limit something, so that a day after 基准日 is no fault."""

ALSO_NEEDED: Mapping[str, tuple[str, ...]] = {"member_roster": ("mobile", "emergency_contact")}
"""Columns of the minimal register that carry no star: a blank is a doubt, not an error."""


@rule(
    "R-FLD-REQUIRED",
    level="E",
    title="必填项不能空",
    registers=EVERYWHERE,
    wordings={
        "": ("“{title}”没有填写", "请补填“{title}”：标题为红色的都是必填项"),
        "minimal": (
            "“{title}”没有填写，最低限度的党员名册应当有它",
            "请补填“{title}”；确实没有的，请在问题清单“说明”一栏写明原因",
        ),
        "nobody": (
            "“党员名册”一行也没有填",
            "请逐名录入组织关系在本支部的党员；确实没有党员的，请在问题清单“说明”一栏写明",
        ),
    },
    source="支部台账各表必填项（标题为红色的列）；防止党员失联的台账最低限度项目",
    grade="S",
)
def required(case: Case) -> Iterator[Hit]:
    """Starred columns are E; a member on the roll without 手机号 (or 固定电话) or 应急联系人 is W, so is an empty roll.

    应急联系人 of who is away may stand with the absence: R-CONTACT-EMERG looks at both.
    """
    yield from case.once("schema", schema_hits).get("R-FLD-REQUIRED", ())
    roll = case.book["member_roster"]
    if not roll.rows and "name" in roll.columns:
        yield Hit("member_roster", None, "name", "nobody", "W")
    for register, keys in ALSO_NEEDED.items():
        for row in case.book[register]:
            if row["relation_belonging"] == RelationBelonging.LEFT:
                continue
            reached = {"mobile": row["landline"] is not None, "emergency_contact": key_of(case, row) in away_now(case)}
            for key in keys:
                if row[key] is None and not reached[key]:
                    yield Hit(register, row, key, "minimal", "W")


@rule(
    "R-FLD-ENUM",
    level="E",
    title="只能填代码表里的词",
    registers=EVERYWHERE,
    wordings={
        "": ("“{title}”填的“{wrong}”不在可选项里", "请从下拉框选一项：{words}"),
        "guess": ("“{title}”填的“{wrong}”不在可选项里，您是否指“{guess}”？", "请从下拉框选一项：{words}"),
    },
    source="工作簿“代码表”",
    grade="U",
)
def enum(case: Case) -> Iterator[Hit]:
    """Coded cells hold a word of their list; numbers and aliases were turned into words on reading."""
    yield from case.once("schema", schema_hits).get("R-FLD-ENUM", ())


@rule(
    "R-FLD-DATES",
    level="E",
    title="日期要真实、完整、不在将来",
    registers=EVERYWHERE,
    wordings={
        "unreadable": (
            "“{title}”填的“{value}”读不成日期",
            "请改成真实的日期，例如 2026-03-15（在单元格里直接输入，不要加“左右”“年底”等字样）",
        ),
        "month_only": (
            "“{title}”只有年月（{value}），日不详；判断到期时按当月最后一天算",
            "请查证后补上日，例如 2026-03-15；确实查不到的可以保留，并在备注写明",
        ),
        "month": ("“{title}”填的“{value}”不是年月", "请改成“年-月”，例如 2026-03"),
        "future": (
            "“{title}”是 {value}，晚于基准日 {as_of}",
            "请核对年份是否写错；如果事情还没发生，请等发生后再填",
        ),
    },
    source="本工具的日期约定：真实日期，显示为 yyyy-mm-dd，不填未来日期",
    grade="U",
)
def dates(case: Case) -> Iterator[Hit]:
    """Unreadable E, month only W, in the future E unless the column plans ahead."""
    yield from case.once("schema", schema_hits).get("R-FLD-DATES", ())
    yield from case.once("formats", format_hits).get("R-FLD-DATES", ())
    for register, table in tables_checked(case.book):
        keys = [column.key for column in register.columns if column.cell == "date" and column.key not in MAY_LIE_AHEAD]
        for row in table:
            for key in keys:
                day = row.day(key)
                if day is not None and day > case.as_of:
                    yield Hit(register.key, row, key, "future", details={"as_of": case.as_of})


@rule(
    "R-FLD-NUMBER",
    level="E",
    title="人数、天数、月数要填整数",
    registers=EVERYWHERE,
    wordings={
        "": ("“{title}”填的“{value}”不是整数", "请只填数字，不带单位，例如 30"),
        "negative": ("“{title}”填的“{value}”小于 0", "请改成 0 或正整数，例如 30"),
    },
    source=WORKBOOK,
    grade="U",
)
def number(case: Case) -> Iterator[Hit]:
    """Counts are whole numbers of at least 0."""
    yield from case.once("schema", schema_hits).get("R-FLD-NUMBER", ())


@rule(
    "R-FLD-TEXT",
    level="W",
    title="编号类单元格要存成文本",
    registers=EVERYWHERE,
    wordings={
        "": (
            "“{title}”以数值存储，前面的 0 或末尾几位可能已经丢失",
            "请把单元格设为“文本”格式后重新输入，或在前面加英文单引号，例如 '0012",
        ),
        "shape": ("“{title}”填的“{value}”写法不符合要求", "请按标题批注里的写法和示例改"),
    },
    source=WORKBOOK,
    grade="U",
)
def text(case: Case) -> Iterator[Hit]:
    """Numbers of letters, certificates and documents are text cells."""
    yield from case.once("schema", schema_hits).get("R-FLD-TEXT", ())
