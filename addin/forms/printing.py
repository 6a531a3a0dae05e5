"""How values are printed on forms: months as 2026.03, coded words with ①, the words official tables print."""

from datetime import date

from addin.disclosing import Masking
from addin.forms.capitals import capital, capital_month
from addin.forms.fields import column_of
from addin.forms.parsing import circled
from addin.forms.spec import Way
from addin.forms.subjects import Subject
from addin.masking import ends_only, mask_identity, mask_numbers, mask_phone
from validators.codes import code_lists
from validators.registers import Column
from validators.table import MonthOnly, Value

_PHONES = ("phone", "mobile", "landline")


def printed(value: Value, way: Way, path: str, subject: Subject, *, masking: Masking = "") -> Value:
    """The value as the form prints it: text, number or a real date."""
    column = column_of(path, subject.register)
    if isinstance(value, date | MonthOnly):
        return f"{value.year}.{value.month:02d}" if way == "month" or isinstance(value, MonthOnly) else value
    if way == "capital":
        return _capital(value)
    if isinstance(value, tuple):
        return "、".join(value)
    if column is None or not isinstance(value, str):
        return value
    return _masked(_word(value, column, way), column, masking) if masking else _word(value, column, way)


def _capital(value: Value) -> Value:
    """Days and months in capitals; a number too large to be meant stays as it is."""
    if isinstance(value, int) and 0 <= value <= 9999:
        return capital(value)
    return capital_month(value) if isinstance(value, str) else value


def _masked(value: str, column: Column, masking: Masking) -> str:
    if column.key == "identity_number":
        return ends_only(value) if masking == "strong" else mask_identity(value)
    if column.key.endswith(_PHONES):
        return ends_only(value) if masking == "strong" else mask_phone(value)
    return mask_numbers(value) if column.key == "wechat" or "R-SEC-TEXT" in column.rules else value


def _word(value: str, column: Column, way: Way) -> str:
    """The printed word of a coded value."""
    entry = code_lists()[column.codes].by_word.get(value) if column.codes else None
    if entry is None:
        return value
    word = entry.print or entry.word
    return f"{circled(entry.code)}{word}" if way == "circled" else word
