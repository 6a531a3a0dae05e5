"""Marks cells of an open workbook by colour and note, and removes the marks again; understands those of a closed one.

The hidden sheet 校核标记 and the blocks in the notes are the same as in ``addin.hosts.marks``, so either removes what
the other put: a cell of that sheet carries the old format, the mark's number stands in its note. A mark that is to
stay as it is costs nothing, and cells below each other are coloured in one go.
"""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

import xlwings as xw

from addin.hosts.live import sheet_named
from addin.marking import COLOURS, MARKS_SHEET, MEMORY_TITLES, NOTE_BLOCK, Mark, note_block
from validators.table import Level, column_letter

MOST_LIVE_MARKS = 300
"""Each note takes several calls into the program; beyond this the worst are marked and 问题清单 lists the rest."""

_LOOK, _FEW = 4, 12
_MOST_LINES = 3_000
"""When the hidden sheet has grown so long by changed marks, all are put anew."""

Place = tuple[str, int, int]
Notes = dict[Place, xw.Note]
Lines = dict[int, tuple[int, list[str]]]


@dataclass(frozen=True, slots=True)
class StandingMark:
    """A mark as it stands now (rows may have moved), its number and its line on the hidden sheet."""

    mark: Mark
    number: int
    line: int


@dataclass(frozen=True, slots=True)
class Standing:
    """Every mark of a workbook, and the notes of all sheets that have one."""

    found: list[StandingMark]
    notes: Notes

    def marks(self) -> list[Mark]:
        """The marks alone."""
        return [one.mark for one in self.found]


def renew_marks(book: xw.Book, marks: Sequence[Mark], standing: Standing | None = None) -> int:
    """Leave exactly these marks, the first ones of the list; how many. The hidden sheet stays, also when empty."""
    titles = {sheet.name for sheet in book.sheets}
    wanted = {_place(mark): mark for mark in marks if mark.sheet in titles}
    wanted = dict(list(wanted.items())[:MOST_LIVE_MARKS])
    before = standing or marks_standing(book)
    last = max((one.line for one in before.found), default=1)
    kept = [one for one in before.found if wanted.get(_place(one.mark)) == one.mark and last < _MOST_LINES]
    stays = {_place(one.mark) for one in kept}
    gone = [one for one in before.found if _place(one.mark) not in stays]
    _take_off(book, gone, before.notes, is_all=not kept)
    number = max((one.number for one in kept), default=0)
    fresh = [mark for place, mark in wanted.items() if place not in stays]
    _put_on(book, fresh, before.notes, number, last if kept else 1)
    return len(wanted)


def marks_standing(book: xw.Book) -> Standing:
    """The marks the workbook has now."""
    memory = sheet_named(book, MARKS_SHEET)
    if memory is None:
        return Standing([], {})
    levels: dict[str, Level] = {colour: level for level, colour in COLOURS.items()}
    lines = _lines(memory)
    titles = {texts[1] for _, texts in lines.values()}
    notes: Notes = {}
    for sheet in book.sheets:
        if sheet.name in titles:
            notes.update(_notes(sheet))
    found = list(_noted(notes, lines))
    seen = {number for number, _, _ in found}
    for number, (_, texts) in lines.items():
        home = sheet_named(book, texts[1]) if number not in seen else None
        if home is not None:
            cell = home[texts[2]]
            found.append((number, (texts[1], cell.row, cell.column), ""))
    standing = [
        StandingMark(Mark(*place, levels[lines[number][1][5]], text), number, lines[number][0])
        for number, place, text in found
        if lines[number][1][5] in levels
    ]
    return Standing(standing, notes)


def _noted(notes: Notes, lines: Lines) -> Iterator[tuple[int, Place, str]]:
    """Number, place and text of every mark told by a note; of a row that was copied, both."""
    for place, note in notes.items():
        block = NOTE_BLOCK.search(note.text)
        if block is not None and int(block[1]) in lines:
            yield int(block[1]), place, block[2]


def _lines(memory: xw.Sheet) -> Lines:
    """By the mark's number: its row on the hidden sheet and its texts."""
    last = memory.used_range.last_cell
    rows = memory.range((1, 1), (last.row, len(MEMORY_TITLES))).options(ndim=2).value
    found = {}
    for row, line in enumerate(rows[1:], 2):
        if line[0] not in (None, ""):
            found[int(float(line[0]))] = (row, ["" if text is None else str(text) for text in line])
    return found


