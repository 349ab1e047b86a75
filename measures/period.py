"""The time that numbers are from, as far as a file says it."""

from __future__ import annotations

import re


def years_in(cell: object) -> set[int]:
    """The years named in a cell: `2024K1`, `1. kvartal 2024`, `30-04-2026`, `30.04.26`, a date."""
    text = str(int(cell) if isinstance(cell, float) and cell.is_integer() else cell)
    full = {int(year) for year in re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", text)}
    short = {2000 + int(year) for year in re.findall(r"(?<!\d)\d{1,2}[./-]\d{1,2}[./-](\d\d)(?!\d)", text)}
    return full | short
