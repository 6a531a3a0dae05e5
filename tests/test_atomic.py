"""A file is replaced whole or not at all."""

import os
from pathlib import Path

import pytest

from addin.hosts.atomic import atomic_path


def test_the_new_file_takes_the_place_of_the_old(tmp_path: Path) -> None:
    target = tmp_path / "台账.xlsx"
    target.write_text("old")
    with atomic_path(target) as fresh:
        fresh.write_text("new")
        assert target.read_text() == "old"
        assert fresh.suffix == ".xlsx"
    assert target.read_text() == "new"
    assert [path.name for path in tmp_path.iterdir()] == ["台账.xlsx"]


def test_a_failure_keeps_the_old_file_and_leaves_nothing_behind(tmp_path: Path) -> None:
    target = tmp_path / "台账.xlsx"
    target.write_text("old")
    with pytest.raises(RuntimeError), atomic_path(target) as fresh:
        fresh.write_text("half")
        raise RuntimeError
    assert target.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["台账.xlsx"]


def test_missing_folders_are_made(tmp_path: Path) -> None:
    target = tmp_path / "报送" / "2026" / "表.json"
    with atomic_path(target) as fresh:
        fresh.write_text("{}")
    assert target.read_text() == "{}"


def test_permissions_stay_those_of_the_replaced_file(tmp_path: Path) -> None:
    target = tmp_path / "台账.xlsx"
    target.write_text("old")
    target.chmod(0o640)
    with atomic_path(target) as fresh:
        fresh.write_text("new")
    assert target.stat().st_mode & 0o777 == 0o640


def test_a_fresh_file_is_readable_as_the_umask_says(tmp_path: Path) -> None:
    target = tmp_path / "新.xlsx"
    old = os.umask(0o022)
    try:
        with atomic_path(target) as fresh:
            fresh.write_text("new")
    finally:
        os.umask(old)
    assert target.stat().st_mode & 0o777 == 0o644
