"""Beyond one merge: judgements remembered, a cluster that reads, committees merged into a county."""

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import distributed
import pytest

from addin.cli import main
from addin.hosts import submission_reader
from addin.hosts.inbox import Found
from addin.hosts.merge_memory import key_of, merge_memory
from addin.hosts.merge_store import NAME
from addin.hosts.submission_reader import Read, Terms, read_submission
from addin.loading import load_book
from addin.merging.judged import Judged, judged_of_text
from addin.merging.tallies import Tally
from addin.registry import CANNOT_USE, OK
from addin.submissions import Submission, submission_of
from tests.drawing import draw
from tests.handing_in import COMMITTEE, HOME, Merging, as_book, code, handed
from tests.workbook_editing import write_drawn
from validators.policy import load_policy
from validators.table import Book

JUDGED = Judged(1, 2, (Tally(code(1), 5, branch_lost=None), Tally(code(2), 7, branch_lost=1)), frozenset({"ab", "cd"}))
POLICY = load_policy("current_2024", {})


def branch_file(folder: Path, number: int, roster: str = "姓名 \n 张三") -> Path:
    front = {"organisation_code": code(number), "organisation_name": f"第{number}支部", "superior_code": COMMITTEE}
    return write_drawn(folder / f"{code(number)}.xlsx", draw(cover=front, member_roster=roster))


def test_a_judgement_survives_as_text_and_holds_nobody() -> None:
    assert judged_of_text(JUDGED.as_text()) == JUDGED
    assert not any(char > "\x7f" for char in JUDGED.as_text())


def test_the_store_remembers_and_a_damaged_one_is_empty(tmp_path: Path) -> None:
    target = tmp_path / "汇总.xlsx"
    with merge_memory(target) as store:
        assert store.judged(["甲"]) == {}
        store.keep_judged({"甲": JUDGED})
    with merge_memory(target) as store:
        assert store.judged(["甲", "乙"]) == {"甲": JUDGED}
    file = tmp_path / ".taizhang" / NAME
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE judged SET outcome = '{}'")
    connection.close()
    with merge_memory(target) as store:
        assert store.judged(["甲"]) == {}
    file.write_bytes(b"not a database at all, just some bytes" * 50)
    with merge_memory(target) as store:
        assert store.judged(["甲"]) == {}
        store.keep_judged({"甲": JUDGED})
        assert store.judged(["甲"]) == {"甲": JUDGED}


def test_a_judgement_is_believed_only_for_the_same_file_policy_day_and_tool(monkeypatch: pytest.MonkeyPatch) -> None:
    day = date(2026, 11, 24)
    same = key_of("f1", "甲.xlsx", POLICY, day)
    assert key_of("f1", "甲.xlsx", POLICY, day) == same
    assert key_of("f2", "甲.xlsx", POLICY, day) != same
    assert key_of("f1", "甲.xlsx", load_policy("legacy_2016", {}), day) != same
    assert key_of("f1", "甲.xlsx", POLICY, date(2026, 11, 25)) != same
    monkeypatch.setattr("addin.hosts.merge_memory.tool_print", lambda: "a changed rule")
    assert key_of("f1", "甲.xlsx", POLICY, day) != same


def test_only_changed_files_are_checked_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    checked: list[str] = []
    real = submission_reader.check

    def counting(case: object) -> object:
        checked.append(case.book.file)  # type: ignore[attr-defined]
        return real(case)  # type: ignore[arg-type]

    monkeypatch.setattr(submission_reader, "check", counting)
    inbox, target = tmp_path / "报送", tmp_path / "汇总.xlsx"
    for number in (1, 2):
        branch_file(inbox, number, f"姓名 \n 党员{'甲乙丙'[number]}")
    words = ["merge", str(inbox), "--into", str(target)]
    assert main(words) == OK
    first = [(row.text("error_count"), row.text("query_count")) for row in load_book(target)["submission_status"]]
    assert sorted(checked) == [f"{code(1)}.xlsx", f"{code(2)}.xlsx"]
    checked.clear()
    branch_file(inbox, 2, "姓名 \n 党员丙 \n 党员丁")
    assert main(words) == OK
    assert checked == [f"{code(2)}.xlsx"]
    again = [(row.text("error_count"), row.text("query_count")) for row in load_book(target)["submission_status"]]
    assert again[0] == first[0]
    checked.clear()
    for file in (tmp_path / ".taizhang").iterdir():
        file.unlink() if file.is_file() else None
    assert main(words) == OK
    assert len(checked) == 2


def test_a_helper_that_dies_costs_only_its_own_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inbox = tmp_path / "报送"
    for number in (1, 2, 3):
        branch_file(inbox, number)
    monkeypatch.setenv("TAIZHANG_TEST_DIES_ON", f"{code(2)}.xlsx")
    monkeypatch.setattr(submission_reader, "read_submission", dies_on_one_file)
    target = tmp_path / "汇总.xlsx"
    main(["merge", str(inbox), "--into", str(target), "--workers", "2"])
    statuses = {row.text("file"): row.text("status") for row in load_book(target)["submission_status"]}
    assert statuses == {
        f"{code(1)}.xlsx": "已报",
        f"{code(2)}.xlsx": "无法读取",
        f"{code(3)}.xlsx": "已报",
    }


