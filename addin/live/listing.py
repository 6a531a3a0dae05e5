"""逾期与到期, 失联名单 and 登记联系 in the open workbook."""

from addin.due_sheet import due_rows
from addin.due_text import counts_words
from addin.hosts.live import to_type
from addin.hosts.live_results import put_results
from addin.hosts.live_step import one_step
from addin.layout import FIRST_ROW
from addin.live.session import TAKE_BACK, Reply, Session
from addin.lost_sheet import lost_rows
from addin.organisations import organisation_names
from addin.problem import CannotUse
from validators.case_facts import facts
from validators.due import due_items
from validators.lost import lost_lists
from validators.table import Book, Row, Value
from validators.words import Initiator

DAYS_AHEAD = 90
CONTACTS = "contact_log"
_FIRST_TO_TYPE = "channel"


def due(session: Session) -> Reply:
    """逾期与到期: the sheet with what is late and what falls due within ninety days."""
    case = session.case()
    items = due_items(case.book, facts(case), case.policy, case.as_of, DAYS_AHEAD)
    rows = due_rows(items, organisation_names(case.book))
    _show(session, "逾期与到期", "due_list", rows, case.book, counts_words(items))
    return Reply(
        f"{case.as_of} 起 {DAYS_AHEAD} 天内：{counts_words(items)}。\n按支部联系人排在“逾期与到期”。\n{TAKE_BACK}"
    )


def lost(session: Session) -> Reply:
    """失联名单: the sheet with all lists, for looking into, not a decision."""
    case = session.case()
    lists = lost_lists(case.book, facts(case), case.policy, case.as_of)
    rows = lost_rows(lists, organisation_names(case.book))
    counts = [f"{name} {len(people)} 人" for name, people in lists.items() if people]
    _show(session, "失联名单", "lost_list", rows, case.book, f"{len(rows)} 行")
    shown = "\n".join(counts) or "各名单都没有人。"
    return Reply(f"截至 {case.as_of}：\n{shown}\n每个人的起算日和依据见“失联名单”，只供核查，不作认定。\n{TAKE_BACK}")


def contact(session: Session) -> Reply:
    """登记联系: a new line in 联系记录 for the member in the selected row; what was said is left to be typed."""
    read = session.case().book
    row = _selected(session, read)
    table = read.tables[CONTACTS]
    if "identity_number" not in table.columns or "contacted_on" not in table.columns:
        raise CannotUse("“联系记录”里没有“联系日期”或“公民身份号码”一列：请从模板补上这一列，再试一次。")
    book = session.book
    sheet = book.sheets[table.sheet]
    target = max([table.header_row, *(entry.origin.row for entry in table)]) + 1
    values: dict[str, Value] = {
        "contacted_on": session.desk.today(),
        "identity_number": row.text("identity_number"),
        "name": row.text("name"),
        "initiator": Initiator.BRANCH,
        "contact_person": row.text("contact_person") or _usual_contact(read, row),
    }
    with one_step(book, "登记联系", session.desk.now(), read.kind) as step:
        for key, value in values.items():
            if value and key in table.columns:
                step.write(sheet, target, table.columns[key], [[to_type(value)]])
        step.outcome, step.rows_affected = f"联系记录第 {target} 行", 1
    sheet.range((target, table.columns.get(_FIRST_TO_TYPE, 1))).select()
    said = f"已在“联系记录”第 {target} 行为{row.text('name')}登记一次联系：请补上联系方式、本人应答和谈话内容。"
    return Reply(f"{said}\n{TAKE_BACK}")


def _show(session: Session, title: str, key: str, rows: list[dict[str, Value]], read: Book, outcome: str) -> None:
    with one_step(session.book, title, session.desk.now(), read.kind, len(rows)) as step:
        sheet = put_results(step, key, rows, read.kind, session.ask)
        step.outcome, step.rows_affected = outcome, len(rows)
    sheet.range((FIRST_ROW, 1)).select()


def _selected(session: Session, read: Book) -> Row:
    """The member in the selected row. Raises CannotUse when there is none."""
    chosen = session.app.selection
    if chosen is not None:
        for table in read.tables.values():
            for row in table if table.sheet == chosen.sheet.name and not table.vertical else ():
                if row.origin.row == chosen.row and row.text("identity_number"):
                    return row
    raise CannotUse("请先在任一名册里选中党员所在的行（这一行要有公民身份号码），再按“登记联系”。")


def _usual_contact(read: Book, row: Row) -> str:
    number = row["identity_number"]
    found = [away.text("contact_person") for away in read.tables["outflow"] if away["identity_number"] == number]
    return found[-1] if found else ""
