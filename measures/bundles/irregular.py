"""What makes a table in another shape too irregular to be laid out: words, lines or cells that may say something of
some of its numbers, and would lose their place.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from measures.bundles.owners import Owners
from measures.layouts.row_labels import is_modifying
from measures.reading import headers
from measures.reading.counts import ReadCell, read_count
from measures.reading.headers import normal
from measures.reading.table import Cell, SheetCells
from measures.tables.chosen import at, has_number
from measures.tables.heading_matcher import DATED, Matcher
from measures.tables.modifiers import Sort, modifier_of

FEWEST = 2
NUMBER_WORDS = """
antal stk n count counts number numbers of tal optalt vaerdi vaerdier value values resultat result patienter patients
personer people pt pers i alt total
"""
NUMBER = frozenset(NUMBER_WORDS.split())
"""Words over a column of numbers that say nothing of them."""


def heads_numbers(heading: Cell) -> bool:
    """Whether a heading says no more of the numbers below than that they are numbers, or from when."""
    return heading is None or set(DATED.sub(" ", normal(heading)).split()) <= NUMBER


def has_lone_line(sheet: SheetCells, rows: Iterable[int]) -> bool:
    """Whether a line with one cell stands in the table: it may say something of what is below it."""
    return any(sum(cell is not None for cell in sheet.rows[row]) == 1 for row in rows)


def has_unheaded(sheet: SheetCells, head: int, rows: Iterable[int]) -> bool:
    """Whether a cell stands under no heading: the row may be shifted, or say something in words."""
    return any(
        cell is not None and at(sheet, head, column) is None
        for row in rows
        for column, cell in enumerate(sheet.rows[row])
    )


def says_of_columns(sheet: SheetCells, head: int, matcher: Matcher) -> bool:
    """Whether a line over the table is about some columns of it, or is another table's; a label with its value, and
    a title, are neither."""
    for row in range(head):
        said = [column for column, cell in enumerate(sheet.rows[row]) if cell is not None]
        if said not in ([], [0], [0, 1]) or any(matcher.match(at(sheet, row, column)) for column in said[:-1]):
            return True
    return False


def names_practices(sheet: SheetCells, row: int, owners: Owners) -> bool:
    """Whether several practices of the cluster are named side by side in a row."""
    return len({said for cell in sheet.rows[row] if (said := owners.said(cell).number)}) >= FEWEST


def is_broken_tall(sheet: SheetCells, head: int, last: int, columns: tuple[int, int], matcher: Matcher) -> bool:
    """Whether a table with fields below each other holds more than rows of numbers. `columns`: names, numbers."""
    label, value = columns
    within = range(head + 1, last + 1)
    others = [row for row in within if any(cell is not None for cell in sheet.rows[row])]
    others = [row for row in others if not matcher.match(at(sheet, row, label))]
    return (
        not heads_numbers(at(sheet, head, value))
        or has_lone_line(sheet, within)
        or has_unheaded(sheet, head, within)
        or says_of_columns(sheet, head, matcher)
        or any(headers.is_label(cell) for row in within for cell in sheet.rows[row])
        or any(not has_number(at(sheet, row, value)) for row in others)
        or any(not (is_note(sheet, row) or has_number(at(sheet, row, value))) for row in _below(sheet, last))
    )


def is_broken_turned(
    sheet: SheetCells, head: int, rows: Sequence[int], column: int, matcher: Matcher, owners: Owners
) -> bool:
    """Whether a table with practices side by side holds more than numbers under them. `rows` are the fields'."""
    first, last = min(rows), max(rows)
    within = range(head + 1, last + 1)
    owned = [c for c, cell in enumerate(sheet.rows[head]) if c > column and cell is not None]
    before = [c for c in range(column) if not modifier_of(at(sheet, head, c)).has(Sort.KEY)]
    others = [row for row in range(first, last + 1) if row not in rows]
    named = [row for row in range(head, first) if names_practices(sheet, row, owners)]
    return (
        (len(named) > 1 and not headers.is_label(at(sheet, head, column)))
        or has_lone_line(sheet, range(head, last + 1))
        or _has_words(sheet, rows, column)  # a column of units
        or any(not _is_told_of_all(sheet, row, column, owned) for row in range(head + 1, first) if any(sheet.rows[row]))
        or any(at(sheet, row, c) is not None for row in within for c in before)
        or any(at(sheet, row, c) is not None for row in within for c in _unheaded(sheet, head, row, column))
        or any(headers.is_label(at(sheet, head, c)) for c in owned)
        or any(names_practices(sheet, row, owners) or _is_modifying(at(sheet, row, column)) for row in others)
        or says_of_columns(sheet, head, matcher)
        or any(not (is_note(sheet, row) or _is_numbers(sheet, row, column)) for row in _below(sheet, last))
    )


def _has_words(sheet: SheetCells, rows: Iterable[int], column: int) -> bool:
    """Whether words stand beside the fields that are neither a number nor a sign for one."""
    cells = (cell for row in rows for cell in sheet.rows[row][column + 1 :])
    return any(read_count(cell).reading is ReadCell.UNREADABLE for cell in cells)


def _is_told_of_all(sheet: SheetCells, row: int, column: int, owned: Iterable[int]) -> bool:
    """Whether a row under the practices says whose or when for each of them."""
    return headers.is_label(at(sheet, row, column)) and all(at(sheet, row, c) is not None for c in owned)


def _unheaded(sheet: SheetCells, head: int, row: int, column: int) -> list[int]:
    return [c for c in range(column + 1, len(sheet.rows[row])) if at(sheet, head, c) is None]


def _is_modifying(label: Cell) -> bool:
    """Whether a row among the fields has a time or "Kvinder" for its name: it may head those below."""
    return headers.is_label(label) or is_modifying(label)


def _is_numbers(sheet: SheetCells, row: int, column: int) -> bool:
    """Whether a row below the fields is another indicator's."""
    return not _is_modifying(at(sheet, row, column)) and not _has_words(sheet, [row], column)


def is_note(sheet: SheetCells, row: int) -> bool:
    """Whether a line below the table is a note, or a label with its value, and no row of another field."""
    said = [column for column, cell in enumerate(sheet.rows[row]) if cell is not None]
    return len(said) == 1 or (said == [0, 1] and not has_number(at(sheet, row, 1))) or is_labelled(sheet, row)


def is_labelled(sheet: SheetCells, row: int) -> bool:
    """Whether a line is a label of whose or when, with its value."""
    said = [cell for cell in sheet.rows[row] if cell is not None]
    return len(said) == FEWEST and headers.is_label(said[0])


def _below(sheet: SheetCells, last: int) -> list[int]:
    return [row for row in range(last + 1, len(sheet.rows)) if any(cell is not None for cell in sheet.rows[row])]
