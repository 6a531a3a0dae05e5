"""The command line: Chinese help, one-sentence problems, the fixed exit codes."""

from pathlib import Path

import pytest

from addin.actions import MODULES, load_actions
from addin.cli import main
from addin.registry import ACTIONS


def test_every_command_is_declared_under_its_own_name_with_label_and_tip() -> None:
    load_actions()
    assert list(MODULES) == [name for name in MODULES if name in ACTIONS]
    for action in ACTIONS.values():
        assert action.label
        assert action.tip
        for argument in action.arguments:
            assert argument.settings.get("help"), (action.name, argument.flags)


def test_help_is_chinese_throughout(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["check", "--help"])
    assert left.value.code == 0
    text = capsys.readouterr().out
    assert "用法：" in text
    for english in ("usage", "options", "positional", "show this"):
        assert english not in text


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["chek"],
        ["check"],
        ["check", "a.xlsx", "--nonsense"],
        ["check", "a.xlsx", "--as-of", "2026-13-01"],
        ["due", "a.xlsx", "--days", "many"],
    ],
)
def test_wrong_usage_is_one_sentence_and_exit_code_3(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(words) == 3
    told = capsys.readouterr()
    assert told.out == ""
    assert len(told.err.strip().splitlines()) == 1
    assert "Traceback" not in told.err
    assert any("一" <= char <= "鿿" for char in told.err)


def test_a_missing_file_is_one_sentence_and_exit_code_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(tmp_path / "没有.xlsx")]) == 2
    told = capsys.readouterr()
    assert "没有.xlsx" in told.err
    assert len(told.err.strip().splitlines()) == 1


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["--version"])
    assert left.value.code == 0
    assert capsys.readouterr().out.startswith("taizhang ")
