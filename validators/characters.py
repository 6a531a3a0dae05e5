"""Characters nobody can be sure of: of private use, lost ones, foreign letters that look like ours (R-READ-CHAR)."""

import re

_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")
_LOST = "\ufffd"
_LOOKS_ALIKE = re.compile("[\u0370-\u03ff\u0400-\u052f]")


def doubtful_character(text: str, *, is_name: bool) -> str | None:
    """What is doubtful about a text, as the middle of a sentence; None when nothing is.

    The first such character counts. Greek and Cyrillic letters are doubtful in names of people only.
    """
    if text.isascii():
        return None
    private = _PRIVATE.search(text)
    if private is not None:
        return f"有自造字“{private[0]}”（编码 {ord(private[0]):X}），换一台电脑就显示不出来，也对不上别处的同一个字"
    if _LOST in text:
        return "有“\ufffd”，这个字在转换编码时已经丢失"
    alike = _LOOKS_ALIKE.search(text) if is_name else None
    if alike is not None:
        return f"有外文字母“{alike[0]}”（编码 {ord(alike[0]):04X}），看上去像别的字母或汉字，其实不是"
    return None
