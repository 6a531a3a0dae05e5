"""Number formats of a Calc document: Excel's codes in, what a number in such a cell means out."""

import re
from typing import Literal

from addin.calc.bridge import Uno, struct

GENERAL = "General"
"""Has no code in Calc, where its name depends on the language."""

Meaning = Literal["date", "truth", "text", "number"]

_DATE, _TEXT, _LOGICAL = 2, 256, 1024
_LANGUAGE_TAG = re.compile(r"^\[\$-[0-9A-Fa-f]+\]")
_LETTERS = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|[YMDHS]+')


class NumberFormats:
    """The number formats of one document. Format keys are the document's own numbers."""

    def __init__(self, document: Uno) -> None:
        self._formats = document.getNumberFormats()
        self._keys: dict[str, int] = {}
        self._meanings: dict[int, Meaning] = {}

    def key(self, code: str) -> int:
        """The key of an Excel format code, made when the document does not have it."""
        if code == GENERAL:
            return int(self._formats.getStandardIndex(struct("lang.Locale")))
        if code not in self._keys:
            english = struct("lang.Locale", Language="en", Country="US")
            self._keys[code] = self._formats.addNewConverted(code, english, struct("lang.Locale"))
        return self._keys[code]

    def meaning(self, key: int) -> Meaning:
        """What a number in a cell of this format is. A pure time of day stays a number, as in Excel."""
        if key not in self._meanings:
            kind = self._formats.getByKey(key).Type
            self._meanings[key] = (
                "date" if kind & _DATE else "truth" if kind & _LOGICAL else "text" if kind == _TEXT else "number"
            )
        return self._meanings[key]

    def code(self, key: int) -> str:
        """The format code as Excel writes it: date letters small, no language tag in front."""
        code = _LANGUAGE_TAG.sub("", self._formats.getByKey(key).FormatString)
        return _LETTERS.sub(lambda match: match[0] if match[0][0] in '"[\\' else match[0].lower(), code)
