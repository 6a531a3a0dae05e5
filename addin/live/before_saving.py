"""Keeps a stored workbook just before LibreOffice replaces it: ``python -m addin.live.before_saving FILE``."""

import sys
from pathlib import Path

from addin.desk import Desk
from addin.hosts.live_saving import keep_before

OPERATION = "LibreOffice 存盘"


def main(arguments: list[str]) -> int:
    """Keep the snapshot; LibreOffice stores in any case, so trouble is told and no more."""
    desk = Desk()
    try:
        keep_before(Path(arguments[0]), OPERATION, desk.now())
    except OSError as problem:
        desk.tell(f"存盘前没有留成快照：{problem.strerror or problem}。")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
