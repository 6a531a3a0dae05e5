"""Times several ways of doing a thing in one run, in turn, and gives each as a ratio to the first one.

Seconds differ from desk to desk and from hour to hour; ratios of processor time taken inside one round do not.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from statistics import median
from time import process_time

from python_calamine import CalamineWorkbook

Way = Callable[[], object]


def bare_read(file: Path) -> int:
    """What everything is measured against: python-calamine reads every sheet to rows, nothing else is done."""
    workbook = CalamineWorkbook.from_path(str(file))
    return sum(len(workbook.get_sheet_by_name(name).to_python()) for name in workbook.sheet_names)


def ratios(ways: Mapping[str, Way], rounds: int) -> Mapping[str, float]:
    """Median over the rounds of each way's time divided by the first way's time of the same round."""
    first = next(iter(ways))
    taken: dict[str, list[float]] = {name: [] for name in ways}
    for turn in range(rounds):
        names = list(ways)
        order = names[turn % len(names) :] + names[: turn % len(names)]
        seconds = {name: _timed(ways[name]) for name in order}
        for name in names:
            taken[name].append(seconds[name] / seconds[first])
    return {name: median(values) for name, values in taken.items()}


def _timed(way: Way) -> float:
    begun = process_time()
    way()
    return process_time() - begun


def table(title: str, measured: Mapping[str, float]) -> str:
    """The ratios as lines to print."""
    width = max(len(name) for name in measured)
    return "\n".join([title, *(f"  {name:<{width}}  {ratio:6.2f} x" for name, ratio in measured.items())])
