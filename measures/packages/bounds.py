"""How much a package file may ask of whoever reads it, looked at in one pass before anything else is.

A file of a few kilobytes can make a TOML reader work for minutes: names joined by thousands of dots, brackets within
brackets, numbers of thousands of digits, a heading on every line.
"""

from __future__ import annotations

import re

from measures.packages.faults import Fault

LARGEST = 60_000
"""Bytes; the largest shipped package is a quarter of it."""
DEEPEST = 8
"""Brackets within brackets, and names joined by dots."""
LONGEST_WORD = 64
"""Of a name or a number, in characters."""
MOST_KEYS = 3000
MOST_ENTRIES = 3000
"""The largest shipped package has 400 of both."""

TOKEN = re.compile(
    r"(?P<several>\"\"\"|''')|(?P<quote>[\"'])|(?P<note>#[^\n]*)|(?P<word>[0-9A-Za-z_+-]+)|(?P<mark>[\[\]{}.,=\n])"
)
CLOSING = {
    '"""': re.compile(r'(?:[^"\\]|\\.|"(?!""))*"{3,5}', re.DOTALL),
    "'''": re.compile(r"(?:[^']|'(?!''))*'{3,5}"),
    '"': re.compile(r'(?:[^"\\\n]|\\[^\n])*"'),
    "'": re.compile(r"[^'\n]*'"),
}


def beyond(source: str) -> Fault | None:
    """What makes a text too much to read as a package, with its line; None when it is within bounds.

    Looks at each character once. Where a quotation never ends it stops, as the reader will.
    """
    if len(source) > LARGEST or len(source.encode("utf-8", "surrogatepass")) > LARGEST:
        return Fault("too_large", params={"most": LARGEST // 1000}, line=1)
    at = depth = dots = keys = entries = 0
    while (match := TOKEN.search(source, at)) is not None:
        at = match.end()
        kind, said = match.lastgroup, match.group()
        if kind in ("several", "quote"):
            closing = CLOSING[said].match(source, at)
            if closing is None:
                return None
            at = closing.end()
        elif kind == "word" and len(said) > LONGEST_WORD:
            return _fault("word_long", source, match.start(), most=LONGEST_WORD)
        elif kind == "mark":
            depth = max(0, depth + (said in "[{") - (said in "]}"))
            dots = dots + 1 if said == "." else 0
            keys += said == "=" or (said == "[" and depth == 1)
            entries += said == ","
            if depth > DEEPEST or dots > DEEPEST:
                return _fault("too_deep", source, match.start(), most=DEEPEST)
            if keys > MOST_KEYS or entries > MOST_ENTRIES:
                return _fault("too_much", source, match.start(), most=MOST_KEYS)
    return None


def _fault(code: str, source: str, at: int, **facts: object) -> Fault:
    return Fault(code, params=facts, line=source.count("\n", 0, at) + 1)
