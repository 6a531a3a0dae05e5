"""Writes the printable workbook of `taizhang due -o`: call sheet, deadlines, month calendars, load chart, forecast."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from addin.due_calendar import MonthPage
from addin.hosts.bulk_sheet import BulkSheet
from addin.hosts.fresh_workbook import fresh_workbook
from addin.hosts.page_setup import set_page
from addin.hosts.reference_writer import put_codes
from addin.hosts.table_writer import put_heading, put_table
from addin.hosts.text_size import height_for, row_height
from addin.hosts.workbook_styles import Styles
from addin.hosts.workbook_writer import OPTIONS
from addin.layout import CODES, COVER, HEADER_ROW, result_plan
from addin.load_table import LoadTable
from validators.forecast import Change
from validators.table import BookKind, Value

LOAD, FORECAST, CALENDAR = "工作量", "到期预测", "日历 {month}"
_CREATED = datetime(2026, 1, 1)
_WEEKDAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
_DAY_WIDTH = 19
_CHANGES = (
    ("日期", 12),
    ("将发生什么", 26),
    ("姓名", 10),
    ("支部联系人", 11),
    ("依据", 60),
    ("规则", 24),
    ("位置", 16),
)
_FRONT = (
    ("通话登记单", "按支部联系人列出要联系的党员；右边空栏联系后填写，再运行 taizhang contact 记进台账"),
    ("逾期与到期", "全部逾期和快到期的事，每件写明日期是怎样算出来的"),
    ("日历", "每月一页，可打印张贴在办公室内（内部资料）"),
    (LOAD, "每名联系人每周有多少件事"),
    (FORECAST, "如果到预测日什么也不做，哪些会逾期、谁会列入名单"),
)


@dataclass(frozen=True, slots=True)
class DueReport:
    """Everything the workbook shows; ``until`` is the day the forecast looks to."""

    kind: BookKind
    cover: Mapping[str, Value]
    as_of: date
    until: date
    summary: str
    calls: Sequence[Mapping[str, Value]]
    deadlines: Sequence[Mapping[str, Value]]
    months: Sequence[MonthPage]
    load: LoadTable
    changes: Sequence[Change]


def write_due_report(path: Path, report: DueReport) -> None:
    """Write the workbook, whole or not at all; equal reports give equal bytes."""
    with fresh_workbook(path, OPTIONS) as workbook:
        workbook.set_properties({"title": "通话与期限", "comments": "内部资料 不得公开", "created": _CREATED})
        styles = Styles(workbook)
        _put_front(workbook.add_worksheet(COVER), styles, report)
        for key, rows in (("call_sheet", report.calls), ("due_list", report.deadlines)):
            plan = result_plan(key, report.kind)
            put_table(workbook.add_worksheet(plan.title, BulkSheet), styles, plan, rows, report.kind, report.cover)
        for page in report.months:
            name = CALENDAR.format(month=page.month)
            _put_month(workbook.add_worksheet(name), workbook, styles, page, report)
        _put_load(workbook, styles, report)
        _put_forecast(workbook.add_worksheet(FORECAST), styles, report)
        put_codes(workbook, {CODES: workbook.add_worksheet(CODES)}, styles, report.kind)


def _put_front(sheet: Any, styles: Styles, report: DueReport) -> None:
    put_heading(sheet, styles, "通话与期限", f"基准日 {report.as_of}，预测到 {report.until}", 2)
    sheet.set_column(0, 0, 16)
    sheet.set_column(1, 1, 76)
    unit = str(report.cover.get("organisation_name") or "")
    lines = (("党组织", unit), ("合计", report.summary), *_FRONT)
    for row, (title, text) in enumerate(lines, HEADER_ROW - 1):
        sheet.write_string(row, 0, title, styles("header"))
        sheet.write_string(row, 1, text, styles("boxed", "step"))
        sheet.set_row(row, height_for([(text, 74)]) + 6)
    set_page(sheet, "A4", report.cover, tables=False)


def _put_month(sheet: Any, workbook: xlsxwriter.Workbook, styles: Styles, page: MonthPage, report: DueReport) -> None:
    """A month on one page: a row of dates and a tall row of deadlines a week."""
    put_heading(sheet, styles, f"{page.title} 期限日历", f"基准日 {report.as_of}；每天列出当天截止的事", 7)
    sheet.set_column(0, 6, _DAY_WIDTH)
    number = workbook.add_format({"font_name": "微软雅黑", "font_size": 11, "bold": True, "border": 1, "bottom": 0})
    text = workbook.add_format({"font_name": "微软雅黑", "font_size": 9, "text_wrap": True, "valign": "top"})
    text.set_border(1)
    text.set_top(0)
    for column, word in enumerate(_WEEKDAYS):
        sheet.write_string(HEADER_ROW - 1, column, word, styles("header"))
    for turn, week in enumerate(page.weeks):
        row = HEADER_ROW + 2 * turn
        lines = max(4, *(sum(1 + len(line) // 10 for line in day.lines) for day in week))
        sheet.set_row(row + 1, row_height(lines))
        for column, day in enumerate(week):
            mark = "　基准日" if day.day == report.as_of else ""
            sheet.write_string(row, column, f"{day.day.day}{mark}" if day.inside else "", number)
            sheet.write_string(row + 1, column, "\n".join(day.lines), text)
    set_page(sheet, "A4", report.cover, tables=False)


def _put_load(workbook: xlsxwriter.Workbook, styles: Styles, report: DueReport) -> None:
    sheet, load = workbook.add_worksheet(LOAD), report.load
    put_heading(sheet, styles, LOAD, f"每周要办的件数；已逾期的算在本周，基准日 {report.as_of}", 2 + len(load.people))
    sheet.set_column(0, 0, 14)
    sheet.set_column(1, 1 + len(load.people), 11)
    for column, title in enumerate(("周（周一）", *load.people, "合计")):
        sheet.write_string(HEADER_ROW - 1, column, title, styles("header"))
    for row, (week, counts) in enumerate(load.weeks, HEADER_ROW):
        sheet.write_datetime(row, 0, _moment(week), styles("date", "boxed"))
        for column, count in enumerate((*counts, sum(counts)), 1):
            sheet.write_number(row, column, count, styles("whole", "boxed"))
    if load.weeks:
        sheet.insert_chart(HEADER_ROW + len(load.weeks) + 1, 0, _load_chart(workbook, load))
    set_page(sheet, "A4", report.cover, tables=False)


def _load_chart(workbook: xlsxwriter.Workbook, load: LoadTable) -> Any:
    chart = workbook.add_chart({"type": "column", "subtype": "stacked"})
    last = HEADER_ROW + len(load.weeks) - 1
    for column in range(1, 1 + len(load.people)):
        chart.add_series(
            {
                "name": [LOAD, HEADER_ROW - 1, column],
                "categories": [LOAD, HEADER_ROW, 0, last, 0],
                "values": [LOAD, HEADER_ROW, column, last, column],
                "gap": 60,
            }
        )
    chart.set_title({"name": "每周要办的件数", "name_font": {"size": 12}})
    chart.set_x_axis({"text_axis": True, "num_format": "mm-dd", "num_font": {"size": 9}})
    chart.set_y_axis({"min": 0, "major_gridlines": {"visible": True, "line": {"color": "#D9D9D9"}}})
    chart.set_legend({"position": "bottom"})
    chart.set_size({"width": 860, "height": 340})
    return chart


def _put_forecast(sheet: Any, styles: Styles, report: DueReport) -> None:
    hint = f"如果从 {report.as_of} 到 {report.until} 什么也不做，会发生下面这些事；名单只供核查，不作认定。"
    put_heading(sheet, styles, f"到期预测（至 {report.until}）", hint, len(_CHANGES))
    for column, (title, width) in enumerate(_CHANGES):
        sheet.set_column(column, column, width)
        sheet.write_string(HEADER_ROW - 1, column, title, styles("header"))
    for row, change in enumerate(report.changes, HEADER_ROW):
        if change.on is not None:
            sheet.write_datetime(
                row, 0, datetime(change.on.year, change.on.month, change.on.day), styles("date", "boxed")
            )
        else:
            sheet.write_string(row, 0, "期间内", styles("boxed", "centre"))
        place = f"{change.sheet} 第{change.row}行"
        texts = (change.what, change.name, change.contact_person, change.text, change.rule, place)
        for column, text in enumerate(texts, 1):
            sheet.write_string(row, column, text, styles("boxed", "wrap"))
        sheet.set_row(row, height_for([(text, _CHANGES[column][1]) for column, text in enumerate(texts, 1)]))
    if not report.changes:
        sheet.write_string(HEADER_ROW, 0, "无", styles("boxed", "centre"))
    sheet.freeze_panes(HEADER_ROW, 0)
    set_page(sheet, "A4", report.cover)


def _moment(day: date) -> datetime:
    return datetime(day.year, day.month, day.day)
