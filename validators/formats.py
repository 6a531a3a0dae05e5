"""The named formats of the register schemas: what is wrong with one value, told as faults of the R-FLD rules.

A format looks at one value and nothing else, so the same value has the same faults wherever it stands.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from validators import identity, names, organisation_codes, phones
from validators.areas import PROVINCES, areas
from validators.table import Level, Value

FIRST_YEAR, LAST_YEAR = 1921, 2100
"""Years a register may speak of: the Party was founded in 1921."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of a value: rule id, which of its wordings, its level if not the usual one, and the details."""

    rule: str
    wording: str = ""
    level: Level | None = None
    details: Mapping[str, Any] = field(default_factory=dict)


Format = Callable[[Value, date], Iterator[Fault]]

_SCIENTIFIC = re.compile(r"[0-9]+(\.[0-9]+)?[eE]\+?[0-9]+")
_MONTH = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])")
_PERIOD = re.compile(r"([0-9]{4})(Q[1-4]|-(0[1-9]|1[0-2]))?")
_YEAR = re.compile(r"[0-9]{4}")
_FILE_NUMBER = re.compile(r".+-([0-9]{4})-[0-9]{1,4}")


def faults(name: str, value: Value, as_of: date) -> tuple[Fault, ...]:
    """The faults of a value in a column of this format; none for a blank or an unknown format."""
    check = FORMATS.get(name)
    return () if check is None or value is None else tuple(check(value, as_of))


def _identity_number(value: Value, as_of: date) -> Iterator[Fault]:
    """R-FLD-IDTEXT, R-FLD-ID15, R-FLD-ID18."""
    if not isinstance(value, str) or _SCIENTIFIC.fullmatch(value):
        yield Fault("R-FLD-IDTEXT")
    elif identity.has_15_shape(value):
        proposal = identity.to_18(value)
        if proposal:
            yield Fault("R-FLD-ID15", details={"proposal": proposal, "last": proposal[-1]})
        else:
            yield Fault("R-FLD-ID18", "birth")
    elif len(value) != 18:
        yield Fault("R-FLD-ID18", "length", details={"length": len(value)})
    elif not identity.has_18_shape(value):
        yield Fault("R-FLD-ID18", "shape")
    else:
        yield from _identity_18(value, as_of)


def _identity_18(number: str, as_of: date) -> Iterator[Fault]:
    born = identity.birth_date(number)
    if number[:2] not in PROVINCES:
        yield Fault("R-FLD-ID18", "province", details={"province": number[:2]})
    elif born is None:
        yield Fault("R-FLD-ID18", "birth")
    elif born > as_of:
        yield Fault("R-FLD-ID18", "future", details={"birth": born, "as_of": as_of})
    elif not identity.check_fits(number):
        rounded = number.endswith("000")
        yield Fault("R-FLD-IDTEXT", "rounded") if rounded else Fault("R-FLD-ID18", "check")
    elif born.year < 1900:
        yield Fault("R-FLD-ID18", "old", "W", {"birth": born})


def _person_name(value: Value, _: date) -> Iterator[Fault]:
    """R-FLD-NAME."""
    text = str(value)
    strange = names.strange_character(text)
    if names.has_digit(text):
        yield Fault("R-FLD-NAME", "digit")
    elif strange is not None:
        yield Fault("R-FLD-NAME", "strange", details={"char": strange})
    elif not names.length_fits(text):
        yield Fault("R-FLD-NAME", "length", details={"length": len(text)})


def _phone(value: Value, _: date) -> Iterator[Fault]:
    """R-FLD-PHONE: one fault a cell, the worst of its numbers."""
    if not isinstance(value, str) or _SCIENTIFIC.fullmatch(value):
        yield Fault("R-FLD-PHONE", "number", "E")
        return
    kinds = {phones.kind_of(number): number for number in phones.numbers(value)}
    if not kinds or "impossible" in kinds:
        yield Fault("R-FLD-PHONE", "impossible", "E", {"number": kinds.get("impossible", value)})
    elif "hotline" in kinds:
        yield Fault("R-FLD-PHONE", "hotline", "W", {"number": kinds["hotline"]})
    elif "no_area" in kinds:
        yield Fault("R-FLD-PHONE", "no_area", "W", {"number": kinds["no_area"]})


