"""A command that is killed leaves the old files or the complete new ones, and works again at once."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.desk_scene import COMMANDS, lay_out

ROOT = Path(__file__).resolve().parents[1]


@pytest.mark.slow
def test_a_killed_command_loses_nothing(tmp_path: Path) -> None:
    scene = lay_out(tmp_path / "桌面")
    words = [sys.executable, "-X", "utf8", "-m", "tests.killed", str(scene), str(tmp_path / "结果")]
    done = subprocess.run(
        words, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0 and done.stderr == "", done.stderr
    found = json.loads((tmp_path / "结果").read_text(encoding="utf-8"))
    assert found["wrong"] == []
    assert found["left"] > len(COMMANDS)
    assert [name for name in COMMANDS if found["killed"][name] < 3] == [], "these ran to their end"
