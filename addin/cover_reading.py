"""Reads the cover (封面), which is written downwards: titles in column A, values in column B."""

from addin.binding import title_key
from addin.grid import Sheet
from addin.layout import FIRST_ROW, cover_columns
from addin.problem import CannotUse
from validators.cleaning import clean
from validators.registers import Column
from validators.table import Cleaning, MonthOnly, Origin, Row, Table, Value
from validators.wording import nearest, shown

_TITLES_AT, _VALUES_AT = 1, 2


def read_cover(sheet: Sheet, file: str, cleanings: list[Cleaning]) -> tuple[Row, Table]:
    """The cover as its one row and as a vertical table; what was cleaned is added to ``cleanings``.

    Raises CannotUse when the line of a required field is not there.
    """
    places = _places(sheet, file)
    values: dict[str, Value] = {}
    for column in cover_columns():
        if column.key not in places:
            continue
        row = places[column.key]
        raw = sheet.cell(row, _VALUES_AT)
        cleaned = clean(raw, column)
        if cleaned.value is None:
            continue
        values[column.key] = cleaned.value
        if cleaned.changed and not isinstance(cleaned.value, MonthOnly):
            cleanings.append(Cleaning(sheet.name, row, "B", column.title, str(raw), shown(cleaned.value)))
    front = Row(Origin(file, sheet.name, FIRST_ROW), values)
    return front, Table("cover", sheet.name, places, (front,), vertical=True)


def _places(sheet: Sheet, file: str) -> dict[str, int]:
    """The 1-based row of each cover field; titles bind before aliases."""
    titles = {row: str(sheet.cell(row, _TITLES_AT) or "") for row in range(1, len(sheet.rows) + 1)}
    places: dict[str, int] = {}
    for words in (lambda column: (column.title,), lambda column: column.aliases):
        for column in cover_columns():
            wanted = {title_key(word) for word in words(column)}
            row = next(
                (row for row, text in titles.items() if title_key(text) in wanted and row not in places.values()), None
            )
            if row is not None:
                places.setdefault(column.key, row)
    missing = [column for column in cover_columns() if column.required and column.key not in places]
    if missing:
        raise CannotUse(_missing(sheet, file, missing, titles, places))
    return places


def _missing(sheet: Sheet, file: str, missing: list[Column], titles: dict[int, str], places: dict[str, int]) -> str:
    names = "、".join(f"“{column.title}”" for column in missing)
    left = {text: row for row, text in titles.items() if text and row not in places.values()}
    guess = nearest(missing[0].title, list(left))
    hint = f"A{left[guess]} 的“{guess}”您是否指“{missing[0].title}”？" if guess else ""
    return f"“{file}”的“{sheet.name}”缺少{names}一行：{hint}请对照模板补上项目名称（A 列）和内容（B 列），再试一次。"
