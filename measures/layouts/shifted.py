"""What in an own table with fields below each other may stand one cell aside, or say who was counted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from measures.reading.table import SheetCells
from measures.tables.beside import is_limited
from measures.tables.chosen import at, has_number

FEWEST = 2


def unheaded_number(sheet: SheetCells, rows: Iterable[int], heads: Sequence[int], names: int) -> list[tuple[int, int]]:
    """The place of the first number under no heading where several columns have one: the headings, or the row, may be
    shifted. `names` is the column of the fields' names."""
    headed = {c for row in heads for c, cell in enumerate(sheet.rows[row]) if c > names and cell is not None}
    if len(headed) < FEWEST or sheet.merged:
        return []
    bare = ((row, c) for row in rows for c in range(names + 1, len(sheet.rows[row])) if c not in headed)
    return [place for place in bare if has_number(at(sheet, *place))][:1]


def says_who(sheet: SheetCells, row: int, columns: tuple[int, int]) -> bool:
    """Whether a row says under its columns who was counted: "Køn;Kvinder;Mænd". `columns`: names, answers."""
    names, chosen = columns
    said = sum(cell is not None for cell in sheet.rows[row])
    return said > FEWEST and is_limited(str(at(sheet, row, names) or ""), at(sheet, row, chosen))
