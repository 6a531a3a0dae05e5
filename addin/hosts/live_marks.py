"""Marks cells of an open workbook by colour and note, and removes the marks again; understands those of a closed one.

The hidden sheet 校核标记 and the blocks in the notes are the same as in ``addin.hosts.marks``, so either removes what
the other put: a cell of that sheet carries the old format, the mark's number stands in its note.
"""

from collections.abc import Iterator, Sequence

import xlwings as xw

from addin.hosts.live import sheet_named
from addin.marking import COLOURS, MARKS_SHEET, MEMORY_TITLES, NOTE_BLOCK, Mark, note_block
from validators.table import Level, column_letter

MOST_LIVE_MARKS = 300
"""Each mark takes several calls into the program; beyond this the worst are marked and 问题清单 lists the rest."""

_LOOK = 4


def put_marks(book: xw.Book, marks: Sequence[Mark]) -> int:
    """Mark cells, the first ones of the list; how many. Earlier marks must have been cleared."""
    sheets = {sheet.name: sheet for sheet in book.sheets}
    wanted = [mark for mark in marks if mark.sheet in sheets][:MOST_LIVE_MARKS]
    if not wanted:
        return 0
    memory = sheet_named(book, MARKS_SHEET) or book.sheets.add(MARKS_SHEET, after=book.sheets[len(book.sheets) - 1])
    memory.visible = False
    memory.range((1, 1), (len(wanted) + 1, len(MEMORY_TITLES))).number_format = "@"
    memory["A1"].value = [list(MEMORY_TITLES), *(_line(number, mark) for number, mark in enumerate(wanted, 1))]
    for number, mark in enumerate(wanted, 1):
        cell = sheets[mark.sheet].range((mark.row, mark.column))
        _remember_look(cell, memory.range((number + 1, _LOOK)))
        cell.color = _colour(mark.level)
        note = cell.note
        own = note.text if note else ""
        block = note_block(number, mark.text)
        _set_note(cell, f"{own}\n{block}" if own else block)
    return len(wanted)


def clear_marks(book: xw.Book) -> int:
    """Give every marked cell its old ground and note back; how many cells. The hidden sheet stays, empty."""
    memory = sheet_named(book, MARKS_SHEET)
    if memory is None:
        return 0
    lines = _lines(memory)
    for number, (cell, _, colour) in _marked(book, lines).items():
        if cell.color == _rgb(colour):
            cell.color = memory.range((lines[number][0], _LOOK)).color
        note = cell.note
        text = note.text if note else ""
        if NOTE_BLOCK.search(text):
            _set_note(cell, NOTE_BLOCK.sub("", text))
    memory.clear()
    return len(lines)


def marks_now(book: xw.Book) -> Iterator[Mark]:
    """The marks the workbook has."""
    memory = sheet_named(book, MARKS_SHEET)
    if memory is None:
        return
    levels: dict[str, Level] = {colour: level for level, colour in COLOURS.items()}
    for cell, text, colour in _marked(book, _lines(memory)).values():
        if colour in levels:
            yield Mark(cell.sheet.name, cell.row, cell.column, levels[colour], text)


def _lines(memory: xw.Sheet) -> dict[int, tuple[int, list[str]]]:
    """By the mark's number: its row on the hidden sheet and its texts."""
    last = memory.used_range.last_cell
    rows = memory.range((1, 1), (last.row, len(MEMORY_TITLES))).options(ndim=2).value
    found = {}
    for row, line in enumerate(rows[1:], 2):
        if line[0] not in (None, ""):
            found[int(float(line[0]))] = (row, ["" if text is None else str(text) for text in line])
    return found


def _marked(book: xw.Book, lines: dict[int, tuple[int, list[str]]]) -> dict[int, tuple[xw.Range, str, str]]:
    """Where each mark stands now (rows may have moved), its text and its colour."""
    found: dict[int, tuple[xw.Range, str, str]] = {}
    titles = {texts[1] for _, texts in lines.values()}
    sheets = {sheet.name: sheet for sheet in book.sheets if sheet.name in titles}
    for sheet in sheets.values():
        for note in sheet.notes:
            block = NOTE_BLOCK.search(note.text)
            if block is not None and int(block[1]) in lines:
                found[int(block[1])] = (note.location, block[2], lines[int(block[1])][1][5])
    for number, (_, texts) in lines.items():
        if number not in found and texts[1] in sheets:
            found[number] = (sheets[texts[1]][texts[2]], "", texts[5])
    return found


def _remember_look(cell: xw.Range, memory: xw.Range) -> None:
    cell.copy(memory)
    memory.clear_contents()
    note = memory.note
    if note:
        note.delete()


def _set_note(cell: xw.Range, text: str) -> None:
    """A note is changed rather than replaced: on a title, which is locked, it could not be taken away first."""
    note = cell.note
    if note and text:
        note.text = text
    elif note:
        note.delete()
    elif text:
        cell.add_note(text)


def _line(number: int, mark: Mark) -> list[str]:
    place = f"{column_letter(mark.column)}{mark.row}"
    return [str(number), mark.sheet, place, "", "", COLOURS[mark.level], ""]


def _colour(level: Level) -> tuple[int, int, int]:
    return _rgb(COLOURS[level])


def _rgb(colour: str) -> tuple[int, int, int]:
    """``FFRRGGBB`` as red, green, blue."""
    return int(colour[2:4], 16), int(colour[4:6], 16), int(colour[6:8], 16)
