"""Reads the sheets of a closed workbook with python-calamine, after the door has let it in."""

import io
from collections.abc import Callable, Sequence
from concurrent.futures import BrokenExecutor

from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

from addin.grid import Sheet
from addin.hosts.door import Admitted
from addin.hosts.helpers import MOST_MEMORY, MOST_SECONDS, helper_processes, is_helper, no_longer
from addin.hosts.uncertain_cells import uncertain_cells
from addin.problem import CannotUse

MANY_BLANK_ROWS = 60_000
"""So many rows that hold next to nothing make a reader take memory out of all proportion to the file."""


def sheets_of(file: Admitted, wanted: Callable[[str], bool]) -> list[Sheet]:
    """The wanted worksheets of an admitted file. Raises CannotUse.

    One with many blank rows is read in a process of its own, under limits; large honest ones are spared the copying.
    """
    read = _read_by_the_door(file, wanted)
    if read is not None:
        return read
    if file.blank_rows <= MANY_BLANK_ROWS or is_helper():
        return _sheets(file, wanted)
    with helper_processes(1) as alone:
        try:
            found = alone.submit(_every_sheet, file).result()
        except (BrokenExecutor, MemoryError):
            raise CannotUse(
                f"“{file.path.name}”要的时间或内存太多（超过 {MOST_SECONDS} 秒或 {MOST_MEMORY >> 30} GB），已停止读取："
                "请检查是不是粘贴了别的数据或大量空行，清理后另存再用。"
            ) from None
    return [sheet for sheet in found if wanted(sheet.name)]


def merged_blocks(file: Admitted, name: str) -> tuple[tuple[int, int, int, int], ...]:
    """The merged blocks of a worksheet: first row, first column, last row, last column, from 1."""
    found = CalamineWorkbook.from_filelike(io.BytesIO(file.data)).get_sheet_by_name(name).merged_cell_ranges
    return tuple((top + 1, left + 1, bottom + 1, right + 1) for (top, left), (bottom, right) in found or ())


def _read_by_the_door(file: Admitted, wanted: Callable[[str], bool]) -> list[Sheet] | None:
    """The wanted sheets when the door has read all of them on the way."""
    places = [place for place in file.places if wanted(place.name)]
    if not file.places or not all(place.part in file.rows for place in places):
        return None
    refuse_twins(file.path.name, [place.name for place in file.places])
    return [Sheet(place.name, file.rows[place.part], place.is_visible) for place in places]


def _every_sheet(file: Admitted) -> list[Sheet]:
    with no_longer(MOST_SECONDS):
        return _sheets(file, lambda _: True)


def _sheets(file: Admitted, wanted: Callable[[str], bool]) -> list[Sheet]:
    """The wanted sheets, those the door could not read by the general reader."""
    name = file.path.name
    known = {place.name: file.rows[place.part] for place in file.places if place.part in file.rows}
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(file.data))
        refuse_twins(name, [meta.name for meta in workbook.sheets_metadata])
        found = [
            Sheet(
                meta.name,
                known.get(meta.name) or workbook.get_sheet_by_name(meta.name).to_python(skip_empty_area=False),
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


def refuse_twins(file: str, names: Sequence[str]) -> None:
    """A reader that goes by name would show the first of two sheets of one name twice and the second never."""
    folded = [name.casefold() for name in names]
    twin = next((name for name in names if folded.count(name.casefold()) > 1), None)
    if twin is not None:
        raise CannotUse(f"“{file}”里有两张都叫“{twin}”的工作表：请用 Excel 打开，按提示修复后另存为新的 .xlsx 再用。")
