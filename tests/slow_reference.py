"""Members looked up slowly and on their own, and lists and deadlines from them: raw rows, plain loops, the values of
current_2024 written out.

Nothing of ``validators`` is used. ``tests/test_recount.py`` holds the product to it, row by row; the forms are
recounted on it (``tests/recount``).
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

Rows = Mapping[str, Sequence[Mapping[str, Any]]]
Line = tuple[str, str, str, date | None]
"""List name or rule, organisation, identity number, day (None on lists)."""

TALKED = {"面谈", "电话", "视频", "微信", "QQ", "短信", "信函", "参加组织生活"}
DAY = timedelta(days=1)


def later(day: date, months: int) -> date:
    """The same day so many months on; where the month is shorter, its last day."""
    year, month = day.year, day.month
    for _ in range(months):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    number = day.day
    while True:
        try:
            return date(year, month, number)
        except ValueError:
            number -= 1


def week_end(day: date) -> date:
    """Sunday of the week."""
    while day.isoweekday() != 7:
        day += DAY
    return day


def ends(months: int) -> Callable[[date], date]:
    """The last day of the calendar month, quarter, half-year or year a day lies in."""

    def last(day: date) -> date:
        month = day.month
        while month % months:
            month += 1
        return date(day.year, 12, 31) if month == 12 else date(day.year, month + 1, 1) - DAY

    return last


month_last, quarter_last, half_last = ends(1), ends(3), ends(6)
Last = Callable[[date], date]
Span = tuple[date, date | None]


def missed_run(last: Last, spans: Iterable[Span], done: Iterable[date], as_of: date) -> list[date]:
    """Last days of the closed periods in a row in which something was owed and not done, the latest first."""
    spans, kept = list(spans), {last(day) for day in done}
    run = []
    end = last(as_of)
    while True:
        end = _period_before(last, end)
        owed = any(end > last(start) and (stop is None or stop > end) for start, stop in spans)
        if not owed or end in kept:
            return run
        run.append(end)


def _period_before(last: Last, end: date) -> date:
    day = end
    while last(day) == end:
        day -= timedelta(days=7)
    return last(day)


def coming(last: Last, spans: Iterable[Span], done: Iterable[date], as_of: date) -> date | None:
    """The last day of the next period that asks for something."""
    starts = [start for start, stop in spans if stop is None]
    if not starts:
        return None
    first = min(last(last(start) + DAY) for start in starts)
    now = last(as_of)
    if now < first:
        return first
    return last(now + DAY) if any(last(day) == now for day in done) else now


class Member:
    """One roster row at a day, everything looked up again from the raw rows.

    ``exceeded``: six months out of contact are full only the day after (legacy_2016).
    """

    def __init__(self, roster: Mapping[str, Any], rows: Rows, as_of: date, *, exceeded: bool = False) -> None:
        self.roster, self.rows, self.as_of, self.exceeded = roster, rows, as_of, exceeded
        self.letters = sorted(
            (
                row
                for row in rows["transfer_letter"]
                if row.get("direction") != "转入" and row.get("stub_status") != "作废" and self.on(row, "issued_on")
            ),
            key=lambda row: row["issued_on"],
        )
        self.belonging = self._belonging()
        self.stop = self._latest_stop()
        self.is_stopped = self._is_stopped()
        self.files = sorted(
            (row for row in rows["lost_file"] if self.on(row, "discovered_on")), key=lambda row: row["discovered_on"]
        )
        self.contacts, self.life, self.dues = self._traces()
        self.found = [day for row in self.files if (day := self.closed(row)) and self.outcome(row) == "取得联系"]
        self.clock = max([*self.contacts, *self.found, *self.life, *self.dues], default=None)
        self.stays = self._spells("outflow", "left_on")
        self.trips = self._spells("abroad", "departed_on")
        self.state = self._state()

    def on(self, row: Mapping[str, Any], key: str) -> date | None:
        """The day, if it has come."""
        day = row.get(key)
        return day if day is not None and day <= self.as_of else None

    def outcome(self, row: Mapping[str, Any]) -> str:
        """How the search stands on the day."""
        word, key = row.get("search_outcome"), self._closing(row)
        if word in ("取得联系", "无法取得联系") and (row.get(key) is None or self.on(row, key)):
            return str(word)
        return "查找中"

    def closed(self, row: Mapping[str, Any]) -> date | None:
        """The day the search ended, if it has."""
        return self.on(row, self._closing(row)) if row.get("search_outcome") != "查找中" else None

    def _closing(self, row: Mapping[str, Any]) -> str:
        return "found_on" if row.get("search_outcome") == "取得联系" else "search_ended_on"

    def _belonging(self) -> str:
        typed = str(self.roster.get("relation_belonging") or "在册")
        lasting = [row for row in self.letters if row.get("change_kind") != "临时"]
        if typed == "已离开":
            if self.roster.get("left_on") is None or self.on(self.roster, "left_on"):
                return "已离开"
            return "转出未回执" if lasting else "在册"
        if typed == "转出未回执":
            if self.letters:
                return "已离开" if lasting and self.on(lasting[-1], "receipt_on") else typed
            if any(row.get("issued_on") and row["issued_on"] > self.as_of for row in self.rows["transfer_letter"]):
                return "在册"
        return typed

    def _latest_stop(self) -> Mapping[str, Any] | None:
        stops = [r for r in self.rows["disposition"] if r.get("proposal") == "停止党籍" and self.on(r, "approved_on")]
        return max(stops, key=lambda row: row["approved_on"], default=None)

    def _is_stopped(self) -> bool:
        if self.roster.get("membership_status") != "停止党籍":
            return False
        ever = [r for r in self.rows["disposition"] if r.get("proposal") == "停止党籍" and r.get("approved_on")]
        return self.stop is not None or not ever

    def _traces(self) -> tuple[list[date], list[date], list[date]]:
        contacts, life, dues = [], [], []
        for row in self.rows["contact_log"]:
            day = self.on(row, "contacted_on")
            full = row.get("contact_person") is not None and row.get("content") is not None
            if day and full and row.get("answered") == "是" and row.get("channel") in TALKED:
                contacts.append(day)
                if row["channel"] == "参加组织生活":
                    life.append(day)
        for row in self.rows["life_dues_log"]:
            day = self.on(row, "happened_on")
            if day and row.get("event") == "组织生活":
                life.append(day)
                if row.get("place") in ("本支部", "线上"):
                    contacts.append(day)
            elif day and row.get("event") == "交纳党费":
                dues.append(day)
        if day := self.on(self.roster, "last_life_on"):
            life.append(day)
        if day := self.on(self.roster, "last_dues_on"):
            dues.append(day)
        return contacts, life, dues

    def _spells(self, register: str, begin: str) -> list[tuple[Mapping[str, Any], date, date | None]]:
        rows = sorted((r for r in self.rows[register] if self.on(r, begin)), key=lambda row: row[begin])
        return [(row, row[begin], self.on(row, "returned_on")) for row in rows]

    @property
    def away(self) -> tuple[Mapping[str, Any], date, date | None] | None:
        """The latest absence that lasts."""
        return next((stay for stay in reversed(self.stays) if stay[2] is None), None)

    @property
    def abroad(self) -> tuple[Mapping[str, Any], date, date | None] | None:
        """The latest stay abroad that lasts."""
        return next((stay for stay in reversed(self.trips) if stay[2] is None), None)

    @property
    def open_file(self) -> Mapping[str, Any] | None:
        """The latest file unless the member was found."""
        return self.files[-1] if self.files and self.outcome(self.files[-1]) != "取得联系" else None

    def spans(self, spells: Sequence[tuple[Mapping[str, Any], date, date | None]]) -> list[Span]:
        """The spells as spans of duty: they end with the return, the receipt of a transfer or the stop."""
        cuts = []
        lasting = [row for row in self.letters if row.get("change_kind") != "临时"]
        if self.belonging != "在册" and lasting and (day := self.on(lasting[-1], "receipt_on")):
            cuts.append(day)
        if self.is_stopped and self.stop is not None:
            cuts.append(self.stop["approved_on"])
        found = []
        for _, start, end in spells:
            candidates = [day for day in (end, min(cuts, default=None)) if day is not None and day >= start]
            found.append((start, min(candidates, default=None)))
        return found

    def _state(self) -> str:
        if self.belonging == "已离开":
            return "离开"
        if self.is_stopped:
            return "停止党籍"
        if self._lost():
            return "失联"
        return "其他"

    def _lost(self) -> bool:
        said = self.open_file is not None or self.roster.get("is_lost") == "是"
        if self.abroad is not None:
            halves = missed_run(half_last, self.spans(self.trips), self.contacts, self.as_of)
            if len(halves) < (1 if said else 2):
                return False
        if self.clock is not None:
            return self.full(self.clock, self.as_of)
        if not said:
            return False
        start = next((d for k in ("lost_since", "entered_on", "joined_on") if (d := self.on(self.roster, k))), None)
        return start is None or self.full(start, self.as_of)

    def full(self, start: date, day: date) -> bool:
        """Whether six months out of contact are full on a day."""
        return day > later(start, 6) if self.exceeded else day >= later(start, 6)

    # --- what the lists and deadlines need ---------------------------------------------------------------------------

    def contact_duty(self) -> tuple[str, list[date], date | None] | None:
        """Rule, missed run, next deadline."""
        if self.state != "其他":
            return None
        if self.abroad is not None:
            rule, last, spans = "R-CONTACT-ABROAD-HALF", half_last, self.spans(self.trips)
        else:
            rule, last, spans = "R-CONTACT-QUARTER", quarter_last, self.spans(self.stays)
        if not spans:
            return None
        run = missed_run(last, spans, self.contacts, self.as_of)
        following = coming(last, spans, self.contacts, self.as_of)
        return (rule, run, following) if run or following else None

    def tries(self, file: Mapping[str, Any]) -> list[date]:
        """Days of the searches under a file's number; of who has one file only, of all searches."""
        rows = self.rows["search_log"]
        if len(self.rows["lost_file"]) != 1:
            rows = [row for row in rows if row.get("file_number") == file.get("file_number")]
        return sorted(day for row in rows if (day := self.on(row, "searched_on")))

    def was_lost(self, file: Mapping[str, Any]) -> bool:
        """Whether six months were full when the member was found."""
        end = self.closed(file)
        assert end is not None
        before = [day for day in (*self.contacts, *self.found, *self.life, *self.dues) if day < end]
        typed = self.roster.get("lost_since")
        start = max(before, default=typed if typed is not None and typed < end else None)
        return start is None or self.full(start, end)

    def settled(self, file: Mapping[str, Any]) -> bool:
        """Whether a disposition after the file is closed."""
        for row in self.rows["disposition"]:
            if row.get("opened_on") and row["opened_on"] < file["discovered_on"]:
                continue
            if not (self.on(row, "approved_on") or self.on(row, "effective_on")) or row.get("proposal") == "暂缓":
                continue
            if row.get("proposal") != "限期改正" or row.get("correction_conclusion") == "合格":
                return True
        return False

    def waiting_letters(self) -> list[date]:
        """Days the receipts still to come are due."""
        landed = max((row["issued_on"] for row in self.letters if self.on(row, "receipt_on")), default=date.min)
        return [
            row["issued_on"] + timedelta(days=row.get("valid_days") or 90)
            for row in self.letters
            if not self.on(row, "receipt_on")
            and row.get("stub_status") != "已确认落实"
            and row["issued_on"] >= max(landed, date(2007, 1, 1))
        ]

    def correction(self) -> date | None:
        """The end of the latest 限期改正 while it has no conclusion."""
        rows = [r for r in self.rows["disposition"] if r.get("proposal") == "限期改正" and self.on(r, "approved_on")]
        terms = [
            (r.get("correction_ends_on") or later(r["approved_on"], r.get("correction_months") or 6), r) for r in rows
        ]
        end, row = max(terms, key=lambda pair: pair[0], default=(None, {}))
        return end if row.get("correction_conclusion") is None else None

    def probation(self) -> date | None:
        """The end of the probation while nothing is decided."""
        joined = self.on(self.roster, "joined_on")
        if self.roster.get("member_type") != "预备党员" or joined is None or self.on(self.roster, "confirmed_on"):
            return None
        extended = self.roster.get("probation_extended_to")
        end = max(later(joined, 12), extended or date.min)
        for row in self.rows["disposition"]:
            met = self.on(row, "branch_meeting_on") or self.on(row, "approved_on")
            if met is None or met < joined:
                continue
            if row.get("proposal") == "取消预备党员资格" or (row.get("proposal") == "延长预备期" and not extended):
                return None
        return end

    def stop_end(self) -> date | None:
        """Two years after a stop for loss, while nothing later was decided."""
        if self.stop is None or str(self.stop.get("situation"))[:3] in ("D05", "D06"):
            return None
        since = self.stop["approved_on"]
        for row in self.rows["disposition"]:
            day = self.on(row, "approved_on")
            if day and day >= since and row.get("proposal") in ("恢复党籍", "自行脱党除名", "去世注销"):
                return None
        return later(since, 24)


