"""Marks cells of an open workbook by colour and note, and removes the marks again; understands those of a closed one.

The hidden sheet 校核标记 and the blocks in the notes are the same as in ``addin.hosts.marks``, so either removes what
the other put: a cell of that sheet carries the old format, the mark's number stands in its note. A mark that is to
stay as it is costs nothing, and cells below each other are coloured in one go. Sheets protected without a password
are opened for it where the program can do that; what stays locked is told.
"""

from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import groupby

import xlwings as xw

from addin.hosts.live import sheet_named
from addin.hosts.live_places import Place, place_of, shown_marks, stretches, unlocked
from addin.marking import COLOURS, MARKS_SHEET, MEMORY_TITLES, NOTE_BLOCK, Mark, note_block
from validators.table import Level, column_letter

MOST_LIVE_MARKS = 300
"""Each note takes several calls into the program; beyond this the worst are marked and 问题清单 lists the rest."""

_LOOK, _FEW = 4, 12
_MOST_LINES = 3_000
"""When the hidden sheet has grown so long by changed marks, all are put anew."""

Colour = tuple[int, int, int]
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


@dataclass(frozen=True, slots=True)
class Marked:
    """How many cells are marked now, and by sheet how many are locked, so that their marks could not be changed."""

    count: int
    locked: Mapping[str, int]


def renew_marks(book: xw.Book, marks: Sequence[Mark], standing: Standing | None = None) -> Marked:
    """Leave exactly these marks, the first ones of the list. The hidden sheet stays, also when empty."""
    sheets = {sheet.name: sheet for sheet in book.sheets}
    here = [mark for mark in marks if mark.sheet in sheets][:MOST_LIVE_MARKS]
    shown, blocks = shown_marks(sheets, here)
    wanted = {place_of(mark): mark for mark in shown}
    before = standing or marks_standing(book)
    last = max((one.line for one in before.found), default=1)
    kept = [one for one in before.found if wanted.get(place_of(one.mark)) == one.mark and last < _MOST_LINES]
    stays = {place_of(one.mark) for one in kept}
    gone = [one for one in before.found if place_of(one.mark) not in stays]
    fresh = [mark for place, mark in wanted.items() if place not in stays]
    if fresh and sheet_named(book, MARKS_SHEET) is None:
        book.sheets.add(MARKS_SHEET, after=book.sheets[len(book.sheets) - 1]).visible = False
    touched = {mark.sheet for mark in (*(one.mark for one in gone), *fresh)}
    with unlocked(book, sorted(touched)) as shut:
        stuck = _take_off(book, gone, before.notes, shut, is_all=not kept)
        held = {place_of(one.mark) for one in stuck}
        number = max((one.number for one in (*kept, *stuck)), default=0)
        page = Page(before.notes, shut, blocks, number, last if kept or stuck else 1)
        failed = _put_on(book, [mark for mark in fresh if place_of(mark) not in held], page)
    lost = [*failed, *(one.mark for one in stuck)]
    return Marked(len(wanted) - len(failed), dict(Counter(mark.sheet for mark in lost)))


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


def _take_off(
    book: xw.Book, gone: Sequence[StandingMark], notes: Notes, shut: Container[str], *, is_all: bool
) -> list[StandingMark]:
    """Give cells their old look and note back; those that stay marked because they are locked."""
    memory = sheet_named(book, MARKS_SHEET)
    if memory is None:
        return []
    sheets = {sheet.name: sheet for sheet in book.sheets}
    stuck = []
    for one in gone:
        place, colour = place_of(one.mark), _colour(one.mark.level)
        cell = sheets[one.mark.sheet].range(place[1:])
        if cell.color == colour:
            old = memory.range((one.line, _LOOK)).color
            if not _coloured(cell, old, is_sure=one.mark.sheet not in shut):
                stuck.append(one)
                continue
        note = notes.get(place)
        left = NOTE_BLOCK.sub("", note.text) if note else ""
        if note and left:
            note.text = left
        elif note:
            notes.pop(place).delete()
    if is_all and not stuck:
        memory.clear()
        return []
    for one in gone:
        if one not in stuck:
            memory.range((one.line, 1), (one.line, len(MEMORY_TITLES))).clear()
    return stuck


@dataclass(frozen=True, slots=True)
class Page:
    """What new marks are put on: the notes known, sheets that stay locked, merged blocks, last number and line."""

    notes: Notes
    shut: Container[str]
    blocks: Container[Place]
    number: int
    line: int


