"""Where a command takes a password from: the first line of a file, else the clerk who is asked for it."""

from pathlib import Path

from addin.desk import Desk
from addin.hosts.password_file import passwords_from
from addin.problem import CannotUse, WrongUsage

SHORTEST = 8
NOBODY = "还缺口令：请把口令写在一个文本文件的第一行，用 --password-file 指给我；在命令行窗口里运行时会当场问。"


def password_for(file: Path | None, desk: Desk, question: str) -> str:
    """The password to open something with. Raises CannotUse for an unusable file, WrongUsage when nobody answers."""
    if file is not None:
        return passwords_from(file)[0]
    password = desk.ask_password(question)
    if not password:
        raise WrongUsage(NOBODY)
    return password


def new_password(file: Path | None, desk: Desk, what: str) -> str:
    """A password to close something with; typed twice. Raises as ``password_for``."""
    password = password_for(file, desk, f"{what}（至少 {SHORTEST} 位）：")
    if len(password) < SHORTEST:
        raise CannotUse(f"口令不足 {SHORTEST} 位：请写长一些，字母数字混用。")
    if file is None and desk.ask_password("再输一遍：") != password:
        raise CannotUse("两次输入的口令不一样，没有改动：请再来一次。")
    return password
