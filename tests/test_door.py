"""The one door: what is no honest workbook gets its own sentence and exit code 2, and stays as it was."""

import subprocess
import sys
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

import pytest

from addin.hosts.door import admit
from addin.loading import load_book
from addin.problem import CannotUse
from tests.hostile_files import in_sheet, repacked, with_part, write_all
from tests.workbook_editing import blank


@pytest.fixture(scope="module")
def honest(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return blank(tmp_path_factory.mktemp("honest") / "支部.xlsx")


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory, honest: Path) -> tuple[Path, Mapping[str, str]]:
    folder = tmp_path_factory.mktemp("hostile")
    return folder, write_all(folder, honest.read_bytes())


def test_every_hostile_file_is_refused_in_its_own_words(corpus: tuple[Path, Mapping[str, str]]) -> None:
    folder, expected = corpus
    told = {}
    for name, said in expected.items():
        before = sha256((folder / name).read_bytes()).digest()
        with pytest.raises(CannotUse) as refusal:
            load_book(folder / name)
        sentence = str(refusal.value)
        assert f"“{name}”" in sentence and "\n" not in sentence
        told[name] = said if said in sentence else sentence
        assert sha256((folder / name).read_bytes()).digest() == before
    assert told == expected


@pytest.mark.parametrize("encoding", ["utf-8", "gbk"])
def test_on_any_console_one_sentence_and_exit_code_2(corpus: tuple[Path, Mapping[str, str]], encoding: str) -> None:
    folder, _ = corpus
    command = [sys.executable, "-m", "addin", "check", str(folder / "坏位.xlsx")]
    done = subprocess.run(command, capture_output=True, env={"PYTHONIOENCODING": encoding, "PATH": ""}, check=False)
    assert done.returncode == 2 and done.stdout == b""
    said = done.stderr.decode(encoding)
    assert said.startswith("taizhang：“坏位.xlsx”已经损坏") and "Traceback" not in said
    assert len(said.strip().splitlines()) == 1


def test_a_folder_and_a_missing_file_are_told(tmp_path: Path) -> None:
    with pytest.raises(CannotUse, match="是文件夹"):
        admit(tmp_path)
    with pytest.raises(FileNotFoundError):
        admit(tmp_path / "没有.xlsx")


def test_an_honest_workbook_passes_and_tells_what_it_carries(honest: Path, tmp_path: Path) -> None:
    assert admit(honest).uncertain == frozenset()
    carrying = tmp_path / "带宏.xlsm"
    carrying.write_bytes(repacked(honest.read_bytes(), with_part("xl/vbaProject.bin", lambda _: b"x")))
    assert admit(carrying).active == ("xl/vbaProject.bin",)
    assert load_book(carrying).remarks == ()
    plain = carrying.rename(tmp_path / "普通.xlsx")
    assert [(one.rule, one.level) for one in load_book(plain).remarks] == [("R-READ-FILE", "I")]
    assert "带有宏" in load_book(plain).remarks[0].message


def test_a_far_validation_range_is_no_far_cell(honest: Path, tmp_path: Path) -> None:
    """Whole-column rules are usual; only cells make a reader set memory aside."""
    file = tmp_path / "整列.xlsx"
    rule = b'<ignoredErrors><ignoredError sqref="A1:XFD1048576" numberStoredAsText="1"/></ignoredErrors>'

    def edit(text: bytes) -> bytes:
        return text.replace(text[text.index(b"<ignoredErrors>") : text.index(b"</ignoredErrors>") + 16], rule)

    file.write_bytes(repacked(honest.read_bytes(), with_part("xl/worksheets/sheet2.xml", edit)))
    assert load_book(file)["member_roster"].rows == ()


def test_a_log_of_many_years_and_a_wide_sheet_are_honest(honest: Path, tmp_path: Path) -> None:
    file = tmp_path / "长.xlsx"
    long = b'<row r="200000"><c r="CZ200000" t="inlineStr"><is><t>x</t></is></c></row>'
    file.write_bytes(repacked(honest.read_bytes(), in_sheet(long)))
    assert admit(file).uncertain == frozenset()
    wide = b'<row r="4000"><c r="IV4000" t="inlineStr"><is><t>x</t></is></c></row>'
    file.write_bytes(repacked(honest.read_bytes(), in_sheet(wide)))
    assert admit(file).uncertain == frozenset()
