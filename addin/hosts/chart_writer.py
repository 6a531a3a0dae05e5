"""Writes the page of charts: native charts of the spreadsheet program beside the numbers they are drawn from."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import xlsxwriter

from addin.forms.charts import NAME, Chart
from addin.forms.sheet import CONFIDENTIAL
from addin.hosts.form_styles import BODY_FONT, HEAD_FONT, FormStyles
from addin.hosts.fresh_workbook import fresh_workbook

_COLOURS = ("#9C1C1C", "#2F6DB5", "#3E9B6E", "#D98A1F", "#7A5AA6", "#5B7083", "#B85C8A")
_ROWS_A_CHART = 17
_LABEL_WIDTH, _NUMBER_WIDTH, _CHART_COLUMNS, _CHART_WIDTH = 24, 8, 6, 11
_WIDTH, _ROW_PIXELS = 500, 19.2


def write_charts(path: Path, unit: str, origin: str, charts: Sequence[Chart]) -> None:
    """Write the page, two charts side by side, each under its numbers' title. Raises OSError."""
    options = {"default_format_properties": {"font_name": BODY_FONT, "font_size": 11, "font_charset": 134}}
    with fresh_workbook(path, options) as workbook:
        workbook.calc_on_load = False
        styles = FormStyles(workbook)
        sheet = workbook.add_worksheet(NAME)
        _set_page(sheet)
        sheet.merge_range(0, 0, 0, _right(1), f"{unit}　党员流动、失联{NAME}", styles("title"))
        sheet.merge_range(1, 0, 1, _right(1), origin, styles("origin"))
        sheet.set_row(0, 34)
        row = 3
        for place in range(0, len(charts), 2):
            pair = charts[place : place + 2]
            for side, chart in enumerate(pair):
                _put(workbook, sheet, styles, chart, row, side * (_CHART_COLUMNS + 3))
            row += max(_ROWS_A_CHART, *(len(chart.labels) + 1 for chart in pair)) + 2
        if not charts:
            sheet.merge_range(3, 0, 3, _right(1), "没有可画的数", styles("plain"))


def _right(side: int) -> int:
    return side * (_CHART_COLUMNS + 3) + _CHART_COLUMNS + 1


def _put(workbook: xlsxwriter.Workbook, sheet: Any, styles: FormStyles, chart: Chart, row: int, column: int) -> None:
    sheet.set_column(column, column, _LABEL_WIDTH)
    sheet.set_column(column + 1, column + 1, _NUMBER_WIDTH)
    sheet.set_column(column + 2, column + 1 + _CHART_COLUMNS, _CHART_WIDTH)
    sheet.write_string(row, column, chart.title, styles("head"))
    sheet.write_string(row, column + 1, f"数（{chart.unit}）", styles("head"))
    for place, (label, number) in enumerate(zip(chart.labels, chart.numbers, strict=True), row + 1):
        sheet.write_string(place, column, label, styles("label"))
        sheet.write_number(place, column + 1, number, styles("cell", "centre", "count"))
    last = row + len(chart.labels)
    drawn = workbook.add_chart({"type": chart.kind})
    series: dict[str, Any] = {
        "name": chart.title,
        "categories": [NAME, row + 1, column, last, column],
        "values": [NAME, row + 1, column + 1, last, column + 1],
        "data_labels": {"value": True, "percentage": chart.kind == "pie"},
    }
    if chart.kind == "pie":
        series["points"] = [{"fill": {"color": _COLOURS[n % len(_COLOURS)]}} for n in range(len(chart.labels))]
    else:
        series |= {"fill": {"color": _COLOURS[0]}, "gap": 60}
        drawn.set_legend({"none": True})
        drawn.set_y_axis({"reverse": True} if chart.kind == "bar" else {"major_gridlines": {"visible": False}})
        drawn.set_x_axis({"major_gridlines": {"visible": False}, "num_font": {"name": BODY_FONT}, "num_format": "0"})
    drawn.add_series(series)
    name = f"{chart.title}（共 {chart.total} {chart.unit}）"
    drawn.set_title({"name": name, "name_font": {"name": HEAD_FONT, "size": 12}})
    rows = max(_ROWS_A_CHART, len(chart.labels) + 1)
    drawn.set_size({"width": _WIDTH, "height": _ROW_PIXELS * rows - 8})
    sheet.insert_chart(row, column + 2, drawn, {"x_offset": 6, "y_offset": 2, "description": chart.title})


def _set_page(sheet: Any) -> None:
    sheet.set_landscape()
    sheet.set_paper(8)
    sheet.fit_to_pages(1, 1)
    sheet.center_horizontally()
    sheet.hide_gridlines(2)
    sheet.set_header(f'&R&"仿宋,Regular"&9{CONFIDENTIAL}')
    sheet.set_footer('&C&"仿宋,Regular"&9第 &P 页　共 &N 页')
