"""The registers of one branch while they are being made up: rows by register, and how a member enters the roster."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from addin.demo.cards import Card, CardMaker
from addin.demo.lexicon import lexicon
from addin.demo.spans import month_text
from validators.dates import edate
from validators.table import Value
from validators.words import (
    EntryWay,
    MembershipStatus,
    MemberType,
    RelationBelonging,
    YesNo,
)

Values = dict[str, Value]
"""One row: column key -> value; blank cells are absent."""

APPRAISALS = ("合格", "合格", "合格", "优秀", "基本合格")


@dataclass(frozen=True, slots=True)
class Branch:
    """Who a branch is: code, name, category (党组织类别), its county of made-up identity numbers, and its superior."""

    code: str
    name: str
    category: str
    county: str
    superior_code: str
    superior_name: str


@dataclass(slots=True)
class Ledger:
    """What the stories of members write into. ``contact_people`` are the branch's contact persons (专人)."""

    branch: Branch
    as_of: date
    rng: Random
    cards: CardMaker
    rows: dict[str, list[Values]] = field(default_factory=dict)
    contact_people: list[str] = field(default_factory=list)
    serials: dict[str, int] = field(default_factory=dict)

    def add(self, register: str, **values: Value) -> Values:
        """Append one row without its blanks and return it."""
        row: Values = {key: value for key, value in values.items() if value is not None}
        self.rows.setdefault(register, []).append(row)
        return row

    def serial(self, name: str) -> int:
        """1, 2, 3 … for numbers of one kind."""
        self.serials[name] = self.serials.get(name, 0) + 1
        return self.serials[name]

    def word(self, name: str) -> str:
        """A word of one list of the lexicon."""
        return self.rng.choice(lexicon().words[name])

    def ago(self, least: int, most: int) -> date:
        """A day between ``least`` and ``most`` days before the as-of date."""
        return self.as_of - timedelta(days=self.rng.randint(least, most))

    def after(self, day: date, least: int, most: int) -> date:
        """A day between ``least`` and ``most`` days after ``day``, but never after the as-of date."""
        return min(day + timedelta(days=self.rng.randint(least, most)), self.as_of)

    def address(self) -> str:
        """A made-up address in the made-up county."""
        return f"示例市云溪县{self.word('streets')}{self.rng.randint(1, 180)}号"

    def contact_person(self, member: Values) -> str:
        """A contact person of the branch other than the member."""
        others = [name for name in self.contact_people if name != member["name"]]
        return others[len(self.rows.get("contact_log", ())) % len(others)] if others else "支部联系员"


def who(member: Values) -> Values:
    """姓名 and 公民身份号码 of a member, as every sheet repeats them."""
    return {"name": member["name"], "identity_number": member["identity_number"]}


def enrol(ledger: Ledger, card: Card, *, probationary: bool = False, last_traces: bool = True) -> Values:
    """Put a person on the roster as a member in order: at home, in touch, dues paid."""
    joined = _joined(ledger, card, probationary)
    new = probationary and joined.year == ledger.as_of.year
    dues = ledger.ago(3, 25)
    family = ledger.word("surnames") + ledger.word("given_female" if card.sex == "男" else "given_male")
    return ledger.add(
        "member_roster",
        name=card.name,
        identity_number=card.number,
        sex=card.sex,
        ethnicity=card.ethnicity,
        birth_date=card.birth,
        education=_education(ledger, card),
        member_type=MemberType.PROBATIONARY if probationary else MemberType.FULL,
        joined_on=joined,
        confirmed_on=None if probationary else edate(joined, 12),
        post="退休" if card.birth < edate(ledger.as_of, -12 * 62) else ledger.word("posts"),
        mobile=card.mobile,
        home_address=ledger.address(),
        registered_residence="示例市云溪县",
        membership_status=MembershipStatus.NORMAL,
        relation_belonging=RelationBelonging.HERE,
        is_lost=YesNo.NO,
        is_floating=YesNo.NO,
        emergency_contact=family,
        emergency_phone=f"154{ledger.branch.county[4:]}{ledger.serial('family') + 500000:06d}",
        emergency_relation=ledger.word("relations"),
        last_life_on=max(ledger.ago(4, 45), joined) if last_traces else None,
        last_dues_on=dues if last_traces else None,
        dues_paid_to=month_text(dues) if last_traces else None,
        last_appraisal="未参加评议" if probationary else ledger.rng.choice(APPRAISALS),
        entry_way=EntryWay.ADMITTED if new else EntryWay.OPENING,
        entered_on=joined if new else None,
    )


def _joined(ledger: Ledger, card: Card, probationary: bool) -> date:
    if probationary:
        return ledger.ago(30, 330)
    first = edate(card.birth, 12 * 18)
    last = min(edate(card.birth, 12 * 45), edate(ledger.as_of, -12 * 6))
    return first + timedelta(days=ledger.rng.randrange(max(1, (last - first).days)))


def _education(ledger: Ledger, card: Card) -> str:
    if card.birth < edate(ledger.as_of, -12 * 60):
        return ledger.rng.choice(("初中及以下", "高中、中技", "中专"))
    return ledger.rng.choice(("大学本科", "大学专科", "高中、中技", "中专", "研究生", "初中及以下"))
