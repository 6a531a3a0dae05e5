"""Who else has a workbook open: spreadsheet programs by their lock files, another run of this tool by a lock."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import sleep

from addin.hosts.file_lock import try_lock
from addin.hosts.own_folder import make_own_folder
from addin.problem import CannotUse

_BETWEEN_TRIES = 0.2
_OWNER_FILES = {"~${}": "Excel 或 WPS", ".~lock.{}#": "LibreOffice 或 WPS", ".~{}": "WPS"}


def refuse_when_open(path: Path) -> None:
    """Raises CannotUse when a spreadsheet program has the workbook open, naming the lock file it left."""
    for pattern, program in _OWNER_FILES.items():
        owner = path.parent / pattern.format(path.name)
        if owner.exists():
            raise CannotUse(
                f"“{path.name}”正在 {program} 中打开，没有写入：请保存并关闭它，再试一次。"
                f"（如果并没有打开，是上次异常退出留下的标记，删除同一文件夹里的“{owner.name}”即可。）"
            )


@contextmanager
def only_writer(path: Path, wait: Callable[[], None] | None = None) -> Iterator[None]:
    """Hold the workbook against other runs of this tool. When one is writing now, ``wait`` is called once and its end
    waited for; without ``wait`` raises CannotUse.

    The system lets go of the lock when the process ends, however it ends.
    """
    with (make_own_folder(path) / f"{path.name}.lock").open("a+b") as lock:
        if not try_lock(lock):
            if wait is None:
                raise CannotUse(f"另一个 taizhang 正在写“{path.name}”，这一次没有写入：请等它做完，再试一次。")
            wait()
            while not try_lock(lock):
                sleep(_BETWEEN_TRIES)
        yield
