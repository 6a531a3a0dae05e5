"""Who gets to see full numbers: three grades of what leaves the branch, and the role and reason to lift the mask."""

from dataclasses import dataclass
from typing import Literal

from addin.problem import CannotUse, WrongUsage
from validators.policy import Policy

Grade = Literal["内部", "上级", "公示"]
INTERNAL: Grade = "内部"
SUPERIOR: Grade = "上级"
PUBLIC: Grade = "公示"
GRADES: tuple[Grade, ...] = (INTERNAL, SUPERIOR, PUBLIC)
"""For use in the branch; for a superior organisation; for posting up."""

Masking = Literal["", "usual", "strong"]
"""How numbers are printed: in full, without their middle, or with their ends only."""


@dataclass(frozen=True, slots=True)
class Disclosure:
    """What an export shows of numbers, and by whose decision it shows them in full."""

    grade: Grade
    masking: Masking
    role: str = ""
    reason: str = ""

    @property
    def text(self) -> str:
        """For the clerk and the log: for whom, and how numbers are printed."""
        if self.role:
            return f"{self.grade}用，完整号码（{self.role}：{self.reason}）"
        return f"{self.grade}用，{'号码遮住中间各位' if self.masking else '完整号码'}"


def disclosure(policy: Policy, grade: Grade, *, role: str = "", reason: str = "", mask: bool = False) -> Disclosure:
    """How an export of this grade prints numbers (R-SEC-MIN).

    Internal ones are printed in full unless ``mask``; those for superiors are masked while ``mask.on`` holds, unless a
    role of ``export.role`` gives a reason; those for posting up never show a full number. Raises WrongUsage, CannotUse.
    """
    if bool(role) != bool(reason):
        raise WrongUsage("要导出完整号码，--role（谁批准）和 --reason（为什么）两样都要写。")
    if role and grade == PUBLIC:
        raise CannotUse("公示用的表不能带完整号码：请去掉 --role 和 --reason，或改用 --for 内部。")
    allowed = policy.words("export.role")
    if role and role not in allowed:
        raise CannotUse(
            f"“{role}”不能批准导出完整号码，本单位定的是：{'、'.join(allowed)}（见“政策参数”的 export.role）。"
        )
    if grade == PUBLIC:
        return Disclosure(grade, "strong")
    is_masked = mask or (grade == SUPERIOR and policy.flag("mask.on") and not role)
    return Disclosure(grade, "usual" if is_masked else "", *(("", "") if is_masked else (role, reason)))
