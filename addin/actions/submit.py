"""`taizhang submit`: a workbook without errors becomes a sealed file to hand in; nothing of the original changes."""

import argparse
import re
from pathlib import Path

from addin.actions.check import findings_json
from addin.actions.common import JSON_OUT, PASSWORD_FILE, write_json
from addin.actions.passwords import new_password
from addin.actions.terms import as_of_for, policy_of
from addin.desk import Desk
from addin.finding_summary import counts_text, summary_lines
from addin.hosts.encryption import encrypted
from addin.hosts.export_log import noting_export
from addin.hosts.in_use import refuse_when_open
from addin.hosts.scratch import scratch_folder
from addin.hosts.snapshots import kept
from addin.hosts.workbook_writer import write_workbook
from addin.layout import TEMPLATE_VERSION
from addin.loading import load_book
from addin.problem import CannotUse
from addin.registry import FOUND_ERRORS, OK, action, argument
from addin.sealing import Manifest, content_value, row_counts
from validators.check import check
from validators.facts import person_facts
from validators.registers import of_kind
from validators.rule import Case
from validators.table import Book, Finding, Value
from validators.words import MemberState

FOLDER = "报送"
OPERATION = "报送"
_UNFIT = re.compile(r'[\\/:*?"<>|\x00-\x1f\s]+')
_LONGEST_NAME = 60


@action(
    "submit",
    label="报送",
    tip="先按报送要求校核，有错误就列出并停下；没有错误则生成封好的报送文件：只含数值，不含宏、公式和链接，页脚有校验码。",
    arguments=(
        argument("file", metavar="工作簿", type=Path, help="支部台账或党委汇总（.xlsx 或 .xlsm）"),
        argument("-o", "--output", metavar="文件夹", type=Path, help="放在哪里，默认放在工作簿旁边的“报送”文件夹"),
        argument("--password", action="store_true", help="给报送文件加打开口令，当场输入两遍"),
        PASSWORD_FILE,
        JSON_OUT,
    ),
)
def submit(args: argparse.Namespace, desk: Desk) -> int:
    """Check by the conditions of signing off, then seal; exit code 1 and no file when there are errors."""
    path: Path = args.file
    password = (
        new_password(args.password_file, desk, "报送文件的打开口令") if args.password or args.password_file else ""
    )
    book = load_book(path)
    if book.manifest is not None:
        raise CannotUse(f"“{path.name}”已经是封好的报送文件，直接上报即可；要改请改原来的台账，再报送一次。")
    case = Case(book, policy_of(book), as_of_for(book, None, desk))
    findings = check(case, signoff=True)
    if args.json is not None:
        write_json(args.json, findings_json(case, findings, full_ids=False))
    errors = [finding for finding in findings if finding.level == "E"]
    if errors:
        for line in summary_lines(errors, path.name, case.as_of):
            desk.say(line)
        desk.say("还有错误，没有生成报送文件：请改好后再报送。")
        return FOUND_ERRORS
    manifest = manifest_of(case, findings, f"{desk.now():%Y-%m-%d %H:%M:%S}")
    target = (args.output or path.parent / FOLDER) / file_name(book)
    with noting_export(path, _export(path, target, book, manifest)):
        _seal(target, book, manifest, password, desk)
    desk.say(f"已生成报送文件：{target}")
    desk.say(f"校验码 {manifest.code}（每页页脚都有）；{counts_text(findings)}。")
    desk.say(f"内容：{manifest.row_counts or '没有一行'}。")
    if password:
        desk.say("文件已加打开口令：请另行告知上级，不要和文件一起发送。")
    return OK


def manifest_of(case: Case, findings: list[Finding], sealed_at: str) -> Manifest:
    """What the sealed file will say about itself."""
    book, policy = case.book, case.policy
    states = [one.state for one in person_facts(book, policy, case.as_of)]
    return Manifest(
        organisation_code=book.cover.text("organisation_code"),
        organisation_name=book.cover.text("organisation_name"),
        period=book.cover.text("period"),
        as_of=case.as_of.isoformat(),
        template_version=TEMPLATE_VERSION,
        policy_profile=policy.profile,
        policy_fingerprint=policy.fingerprint,
        overrides="；".join(f"{key} = {text}" for key, text in book.policy_overrides.items()),
        row_counts=row_counts(_registers(book)),
        queries=str(sum(1 for finding in findings if finding.level == "W")),
        floating=str(states.count(MemberState.FLOATING)),
        detached=str(states.count(MemberState.DETACHED)),
        lost=str(states.count(MemberState.LOST)),
        sealed_at=sealed_at,
        content=content_value(book),
    )


def _export(path: Path, target: Path, book: Book, manifest: Manifest) -> dict[str, str]:
    """The line of 报送记录: everything but persons."""
    return {
        "时间": manifest.sealed_at,
        "工作簿": path.name,
        "报送文件": target.name,
        "填报人": book.cover.text("preparer"),
        "报给": book.cover.text("superior_name") or book.cover.text("superior_code"),
        "填报期": manifest.period,
        "行数": manifest.row_counts,
        "校验码": manifest.code,
    }


def file_name(book: Book) -> str:
    """``代码_名称_期别.xlsx``, without characters a file system refuses."""
    parts = (book.cover.text(key) for key in ("organisation_code", "organisation_name", "period"))
    return "_".join(_UNFIT.sub("", part)[:_LONGEST_NAME] for part in parts) + ".xlsx"


def _registers(book: Book) -> dict[str, list[dict[str, Value]]]:
    """Everything that is handed in; what the tool wrote into the working file stays there."""
    return {
        register.key: [dict(row.values) for row in book.tables[register.key] if row.values]
        for register in of_kind("register", "log", "committee", "committee_result")
        if register.key in book.tables
    }


def _seal(target: Path, book: Book, manifest: Manifest, password: str, desk: Desk) -> None:
    """Write the file and make sure that it reads as it was meant; an earlier one stays as a snapshot."""
    cover = {key: value for key, value in book.cover.values.items() if key != "template_version"}
    refuse_when_open(target)
    with kept(target, OPERATION, desk.now()) as before:
        write_workbook(
            target,
            book.kind,
            cover=cover,
            rows=_registers(book),
            policy_overrides=book.policy_overrides,
            finish=lambda data: _finished(data, target, manifest, password),
            seal=manifest,
        )
    if before is not None:
        desk.say(f"同名的旧报送文件已保存为快照，可用 taizhang undo {target.name} 退回。")


def _finished(data: bytes, target: Path, manifest: Manifest, password: str) -> bytes:
    """The bytes to keep. Raises CannotUse when they do not read back as what was checked."""
    with scratch_folder() as scratch:
        probe = scratch / target.name
        probe.write_bytes(data)
        if content_value(load_book(probe)) != manifest.content:
            raise CannotUse("封好的文件读回来与台账不一致，没有生成：这是工具的问题，请把台账交给工具维护人员检查。")
    return encrypted(data, password) if password else data
