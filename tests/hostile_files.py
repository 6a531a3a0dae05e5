"""Files that are not what their name says, or worse: made at test time from an honest workbook with one member."""

from collections.abc import Mapping
from pathlib import Path

from tests.hostile_kinds import FILES, under_password
from tests.hostile_packages import BYTES, PARTS
from tests.odd_workbooks import CELLS, PACKAGES
from tests.package_editing import repacked


def hostile(honest: bytes) -> Mapping[str, tuple[bytes, str]]:
    """By name: the bytes, and a part of the sentence a clerk must get."""
    return {
        **FILES,
        "口令.xlsx": (under_password(honest), "设了打开密码"),
        **{name: (change(honest), said) for name, (change, said) in BYTES.items()},
        **{name: (repacked(honest, change), said) for name, (change, said) in PARTS.items()},
    }


def odd(honest: bytes) -> Mapping[str, tuple[bytes, str]]:
    """By name: the bytes of a workbook that is read, and its outcome as ``tests.odd_workbooks`` writes it."""
    made = {**PACKAGES, **CELLS}
    return {f"{name}.xlsx": (repacked(honest, change), outcome) for name, (change, outcome) in made.items()}


def write_all(folder: Path, made: Mapping[str, tuple[bytes, str]]) -> Mapping[str, str]:
    """Write every file; by name, what is to be said of it."""
    for name, (data, _) in made.items():
        (folder / name).write_bytes(data)
    return {name: said for name, (_, said) in made.items()}