def _put_on(book: xw.Book, marks: Sequence[Mark], page: Page) -> list[Mark]:
    """Put new marks and remember how their cells looked; the marks of cells that are locked."""
    ordered = sorted(marks, key=lambda mark: (mark.sheet, mark.column, mark.row))
    if not ordered:
        return []
    sheets = {sheet.name: sheet for sheet in book.sheets}
    memory = sheets[MARKS_SHEET]
    _remember(memory, sheets, ordered, page)
    failed = []
    for start, end in stretches(ordered, page.blocks, same_level=True):
        failed += _paint(sheets[ordered[start].sheet], ordered[start:end], page.shut)
    for mark in failed:
        line = page.line + 1 + ordered.index(mark)
        memory.range((line, 1), (line, len(MEMORY_TITLES))).clear()
    numbered = {
        place_of(mark): (page.number + count, mark) for count, mark in enumerate(ordered, 1) if mark not in failed
    }
    own = {**page.notes, **_own_notes(sheets, ordered, known={place[0] for place in page.notes})}
    fresh: dict[str, list[tuple[int, int, str]]] = {}
    for place, (number, mark) in numbered.items():
        note, block = own.get(place), note_block(number, mark.text)
        if note is None:
            fresh.setdefault(mark.sheet, []).append((mark.row, mark.column, block))
        else:
            note.text = f"{note.text}\n{block}"
    for title, notes in fresh.items():
        _add_notes(sheets[title], notes)
    return failed


def _remember(memory: xw.Sheet, sheets: Mapping[str, xw.Sheet], ordered: Sequence[Mark], page: Page) -> None:
    """One line a mark, whose fourth cell looks as the marked cell did."""
    first, last = page.line + 1, page.line + len(ordered)
    memory.range((1, 1)).value = list(MEMORY_TITLES)
    memory.range((first, 1), (last, len(MEMORY_TITLES))).number_format = "@"
    for start, end in stretches(ordered, page.blocks):
        top, bottom, target = ordered[start], ordered[end - 1], memory.range((first + start, _LOOK))
        sheets[top.sheet].range((top.row, top.column), (bottom.row, bottom.column)).copy(target)
        if place_of(top) in page.blocks:
            target.unmerge()
    memory.range((first, _LOOK), (last, _LOOK)).clear_contents()
    for copied in memory.notes:
        copied.delete()
    memory.range((first, 1)).value = [_line(page.number + count, mark) for count, mark in enumerate(ordered, 1)]


def _paint(sheet: xw.Sheet, marks: Sequence[Mark], shut: Container[str]) -> list[Mark]:
    """Colour cells that stand below each other; the marks of those that are locked."""
    top, colour, is_sure = marks[0], _colour(marks[0].level), sheet.name not in shut
    cells = sheet.range((top.row, top.column), (top.row + len(marks) - 1, top.column))
    if _coloured(cells, colour, is_sure=is_sure):
        return []
    if len(marks) == 1:
        return list(marks)
    return [mark for mark, cell in zip(marks, cells, strict=True) if not _coloured(cell, colour, is_sure=False)]


def _coloured(cells: xw.Range, colour: Colour | None, *, is_sure: bool) -> bool:
    """Whether the cells took the colour: of locked ones Calc says nothing, and Excel has an error of its own."""
    if is_sure:
        cells.color = colour
        return True
    with suppress(Exception):
        cells.color = colour
    return cells.color == colour


def _add_notes(sheet: xw.Sheet, notes: Sequence[tuple[int, int, str]]) -> None:
    """Give cells without a note one: the program's own way for many at once where there is one."""
    add_all = getattr(sheet.impl, "add_notes", None)
    if add_all is not None:
        add_all(notes)
        return
    for row, column, text in notes:
        sheet.range((row, column)).add_note(text)


def _own_notes(sheets: Mapping[str, xw.Sheet], marks: Sequence[Mark], known: Container[str]) -> Notes:
    """The notes marked cells have; of a sheet with many marks all notes are read, which takes fewer calls."""
    found: Notes = {}
    by_sheet = groupby(marks, key=lambda mark: mark.sheet)
    for title, group in by_sheet:
        here = list(group)
        if title not in known and len(here) > _FEW:
            found.update(_notes(sheets[title]))
        elif title not in known:
            cells = {place_of(mark): sheets[title].range((mark.row, mark.column)).note for mark in here}
            found.update({place: note for place, note in cells.items() if note})
    return found


def _notes(sheet: xw.Sheet) -> Notes:
    title = sheet.name
    return {(title, (cell := note.location).row, cell.column): note for note in sheet.notes}


def _line(number: int, mark: Mark) -> list[str]:
    place = f"{column_letter(mark.column)}{mark.row}"
    return [str(number), mark.sheet, place, "", "", COLOURS[mark.level], ""]


def _colour(level: Level) -> Colour:
    """The ground of marks of a level as red, green, blue."""
    colour = COLOURS[level]
    return int(colour[2:4], 16), int(colour[4:6], 16), int(colour[6:8], 16)
