"""Reads the sheets of a closed workbook with python-calamine, after the door has let it in."""

import io
from collections.abc import Callable

from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

from addin.grid import Sheet
from addin.hosts.door import Admitted
from addin.hosts.uncertain_cells import uncertain_cells
from addin.problem import CannotUse


def sheets_of(file: Admitted, wanted: Callable[[str], bool]) -> list[Sheet]:
    """The wanted worksheets of an admitted file. Raises CannotUse."""
    name = file.path.name
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(file.data))
        found = [
            Sheet(
                meta.name,
                workbook.get_sheet_by_name(meta.name).to_python(skip_empty_area=False),
                meta.visible is SheetVisibleEnum.Visible,
            )
            for meta in workbook.sheets_metadata
            if wanted(meta.name)
        ]
    except (CalamineError, ValueError, OverflowError, MemoryError):
        raise CannotUse(
            f"“{name}”里的表格读不出来：请用 Excel 打开看看，能打开就另存为新的 .xlsx 再用，打不开请对方重发。"
        ) from None
    if not file.uncertain:
        return found
    trouble = uncertain_cells(file)
    return [Sheet(sheet.name, sheet.rows, sheet.is_visible, trouble.get(sheet.name, ())) for sheet in found]
