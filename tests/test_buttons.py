"""Every button is complete: label, tips, a key tip nobody else has, a picture Excel knows."""

import json
from itertools import permutations
from pathlib import Path

import pytest

from addin.buttons import Button, button_of, tab

ROOT = Path(__file__).resolve().parents[1]
PICTURES = frozenset((ROOT / "tests" / "excel_pictures.txt").read_text(encoding="utf-8").split())
"""Names of Excel's own buttons, galleries and menus that both Excel 2013 and today's Excel publish."""

LABELS = [
    "校核",
    "清除标记",
    "整理",
    "逾期与到期",
    "失联名单",
    "登记联系",
    "报送",
    "合并下级",
    "出表",
    "反查",
    "双向比对",
    "冲突处理",
    "退回单",
    "两期衔接",
    "新建台账",
    "撤销上一步",
    "环境自检",
    "规则清单",
    "帮助",
    "关于",
]


def test_every_button_once_in_the_order_of_the_work() -> None:
    assert [button.label for button in tab().buttons] == LABELS
    assert [group.label for group in tab().groups] == ["录入校验", "联系与失联", "汇总上报", "对账与退回", "工具与帮助"]
    assert len({button.key for button in tab().buttons}) == len(LABELS)


def test_no_button_of_the_file_is_left_out() -> None:
    data = json.loads((ROOT / "addin" / "buttons.json").read_text(encoding="utf-8"))
    assert len(data["buttons"]) == len(tab().buttons)


def test_no_key_tip_begins_another() -> None:
    tips = [button.key_tip for button in tab().buttons]
    assert [(one, two) for one, two in permutations(tips, 2) if two.startswith(one)] == []


@pytest.mark.parametrize("button", tab().buttons, ids=lambda button: button.key)
def test_a_button_is_complete(button: Button) -> None:
    assert button.key.isascii() and button.key.isidentifier()
    assert 2 <= len(button.label) <= 6
    assert button.key_tip.isascii() and button.key_tip.isupper() and len(button.key_tip) <= 3
    assert 0 < len(button.screen_tip) <= 30 and not button.screen_tip.endswith("。")
    assert button.super_tip.endswith("。") and len(button.super_tip) <= 120
    assert button.image in PICTURES


def test_a_button_is_found_by_key_and_by_control() -> None:
    button = button_of("taizhang_check")
    assert button is button_of("check")
    assert button.control == "taizhang_check"
    with pytest.raises(KeyError):
        button_of("taizhang_nothing")
