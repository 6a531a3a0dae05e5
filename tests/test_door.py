"""The one door: what is no honest workbook gets its own sentence and exit code 2, and stays as it was."""

import subprocess
import sys
from collections.abc import Mapping
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from addin.hosts.door import admit
from addin.loading import load_book
from addin.problem import CannotUse
from tests.drawing import draw
from tests.hostile_files import hostile, odd, write_all
from tests.package_editing import added, in_sheet, repacked, with_part
from tests.workbook_editing import write_drawn
from validators.check import check
from validators.policy import load_policy
from validators.rule import Case
from validators.table import Book

AS_OF = date(2026, 11, 24)
READ = "读进来了"
Corpus = tuple[Path, Mapping[str, str]]


@pytest.fixture(scope="module")
def honest(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_drawn(tmp_path_factory.mktemp("honest") / "支部.xlsx", draw(member_roster="姓名\n张三"))


@pytest.fixture(scope="module")
def refused(tmp_path_factory: pytest.TempPathFactory, honest: Path) -> Corpus:
    folder = tmp_path_factory.mktemp("hostile")
    return folder, write_all(folder, hostile(honest.read_bytes()))


@pytest.fixture(scope="module")
def readable(tmp_path_factory: pytest.TempPathFactory, honest: Path) -> Corpus:
    folder = tmp_path_factory.mktemp("odd")
    return folder, write_all(folder, odd(honest.read_bytes()))


def refusal(path: Path) -> str:
    """The sentence with which a file is refused, READ when it is not."""
    try:
        load_book(path)
    except CannotUse as why:
        return str(why)
    return READ


def outcome(book: Book, usual: Book) -> list[str]:
    """What is read and said otherwise than of the honest workbook, as ``tests.odd_workbooks`` writes it."""
    rows = book["member_roster"].rows
    assert len(rows) == 1
    before, after = usual["member_roster"].rows[0].values, rows[0].values
    keys = [key for key in dict.fromkeys((*before, *after)) if before.get(key) != after.get(key)]
    read = [f"{key}={after.get(key, '')}" for key in keys]
    said = findings(book) - findings(usual)
    return sorted([*read, *said])


def findings(book: Book) -> set[str]:
    found = check(Case(book, load_policy(), AS_OF))
    place = {"党员名册": ""}
    return {f"{one.level} {one.rule} {place.get(one.sheet, f'{one.sheet}!')}{one.cell}" for one in found}


def test_every_hostile_file_is_refused_in_its_own_words(refused: Corpus) -> None:
    folder, expected = refused
    told = {}
    for name, said in expected.items():
        before = sha256((folder / name).read_bytes()).digest()
        sentence = refusal(folder / name)
        assert (f"“{name}”" in sentence and "\n" not in sentence) or sentence == READ
        told[name] = said if said in sentence else sentence
        assert sha256((folder / name).read_bytes()).digest() == before
    assert told == expected


def test_every_odd_workbook_is_read_for_what_it_is(readable: Corpus, honest: Path) -> None:
    folder, expected = readable
    usual = load_book(honest)
    told = {name: outcome(load_book(folder / name), usual) for name in expected}
    assert told == {name: sorted(part for part in said.split(" | ") if part) for name, said in expected.items()}


def test_the_corpus_is_large(refused: Corpus, readable: Corpus) -> None:
    assert len(refused[1]) + len(readable[1]) > 200


@pytest.mark.parametrize("encoding", ["utf-8", "gbk"])
@pytest.mark.parametrize("name", ["坏位.xlsx", "快捷方式.xlsx", "同名两表.xlsx"])
def test_on_any_console_one_sentence_and_exit_code_2(refused: Corpus, encoding: str, name: str) -> None:
    folder, _ = refused
    done = command("check", folder / name, encoding=encoding)
    assert done.returncode == 2 and done.stdout == b""
    said = done.stderr.decode(encoding)
    assert said.startswith(f"taizhang：“{name}”") and "Traceback" not in said
    assert len(said.strip().splitlines()) == 1


def test_a_finding_no_console_can_show_stops_nothing(readable: Corpus) -> None:
    """A character of a private font has no place in GBK; the line is shown with a mark instead."""
    folder, _ = readable
    done = command("check", folder / "姓名自造字.xlsx", encoding="gbk")
    assert done.returncode == 1 and "自造字" in done.stdout.decode("gbk")
    assert b"Traceback" not in done.stderr


def command(*words: str | Path, encoding: str) -> subprocess.CompletedProcess[bytes]:
    run = [sys.executable, "-m", "addin", *map(str, words)]
    return subprocess.run(run, capture_output=True, env={"PYTHONIOENCODING": encoding, "PATH": ""}, check=False)


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
    assert len(load_book(file)["member_roster"].rows) == 1


def test_a_log_of_many_years_and_a_wide_sheet_are_honest(honest: Path, tmp_path: Path) -> None:
    file = tmp_path / "长.xlsx"
    long = b'<row r="200000"><c r="CZ200000" t="inlineStr"><is><t>x</t></is></c></row>'
    file.write_bytes(repacked(honest.read_bytes(), in_sheet(long)))
    assert admit(file).uncertain == frozenset()
    wide = b'<row r="4000"><c r="IV4000" t="inlineStr"><is><t>x</t></is></c></row>'
    file.write_bytes(repacked(honest.read_bytes(), in_sheet(wide)))
    assert admit(file).uncertain == frozenset()


@pytest.mark.parametrize(
    ("part", "advice"),
    [
        ("xl/externalLinks/externalLink1.xml", "在“数据—编辑链接”里断开链接"),
        ("xl/connections.xml", "在“数据—查询和连接”里删除"),
        ("xl/vbaProject.bin", "另存为“Excel 工作簿（.xlsx）”"),
        ("xl/embeddings/oleObject1.bin", "点中它，按 Delete 键删除"),
    ],
)
def test_what_a_file_carries_is_told_with_the_way_to_take_it_out(
    honest: Path, tmp_path: Path, part: str, advice: str
) -> None:
    file = tmp_path / "台账.xlsx"
    file.write_bytes(repacked(honest.read_bytes(), added(part)))
    (remark,) = load_book(file).remarks
    assert remark.fix == f"不是您有意加的，请去掉再保存：{advice}"
