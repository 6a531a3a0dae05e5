"""What the door costs beside a bare read of the same workbook: files never seen, and files that share their parts.

Run ``python -m tests.benchmarks.door``: branches of growing size, then the costliest hostile file.
"""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from addin.demo.population import clean_population
from addin.hosts import door
from addin.hosts.closed import sheets_of
from addin.hosts.parts_scan import forget_parts
from addin.hosts.workbook_writer import write_workbook
from addin.loading import load_book
from addin.problem import CannotUse
from addin.unread_sheets import is_data
from tests.benchmarks.ratios import bare_read, ratios, table
from tests.drawing import draw
from tests.hostile_files import hostile
from tests.workbook_editing import write_drawn

AS_OF = date(2026, 11, 24)
SIZES = (30, 100, 1000)
ROUNDS = 7


def main() -> None:
    """Print the ratios."""
    with TemporaryDirectory() as scratch:
        folder = Path(scratch)
        for size in SIZES:
            print(table(f"{size} 名党员的支部台账，与直接读取相比：", measured(folder, size)))
        print(costliest(folder))


def measured(folder: Path, members: int) -> dict[str, float]:
    """Ratios for a branch of so many members: the door on a fresh file, on one seen before, and the whole reading."""
    path = folder / f"{members}.xlsx"
    made = clean_population(members=members, as_of=AS_OF, seed=members)
    write_workbook(path, "branch", cover=made.cover, rows=made.rows)
    door.admit(path)
    return dict(
        ratios(
            {
                "直接读取": lambda: bare_read(path),
                "查验（没见过的文件）": as_if_new(lambda: door.admit(path)),
                "查验（各部件都见过）": lambda: door.admit(path),
                "查验并读出各格": as_if_new(lambda: sheets_of(door.admit(path, is_data), is_data)),
                "查验并读成台账": as_if_new(lambda: load_book(path)),
            },
            ROUNDS,
        )
    )


def as_if_new(work: Callable[[], object]) -> Callable[[], object]:
    """The work with nothing remembered of parts seen before."""

    def run() -> object:
        forget_parts()
        return work()

    return run


def costliest(folder: Path) -> str:
    """The hostile file that takes longest to be refused, in seconds on this machine."""
    honest = write_drawn(folder / "支部.xlsx", draw(member_roster="姓名\n张三")).read_bytes()
    taken = {}
    for name, (data, _) in hostile(honest).items():
        (folder / name).write_bytes(data)
        begun = perf_counter()
        try:
            load_book(folder / name)
        except CannotUse:
            taken[name] = perf_counter() - begun
    slowest = max(taken, key=lambda name: taken[name])
    return f"{len(taken)} 个有害或损坏的文件，最慢的“{slowest}”用 {taken[slowest]:.2f} 秒退回"


if __name__ == "__main__":
    main()
