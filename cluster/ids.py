"""Ids that come back from outside: from buttons, forms and subjects, where anything may stand."""

from __future__ import annotations

HIGHEST = 2**31 - 1
"""What a column for ids holds; a higher number is none, and no database is asked about it."""


def as_id(written: object) -> int | None:
    """The id that is written; None when it is none."""
    text = str(written)
    if not (text.isascii() and text.isdecimal()) or len(text) > len(str(HIGHEST)):
        return None
    found = int(text)
    return found if found <= HIGHEST else None
