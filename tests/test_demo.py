"""The demonstration: a committee whose faults are all known, somebody on every list, and one command that shows it."""

import json
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from addin.cli import main
from addin.demo.committee import Committee, demo_committee, plan
from addin.demo.folder import MARK, claim, note
from addin.demo.writing import handed_in, write_submission
from addin.loading import load_book
from addin.problem import CannotUse
from tests.made_up import case_of, errors_of
from validators.codes import code_lists
from validators.facts import person_facts
from validators.lost import lost_lists
from validators.words import SubmissionStatus

AS_OF = date(2026, 11, 24)
DAYS = (AS_OF, date(2026, 2, 28), date(2027, 1, 4), date(2028, 2, 29), date(2026, 7, 1))


@pytest.fixture(scope="module")
def committee() -> Committee:
    return demo_committee(as_of=AS_OF)


@pytest.mark.parametrize("as_of", DAYS, ids=str)
def test_every_branch_has_the_planted_errors_and_no_others(as_of: date) -> None:
    for submission in demo_committee(as_of=as_of).submissions:
        assert errors_of(submission.register) == submission.planted, submission.file


@pytest.mark.parametrize("as_of", DAYS, ids=str)
def test_somebody_stands_on_every_list(as_of: date) -> None:
    found: Counter[str] = Counter()
    for submission in demo_committee(as_of=as_of).submissions:
        case = case_of(submission.register)
        lists = lost_lists(case.book, person_facts(case.book, case.policy, case.as_of), case.policy, case.as_of)
        found.update({name: len(people) for name, people in lists.items()})
    assert [name for name in code_lists()["lost_list"].words if not found[name]] == []


def test_the_committee_is_a_town_of_about_six_hundred(committee: Committee) -> None:
    members = sum(len(submission.register.rows["member_roster"]) for submission in committee.submissions)
    assert 550 <= members <= 650
    assert len({entry["category"] for entry in plan()["branches"]}) >= 6
    statuses = Counter(submission.status for submission in committee.submissions)
    assert statuses == {
        SubmissionStatus.SUBMITTED: 10,
        SubmissionStatus.WRONG_PERIOD: 1,
        SubmissionStatus.UNREADABLE: 1,
        SubmissionStatus.MISSING: 1,
    }


def test_nobody_belongs_to_two_branches_but_the_planted_double(committee: Committee) -> None:
    numbers = Counter(
        row["identity_number"]
        for submission in committee.submissions
        for row in submission.register.rows["member_roster"]
    )
    copied_in_one_branch = 1
    assert len([number for number, count in numbers.items() if count > 1]) == len(plan()["doubles"]) + (
        copied_in_one_branch
    )


def test_outflow_and_inflow_of_the_tree_agree_as_planned(committee: Committee) -> None:
    here = {submission.register.branch.code: submission.register for submission in committee.submissions}
    for flow in plan()["flows"]:
        host = here[flow["to"]].rows["inflow"]
        received = [row for row in host if row["home_branch_code"] == flow["of"]]
        wanted = sum(
            each["count"]
            for each in plan()["flows"]
            if (each["of"], each["to"]) == (flow["of"], flow["to"]) and each["how"] != "outflow_only"
        )
        assert len(received) == wanted, flow


def test_a_committee_without_faults_has_none() -> None:
    whole = demo_committee(as_of=AS_OF, faulty=False, members=1200)
    assert {submission.status for submission in whole.submissions} == {SubmissionStatus.SUBMITTED}
    planted_by_life = {("R-SEARCH-ONEFILE", "member_roster")}
    for submission in whole.submissions:
        assert {place[:2] for place in errors_of(submission.register)} <= planted_by_life


def test_files_are_written_as_planned(committee: Committee, tmp_path: Path) -> None:
    by_status = {submission.status: submission for submission in handed_in(committee)}
    assert SubmissionStatus.MISSING not in by_status
    late = write_submission(tmp_path, by_status[SubmissionStatus.WRONG_PERIOD])
    assert load_book(late).cover.text("period") == "2026Q3"
    broken = write_submission(tmp_path, by_status[SubmissionStatus.UNREADABLE])
    with pytest.raises(CannotUse):
        load_book(broken)


def test_only_the_demonstrations_own_files_are_cleared_away(tmp_path: Path) -> None:
    claim(tmp_path)
    own, foreign = tmp_path / "旧.xlsx", tmp_path / "我的.xlsx"
    own.touch()
    note(tmp_path, [own])
    foreign.touch()
    claim(tmp_path)
    assert sorted(file.name for file in tmp_path.iterdir()) == [MARK, foreign.name]


@pytest.mark.parametrize("mark", ["", "[]", "{}", json.dumps({"files": ["../别处.xlsx"]})])
def test_a_foreign_folder_is_left_alone(tmp_path: Path, mark: str, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "我的资料"
    folder.mkdir()
    (tmp_path / "别处.xlsx").touch()
    (folder / "台账.xlsx").touch()
    if mark:
        (folder / MARK).write_text(mark, encoding="utf-8")
    before = sorted(file.name for file in tmp_path.rglob("*"))
    assert main(["demo", str(folder)]) == 2
    assert "没有动它" in capsys.readouterr().err
    assert sorted(file.name for file in tmp_path.rglob("*")) == before


@pytest.mark.slow
def test_the_command_tells_what_was_found_and_where_to_look(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], committee: Committee
) -> None:
    folder = tmp_path / "演示"
    assert main(["demo", str(folder), "--as-of", AS_OF.isoformat()]) == 0
    told = capsys.readouterr()
    arrived = list(handed_in(committee))
    readable = [each for each in arrived if each.status != SubmissionStatus.UNREADABLE]
    sealed = [each for each in readable if not each.planted]
    assert f"台账 {len(arrived)} 本，其中读不了的 1 本" in told.out
    assert f"错误 {sum(len(each.planted) for each in readable)} 处" in told.out
    assert f"报送：{len(sealed)} 本没有错误" in told.out
    assert "已报 10 个" in told.out
    assert f"双重名册 {len(plan()['doubles'])} 人" in told.out
    flows = Counter(dict.fromkeys(("matched", "differs"), 0))
    for flow in plan()["flows"]:
        flows["differs" if flow["how"].endswith("differs") else flow["how"]] += flow["count"]
    assert f"已对上 {flows['matched']}，" in told.out
    assert f"不一致 {flows['differs']}，" in told.out
    assert f"仅流入方 {flows['inflow_only']}，" in told.out
    assert "正在生成" in told.err
    for name in code_lists()["lost_list"].words:
        assert name in told.out
    named = [line.split("先打开 ")[1].split("，")[0] for line in told.out.splitlines() if "先打开 " in line]
    assert named and Path(named[0]).is_file()
