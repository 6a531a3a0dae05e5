"""Hides the middle of identity numbers and phones in whatever leaves the branch (R-SEC-MIN)."""


def mask_identity(number: str) -> str:
    """公民身份号码 as ``379901********0013``: area and last four stay; shorter texts keep only their ends."""
    return _masked(number, 6, 4)


def mask_phone(number: str) -> str:
    """A phone as ``154****5678``."""
    return _masked(number, 3, 4)


def _masked(text: str, head: int, tail: int) -> str:
    if len(text) <= head + tail:
        head, tail = min(1, len(text)), 1 if len(text) > 2 else 0
    end = len(text) - tail
    return text[:head] + "*" * max(0, end - head) + text[end:]
