"""Buttons on stored files, pressed in an open workbook: what they write beside it, say, open, and leave alone."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest
import xlwings as xw

from addin.calc.engine import register
from addin.cli import main
from addin.desk import Desk
from addin.hosts.live import open_file, read_open_book
from addin.hosts.snapshots import content, timeline
from addin.hosts.workbook_writer import write_workbook
from addin.installing.office_losses import office_losses
from addin.live.press import press
from addin.live.session import Reply, Session
from addin.loading import load_book
from addin.sealing import manifest_from
from tests.drawing import draw, person
from tests.handing_in import COMMITTEE, HOME, code
from tests.office import running_office
from tests.small_branch import small_branch_file
from tests.template_facts import facts
from tests.workbook_editing import write_drawn
from validators.table import BookKind, Value

pytestmark = [pytest.mark.live, pytest.mark.xdist_group("office")]

READY = """姓名 | 手机号 | 最近参加组织生活日期 | 最近交纳党费日期 | 党费交至年月 | 应急联系人 | 应急联系人电话
           张三 | 15400000001 | 2026-10-15 | 2026-10-15 | 2026-10 | 王五 | 15400000003"""
AWAY = "姓名 | 外出日期 | 流动范围 \n 张三 | 2025-12-01 | 跨省流动"
TALKS = "姓名 | 联系日期 \n 张三 | 2026-10-20"
ROSTER = "姓名 | 最近参加组织生活日期 \n 张三 | 2025-11-01 \n 王五 | 2026-11-01"

Press = Callable[..., Reply]


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[xw.App]:
    with running_office(tmp_path_factory.mktemp("profile")) as running:
        yield register(running.office, hidden=True)


@pytest.fixture
def open_book(app: xw.App) -> Iterator[Callable[[Path], Session]]:
    yield lambda path: Session(app, open_file(app, path), Desk())
    for book in list(app.books):
        book.close()


def branch(folder: Path, cover: Mapping[str, Value] | None = None, **drawings: str) -> Path:
    return write_drawn(folder / "支部台账.xlsx", draw(cover=cover, **drawings))


def rows(path: Path, sheet: str) -> list[list[object]]:
    cells = openpyxl.load_workbook(path)[sheet].iter_rows(min_row=4, values_only=True)
    return [list(row) for row in cells if any(value is not None for value in row)]


def test_a_ready_branch_is_handed_in_with_what_stands_on_the_screen(
    open_book: Callable[[Path], Session], tmp_path: Path
) -> None:
    path = branch(tmp_path, member_roster=READY, campaign_check="姓名 \n 张三")
    stored = path.read_bytes()
    session = open_book(path)
    session.book.sheets["党员名册"]["K4"].value = "'15400000009"
    reply = press("submit", session)
    assert (reply.code, "已生成报送文件" in reply.text) == (0, True), reply.text
    (sealed,) = (tmp_path / "报送").glob("*.xlsx")
    assert load_book(sealed)["member_roster"].rows[0].text("mobile") == "15400000009"
    assert f"校验码 {manifest_from(load_book(sealed).manifest).code}" in reply.text
    assert content(path, timeline(path)[0]) == stored, "what LibreOffice has replaced is no longer to be had"


def test_with_nothing_changed_nothing_is_stored(open_book: Callable[[Path], Session], tmp_path: Path) -> None:
    path = branch(tmp_path, member_roster=READY, campaign_check="姓名 \n 张三")
    stored = path.read_bytes()
    assert press("submit", open_book(path)).code == 0
    assert path.read_bytes() == stored


def test_errors_keep_a_branch_from_handing_in(open_book: Callable[[Path], Session], tmp_path: Path) -> None:
    reply = press("submit", open_book(branch(tmp_path, member_roster="姓名 | 性别 \n 张三 | 不明")))
    assert reply.code == 1
    assert "还有错误，没有生成报送文件" in reply.text
    assert not (tmp_path / "报送").exists()


def test_a_number_of_a_written_form_leads_to_persons(open_book: Callable[[Path], Session], tmp_path: Path) -> None:
    path = branch(tmp_path, member_roster=ROSTER, outflow=AWAY, contact_log=TALKS)
    assert main(["forms", str(path), "--form", "表4", "-o", str(tmp_path)]) == 0
    form = tmp_path / "外出流动党员情况汇总表.xlsx"
    stored = form.read_bytes()
    shown = open_book(form)
    shown.book.sheets[0]["H7"].select()
    reply = press("trace", shown)
    assert "合计、跨省 = 1" in reply.text
    assert f"张三　{person('张三')}"[:3] in reply.text
    assert "党员名册第4行" in reply.text
    assert "王五（党员名册第5行）" in reply.text
    shown.book.sheets[0]["H7"].value = 5
    assert "这一格现在是“5”，出表时是“1”" in press("trace", shown).text
    shown.book.sheets[0]["A1"].select()
    assert press("trace", shown).code == 2
    assert form.read_bytes() == stored
    register = open_book(path)
    register.book.sheets["党员名册"]["A4"].select()
    assert "没有反查依据" in press("trace", register).text


def test_the_period_before_is_carried_over(open_book: Callable[[Path], Session], tmp_path: Path) -> None:
    (tmp_path / "上期").mkdir()
    branch(tmp_path / "上期", cover={"as_of": date(2025, 12, 31)}, member_roster="姓名 \n 张三 \n 李四")
    session = open_book(branch(tmp_path, member_roster="姓名 \n 张三 \n 王五"))
    reply = press("carry", session)
    assert "期初" in reply.text
    assert "李四" in reply.text
    assert "王五" in reply.text
    session.book.sheets["党员名册"]["A5"].value = "赵六"
    assert "赵六" in press("carry", session).text


@pytest.fixture
def committee(open_book: Callable[[Path], Session], tmp_path: Path) -> Session:
    """A committee into which two branches were merged by the button; both claim 张三."""
    rosters = ("姓名 | 性别 \n 张三 | * \n 李四 | 不明", "姓名 | 手机号 \n 张三 | 15400000002")
    for number, roster in enumerate(rosters, 1):
        front = {"organisation_code": code(number), "organisation_name": f"第{number}支部", "superior_code": COMMITTEE}
        write_drawn(tmp_path / "报送" / f"{code(number)}.xlsx", draw(cover=front, member_roster=roster))
    target = tmp_path / "党委汇总.xlsx"
    write_workbook(target, "committee", cover=HOME)
    session = open_book(target)
    reply = press("merge", session)
    assert reply.code in (0, 1), reply.text
    return Session(session.app, session.app.books["党委汇总.xlsx"], session.desk)


def test_a_committee_merges_decides_and_returns(committee: Session, tmp_path: Path) -> None:
    read = read_open_book(committee.book)
    assert [row.text("name") for row in read["member_roster"]].count("张三") >= 1
    assert "李四" in [row.text("name") for row in read["member_roster"]]
    waiting = [row for row in read["conflicts"] if not row.text("adopt")]
    reply = press("conflicts", committee)
    assert f"还有 {len(waiting)} 处冲突" in reply.text
    adopt = read["conflicts"].columns["adopt"]
    chosen = committee.app.selection
    assert (chosen.sheet.name, chosen.row, chosen.column) == ("冲突处理", waiting[0].origin.row, adopt)
    matching = press("matching", committee)
    assert (matching.code, committee.book.sheets.active.name) == (0, "双向比对")
    assert str(len(read["flow_matching"].rows)) in matching.text or "还是空的" in matching.text
    back = press("return", committee)
    assert back.code == 0, back.text
    returned = sorted(path.name for path in (tmp_path / "退回单").iterdir())
    assert returned == [f"{code(number)}_第{number}支部_2026Q4_退回单.xlsx" for number in (1, 2)]
    assert "李四" in [value for row in rows(tmp_path / "退回单" / returned[0], "退回单") for value in row]
    again = committee.app.books["党委汇总.xlsx"]
    assert {row.text("organisation_code") for row in read_open_book(again)["return_items"]} == {code(1), code(2)}


def test_decided_conflicts_are_told_as_done(committee: Session) -> None:
    read = read_open_book(committee.book)
    table = read["conflicts"]
    for row in table:
        committee.book.sheets[table.sheet].range((row.origin.row, table.columns["adopt"])).value = "甲"
    assert press("conflicts", committee).text == "没有待裁定的冲突。"
    assert committee.book.sheets.active.name == table.sheet


def test_a_branch_has_nothing_to_merge_match_or_return(open_book: Callable[[Path], Session], tmp_path: Path) -> None:
    session = open_book(branch(tmp_path, member_roster=READY))
    (tmp_path / "报送").mkdir()
    for button in ("merge", "matching", "conflicts", "return"):
        reply = press(button, Session(session.app, session.app.books["支部台账.xlsx"], session.desk))
        assert reply.code == 2, (button, reply.text)
        assert reply.text.endswith(("。", "）")), reply.text


def test_two_open_workbooks_are_not_confused(open_book: Callable[[Path], Session], tmp_path: Path) -> None:
    (tmp_path / "一").mkdir()
    (tmp_path / "二").mkdir()
    one = open_book(branch(tmp_path / "一", member_roster="姓名 | 性别 \n 张三 | 不明"))
    two = open_book(branch(tmp_path / "二", member_roster=READY))
    two.book.sheets["党员名册"]["A4"].value = None
    assert press("check", one).code == 1
    assert two.book.sheets["问题清单"]["A4"].value is None
    assert press("check", two).code == 1
    assert "不明" in str(one.book.sheets["问题清单"]["A4:M30"].value)
    assert "不明" not in str(two.book.sheets["问题清单"]["A4:M30"].value)
    assert "已撤销“校核”" in press("undo", one).text
    assert one.book.sheets["问题清单"]["A4"].value is None
    assert two.book.sheets["问题清单"]["A4"].value is not None


def test_closing_reopening_and_repeating(open_book: Callable[[Path], Session], tmp_path: Path) -> None:
    path = branch(tmp_path, member_roster="姓名 | 性别 \n 张三 | 不明")
    first = open_book(path)
    before = first.book.sheets["党员名册"]["C4"].color
    assert press("check", first).code == 1
    assert press("lost", first).code == 0
    first.book.save()
    first.book.close()
    again = open_book(path)
    assert again.book.sheets["党员名册"]["C4"].color == (255, 179, 179)
    assert "新增 0" in press("check", again).text
    assert press("lost", again).code == 0
    for title in ("失联名单", "校核", "失联名单", "校核"):
        assert press("undo", again).text.startswith(f"已撤销“{title}”")
    assert again.book.sheets["党员名册"]["C4"].color == before
    assert again.book.sheets["党员名册"]["C4"].value == "不明"
    assert "失联名单" not in [sheet.name for sheet in again.book.sheets]


def test_a_new_workbook_is_one_the_program_can_check(open_book: Callable[[Path], Session], tmp_path: Path) -> None:
    session = open_book(branch(tmp_path, member_roster=READY))
    assert press("new", session).code == 0
    fresh = session.app.books["支部台账_2.xlsx"]
    assert Path(fresh.fullname).parent == tmp_path
    assert read_open_book(fresh)["member_roster"].rows == ()
    assert press("rules", session).code == 0
    assert "R-FLD-ID18" in str(session.app.books["规则清单.xlsx"].sheets[0].used_range.value)


def test_the_desk_is_looked_at_and_told(open_book: Callable[[Path], Session], tmp_path: Path) -> None:
    told = press("doctor", open_book(branch(tmp_path, member_roster=READY)))
    page = (tmp_path / "环境自检.txt").read_text(encoding="utf-8")
    assert str(tmp_path / "环境自检.txt") in told.text
    assert all(loss.lost in page for loss in office_losses())


KEPT = {"sheets", "names", "validations", "conditional formats", "print set-up", "notes", "column widths", "protection"}


@pytest.mark.parametrize("kind", ["branch", "committee"])
def test_what_libreoffice_loses_on_storing_is_exactly_what_is_listed(
    app: xw.App, tmp_path: Path, kind: BookKind
) -> None:
    path = tmp_path / "台账.xlsx"
    if kind == "branch":
        small_branch_file(tmp_path).rename(path)
    else:
        write_workbook(path, kind, cover=HOME)
    before = facts(path)
    document = app.api.loadComponentFromURL(path.as_uri(), "_blank", 0, ())
    document.store()
    document.close(True)
    changed = {fact[0] for fact in before ^ facts(path)}
    assert changed == {loss.kind for loss in office_losses()}
    assert {fact[0] for fact in before} >= KEPT


def test_what_a_command_wrote_into_the_file_is_no_typing_of_the_clerk(
    open_book: Callable[[Path], Session], tmp_path: Path
) -> None:
    """The buttons wrote the sheets, commands renewed them in the closed file, the buttons renew them again."""
    path = small_branch_file(tmp_path)
    asked: list[str] = []

    def opened() -> Session:
        return replace(open_book(path), asked=lambda question: bool(asked.append(question)))

    first = opened()
    for button in ("check", "lost", "due"):
        assert press(button, first).code in (0, 1)
    first.book.sheets["党员名册"]["C6"].value = "不明"
    first.book.sheets["党员名册"]["A7"].value = "改了名字"
    first.book.save()
    first.book.close()
    for command in ("check", "lost", "due"):
        assert main([command, str(path), "--write"]) in (0, 1)
    again = opened()
    again.book.sheets["党员名册"]["C7"].value = "也不明"
    for button in ("check", "lost", "due"):
        assert press(button, again).code in (0, 1)
    assert asked == []
    again.book.sheets["失联名单"]["C4"].value = "文书改的"
    assert press("lost", again).code == 2
    assert len(asked) == 1
