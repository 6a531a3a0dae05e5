"""R-FLD-ID18, ID15, IDTEXT, AREA, YEAR: the named formats of the schemas, each distinct value looked at once."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from validators.formats import FORMATS, Fault, faults
from validators.registers import of_kind
from validators.rule import Case, Hit, rule
from validators.schema_check import CHECKED, tables_checked
from validators.table import Value


def with_format(*names: str) -> tuple[str, ...]:
    """The registers that have a column of one of these formats."""
    return tuple(
        register.key for register in of_kind(*CHECKED) if any(column.format in names for column in register.columns)
    )


def format_hits(case: Case) -> Mapping[str, Sequence[Hit]]:
    """What the named formats find, by rule id. Each distinct value is looked at once."""
    known: dict[tuple[str, Value], tuple[Fault, ...]] = {}
    hits: dict[str, list[Hit]] = defaultdict(list)
    for register, table in tables_checked(case.book):
        formats = [(column.key, column.format) for column in register.columns if column.format in FORMATS]
        for row in table:
            for key, name in formats:
                value = row[key]
                if value is None or name is None:
                    continue
                seen = known.get((name, value))
                if seen is None:
                    seen = known[name, value] = faults(name, value, case.as_of)
                for fault in seen:
                    hit = Hit(register.key, row, key, fault.wording, fault.level, fault.details)
                    hits[fault.rule].append(hit)
    return hits


def told(case: Case, rule_id: str) -> Sequence[Hit]:
    """What the named formats find for one rule."""
    return case.once("formats", format_hits).get(rule_id, ())


GB_11643 = "GB 11643—1999《公民身份号码》"
FROM_CARD = "请核对身份证原件，按证件重新录入"


@rule(
    "R-FLD-ID18",
    level="E",
    title="公民身份号码要有效",
    registers=with_format("identity-number"),
    wordings={
        "length": ("公民身份号码应为 18 位，现在是 {length} 位", f"{FROM_CARD}，检查是否漏位或多位"),
        "shape": ("公民身份号码只能是 17 位数字加 1 位数字或 X，现在含有别的字符", FROM_CARD),
        "province": ("公民身份号码前两位“{province}”不是省级行政区划代码", FROM_CARD),
        "birth": ("公民身份号码里的出生日期不是真实的日期（例如 13 月或 2 月 30 日）", FROM_CARD),
        "future": ("公民身份号码里的出生日期 {birth} 晚于基准日 {as_of}", FROM_CARD),
        "check": ("公民身份号码最后一位校验码不对，说明其中有位数录错", FROM_CARD),
        "old": (
            "公民身份号码里的出生日期是 {birth}，在 1900 年以前，请确认",
            "请核对身份证原件；确实无误的，请在问题清单“说明”一栏写明",
        ),
    },
    source=GB_11643,
    grade="V",
)
def id18(case: Case) -> Iterator[Hit]:
    """Length, characters, province, birth date, check character; before 1900 only W (decisions §1)."""
    yield from told(case, "R-FLD-ID18")


@rule(
    "R-FLD-ID15",
    level="W",
    title="15 位旧身份证号码",
    registers=with_format("identity-number"),
    wordings={
        "": (
            "这是 15 位旧号码，换算成 18 位应为 {proposal}（第 6 位后加“19”，末尾加校验码“{last}”）",
            "请核对新身份证后改成 18 位；出生在 1900 年以前的不能这样换算，所以不自动替换",
        )
    },
    source=GB_11643,
    grade="V",
)
def id15(case: Case) -> Iterator[Hit]:
    """Accepted with the 18-digit form as a proposal."""
    yield from told(case, "R-FLD-ID15")


@rule(
    "R-FLD-IDTEXT",
    level="E",
    title="公民身份号码要存成文本",
    registers=with_format("identity-number"),
    wordings={
        "": (
            "公民身份号码以数值存储，末位已丢失（Excel 只保留 15 位有效数字）",
            "请把单元格设为“文本”格式，再按身份证重新录入全部 18 位",
        ),
        "rounded": (
            "公民身份号码末三位是 000 且校验码不对，像是曾以数值存储、末位已丢失",
            "请把单元格设为“文本”格式，再按身份证重新录入全部 18 位",
        ),
    },
    source="本工具的工作簿约定：公民身份号码为文本单元格",
    grade="U",
)
def id_text(case: Case) -> Iterator[Hit]:
    """A numeric cell has lost its last digits for good."""
    yield from told(case, "R-FLD-IDTEXT")


@rule(
    "R-FLD-AREA",
    level="W",
    title="行政区划代码",
    registers=with_format("area-code"),
    wordings={
        "province": ("“{title}”前两位“{province}”不是省级行政区划代码", "请查外出地的 6 位行政区划代码，例如 320506"),
        "shape": ("“{title}”填的“{value}”不是 6 位数字", "请填 6 位行政区划代码，例如 320506（苏州市吴中区）"),
        "coarse": ("“{title}”只到省级（{name}）", "请填到县（市、区），例如 320506"),
        "withdrawn": (
            "“{title}”填的“{value}”是已经撤销的代码",
            "请改填现行代码；外出地点的现名可以在地图或民政部门网站查到",
        ),
        "unknown": (
            "“{title}”填的“{value}”不在内置的行政区划表里",
            "请核对；确是近年新设的，请在问题清单“说明”一栏写明",
        ),
    },
    source="GB/T 2260《中华人民共和国行政区划代码》",
    grade="V",
)
def area(case: Case) -> Iterator[Hit]:
    """An unknown province E, else W; never applied to the code inside an identity number."""
    yield from told(case, "R-FLD-AREA")


@rule(
    "R-FLD-YEAR",
    level="E",
    title="年度写法",
    registers=with_format("year", "year-list"),
    wordings={
        "": ("“{title}”填的“{value}”不是年度", "请填四位数的年份，例如 2026"),
        "list": ("“{title}”里的“{wrong}”不是年度", "请填四位数的年份，几个年度用逗号隔开，例如 2024,2025"),
    },
    source="本工具的工作簿约定",
    grade="U",
)
def year(case: Case) -> Iterator[Hit]:
    """Four digits from 1921 on."""
    yield from told(case, "R-FLD-YEAR")