def lists_of(one: Member) -> list[str]:
    """The names of the lists a member stands on."""
    as_of, found = one.as_of, []
    if one.state == "离开":
        return []
    if one.state == "停止党籍":
        end = one.stop_end()
        return ["停止党籍满2年名单"] if end is not None and as_of >= end else []
    if one.away is not None:
        row, left, _ = one.away
        if not one.on(row, "reported_on") and as_of > later(left, 1) and not any(day >= left for day in one.contacts):
            found.append("失控名单")
    duty = one.contact_duty()
    if duty is not None and duty[0] == "R-CONTACT-QUARTER" and duty[1]:
        found.append("季度未联系名单")
    if one.state == "失联":
        found.append("失联总名单")
        if one.open_file is not None and one.outcome(one.open_file) == "无法取得联系":
            found.append("经查找仍无法取得联系")
    elif one.open_file is not None or _failed(one):
        found.append("疑似失联")
    file = one.files[-1] if one.files else None
    is_found = file is not None and one.outcome(file) == "取得联系" and one.closed(file) and one.state != "失联"
    if file is not None and is_found and one.was_lost(file) and not one.settled(file):
        found.append("经查找取得联系")
    found += ["超期未收回执名单" for due in one.waiting_letters() if as_of > due]
    if (end := one.correction()) is not None and as_of >= end:
        found.append("限期改正到期名单")
    if (end := one.probation()) is not None and as_of > end:
        found.append("预备期满未议名单")
    return found


