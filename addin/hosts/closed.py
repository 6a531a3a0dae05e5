"""Reads the sheets of a closed workbook with python-calamine, after the door has let it in."""

import io
from collections.abc import Callable, Sequence

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
        _refuse_twins(name, [meta.name for meta in workbook.sheets_metadata])
        found = [
            Sheet(
                meta.name,
                workbook.get_sheet_by_name(meta.name).to_python(skip_empty_area=False),
                meta.visible is SheetVisibleEnum.Visible,
            )
            for meta in workbook.sheets_metadata
            if wanted(meta.name)
        ]
        trouble = uncertain_cells(file) if file.uncertain else {}
    except (CalamineError, ValueError, OverflowError, MemoryError):
        raise CannotUse(
            f"“{name}”里的表格读不出来：请用 Excel 打开看看，能打开就另存为新的 .xlsx 再用，打不开请对方重发。"
        ) from None
    return [Sheet(sheet.name, sheet.rows, sheet.is_visible, trouble.get(sheet.name, ())) for sheet in found]


def _refuse_twins(file: str, names: Sequence[str]) -> None:
    """A reader that goes by name would show the first of two sheets of one name twice and the second never."""
    folded = [name.casefold() for name in names]
    twin = next((name for name in names if folded.count(name.casefold()) > 1), None)
    if twin is not None:
        raise CannotUse(f"“{file}”里有两张都叫“{twin}”的工作表：请用 Excel 打开，按提示修复后另存为新的 .xlsx 再用。")
