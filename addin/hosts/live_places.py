"""Where marks go in the open workbook: cells that show, stretches handled in one go, sheets that are locked."""

from collections.abc import Container, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import groupby, pairwise

import xlwings as xw

from addin.marking import Mark, in_sight

Place = tuple[str, int, int]


def place_of(mark: Mark) -> Place:
    """Sheet title, row and column."""
    return mark.sheet, mark.row, mark.column


def shown_marks(sheets: Mapping[str, xw.Sheet], marks: Sequence[Mark]) -> tuple[tuple[Mark, ...], frozenset[Place]]:
    """One mark a place, where it can be seen, and which of the places are merged blocks."""
    homes: dict[Place, Place] = {}
    for title, group in groupby(sorted(marks, key=place_of), key=lambda mark: mark.sheet):
        found = _homes(sheets[title], sorted({(mark.row, mark.column) for mark in group}))
        homes.update({(title, *place): (title, *home) for place, home in found.items()})
    shown = in_sight(marks, lambda *place: homes.get(place, place)[1:])
    return shown, frozenset(homes.values())


def _homes(sheet: xw.Sheet, places: Sequence[tuple[int, int]]) -> dict[tuple[int, int], tuple[int, int]]:
    """For the places in merged blocks, the first cell of each; halved until the blocks are found, since few are."""
    if not places:
        return {}
    rows, columns = zip(*places, strict=True)
    block = sheet.range((min(rows), min(columns)), (max(rows), max(columns)))
    if block.merge_cells is False:  # Excel says None when some are
        return {}
    if len(places) == 1:
        area = block.merge_area
        return {places[0]: (area.row, area.column)}
    middle = len(places) // 2
    return {**_homes(sheet, places[:middle]), **_homes(sheet, places[middle:])}


def stretches(
    marks: Sequence[Mark], blocks: Container[Place] = (), *, same_level: bool = False
) -> Iterator[tuple[int, int]]:
    """First and end of the stretches of marks whose cells stand below each other; a merged block stands alone."""
    start = 0
    for end, (above, mark) in enumerate(pairwise(marks), 1):
        below = (mark.sheet, mark.column, mark.row) == (above.sheet, above.column, above.row + 1)
        alone = place_of(mark) in blocks or place_of(above) in blocks
        if not below or alone or (same_level and mark.level != above.level):
            yield start, end
            start = end
    if marks:
        yield start, len(marks)


@contextmanager
def unlocked(book: xw.Book, titles: Sequence[str]) -> Iterator[Container[str]]:
    """Where the program can, locked cells of these sheets can be changed inside; gives the sheets it cannot open."""
    opener = getattr(book.impl, "unlocked", None)
    if opener is None:
        yield frozenset(titles)
        return
    with opener(titles) as shut:
        yield shut
