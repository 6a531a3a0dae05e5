"""Members who moved from one branch of the committee to another: outflow and inflow rows that agree, or do not."""

from dataclasses import dataclass
from datetime import date, timedelta

from addin.demo.ledger import Branch, Values
from addin.demo.population import Register
from validators.words import FlowRange, YesNo

LATER = {"date_differs": 70}
"""Days between leaving and arriving; otherwise ten."""


@dataclass(frozen=True, slots=True)
class Flow:
    """``count`` members of one branch live with another; ``how`` the two registers agree; ``written``: where the
    home branch believes them to be."""

    of: str
    to: str
    how: str
    count: int
    written: str = ""


def link(home: Register, host: Register, flow: Flow, written: Branch) -> None:
    """Write the outflow rows of ``flow`` in the home register and the inflow rows in the host's, in place."""
    for member, stay in _movers(home, flow):
        if stay is not None:
            _sends(stay, member, written)
        if flow.how != "outflow_only":
            host.rows["inflow"].append(_received(home.branch, member, stay, flow, len(host.rows["inflow"])))


def _movers(home: Register, flow: Flow) -> list[tuple[Values, Values | None]]:
    if flow.how == "inflow_only":
        quiet = [member for member in home.lives("at_home")[3:] if "tags" not in member]
        return [(member, None) for member in quiet[: flow.count]]
    stays = {row["identity_number"]: row for row in home.rows["outflow"]}
    free = [
        (member, stays[member["identity_number"]])
        for member in home.lives("floating")
        if "remark" not in stays[member["identity_number"]]
    ]
    if len(free) < flow.count:
        raise LookupError(f"{home.branch.name}: not enough floating members for {flow.how}")
    return [*free[-flow.count :]]


def _sends(stay: Values, member: Values, written: Branch) -> None:
    place = f"示例市云溪县{written.name.removesuffix('党支部')}"
    stay.pop("destination_area", None)
    member["outflow_place"] = place
    stay |= {
        "destination": place,
        "flow_range": FlowRange.WITHIN_CITY,
        "host_organisation": written.name,
        "host_organisation_code": written.code,
        "host_contact": "组织委员",
        "host_phone": "0516-83590003",
        "management": "纳入流入地党组织管理",
        "remark": "在本镇另一支部",
    }


def _received(home: Branch, member: Values, stay: Values | None, flow: Flow, turn: int) -> Values:
    left_on = stay["left_on"] if stay is not None else member["last_life_on"]
    if not isinstance(left_on, date):
        raise TypeError("left_on is a date")
    arrived_on = left_on + timedelta(days=LATER.get(flow.how, 10)) if stay is not None else left_on - timedelta(days=90)
    number = stay["certificate_number"] if stay is not None else f"活{home.code[-5:]}{arrived_on.year}8{turn:02d}"
    if flow.how == "number_differs":
        number = f"{number}-1"
    return {
        "name": member["name"],
        "identity_number": member["identity_number"],
        "sex": member["sex"],
        "member_type": member["member_type"],
        "home_branch": home.name,
        "home_branch_code": home.code,
        "home_contact": "支部联系员",
        "home_phone": "0516-83590004",
        "arrived_on": arrived_on,
        "origin_place": f"示例市云溪县{home.name.removesuffix('党支部')}",
        "flow_range": FlowRange.WITHIN_CITY,
        "occupation": "农牧渔民",
        "destination_unit_type": "私营企业",
        "certificate_number": number,
        "certificate_checked_on": arrived_on + timedelta(days=3),
        "enrolled_on": arrived_on + timedelta(days=9),
        "mobile": member["mobile"],
        "residence": "示例市云溪县",
        "pays_dues_here": YesNo.YES,
    }
