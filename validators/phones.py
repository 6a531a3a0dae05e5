"""Phone numbers: mobile, landline, several in one cell (R-FLD-PHONE); WeChat names (R-FLD-WECHAT)."""

import re
from collections.abc import Iterator
from typing import Literal

PhoneKind = Literal["mobile", "landline", "no_area", "hotline", "impossible"]

_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_LANDLINE = re.compile(r"0[0-9]{2,3}-?[0-9]{7,8}(-[0-9]{1,6})?")
_NO_AREA = re.compile(r"[2-9][0-9]{6,7}(-[0-9]{1,6})?")
_HOTLINE = re.compile(r"[48]00-?[0-9]{3}-?[0-9]{4}")
_COUNTRY = re.compile(r"^(\+86|0086|\(\+86\))-?")
_PARTS = re.compile(r"[;；、/，,]")
_WECHAT = re.compile(r"[A-Za-z][-_A-Za-z0-9]{5,19}")


def numbers(text: str) -> Iterator[str]:
    """The numbers of one cell (parted by ; 、 / ,), without blanks and +86."""
    for part in _PARTS.split(text):
        number = _COUNTRY.sub("", "".join(part.split()))
        if number:
            yield number


def plain_mobile(number: str) -> str | None:
    """The eleven digits of a mobile number, however it was grouped; None when it is none."""
    digits = number.replace("-", "")
    return digits if _MOBILE.fullmatch(digits) else None


def kind_of(number: str) -> PhoneKind:
    """What kind of number one part of a phone cell is."""
    if plain_mobile(number):
        return "mobile"
    if _LANDLINE.fullmatch(number):
        return "landline"
    if _HOTLINE.fullmatch(number):
        return "hotline"
    return "no_area" if _NO_AREA.fullmatch(number) else "impossible"


def is_wechat(text: str) -> bool:
    """A WeChat name (letter first, 6–20 characters) or a mobile number, which also finds the person."""
    return _WECHAT.fullmatch(text) is not None or any(plain_mobile(number) for number in numbers(text))
