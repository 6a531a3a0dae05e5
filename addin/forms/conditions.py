"""Conditions of forms as data: who satisfies one, and for who does not, which test failed and what stands there."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from addin.forms.fields import column_of, title_of, value_of
from addin.forms.subjects import Subject
from validators.codes import code_lists
from validators.happened import latest_day
from validators.registers import Column
from validators.table import Value
from validators.wording import shown

Operator = Literal["is", "is_not", "under", "filled", "past", "this_year", "from", "to"]
OPERATORS: tuple[Operator, ...] = ("is", "is_not", "under", "filled", "past", "this_year", "from", "to")
Mode = Literal["all", "any", "none"]
MODES: tuple[Mode, ...] = ("all", "any", "none")


class ConditionError(Exception):
    """A condition that cannot be understood. Its text is one Chinese sentence."""


@dataclass(frozen=True, slots=True)
class Test:
    """One comparison of a field. ``operands`` are words, numbers, ISO days or one flag."""

    title: str
    path: str
    field_title: str
    operator: Operator
    operands: tuple[Any, ...]
    number: int = field(init=False, repr=False, compare=False, default=0)

    def __post_init__(self) -> None:
        object.__setattr__(self, "number", hash((self.title, self.path, self.operator, self.operands)))

    def __hash__(self) -> int:
        return self.number


@dataclass(frozen=True, slots=True)
class Group:
    """Several conditions: all, any or none of them hold."""

    title: str
    mode: Mode
    parts: tuple["Test | Group", ...]
    number: int = field(init=False, repr=False, compare=False, default=0)

    def __post_init__(self) -> None:
        object.__setattr__(self, "number", hash((self.title, self.mode, self.parts)))

    def __hash__(self) -> int:
        """Conditions are looked up for every cell; walking the whole tree each time would cost more than counting."""
        return self.number


Condition = Test | Group


def condition(data: Any, named: Mapping[str, Any], population: str) -> Condition:
    """A condition from its JSON: a name, ``{"field": …, "is": …}`` or ``{"any": […]}``. Raises ConditionError."""
    if isinstance(data, str):
        if data not in named:
            raise ConditionError(f"没有名为“{data}”的条件，请在 conditions.json 或本表样的 named 中定义")
        found = condition(named[data], named, population)
        return Group(data, "all", (found,))
    if isinstance(data, list):
        return Group("", "all", tuple(condition(part, named, population) for part in data))
    title = data.get("title", "")
    parts: list[Condition] = []
    for mode in MODES:
        if mode in data:
            parts.append(Group(title, mode, tuple(condition(part, named, population) for part in data[mode])))
    if "field" in data:
        parts += _tests(data, population)
    if not parts:
        raise ConditionError(f"条件 {data} 既没有 field，也没有 all、any、none")
    return parts[0] if len(parts) == 1 and not title else Group(title, "all", tuple(parts))


def _tests(data: Mapping[str, Any], population: str) -> list[Test]:
    path = data["field"]
    try:
        field_title = title_of(path, population)
    except KeyError:
        raise ConditionError(f"没有“{path}”这个数据项") from None
    found = []
    for operator in OPERATORS:
        if operator not in data:
            continue
        given = data[operator]
        operands = tuple(given) if isinstance(given, list) else (given,)
        _check_words(path, population, operator, operands)
        found.append(Test(_in_words(field_title, operator, operands), path, field_title, operator, operands))
    if not found:
        raise ConditionError(f"条件“{field_title}”没有说明怎样比较（{'、'.join(OPERATORS)}）")
    return found


def _check_words(path: str, population: str, operator: Operator, operands: Sequence[Any]) -> None:
    """A word that is not in the code list of its column can never be met: a slip of the pen."""
    column = column_of(path, population)
    if column is None or column.codes is None or operator not in ("is", "is_not", "under"):
        return
    words = code_lists()[column.codes].words
    unknown = [str(word) for word in operands if word not in words]
    if unknown:
        raise ConditionError(f"“{column.title}”没有“{'、'.join(unknown)}”这个选项")


def _in_words(title: str, operator: Operator, operands: Sequence[Any]) -> str:
    words = "、".join(shown(word) for word in operands)
    first = operands[0]
    sayings: Mapping[Operator, str] = {
        "is": f"为{words}",
        "is_not": f"不为{words}",
        "under": f"为{words}（含其中项）",
        "filled": "已填" if first else "空白",
        "past": "不晚于基准日" if first else "没有到基准日",
        "this_year": "在本年内" if first else "不在本年内",
        "from": f"不低于{words}",
        "to": f"不高于{words}",
    }
    return title + sayings[operator]


def holds(one: Condition, subject: Subject) -> bool:
    """Whether a subject satisfies a condition."""
    if isinstance(one, Group):
        match one.mode:
            case "all":
                return all(holds(part, subject) for part in one.parts)
            case "any":
                return any(holds(part, subject) for part in one.parts)
            case "none":
                return not any(holds(part, subject) for part in one.parts)
    return compare(one, value_of(subject, one.path), subject)


def compare(test: Test, value: Value, subject: Subject) -> bool:
    """Whether a value meets a test."""
    return _COMPARE[test.operator](test, value, subject)


def why_not(one: Condition, subject: Subject) -> str:
    """Which test of a condition a subject fails, with what stands there; empty when it holds."""
    if holds(one, subject):
        return ""
    if isinstance(one, Test):
        value = subject.organisation.name if one.path == "org.code" else shown(value_of(subject, one.path))
        return failed_test(one, value)
    return failed_group(one, tuple(why_not(part, subject) for part in one.parts))


def failed_test(one: Test, value: str) -> str:
    """Why a test is not met by what stands there."""
    return f"{one.field_title}{f'是“{value}”' if value else '空白'}（要求：{one.title}）"


def failed_group(one: Group, parts: Sequence[str]) -> str:
    """Why a group is not met, from why its parts are not (empty: met); empty when the group is met."""
    match one.mode:
        case "all":
            inner = next((text for text in parts if text), "")
        case "any":
            inner = "；".join(parts) if all(parts) else ""
        case "none":
            met = [part for part, text in zip(one.parts, parts, strict=True) if not text]
            inner = "；".join(f"属于“{title_of_condition(part)}”" for part in met)
    return f"不属于“{one.title}”：{inner}" if inner and one.title and one.title not in inner else inner


def title_of_condition(one: Condition) -> str:
    """A condition in words."""
    if one.title:
        return one.title
    assert isinstance(one, Group)
    parts = [title_of_condition(part) for part in one.parts]
    match one.mode:
        case "all":
            return "且".join(parts)
        case "any":
            return "或".join(parts)
        case "none":
            return f"不属于{'、'.join(parts)}"


def _words(value: Value) -> tuple[Value, ...]:
    return value if isinstance(value, tuple) else (value,)


def _is(test: Test, value: Value, _: Subject) -> bool:
    return any(word in test.operands for word in _words(value))


def _is_not(test: Test, value: Value, subject: Subject) -> bool:
    return not _is(test, value, subject)


def _under(test: Test, value: Value, subject: Subject) -> bool:
    """The word itself or one that is counted under it in the code list (其中)."""
    column = column_of(test.path, subject.register)
    return any(word in test.operands for word in _ancestors(value, column))


def _ancestors(value: Value, column: Column | None) -> list[str]:
    found: list[str] = []
    word = value if isinstance(value, str) else ""
    by_word = code_lists()[column.codes].by_word if column is not None and column.codes else {}
    while word:
        found.append(word)
        word = by_word[word].parent if word in by_word else ""
    return found


def _filled(test: Test, value: Value, _: Subject) -> bool:
    return (value is not None) == bool(test.operands[0])


def _past(test: Test, value: Value, subject: Subject) -> bool:
    day = latest_day(value)
    return (day is not None and day <= subject.case.as_of) == bool(test.operands[0])


def _this_year(test: Test, value: Value, subject: Subject) -> bool:
    day, as_of = latest_day(value), subject.case.as_of
    return (day is not None and day.year == as_of.year and day <= as_of) == bool(test.operands[0])


def _bound(operand: Any, value: Value) -> tuple[Any, Any] | None:
    if isinstance(operand, str):
        day = latest_day(value)
        return (date.fromisoformat(operand), day) if day is not None else None
    return (operand, value) if isinstance(value, int | float) else None


def _from(test: Test, value: Value, _: Subject) -> bool:
    pair = _bound(test.operands[0], value)
    return pair is not None and bool(pair[1] >= pair[0])


def _to(test: Test, value: Value, _: Subject) -> bool:
    pair = _bound(test.operands[0], value)
    return pair is not None and bool(pair[1] <= pair[0])


_COMPARE: Mapping[Operator, Callable[[Test, Value, Subject], bool]] = {
    "is": _is,
    "is_not": _is_not,
    "under": _under,
    "filled": _filled,
    "past": _past,
    "this_year": _this_year,
    "from": _from,
    "to": _to,
}
