"""What is unpacked on the way lies in private folders, which go away also when the run that made them was killed."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from addin.cli import main
from addin.hosts.scratch import PREFIX, scratch_folder

HOLDING = """
import sys
from addin.hosts.scratch import scratch_folder
with scratch_folder() as folder:
    (folder / "支部.xlsx").write_text("secret")
    print(folder, flush=True)
    sys.stdin.read()
"""


@pytest.fixture(autouse=True)
def own_temporary_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))


def test_a_scratch_folder_is_private_and_goes_away() -> None:
    with scratch_folder() as folder:
        assert folder.stat().st_mode & 0o777 == 0o700
        (folder / "支部.xlsx").write_text("secret")
    assert not folder.exists()


def test_the_next_start_removes_what_a_killed_run_left_and_nothing_else(tmp_path: Path) -> None:
    strange = tmp_path / f"{PREFIX}别人的"
    strange.mkdir()
    run = subprocess.Popen(
        [sys.executable, "-X", "utf8", "-c", HOLDING],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "TMPDIR": str(tmp_path), "PYTHONPATH": str(Path(__file__).resolve().parents[1])},
        encoding="utf-8",
    )
    assert run.stdout is not None and run.stdin is not None
    left = Path(run.stdout.readline().strip())
    for folder in (left, strange):
        os.utime(folder, (0, 0))
    main(["new"])
    assert left.exists(), "somebody still works there"
    run.kill()
    run.wait()
    run.stdout.close()
    run.stdin.close()
    os.utime(left, (0, 0))
    main(["new"])
    assert not left.exists()
    assert strange.exists()