def _failed(one: Member) -> bool:
    """A direct attempt without answer since the member was last in touch."""
    since = one.clock or date.min
    for row in one.rows["contact_log"]:
        day = one.on(row, "contacted_on")
        if day and day > since and row.get("answered") == "否" and row.get("channel") in TALKED:
            return True
    for row in one.rows["search_log"]:
        day = one.on(row, "searched_on")
        failed = row.get("result") in ("未联系上", "号码失效")
        if day and day > since and failed and row.get("method") == "直接联系":
            return True
    return False


def deadlines_of(one: Member) -> list[tuple[str, date]]:
    """Rule and day of every deadline of a member, past and to come."""
    if one.state == "离开":
        return []
    found = _search_deadlines(one)
    if one.state == "停止党籍":
        end = one.stop_end()
        return [*found, *([("R-DISP-STOP-2Y", end)] if end else [])]
    duty = one.contact_duty()
    if duty is not None:
        rule, run, following = duty
        if run and not any(day > run[0] for day in one.contacts):
            found.append((rule, run[0]))
        if following is not None:
            found.append((rule, following))
    found += _file_deadlines(one)
    found += _visits(one)
    found += [("R-XFER-RECEIPT-OVERDUE", due) for due in one.waiting_letters()]
    found += _certificate(one)
    for row, _, end in one.stays:
        if end is not None and not one.on(row, "return_checked_on"):
            found.append(("R-FLOAT-CERT-RETURN", end + timedelta(days=30)))
    for row, left, end in one.trips:
        if end is None:
            found.append(("R-ABROAD-5Y", later(left, 60)))
        elif not one.on(row, "resume_applied_on"):
            found.append(("R-ABROAD-RETURN", later(end, 3)))
    if (end := one.correction()) is not None:
        found.append(("R-DISP-CORRECT-PERIOD", end))
    if (end := one.probation()) is not None:
        found.append(("R-DISP-PROB-TERM", end))
    return found


