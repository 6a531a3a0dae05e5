"""Draws the rows of a file where it is read, as the sheets of the committee workbook will take them."""

from collections.abc import Mapping
from functools import cache

from addin.hosts.bulk_rows import RowDrawer, TooLongError
from addin.hosts.drawn_rows import look_of, packed_rows
from addin.hosts.workbook_writer import row_columns
from addin.submissions import Submission

_MOST_SEEN = 2_000
"""So many cells of a column a reading process remembers from file to file."""


def drawn_ahead(submission: Submission) -> Mapping[str, bytes]:
    """By register key, the rows of a branch as the committee's sheet takes them; blank registers are absent.

    Rows of a committee are none of one file and are drawn when they are written.
    """
    if submission.kind != "branch":
        return {}
    found: dict[str, bytes] = {}
    for register, rows in submission.rows.items():
        drawer, look = _drawers()[register]
        try:
            drawn = [drawer.row(row.for_sheet()) for row in rows]
        except TooLongError:
            continue  # whoever writes the row tells the clerk its cell
        if drawn:
            found[register] = packed_rows(look, drawn)
    return found


@cache
def _drawers() -> Mapping[str, tuple[RowDrawer, bytes]]:
    columns = row_columns("committee")
    return {register: (RowDrawer(each, _MOST_SEEN), look_of(each)) for register, each in columns.items()}
