"""What stands around the numbers of a typed message: an announcement before a colon, a name below the greeting."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection

from measures.checking.reply_words import GOES_ON, HEADS, SIGNED

LIST = re.compile(r":\s*(?=[*_•\-–]?\s?[^\W\d_])")
"""A colon with words after it: what stands before is no label of a number, unless a field is called so."""
PARTING = re.compile(r"[\n;,!?()]|(?<=[^\d\s])\. ")
WORD = re.compile(r"[^\W\d_][\w\-]*")
NUMBER = re.compile(r"\d+")
LONGEST = 80
IsName = Callable[[str], bool]


def without_heads(text: str, is_name: IsName, years: Collection[int]) -> tuple[str, str]:
    """The text without "here are our numbers:"; and a head that says anything more, such as whose or when they are."""
    kept: list[str] = []
    begin = 0
    for colon in LIST.finditer(text):
        before = text[begin : colon.start()]
        head = PARTING.split(before[-LONGEST:])[-1]
        words = [word.casefold() for word in WORD.findall(head)]
        foreign = [each for each in NUMBER.findall(head) if int(each) not in years]
        if is_name(head) or is_name(" ".join(word for word in words if word not in HEADS)):
            kept.append(text[begin : colon.end()])
        elif any(word not in HEADS for word in words) or foreign:
            return text, head.strip()
        else:
            kept += [before[: len(before) - len(head)], ";"]
        begin = colon.end()
    return "".join((*kept, text[begin:])), ""


def without_signature(text: str, is_name: IsName) -> str:
    """The text up to a greeting at its end, when no field is named and nothing more is said behind it."""
    *_, signed = [None, *SIGNED.finditer(text)]
    if signed is None or GOES_ON.search(text, signed.end()):
        return text
    if any(map(is_name, WORD.findall(text[signed.end() :])[:LONGEST])):
        return text
    return text[: signed.start()]