def _search_deadlines(one: Member) -> list[tuple[str, date]]:
    file = one.open_file
    if file is None:
        return []
    tries = one.tries(file)
    if one.outcome(file) == "查找中":
        reported = one.on(file, "reported_on")
        monthly = [*tries, *([reported] if reported else [])]
        duties = [("R-SEARCH-WEEKLY", week_end, tries), ("R-SEARCH-MONTHLY", month_last, monthly)]
        start = file["discovered_on"]
    elif one.closed(file) and one.state in ("失联", "停止党籍"):
        duties, start = [("R-SEARCH-CONTINUE", half_last, tries)], one.closed(file)
    else:
        return []
    found = []
    for rule, last, done in duties:
        run = missed_run(last, [(start, None)], done, one.as_of)
        late = bool(run) and not any(day > run[0] for day in done)
        due = run[0] if late else coming(last, [(start, None)], done, one.as_of)
        assert due is not None
        found.append((rule, due))
    return found


def _file_deadlines(one: Member) -> list[tuple[str, date]]:
    file = one.open_file
    if file is None:
        return [("R-SEARCH-ONEFILE", later(one.clock, 6))] if one.state == "失联" and one.clock else []
    if one.outcome(file) != "查找中":
        return []
    found = []
    if not one.on(file, "verified_on"):
        found.append(("R-LOST-VERIFY-30", file["discovered_on"] + timedelta(days=30)))
    if not one.on(file, "reported_on"):
        found.append(("R-LOST-REPORT", file["discovered_on"] + timedelta(days=7)))
    if file.get("search_deadline"):
        found.append(("R-SEARCH-HEAD", file["search_deadline"]))
    return found


