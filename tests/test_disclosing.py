"""Who gets to see full numbers: inside, for superiors, for posting up; a lifted mask has a role, a reason, a line."""

import json
from pathlib import Path

import openpyxl
import pytest

from addin.cli import main
from addin.desk_log import FOLDER_VARIABLE
from addin.disclosing import Grade, disclosure
from addin.hosts.chain import first_break
from addin.hosts.export_log import NAME as LOG
from addin.masking import mask_identity
from addin.problem import CannotUse, WrongUsage
from addin.registry import CANNOT_USE, OK, WRONG_USAGE
from tests.drawing import draw, person
from tests.workbook_editing import write_drawn
from validators.policy import load_policy

ROLL = "党员基本信息汇总表"
LETTER = "中国共产党党员组织关系介绍信"
UNMASKED_POLICY = load_policy("current_2024", {"mask.on": "否"})


@pytest.fixture
def branch(tmp_path: Path) -> Path:
    remark = f"与{person('李四')}同住，电话15400001111"
    drawn = draw(member_roster=f"姓名 | 手机号 | 备注\n张三 | 15400005678 | {remark}")
    return write_drawn(tmp_path / "支部.xlsx", drawn)


def lines_of(branch: Path) -> list[dict[str, str]]:
    log = branch.parent / ".taizhang" / LOG
    return [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()] if log.exists() else []


def number_on_roll(folder: Path) -> object:
    return openpyxl.load_workbook(folder / f"{ROLL}.xlsx").worksheets[0]["D5"].value


@pytest.mark.parametrize(
    ("grade", "role", "mask", "masking"),
    [
        ("内部", "", False, ""),
        ("内部", "", True, "usual"),
        ("上级", "", False, "usual"),
        ("上级", "书记", False, ""),
        ("上级", "组织委员", False, ""),
        ("上级", "书记", True, "usual"),
        ("公示", "", False, "strong"),
    ],
)
def test_how_numbers_are_printed(grade: Grade, role: str, mask: bool, masking: str) -> None:
    made = disclosure(load_policy(), grade, role=role, reason="核对档案" if role else "", mask=mask)
    assert made.masking == masking
    assert bool(made.role) == (bool(role) and not masking)


def test_a_committee_may_switch_the_mask_for_superiors_off_but_not_for_posting_up() -> None:
    assert disclosure(UNMASKED_POLICY, "上级").masking == ""
    assert disclosure(UNMASKED_POLICY, "公示").masking == "strong"


def test_what_is_not_allowed() -> None:
    with pytest.raises(WrongUsage, match="两样都要写"):
        disclosure(load_policy(), "上级", role="书记")
    with pytest.raises(CannotUse, match="“宣传委员”不能批准导出完整号码，本单位定的是：书记、组织委员"):
        disclosure(load_policy(), "上级", role="宣传委员", reason="核对")
    with pytest.raises(CannotUse, match="公示用的表不能带完整号码"):
        disclosure(load_policy(), "公示", role="书记", reason="核对")


def test_a_roll_for_superiors_is_masked_and_logged(branch: Path, tmp_path: Path) -> None:
    assert main(["forms", str(branch), "--form", ROLL, "-o", str(tmp_path), "--for", "上级"]) == OK
    assert number_on_roll(tmp_path) == mask_identity(person("张三"))
    [line] = lines_of(branch)
    assert (line["grade"], line["numbers"]) == ("上级", "上级用，号码遮住中间各位")


def test_full_numbers_leave_only_with_role_and_reason_both_logged(
    branch: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "日志"))
    words = ["forms", str(branch), "--form", ROLL, "-o", str(tmp_path), "--for", "上级", "--role", "书记"]
    assert main(words) == WRONG_USAGE
    assert main([*words, "--reason", f"核对{person('张三')}的档案"]) == OK
    assert number_on_roll(tmp_path) == person("张三")
    [line] = lines_of(branch)
    assert (line["role"], line["reason"]) == ("书记", f"核对{mask_identity(person('张三'))}的档案")
    kept = "".join(path.read_text(encoding="utf-8") for path in (tmp_path / "日志").iterdir())
    assert "--role" in kept and "书记" in kept and person("张三") not in kept


