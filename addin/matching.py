"""双向比对 (R-FLOAT): what home branches say about members living away against what host branches say."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from addin.flow_advice import advice, home_away, outside_home, outside_host
from addin.merging.directory import Directory
from addin.submissions import BY_PLACE, MergedRow, Rows
from validators.policy import Policy
from validators.words import FlowMatch, RelationBelonging

OUTFLOW, INFLOW, ROSTER = "outflow", "inflow", "member_roster"
_ID_LENGTH = 18
DIFFERS = frozenset({FlowMatch.DATE_DIFFERS, FlowMatch.PLACE_DIFFERS, FlowMatch.NUMBER_DIFFERS})
"""The results counted as 不一致."""


@dataclass(frozen=True, slots=True)
class Flow:
    """One member away: what the home branch (``out``) and the host branch (``guest``) wrote, and how they compare.

    ``days`` lies between 外出日期 and 流入日期; ``unconfirmed_since`` is the day from which a one-sided entry is
    超期未确认, None while it is not.
    """

    result: str
    out: MergedRow | None
    guest: MergedRow | None
    days: int | None = None
    differences: tuple[str, ...] = ()
    advice: str = ""
    unconfirmed_since: date | None = None

    @property
    def row(self) -> MergedRow:
        """The row that tells who it is: the home branch's, else the host's."""
        row = self.out or self.guest
        if row is None:
            raise ValueError("a flow without any row")
        return row


def match_flows(rows: Rows, directory: Directory, silent: frozenset[str], policy: Policy, as_of: date) -> list[Flow]:
    """Every open absence and every open arrival exactly once, pairs joined, in order of result and place.

    Pairs by identity number, then by name and birth date. ``silent`` are organisations that have not reported.
    """
    left = {_who(row) for row in rows.get(ROSTER, ()) if row.values.get("relation_belonging") == RelationBelonging.LEFT}
    outs = [row for row in rows.get(OUTFLOW, ()) if not row.values.get("returned_on") and _who(row) not in left]
    guests = [row for row in rows.get(INFLOW, ()) if not row.values.get("departed_on")]
    pairs = list(_pairs(outs, guests, lambda row: row.identity))
    outs, guests = _unpaired(outs, guests, pairs)
    near = list(_pairs(outs, guests, _name_and_birth))
    outs, guests = _unpaired(outs, guests, near)
    flows = [_compared(out, guest, policy) for out, guest in pairs]
    flows += [_suspected(_compared(out, guest, policy)) for out, guest in near]
    tree = frozenset({*directory.entries, *(row.organisation for group in rows.values() for row in group)})
    homes = {row.identity: row.organisation for row in rows.get(ROSTER, ()) if row.identity and _who(row) not in left}
    ended = _ended(rows)
    for out in outs:
        reason = outside_host(out, tree, directory)
        flows.append(_one_sided(FlowMatch.OUTFLOW_ONLY, out, None, reason, ended, silent, policy, as_of))
    for guest in guests:
        reason = outside_home(guest, tree, directory, homes)
        flows.append(_one_sided(FlowMatch.INFLOW_ONLY, None, guest, reason, ended, silent, policy, as_of))
    return sorted(flows, key=_order)


def match_counts(flows: Iterable[Flow]) -> dict[str, int]:
    """已对上, 仅流出方, 仅流入方, 不一致, 外部 and 疑似 add up to all; 超期未确认 tells how many one-sided are late."""
    counts: Counter[str] = Counter()
    late = 0
    for flow in flows:
        counts["不一致" if flow.result in DIFFERS else flow.result] += 1
        late += flow.unconfirmed_since is not None
    order = (FlowMatch.MATCHED, FlowMatch.OUTFLOW_ONLY, FlowMatch.INFLOW_ONLY, "不一致", FlowMatch.OUTSIDE)
    return {word: counts[word] for word in order} | {FlowMatch.UNCONFIRMED: late, FlowMatch.SUSPECTED: counts["疑似"]}


def _who(row: MergedRow) -> tuple[str, str]:
    return row.organisation, row.identity or row.text("name")


def _name_and_birth(row: MergedRow) -> str:
    """Name and birth date as the number tells it, also when its last digits are lost; "" when it cannot."""
    digits = row.identity or row.text("identity_number")
    birth = digits[6:14]
    return f"{row.text('name')} {birth}" if len(birth) == 8 and birth.isdigit() and row.text("name") else ""


def _pairs(
    outs: Iterable[MergedRow], guests: Iterable[MergedRow], key: Callable[[MergedRow], str]
) -> Iterator[tuple[MergedRow, MergedRow]]:
    """Each row at most once; of several candidates those that name each other and are nearest in date."""
    by_key: dict[str, tuple[list[MergedRow], list[MergedRow]]] = defaultdict(lambda: ([], []))
    for side, rows in enumerate((outs, guests)):
        for row in rows:
            if key(row):
                by_key[key(row)][side].append(row)
    for here, there in by_key.values():
        candidates = sorted(
            (_distance(out, guest), out.place, guest.place, number, other)
            for number, out in enumerate(here)
            for other, guest in enumerate(there)
            if out.organisation != guest.organisation
        )
        used_here, used_there = set(), set()
        for *_, number, other in candidates:
            if number not in used_here and other not in used_there:
                used_here.add(number)
                used_there.add(other)
                yield here[number], there[other]


def _distance(out: MergedRow, guest: MergedRow) -> tuple[bool, int]:
    days = _days(out, guest)
    return out.text("host_organisation_code") != guest.organisation, days if days is not None else 10**6


def _days(out: MergedRow, guest: MergedRow) -> int | None:
    left, arrived = out.values.get("left_on"), guest.values.get("arrived_on")
    if isinstance(left, date) and isinstance(arrived, date):
        return abs((arrived - left).days)
    return None


def _unpaired(
    outs: Sequence[MergedRow], guests: Sequence[MergedRow], pairs: Iterable[tuple[MergedRow, MergedRow]]
) -> tuple[list[MergedRow], list[MergedRow]]:
    used = {id(row) for pair in pairs for row in pair}
    return [row for row in outs if id(row) not in used], [row for row in guests if id(row) not in used]


def _compared(out: MergedRow, guest: MergedRow, policy: Policy) -> Flow:
    days = _days(out, guest)
    host, home = out.text("host_organisation_code"), guest.text("home_branch_code")
    found: list[tuple[str, str]] = []
    if out.identity and guest.identity and out.identity != guest.identity:
        found.append((FlowMatch.NUMBER_DIFFERS, "两边的公民身份号码不同"))
    card, shown = out.text("certificate_number"), guest.text("certificate_number")
    if card and shown and card != shown:
        found.append((FlowMatch.NUMBER_DIFFERS, f"流出方登记的活动证编号是 {card}，流入方查验的是 {shown}"))
    if host and host != guest.organisation:
        text = f"流出方登记的流入地党组织代码是 {host}，登记流入的是 {guest.organisation}"
        found.append((FlowMatch.PLACE_DIFFERS, text))
    most = policy.whole("match.date_days")
    if days is not None and days > most:
        found.append((FlowMatch.DATE_DIFFERS, f"外出与流入相差 {days} 天，超过 {most} 天"))
    texts = [text for _, text in found]
    if home and home != out.organisation:
        texts.append(f"流入方登记的原支部代码是 {home}，登记流出的是 {out.organisation}")
    result = found[0][0] if found else FlowMatch.MATCHED
    return Flow(result, out, guest, days, tuple(texts), advice(result))


def _suspected(flow: Flow) -> Flow:
    """Found by name and birth date only: two good numbers that differ are a mismatch, otherwise it stays 疑似."""
    if all(row is not None and len(row.identity) == _ID_LENGTH for row in (flow.out, flow.guest)):
        return flow
    texts = ("姓名、出生日期相同，公民身份号码不全或有误，疑似同一人", *flow.differences)
    return replace(flow, result=FlowMatch.SUSPECTED, differences=texts, advice=advice(FlowMatch.SUSPECTED))


def _ended(rows: Rows) -> Mapping[tuple[str, str], MergedRow]:
    """Absences and arrivals that have ended, by register and identity number, the last one in order of place."""
    ends = ((OUTFLOW, "returned_on"), (INFLOW, "departed_on"))
    return {
        (register, row.identity): row
        for register, key in ends
        for row in sorted(rows.get(register, ()), key=BY_PLACE)
        if row.identity and row.values.get(key)
    }


def _one_sided(
    result: str,
    out: MergedRow | None,
    guest: MergedRow | None,
    outside: str,
    ended: Mapping[tuple[str, str], MergedRow],
    silent: frozenset[str],
    policy: Policy,
    as_of: date,
) -> Flow:
    if outside:
        return Flow(FlowMatch.OUTSIDE, out, guest, differences=(outside,), advice=advice(FlowMatch.OUTSIDE))
    differences = list(home_away(out, guest, ended, silent))
    began = out.values.get("left_on") if out else guest.values.get("arrived_on") if guest else None
    days = policy.whole("match.confirm_days")
    late = began + timedelta(days=days) if isinstance(began, date) else None
    if late is None or as_of <= late:
        return Flow(result, out, guest, differences=tuple(differences), advice=advice(result, out))
    differences.insert(0, f"超期未确认：{began} + {days} 天 = {late} < 基准日 {as_of}")
    return Flow(result, out, guest, None, tuple(differences), advice(result, out), late)


_ORDER = (
    FlowMatch.NUMBER_DIFFERS,
    FlowMatch.PLACE_DIFFERS,
    FlowMatch.DATE_DIFFERS,
    FlowMatch.SUSPECTED,
    FlowMatch.OUTFLOW_ONLY,
    FlowMatch.INFLOW_ONLY,
    FlowMatch.OUTSIDE,
    FlowMatch.MATCHED,
)


def _order(flow: Flow) -> tuple[int, tuple[str, str, int]]:
    return _ORDER.index(flow.result), flow.row.place
