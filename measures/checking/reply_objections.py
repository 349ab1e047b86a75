"""What speaks against all numbers of a typed message: they are from another time, of others, asked about or made up."""

from __future__ import annotations

from collections.abc import Callable

from measures.checking.reply_words import BEFORE_ANY, ORDINAL, OTHER_NUMBERS, OTHER_TIME

ALWAYS = (ORDINAL, OTHER_TIME, OTHER_NUMBERS)


def objection(text: str, is_name: Callable[[str], bool]) -> str:
    """The words that speak against the numbers of the text, as written; empty when none do.

    `is_name` tells which words are part of what a field is called, and speak against nothing.
    """
    first = next((place for place, sign in enumerate(text) if sign.isdigit()), len(text))
    for pattern, said in (*((each, text) for each in ALWAYS), (BEFORE_ANY, text[:first])):
        for found in pattern.finditer(said):
            if not is_name(found.group()):
                return found.group().strip()
    return ""
