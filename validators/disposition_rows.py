"""Each row of 处置台账 with what its rules look up: the member, the policy of its day, its place in the table."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from validators.case_facts import key_of, roster
from validators.codes import code_lists
from validators.dispositions import DispositionSituation, Option, Path, authority, disposition_table, situation_of
from validators.happened import day_of, happened
from validators.people import PersonKey
from validators.policy import Policy, policy_on
from validators.rule import Case
from validators.table import Row
from validators.words import MemberType, YesNo


@dataclass(frozen=True, slots=True)
class Disposition:
    """One row of 处置台账. ``member_type`` is that of the day it was opened, "" for people not on the roster,
    and of an earlier membership (opened before 加入党组织日期).

    ``option`` is None where the table does not allow the outcome, ``path`` None where nothing is voted or decided.
    """

    row: Row
    key: PersonKey | None
    member: Row | None
    member_type: str
    policy: Policy
    situation: DispositionSituation | None
    option: Option | None
    path: Path | None
    opened_on: date | None
    approved_on: date | None

    @property
    def outcome(self) -> str:
        """拟处理 as typed."""
        return self.row.text("proposal")

    @property
    def is_historical(self) -> bool:
        """历史补录: taken over from papers, so that steps may be blank."""
        return self.row["is_historical"] == YesNo.YES

    @property
    def is_county_direct(self) -> bool:
        """R-DISP-COUNTY-DIRECT is claimed: 备注 says so and a county-level organisation decided."""
        return self.path is not None and self.path.code == "CD"


def dispositions(case: Case) -> tuple[Disposition, ...]:
    """Every row of 处置台账, in sheet order."""
    return case.once("dispositions", lambda it: tuple(_disposition(it, row) for row in it.book["disposition"]))


def by_person(case: Case) -> Mapping[PersonKey, tuple[Disposition, ...]]:
    """The rows of each person with a number, in sheet order."""
    return case.once("dispositions by person", _by_person)


def _by_person(case: Case) -> Mapping[PersonKey, tuple[Disposition, ...]]:
    found: dict[PersonKey, tuple[Disposition, ...]] = {}
    for one in dispositions(case):
        if one.key is not None:
            found[one.key] = (*found.get(one.key, ()), one)
    return found


def leaves_party(outcome: str) -> bool:
    """Whether an outcome ends membership (出党): 劝退, 除名, 取消预备, 不予承认."""
    code = code_lists()["disposition_outcome"].by_word.get(outcome)
    return code is not None and code.attributes["leaves_party"] is True


def for_full_members_only(outcome: str) -> bool:
    """Whether an outcome is refused for 预备党员 (R-DISP-PROB-NA)."""
    code = code_lists()["disposition_outcome"].by_word.get(outcome)
    return code is not None and code.attributes.get("member_type") == MemberType.FULL


def _disposition(case: Case, row: Row) -> Disposition:
    key = key_of(case, row)
    member = roster(case).get(key) if key is not None else None
    opened_on = day_of(row, "opened_on")
    policy = policy_on(opened_on, case.policy)
    situation = situation_of(row.text("situation"))
    option = None
    if situation is not None:
        option = next((each for each in situation.options_under(policy) if each.outcome == row["proposal"]), None)
    path = disposition_table().paths.get(option.path) if option is not None else None
    if path is not None and _claims_county_direct(row):
        path = disposition_table().paths["CD"]
    return Disposition(
        row=row,
        key=key,
        member=member,
        member_type=_member_type(member, opened_on),
        policy=policy,
        situation=situation,
        option=option,
        path=path,
        opened_on=opened_on,
        approved_on=happened(row, "approved_on", case.as_of),
    )


def _claims_county_direct(row: Row) -> bool:
    return disposition_table().county_direct in row.text("remark") and authority(row.text("approved_by")) == "county"


def _member_type(member: Row | None, opened_on: date | None) -> str:
    if member is None:
        return ""
    confirmed_on, joined_on = day_of(member, "confirmed_on"), day_of(member, "joined_on")
    if opened_on is not None and joined_on is not None and opened_on < joined_on:
        return ""
    if opened_on is None or confirmed_on is None:
        return member.text("member_type")
    return MemberType.PROBATIONARY if opened_on < confirmed_on else MemberType.FULL
