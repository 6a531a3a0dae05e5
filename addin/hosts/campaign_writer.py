"""Writes the calendar of a 集中排查 as one printable sheet with a column to tick off."""

from datetime import date, datetime
from pathlib import Path

from addin.campaign_text import reminders_of
from addin.hosts.fresh_workbook import fresh_workbook
from addin.hosts.page_setup import set_page
from addin.hosts.text_size import height_for
from addin.hosts.workbook_styles import Styles
from addin.hosts.workbook_writer import OPTIONS
from addin.layout import HEADER_ROW, HINT_ROW, TITLE_ROW
from validators.campaigns import Campaign

TITLE = "排查日程"
_CREATED = datetime(2026, 1, 1)
_COLUMNS = (
    *(("截止日", 12), ("层级", 12), ("做什么", 34), ("报给谁", 20), ("附件", 34)),
    *(("提醒日", 38), ("备注", 30), ("完成日期", 12)),
)


def write_campaign(path: Path, plan: Campaign, year: int, as_of: date) -> None:
    """Write the workbook, whole or not at all."""
    with fresh_workbook(path, OPTIONS) as workbook:
        workbook.set_properties({"title": TITLE, "comments": "内部资料 不得公开", "created": _CREATED})
        styles, sheet = Styles(workbook), workbook.add_worksheet(TITLE)
        sheet.set_row(TITLE_ROW - 1, 30)
        sheet.merge_range(TITLE_ROW - 1, 0, TITLE_ROW - 1, len(_COLUMNS) - 1, f"{year}年{TITLE}", styles("title"))
        hint = f"{plan.title}；依据：{plan.source}；基准日 {as_of}"
        sheet.merge_range(HINT_ROW - 1, 0, HINT_ROW - 1, len(_COLUMNS) - 1, hint, styles("hint"))
        for column, (title, width) in enumerate(_COLUMNS):
            sheet.set_column(column, column, width)
            sheet.write_string(HEADER_ROW - 1, column, title, styles("header"))
        for row, milestone in enumerate(sorted(plan.milestones, key=lambda each: each.due_on(year)), HEADER_ROW):
            due = milestone.due_on(year)
            sheet.write_datetime(row, 0, datetime(due.year, due.month, due.day), styles("date", "boxed"))
            days = "、".join(day.isoformat() for day in reminders_of(milestone, year))
            files = "、".join(milestone.attachments)
            texts = (milestone.level, milestone.what, milestone.recipient, files, days, milestone.note, "")
            for column, text in enumerate(texts, 1):
                sheet.write_string(row, column, text, styles("boxed", "wrap"))
            sheet.set_row(row, height_for([(text, _COLUMNS[column][1]) for column, text in enumerate(texts, 1)]) + 6)
        sheet.freeze_panes(HEADER_ROW, 0)
        set_page(sheet, "A4", {})
