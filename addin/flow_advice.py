"""Wording of 双向比对: why a partner lies outside, what the other side once wrote, what to do next."""

from collections.abc import Iterator, Mapping

from addin.merging.directory import Directory
from addin.submissions import MergedRow
from validators.words import FlowMatch, FlowRange

_ADVICE = {
    FlowMatch.MATCHED: "",
    FlowMatch.OUTFLOW_ONLY: "请流出支部与流入地党组织联系，对方接收后补登“流入党员”；没有对应党组织的由本支部联系管理",
    FlowMatch.INFLOW_ONLY: "请组织关系所在支部核对，确属外出的补登“流出党员”",
    FlowMatch.DATE_DIFFERS: "请两个支部核对外出日期和流入日期",
    FlowMatch.PLACE_DIFFERS: "请两个支部核对党员现在编入哪个党组织",
    FlowMatch.NUMBER_DIFFERS: "请两个支部对照身份证核对号码",
    FlowMatch.SUSPECTED: "请两个支部补全公民身份号码，确认是不是同一人",
    FlowMatch.OUTSIDE: "对方不在本次汇总范围，需要时发函联系对方",
}


def advice(result: str, out: MergedRow | None = None) -> str:
    """What the two branches should do about a result, empty when nothing; ``out`` is a one-sided absence."""
    if out is not None and not (out.text("host_organisation_code") or out.text("host_organisation")):
        return "没有登记流入地党组织：对方已接收的请补登，仍由本支部联系管理的不用改"
    return _ADVICE[result]


def outside_host(out: MergedRow, tree: frozenset[str], directory: Directory) -> str:
    """Why the host of an absence lies outside the merged organisations; "" when it does not or is not named."""
    code, name = out.text("host_organisation_code"), out.text("host_organisation")
    if code:
        return "" if code in tree else f"流入地党组织 {name or code} 不在本次汇总范围"
    if name:
        return "" if directory.knows_name(name) else f"流入地党组织“{name}”不在本次汇总范围"
    return "已出国（境）" if out.text("flow_range") == FlowRange.ABROAD else ""


def outside_home(guest: MergedRow, tree: frozenset[str], directory: Directory, homes: Mapping[str, str]) -> str:
    """Why the home branch of a guest lies outside; "" when the code, a roster or the name shows it does not."""
    code, name = guest.text("home_branch_code"), guest.text("home_branch")
    if guest.identity in homes or code in tree:
        return ""
    if code:
        return f"组织关系所在党支部 {name or code} 不在本次汇总范围"
    return "" if directory.knows_name(name) else f"组织关系所在党支部“{name or '未填'}”不在本次汇总范围"


def home_away(
    out: MergedRow | None,
    guest: MergedRow | None,
    ended: Mapping[tuple[str, str], MergedRow],
    silent: frozenset[str],
) -> Iterator[str]:
    """What is known of the missing side: it ended the stay, or it has not reported."""
    if out is not None:
        other = ended.get(("inflow", out.identity))
        if other is not None:
            yield f"流入方 {other.organisation} 已登记他 {other.text('departed_on')} 离开，流出方未登记返回"
        code, who = out.text("host_organisation_code"), "流入地党组织"
    else:
        other = ended.get(("outflow", guest.identity)) if guest else None
        if other is not None:
            yield f"流出方 {other.organisation} 已登记他 {other.text('returned_on')} 返回，流入方未登记离开"
        code, who = guest.text("home_branch_code") if guest else "", "组织关系所在党支部"
    if code in silent:
        yield f"{who} {code} 这一期未报"