def _wechat(value: Value, _: date) -> Iterator[Fault]:
    """R-FLD-WECHAT."""
    if not phones.is_wechat(str(value)):
        yield Fault("R-FLD-WECHAT")


def _area_code(value: Value, _: date) -> Iterator[Fault]:
    """R-FLD-AREA."""
    text = str(value)
    if text[:2] not in PROVINCES:
        yield Fault("R-FLD-AREA", "province", "E", {"province": text[:2]})
    elif re.fullmatch(r"[0-9]{6}", text) is None:
        yield Fault("R-FLD-AREA", "shape", "W")
    elif text.endswith("0000"):
        yield Fault("R-FLD-AREA", "coarse", "W", {"name": areas().full_name(text)})
    elif text in areas().withdrawn:
        yield Fault("R-FLD-AREA", "withdrawn", "W")
    elif text not in areas().names and text[:2] not in ("71", "81", "82", "83"):
        yield Fault("R-FLD-AREA", "unknown", "W")


def _organisation_code(value: Value, _: date) -> Iterator[Fault]:
    """R-FLD-ORG."""
    if not isinstance(value, str):
        yield Fault("R-FLD-ORG", "number", "E")
    elif not organisation_codes.is_party_code(value) and not organisation_codes.is_credit_code(value):
        yield Fault("R-FLD-ORG", "credit" if len(value) == 18 else "shape", "W")


def _year_month(value: Value, _: date) -> Iterator[Fault]:
    """R-FLD-DATES: 年月 columns hold ``yyyy-mm``."""
    match = _MONTH.fullmatch(value) if isinstance(value, str) else None
    if match is None or not _is_sensible(match.group(1)):
        yield Fault("R-FLD-DATES", "month", "E")


def _year(value: Value, _: date) -> Iterator[Fault]:
    """R-FLD-YEAR: one year."""
    text = str(value)
    if _YEAR.fullmatch(text) is None or not _is_sensible(text):
        yield Fault("R-FLD-YEAR")


def _year_list(value: Value, _: date) -> Iterator[Fault]:
    """R-FLD-YEAR: years parted by commas."""
    years = re.split(r"[,，、;；\s]+", str(value).strip())
    wrong = [year for year in years if _YEAR.fullmatch(year) is None or not _is_sensible(year)]
    if wrong:
        yield Fault("R-FLD-YEAR", "list", details={"wrong": "、".join(wrong)})


def _period(value: Value, _: date) -> Iterator[Fault]:
    """R-X-COVER: 填报期 is a year, a quarter or a month."""
    match = _PERIOD.fullmatch(str(value))
    if match is None or not _is_sensible(match.group(1)):
        yield Fault("R-X-COVER", "period")


def _file_number(value: Value, _: date) -> Iterator[Fault]:
    """R-FLD-FILENO: 党组织代码-年-序."""
    match = _FILE_NUMBER.fullmatch(str(value))
    if match is None or not _is_sensible(match.group(1)):
        yield Fault("R-FLD-FILENO", "shape", "W")


def _is_sensible(year: str) -> bool:
    return FIRST_YEAR <= int(year) <= LAST_YEAR


FORMATS: Mapping[str, Format] = {
    "identity-number": _identity_number,
    "person-name": _person_name,
    "phone": _phone,
    "wechat": _wechat,
    "area-code": _area_code,
    "organisation-code": _organisation_code,
    "year-month": _year_month,
    "year": _year,
    "year-list": _year_list,
    "period": _period,
    "file-number": _file_number,
}
"""The checks by the format names of the schemas. Dates are checked by the schema itself."""
