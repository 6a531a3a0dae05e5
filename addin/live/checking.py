"""校核, 清除标记, 整理 and 撤销上一步 in the open workbook."""

from collections.abc import Mapping

from addin.finding_summary import counts_text
from addin.hosts.live import at_work, to_type
from addin.hosts.live_marks import MOST_LIVE_MARKS, marks_standing
from addin.hosts.live_results import put_results
from addin.hosts.live_step import log, one_step
from addin.hosts.live_undo import undo_last
from addin.identity_rescue import NOTHING_TO_RESCUE, edits_of, is_damaged, rescue, with_offers
from addin.issue_sheet import changes_text, issue_rows
from addin.live.last_period import last_period
from addin.live.session import TAKE_BACK, Reply, Session
from addin.marking import marks_of
from addin.registry import FOUND_ERRORS, OK
from addin.stopping import finishing
from addin.tidying import cell_values
from validators.check import check as find_faults

LOCKED = "“{}”受保护，锁定的 {} 格没有标出，问题清单里都有：要标出来，请先取消这张表的保护，再点“校核”。"
STILL_MARKED = "“{}”受保护，锁定的 {} 格还标着：请先取消这张表的保护，再点“清除标记”。"

ISSUES = "issue_list"
_MOST_LINES = 12


def check(session: Session) -> Reply:
    """校核: renew 问题清单 and the marks on cells; the sheet comes to the front."""
    case = session.case()
    findings = find_faults(case)
    found = rescue(case.book, last_period(session)) if is_damaged(findings) else NOTHING_TO_RESCUE
    findings = with_offers(findings, found)
    rows = issue_rows(findings, case.book.results.get(ISSUES))
    book, kind = session.book, case.book.kind
    with one_step(book, "校核", session.desk.now(), kind, len(rows)) as step:
        sheet = put_results(step, ISSUES, rows, kind, session.ask)
        marked = step.renew_marks(marks_of(findings))
        step.outcome, step.rows_affected = f"{counts_text(findings)}（{changes_text(rows)}）", len(rows)
    sheet.activate()
    lines = [f"校核完成：{counts_text(findings)}。", f"与上次相比：{changes_text(rows)}。"]
    lines.append(f"问题在“问题清单”，{marked.count} 个单元格已标颜色和批注。")
    lines += [LOCKED.format(name, count) for name, count in marked.locked.items()]
    if found.edits:
        lines.append(f"{len(found.edits)} 个身份证号在别处有完整的，核对后点“整理”可以写回。")
    if marked.count >= MOST_LIVE_MARKS:
        lines.append(f"问题较多，只标出最要紧的 {MOST_LIVE_MARKS} 格。")
    lines.append(TAKE_BACK)
    has_errors = any(finding.level == "E" for finding in findings)
    return Reply("\n".join(lines), FOUND_ERRORS if has_errors else OK)


def unmark(session: Session) -> Reply:
    """清除标记: take the colours and notes of the last check away."""
    left: Mapping[str, int] = {}
    with one_step(session.book, "清除标记", session.desk.now()) as step:
        cleared = len(marks_standing(session.book).found)
        if cleared:
            left = step.renew_marks(()).locked
            cleared -= sum(left.values())
            step.outcome, step.rows_affected = f"清除 {cleared} 格标记", cleared
    if not cleared and not left:
        return Reply("这个工作簿上没有校核标记，没有改动。")
    locked = [STILL_MARKED.format(name, count) for name, count in left.items()]
    return Reply("\n".join([f"已清除 {cleared} 个单元格上的标记。", *locked, TAKE_BACK]))


def tidy(session: Session) -> Reply:
    """整理: write back the loss-free cleanings and the numbers another place proves, but for formulas."""
    book, read = session.book, session.case().book
    edits = edits_of(read, rescue(read, last_period(session)))
    done = []
    with one_step(book, "整理", session.desk.now()) as step:
        for edit, (sheet, row, column, value) in zip(edits, cell_values(edits), strict=True):
            cell = book.sheets[sheet].range((row, column))
            if not str(cell.formula).startswith("="):
                step.write(book.sheets[sheet], row, column, [[to_type(value)]])
                done.append(edit)
        if done:
            step.outcome = f"整理 {len(done)} 格"
            step.rows_affected = len({(edit.sheet, edit.row) for edit in done})
    if not done:
        return Reply("没有需要整理的单元格，没有改动。")
    lines = [edit.line for edit in done[:_MOST_LINES]]
    more = [f"……共 {len(done)} 格"] if len(done) > _MOST_LINES else []
    return Reply("\n".join([f"整理了 {len(done)} 格：", *lines, *more, TAKE_BACK]))


def undo(session: Session) -> Reply:
    """撤销上一步: take back what the last button changed; what was typed since then stays."""
    book = session.book
    with at_work(book, "台账工具：正在撤销……"), finishing():
        title = undo_last(book)
        if title is not None:
            log(book, "撤销", f"退回“{title}”", 0, session.desk.now(), "branch")
    if title is None:
        return Reply("没有可以撤销的步骤：本工具还没有在这个工作簿里改动过内容。", 0)
    return Reply(f"已撤销“{title}”，您在那之后自己填的内容没有动。")
