"""Fresh workbooks made with XlsxWriter, written whole or not at all; what it keeps on the way is private."""

import io
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError

from addin.hosts.atomic import atomic_path
from addin.hosts.bulk_file import with_rows
from addin.hosts.bulk_sheet import BulkSheet
from addin.hosts.scratch import scratch_folder

TEXTS_STAY_TEXTS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


@contextmanager
def fresh_workbook(
    path: Path, options: Mapping[str, Any], finish: Callable[[bytes], bytes] | None = None
) -> Iterator[xlsxwriter.Workbook]:
    """A workbook to fill; it is at ``path`` when the block has ended well. ``finish`` changes the bytes of the file.

    Raises OSError naming the path, e.g. when the disk is full.
    """
    with atomic_path(path) as fresh, scratch_folder() as scratch:
        made = io.BytesIO()
        workbook = xlsxwriter.Workbook(made, {**TEXTS_STAY_TEXTS, **options, "tmpdir": str(scratch)})
        yield workbook
        sheets = [sheet for sheet in workbook.worksheets() if isinstance(sheet, BulkSheet)]
        for sheet in sheets:
            sheet.leaves_rows_out = True
        try:
            workbook.close()
        except FileCreateError as trouble:
            raise _cause(trouble, fresh) from trouble
        data = with_rows(made.getvalue(), sheets)
        fresh.write_bytes(finish(data) if finish is not None else data)


def _cause(trouble: FileCreateError, fresh: Path) -> OSError:
    """What the system said; the clerk knows the file that was to be, not what was kept on the way to it."""
    said = trouble.args[0] if trouble.args else None
    return OSError(said.errno, said.strerror, str(fresh)) if isinstance(said, OSError) else OSError(str(trouble))
