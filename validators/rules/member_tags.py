"""R-TAG-POCKET and R-TAG-DETACHED: the tags 口袋 and 空挂 against letters and absences."""

from collections.abc import Iterator

from validators.case_facts import facts
from validators.facts import PersonFacts
from validators.letters import awaiting
from validators.member_state import IN_CAMPAIGN
from validators.rule import Case, Hit, rule
from validators.words import MemberState, MemberTag

_MEANING = "集中排查方案只列名称，含义为本工具默认值"


@rule(
    "R-TAG-POCKET",
    level="W",
    title="“口袋”标签与介绍信一致",
    registers=("member_roster",),
    wordings={
        "": (
            "标签有“口袋”，“介绍信”里没有这名党员过期未收回执的介绍信",
            "口袋党员指介绍信已开出、过了有效期、没有落实的党员：请补登介绍信，或去掉这个标签",
        )
    },
    source=_MEANING,
    grade="U",
)
def pocket(case: Case) -> Iterator[Hit]:
    """口袋 = letter written, expired, no receipt, not confirmed elsewhere."""
    for one in facts(case):
        if _has(one, MemberTag.POCKET) and one.state in IN_CAMPAIGN:
            waiting = awaiting(one.situation.letters, case.policy)
            if not any(case.as_of > letter.expires_on for letter in waiting):
                yield Hit("member_roster", one.member, "tags")


@rule(
    "R-TAG-DETACHED",
    level="W",
    title="“空挂”标签与外出、失联登记不重复",
    registers=("member_roster",),
    wordings={
        "": (
            "标签有“空挂”，按台账这名党员却是“{state}”",
            "空挂党员指关系在这里、人不在这里工作居住、又没有按流动登记的党员：已登记外出、失联或转出的，去掉这个标签",
        )
    },
    source=_MEANING,
    grade="U",
)
def detached(case: Case) -> Iterator[Hit]:
    """空挂 is a state of its own: not away on record, not abroad, not 失联, no letter on its way."""
    for one in facts(case):
        if _has(one, MemberTag.DETACHED) and one.state in IN_CAMPAIGN and one.state != MemberState.DETACHED:
            yield Hit("member_roster", one.member, "tags", details={"state": one.state})


def _has(one: PersonFacts, tag: str) -> bool:
    tags = one.member["tags"]
    return isinstance(tags, tuple) and tag in tags
