"""Overdue and coming deadlines as lines of text: by contact person, with the load of the coming weeks."""

from collections.abc import Iterator, Sequence
from datetime import date

from addin.due_sheet import STATUS, days_words
from addin.masking import mask_identity, mask_numbers
from addin.text_width import table_lines
from addin.weekly_load import by_person, week_word, weekly_load
from validators.due import DueItem

_TITLES = ("状态", "截止日", "天数", "姓名", "证号", "事项", "位置", "说明")
_MOST_WEEKS = 5


def due_lines(items: Sequence[DueItem], file: str, as_of: date, days: int) -> Iterator[str]:
    """The deadlines of one workbook, each person's together, the most urgent first; numbers masked."""
    span = f"今后{days}天内" if days else "只看已逾期"
    yield f"逾期与到期“{file}”，基准日 {as_of}，{span}：{counts_words(items)}。"
    if not items:
        yield "没有要办的事。"
    load = weekly_load(items, as_of)
    for name, theirs in by_person(items).items():
        yield ""
        yield f"【{name}】{counts_words(theirs)}"
        weeks = [f"{week_word(week, as_of)} {count} 件" for week, count in load[name].items()]
        more = " …" if len(weeks) > _MOST_WEEKS else ""
        yield f"  工作量：{'，'.join(weeks[:_MOST_WEEKS])}{more}"
        yield from table_lines(_TITLES, [_cells(item) for item in theirs])


def counts_words(items: Sequence[DueItem]) -> str:
    """How many of each state: ``逾期 3 件，到期 1 件，将到期 0 件``."""
    states = [item.status for item in items]
    return "，".join(f"{word} {states.count(status)} 件" for status, word in STATUS.items())


def _cells(item: DueItem) -> tuple[str, ...]:
    return (
        STATUS[item.status],
        item.due.isoformat(),
        days_words(item.days),
        item.name or "（本支部）",
        mask_identity(item.key.identity_number),
        item.kind,
        f"{item.sheet} 第{item.row}行",
        mask_numbers(item.text),
    )
