"""The totals of the 报送封面, all over the workbook; 未报 when nobody who should have reported has (未报 is not 0)."""

from collections.abc import Callable

from addin.forms.derived import derived
from addin.forms.derived_rows import hosted, is_on_roll, without_receipt
from addin.forms.subjects import MEMBER, Subject, nobody_reported, subjects
from validators.case_facts import facts
from validators.policy import policy_data
from validators.rule import Case
from validators.words import MemberState, SubmissionStatus, YesNo

Count = Callable[[Case], int]


def total(name: str, title: str) -> Callable[[Count], Count]:
    """Declare a total of the workbook."""

    def declare(count: Count) -> Count:
        @derived(name, title)
        def known(subject: Subject) -> int | str:
            return SubmissionStatus.MISSING if nobody_reported(subject.case) else count(subject.case)

        return count

    return declare


@derived("policy_title", "政策方案")
def policy_title(subject: Subject) -> str:
    """The policy in words, as a reader who knows no profile names it."""
    return str(policy_data()["profiles"][subject.case.policy.profile]["title"])


@total("total_members", "党员总数")
def total_members(case: Case) -> int:
    """在册党员 of the workbook."""
    return sum(1 for it in subjects(case, MEMBER) if is_on_roll(it))


@total("total_probationary", "预备党员数")
def total_probationary(case: Case) -> int:
    """预备党员 among ``total_members``."""
    return sum(1 for it in subjects(case, MEMBER) if is_on_roll(it) and it.row["member_type"] == "预备党员")


@total("total_floating", "流动党员数")
def total_floating(case: Case) -> int:
    """Members in state 流动党员."""
    return sum(1 for one in facts(case) if one.state == MemberState.FLOATING)


@total("total_lost", "失联党员数")
def total_lost(case: Case) -> int:
    """Members in state 失联."""
    return sum(1 for one in facts(case) if one.state == MemberState.LOST)


@total("total_no_receipt", "转出未收到回执数")
def total_no_receipt(case: Case) -> int:
    """O of rules §11."""
    return sum(1 for it in subjects(case, MEMBER) if without_receipt(it) == YesNo.YES)


@total("total_inflow", "流入党员数")
def total_inflow(case: Case) -> int:
    """Members from elsewhere who are here."""
    return sum(map(len, hosted(case).values()))
