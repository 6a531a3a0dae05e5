"""What `check` writes into the workbook: findings with marks (--write), tidied and rescued cells (--fix)."""

from collections.abc import Sequence
from pathlib import Path

from addin.desk import Desk
from addin.finding_summary import counts_text
from addin.hosts.changing import changing
from addin.hosts.marks import clear_marks, put_marks
from addin.hosts.patching import put_results, write_cells
from addin.identity_rescue import Rescue, edits_of, rescue, slip_lines, slips_text
from addin.issue_sheet import changes_text, issue_rows
from addin.loading import load_book
from addin.marking import MOST_MARKS, marks_of
from addin.tidying import Edit, cell_values
from validators.rule import Case
from validators.table import Book, Finding

ISSUES = "issue_list"


def write_findings(path: Path, case: Case, findings: Sequence[Finding], desk: Desk) -> None:
    """Renew 问题清单 and the marks on cells, as one step. Raises CannotUse or OSError; then nothing is changed."""
    rows = issue_rows(findings, case.book.results.get(ISSUES))
    with changing(path, "校核", desk.now(), kind=case.book.kind) as change:
        clear_marks(change.workbook)
        put_results(change.workbook, {ISSUES: rows}, case.book.kind, case.book.cover.values)
        marked = put_marks(change.workbook, marks_of(findings))
        change.outcome = f"{counts_text(findings)}（{changes_text(rows)}）"
        change.rows_affected = len(rows)
    desk.say("")
    desk.say(f"已写入“问题清单”（{changes_text(rows)}），在 {marked} 个单元格上标了颜色和批注。")
    if marked >= MOST_MARKS:
        desk.say(f"问题较多，只标出最要紧的 {MOST_MARKS} 格，其余见“问题清单”。")
    desk.say(f"清除标记：taizhang unmark {path.name}；退回到写入之前：taizhang undo {path.name}")


def write_fixes(path: Path, earlier: Sequence[Book], desk: Desk) -> None:
    """Write back what was cleaned without loss and what another place proves, list every cell. Raises as above."""
    with changing(path, "整理", desk.now()) as change:
        book = load_book(path)
        change.kind = book.kind
        found = rescue(book, earlier)
        edits = edits_of(book, found)
        refused = {entry[:3] for entry in write_cells(change.workbook, cell_values(edits))}
        done = [edit for edit, entry in zip(edits, cell_values(edits), strict=True) if entry[:3] not in refused]
        change.outcome = _outcome(done, found.edits)
        change.rows_affected = len({(edit.sheet, edit.row) for edit in done})
        change.is_needed = bool(done)
    _tell(edits, done, found, desk)
    if found.hopeless and not earlier:
        desk.say("有上一期台账的，可加 --from 上期台账 再整理一次：那里有完整号码的，可以救回。")
    desk.say("")


def _outcome(done: Sequence[Edit], rescued: Sequence[Edit]) -> str:
    saved = sum(1 for edit in done if edit in rescued)
    return f"整理 {len(done) - saved} 格" + (f"，救回身份证号 {saved} 个" if saved else "")


def _tell(edits: Sequence[Edit], done: Sequence[Edit], found: Rescue, desk: Desk) -> None:
    desk.say(f"整理：改写 {len(done)} 格。" if done else "整理：没有需要改写的格。")
    for edit in done:
        desk.say(f"  {edit.line}")
    for edit in edits:
        if edit not in done:
            desk.say(f"  没有改：{edit.sheet} {edit.column}{edit.row} 是公式，请自己改公式。")
    if found.slips:
        desk.say(f"没有改：{slips_text(found)}")
        for line in slip_lines(found):
            desk.say(line)
    for line in found.hopeless:
        desk.say(f"  救不回：{line}。")
