"""双向比对, 冲突处理, 帮助 and 关于: buttons that only lead somewhere or tell something."""

from importlib.metadata import version

from addin.hosts.live import read_open_book, sheet_named
from addin.layout import TEMPLATE_VERSION
from addin.live.session import Reply, Session
from addin.manual import manual_page
from addin.problem import CannotUse
from validators.policy import DEFAULT_PROFILE
from validators.registers import registers
from validators.rules import load_rules
from validators.table import Table


def matching(session: Session) -> Reply:
    """双向比对: the sheet the last merge wrote, and how many rows do not agree."""
    table = _committee_table(session, "flow_matching")
    key = "result"
    counts: dict[str, int] = {}
    for row in table:
        counts[row.text(key) or "未填"] = counts.get(row.text(key) or "未填", 0) + 1
    session.book.sheets[table.sheet].activate()
    said = "，".join(f"{word} {number}" for word, number in counts.items())
    return Reply(f"双向比对共 {len(table.rows)} 行：{said}。" if said else "“双向比对”还是空的：请先按“合并下级”。")


def conflicts(session: Session) -> Reply:
    """冲突处理: go to the first conflict that is not decided."""
    table = _committee_table(session, "conflicts")
    open_rows = [row for row in table if row.values and not row.text("adopt")]
    sheet = session.book.sheets[table.sheet]
    if not open_rows:
        sheet.activate()
        return Reply("没有待裁定的冲突。")
    sheet.range((open_rows[0].origin.row, table.columns.get("adopt", 1))).select()
    return Reply(f"还有 {len(open_rows)} 处冲突没有选定“采用”：请从选中的这一行开始，下次合并照办。")


def show_help(session: Session) -> Reply:
    """帮助: the manual in the desk's browser, from the disk."""
    page = manual_page()
    if session.desk.show_page(page):
        return Reply(f"使用手册在浏览器里打开，不用联网；没有出现的，请自己打开 {page}")
    return Reply(f"这台电脑上没有找到浏览器：请用能看网页的程序打开 {page}")


def about(session: Session) -> Reply:
    """关于: version, rules, licence."""
    return Reply(
        f"台账工具 {version('taizhang')}\n模板版本 {TEMPLATE_VERSION}，政策方案 {DEFAULT_PROFILE}，"
        f"校核规则 {len(load_rules())} 条。\n完全离线，不连接任何网络和外部数据；只列依据、不作认定。\nMIT 许可。"
    )


def _committee_table(session: Session, key: str) -> Table:
    title = registers()[key].title
    if sheet_named(session.book, title) is None:
        raise CannotUse(f"这个工作簿没有“{title}”：请打开党委汇总，再按这个按钮。")
    return read_open_book(session.book).tables[key]
