"""Whole printed forms against golden texts: every cell with its place and looks, without what changes by the run.

``python -m tests.test_forms_golden`` writes the golden texts anew; look at the difference before committing.
"""

import re
from pathlib import Path

import pytest

from addin.forms.card_sheet import lay_out_cards
from addin.forms.filling import fill_form
from addin.forms.library import load_forms
from addin.forms.table_sheet import lay_out_table
from tests.test_forms_numbers import coming_back, handling, losing, moving
from validators.wording import shown

GOLDEN = Path(__file__).parent / "golden"
CASES = {
    "floating_summary": ("外出流动党员情况汇总表", moving),
    "floating_roll": ("外出流动党员名册", moving),
    "lost_summary": ("与党组织失去联系党员情况汇总表", losing),
    "lost_handling": ("与党组织失去联系党员管理及处置情况汇总表", handling),
    "lost_card": ("与党组织失去联系党员排查工作登记表", losing),
    "statistics_36": ("留学回国人员党员情况", coming_back),
    "collection_card": ("党员基本信息采集表", moving),
}
_CHANGES = re.compile(r"政策方案 \S+（\w+）|校验码 [0-9A-F]{4}-[0-9A-F]{4}")


def as_text(name: str) -> str:
    """The printed form, one line a cell."""
    title, make = CASES[name]
    case, form = make(), load_forms()[title]
    lay_out = lay_out_cards if form.kind == "card" else lay_out_table
    printed = lay_out(fill_form(form, case), case, "2026-11-24 08:00")
    lines = [f"{title}　宽 {'、'.join(f'{width:g}' for width in printed.widths)}"]
    for cell in printed.every_cell():
        extent = f"+{cell.rows}x{cell.columns}" if (cell.rows, cell.columns) != (1, 1) else ""
        value = _CHANGES.sub("…", shown(cell.value))
        lines.append(f"{cell.address}{extent}　{value}　[{' '.join(cell.looks)}]")
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("name", CASES)
def test_a_form_prints_as_its_golden_text(name: str) -> None:
    assert as_text(name) == (GOLDEN / f"{name}.txt").read_text(encoding="utf-8")


if __name__ == "__main__":
    for each in CASES:
        (GOLDEN / f"{each}.txt").write_text(as_text(each), encoding="utf-8")