def _take_off(book: xw.Book, gone: Iterable[StandingMark], notes: Notes, *, is_all: bool) -> None:
    memory = sheet_named(book, MARKS_SHEET)
    if memory is None:
        return
    sheets = {sheet.name: sheet for sheet in book.sheets}
    for one in gone:
        place, colour = _place(one.mark), _colour(one.mark.level)
        cell = sheets[one.mark.sheet].range(place[1:])
        if cell.color == colour:
            cell.color = memory.range((one.line, _LOOK)).color
        note = notes.get(place)
        left = NOTE_BLOCK.sub("", note.text) if note else ""
        if note and left:
            note.text = left
        elif note:
            notes.pop(place).delete()
        if not is_all:
            memory.range((one.line, 1), (one.line, len(MEMORY_TITLES))).clear()
    if is_all:
        memory.clear()


def _put_on(book: xw.Book, marks: Iterable[Mark], notes: Notes, number: int, line: int) -> None:
    """Put new marks, numbered on from ``number`` and remembered below ``line``."""
    ordered = sorted(marks, key=lambda mark: (mark.sheet, mark.column, mark.row))
    if not ordered:
        return
    memory = sheet_named(book, MARKS_SHEET) or book.sheets.add(MARKS_SHEET, after=book.sheets[len(book.sheets) - 1])
    memory.visible = False
    first, last = line + 1, line + len(ordered)
    memory.range((1, 1)).value = list(MEMORY_TITLES)
    memory.range((first, 1), (last, len(MEMORY_TITLES))).number_format = "@"
    memory.range((first, 1)).value = [_line(number + count, mark) for count, mark in enumerate(ordered, 1)]
    sheets = {sheet.name: sheet for sheet in book.sheets}
    for start, end in _runs(ordered):
        top, bottom = ordered[start], ordered[end - 1]
        sheets[top.sheet].range((top.row, top.column), (bottom.row, bottom.column)).copy(
            memory.range((first + start, _LOOK))
        )
    memory.range((first, _LOOK), (last, _LOOK)).clear_contents()
    for copied in memory.notes:
        copied.delete()
    for start, end in _runs(ordered, same_level=True):
        _paint(sheets[ordered[start].sheet], ordered[start], end - start)
    own = {**notes, **_own_notes(sheets, ordered, known={place[0] for place in notes})}
    for count, mark in enumerate(ordered, 1):
        block = note_block(number + count, mark.text)
        note: xw.Note | None = own.get(_place(mark))
        if note is None:
            sheets[mark.sheet].range((mark.row, mark.column)).add_note(block)
        else:  # changed rather than replaced: on a title, which is locked, it could not be taken away first
            note.text = f"{note.text}\n{block}"


def _paint(sheet: xw.Sheet, top: Mark, height: int) -> None:
    """Calc colours nothing of a block one cell of which is locked, and does not say so."""
    cells, colour = sheet.range((top.row, top.column), (top.row + height - 1, top.column)), _colour(top.level)
    cells.color = colour
    if height > 1 and cells.color != colour:
        for cell in cells:
            cell.color = colour


def _own_notes(sheets: Mapping[str, xw.Sheet], marks: Sequence[Mark], known: Container[str]) -> Notes:
    """The notes marked cells have; of a sheet with many marks all notes are read, which takes fewer calls."""
    found: Notes = {}
    by_sheet = groupby(marks, key=lambda mark: mark.sheet)
    for title, group in by_sheet:
        here = list(group)
        if title not in known and len(here) > _FEW:
            found.update(_notes(sheets[title]))
        elif title not in known:
            cells = {_place(mark): sheets[title].range((mark.row, mark.column)).note for mark in here}
            found.update({place: note for place, note in cells.items() if note})
    return found


def _notes(sheet: xw.Sheet) -> Notes:
    title = sheet.name
    return {(title, (cell := note.location).row, cell.column): note for note in sheet.notes}


def _runs(marks: Sequence[Mark], *, same_level: bool = False) -> Iterator[tuple[int, int]]:
    """First and end of the stretches of marks whose cells stand below each other."""
    start = 0
    for end, (above, mark) in enumerate(pairwise(marks), 1):
        below = (mark.sheet, mark.column, mark.row) == (above.sheet, above.column, above.row + 1)
        if not below or (same_level and mark.level != above.level):
            yield start, end
            start = end
    yield start, len(marks)


def _line(number: int, mark: Mark) -> list[str]:
    place = f"{column_letter(mark.column)}{mark.row}"
    return [str(number), mark.sheet, place, "", "", COLOURS[mark.level], ""]


def _place(mark: Mark) -> Place:
    return mark.sheet, mark.row, mark.column


def _colour(level: Level) -> tuple[int, int, int]:
    """The ground of marks of a level as red, green, blue."""
    colour = COLOURS[level]
    return int(colour[2:4], 16), int(colour[4:6], 16), int(colour[6:8], 16)
