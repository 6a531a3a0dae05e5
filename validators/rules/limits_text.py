"""R-SEC-TEXT: free text that holds what the registers must not hold."""

from collections.abc import Iterator

from validators.limits import holds_identity_number, holds_mobile, religious_word
from validators.registers import Column, Register
from validators.rule import Case, Hit, rule
from validators.rules.field_schema import EVERYWHERE
from validators.schema_check import tables_checked

MAY_HOLD_PHONES = frozenset({"contacts", "target"})
"""Columns in which a phone number is what is asked for."""


@rule(
    "R-SEC-TEXT",
    level="W",
    title="文字里不写身份证号、手机号和不登记的内容",
    registers=EVERYWHERE,
    wordings={
        "identity": (
            "“{title}”的文字里写有身份证号码",
            "请删去号码：人员只在“公民身份号码”一列登记；向部门查询的，只记部门、日期、函号、经办人和结果",
        ),
        "phone": ("“{title}”的文字里写有手机号", "请把号码移到电话列，文字里删去"),
        "word": (
            "“{title}”的文字里有“{word}”，本台账不登记这方面内容",
            "请删去这部分文字；确需说明的，见纸质材料，不录入台账",
        ),
    },
    source="排查工作保密要求：数据不公开、不上网；本工具不登记个人信仰，也不保存部门查询结果",
    grade="S",
)
def text(case: Case) -> Iterator[Hit]:
    """18-digit numbers, 11-digit phones and words about religion; one hit a cell, the gravest.

    Each distinct text is read once: logs repeat the same sentences thousands of times.
    """
    known: dict[tuple[bool, str], tuple[str, str] | None] = {}
    for register, table in tables_checked(case.book):
        keys = [(column.key, column.key in MAY_HOLD_PHONES) for column in free_text(register)]
        for row in table:
            for key, with_phones in keys:
                value = row[key]
                if not isinstance(value, str):
                    continue
                seen = (with_phones, value)
                if seen not in known:
                    known[seen] = _hit(value, with_phones)
                found = known[seen]
                if found is not None:
                    wording, word = found
                    yield Hit(register.key, row, key, wording, details={"word": word})


def free_text(register: Register) -> list[Column]:
    """The columns in which people write sentences."""
    return [c for c in register.columns if c.cell == "general" and c.format is None and c.codes is None]


def _hit(value: str, with_phones: bool) -> tuple[str, str] | None:
    if holds_identity_number(value):
        return "identity", ""
    word = religious_word(value)
    if word is not None:
        return "word", word
    return ("phone", "") if not with_phones and holds_mobile(value) else None
