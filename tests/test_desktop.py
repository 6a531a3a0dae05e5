"""A button pressed in Excel: the right window is found, the answer is left where the launcher reads it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from addin import desktop
from addin.excel_package import macro_project
from addin.hosts import running_excel
from addin.live import checking
from addin.live.press import BUTTONS
from addin.live.session import Reply, Session
from addin.problem import CannotUse

ROOT = Path(__file__).resolve().parents[1]


@dataclass
class Books:
    """Stands for the workbooks of a running Excel."""

    names: list[str]

    def __len__(self) -> int:
        return len(self.names)

    @property
    def active(self) -> str:
        return self.names[0]


@dataclass
class Excel:
    """Stands for one running Excel."""

    hwnd: int
    books: Books = field(default_factory=lambda: Books([]))


@dataclass
class Apps:
    running: list[Excel]

    def __iter__(self) -> Iterator[Excel]:
        return iter(self.running)


@pytest.fixture
def pressed(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Two Excel windows; which workbook the button met."""
    met: list[object] = []

    def check(session: Session) -> Reply:
        met.append(session.open_book)
        return Reply("错误 1 处，请看“问题清单”。", 1)

    monkeypatch.setattr(checking, "check", check)
    monkeypatch.setattr(running_excel.xw, "apps", Apps([Excel(11, Books(["甲.xlsx"])), Excel(22, Books(["乙.xlsx"]))]))
    return met


def press(tmp_path: Path, button: str, window: int) -> tuple[int, str]:
    reply = tmp_path / "答复.txt"
    code = desktop.main([button, f"--window={window}", f"--reply={reply}"])
    return code, reply.read_text(encoding="utf-16")


def test_the_window_it_was_pressed_in_is_used_and_the_answer_left(tmp_path: Path, pressed: list[object]) -> None:
    assert press(tmp_path, "taizhang_check", 22) == (1, "错误 1 处，请看“问题清单”。")
    assert pressed == ["乙.xlsx"]
    assert (tmp_path / "答复.txt").read_bytes()[:2] == b"\xff\xfe", "VBA reads UTF-16 with its mark"


def test_no_such_window_is_one_sentence(tmp_path: Path, pressed: list[object]) -> None:
    code, said = press(tmp_path, "check", 33)
    assert code == 2 and said.startswith("没有找到按按钮的那个 Excel 窗口") and pressed == []


def test_no_open_workbook_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running_excel.xw, "apps", Apps([Excel(11)]))
    code, said = press(tmp_path, "check", 11)
    assert code == 2 and "没有打开的工作簿" in said


def test_an_inner_error_is_one_sentence(tmp_path: Path, pressed: list[object], monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(session: Session) -> Reply:
        raise ZeroDivisionError

    monkeypatch.setattr(checking, "check", fail)
    code, said = press(tmp_path, "check", 11)
    assert code == 2 and "ZeroDivisionError" in said and "Traceback" not in said


def test_the_launcher_calls_this_module_with_these_words() -> None:
    """The command line the macro builds, as its source says it."""
    (launcher,) = [module for module in macro_project(1).modules if module.name == "Launcher"]
    built = re.search(r"CommandLine = (.+)\r\n", launcher.source)
    assert built is not None
    fixed = "".join(re.findall(r'"([^"]*)"', built[1]))
    assert fixed == " -I -X utf8 -m addin.desktop  --window= --reply="
    assert "cmd" not in launcher.source.lower().replace("no cmd.exe", "")


def test_every_button_is_known_to_the_desktop() -> None:
    from addin.buttons import tab

    assert {button.key for button in tab().buttons} == set(BUTTONS)


def test_elsewhere_than_on_windows_there_is_no_wps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running_excel.xw, "apps", Apps([]))
    with pytest.raises(CannotUse, match="WPS"):
        running_excel.running_app(1)
