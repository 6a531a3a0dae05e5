"""What a merge tells: lines for the clerk, and the JSON of the contract."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from addin.conflicts import Conflict
from addin.differences import Change
from addin.masking import mask_identity, mask_numbers
from addin.matching import DIFFERS, Flow, match_counts
from addin.merging.balance import READ
from addin.merging.choices import source_text
from addin.merging.merge import Merged
from addin.merging.result_sheets import balance_text
from addin.merging.status_sheet import Standing, overview
from addin.submissions import MergedRow
from validators.registers import registers
from validators.wording import shown
from validators.words import SubmissionStatus

_MOST_LINES = 20


def merge_lines(merged: Merged, found: Sequence[Standing]) -> Iterator[str]:
    """The result in words: who reported, the balance, conflicts, both sides of flows."""
    counts = overview(found)
    figures = "、".join(f"{status} {number}" for status, number in sorted(counts.items()) if number)
    yield f"填报期 {merged.intake.period or '未填'}：应报 {len(merged.directory.expected)} 个党组织，{figures}。"
    yield balance_text(merged.account.total, merged.account.removed) + "。"
    yield from _asides(found)
    yield from _conflict_lines(merged)
    matching = match_counts(merged.flows)
    yield "双向比对：" + "、".join(f"{word} {number}" for word, number in matching.items()) + "。"
    missing = [each for each in found if each.status == SubmissionStatus.MISSING]
    if missing:
        yield f"还没有报的 {len(missing)} 个，下面的话可以直接粘贴发出："
        yield from (f"  {shown(each.row.get('note'))}" for each in missing[:_MOST_LINES])
        if len(missing) > _MOST_LINES:
            yield f"  其余 {len(missing) - _MOST_LINES} 个见“报送情况”的“说明”。"


def _asides(found: Sequence[Standing]) -> Iterator[str]:
    aside = [each for each in found if each.status not in (SubmissionStatus.SUBMITTED, SubmissionStatus.MISSING)]
    if aside:
        yield f"没有合并的文件 {len(aside)} 个："
        for each in aside[:_MOST_LINES]:
            yield f"  {each.status}　{shown(each.row.get('file'))}　{shown(each.row.get('note'))}"
        if len(aside) > _MOST_LINES:
            yield f"  其余 {len(aside) - _MOST_LINES} 个见“报送情况”。"


def _conflict_lines(merged: Merged) -> Iterator[str]:
    if not merged.conflicts:
        return
    open_ones = sum(1 for conflict in merged.conflicts if not conflict.adopt)
    kinds = Counter(conflict.kind for conflict in merged.conflicts)
    figures = "、".join(f"{kind} {number}" for kind, number in kinds.items())
    yield f"冲突处理 {len(merged.conflicts)} 行（{figures}），其中 {open_ones} 行还没有选“采用”。"


def merge_json(merged: Merged, found: Sequence[Standing], *, full_ids: bool) -> dict[str, Any]:
    """The contract's JSON. ``id`` is masked unless ``full_ids``; ``files`` names who sent none, too."""
    show, plain = (str, str) if full_ids else (mask_identity, mask_numbers)
    doubles = [
        {
            "id": show(number),
            "name": group[0].text("name"),
            "sources": [
                {"organisation": row.organisation, "file": row.file, "row": row.row, "status": _belongs(row)}
                for row in group
            ],
        }
        for number, group in merged.doubles.items()
    ]
    accounts = {key: merged.account.of(key) for key in merged.account.counts}
    return {
        "schema": 1,
        "period": merged.intake.period,
        "counts": merged.account.total,
        "removed": merged.account.removed,
        "registers": {registers()[key].title: counts for key, counts in accounts.items() if counts[READ]},
        "files": [_file(each) for each in found],
        "doubles": doubles,
        "conflicts": [_conflict(one, show(one.one.text("identity_number")), plain) for one in merged.conflicts],
        "matching": match_counts(merged.flows),
        "flows": [_flow(flow, show(flow.row.text("identity_number"))) for flow in merged.flows],
        "changes": [_change(change, show(change.row.text("identity_number"))) for change in merged.account.changes],
    }


def _belongs(row: MergedRow) -> str:
    return row.text("relation_belonging")


def _file(each: Standing) -> dict[str, Any]:
    return {
        "file": shown(each.row.get("file")),
        "organisation": each.organisation,
        "status": each.status,
        "rows": each.rows_read,
        "errors": each.row.get("error_count") or 0,
        "queries": each.row.get("query_count") or 0,
        "fingerprint": shown(each.row.get("fingerprint")),
        "note": shown(each.row.get("note")),
    }


def _conflict(conflict: Conflict, number: str, plain: Callable[[str], str]) -> dict[str, str]:
    return {
        "kind": conflict.kind,
        "id": number,
        "name": conflict.one.text("name"),
        "sheet": registers()[conflict.register].title,
        "field": conflict.field,
        "value_one": plain(conflict.value_one),
        "source_one": source_text(conflict.one),
        "value_two": plain(conflict.value_two),
        "source_two": source_text(conflict.two),
        "adopt": conflict.adopt,
        "reason": plain(conflict.reason),
    }


def _flow(flow: Flow, number: str) -> dict[str, Any]:
    return {
        "result": "不一致" if flow.result in DIFFERS else flow.result,
        "detail": flow.result,
        "id": number,
        "name": flow.row.text("name"),
        "outflow": _place(flow.out),
        "inflow": _place(flow.guest),
        "days": flow.days,
        "text": "；".join(flow.differences),
        "unconfirmed": flow.unconfirmed_since is not None,
    }


def _place(row: MergedRow | None) -> Mapping[str, Any] | None:
    return None if row is None else {"organisation": row.organisation, "file": row.file, "row": row.row}


def _change(change: Change, number: str) -> dict[str, Any]:
    return {
        "sheet": registers()[change.register].title,
        "change": change.kind,
        "organisation": change.row.organisation,
        "id": number,
        "name": change.row.text("name"),
        "difference": "；".join(str(difference) for difference in change.differences),
        "file": change.row.file,
        "row": change.row.row,
    }
