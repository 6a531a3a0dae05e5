"""The format of rule cases: drawn registers on which one rule fires, and near ones on which it must not.

Modules named ``tests/cases_*.py`` hold lists called ``CASES``; ``test_rules.py`` runs them all::

    fires("R-FLD-BIRTH", "one day off", "党员名册!E4 E", member_roster="姓名|出生日期 \\n 张三|1985-03-08"),
    silent("R-FLD-BIRTH", "as on the card", member_roster="姓名 \\n 张三"),

Keyword arguments are those of ``tests.drawing.draw_case``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class RuleCase:
    """One drawing and where the rule speaks on it, as ``sheet!cell level``; nowhere when ``expected`` is empty."""

    rule: str
    why: str
    expected: tuple[str, ...]
    drawing: Mapping[str, Any]

    @property
    def id(self) -> str:
        """The name of the case in a test report."""
        return f"{self.rule} {'fires' if self.expected else 'silent'}: {self.why}"


def fires(rule: str, why: str, *cells: str, **drawing: Any) -> RuleCase:
    """A case in which the rule speaks exactly at these cells."""
    if not cells:
        raise ValueError(f"{rule}: a firing case names its cells")
    return RuleCase(rule, why, cells, drawing)


def silent(rule: str, why: str, **drawing: Any) -> RuleCase:
    """A case, as near as can be, in which the rule says nothing."""
    return RuleCase(rule, why, (), drawing)
