"""Says in Chinese what is wrong with a form file, and where, from what the JSON Schema validator reports."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from jsonschema import ValidationError

_TYPES = {
    "string": "文字",
    "array": "列表 [ ]",
    "object": "花括号 { } 项",
    "integer": "整数",
    "number": "数字",
    "boolean": "true 或 false",
}


def in_words(problem: ValidationError) -> str:
    """One clause: the place, then what is wrong, as ``columns 第3项 的 title：应是文字``."""
    deepest = _deepest(problem)
    place = _place(deepest.absolute_path)
    say = _SAYINGS.get(str(deepest.validator))
    text = say(deepest) if say is not None else f"不符合“{deepest.validator}”的要求"
    return f"{place}：{text}" if place else text


def _deepest(problem: ValidationError) -> ValidationError:
    """Of alternatives, the complaint that got furthest into the value: the one the writer had in mind."""
    while problem.context:
        problem = max(problem.context, key=lambda inner: len(inner.absolute_path))
    return problem


def _place(path: Iterable[str | int]) -> str:
    parts = []
    for part in path:
        parts.append(f"第{part + 1}项" if isinstance(part, int) else str(part))
    return " ".join(parts)


def _type(problem: ValidationError) -> str:
    wanted: Any = problem.validator_value
    kinds: list[str] = wanted if isinstance(wanted, list) else [wanted]
    return f"应是{'或'.join(_TYPES.get(kind, kind) for kind in kinds)}"


def _required(problem: ValidationError) -> str:
    instance: Any = problem.instance
    wanted: Any = problem.validator_value
    missing = [str(key) for key in wanted if key not in instance]
    return f"缺少 {'、'.join(missing)}"


def _additional(problem: ValidationError) -> str:
    schema: Mapping[str, Any] = problem.schema if isinstance(problem.schema, dict) else {}
    known = schema.get("properties", {})
    instance: Any = problem.instance
    extra = [str(key) for key in instance if key not in known]
    return f"不认识 {'、'.join(extra)}（可用：{'、'.join(known)}）"


def _enum(problem: ValidationError) -> str:
    words: Any = problem.validator_value
    return f"“{problem.instance}”不在可选范围：{'、'.join(map(str, words))}"


_SAYINGS: Mapping[str, Callable[[ValidationError], str]] = {
    "type": _type,
    "required": _required,
    "additionalProperties": _additional,
    "enum": _enum,
    "minItems": lambda problem: f"至少要有 {problem.validator_value} 项",
    "minLength": lambda problem: "不能为空",
    "pattern": lambda problem: f"“{problem.instance}”写法不对",
    "minimum": lambda problem: f"不能小于 {problem.validator_value}",
    "maximum": lambda problem: f"不能大于 {problem.validator_value}",
}
