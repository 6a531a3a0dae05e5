"""The sheet 政策参数 of a generated workbook: what each profile says, and where an own value may be typed."""

from collections.abc import Mapping
from typing import Any

from addin.hosts.page_setup import set_page
from addin.hosts.table_writer import PROTECTION, note, put_heading
from addin.hosts.text_size import height_for
from addin.hosts.workbook_styles import TABS, Styles
from addin.layout import FIRST_ROW, HEADER_ROW, POLICY, POLICY_OVERRIDE, policy_titles
from validators.codes import code_lists
from validators.policy import PolicyKey, policy_data, policy_keys, policy_rows
from validators.table import Value

HINT = "只在上级对本单位另有规定时填“本单位取值”，空着就按封面所选的政策方案；超出允许范围的值不会被采用。"
OVERRIDE_NOTE = "只填与方案不同的值，写法见“允许范围”。\n空着表示按封面所选政策方案的默认值。\n填写的值会记入报送清单。"

_INLINE_LIST = 255


def put_policy(sheet: Any, styles: Styles, overrides: Mapping[str, str], cover: Mapping[str, Value]) -> None:
    """Fill the sheet. Raises KeyError for an override of an unknown parameter."""
    unknown = set(overrides) - set(policy_keys())
    if unknown:
        raise KeyError(f"no such policy key: {', '.join(sorted(unknown))}")
    profiles = policy_data()["profiles"]
    titles = policy_titles([profile["title"] for profile in profiles.values()])
    widths = (26, 26, 18, *(20 for _ in profiles), 7, 34, 40, 10)
    put_heading(sheet, styles, POLICY, HINT, len(titles))
    for number, (title, width) in enumerate(zip(titles, widths, strict=True)):
        sheet.set_column(number, number, width)
        sheet.write_string(HEADER_ROW - 1, number, title, styles("header"))
    sheet.set_row(HEADER_ROW - 1, height_for(zip(titles, widths, strict=True)) + 6)
    own = titles.index(POLICY_OVERRIDE)
    note(sheet, HEADER_ROW - 1, own, OVERRIDE_NOTE)
    grades = (f"{entry.code}　{entry.word}" for entry in code_lists()["grade"].entries)
    note(sheet, HEADER_ROW - 1, len(titles) - 1, "\n".join(grades))
    for row, line in enumerate(policy_rows(), FIRST_ROW - 1):
        typed = overrides.get(line.key, "")
        defaults = [line.defaults[name] for name in profiles]
        texts = (line.key, line.title, typed, *defaults, line.unit, line.allowed, line.source, line.grade)
        for number, text in enumerate(texts):
            looks = ("open", "text", "own") if number == own else ("fixed",)
            sheet.write(row, number, text or None, styles("boxed", "wrap", *looks))
        sheet.set_row(row, height_for(zip(texts, widths, strict=True)))
        _offer(sheet, row, own, policy_keys()[line.key])
    sheet.freeze_panes(HEADER_ROW, own + 1)
    sheet.set_tab_color(TABS["reference"])
    sheet.protect("", PROTECTION)
    set_page(sheet, "A4", cover)


def _offer(sheet: Any, row: int, column: int, key: PolicyKey) -> None:
    """A drop-down where the allowed values are few words."""
    words = ["是", "否"] if key.kind == "flag" else [key.shown(value) for value in key.labels]
    if key.kind in ("flag", "word") and words and len(",".join(words)) <= _INLINE_LIST:
        sheet.data_validation(row, column, row, column, {"validate": "list", "source": words, "show_error": False})