def test_a_file_that_never_ends_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inbox = tmp_path / "报送"
    for number in (1, 2):
        branch_file(inbox, number)
    monkeypatch.setattr(submission_reader, "MOST_SECONDS", 2)
    monkeypatch.setattr(submission_reader, "load_book", never_ends)
    target = tmp_path / "汇总.xlsx"
    main(["merge", str(inbox), "--into", str(target), "--workers", "2"])
    statuses = {row.text("file"): row.text("status") for row in load_book(target)["submission_status"]}
    assert statuses == {f"{code(1)}.xlsx": "已报", f"{code(2)}.xlsx": "无法读取"}


def never_ends(path: Path) -> Book:
    """What a reader caught in an endless loop looks like from outside."""
    while path.name == f"{code(2)}.xlsx":
        pass
    return load_book(path)


def dies_on_one_file(one: Found, terms: Terms, judged: Judged | None = None) -> Read:
    """What a crash in native code looks like from outside."""
    import os

    if one.name == os.environ["TAIZHANG_TEST_DIES_ON"]:
        os._exit(1)
    return read_submission(one, terms, judged)


@pytest.fixture(scope="module")
def scheduler() -> Iterator[str]:
    """The address of a small cluster on this machine."""
    with distributed.LocalCluster(
        n_workers=1, threads_per_worker=1, processes=False, dashboard_address=None
    ) as cluster:
        yield cluster.scheduler_address


def test_a_cluster_reads_the_same(tmp_path: Path, scheduler: str) -> None:
    inbox = tmp_path / "报送"
    for number in (1, 2):
        branch_file(inbox, number, f"姓名 \n 党员{'甲乙丙'[number]}")
    alone, helped = tmp_path / "一" / "汇总.xlsx", tmp_path / "二" / "汇总.xlsx"
    assert main(["merge", str(inbox), "--into", str(alone)]) == OK
    assert main(["merge", str(inbox), "--into", str(helped), "--scheduler", scheduler]) == OK
    rows = [[dict(row.values) for row in load_book(file)["member_roster"]] for file in (alone, helped)]
    assert rows[0] == rows[1]


def test_a_scheduler_that_is_not_there_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    inbox = tmp_path / "报送"
    branch_file(inbox, 1)
    words = ["merge", str(inbox), "--into", str(tmp_path / "汇总.xlsx"), "--scheduler", "nonsense"]
    assert main(words) == CANNOT_USE
    assert "连不上调度器“nonsense”" in capsys.readouterr().err
    assert not (tmp_path / "汇总.xlsx").exists()


COUNTY = "037990000000"


def committee(number: int, **rosters: str) -> Submission:
    """What a committee hands in after merging its branches, given as ``b1="姓名 …"``."""
    own = f"0379901{number:02d}000"
    cover = {**HOME, "organisation_code": own, "organisation_name": f"第{number}镇党委"}
    merging = Merging({**cover, "superior_code": COUNTY})
    branches = [
        handed(int(name[1:]), cover={"superior_code": own}, member_roster=text) for name, text in rosters.items()
    ]
    merging.merge(*branches)
    book = replace(as_book(merging.written), file=f"第{number}镇.xlsx")
    return submission_of(book, fingerprint=f"town {number} {rosters}")


def county() -> Merging:
    return Merging({**HOME, "organisation_code": COUNTY, "organisation_name": "县委组织部"})


def test_committees_merge_into_a_county_and_rows_still_know_their_branch() -> None:
    merging = county()
    one = committee(10, b1="姓名 \n 张三", b2="姓名 \n 李四")
    two = committee(20, b3="姓名 \n 王五")
    merging.merge(one, two)
    assert [(row["source_organisation"], row["source_file"]) for row in merging.sheet("member_roster")] == [
        (code(number), f"{code(number)}_第{number}支部.xlsx") for number in (1, 2, 3)
    ]
    states = {str(row["organisation_code"]): row["status"] for row in merging.sheet("submission_status")}
    assert states == {
        "037990110000": "已报",
        "037990120000": "已报",
        **{code(number): "已报" for number in (1, 2, 3)},
    }
    merging.merge(one, two)
    assert merging.unchanged


def test_a_person_in_two_towns_is_found_at_the_county() -> None:
    merging = county()
    one = committee(10, b1="姓名 \n 张三")
    two = committee(20, b3="姓名 \n 张三")
    assert len(merging.merge(one, two).doubles) == 1


def test_a_committee_that_hands_in_again_replaces_all_its_branches() -> None:
    merging = county()
    merging.merge(committee(10, b1="姓名 \n 张三", b2="姓名 \n 李四"), committee(20, b3="姓名 \n 王五"))
    merged = merging.merge(committee(10, b1="姓名 \n 赵六"))
    assert [row.text("name") for row in merged.rows["member_roster"]] == ["赵六", "王五"]
    assert merged.account.removed == 2
    assert merging.statuses()[code(2)] == "未报"
