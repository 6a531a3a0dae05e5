"""R-FLD-PHONE, WECHAT: numbers as written, numbers of too many people, the clerk's own number."""

from collections import defaultdict
from collections.abc import Iterator

from validators import phones
from validators.rule import Case, Hit, rule
from validators.rules.field_formats import told, with_format
from validators.rules.field_numbers import live_members, others
from validators.table import Row


@rule(
    "R-FLD-PHONE",
    level="W",
    title="电话号码写法",
    registers=with_format("phone"),
    wordings={
        "number": ("“{title}”以数值存储", "请把单元格设为“文本”格式后重新输入，手机号是 11 位"),
        "impossible": (
            "“{title}”里的“{number}”不是电话号码",
            "手机号应为 1 开头的 11 位数字；固定电话请带区号，例如 0516-83591234；几个号码用顿号隔开",
        ),
        "hotline": ("“{title}”里的“{number}”是服务热线，不是本人的电话", "请改填本人的手机号或带区号的固定电话"),
        "no_area": ("“{title}”里的“{number}”没有区号", "请加上区号，例如 0516-83591234"),
        "shared": (
            "手机号 {number} 有 {count} 名党员在用（{others}），可能是代填",
            "请向本人核实并改填本人的手机号；确属一家人共用的，请在问题清单“说明”一栏写明",
        ),
        "clerk": (
            "党员手机号与封面填报人的联系电话相同，可能是代填",
            "请改填党员本人的手机号；填报人本人的这一行可以保留",
        ),
    },
    source="本工具的工作簿约定：电话号码为文本单元格",
    grade="U",
)
def phone(case: Case) -> Iterator[Hit]:
    """Stored as a number or impossible E; a hotline, no area code, too many users, the clerk's own W."""
    yield from told(case, "R-FLD-PHONE")
    yield from _shared(case)


def _shared(case: Case) -> Iterator[Hit]:
    cover, most = case.book.cover, case.policy.whole("phone.shared_max")
    clerk = set(_mobiles(cover, "preparer_phone"))
    users: dict[str, list[Row]] = defaultdict(list)
    for row in live_members(case.book):
        for number in dict.fromkeys(_mobiles(row, "mobile")):
            users[number].append(row)
    for number, group in users.items():
        for row in group:
            if len(group) > most:
                details = {"number": number, "count": len(group), "others": others(row, group)}
                yield Hit("member_roster", row, "mobile", "shared", "W", details)
            elif number in clerk and row["name"] != cover["preparer"]:
                yield Hit("member_roster", row, "mobile", "clerk", "W")


def _mobiles(row: Row, key: str) -> Iterator[str]:
    value = row[key]
    if isinstance(value, str):
        yield from filter(None, map(phones.plain_mobile, phones.numbers(value)))


@rule(
    "R-FLD-WECHAT",
    level="W",
    title="微信号写法",
    registers=with_format("wechat"),
    wordings={
        "": (
            "微信号“{value}”不像微信号",
            "微信号以字母开头，6—20 位字母、数字、下划线或减号；也可以填手机号。昵称请写在备注里",
        )
    },
    source="本工具默认值",
    grade="U",
)
def wechat(case: Case) -> Iterator[Hit]:
    """A letter and 5–19 more characters, or a mobile number."""
    yield from told(case, "R-FLD-WECHAT")
