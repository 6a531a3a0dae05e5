"""`taizhang submit` and `verify`: errors stop it; what is handed in says what it is and shows any later change."""

import json
import time
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from addin.actions.submit import file_name
from addin.cli import main
from addin.desk import Desk
from addin.hosts import encryption
from addin.hosts.encryption import decrypted, encrypted
from addin.hosts.export_log import NAME as LOG
from addin.loading import load_book
from addin.problem import CannotUse
from addin.registry import CANNOT_USE, FOUND_ERRORS, OK
from addin.sealing import content_value, manifest_from
from tests.drawing import draw, person
from tests.workbook_editing import edited, write_drawn

MEMBER = """姓名 | 手机号 | 最近参加组织生活日期 | 最近交纳党费日期 | 党费交至年月 | 应急联系人 | 应急联系人电话
            张三 | 15400000001 | 2026-10-15 | 2026-10-15 | 2026-10 | 王五 | 15400000003"""
CHECKED = "姓名 \n 张三"
NAME = "037990100001_示例支部_2026Q4.xlsx"


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("支部")
    return write_drawn(folder / "台账.xlsx", draw(member_roster=MEMBER, campaign_check=CHECKED))


@pytest.fixture(scope="module")
def sealed(original: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("报送")
    assert main(["submit", str(original), "-o", str(folder)]) == OK
    return folder / NAME


def told(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str]:
    answer = main([str(word) for word in words])
    said = capsys.readouterr()
    return answer, said.out + said.err


def test_a_workbook_with_errors_is_not_handed_in(
    original: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def forget_sex(workbook: openpyxl.Workbook) -> None:
        workbook["党员名册"]["C4"].value = None

    faulty = edited(original, tmp_path / "台账.xlsx", forget_sex)
    answer, said = told(capsys, "submit", faulty)
    assert answer == FOUND_ERRORS
    assert "党员名册 C4（张三）：“性别”没有填写" in said
    assert "没有生成报送文件" in said
    assert [path.name for path in tmp_path.iterdir()] == ["台账.xlsx"]


def test_what_must_be_done_before_signing_stops_it_too(
    original: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    unchecked = write_drawn(
        tmp_path / "台账.xlsx", draw(member_roster=MEMBER, campaign_check="姓名 | 名册核查 \n 张三 | 未查")
    )
    assert main(["check", str(unchecked)]) == OK
    assert told(capsys, "submit", unchecked)[0] == FOUND_ERRORS


def test_the_original_stays_as_it_is_and_the_sealed_file_says_the_same(original: Path, sealed: Path) -> None:
    before, after = load_book(original), load_book(sealed)
    assert before.manifest is None
    assert content_value(before) == content_value(after)
    manifest = manifest_from(after.manifest or ())
    assert manifest is not None
    assert (manifest.organisation_code, manifest.period, manifest.row_counts) == (
        "037990100001",
        "2026Q4",
        "党员名册1、排查记录1",
    )
    assert len(manifest.content) == 64
    assert dict(after.manifest or ())["校验码"] == manifest.code


def test_it_holds_values_only_and_its_code_stands_in_every_footer(sealed: Path) -> None:
    with zipfile.ZipFile(sealed) as package:
        names = package.namelist()
        sheets = [package.read(name).decode() for name in names if name.startswith("xl/worksheets/sheet")]
        links = [package.read(name).decode() for name in names if name.endswith(".rels")]
    assert not [name for name in names if "vba" in name.lower() or "externalLink" in name or "embed" in name]
    assert not [sheet for sheet in sheets if "<f>" in sheet or "<f " in sheet]
    assert not [link for link in links if 'TargetMode="External"' in link]
    code = manifest_from(load_book(sealed).manifest or ())
    assert code is not None
    assert all(f"校验码 {code.code}" in sheet for sheet in sheets)


def test_an_unchanged_file_is_confirmed_by_name_and_by_code(
    sealed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answer, said = told(capsys, "verify", sealed)
    assert (answer, "没有被改动" in said) == (OK, True)
    manifest = manifest_from(load_book(sealed).manifest or ())
    assert manifest is not None
    for typed in (manifest.code, manifest.code.lower().replace("-", " ")):
        answer, said = told(capsys, "verify", typed, "--in", sealed.parent)
        assert (answer, NAME in said) == (OK, True)
    answer, said = told(capsys, "verify", "0000-0000-0000", "--in", sealed.parent)
    assert (answer, "没有校验码是 0000-0000-0000 的报送文件" in said) == (CANNOT_USE, True)
    answer, said = told(capsys, "verify", "没有的文件.xlsx")
    assert (answer, "既不是现有的文件，也不是校验码" in said) == (CANNOT_USE, True)


def test_what_left_is_logged_without_naming_a_member(original: Path, tmp_path: Path) -> None:
    copy = tmp_path / "台账.xlsx"
    copy.write_bytes(original.read_bytes())
    for _ in range(2):
        assert main(["submit", str(copy), "-o", str(tmp_path / "报送")]) == OK
    lines = (tmp_path / ".taizhang" / LOG).read_text(encoding="utf-8").splitlines()
    first, second = (json.loads(line) for line in lines)
    assert (first["报送文件"], first["行数"], first["校验码"]) == (NAME, "党员名册1、排查记录1", second["校验码"])
    assert not any(word in str(first) for word in ("张三", person("张三"), "15400000001"))


def test_a_changed_value_shows(sealed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def change_phone(workbook: openpyxl.Workbook) -> None:
        workbook["党员名册"]["K4"].value = "15400000009"

    changed = edited(sealed, tmp_path / NAME, change_phone)
    answer, said = told(capsys, "verify", changed)
    assert (answer, "封存后被改动过" in said) == (FOUND_ERRORS, True)
    manifest = manifest_from(load_book(sealed).manifest or ())
    assert manifest is not None
    answer, said = told(capsys, "verify", manifest.code, "--in", tmp_path)
    assert (answer, "内容后来被改动过" in said) == (FOUND_ERRORS, True)


def test_saving_it_again_unchanged_does_not_matter(sealed: Path, tmp_path: Path) -> None:
    again = edited(sealed, tmp_path / NAME, lambda workbook: None)
    assert again.read_bytes() != sealed.read_bytes()
    assert main(["verify", str(again)]) == OK


def test_a_working_file_has_nothing_to_verify(original: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answer, said = told(capsys, "verify", original)
    assert (answer, "不是经报送封好的文件" in said) == (CANNOT_USE, True)


def test_a_sealed_file_is_not_sealed_again(sealed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answer, said = told(capsys, "submit", sealed)
    assert (answer, "已经是封好的报送文件" in said) == (CANNOT_USE, True)


def test_an_earlier_file_of_the_same_name_can_be_brought_back(
    original: Path, sealed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old = tmp_path / NAME
    old.write_bytes(sealed.read_bytes()[:-1] + b"\0")
    before = old.read_bytes()
    answer, said = told(capsys, "submit", original, "-o", tmp_path)
    assert (answer, "已保存为快照" in said) == (OK, True)
    assert main(["undo", str(old)]) == OK
    assert old.read_bytes() == before


def test_merging_tells_sealed_from_changed_and_from_working_files(
    original: Path, sealed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def change_phone(workbook: openpyxl.Workbook) -> None:
        workbook["党员名册"]["K4"].value = "15400000009"

    changed = edited(sealed, tmp_path / "改过.xlsx", change_phone)
    notes = []
    for number, file in enumerate((sealed, changed, original)):
        target = tmp_path / f"汇总{number}.xlsx"
        assert main(["merge", str(file), "--into", str(target)]) == OK
        (row,) = load_book(target)["submission_status"]
        notes.append((row.text("is_sealed"), row.text("note")))
    assert notes == [
        ("是", ""),
        ("否", "封存后内容被改动过（校验值不符），按工作文件合并，请向报送单位核实"),
        ("否", "未经报送，直接取自工作文件"),
    ]


def test_a_password_locks_the_file_and_opens_it_for_merging(
    original: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    key, wrong, short = (tmp_path / name for name in ("口令.txt", "错.txt", "短.txt"))
    key.write_text("\ufeffsilu-2026-zhangshu\n第二行不算", encoding="utf-8")
    wrong.write_text("another-password", encoding="utf-8")
    short.write_text("1234", encoding="utf-8")
    folder = tmp_path / "报送"
    answer, said = told(capsys, "submit", original, "-o", folder, "--password-file", key)
    assert (answer, "不要和文件一起发送" in said) == (OK, True)
    assert b"xl/workbook.xml" not in (folder / NAME).read_bytes()
    assert told(capsys, "verify", folder / NAME, "--password-file", key)[0] == OK
    target = tmp_path / "汇总.xlsx"
    assert told(capsys, "merge", folder, "--into", target, "--password-file", key)[0] == OK
    assert [row.text("is_sealed") for row in load_book(target)["submission_status"]] == ["是"]
    answer, said = told(capsys, "merge", folder, "--into", tmp_path / "二.xlsx", "--password-file", wrong)
    assert (answer, "口令不对" in said) == (FOUND_ERRORS, True)
    answer, said = told(capsys, "submit", original, "-o", folder, "--password-file", short)
    assert (answer, "不足 8 位" in said) == (CANNOT_USE, True)


def test_encryption_round_trip_refuses_a_wrong_password(sealed: Path) -> None:
    data = encrypted(sealed.read_bytes(), "silu-2026")
    assert decrypted(data, ("another-one", "silu-2026"), "甲.xlsx") == sealed.read_bytes()
    with pytest.raises(CannotUse, match=r"“甲\.xlsx”打不开：口令不对"):
        decrypted(data, ("silu-2027",), "甲.xlsx")


def test_names_of_files_hold_no_characters_a_file_system_refuses() -> None:
    book = draw(cover={"organisation_name": "示例/社区: “一”支部 ", "as_of": date(2026, 11, 24)})
    assert file_name(book) == "037990100001_示例社区“一”支部_2026Q4.xlsx"


def test_files_under_different_passwords_are_merged_together(
    original: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every branch has a password of its own; the committee has them all, and is asked where it has given none."""
    folder, keys = tmp_path / "报送", tmp_path / "口令.txt"
    folder.mkdir()
    for number, password in ((1, "first-2026"), (2, "second-2026")):
        front = {"organisation_code": f"03799010000{number}", "organisation_name": f"第{number}支部"}
        plain = write_drawn(tmp_path / f"{number}.xlsx", draw(cover=front, member_roster=f"姓名\n党员{number}"))
        (folder / plain.name).write_bytes(encrypted(plain.read_bytes(), password))
    keys.write_text("first-2026\nsecond-2026\n", encoding="utf-8")
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    target = tmp_path / "汇总.xlsx"
    assert told(capsys, "merge", folder, "--into", target, "--password-file", keys)[0] == OK
    assert [row.text("name") for row in load_book(target)["member_roster"]] == ["党员1", "党员2"]
    answer, said = told(capsys, "merge", folder, "--into", tmp_path / "二.xlsx")
    assert answer == FOUND_ERRORS and said.count("设了打开密码") == 2
    asked: list[str] = []

    def answered(self: Desk, question: str) -> str:
        asked.append(question)
        return "first-2026"

    monkeypatch.setattr(Desk, "ask_password", answered)
    answer, said = told(capsys, "merge", folder, "--into", tmp_path / "三.xlsx")
    assert answer == FOUND_ERRORS and "口令不对" in said
    assert [row.text("name") for row in load_book(tmp_path / "三.xlsx")["member_roster"]] == ["党员1"]
    assert asked == ["2 个文件加了打开口令，请输入（没有就直接回车，这些文件会列为无法读取）："]
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    assert not list(tmp_path.rglob("taizhang-*"))


def test_a_file_that_asks_for_billions_of_turns_is_not_obliged(sealed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = encrypted(sealed.read_bytes(), "silu-2026")
    assert data.count(b'spinCount="100000"') == 1
    hostile = data.replace(b'spinCount="100000"', b'spinCount="999999"')
    monkeypatch.setattr(encryption, "MOST_SPINS", 500_000)
    started = time.process_time()
    with pytest.raises(CannotUse, match="打不开"):
        decrypted(hostile, ["silu-2026"], "甲.xlsx")
    assert time.process_time() - started < 0.2
