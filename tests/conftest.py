"""Says aloud which tests a machine cannot run, instead of skipping them silently."""

import os

import pytest

from tests import ooxml_validator

MISSING = f"tests marked ooxml are left out: no Open XML validator here ({ooxml_validator.INSTALL})"


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "ooxml: needs the Open XML validator; in CI its absence is a failure")


def without_validator() -> bool:
    """On a desk the marked tests are deselected when the validator is missing; in CI they run and fail."""
    return ooxml_validator.binary() is None and not os.environ.get("CI")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if without_validator():
        left_out = [item for item in items if item.get_closest_marker("ooxml")]
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if without_validator():
        terminalreporter.write_line(MISSING, yellow=True)
