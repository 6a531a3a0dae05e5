"""One line a roster row with everything the forms need about the member, worked out slowly from the raw rows.

Rules §0.5 (main states), §2 (clocks, found and not found), §5 R-FLOAT-DEF; decisions §6, §7, §18. Nothing of
``validators.facts`` is used.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd

from tests.recount.sheets import Sheets
from tests.slow_reference import REGISTERS, Member, Rows, coming, half_last, later, month_last, week_end

STATE_OF_LEAVERS = {"已出党": "已出党", "去世": "去世", "已转出": "已转出且收到回执"}
REMOVALS = ("劝其退党", "劝而不退除名", "自行脱党除名", "退党除名", "取消预备党员资格", "不予承认党员资格")
GONE = ("已出党", "去世", "已转出且收到回执")
ON_THE_ROLL = ("失联", "已转出未收到回执", "出国（境）保留组织关系", "流动党员", "外出", "空挂", "正常")


class Person(Member):
    """A member with main state, latest search file, and how the disposition after it ended."""

    @property
    def main_state(self) -> str:
        """The first state of rules §0.5 that holds."""
        if self.state == "离开":
            return STATE_OF_LEAVERS.get(str(self.roster.get("exit_way"))) or self._gone_unwritten()
        if self.state in ("停止党籍", "失联"):
            return self.state
        if self.belonging == "转出未回执":
            return "已转出未收到回执"
        if self.abroad is not None:
            return "出国（境）保留组织关系"
        if self.away is not None:
            return "流动党员" if self.as_of >= later(self.away_since, 6) else "外出"
        return "空挂" if "空挂" in (self.roster.get("tags") or ()) else "正常"

    def _gone_unwritten(self) -> str:
        """How a member left whose row does not say so: the first state of §0.5 that 处置台账 or the receipt gives."""
        approved = [row.get("proposal") for row in self.rows["disposition"] if row.get("approved_on")]
        if any(word in REMOVALS for word in approved):
            return "已出党"
        return "已转出且收到回执"

    @property
    def away_since(self) -> date:
        """Where the six months away start: the departure, or the last time at home for 组织生活 since."""
        assert self.away is not None
        left = self.away[1]
        attended = [
            row["happened_on"]
            for row in self.rows["life_dues_log"]
            if row["event"] == "组织生活" and row.get("place") == "本支部" and self.on(row, "happened_on")
        ]
        return max([left, *(day for day in attended if day > left)])

    @property
    def file(self) -> Mapping[str, Any]:
        """The latest search file, empty when there is none."""
        return self.files[-1] if self.files else {}

    @property
    def is_found(self) -> bool:
        """Whether the latest search ended with contact after six months full (R-LOST-FOUND), and lasts."""
        file = self.file
        if not file or self.outcome(file) != "取得联系" or self.closed(file) is None or self.state == "失联":
            return False
        return self.was_lost(file)

    @property
    def found_on(self) -> date | None:
        """The day the latest search ended with contact, unless the member was lost again since (R-RELOST)."""
        ended = self.file and self.outcome(self.file) == "取得联系" and self.state != "失联"
        return self.closed(self.file) if ended else None

    @property
    def lost_from(self) -> date | None:
        """L_form: the later of last 组织生活 and last dues, for the found as it stood before they were found."""
        upto = self.found_on
        known = [day for day in (*self.life, *self.dues) if upto is None or day < upto]
        typed = self.roster.get("lost_since")
        if not known and upto is not None and typed is not None and typed < upto:
            return typed
        return max(known, default=None)

    @property
    def lost_upto(self) -> date:
        """The end of the search, else the day found or the as-of date (R-LOST-CLOCKS). An end before six months are
        full is not that of a 失联 search (forms.md 1.4)."""
        file, start = self.file, self.lost_from
        found = self.found_on
        relost = self.state == "失联" and self.outcome(file) == "取得联系" if file else True
        end = None if relost else self.on(file, "search_ended_on")
        if end is None or (start is not None and end < later(start, 6)):
            return found or self.as_of
        return end

    @property
    def gone_on(self) -> date | None:
        """The day of leaving: as written, else that of the receipt or of the removal (decisions §6)."""
        if written := self.on(self.roster, "left_on"):
            return written
        if self.main_state == "已出党":
            return self.on(self.removal, "approved_on") or self.on(self.removal, "effective_on")
        received = [day for row in self.letters if (day := self.on(row, "receipt_on"))]
        return max(received, default=None) if self.main_state == "已转出且收到回执" else None

    @property
    def back_from_abroad(self) -> dict[str, Any]:
        """The latest stay abroad when it has ended, 组织生活 since, contact meanwhile; the stop for settling (D05)."""
        row, left, back = self.trips[-1] if self.trips else ({}, date.max, None)
        stops = (
            row.get("proposal") == "停止党籍" and str(row.get("situation")).startswith("D05")
            for row in self.rows["disposition"]
            if self.on(row, "approved_on")
        )
        return {
            "ended_trip": row if back is not None else None,
            "back_on": back,
            "is_back_in_life": back is not None and any(day >= back for day in self.life),
            "kept_contact": back is not None and any(left <= day <= back for day in self.contacts),
            "was_settled": any(stops),
        }

    @property
    def last_proposal(self) -> Any:
        """拟处理 of the row opened last since the file, approved or not."""
        opened = self.file.get("discovered_on", date.min)
        rows = [row for row in self.rows["disposition"] if row["opened_on"] >= opened]
        return max(reversed(rows), key=lambda row: row["opened_on"], default={}).get("proposal")

    @property
    def searches(self) -> list[Mapping[str, Any]]:
        """The rows of 查找记录 under the latest file, oldest first."""
        return [row for row in self.of_the_file if self.on(row, "searched_on")]

    @property
    def of_the_file(self) -> list[Mapping[str, Any]]:
        """As ``searches``, with those still to come."""
        own = [row for row in self.rows["search_log"] if row.get("file_number") == self.file.get("file_number")]
        return sorted(own, key=lambda row: row["searched_on"])

    @property
    def paid_to(self) -> str | None:
        """党费交至: the later of the roster's own column and the log (workbook.md §2)."""
        log = [row.get("dues_paid_to") for row in self.rows["life_dues_log"] if self.on(row, "happened_on")]
        return max((str(month) for month in (self.roster.get("dues_paid_to"), *log) if month), default=None)

    def this_year(self, register: str, column: str) -> list[Mapping[str, Any]]:
        """The rows of a log of this year, oldest first."""
        rows = [row for row in self.rows[register] if (day := self.on(row, column)) and day.year == self.as_of.year]
        return sorted(rows, key=lambda row: row[column])

    def last(self, what: str) -> date | None:
        """The last 组织生活 or dues; of the found as it stood before, while the case is one of this year's."""
        ended = (self.found_on, self.decided_on or self.as_of)
        is_open = any(day is not None and day.year == self.as_of.year for day in ended)
        upto = self.found_on if self.is_found and self.main_state in ON_THE_ROLL and is_open else None
        days = self.life if what == "life" else self.dues
        return max((day for day in days if upto is None or day < upto), default=None)

    @property
    def is_six_months_silent(self) -> str | None:
        """Whether six months without contact are full; None where no clock runs."""
        return None if self.clock is None else "是" if self.full(self.clock, self.as_of) else "否"

    @property
    def next_due(self) -> dict[str, date | None]:
        """When the next contact and the next search are owed, whatever is late already."""
        duty = self.contact_duty()
        return {"next_contact": duty[2] if duty is not None else None, "next_search": self._next_search()}

    def _next_search(self) -> date | None:
        """While a search goes on each week and month (a report counts), of who stays lost or is stopped each half-year
        after it (R-SEARCH-CONTINUE)."""
        file = self.open_file
        if file is None:
            return None
        tries, reported = self.tries(file), self.on(file, "reported_on")
        ways = [(half_last, self.closed(file), tries)] if self.state in ("失联", "停止党籍") else []
        if self.outcome(file) == "查找中":
            monthly = [*tries, reported] if reported else tries
            ways = [(week_end, file["discovered_on"], tries), (month_last, file["discovered_on"], monthly)]
        days = [coming(last, [(start, None)], done, self.as_of) for last, start, done in ways if start is not None]
        return min((day for day in days if day is not None), default=None)

    @property
    def removal(self) -> Mapping[str, Any]:
        """The removal approved last; 移送纪检 counts as one (开除党籍)."""
        rows = []
        for row in self.rows["disposition"]:
            day = self.on(row, "approved_on") or self.on(row, "effective_on")
            if day is not None and row.get("proposal") in (*REMOVALS, "移送纪检"):
                rows.append((day, row))
        return max(reversed(rows), key=lambda pair: pair[0], default=(None, {}))[1]

    @property
    def decided_on(self) -> date | None:
        """When the final outcome was approved, else took effect."""
        return self.on(self.decided, "approved_on") or self.on(self.decided, "effective_on")

    @property
    def decided(self) -> Mapping[str, Any]:
        """The latest disposition in force since the search file was opened (R-SUM-FOUND: the final outcome)."""
        opened = self.file.get("discovered_on")
        rows = []
        for row in self.rows["disposition"]:
            day = self.on(row, "approved_on") or self.on(row, "effective_on")
            if day is not None and not (opened and row.get("opened_on") and row["opened_on"] < opened):
                rows.append((day, row))
        return max(reversed(rows), key=lambda pair: pair[0], default=(None, {}))[1]


