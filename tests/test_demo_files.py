"""Every workbook the demonstration produces is valid Open XML, so that Excel opens it without "repair"."""

from pathlib import Path

import pytest

from addin.cli import main
from tests.ooxml_validator import validate


@pytest.mark.slow
@pytest.mark.ooxml
def test_every_produced_workbook_is_valid(tmp_path: Path) -> None:
    assert main(["demo", str(tmp_path / "demo"), "--as-of", "2026-11-24"]) == 0
    made = [path for path in sorted((tmp_path / "demo").rglob("*.xlsx")) if ".taizhang" not in path.parts]
    unreadable = [path for path in made if "养老服务中心" in path.name and path.parent.name in ("支部台账", "报送")]
    assert len(made) > 60 and unreadable
    assert validate(path for path in made if path not in unreadable) == []
