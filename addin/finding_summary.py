"""Findings as lines of text: how many, then each kind with its places, what to do and on which document it rests."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from addin.masking import mask_numbers
from validators.codes import code_lists
from validators.table import LEVELS, Finding, Level

_MOST_PLACES = 5
_MEANING: dict[Level, str] = {"E": "必须改", "W": "请改正，或核对无误后写明说明", "I": "供参考"}


def level_word(level: Level) -> str:
    """错误, 疑点 or 提示."""
    return next(entry.word for entry in code_lists()["finding_level"].entries if entry.code == level)


def counts_text(findings: Iterable[Finding]) -> str:
    """How many of each level: ``错误 3 处，疑点 5 处，提示 0 处``."""
    levels = [finding.level for finding in findings]
    return "，".join(f"{level_word(level)} {levels.count(level)} 处" for level in LEVELS)


def summary_lines(findings: Sequence[Finding], file: str, as_of: date, *, every_one: bool = False) -> Iterator[str]:
    """The findings of one workbook, the errors first, equal ones in one entry unless ``every_one``; numbers masked."""
    yield f"校核“{file}”，基准日 {as_of}：{counts_text(findings)}。"
    if not findings:
        yield "没有发现问题。"
    for level in LEVELS:
        groups = [group for group in grouped(findings, every_one=every_one) if group[0].level == level]
        if groups:
            yield ""
            yield f"【{level_word(level)}】{_MEANING[level]}"
        for group in groups:
            first = group[0]
            yield mask_numbers(f"  {_places(group)}：{first.message}")
            yield mask_numbers(f"      怎么改：{first.fix}")
            yield f"      依据：{first.source}（{first.rule}）"


def grouped(findings: Iterable[Finding], *, every_one: bool = False) -> list[list[Finding]]:
    """Findings of one rule on one column with the same advice together, in the order of their first place."""
    groups: dict[tuple[object, ...], list[Finding]] = {}
    for number, finding in enumerate(findings):
        kind = (finding.rule, finding.level, finding.sheet, finding.column, finding.title, finding.fix)
        groups.setdefault((*kind, number) if every_one else kind, []).append(finding)
    return list(groups.values())


def _places(group: Sequence[Finding]) -> str:
    """``党员名册 E4（张三）``, or the first few places of several and how many there are."""
    first = group[0]
    if len(group) == 1:
        return f"{first.sheet} {first.cell}" + (f"（{first.name}）" if first.name else "")
    cells = "、".join(finding.cell for finding in group[:_MOST_PLACES])
    more = "等" if len(group) > _MOST_PLACES else ""
    example = f"，如 {first.cell}（{first.name}）" if first.name else ""
    return f"{first.sheet} {cells}{more}，共 {len(group)} 处{example}"