def people_of(sheets: Sheets, profile: str) -> pd.DataFrame:
    """One line a roster row, in sheet order: the roster's own columns and what is worked out, in English."""
    rows = sheets.town.rows
    about: dict[tuple[str, str], dict[str, list[Mapping[str, Any]]]] = {}
    for register in REGISTERS:
        for row in rows.get(register, ()):
            key = (str(row["source_organisation"]), str(row["identity_number"]))
            about.setdefault(key, {name: [] for name in REGISTERS})[register].append(row)
    lines = [_line(roster, about, sheets.town.as_of, profile) for roster in rows["member_roster"]]
    worked_out = pd.DataFrame(lines, index=sheets["党员名册"].index)
    for column in ("found_on", "gone_on", "back_on", "lost_from", "lost_upto", "decided_on", "stopped_on"):
        worked_out[column] = pd.to_datetime(worked_out[column])
    return sheets["党员名册"].join(worked_out)


def _line(
    roster: Mapping[str, Any], about: Mapping[tuple[str, str], Rows], as_of: date, profile: str
) -> dict[str, Any]:
    nothing: Rows = {name: [] for name in REGISTERS}
    key = (str(roster["source_organisation"]), str(roster["identity_number"]))
    one = Person(roster, about.get(key, nothing), as_of, exceeded=profile == "legacy_2016")
    decided = one.decided
    return {
        "state": one.main_state,
        "belonging": one.belonging,
        "file_outcome": one.outcome(one.file) if one.file else None,
        "situation": one.file.get("situation"),
        "is_found": one.is_found,
        "was_lost": bool(one.file) and one.closed(one.file) is not None and one.was_lost(one.file),
        "found_on": one.found_on,
        "lost_from": one.lost_from,
        "lost_upto": one.lost_upto,
        "gone_on": one.gone_on,
        "removal": one.removal.get("proposal"),
        "removal_situation": one.removal.get("situation"),
        "proposal": decided.get("proposal"),
        "decided_on": one.decided_on,
        "conclusion": decided.get("correction_conclusion"),
        "stopped_on": one.stop["approved_on"] if one.is_stopped and one.stop else None,
        "stay": one.away[0] if one.away else None,
        "last_stay": one.stays[-1][0] if one.stays else None,
        "trip": one.abroad[0] if one.abroad else None,
        **one.back_from_abroad,
        "was_stopped": any(
            row.get("proposal") in ("停止党籍", "恢复党籍") and one.on(row, "approved_on")
            for row in one.rows["disposition"]
        ),
        "file": one.file,
        "searches": one.searches,
        "file_searches": one.of_the_file,
        "events_this_year": one.this_year("life_dues_log", "happened_on"),
        "talks_this_year": one.this_year("contact_log", "contacted_on"),
        "last_dues": one.last("dues"),
        "last_proposal": one.last_proposal,
        "last_contact": max(one.contacts, default=None),
        "contacts_this_year": sum(day.year == as_of.year for day in one.contacts),
        "paid_to": one.paid_to,
        "last_life": one.last("life"),
        "is_six_months_silent": one.is_six_months_silent,
        "is_lost_again": bool(one.file) and one.state == "失联" and one.outcome(one.file) == "取得联系",
        "waits_for_receipt": one.belonging == "转出未回执" and one.main_state in ON_THE_ROLL,
        **one.next_due,
    }
