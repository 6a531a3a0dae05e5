"""The rows of the sheet 失联名单: all ten lists one below the other, both clocks side by side."""

from collections.abc import Mapping, Sequence

from addin.masking import mask_identity, mask_numbers
from validators.lost import ListedPerson
from validators.table import Value


def lost_rows(lists: Mapping[str, Sequence[ListedPerson]], organisations: Mapping[str, str]) -> list[dict[str, Value]]:
    """The rows of the register ``lost_list`` by column key, numbered within each list; numbers masked."""
    return [_row(number, one, organisations) for people in lists.values() for number, one in enumerate(people, 1)]


def _row(number: int, one: ListedPerson, organisations: Mapping[str, str]) -> dict[str, Value]:
    organisation = one.key.organisation
    return {
        "list": one.list_name,
        "number": number,
        "name": one.name or None,
        "identity_number": mask_identity(one.key.identity_number) or None,
        "state": one.state or None,
        "contact_person": one.contact_person or None,
        "contact_lost_since": one.contact_clock_start,
        "lost_on": one.lost_on,
        "form_lost_since": one.form_clock_start,
        "months_lost": one.months_lost,
        "text": mask_numbers(one.text),
        "rule": one.rule,
        "next_step": f"{one.next_step}（{one.next_rule}）" if one.next_step else None,
        "next_due_on": one.next_due,
        "missing": "；".join(one.missing) or None,
        "outcomes": one.outcomes or None,
        "sheet": one.sheet,
        "cell": f"A{one.row}",
        "organisation": organisations.get(organisation, organisation) or None,
    }
