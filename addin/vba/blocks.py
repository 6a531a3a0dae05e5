"""Whether every block of a VBA source is closed where it must be; Excel refuses to compile one that is not."""

import re

_NAMED = r"(?:(?:Public|Private|Friend|Static)\s+)*(Sub|Function|Property|Type|Enum)\b"
_OPENERS = (
    (re.compile(_NAMED), None),
    (re.compile(r"If\b.*\bThen$"), "If"),
    (re.compile(r"(With|For|Do|While)\b"), None),
    (re.compile(r"(Select)\s+Case\b"), None),
)
_CLOSERS = (
    (re.compile(r"End (Sub|Function|Property|Type|Enum|If|With|Select)$"), None),
    (re.compile(r"Next\b"), "For"),
    (re.compile(r"Loop\b"), "Do"),
    (re.compile(r"Wend$"), "While"),
)
_TEXT = re.compile(r'"(?:[^"]|"")*"')


def unbalanced(source: str) -> str | None:
    """The first block that is not closed, or closed without being open, as ``line: what``; None when all are."""
    opened: list[tuple[int, str]] = []
    for number, line in _statements(source):
        closes = _first(_CLOSERS, line)
        if closes is None:
            opens = _first(_OPENERS, line)
            if opens is not None:
                opened.append((number, opens))
        elif not opened or opened[-1][1] != closes:
            return f"{number}: end of {closes} where {opened[-1][1] if opened else 'nothing'} is open"
        else:
            opened.pop()
    return f"{opened[-1][0]}: {opened[-1][1]} is never closed" if opened else None


def _statements(source: str) -> list[tuple[int, str]]:
    """Each logical line with its number, without texts, remarks and attributes."""
    found, held, start = [], "", 0
    for number, line in enumerate(source.split("\r\n"), 1):
        bare = _TEXT.sub('""', line).split("'")[0].rstrip()
        start = start if held else number
        if bare.endswith(" _"):
            held += bare[:-1]
            continue
        found.append((start, (held + bare).strip()))
        held = ""
    return [(number, line) for number, line in found if line and not line.startswith("Attribute ")]


def _first(patterns: tuple[tuple[re.Pattern[str], str | None], ...], line: str) -> str | None:
    for pattern, name in patterns:
        match = pattern.match(line)
        if match:
            return name or match[1]
    return None
