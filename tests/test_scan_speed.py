"""Looking through a part takes time in proportion to its size, whatever is repeated in it: no file hangs a desk."""

import time
import zipfile
from pathlib import Path

import pytest

from addin.loading import load_book
from addin.problem import CannotUse
from tests.drawing import draw
from tests.package_editing import SHEET, zipped
from tests.workbook_editing import write_drawn

HEAD = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
SIZE = 1 << 20
MOST_SECONDS = 5.0
"""Of processor time for one megabyte; a scan that starts anew at every tag takes hours."""

REPEATED = {
    "rows without an end": b"<row ",
    "rows with a torn place": b"<row r = ",
    "prefixed rows": b"<x:row ",
    "cells without an end": b"<c ",
    "cells with a place": b'<c r="A1" ',
    "far places in one tag": b' r="XFD1"',
    "kinds in one tag": b't="s"',
    "kinds with blanks": b"t    ",
    "numbers that are none": b"<v>n",
    "cells that are numbers that are none": b"<c t=<v>n",
    "formulas": b"<f",
    "ends": b"<c>",
    "quotes": b"='",
    "blanks": b"<row  ",
}


@pytest.fixture(scope="module")
def honest(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    path = write_drawn(tmp_path_factory.mktemp("honest") / "支部.xlsx", draw(member_roster="姓名\n张三"))
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


@pytest.mark.parametrize("unit", REPEATED.values(), ids=REPEATED)
def test_a_file_is_looked_through_in_proportion_to_its_size(
    unit: bytes, honest: dict[str, bytes], tmp_path: Path
) -> None:
    for head in (HEAD, HEAD.replace(b'"', b"'")):
        file = tmp_path / "支部.xlsx"
        parts = {**honest, SHEET: head + b"<x" + unit * (SIZE // len(unit))}
        file.write_bytes(zipped(parts.items(), zipfile.ZIP_STORED))
        started = time.process_time()
        with pytest.raises(CannotUse):
            load_book(file)
        assert time.process_time() - started < MOST_SECONDS
