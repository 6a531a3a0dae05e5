"""报送清单: what a sealed file says about itself, and whether its content is still what was sealed.

The check code guards against slips and late edits; it is no signature, anyone with this tool can seal anew.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields

from validators.registers import of_kind, registers
from validators.table import Book
from validators.wording import shown

SHEET = "报送清单"
TITLES = ("项目", "内容")
HINT = "由报送命令写出，随文件上报；本表和各表内容都不要改动，要改请改原台账后重新报送。"
CODE_LENGTH = 12

_TITLES = {
    "organisation_code": "党组织代码",
    "organisation_name": "党组织名称",
    "period": "填报期",
    "as_of": "基准日",
    "template_version": "模板版本",
    "policy_profile": "政策方案",
    "policy_fingerprint": "政策参数指纹",
    "overrides": "本单位自定的政策参数",
    "row_counts": "各表行数",
    "queries": "待说明的疑点数",
    "floating": "流动党员数",
    "detached": "空挂党员数",
    "lost": "失联党员数",
    "sealed_at": "封存时间",
    "content": "内容校验值（SHA-256）",
}
CODE_TITLE = "校验码"


@dataclass(frozen=True, slots=True)
class Manifest:
    """The lines of 报送清单, all as text; ``content`` is the SHA-256 of the canonical content in hex."""

    organisation_code: str = ""
    organisation_name: str = ""
    period: str = ""
    as_of: str = ""
    template_version: str = ""
    policy_profile: str = ""
    policy_fingerprint: str = ""
    overrides: str = ""
    row_counts: str = ""
    queries: str = ""
    floating: str = ""
    detached: str = ""
    lost: str = ""
    sealed_at: str = ""
    content: str = ""

    @property
    def code(self) -> str:
        """The 校验码 printed in the footer of every sheet, in groups of four."""
        return code_of(self.content)

    def lines(self) -> list[tuple[str, str]]:
        """Title and content of every line of the sheet, the 校验码 last."""
        texts = [(_TITLES[each.name], getattr(self, each.name)) for each in fields(self)]
        return [*texts, (CODE_TITLE, self.code)]


def manifest_from(lines: Iterable[tuple[str, str]]) -> Manifest | None:
    """The manifest behind the lines of a sheet; None when no content value is among them."""
    texts = dict(lines)
    found = {key: texts.get(title, "") for key, title in _TITLES.items()}
    return Manifest(**found) if found["content"] else None


def code_of(content: str) -> str:
    """``3FA9-C21B-7E04`` from a content value in hex."""
    short = content[:CODE_LENGTH].upper()
    return "-".join(short[at : at + 4] for at in range(0, len(short), 4))


def plain_code(text: str) -> str:
    """A check code as typed from paper, ready to compare: no dashes, no blanks, upper case."""
    return "".join(char for char in text.upper() if char.isalnum())


def content_value(book: Book) -> str:
    """SHA-256 over what a workbook says: cover, every row of every register, own policy values; in hex.

    How cells look, where columns and rows stand and what the tool wrote itself make no difference.
    """
    said = {
        "cover": _texts({key: value for key, value in book.cover.values.items() if key != "template_version"}),
        "policy": dict(sorted(book.policy_overrides.items())),
        "registers": {
            register.key: [_texts(row.values) for row in book.tables[register.key] if row.values]
            for register in of_kind("register", "log", "committee")
            if register.key in book.tables
        },
    }
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def is_intact(book: Book) -> bool | None:
    """Whether a sealed file still holds what was sealed; None when it was never sealed."""
    if book.manifest is None:
        return None
    manifest = manifest_from(book.manifest)
    return manifest is not None and manifest.content == content_value(book)


def row_counts(rows: Mapping[str, Sequence[object]]) -> str:
    """``党员名册42、流出党员9``: how many rows every register that has any holds."""
    return "、".join(f"{registers()[key].title}{len(found)}" for key, found in rows.items() if found)


def _texts(values: Mapping[str, object]) -> dict[str, str]:
    return {key: text for key, value in values.items() if (text := shown(value))}  # type: ignore[arg-type]
