"""A folder as it lies on a desk, and the commands that write something there: what each may change or make."""

import contextlib
import io
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import openpyxl

from addin.cli import main
from tests.drawing import draw
from tests.workbook_editing import blank, write_drawn

BRANCH, COMMITTEE, LOG = "台账.xlsx", "汇总.xlsx", "日志"
SEALED = "报送/037990100001_示例支部_2026Q4.xlsx"
ROSTER = """姓名 | 手机号 | 最近参加组织生活日期 | 最近交纳党费日期 | 党费交至年月 | 应急联系人 | 应急联系人电话 | 备注
            张三 | 15400000001 | 2026-10-15 | 2026-10-15 | 2026-10 | 王五 | 15400000003 | 电话15400000009"""


@dataclass(frozen=True, slots=True)
class Writing:
    """A command that writes: its words, the files it may change, those it makes."""

    words: tuple[str, ...]
    changes: tuple[str, ...] = ()
    makes: tuple[str, ...] = ()


COMMANDS: Mapping[str, Writing] = {
    "check": Writing(("check", BRANCH, "--write", "--json", "校核.json"), (BRANCH,), ("校核.json",)),
    "due": Writing(("due", BRANCH, "--write"), (BRANCH,)),
    "unmark": Writing(("unmark", BRANCH), (BRANCH,)),
    "undo": Writing(("undo", BRANCH), (BRANCH,)),
    "submit": Writing(("submit", BRANCH), (SEALED,)),
    "submit under a password": Writing(
        ("submit", BRANCH, "-o", "加密", "--password-file", "口令.txt"), (), (SEALED.replace("报送/", "加密/"),)
    ),
    "new": Writing(("new", "branch", "-o", "新.xlsx"), (), ("新.xlsx",)),
    "new over an old one": Writing(("new", "branch", "-o", "旧.xlsx", "--force"), ("旧.xlsx",)),
    "merge": Writing(("merge", "报来", "--into", COMMITTEE, "--workers", "1"), (COMMITTEE,)),
    "return": Writing(
        ("return", COMMITTEE, "-o", "退回"), (COMMITTEE,), ("退回/037990100001_第1支部_2026Q4_退回单.xlsx",)
    ),
    "forms": Writing(
        ("forms", BRANCH, "--form", "党员基本信息汇总表", "-o", "表册", "--for", "上级"),
        (),
        ("表册/党员基本信息汇总表.xlsx",),
    ),
    "fill": Writing(("fill", "空表.xlsx", "--from", BRANCH, "-o", "填好.xlsx"), ("填好.xlsx",)),
}


def lay_out(folder: Path) -> Path:
    """Make the scene: a branch register already checked once, what was handed in, an older committee workbook."""
    (folder / "报来").mkdir(parents=True)
    write_drawn(folder / BRANCH, draw(member_roster=ROSTER, campaign_check="姓名 \n 张三"))
    for number in (1, 2):
        front = {"organisation_code": f"03799010000{number}", "organisation_name": f"第{number}支部"}
        write_drawn(folder / "报来" / f"{number}.xlsx", draw(cover=front, member_roster="姓名\n李四"))
    blank(folder / "旧.xlsx")
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(["姓名", "公民身份号码"])
    book.save(folder / "空表.xlsx")
    shutil.copy(folder / "空表.xlsx", folder / "填好.xlsx")
    (folder / BRANCH).chmod(0o600)
    (folder / "口令.txt").write_text("Zhongguo2026", encoding="utf-8")
    with at(folder):
        for words in (("check", BRANCH, "--write"), ("submit", BRANCH), ("merge", "报来/1.xlsx", "--into", COMMITTEE)):
            assert run(words)[0] in (0, 1)
    return folder


@contextmanager
def at(folder: Path) -> Iterator[None]:
    """Work in the folder, with the log and everything temporary below it too."""
    before, variables = Path.cwd(), dict(os.environ)
    os.chdir(folder)
    Path("临时").mkdir(exist_ok=True)
    os.environ.update(TAIZHANG_LOG=str(folder / LOG), TMPDIR=str(folder / "临时"))
    try:
        yield
    finally:
        os.chdir(before)
        os.environ.clear()
        os.environ.update(variables)


def run(words: tuple[str, ...]) -> tuple[int, str]:
    """Run a command here: its exit code and what it told on the error stream."""
    told = io.StringIO()
    with contextlib.redirect_stderr(told), contextlib.redirect_stdout(io.StringIO()):
        code = main(words)
    return code, told.getvalue()


def files(folder: Path) -> dict[str, bytes]:
    """Every file below the folder, with its bytes; locks and the log are left out."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.endswith(".lock") and LOG not in path.parts
    }
