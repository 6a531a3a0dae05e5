"""报送记录: what left a workbook, when, how many rows and to whom (R-SEC-NOPUBLISH); lines are only added."""

import json
from collections.abc import Mapping
from pathlib import Path

from addin.hosts.own_folder import make_own_folder

NAME = "报送记录.jsonl"


def note_export(workbook: Path, entry: Mapping[str, str]) -> None:
    """Append one line, as JSON, to the log beside a workbook. It names no member. Raises OSError."""
    line = json.dumps(entry, ensure_ascii=False)
    with (make_own_folder(workbook) / NAME).open("a", encoding="utf-8") as log:
        log.write(line + "\n")
