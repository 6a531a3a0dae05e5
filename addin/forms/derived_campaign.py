"""Derived values of 三查三核: what the merge counts for its sheet 三查三核 is what the form of that name counts."""

from addin.forms.derived import derived
from addin.forms.subjects import Subject
from validators.case_facts import facts
from validators.rule import Case
from validators.three_checks import ThreeChecks, three_checks
from validators.words import YesNo

_NOBODY = ThreeChecks()


def _three_checks(subject: Subject) -> ThreeChecks:
    of_everyone = subject.case.once("three checks", _of_everyone)
    return of_everyone.get(id(subject.facts), _NOBODY)


def _of_everyone(case: Case) -> dict[int, ThreeChecks]:
    """三查三核 of every 排查对象, by the identity of their facts."""
    return {id(one): found for one in facts(case) if (found := three_checks(one, case.as_of)) is not None}


@derived("is_checked", "是否有排查记录")
def is_checked(subject: Subject) -> str:
    """Whether a 排查对象 has a 排查记录 with a 排查结论."""
    return YesNo.YES if _three_checks(subject).is_checked else YesNo.NO


@derived("check_problems", "三查有问题的方面")
def check_problems(subject: Subject) -> tuple[str, ...]:
    """Of 基本信息, 党费和组织生活, 组织关系管理 those in which something is wrong."""
    return _three_checks(subject).problems


@derived("checked_as", "三核（党委核查）")
def checked_as(subject: Subject) -> str | None:
    """流动, 空挂 or 失联 by the register; 流动 is six months away."""
    return _three_checks(subject).found


@derived("branch_checked_as", "支部排查结论（流动只计满6个月的）")
def branch_checked_as(subject: Subject) -> str | None:
    """流动, 空挂 or 失联 as the branch concluded, of whom the register does not show as away for less."""
    return _three_checks(subject).concluded
