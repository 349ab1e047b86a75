"""Headings that are written twice, in words and below them as a program's codes: "Median", "QUAR2UC11"."""

from __future__ import annotations

import re

from measures.reading.table import SheetCells
from measures.tables.beside import is_vague
from measures.tables.chosen import at
from measures.tables.modifiers import modifier_of

CODE = re.compile(r"(?=.*[A-ZÆØÅ])[A-ZÆØÅ][A-ZÆØÅ0-9_]{3,39}|(?=.*_)[a-zæøå][a-zæøå0-9_]{3,39}")
"""One word as programs name columns: in capitals, or with underscores."""
PROGRAMS = re.compile(r"[\d_]")
"""A word in capitals without any of these may be a place or a group."""
LETTERS = frozenset("MKF")
"""Men and women, cut short."""
FEWEST = 2


def named_twice(sheet: SheetCells, top: int, last: int) -> bool:
    """Whether two rows are two ways to name the same columns: each column has both, no words of the upper row go on
    over the next column, and the lower row is codes."""
    width = max(len(sheet.rows[top]), len(sheet.rows[last]))
    pairs = [(at(sheet, top, column), at(sheet, last, column)) for column in range(width)]
    filled = [pair for pair in pairs if pair != (None, None)]
    uppers = {upper for upper, _ in filled}
    return (
        len(filled) >= FEWEST
        and all(isinstance(upper, str) and isinstance(lower, str) and CODE.fullmatch(lower) for upper, lower in filled)
        and len(uppers) == len(filled)
        and not any(sheet.merged_at(top, column) for column in range(width))
    )


def is_code(cell: object) -> bool:
    """Whether a cell can only be a program's name of a column, and holds no word that changes what is counted, as in
    "KOL_TARGET", "KOL_M"."""
    if not isinstance(cell, str) or not CODE.fullmatch(cell) or is_vague(cell) or not PROGRAMS.search(cell):
        return False
    said, words = modifier_of(cell.replace("_", " ")), set(cell.upper().split("_"))
    return not said.sorts and said.span is None and not words & LETTERS
