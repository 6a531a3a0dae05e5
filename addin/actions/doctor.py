"""`taizhang doctor`: one page about this desk for the clerk and the IT desk."""

import argparse
import hashlib
import os
import tempfile
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from pathlib import Path

from addin.actions.common import JSON_OUT, write_json
from addin.desk import Desk
from addin.desk_log import desk_log_here
from addin.hosts.atomic import atomic_path
from addin.installing.desk_facts import desk_facts, windows_registry
from addin.installing.diagnosis import Check, diagnose, page
from addin.installing.here import places_here
from addin.layout import BOOK_TITLES, TEMPLATE_VERSION
from addin.registry import OK, action, argument

PACKAGES = ("taizhang", "xlwings", "openpyxl", "pandas", "jsonschema", "python-calamine", "xlsxwriter", "lxml")


@action(
    "doctor",
    label="环境自检",
    tip="检查这台电脑能不能用台账工具：程序、Excel、宏设置、字体、权限；每个问题写明怎么办。",
    arguments=(
        JSON_OUT,
        argument("-o", "--output", metavar="文件", type=Path, help="把这一页存成文本文件，交给信息员"),
    ),
)
def doctor(args: argparse.Namespace, desk: Desk) -> int:
    """Show the page; also as text or JSON. The exit code is 0: a finding of this page is no failure of the command."""
    here = places_here()
    folders = {
        "当前文件夹": Path.cwd(),
        "临时文件夹": Path(tempfile.gettempdir()),
        "用户文件夹": Path.home(),
        "工具的文件夹": next(folder for folder in (here.home, *here.home.parents) if folder.exists()),
    }
    facts = desk_facts(here, windows_registry, folders)
    checks = (*diagnose(facts, {name: _version(name) for name in PACKAGES}), *_templates(), _log())
    lines = [f"台账工具环境自检　{desk.now()}", "", *page(checks)]
    for line in lines:
        desk.say(line)
    if args.output is not None:
        with atomic_path(args.output) as fresh:
            fresh.write_text("\n".join(lines) + "\n", encoding="utf-8")
    if args.json is not None:
        entries = [{"title": one.title, "found": one.found, "advice": one.advice} for one in checks]
        write_json(args.json, {"schema": 1, "checks": entries})
    return OK


def _log() -> Check:
    """Whether the log of this desk is whole."""
    log = desk_log_here(os.environ, places_here().home)
    broken = log.first_break()
    if broken is None:
        return Check("日志", f"完整，存放在 {log.folder}")
    return Check("日志", f"{broken} 与前一行接不上", "有人改动过日志，请报告负责人；工具照常可用")


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _templates() -> tuple[Check, ...]:
    """The blank workbooks that came along, with a checksum IT can compare."""
    found = []
    for title in BOOK_TITLES.values():
        file = files("workbook_templates").joinpath(f"{title}.xlsx")
        if file.is_file():
            digest = hashlib.sha256(file.read_bytes()).hexdigest()[:16]
            found.append(Check(f"模板“{title}”", f"{TEMPLATE_VERSION} 版，校验 {digest}"))
        else:
            found.append(Check(f"模板“{title}”", "没有找到", "请重新解压安装包"))
    return tuple(found)
