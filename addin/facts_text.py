"""The derived values of every member as lines of text: one line each, or everything about one with its basis."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from addin.masking import mask_identity, mask_numbers
from addin.text_width import columns_of, padded, table_lines
from validators.facts import PersonFacts, fact_titles
from validators.wording import shown

_SHOWN = (
    "state",
    "contacted_this_quarter",
    "last_contact_on",
    "next_contact_due",
    "lost_on",
    "months_lost",
    "next_search_due",
    "article_nine",
)


def facts_lines(everyone: Sequence[PersonFacts], file: str, as_of: date) -> Iterator[str]:
    """One line a member with the values most asked for, and how many are in which state; numbers masked."""
    states = Counter(one.state for one in everyone)
    counts = "，".join(f"{state} {count} 人" for state, count in states.most_common())
    yield f"党员情况“{file}”，基准日 {as_of}，共 {len(everyone)} 人" + (f"：{counts}。" if counts else "。")
    if everyone:
        yield ""
        titles = ("行", "姓名", "证号", *(fact_titles()[key] for key in _SHOWN))
        yield from table_lines(titles, [_cells(one) for one in everyone])
        yield ""
        yield "看一个人的全部算法：加 --name 姓名；全部数据：加 --json 文件。"


def person_lines(one: PersonFacts, as_of: date) -> Iterator[str]:
    """Every derived value of one member with the rows it rests on and its arithmetic; numbers masked."""
    number = mask_identity(one.key.identity_number)
    yield f"{one.name}　{number}　{one.member.origin.sheet} 第{one.member.origin.row}行，基准日 {as_of}"
    width = max(columns_of(title) for title in fact_titles().values()) + 2
    for key, title in fact_titles().items():
        yield mask_numbers(f"  {padded(title, width)}{shown(getattr(one, key)) or '—'}")
        for rest in one.basis.get(key, ()):
            yield mask_numbers(f"  {' ' * width}依据 {rest.sheet} 第{rest.row}行：{rest.text}")


def _cells(one: PersonFacts) -> tuple[str, ...]:
    values = (shown(getattr(one, key)) for key in _SHOWN)
    number = mask_identity(one.key.identity_number)
    return (str(one.member.origin.row), one.name, number, *(value or "—" for value in values))
