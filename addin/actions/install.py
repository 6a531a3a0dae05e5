"""`taizhang install`: the buttons into Excel or LibreOffice, for the current user only, and out again."""

import argparse
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from addin.desk import Desk
from addin.excel_package import addin_bytes
from addin.installing.here import places_here, run_program
from addin.installing.install import carry_out, code_folders, plan, unpacked_interpreter
from addin.installing.places import Places
from addin.installing.removal import removal
from addin.oxt import extension_bytes
from addin.registry import FOUND_ERRORS, OK, action, argument

ROOT = Path(__file__).resolve().parents[2]


@action(
    "install",
    label="安装按钮",
    tip="把按钮装进 Excel 或 LibreOffice，只对当前用户，不需要管理员权限；随时可以卸载干净。",
    arguments=(
        argument("--excel", action="store_true", help="装进 Excel（Windows）"),
        argument("--libreoffice", action="store_true", help="装进 LibreOffice"),
        argument("--dry-run", action="store_true", help="只说要做什么，什么都不动"),
        argument("--uninstall", action="store_true", help="卸载：删除装过的文件，不留痕迹"),
    ),
)
def install(args: argparse.Namespace, desk: Desk) -> int:
    """Show the steps, then do them. Raises CannotUse when the desk lacks what is wanted."""
    here = places_here()
    unopkg = shutil.which("unopkg")
    if args.uninstall:
        return _uninstall(here, unopkg, dry=args.dry_run, desk=desk)
    wants_excel = args.excel or (here.system == "windows" and not args.libreoffice)
    wants_office = args.libreoffice or (here.system != "windows" and not args.excel)
    steps = plan(
        here,
        addin=addin_bytes() if wants_excel else None,
        extension=extension_bytes() if wants_office else None,
        unopkg=unopkg,
        code=code_folders(ROOT),
        unpacked=unpacked_interpreter(Path(sys.executable)),
    )
    desk.say("将要做：" if args.dry_run else "正在安装：")
    for number, step in enumerate(steps, 1):
        desk.say(f"  {number}. {step.what}")
    if args.dry_run:
        return OK
    carry_out(steps, here, run_program)
    desk.say("装好了。" + "".join(_where_to_look(here, excel=wants_excel, office=wants_office)))
    return OK


def _where_to_look(here: Places, *, excel: bool, office: bool) -> Iterator[str]:
    if excel:
        yield "请关闭并重新打开 Excel，功能区多出“流动党员”一栏。"
    if office:
        yield "请关闭并重新打开 LibreOffice 的电子表格，菜单栏多出“流动党员”，工具栏多出“校核”等按钮。"
    if here.system == "windows":
        yield "看不到的，照下面的自检页做；要用命令，双击“命令行.bat”。"
    else:
        yield "看不到请运行 taizhang doctor；命令行说找不到 taizhang 的，注销后重新登录一次。"


def _uninstall(here: Places, unopkg: str | None, *, dry: bool, desk: Desk) -> int:
    words, remove = removal(here, unopkg)
    if not words:
        desk.say("没有装过，不用卸载。")
        return OK
    for word in words:
        desk.say(f"  {word}")
    if dry:
        return OK
    kept = remove(run_program)
    for line in kept:
        desk.say(f"  {line}")
    desk.say("已卸载。" if not kept else "已卸载，上面几项请手工处理。")
    if here.home.exists():
        desk.say(f"日志按规定保留，在 {here.home}。")
    return FOUND_ERRORS if kept else OK
