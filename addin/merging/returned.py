"""The sheet 退回事项 from one 退回 or merge to the next: what is new, what still stands, what is ticked off."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from addin.merging.directory import Directory
from addin.merging.items import CHECK, Item
from addin.merging.previous import SheetRow
from validators.table import Value
from validators.wording import shown
from validators.words import ReturnStatus


def returned_rows(
    before: Sequence[SheetRow], items: Iterable[Item], directory: Directory, today: str, due: date
) -> list[SheetRow]:
    """Every item once for its organisation: earlier ones keep their dates and 办理情况, or are ticked off."""
    known = {(shown(row.get("organisation_code")), shown(row.get("item_key"))): row for row in before}
    rows: list[SheetRow] = []
    present = set()
    for item in items:
        place = item.organisation, item.key
        if not item.organisation or place in present:
            continue
        present.add(place)
        earlier = known.get(place, {})
        stands = earlier.get("status") == ReturnStatus.OPEN
        kept = {key: earlier[key] for key in ("returned_on", "due_on", "reply") if stands and earlier.get(key)}
        rows.append({**_row(item, directory), "returned_on": today, "due_on": due, **kept})
    rows += [_ticked(row, today) for place, row in known.items() if place not in present]
    return sorted(rows, key=lambda row: (shown(row.get("organisation_code")), row.get("status") != ReturnStatus.OPEN))


def tick_off(before: Sequence[SheetRow], present: Collection[str], read: Collection[str], today: str) -> list[SheetRow]:
    """The sheet after a merge: matters no longer ``present`` are 已改. Findings only of organisations ``read`` anew."""
    return [
        row
        if shown(row.get("item_key")) in present
        or (row.get("matter") == CHECK and shown(row.get("organisation_code")) not in read)
        else _ticked(row, today)
        for row in before
    ]


def for_branch(rows: Iterable[SheetRow], code: str) -> list[SheetRow]:
    """The lines of one organisation as its 退回单 shows them."""
    return [row for row in rows if row.get("organisation_code") == code]


def _ticked(row: SheetRow, today: str) -> SheetRow:
    if row.get("status") == ReturnStatus.DONE:
        return row
    return {**row, "status": ReturnStatus.DONE, "closed_on": today}


def _row(item: Item, directory: Directory) -> SheetRow:
    row: dict[str, Value] = {
        "organisation_code": item.organisation,
        "organisation_name": directory.name(item.organisation),
        "matter": item.matter,
        "sheet": item.sheet,
        "cell": item.cell,
        "name": item.name,
        "identity_number": item.identity_number,
        "message": item.message,
        "fix": item.fix,
        "rule": item.rule,
        "status": ReturnStatus.OPEN,
        "item_key": item.key,
    }
    return {key: value for key, value in row.items() if value not in (None, "")}
