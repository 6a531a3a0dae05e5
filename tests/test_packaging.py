"""The packages are ours: `validators` also exists on PyPI and must never shadow or overwrite this one."""

import tomllib
from importlib.metadata import PackageNotFoundError, entry_points, version
from pathlib import Path

import pytest

import addin
import validators

ROOT = Path(__file__).resolve().parents[1]


def test_the_package_validators_of_pypi_is_not_installed() -> None:
    with pytest.raises(PackageNotFoundError):
        version("validators")


def test_both_packages_come_from_the_same_place() -> None:
    assert Path(validators.__file__).parents[1] == Path(addin.__file__).parents[1]


def test_the_console_script_is_taizhang() -> None:
    (script,) = entry_points(group="console_scripts", name="taizhang")
    assert script.value == "addin.cli:main"


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_every_dependency_is_locked_with_hashes_and_without_addresses(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for dependency in project["dependencies"]:
        name = dependency.split(">")[0].split("=")[0]
        assert f"\n{name}==" in f"\n{text}"
    assert "://" not in text
    assert text.count("--hash=sha256:") > text.count("==")


def test_the_locks_agree() -> None:
    pinned = {}
    for lock in ("requirements-dev.lock", "requirements.lock"):
        lines = (ROOT / lock).read_text(encoding="utf-8").splitlines()
        pinned[lock] = {line.split(" ")[0] for line in lines if line[:1].isalnum()}
    assert pinned["requirements.lock"] <= pinned["requirements-dev.lock"]


def test_paid_parts_of_xlwings_are_not_used() -> None:
    for folder in ("addin", "validators", "macros"):
        for module in (ROOT / folder).rglob("*.py"):
            assert "xlwings.pro" not in module.read_text(encoding="utf-8"), module
