"""The raw rows of a committee as pandas frames, one a sheet, under the titles clerks read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from validators.registers import registers

ORGANISATION, NUMBER = "来源党组织代码", "公民身份号码"


@dataclass(frozen=True)
class Town:
    """A committee: its cover and rows by register key, as merged, at a day."""

    cover: Mapping[str, Any]
    rows: Mapping[str, Sequence[Mapping[str, Any]]]
    as_of: date


@dataclass(frozen=True)
class Sheets:
    """The sheets of a committee at a day, rows in sheet order; dates as timestamps, blank cells as None or NaT."""

    town: Town
    as_of: pd.Timestamp
    frames: Mapping[str, pd.DataFrame]

    def __getitem__(self, title: str) -> pd.DataFrame:
        return self.frames[title]

    @property
    def new_year(self) -> pd.Timestamp:
        """The first day of the year of the as-of date."""
        return pd.Timestamp(self.as_of.year, 1, 1)

    def this_year(self, days: pd.Series) -> pd.Series:
        """Which days lie in the year of the as-of date and have come."""
        return days.between(self.new_year, self.as_of)

    def come(self, days: pd.Series) -> pd.Series:
        """Which days have come; False for blank ones."""
        return days <= self.as_of


def sheets_of(town: Town) -> Sheets:
    """Every register of a committee as a frame with all columns of the sheet."""
    frames = {}
    for key, register in registers().items():
        if register.kind not in ("register", "log") and key not in ("organisation_directory", "submission_status"):
            continue
        titles = {column.key: column.title for column in register.columns} | {"source_organisation": ORGANISATION}
        rows = [{titles[key]: value for key, value in row.items() if key in titles} for row in town.rows.get(key, ())]
        frame = pd.DataFrame(rows, columns=list(titles.values()), dtype=object)
        for column in register.columns:
            if column.cell == "date":
                frame[column.title] = pd.to_datetime(frame[column.title])
        frames[register.title] = frame
    return Sheets(town, pd.Timestamp(town.as_of), frames)


def months_later(days: pd.Series, months: int) -> pd.Series:
    """The same days so many months on, on the last day of a shorter month (EDATE)."""
    return days + pd.DateOffset(months=months)


def full_months(start: pd.Series, end: pd.Series) -> pd.Series:
    """Full months between days (P-FULLMONTHS); NA where a day is missing."""
    apart = (end.dt.year - start.dt.year) * 12 + end.dt.month - start.dt.month
    last = pd.Series(
        [
            one + pd.DateOffset(months=int(many)) if pd.notna(one) and pd.notna(many) else pd.NaT
            for one, many in zip(start, apart, strict=True)
        ],
        index=start.index,
        dtype="datetime64[us]",
    )
    return (apart - (last > end)).astype("Int64")
