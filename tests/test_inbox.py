"""What is found in folders and archives, and what never leaves them."""

import zipfile
from pathlib import Path

import pytest

from addin.hosts import inbox
from addin.hosts.inbox import handed_in
from addin.problem import CannotUse


def names(places: list[Path], scratch: Path, target: Path | None = None) -> list[str]:
    return [found.name for found in handed_in(places, target, scratch)]


def test_workbooks_in_all_sub_folders_in_order_of_name(tmp_path: Path) -> None:
    for name in ("乙.xlsx", "内/甲.xlsm", "内/.隐藏/丙.xlsx", "~$乙.xlsx", "说明.docx", ".taizhang/丁.xlsx", "旧.xls"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"x")
    assert names([tmp_path], tmp_path / "s") == ["乙.xlsx", "甲.xlsm", "旧.xls"]


def test_the_committee_workbook_itself_is_not_handed_in(tmp_path: Path) -> None:
    for name in ("汇总.xlsx", "甲.xlsx"):
        (tmp_path / name).write_bytes(b"x")
    assert names([tmp_path], tmp_path / "s", tmp_path / "汇总.xlsx") == ["甲.xlsx"]


def test_a_file_named_twice_is_read_once_and_equal_names_are_told_apart(tmp_path: Path) -> None:
    for folder in ("东", "西"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "台账.xlsx").write_bytes(b"x")
    assert names([tmp_path, tmp_path / "东"], tmp_path / "s") == ["东/台账.xlsx", "西/台账.xlsx"]


def test_an_archive_gives_its_workbooks_and_nothing_leads_out_of_it(tmp_path: Path) -> None:
    archive = tmp_path / "邮件.zip"
    with zipfile.ZipFile(archive, "w") as package:
        package.writestr("附件/甲.xlsx", b"one")
        package.writestr("../../乙.xlsx", b"two")
        package.writestr("说明.txt", b"three")
    scratch = tmp_path / "s"
    found = handed_in([archive], None, scratch)
    assert sorted(one.name for one in found) == ["乙.xlsx", "甲.xlsx"]
    assert all(scratch in one.path.parents for one in found)
    assert not (tmp_path.parent / "乙.xlsx").exists()


@pytest.mark.parametrize(
    ("content", "told"),
    [(b"no archive at all", "压缩包打不开"), (b"PK\x03\x04 broken", "压缩包打不开")],
)
def test_a_broken_archive_is_one_sentence(tmp_path: Path, content: bytes, told: str) -> None:
    (tmp_path / "坏.zip").write_bytes(content)
    (found,) = handed_in([tmp_path], None, tmp_path / "s")
    assert told in found.fault


def test_an_archive_that_swells_is_not_unpacked(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "胀.zip", "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("甲.xlsx", b"\0" * (1 << 24))
    (found,) = handed_in([tmp_path], None, tmp_path / "s")
    assert "展开后大得不正常" in found.fault


def test_too_many_files_in_an_archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inbox, "MOST_IN_ZIP", 2)
    with zipfile.ZipFile(tmp_path / "多.zip", "w") as package:
        for number in range(3):
            package.writestr(f"{number}.xlsx", b"x")
    (found,) = handed_in([tmp_path], None, tmp_path / "s")
    assert "里面有 3 个文件，超过 2 个" in found.fault


def test_a_place_that_does_not_exist(tmp_path: Path) -> None:
    with pytest.raises(CannotUse, match="找不到"):
        handed_in([tmp_path / "没有"], None, tmp_path / "s")