def test_inside_the_branch_nothing_changes_and_nothing_is_logged(branch: Path, tmp_path: Path) -> None:
    assert main(["forms", str(branch), "--form", ROLL, "-o", str(tmp_path), "--for", "内部"]) == OK
    assert number_on_roll(tmp_path) == person("张三")
    assert lines_of(branch) == []


def test_numbers_are_masked_unless_the_clerk_says_otherwise(branch: Path, tmp_path: Path) -> None:
    """Forms are made to be handed in; a list that nobody asked to be full is not."""
    assert main(["forms", str(branch), "--form", ROLL, "-o", str(tmp_path)]) == OK
    assert number_on_roll(tmp_path) == mask_identity(person("张三"))
    assert [line["grade"] for line in lines_of(branch)] == ["上级"]


def test_a_letter_of_introduction_keeps_its_number(tmp_path: Path) -> None:
    """Without it the letter is void; the log tells it. With --mask it is masked all the same."""
    letters = "姓名 | 介绍信编号 | 开出日期 | 有效期天数 | 转往单位\n张三 | 2026-007 | 2026-06-25 | 90 | 外地基层党委"
    file = write_drawn(tmp_path / "支部.xlsx", draw(member_roster="姓名\n张三", transfer_letter=letters))
    for words, expected in (([], person("张三")), (["--mask"], mask_identity(person("张三")))):
        assert main(["forms", str(file), "--form", LETTER, "-o", str(tmp_path / "出"), *words]) == OK
        sheet = openpyxl.load_workbook(tmp_path / "出" / f"{LETTER}.xlsx").worksheets[0]
        assert expected in [cell for row in sheet.values for cell in row]
    assert [f"{LETTER}按表样要完整号码，没有遮" in line["what"] for line in lines_of(file)] == [True, False]


def test_no_list_of_persons_is_made_for_posting_up(
    branch: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "公示"
    assert main(["forms", str(branch), "--form", ROLL, "-o", str(out), "--for", "公示"]) == CANNOT_USE
    assert "逐人列名，不能公示" in capsys.readouterr().err
    assert main(["forms", str(branch), "-o", str(out), "--for", "公示"]) == OK
    made = [openpyxl.load_workbook(path) for path in sorted(out.glob("*.xlsx"))]
    assert made
    for book in made:
        shown = [str(cell) for sheet in book for row in sheet.values for cell in row if cell is not None]
        assert not [text for text in shown if "张三" in text or person("张三")[:6] in text]


def test_an_arbitrary_roll_keeps_only_the_ends_of_numbers_when_posted_up(branch: Path, tmp_path: Path) -> None:
    empty, filled = tmp_path / "空表.xlsx", tmp_path / "填好.xlsx"
    book = openpyxl.Workbook()
    book.active.append(["姓名", "公民身份号码", "手机号", "备注"])
    book.save(empty)
    assert main(["fill", str(empty), "--from", str(branch), "-o", str(filled), "--for", "公示"]) == OK
    row = [cell.value for cell in openpyxl.load_workbook(filled).active[2]]
    number = person("张三")
    assert row[:3] == ["张三", f"{number[0]}{'*' * 16}{number[-1]}", "1*********8"]
    assert person("李四") not in str(row[3]) and "15400001111" not in str(row[3])


def test_lines_of_the_export_log_are_linked(branch: Path, tmp_path: Path) -> None:
    for _ in range(3):
        assert main(["forms", str(branch), "--form", ROLL, "-o", str(tmp_path)]) == OK
    log = branch.parent / ".taizhang" / LOG
    lines = log.read_text(encoding="utf-8").splitlines()
    assert first_break(lines) == 0
    assert first_break([lines[0], lines[2]]) == 2
    assert first_break([lines[0].replace("上级", "公示"), *lines[1:]]) == 2
