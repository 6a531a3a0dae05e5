"""Every boundary vector of the catalogue's Appendix B that a branch workbook decides, end to end:

a real workbook is written, the command runs on it as a clerk would run it, and its JSON is read. What is told with the
number of the vector: the day before, the day itself, the day after.
"""

import json
from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from addin.cli import main
from addin.hosts.export_log import NAME as LOG
from tests.drawing import draw, identity
from tests.workbook_editing import edited, write_drawn
from validators.sampling import sample_size

pytestmark = pytest.mark.slow

Drawing = Mapping[str, str]
Change = Callable[[Any], None]


@pytest.fixture(scope="module", autouse=True)
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the workbooks stand; each drawing is written once."""
    _WRITTEN.clear()
    _FOLDER[:] = [tmp_path_factory.mktemp("vectors")]
    return _FOLDER[0]


_FOLDER: list[Path] = []
_WRITTEN: dict[tuple[object, ...], Path] = {}


def workbook(drawn: Drawing, profile: str) -> Path:
    """The drawing as a real workbook."""
    key = (profile, *sorted(drawn.items()))
    if key not in _WRITTEN:
        file = _FOLDER[0] / f"支部{len(_WRITTEN)}.xlsx"
        _WRITTEN[key] = write_drawn(file, draw(cover={"政策方案": profile}, **drawn))
    return _WRITTEN[key]


def ask(command: str, as_of: str, drawn: Drawing, profile: str = "current_2024", change: Change | None = None) -> Any:
    """The JSON answer of a command about a drawn workbook."""
    file, out = workbook(drawn, profile), _FOLDER[0] / "答.json"
    if change is not None:
        file = edited(file, _FOLDER[0] / "改过.xlsx", change)
    assert main([command, str(file), "--as-of", as_of, "--json", str(out), "--full-ids"]) in (0, 1)
    return json.loads(out.read_text(encoding="utf-8"))


def state(as_of: str, drawn: Drawing, profile: str = "current_2024") -> str:
    return str(fact("主状态", as_of, drawn, profile))


def fact(title: str, as_of: str, drawn: Drawing, profile: str = "current_2024") -> Any:
    return ask("facts", as_of, drawn, profile)["persons"][0][title]


def listed(name: str, as_of: str, drawn: Drawing, profile: str = "current_2024") -> list[str]:
    return [one["name"] for one in ask("lost", as_of, drawn, profile)["lists"][name]]


def status(rule: str, as_of: str, drawn: Drawing) -> list[tuple[str, str]]:
    return [(item["status"], item["due"]) for item in ask("due", as_of, drawn)["items"] if item["rule"] == rule]


def levels(
    rule: str, as_of: str, drawn: Drawing, profile: str = "current_2024", change: Change | None = None
) -> list[str]:
    return [f["level"] for f in ask("check", as_of, drawn, profile, change)["findings"] if f["rule"] == rule]


def roster(titles: str, values: str) -> Drawing:
    return {"member_roster": f"姓名 | {titles}\n张三 | {values}"}


def called(*days: str, channel: str = "电话") -> str:
    return "\n".join(["姓名 | 联系日期 | 联系方式", *(f"张三 | {day} | {channel}" for day in days)])


def away(left_on: str, reported_on: str = "") -> str:
    return f"姓名 | 外出日期 | 外出报告日期\n张三 | {left_on} | {reported_on}"


def letter(issued_on: str, days: str) -> Drawing:
    return {"transfer_letter": f"姓名 | 开出日期 | 有效期天数\n张三 | {issued_on} | {days}"}


def disposed(titles: str, values: str) -> Drawing:
    return {"disposition": f"姓名 | {titles}\n张三 | {values}"}


# --- 1–4: 失联 ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("last", "profile", "before", "day"),
    [
        ("2025-08-31", "current_2024", "2026-02-27", "2026-02-28"),
        ("2025-08-31", "legacy_2016", "2026-02-28", "2026-03-01"),
        ("2025-08-30", "current_2024", "2026-02-27", "2026-02-28"),
    ],
    ids=["1", "2", "3"],
)
def test_1_2_3_lost_from_that_day_on(last: str, profile: str, before: str, day: str) -> None:
    drawn = {"contact_log": called(last)}
    assert state(before, drawn, profile) != "失联"
    assert state(day, drawn, profile) == "失联"
    assert fact("满失联日", day, drawn, profile) == day


def test_4_a_phone_call_keeps_one_clock_fresh_and_not_the_other() -> None:
    drawn = {**roster("last_life_on | last_dues_on", "2025-03-01 | 2025-04-01"), "contact_log": called("2026-01-10")}
    (one,) = ask("facts", "2026-02-01", drawn)["persons"]
    assert one["主状态"] != "失联"
    assert "达到党章第九条期限" in one["党章九条提示"]
    assert (one["表列失去联系起算日"], one["失去联系月数"]) == ("2025-04-01", 10)


def test_5_lost_five_months_and_found_is_on_neither_list() -> None:
    file = (
        "姓名 | 发现失联日期 | 查找结果 | 取得联系日期 | 取得联系方式\n张三 | 2026-01-10 | 取得联系 | 2026-01-31 | 电话"
    )
    lists = ask("lost", "2026-02-10", {"contact_log": called("2025-08-31"), "lost_file": file})["lists"]
    assert lists["经查找取得联系"] == lists["经查找仍无法取得联系"] == lists["失联总名单"] == []


# --- 6–10: deadlines of contact and search ---------------------------------------------------------------------------


def test_6_verified_within_thirty_days() -> None:
    drawn = {"lost_file": "姓名 | 发现失联日期\n张三 | 2025-11-05"}
    assert status("R-LOST-VERIFY-30", "2025-12-05", drawn) == [("due", "2025-12-05")]
    assert status("R-LOST-VERIFY-30", "2025-12-06", drawn) == [("overdue", "2025-12-05")]
    for verified, told in (("2025-12-05", []), ("2025-12-06", ["W"])):
        row = {"lost_file": f"姓名 | 发现失联日期 | 核查日期\n张三 | 2025-11-05 | {verified}"}
        assert levels("R-LOST-VERIFY-30", "2025-12-10", row) == told


def test_7_out_of_control_after_more_than_a_month() -> None:
    drawn = {"outflow": away("2025-01-31")}
    assert listed("失控名单", "2025-02-28", drawn) == []
    assert listed("失控名单", "2025-03-01", drawn) == ["张三"]


def test_8_the_quarter_of_departure_is_not_owed() -> None:
    drawn = {"outflow": away("2026-02-10", "2026-02-01")}
    assert listed("季度未联系名单", "2026-06-30", drawn) == []
    assert listed("季度未联系名单", "2026-07-01", drawn) == ["张三"]
    assert ("overdue", "2026-06-30") in status("R-CONTACT-QUARTER", "2026-07-01", drawn)


def test_9_the_last_day_of_a_quarter_counts_for_it() -> None:
    drawn = {"outflow": away("2025-05-10", "2025-05-01"), "contact_log": called("2025-12-30", "2026-03-31")}
    assert status("R-CONTACT-QUARTER", "2026-04-01", drawn) == [("coming", "2026-06-30")]
    assert listed("季度未联系名单", "2026-04-01", drawn) == []


def test_10_a_broadcast_is_no_contact() -> None:
    drawn = {"outflow": away("2026-02-10", "2026-02-01"), "contact_log": called("2026-05-05", channel="群发通知")}
    assert listed("季度未联系名单", "2026-07-01", drawn) == ["张三"]


# --- 11–16: dues, letters, terms -------------------------------------------------------------------------------------


def test_11_six_full_unpaid_months() -> None:
    drawn = roster("党费交至年月 | last_life_on | last_dues_on", "2025-09 | 2026-03-01 | 2026-03-01")
    assert fact("党章九条提示", "2026-03-31", drawn) is None
    assert "连续6个月未交党费" in fact("党章九条提示", "2026-04-01", drawn)


def test_12_a_letter_of_ninety_days() -> None:
    drawn = letter("2026-01-20", "90")
    assert fact("介绍信到期日", "2026-04-20", drawn) == "2026-04-20"
    assert listed("超期未收回执名单", "2026-04-20", drawn) == []
    assert listed("超期未收回执名单", "2026-04-21", drawn) == ["张三"]


def test_13_a_letter_valid_for_more_than_three_months() -> None:
    assert levels("R-XFER-LETTER-VALID", "2026-01-10", letter("2025-11-30", "91")) == ["W"]
    assert levels("R-XFER-LETTER-VALID", "2026-01-10", letter("2025-11-30", "90")) == []


def test_14_letters_from_before_the_receipts_are_not_listed() -> None:
    assert listed("超期未收回执名单", "2026-04-21", letter("2006-12-31", "90")) == []
    assert listed("超期未收回执名单", "2026-04-21", letter("2007-01-01", "90")) == ["张三"]


def test_15_a_correction_ends_with_the_month() -> None:
    titles = "情形 | 拟处理 | 立案日期 | 审批日期 | 限期改正月数"
    six = disposed(titles, "D07 | 限期改正 | 2026-08-01 | 2026-08-31 | 6")
    assert fact("限期改正止日", "2026-11-24", six) == "2027-02-28"
    assert listed("限期改正到期名单", "2027-02-27", six) == []
    assert listed("限期改正到期名单", "2027-02-28", six) == ["张三"]
    thirteen = disposed(titles, "D07 | 限期改正 | 2026-08-01 | 2026-08-31 | 13")
    assert "E" in levels("R-DISP-CORRECT-PERIOD", "2026-11-24", thirteen)


def test_16_two_years_from_a_leap_day() -> None:
    stop = disposed("情形 | 拟处理 | 立案日期 | 审批日期", "D14 | 停止党籍 | 2024-01-10 | 2024-02-29")
    drawn = {**roster("党籍状态", "停止党籍"), **stop}
    assert fact("停止党籍满二年日", "2026-02-01", drawn) == "2026-02-28"
    assert listed("停止党籍满2年名单", "2026-02-27", drawn) == []
    assert listed("停止党籍满2年名单", "2026-02-28", drawn) == ["张三"]


# --- 17–22: dispositions ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("entitled", "present", "yes", "faulty"),
    [(10, 5, 5, ["赞成"]), (9, 9, 4, ["赞成"]), (9, 4, 4, ["实到会人数"]), (9, 9, 5, []), (10, 5, 6, ["赞成"])],
    ids=["valid but fails", "one short", "no quorum", "passes", "more votes than people"],
)
def test_17_more_than_half_of_those_entitled(entitled: int, present: int, yes: int, faulty: list[str]) -> None:
    titles = "情形 | 拟处理 | 立案日期 | 支部大会日期 | 应到会人数 | 实到会人数 | 赞成 | 反对 | 弃权 | 审批日期"
    row = f"D07 | 限期改正 | 2026-08-01 | 2026-08-20 | {entitled} | {present} | {yes} | 0 | 0 | 2026-08-31"
    found = ask("check", "2026-11-24", disposed(titles, row))["findings"]
    told = [(one["title"], one["level"]) for one in found if one["rule"] == "R-DISP-QUORUM"]
    assert told == [(title, "E") for title in faulty]


@pytest.mark.parametrize(("extended", "is_fault"), [("2026-07-28", True), ("2027-03-28", True), ("2026-08-28", False)])
def test_18_an_extension_of_six_to_twelve_months(extended: str, is_fault: bool) -> None:
    drawn = roster(
        "人员类别 | 加入党组织日期 | 转为正式党员日期 | 预备期延长至", f"预备党员 | 2025-02-28 | | {extended}"
    )
    assert ("E" in levels("R-DISP-PROB-TERM", "2026-03-10", drawn)) is is_fault


def test_18_a_second_extension() -> None:
    drawn = roster(
        "人员类别 | 加入党组织日期 | 转为正式党员日期 | 预备期延长至", "预备党员 | 2025-02-28 | | 2026-08-28"
    )
    once = "姓名 | 情形 | 拟处理 | 立案日期 | 审批日期\n张三 | D17 | 延长预备期 | 2026-02-01 | 2026-02-20"
    twice = f"{once}\n张三 | D17 | 延长预备期 | 2026-07-01 |"
    assert "E" not in levels("R-DISP-PROB-TERM", "2026-08-01", {**drawn, "disposition": once})
    assert levels("R-DISP-PROB-TERM", "2026-08-01", {**drawn, "disposition": twice}) == ["E"]


def lost_for_good(kind: str = "正式党员") -> Drawing:
    dates = "2015-07-01 | 2016-07-01" if kind == "正式党员" else "2025-12-20 |"
    return {
        **roster("人员类别 | 加入党组织日期 | 转为正式党员日期 | last_dues_on", f"{kind} | {dates} | 2026-01-05"),
        "lost_file": "姓名 | 发现失联日期 | 查找结果 | 查找结束日期\n张三 | 2026-07-10 | 无法取得联系 | 2026-09-10",
        "search_log": "\n".join(
            ["姓名 | 查找日期 | 查找方式 | 结果"] + [f"张三 | {day} | {way} | {found}" for day, way, found in _SEARCHED]
        ),
    }


_SEARCHED = (("2026-07-11", "A", "未联系上"), ("2026-07-20", "B", "未联系上"), ("2026-08-20", "C", "无线索"))


@pytest.mark.parametrize(
    ("profile", "offered", "never"),
    [("current_2024", "停止党籍", "自行脱党除名"), ("legacy_2016", "自行脱党除名", "停止党籍（")],
)
def test_19_not_found_after_six_months(profile: str, offered: str, never: str) -> None:
    (one,) = ask("lost", "2026-10-10", lost_for_good(), profile)["lists"]["经查找仍无法取得联系"]
    assert offered in one["outcomes"]
    assert never not in one["outcomes"]


def test_20_a_probationer_is_never_stopped() -> None:
    drawn = lost_for_good("预备党员")
    (one,) = ask("lost", "2026-10-10", drawn)["lists"]["经查找仍无法取得联系"]
    assert "取消预备党员资格（D18" in one["outcomes"]
    assert "停止党籍（" not in one["outcomes"]
    stop = disposed("情形 | 拟处理 | 立案日期", "D14 | 停止党籍 | 2026-09-20")
    assert levels("R-DISP-PROB-NA", "2026-10-10", {**drawn, **stop}) == ["E"]


def test_20_a_probationer_found_without_a_reason_is_cancelled() -> None:
    file = (
        "姓名 | 发现失联日期 | 查找结果 | 取得联系日期 | 取得联系方式 | 失联原因 | 失联期间表现 | 本人态度 | 愿否留党\n"
        "张三 | 2026-07-10 | 取得联系 | 2026-09-10 | 电话 | 主观 | 有不合格表现 | 端正 | 愿意"
    )
    drawn = {key: text for key, text in lost_for_good("预备党员").items() if key != "search_log"}
    (one,) = ask("lost", "2026-10-10", {**drawn, "lost_file": file})["lists"]["经查找取得联系"]
    assert "取消预备党员资格（D17" in one["outcomes"]
    assert "延长预备期（D17" not in one["outcomes"]


def test_21_a_removal_needs_the_county() -> None:
    steps = "事前备案日期 | 调查核实日期 | 谈话申辩日期 | 支委会日期 | 党委预审日期 | 支部大会日期"
    titles = f"情形 | 拟处理 | 立案日期 | {steps}"
    days = "2026-08-01 | 2026-08-02 | 2026-08-03 | 2026-08-04 | 2026-08-05 | 2026-08-06 | 2026-08-10"
    row = disposed(f"{titles} | 审批机关 | 审批日期", f"D12 | 自行脱党除名 | {days} | 中共示例镇委员会 | 2026-08-20")
    assert "E" in levels("R-DISP-STEPS", "2026-11-24", row)


def test_22_out_of_the_party_without_a_path() -> None:
    drawn = roster("关系归属 | 离开情形 | 离开日期", "已离开 | 已出党 | 2026-08-20")
    assert levels("R-DISP-LEGAL", "2026-11-24", drawn) == ["E"]
    papers = disposed("情形 | 拟处理 | 立案日期 | 历史补录 | 备注", "D12 | 自行脱党除名 | 2026-08-01 | 是 | 见纸质材料")
    assert levels("R-DISP-LEGAL", "2026-11-24", {**drawn, **papers}) == []


def test_23_a_tenth_rounded_up() -> None:
    assert [sample_size(count, Decimal("0.10")) for count in (0, 1, 10, 11, 101)] == [0, 1, 1, 2, 11]


# --- 24–26: fields ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "is_fault"),
    [
        ("11010519491231002X", False),
        *((number, False) for number in ("440524188001010014", "110101199003070011", "11010119900307002X")),
        *((number, True) for number in ("320301200013010018", "110101200702290019", "11010519491231002")),
        *((number, True) for number in ("110105194912310020", "990101199001010019")),
    ],
)
def test_24_identity_numbers(number: str, is_fault: bool) -> None:
    found = ask("check", "2026-11-24", roster("公民身份号码", number))["findings"]
    assert any(f["rule"] == "R-FLD-ID18" and f["level"] == "E" for f in found) is is_fault


@pytest.mark.parametrize(("joined", "expected"), [("2026-02-27", ["E"]), ("2026-02-28", [])])
def test_25_eighteen_on_the_last_of_february(joined: str, expected: list[str]) -> None:
    drawn = roster(
        "公民身份号码 | 人员类别 | 加入党组织日期 | 转为正式党员日期",
        f"{identity('2008-02-29')} | 预备党员 | {joined} |",
    )
    assert levels("R-FLD-JOIN18", "2026-11-24", drawn) == expected


@pytest.mark.parametrize(("confirmed", "expected"), [("2025-05-01", []), ("2025-08-01", ["W"])])
def test_26_confirmed_after_a_year(confirmed: str, expected: list[str]) -> None:
    drawn = roster("加入党组织日期 | 转为正式党员日期", f"2024-05-01 | {confirmed}")
    assert levels("R-FLD-JOINORDER", "2026-11-24", drawn) == expected


def test_27_in_two_states_counted_once_in_the_first() -> None:
    drawn = {**roster("last_dues_on", "2025-12-05"), "outflow": away("2025-11-10", "2025-11-01")}
    (one,) = ask("facts", "2026-11-24", drawn)["persons"]
    assert one["主状态"] == "失联"
    assert one["外出满六个月日"] == "2026-05-10"


# --- 28–29, 32: sums, and what leaves the branch ----------------------------------------------------------------------


def test_28_who_has_not_reported_is_no_zero() -> None:
    drawn = draw(
        kind="committee",
        organisation_directory="党组织代码 | 党组织名称 | 党组织类别\n"
        "037990100001 | 示例支部 | 街道社区\n037990100002 | 未报支部 | 农村",
        member_roster="姓名 | 最近交纳党费日期\n张三 | 2026-11-01",
    )
    file, folder = write_drawn(_FOLDER[0] / "党委.xlsx", drawn), _FOLDER[0] / "表册"
    assert main(["forms", str(file), "--form", "外出流动党员情况汇总表", "-o", str(folder)]) == 0
    (written,) = folder.glob("*外出流动党员情况汇总表*.xlsx")
    sheet = openpyxl.load_workbook(written).worksheets[0]
    lines = [[cell.value for cell in row] for row in sheet.iter_rows()]
    missing = next(line for line in lines if "未报支部" in line)
    assert "未报" in missing
    assert 0 not in missing
    assert any("未报党组织 1 个，不计入合计：未报支部。" in str(line[0]) for line in lines)


@pytest.mark.parametrize(("there", "expected"), [(95, []), (94, ["E"])])
def test_29_a_hundred_and_five_come_and_five_gone(there: int, expected: list[str]) -> None:
    moves = "发展 3 | 转入 2 | 已出党 1 | 停止党籍 1 | 去世 1 | 已转出 2"
    people = {word: int(count) for word, count in (move.split() for move in moves.split(" | "))}
    lines = ["姓名 | 关系归属 | 党籍状态 | 进入方式 | 进入日期 | 离开情形 | 离开日期"]
    lines += [f"老党员{each} | 在册 | 正常 | 期初在册 | | |" for each in range(there)]
    for word, count in people.items():
        for each in range(count):
            lines.append(f"{word}{each} | {_MOVED[word]}")
    stop = "姓名 | 情形 | 拟处理 | 立案日期 | 审批日期\n停止党籍0 | D14 | 停止党籍 | 2026-01-05 | 2026-02-01"
    drawn = {"member_roster": "\n".join(lines), "disposition": stop}
    book = draw(cover={"上年底党员总数": 100}, **drawn)
    file, out = write_drawn(_FOLDER[0] / f"年初{there}.xlsx", book), _FOLDER[0] / "答.json"
    main(["check", str(file), "--as-of", "2026-11-24", "--json", str(out)])
    found = [one for one in json.loads(out.read_text("utf-8"))["findings"] if one["rule"] == "R-SUM-YEAR"]
    assert [one["level"] for one in found] == expected
    assert all("= 100，实有 99，差 -1" in one["message"] for one in found)


_MOVED = {
    **{word: f"在册 | 正常 | {word} | 2026-03-01 | |" for word in ("发展", "转入")},
    **{word: f"已离开 | 正常 | 期初在册 | | {word} | 2026-03-01" for word in ("已出党", "去世", "已转出")},
    "停止党籍": "在册 | 停止党籍 | 期初在册 | | |",
}


def test_32_what_goes_to_the_county_is_masked_and_logged() -> None:
    drawn = {**roster("手机号", "15412345678"), "outflow": away("2026-02-10", "2026-02-01")}
    file, folder = workbook(drawn, "current_2024"), _FOLDER[0] / "上级"
    asked = ["forms", str(file), "--form", "党员基本信息汇总表", "-o", str(folder), "--as-of", "2026-11-24"]
    assert main([*asked, "--for", "上级"]) == 0
    (written,) = folder.glob("*.xlsx")
    cells = [str(cell.value) for row in openpyxl.load_workbook(written).worksheets[0].iter_rows() for cell in row]
    number = draw(**drawn)["member_roster"].rows[0].text("identity_number")
    assert f"{number[:6]}********{number[-4:]}" in cells
    assert number not in "".join(cells)
    log = file.parent / ".taizhang" / LOG
    lines = log.read_text(encoding="utf-8").splitlines()
    assert json.loads(lines[-1])["numbers"] == "上级用，号码遮住中间各位"
    assert main([*asked, "--for", "上级"]) == 0
    assert len(log.read_text(encoding="utf-8").splitlines()) == len(lines) + 1


# --- 30–35 -----------------------------------------------------------------------------------------------------------


def column_of_belief(book: Any) -> None:
    sheet = book["党员名册"]
    last = max(cell.column for cell in sheet[3] if cell.value)
    sheet.cell(3, last + 1).value = "是否信教"
    sheet.cell(4, last + 1).value = "绝不可记下"


def test_30_a_column_about_belief_is_dropped_and_nothing_of_it_kept() -> None:
    answer = ask("check", "2026-11-24", roster("学历", "大学本科"), change=column_of_belief)
    assert any(f["rule"] == "R-EXCL-RELIGION" for f in answer["findings"])
    assert "绝不可记下" not in json.dumps(answer, ensure_ascii=False)


def test_31_no_identity_number_in_the_account_of_an_enquiry() -> None:
    log = f"姓名 | 查找日期 | 查找方式 | 结果 | 经过\n张三 | 2026-07-11 | C | 无线索 | 答复：{identity('1990-01-01')}"
    assert "W" in levels("R-SEC-TEXT", "2026-11-24", {**lost_for_good(), "search_log": log})


def test_33_each_half_year_abroad() -> None:
    drawn = {"abroad": "姓名 | 出境日期\n张三 | 2025-10-10", "contact_log": called("2026-06-30")}
    rule = "R-CONTACT-ABROAD-HALF"
    assert [one for one, _ in status(rule, "2026-12-31", drawn)] == ["due"]
    assert ("overdue", "2026-12-31") in status(rule, "2027-01-01", drawn)


def test_34_more_than_five_years_abroad() -> None:
    drawn = {"abroad": "姓名 | 出境日期\n张三 | 2021-01-15", "contact_log": called("2025-12-01")}
    assert status("R-ABROAD-5Y", "2026-01-15", drawn) == [("due", "2026-01-15")]
    assert status("R-ABROAD-5Y", "2026-01-16", drawn) == [("overdue", "2026-01-15")]


def test_35_the_week_after_the_file_is_opened() -> None:
    drawn = {**roster("last_dues_on", "2025-06-01"), "lost_file": "姓名 | 发现失联日期\n张三 | 2025-12-31"}
    assert status("R-SEARCH-WEEKLY", "2026-01-05", drawn) == [("due", "2026-01-11")]
    assert status("R-SEARCH-WEEKLY", "2026-01-11", drawn) == [("due", "2026-01-11")]
    assert status("R-SEARCH-WEEKLY", "2026-01-12", drawn) == [("overdue", "2026-01-11")]
