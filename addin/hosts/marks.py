"""Marks cells of a closed workbook by colour and note, and removes the marks again exactly.

How a marked cell looked is remembered in a hidden sheet: a blank cell there carries the old format, so programs that
renumber formats when saving keep it true. The mark's number stands in its note and moves with the cell.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from addin.hosts.package.cells import Cells, place_of, set_value, text_of
from addin.hosts.package.markup import MAIN, Element, child, parse
from addin.hosts.package.notes import Notes, place_name
from addin.hosts.package.styles import Styles
from addin.hosts.package.transplant import code_name, keep_code_name
from addin.hosts.package.workbook import SheetPlace, Workbook, plain_text
from addin.marking import COLOURS, MARKS_SHEET, MEMORY_TITLES, NOTE_BLOCK, Mark, in_sight, note_block
from validators.table import Value

_SHEET, _CELL, _LOOK, _MADE, _COLOUR, _NOTE = range(2, 8)
_EMPTY_SHEET = f'<worksheet xmlns="{MAIN}"><sheetData/></worksheet>'.encode()
_YES = "是"
_LONGEST_NOTE = 32_000


@dataclass(slots=True)
class _Open:
    """One sheet under work."""

    place: SheetPlace
    cells: Cells
    notes: Notes


def put_marks(workbook: Workbook, marks: Iterable[Mark]) -> int:
    """Mark cells; how many. Earlier marks must have been cleared; sheets the workbook lacks are passed over."""
    styles = Styles(workbook.parts, workbook.styles_part)
    memory = Cells(parse(_EMPTY_SHEET))
    for column, title in enumerate(MEMORY_TITLES, 1):
        set_value(memory.make(1, column), title)
    wanted = list(marks)
    titles = dict.fromkeys(mark.sheet for mark in wanted)
    opened = {title: sheet for title in titles if (sheet := _opened(workbook, title)) is not None}
    here = [mark for mark in wanted if mark.sheet in opened]
    number = 0
    for mark in in_sight(here, lambda sheet, row, column: opened[sheet].cells.home(row, column)):
        number += 1
        _put(workbook, opened[mark.sheet], styles, memory, mark, number)
    for marked in opened.values():
        marked.notes.save()
    if number:
        _remember(workbook, memory)
    return number


def clear_marks(workbook: Workbook) -> int:
    """Give every marked cell its old format and note back and drop the hidden sheet; how many cells."""
    place = workbook.sheet(MARKS_SHEET)
    if place is None:
        return 0
    memory = Cells(workbook.parts.tree(place.part))
    remembered = _remembered(memory, workbook.shared_strings())
    titles = dict.fromkeys(line[_SHEET] for line in remembered.values())
    opened = {title: sheet for title in titles if (sheet := _opened(workbook, title)) is not None}
    styles = Styles(workbook.parts, workbook.styles_part)
    done = set()
    for sheet in opened.values():
        for where in sheet.notes.places():
            block = NOTE_BLOCK.search(sheet.notes.text(where) or "")
            if block is not None and int(block[1]) in remembered:
                _restore(workbook, sheet, styles, where, remembered[int(block[1])])
                done.add(int(block[1]))
    for number in remembered.keys() - done:
        line = remembered[number]
        if line[_SHEET] in opened:
            _restore(workbook, opened[line[_SHEET]], styles, line[_CELL], line)
    for sheet in opened.values():
        sheet.notes.save()
    if code_name(memory.root):
        # A macro project lists the sheet; taking it away would leave a module without a sheet.
        memory.clear()
        workbook.parts.touch(place.part)
    else:
        workbook.remove_sheet(place)
    return len(remembered)


def _remember(workbook: Workbook, memory: Cells) -> None:
    place = workbook.sheet(MARKS_SHEET)
    if place is None:
        workbook.add_sheet(MARKS_SHEET, memory.root, "veryHidden")
        return
    keep_code_name(workbook.parts.tree(place.part), memory.root)
    workbook.clear_sheet_parts(place)
    workbook.parts.put(place.part, memory.root)


def marked_cells(workbook: Workbook) -> int:
    """How many cells are marked."""
    place = workbook.sheet(MARKS_SHEET)
    if place is None:
        return 0
    return len(_remembered(Cells(workbook.parts.tree(place.part)), workbook.shared_strings()))


def _opened(workbook: Workbook, title: str) -> _Open | None:
    place = workbook.sheet(title)
    if place is None:
        return None
    return _Open(place, Cells(workbook.parts.tree(place.part)), Notes(workbook.parts, place.part))


def _put(workbook: Workbook, sheet: _Open, styles: Styles, memory: Cells, mark: Mark, number: int) -> None:
    where = place_name(mark.row, mark.column)
    made = sheet.cells.find(mark.row, mark.column) is None
    cell = sheet.cells.make(mark.row, mark.column)
    look, colour = cell.get("s", "0"), COLOURS[mark.level]
    line = memory.make_row(number + 1).get("r", "")
    note = sheet.notes.content(where)
    note = note if len(note) <= _LONGEST_NOTE else ""
    texts: dict[int, Value] = {1: number, _SHEET: mark.sheet, _CELL: where, _COLOUR: colour, _NOTE: note}
    texts[_MADE] = _YES if made else None
    for column, value in texts.items():
        if value not in (None, ""):
            set_value(memory.make(int(line), column), value)
    memory.make(int(line), _LOOK).set("s", look)
    cell.set("s", str(styles.filled(int(look), colour)))
    if not sheet.notes.is_thread(where):
        own = sheet.notes.text(where)
        block = note_block(number, mark.text)
        sheet.notes.put(where, f"{own}\n{block}" if own else block)
    workbook.parts.touch(sheet.place.part)


def _remembered(memory: Cells, shared: list[str]) -> dict[int, dict[int, str]]:
    """What is known of each mark by its number: texts by column, ``_LOOK`` as the style number."""
    found = {}
    for row in range(2, memory.last_filled_row((1,)) + 1):
        line = dict.fromkeys(range(1, len(MEMORY_TITLES) + 1), "")
        for column, cell in memory.in_row(row):
            line[column] = cell.get("s", "0") if column == _LOOK else text_of(cell, shared)
        if line[1]:
            found[int(float(line[1]))] = line
    return found


def _restore(workbook: Workbook, sheet: _Open, styles: Styles, where: str, line: dict[int, str]) -> None:
    row, column = place_of(where)
    cell = sheet.cells.find(row, column)
    if cell is not None and styles.fill_of(int(cell.get("s", "0"))) == line[_COLOUR]:
        _give_look(cell, line[_LOOK])
        if line[_MADE] == _YES and not _has_content(cell):
            sheet.cells.remove(row, cell)
    text = sheet.notes.text(where)
    if text is not None and NOTE_BLOCK.search(text):
        left = NOTE_BLOCK.sub("", text)
        was = line[_NOTE]
        if was and left == _plain(was):
            sheet.notes.put_content(where, was)
        elif left:
            sheet.notes.put(where, left)
        else:
            sheet.notes.remove(where)
    workbook.parts.touch(sheet.place.part)


def _give_look(cell: Element, look: str) -> None:
    if look in ("", "0"):
        cell.attrib.pop("s", "")
    else:
        cell.set("s", look)


def _has_content(cell: Element) -> bool:
    return any(child(cell, tag) is not None for tag in ("f", "v", "is"))


def _plain(content: str) -> str:
    return plain_text(parse(content.encode()))
