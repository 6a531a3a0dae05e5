"""On a disk that is really full every command says so in one sentence; nothing is changed, nothing is left behind."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.desk_scene import COMMANDS, lay_out

ROOT = Path(__file__).resolve().parents[1]
WAYS = (("unshare", "--mount"), ("unshare", "--map-root-user", "--mount"))
"""How to get a disk of one's own: as root, as anybody."""


def may_mount(way: tuple[str, ...]) -> bool:
    try:
        done = subprocess.run([*way, "mount", "-t", "tmpfs", "none", "/mnt"], capture_output=True, check=False)
    except FileNotFoundError:
        return False
    return done.returncode == 0


@pytest.mark.slow
def test_a_full_disk_loses_nothing(tmp_path: Path) -> None:
    scene = lay_out(tmp_path / "桌面")
    way = next((way for way in WAYS if may_mount(way)), ())
    limit = () if way else ("--limit",)
    words = [*way, sys.executable, "-X", "utf8", "-m", "tests.full_disk", str(scene), str(tmp_path / "结果"), *limit]
    done = subprocess.run(
        words, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0 and done.stderr == "", done.stderr
    found = json.loads((tmp_path / "结果").read_text(encoding="utf-8"))
    assert found["wrong"] == []
    assert [name for name in COMMANDS if not found["refused"][name]] == [], "room was never short"
