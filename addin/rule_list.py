"""The list of rules (规则清单) as plain lines: every checked rule, what holds elsewhere, what is left to people."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from validators.check import SIGNOFF_RULES
from validators.codes import code_lists
from validators.elsewhere import rules_elsewhere
from validators.policy import Policy, policy_keys
from validators.registers import registers
from validators.rule import Rule, Wording
from validators.rules import load_rules
from validators.undecidable import undecidable_rules
from validators.words import FindingLevel

TITLES = ("规则", "级别", "管什么", "查出时怎么说", "怎么改", "工作表", "政策参数", "依据", "依据等级", "是否确认")
"""The columns of the list, in order."""

CONFIRMED = "已确认"
"""Somebody has seen the text the rule rests on. Everything else waits for that (待核)."""

CHECKED, ELSEWHERE, UNDECIDABLE = "校核时检查", "由别处执行", "工作簿里判断不了"

_LEVELS = {"E": FindingLevel.ERROR, "W": FindingLevel.QUERY, "I": FindingLevel.NOTE}
_SEEN = ("S", "V", "C")
"""Grades of a basis somebody has seen; the others are recalled, second-hand, derived or the product's own."""

_FAMILIES: Mapping[str, str] = {
    "CONTACT": "联系",
    "LOST": "失联",
    "A9": "党章第九条和党费",
    "DUES": "党章第九条和党费",
    "SEARCH": "查找档案",
    "FOLLOW": "查找档案",
    "RELOST": "查找档案",
    "CHECK5": "五核查、排查和抽查",
    "CHECK33": "五核查、排查和抽查",
    "INSP": "五核查、排查和抽查",
    "XFER": "组织关系接转",
    "TAG": "组织关系接转",
    "ABROAD": "出国（境）",
    "FLOAT": "流动党员",
    "DISP": "处置",
    "ANNUAL": "年审",
    "SEC": "保密和不登记的内容",
    "EXCL": "保密和不登记的内容",
    "FLD": "每个单元格",
    "X": "各表之间",
    "SUM": "合计和平衡",
}
"""The family a rule belongs to, by the first word of its id, in the order of the list."""


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One rule as listed; texts only. ``how`` is one of CHECKED, ELSEWHERE, UNDECIDABLE.

    A checked rule ``says`` one or more things, each with what to do; of the others that is where or why, and "".
    """

    id: str
    how: str
    family: str
    level: str
    title: str
    says: tuple[Wording, ...]
    sheets: str
    settings: str
    source: str
    grade: str
    confirmed: str

    @property
    def cells(self) -> tuple[str, ...]:
        """The cells under ``TITLES``."""
        said, todo = (_numbered(texts) for texts in zip(*((one.message, one.fix) for one in self.says), strict=True))
        texts = (self.id, self.level, self.title, said, todo, self.sheets, self.settings)
        return (*texts, self.source, self.grade, self.confirmed)


def rule_lines(policy: Policy, prefix: str = "") -> tuple[RuleLine, ...]:
    """Every rule whose id begins with ``prefix``, by family and id; settings show the values of ``policy``."""
    lines = [_checked(rule, policy) for rule in load_rules().values()]
    for one in rules_elsewhere():
        place = f"{one.where}（{one.rule}）" if one.rule else one.where
        lines.append(_other(one.id, ELSEWHERE, one.title, place))
    for left in undecidable_rules():
        lines.append(_other(left.id, UNDECIDABLE, left.title, left.reason))
    families = list(dict.fromkeys(_FAMILIES.values()))
    wanted = [line for line in lines if line.id.startswith(prefix.strip().upper())]
    return tuple(sorted(wanted, key=lambda line: (families.index(line.family), line.id)))


def by_family(lines: Iterable[RuleLine]) -> Mapping[str, Sequence[RuleLine]]:
    """The lines of each family, in order."""
    found: dict[str, list[RuleLine]] = {}
    for line in lines:
        found.setdefault(line.family, []).append(line)
    return found


def as_json(lines: Iterable[RuleLine]) -> dict[str, Any]:
    """The list as JSON values with a schema version; ``message`` and ``fix`` are those of the first of ``says``."""
    return {"schema": 1, "rules": [{**asdict(line.says[0]), **asdict(line)} for line in lines]}


def as_text(lines: Sequence[RuleLine]) -> list[str]:
    """The list for a terminal: a line for the rule, one or two for each thing it says, one for the basis."""
    found = []
    for family, members in by_family(lines).items():
        found += ["", f"【{family}】"]
        for line in members:
            mark = line.level if line.how == CHECKED else line.how
            found.append(f"{line.id}（{mark}）{line.title}")
            for one in line.says:
                found.append(f"    {one.message}")
                if one.fix:
                    found.append(f"        怎么改：{one.fix}")
            if line.how == CHECKED:
                found.append(f"    依据：{line.source}（{line.grade}，{line.confirmed}）")
    return [*found[1:], "", summary(lines)]


def as_markdown(lines: Sequence[RuleLine]) -> str:
    """The list as a page to read, with a table a family."""
    page = ["# 规则清单", "", summary(lines), "", *_PREFACE]
    for family, members in by_family(lines).items():
        page += ["", f"## {family}", ""]
        page += ["| 规则 | 级别 | 管什么 | 查出时怎么说；怎么改 | 政策参数 | 依据 |", "|---|---|---|---|---|---|"]
        for line in members:
            said = "<br>".join(f"{one.message}。{one.fix}" if one.fix else one.message for one in line.says)
            basis = f"{line.source}（{line.grade}，{line.confirmed}）" if line.source else ""
            level = line.level if line.how == CHECKED else line.how
            cells = (line.id, level, line.title, said, line.settings, basis)
            page.append("| " + " | ".join(cell.replace("|", "／") for cell in cells) + " |")
    return "\n".join(page) + "\n"


def summary(lines: Sequence[RuleLine]) -> str:
    """How many rules there are, and how many still need somebody to look at the original text."""
    count = {how: sum(1 for line in lines if line.how == how) for how in (CHECKED, ELSEWHERE, UNDECIDABLE)}
    doubtful = sum(1 for line in lines if line.how == CHECKED and line.confirmed != CONFIRMED)
    return (
        f"共 {len(lines)} 条：{CHECKED} {count[CHECKED]} 条（其中 {doubtful} 条的依据待核），"
        f"{ELSEWHERE} {count[ELSEWHERE]} 条，{UNDECIDABLE} {count[UNDECIDABLE]} 条。"
    )


_PREFACE = (
    "本页由程序生成：`python -m addin.build`。命令 `taizhang rules` 显示同样的内容，`-o 规则清单.xlsx` 存成表格。",
    "",
    "* 级别：错误——要改正；疑点——改正或说明；提示——供参考。签报时个别疑点按错误处理。",
    "* 依据等级：见过原文的为“已确认”；转引、凭记忆和“本工具默认值”为“待核”，默认值多数可在“政策参数”里改。",
    "* 一条规则查出几种情形的，每种一行；〔〕里是校核时填进去的内容，例如日期、行号和您填的值。",
    "* 工具只列出事实和日期的算法，不替党组织作决定。",
)


def _checked(rule: Rule, policy: Policy) -> RuleLine:
    sheets = "、".join(dict.fromkeys(registers()[key].title for key in rule.registers))
    return RuleLine(
        id=rule.id,
        how=CHECKED,
        family=_family(rule.id),
        level=_LEVELS[rule.level] + ("，签报时为错误" if rule.id in SIGNOFF_RULES else ""),
        title=rule.title,
        says=tuple(_said(rule, wording) for wording in rule.wordings.values()),
        sheets="各表" if len(rule.registers) > 8 else sheets,
        settings=_settings(rule.id, policy),
        source=rule.source,
        grade=_grade(rule.grade),
        confirmed=CONFIRMED if rule.grade in _SEEN else "待核",
    )


def _said(rule: Rule, wording: Wording) -> Wording:
    """With blanks named; what begins with an arithmetic gets the title of the rule before it."""
    message = _blanked(wording.message)
    return Wording(f"{rule.title}：{message}" if message.startswith("〔日期怎样") else message, _blanked(wording.fix))


def _other(name: str, how: str, title: str, text: str) -> RuleLine:
    return RuleLine(name, how, _family(name), "", title, (Wording(text, ""),), "", "", "", "", "")


def _family(name: str) -> str:
    """Raises KeyError for an id of no family."""
    return _FAMILIES[name.split("-")[1]]


def _grade(grade: str) -> str:
    words = {code.code: code.word for code in code_lists()["grade"].entries}
    return words[grade]


def _settings(name: str, policy: Policy) -> str:
    keys = [key for key in policy_keys().values() if name in key.rules]
    return "；".join(f"{key.title} = {key.shown(policy.values[key.key])}{key.unit}（{key.key}）" for key in keys)


def _blanked(text: str) -> str:
    """A wording with its blanks named in Chinese. Raises KeyError for a blank rule_blanks.json does not name."""
    return re.sub(r"\{(\w+)\}", lambda found: f"〔{_blanks()[found[1]]}〕", text)


@cache
def _blanks() -> Mapping[str, str]:
    data: Mapping[str, str] = json.loads(files("addin").joinpath("rule_blanks.json").read_text(encoding="utf-8"))
    return data


def _numbered(texts: Sequence[str]) -> str:
    """One text as it is, several each on a line with its number."""
    given = [text for text in texts if text]
    return "\n".join(f"{number}. {text}" for number, text in enumerate(given, 1)) if len(given) > 1 else "".join(given)
