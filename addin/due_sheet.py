"""The rows of the sheet 逾期与到期, and the words its states and days have there and on the console."""

from collections.abc import Iterable, Mapping

from addin.masking import mask_identity, mask_numbers
from addin.weekly_load import by_person, who
from validators.due import DueItem, Status
from validators.table import Value
from validators.words import DueStatus

STATUS: Mapping[Status, str] = {
    "overdue": DueStatus.OVERDUE,
    "due": DueStatus.DUE,
    "coming": DueStatus.COMING,
}
"""The word of each state of a deadline."""


def due_rows(items: Iterable[DueItem], organisations: Mapping[str, str]) -> list[dict[str, Value]]:
    """The rows of the register ``due_list`` by column key, person by person; numbers masked.

    ``organisations`` maps codes to names. The cell is where the deadline comes from.
    """
    ordered = [item for theirs in by_person(items).values() for item in theirs]
    return [_row(number, item, organisations) for number, item in enumerate(ordered, 1)]


def _row(number: int, item: DueItem, organisations: Mapping[str, str]) -> dict[str, Value]:
    organisation = item.key.organisation
    return {
        "number": number,
        "contact_person": who(item),
        "name": item.name or None,
        "identity_number": mask_identity(item.key.identity_number) or None,
        "item": item.kind,
        "status": STATUS[item.status],
        "due_on": item.due,
        "days": item.days,
        "text": mask_numbers(item.text),
        "rule": item.rule,
        "sheet": item.sheet,
        "cell": f"A{item.row}",
        "organisation": organisations.get(organisation, organisation) or None,
    }


def days_words(days: int) -> str:
    """``逾期55天``, ``今天`` or ``还有7天``."""
    if days < 0:
        return f"逾期{-days}天"
    return f"还有{days}天" if days else "今天"
