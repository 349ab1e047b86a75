"""Making texts fit where Slack has a limit: cut at a word, and never inside what Slack reads as one sign."""

from __future__ import annotations

import re
from collections.abc import Iterable

PARAGRAPH = 2800
"""Characters of a paragraph; Slack takes 3,000."""
_HALF_A_SIGN = re.compile(r"(?:&[#a-zA-Z0-9]{0,8}|<[^<>]*)$")
"""The beginning of an entity (``&amp;``) or of a mention, link or date (``<…>``) that goes on behind the cut."""


def cut(text: str, limit: int) -> str:
    """At most ``limit`` characters of ``text``, ending with "…" where something is left out."""
    if len(text) <= limit:
        return text
    kept = _HALF_A_SIGN.sub("", text[: limit - 1])
    if not text[len(kept)].isspace():
        last = max(kept.rfind(" "), kept.rfind("\n"))
        kept = kept[:last] if last > limit // 2 else kept
    return kept.rstrip() + "…"


def paragraphs(lines: Iterable[str]) -> list[str]:
    """The lines, as few paragraphs as hold them all."""
    made: list[str] = []
    for line in lines:
        if made and len(made[-1]) + len(line) < PARAGRAPH:
            made[-1] += "\n" + line
        else:
            made.append(line)
    return made
