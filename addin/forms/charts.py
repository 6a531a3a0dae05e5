"""What the page of charts shows: a few plain series of numbers about one workbook, counted as the forms count."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from addin.forms.judging import Judge
from addin.forms.subjects import MEMBER, organisations
from validators.codes import code_lists
from validators.table import Value
from validators.words import MemberState

ChartKind = Literal["bar", "column", "pie"]
NAME = "情况图表"

_MOST = 30
"""So many organisations fit a chart that can be read."""


@dataclass(frozen=True, slots=True)
class Chart:
    """One chart: title, kind, what the numbers count, labels and numbers (equally many)."""

    title: str
    kind: ChartKind
    unit: str
    labels: tuple[str, ...]
    numbers: tuple[int, ...]

    @property
    def total(self) -> int:
        """Sum of the numbers."""
        return sum(self.numbers)


def charts(judge: Judge) -> tuple[Chart, ...]:
    """The charts of a workbook; a series in which nothing is counted is left out."""
    return tuple(chart for chart in _all(judge) if chart.total)


def _all(judge: Judge) -> Iterator[Chart]:
    states = judge.values(MEMBER, "facts.state")
    words = [word for word in code_lists()["member_state"].words if word != MemberState.NORMAL]
    yield _chart("正常以外各状态的党员", "bar", states, words)
    floating = [number for number, state in enumerate(states) if state == MemberState.FLOATING]
    lost = [number for number, state in enumerate(states) if state == MemberState.LOST]
    yield _of(judge, "流动党员的流动范围", "pie", floating, "outflow.flow_range", "flow_range")
    yield _of(judge, "流动党员的管理方式", "column", floating, "outflow.management", "management")
    yield _of(judge, "失联党员失去联系的时间", "column", lost, "derived.lost_duration", "lost_duration")
    yield _of(judge, "失去联系情形", "bar", lost, "lost_file.situation", "lost_situation")
    results = judge.values(MEMBER, "derived.lost_result")
    yield _chart("失联查找结果", "pie", results, [word for word in dict.fromkeys(results) if word])
    if judge.case.book.kind == "committee":
        names = {one.code: one.name for one in organisations(judge.case) if not one.is_missing}
        codes = judge.values(MEMBER, "org.code")
        for title, numbers in (("各党组织流动党员", floating), ("各党组织失联党员", lost)):
            of = Counter(names.get(str(codes[number])) for number in numbers)
            most = sorted((name for name in names.values() if of[name]), key=lambda name: -of[name])[:_MOST]
            more = f"（最多的 {_MOST} 个）" if len([name for name in of if name]) > _MOST else ""
            yield Chart(title + more, "bar", "人", tuple(most), tuple(of[name] for name in most))


def _of(judge: Judge, title: str, kind: ChartKind, numbers: Iterable[int], path: str, codes: str) -> Chart:
    values = judge.values(MEMBER, path)
    return _chart(title, kind, [values[number] for number in numbers], code_lists()[codes].words)


def _chart(title: str, kind: ChartKind, values: Iterable[Value], words: Sequence[Value]) -> Chart:
    counts = Counter(value for value in values if isinstance(value, str))
    labels = [str(word) for word in words]
    if kind == "pie":
        labels = [word for word in labels if counts[word]]
    return Chart(title, kind, "人", tuple(labels), tuple(counts[word] for word in labels))