def _visits(one: Member) -> list[tuple[str, date]]:
    file = one.files[-1] if one.files else None
    if file is None or one.outcome(file) != "取得联系" or one.state == "失联":
        return []
    found_on = one.closed(file)
    if found_on is None or not one.was_lost(file):
        return []
    if one.settled(file) and one.as_of > found_on + timedelta(days=84):
        return []
    run = missed_run(week_end, [(found_on, None)], one.contacts, one.as_of)
    if run and not any(day > run[0] for day in one.contacts):
        return [("R-FOLLOW-WEEKLY", run[0])]
    due = coming(week_end, [(found_on, None)], one.contacts, one.as_of)
    return [("R-FOLLOW-WEEKLY", due)] if due else []


def _certificate(one: Member) -> list[tuple[str, date]]:
    if one.away is None or one.away[0].get("certificate_number") is None:
        return []
    row, left, _ = one.away
    first = (one.on(row, "certificate_issued_on") or left).year + 1
    done = [int(year) for year in re.findall(r"\d{4}", str(row.get("certificate_review_years") or ""))]
    years = [y for y in range(first, one.as_of.year + 1) if y > max(done, default=0)]
    past = [year for year in years if year < one.as_of.year][-1:]
    return [("R-FLOAT-CERT-ANNUAL", date(year, 12, 31)) for year in sorted({*past, *years[-1:]})]


REGISTERS = (
    *("outflow", "contact_log", "life_dues_log", "lost_file", "search_log", "transfer_letter", "disposition"),
    "abroad",
)


def recount(rows: Rows, as_of: date) -> tuple[list[Line], list[Line]]:
    """Every line of the lists, and every deadline of a member, of a committee's rows at a day; sorted."""
    about: dict[tuple[str, str], dict[str, list[Mapping[str, Any]]]] = {}
    for register in REGISTERS:
        for row in rows.get(register, ()):
            person = (str(row["source_organisation"]), str(row["identity_number"]))
            about.setdefault(person, {key: [] for key in REGISTERS})[register].append(row)
    lists: list[Line] = []
    deadlines: list[Line] = []
    for roster in rows["member_roster"]:
        person = (str(roster["source_organisation"]), str(roster["identity_number"]))
        one = Member(roster, about.get(person, {key: [] for key in REGISTERS}), as_of)
        lists += [(name, *person, None) for name in lists_of(one)]
        deadlines += [(rule, *person, due) for rule, due in deadlines_of(one)]
    return sorted(lists, key=str), sorted(deadlines, key=str)
