"""The lists of R-LOST-LISTS as lines of text, each person with the arithmetic and what is still missing."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from addin.due_sheet import days_words
from addin.masking import mask_identity, mask_numbers
from addin.text_width import padded
from validators.lost import ListedPerson

CAUTION = "名单只列出日期算得到的情况，供支部核查，不是认定结果。"
_NAME_WIDTH = 10


def lost_lines(lists: Mapping[str, Sequence[ListedPerson]], file: str, as_of: date) -> Iterator[str]:
    """Every list with its number of members, empty ones included; numbers masked."""
    yield f"失联名单“{file}”，基准日 {as_of}。{CAUTION}"
    for name, people in lists.items():
        yield ""
        yield f"【{name}】{len(people)} 人" if people else f"【{name}】无"
        for one in people:
            yield from _person_lines(one, as_of)


def _person_lines(one: ListedPerson, as_of: date) -> Iterator[str]:
    number = mask_identity(one.key.identity_number)
    state = f"　主状态 {one.state}" if one.state else ""
    who = f"　联系人 {one.contact_person}" if one.contact_person else ""
    yield f"  {padded(one.name, _NAME_WIDTH)}{number}　{one.sheet} 第{one.row}行{state}{who}"
    yield mask_numbers(f"      {one.text}（{one.rule}）")
    yield from (f"      {line}" for line in _ahead(one, as_of))


def _ahead(one: ListedPerson, as_of: date) -> Iterator[str]:
    if one.next_due is not None:
        left = days_words((one.next_due - as_of).days)
        yield f"下一步：{one.next_step}，截止 {one.next_due}，{left}（{one.next_rule}）"
    if one.missing:
        yield f"还缺：{'；'.join(one.missing)}"
    if one.outcomes:
        yield one.outcomes
