"""A filled copy of somebody else's workbook: the cells that are filled change, everything else stays as it is."""

import shutil
from collections.abc import Sequence
from pathlib import Path

from addin.hosts.atomic import atomic_path
from addin.hosts.patching import CellValue, patched, write_cells
from addin.hosts.scratch import scratch_folder
from addin.problem import CannotUse


def filled_copy(empty: Path, target: Path, values: Sequence[CellValue]) -> list[CellValue]:
    """Copy ``empty`` to ``target`` with these values; those not written because a formula stands there.

    Raises CannotUse when both are one file, OSError when the copy cannot be written.
    """
    if target.resolve() == empty.resolve():
        raise CannotUse("填好的表不能盖住空表，请用 -o 换一个文件名。")
    with scratch_folder() as scratch:
        filled = scratch / target.name
        shutil.copyfile(empty, filled)
        with patched(filled) as workbook:
            refused = write_cells(workbook, values)
        with atomic_path(target) as fresh:
            shutil.copyfile(filled, fresh)
    return refused
