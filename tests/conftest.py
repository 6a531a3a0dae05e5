"""Says aloud which tests a machine cannot run, instead of skipping them silently; no test rests on seconds."""

import os
from collections.abc import Mapping

import pytest
from hypothesis import HealthCheck, settings

from addin.desk_log import FOLDER_VARIABLE
from tests import office, ooxml_validator

# How long an example takes says more about the machine than about the code.
settings.register_profile("taizhang", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("taizhang")


def missing_parts() -> Mapping[str, str]:
    """By marker, why its tests cannot run here; empty in CI, where a missing part is a failure."""
    if os.environ.get("CI"):
        return {}
    parts = {
        "ooxml": "" if ooxml_validator.binary() else f"no Open XML validator here ({ooxml_validator.INSTALL})",
        "live": office.why_not(),
    }
    return {marker: reason for marker, reason in parts.items() if reason}


@pytest.fixture(autouse=True, scope="session")
def own_log(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Commands run by tests keep their log apart from the user's."""
    os.environ[FOLDER_VARIABLE] = str(tmp_path_factory.mktemp("log"))


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "ooxml: needs the Open XML validator; in CI its absence is a failure")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    missing = missing_parts()
    left_out = [item for item in items if any(item.get_closest_marker(marker) for marker in missing)]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in left_out]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for marker, reason in missing_parts().items():
        terminalreporter.write_line(f"tests marked {marker} are left out: {reason}", yellow=True)
