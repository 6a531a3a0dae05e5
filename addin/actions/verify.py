"""`taizhang verify`: whether a sealed file is still what was sealed, found by its name or by the code on a printout."""

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from addin.actions.common import PASSWORD_FILE
from addin.actions.passwords import password_for
from addin.desk import Desk
from addin.hosts.encryption import is_locked, unlocked
from addin.hosts.inbox import handed_in
from addin.hosts.password_file import passwords_from
from addin.hosts.scratch import scratch_folder
from addin.loading import load_book
from addin.problem import CannotUse
from addin.registry import FOUND_ERRORS, OK, action, argument
from addin.sealing import Manifest, code_of, content_value, manifest_from, plain_code
from validators.table import Book


@action(
    "verify",
    label="核对校验码",
    tip="查报送文件封存后有没有被改动：给文件名，或给打印件页脚上的校验码（在 --in 指定的文件夹里找对应的文件）。",
    arguments=(
        argument("what", metavar="报送文件|校验码", help="一个报送文件，或页脚上的校验码，如 3FA9-C21B-7E04"),
        argument(
            "--in",
            dest="folder",
            metavar="文件夹",
            type=Path,
            default=Path(),
            help="按校验码找文件的文件夹，默认当前文件夹",
        ),
        PASSWORD_FILE,
    ),
)
def verify(args: argparse.Namespace, desk: Desk) -> int:
    """Say whether the content is unchanged; exit code 1 when it is not. Raises CannotUse when nothing was sealed."""
    passwords = passwords_from(args.password_file) if args.password_file else ()
    path = Path(args.what)
    if not path.exists():
        return _by_code(args.what, args.folder, passwords, desk)
    if not passwords and path.is_file() and is_locked(path):
        passwords = (password_for(None, desk, f"“{path.name}”的打开口令："),)
    book = _read(path, passwords)
    manifest = manifest_from(book.manifest or ())
    if manifest is None:
        raise CannotUse(f"“{path.name}”没有“报送清单”，不是经报送封好的文件：请用 taizhang submit 生成报送文件。")
    if content_value(book) == manifest.content:
        for line in _intact(path, manifest):
            desk.say(line)
        return OK
    desk.say(f"“{path.name}”封存后被改动过：清单上的校验码是 {manifest.code}，")
    desk.say(f"现在的内容算出来是 {code_of(content_value(book))}。请报送单位核对后重新报送。")
    return FOUND_ERRORS


def _read(path: Path, passwords: Sequence[str]) -> Book:
    with unlocked(path, passwords) as plain:
        return replace(load_book(plain), file=path.name)


def _intact(path: Path, manifest: Manifest) -> Iterator[str]:
    yield f"“{path.name}”没有被改动，校验码 {manifest.code}。"
    yield f"  {manifest.organisation_name}（{manifest.organisation_code}）"
    yield f"  填报期 {manifest.period}，基准日 {manifest.as_of}"
    yield f"  {manifest.sealed_at} 封存；{manifest.row_counts}"


def _by_code(text: str, folder: Path, passwords: Sequence[str], desk: Desk) -> int:
    """The files under ``folder`` whose content now has this code; those that only claim it were changed."""
    wanted = plain_code(text)
    if not wanted or any(char not in "0123456789ABCDEF" for char in wanted):
        raise CannotUse(f"“{text}”既不是现有的文件，也不是校验码（形如 3FA9-C21B-7E04）：请检查写法。")
    changed = []
    for path, book in _sealed(folder, passwords):
        manifest = manifest_from(book.manifest or ())
        if plain_code(code_of(content_value(book))) == wanted and manifest is not None:
            for line in _intact(path, manifest):
                desk.say(line)
            return OK
        if manifest is not None and plain_code(manifest.code) == wanted:
            changed.append(path)
    if changed:
        desk.say(f"“{changed[0]}”封存时是这个校验码，但内容后来被改动过：请报送单位核对后重新报送。")
        return FOUND_ERRORS
    raise CannotUse(f"在“{folder.resolve()}”里没有校验码是 {text} 的报送文件：请用 --in 指定存放报送文件的文件夹。")


def _sealed(folder: Path, passwords: Sequence[str]) -> Iterator[tuple[Path, Book]]:
    with scratch_folder() as scratch:
        for found in handed_in([folder], None, scratch):
            try:
                book = replace(_read(found.path, passwords), file=found.name)
            except (CannotUse, OSError):
                continue
            if book.manifest is not None:
                yield Path(found.name), book
