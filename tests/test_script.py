"""Traditional script is understood in titles and coded words, and nothing simplified is touched."""

import pytest

from validators.codes import code_lists
from validators.registers import registers
from validators.script import simplified


@pytest.mark.parametrize(
    ("traditional", "simple"),
    [
        ("黨員名冊", "党员名册"),
        ("轉為正式黨員日期", "转为正式党员日期"),
        ("組織關係所在黨支部代碼", "组织关系所在党支部代码"),
        ("最近參加組織生活日期", "最近参加组织生活日期"),
        ("應急聯繫人電話", "应急联系人电话"),
        ("隸屬關係", "隶属关系"),
        ("處置台賬", "处置台账"),
        ("開除黨籍、勸而不退除名", "开除党籍、劝而不退除名"),
    ],
)
def test_traditional_script_is_understood(traditional: str, simple: str) -> None:
    assert simplified(traditional) == simple


def test_our_own_words_are_left_as_they_are() -> None:
    own = [column.title for register in registers().values() for column in register.columns]
    own += [word for codes in code_lists().values() for word in codes.words]
    assert [word for word in own if simplified(word) != word] == []
