"""报送记录: what left a workbook, when, how many rows and to whom (R-SEC-NOPUBLISH); each line linked to the last."""

import contextlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from addin.hosts.chain import append_linked
from addin.hosts.own_folder import make_own_folder

NAME = "报送记录.jsonl"
NOT_DONE = "没有完成"


@contextmanager
def noting_export(workbook: Path, entry: Mapping[str, str]) -> Iterator[None]:
    """Append one line, as JSON, to the log beside a workbook before anything leaves it; one more when that failed.

    The lines name no member. Raises OSError; then the block is not begun.
    """
    _append(workbook, entry)
    try:
        yield
    except BaseException:
        with contextlib.suppress(OSError):
            _append(workbook, {**entry, "状态": NOT_DONE})
        raise


def _append(workbook: Path, entry: Mapping[str, str]) -> None:
    append_linked(make_own_folder(workbook) / NAME, entry)
