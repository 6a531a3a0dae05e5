"""Numbers in capitals (大写) as letters of transfer print them: 玖拾, 贰零贰陆年壹拾壹月."""

import re

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_UNITS = ("", "拾", "佰", "仟")
_YEAR_MONTH = re.compile(r"(\d{4})-(\d{2})")


def capital(number: int) -> str:
    """A whole number below 10,000: 90 → 玖拾, 105 → 壹佰零伍. Raises ValueError outside 0–9999."""
    if not 0 <= number <= 9999:
        raise ValueError(f"{number} is not between 0 and 9999")
    text, pending = "", False
    digits = str(number)
    for place, digit in enumerate(digits):
        if digit == "0":
            pending = bool(text)
            continue
        text += ("零" if pending else "") + _DIGITS[int(digit)] + _UNITS[len(digits) - place - 1]
        pending = False
    return text or "零"


def capital_month(text: str) -> str:
    """A year-month ``2026-11`` as 贰零贰陆年壹拾壹月; other text unchanged."""
    found = _YEAR_MONTH.fullmatch(text)
    if found is None:
        return text
    year = "".join(_DIGITS[int(digit)] for digit in found[1])
    return f"{year}年{capital(int(found[2]))}月"
