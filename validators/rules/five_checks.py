"""R-CHECK5 and R-LOST-4CASES: the five checks (五核查) of each member, and what a problem found must say."""

from collections.abc import Iterator

from validators.case_facts import key_of, roster
from validators.happened import latest_day
from validators.people import PersonKey
from validators.rule import Case, Hit, rule
from validators.table import Row
from validators.words import CampaignConclusion, CheckValue, RelationBelonging

FIVE_CHECKS = ("roster_check", "file_check", "dues_activity_check", "letter_stub_check", "conduct_check")
"""名册、档案、党费和活动、介绍信存根、现实表现."""


def latest_checks(case: Case) -> Iterator[Row]:
    """The latest 排查记录 row of every member who has not left; earlier campaigns are history."""
    found: dict[PersonKey, Row] = {}
    for row in case.book["campaign_check"]:
        key = key_of(case, row)
        member = roster(case).get(key) if key is not None else None
        if key is None or (member is not None and member["relation_belonging"] == RelationBelonging.LEFT):
            continue
        day, other = latest_day(row["checked_on"]), found.get(key)
        known = latest_day(other["checked_on"]) if other is not None else None
        if known is None or (day is not None and day >= known):
            found[key] = row
    yield from found.values()


@rule(
    "R-CHECK5",
    level="W",
    title="五核查逐项完成",
    registers=("campaign_check",),
    wordings={"": ("“{title}”还是“未查”", "请核查后改填“无问题”或“有问题”；签报前五项都要查完")},
    source="排查方案：五查五看（名册、档案、党费和活动记录、介绍信存根、现实表现）",
    grade="S",
)
def five_checks(case: Case) -> Iterator[Hit]:
    """未查 in a member's latest row. A member without any row is R-INSP-SELF."""
    for row in latest_checks(case):
        for key in FIVE_CHECKS:
            if row[key] == CheckValue.UNCHECKED:
                yield Hit("campaign_check", row, key)


@rule(
    "R-LOST-4CASES",
    level="W",
    title="排查出的问题要写明是哪一类",
    registers=("campaign_check",),
    wordings={
        "papers": (
            "档案核查是“有问题”，没有写缺少什么材料",
            "请补填缺少材料（如 入党志愿书）；材料不缺、是内容存疑的，在备注写明",
        ),
        "fine": (
            "写了缺少材料“{value}”，档案核查却是“无问题”",
            "缺材料的，档案核查改为“有问题”；已经补齐的，清空缺少材料",
        ),
        "what": (
            "“{check}”是“有问题”，排查结论是“{conclusion}”，没有写明是什么问题",
            "请在备注写明：六个月未联系、能联系但六个月不参加组织生活或不交党费、材料不齐身份存疑、违纪或明显不合格",
        ),
    },
    source="排查方案：信息核实的四种情形",
    grade="S",
)
def four_cases(case: Case) -> Iterator[Hit]:
    """A problem in the papers names them; another one is named by the conclusion or the remark."""
    plain = (CampaignConclusion.NORMAL, CampaignConclusion.OTHER)
    for row in latest_checks(case):
        if row["missing_material"] is not None:
            if row["file_check"] == CheckValue.FINE:
                yield Hit("campaign_check", row, "missing_material", "fine")
            continue
        problems = [key for key in FIVE_CHECKS if row[key] == CheckValue.PROBLEM]
        if not problems or row["remark"] is not None:
            continue
        if "file_check" in problems:
            yield Hit("campaign_check", row, "missing_material", "papers")
        elif row["conclusion"] in plain:
            details = {"check": _TITLES[problems[0]], "conclusion": row["conclusion"]}
            yield Hit("campaign_check", row, "remark", "what", details=details)


_TITLES = dict(
    zip(FIVE_CHECKS, ("名册核查", "档案核查", "党费和活动核查", "介绍信存根核查", "现实表现核查"), strict=True)
)
