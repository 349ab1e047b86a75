"""Tables about all practices in other shapes, laid out with a row for each practice: indicators below each other, or
practices side by side. Every cell keeps its place in the sender's file.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from measures.bundles import irregular
from measures.bundles.owners import Owners
from measures.layouts.tall import column_of, without_titles
from measures.reading import headers
from measures.reading.owner_headings import says_number
from measures.reading.table import Cell, SheetCells
from measures.tables.chosen import HEADING_ROWS, at, has_number
from measures.tables.heading_matcher import Matcher
from measures.tables.period import Span, span_of

FEWEST = 2
"""This many fields below each other, or practices beside each other, make a table one of these."""
MOSTLY = 0.8
Place = tuple[int, int]
Key = tuple[Cell, ...]
Named = tuple[str, Span | None]
"""A field, and the time that its name says."""
Line = list[tuple[Cell, Place]]


def laid_out(sheet: SheetCells, matcher: Matcher, owners: Owners) -> SheetCells:
    """The sheet with a row for each practice where it is one of these tables; else as it is.

    What shows less or more than plain whole numbers is left alone: then nothing is moved that a place belongs to.
    """
    if sheet.hidden_rows or sheet.hidden_columns or sheet.percents or sheet.merged:
        return sheet
    return _turned(sheet, matcher, owners) or _spread(sheet, matcher) or sheet


def has_columns_beside(sheet: SheetCells, matcher: Matcher) -> bool:
    """Whether several columns of numbers stand beside the fields: perhaps practices, and worth a look."""
    _, rows = column_of(sheet, matcher)
    return any(sum(map(has_number, sheet.rows[row])) >= FEWEST for row in rows)


def _turned(sheet: SheetCells, matcher: Matcher, owners: Owners) -> SheetCells | None:
    """Practices side by side, with the fields in a column before them."""
    column, rows = column_of(sheet, matcher)
    rows = without_titles(sheet, column, rows)
    sure = [row for row, match in rows.items() if match.is_sure]
    if not sure:
        return None
    first, last = min(rows), max(rows)
    over = range(first - 1, max(first - HEADING_ROWS, -1), -1)
    head = next((row for row in over if irregular.names_practices(sheet, row, owners)), None)
    if head is None:
        return None
    while head and irregular.names_practices(sheet, head - 1, owners):
        head -= 1  # numbers over names
    if irregular.is_broken_turned(sheet, head, sorted(rows), column, matcher, owners):
        return None
    width = max(len(sheet.rows[row]) for row in range(head, last + 1))
    block = [[(at(sheet, row, c), (row, c)) for row in range(head, last + 1)] for c in range(column, width)]
    if not _is_plain(cell for line in block[1:] for cell, _ in line[1:]):
        return None
    return _sheet(sheet, head, _with_corner(block), last + 1)


def _with_corner(block: list[Line]) -> list[Line]:
    """With the words over the names of the fields in a line of their own: "2025", "Andel i pct."."""
    (corner, place), *names = block[0]
    if corner is None or headers.is_label(corner):
        return block
    return [[(corner, place)], [(None, place), *names], *block[1:]]


def _spread(sheet: SheetCells, matcher: Matcher) -> SheetCells | None:
    """A row for each practice and field: the fields' names in one column, all numbers in another."""
    found = _columns(sheet, matcher)
    if found is None:
        return None
    head, label, value = found
    keys = [column for column in range(len(sheet.rows[head])) if column not in (label, value)]
    heading: Line = [(at(sheet, head, column), (head, column)) for column in keys]
    fields: dict[Named, int] = {}
    lines: dict[tuple[Key, int], tuple[Line, dict[Named, tuple[Cell, Place]]]] = {}
    seen: Counter[tuple[Key, Named]] = Counter()
    for row in range(head + 1, len(sheet.rows)):
        match = matcher.match(at(sheet, row, label))
        if match is None or not match.is_sure:
            continue
        named = (match.field_id, match.span)  # "KOL" and "KOL 2026" are two columns, and which is meant is asked
        fields.setdefault(named, row)
        key = tuple(at(sheet, row, column) for column in keys)
        again = seen[key, named]  # the same once more is a row of its own, and asked about
        seen[key, named] += 1
        told = [(cell, (row, column)) for cell, column in zip(key, keys, strict=True)]
        lines.setdefault((key, again), (told, {}))[1][named] = (at(sheet, row, value), (row, value))
    names = [*heading, *((at(sheet, row, label), (row, label)) for row in fields.values())]
    block = [
        names,
        *([*told, *(given.get(name, (None, (head, value))) for name in fields)] for told, given in lines.values()),
    ]
    last = max(row for row in range(head + 1, len(sheet.rows)) if matcher.match(at(sheet, row, label)))
    if (
        irregular.is_broken_tall(sheet, head, last, (label, value), matcher)
        or len(fields) < FEWEST
        or not _is_plain(cell for _, given in lines.values() for cell, _ in given.values())
    ):
        return None
    over = at(sheet, head, value)
    if span_of(over):  # "Antal 2025"
        block.insert(0, [*((None, (head, value)) for _ in keys), *((over, (head, value)) for _ in fields)])
    return _sheet(sheet, head, block, last + 1)


def _columns(sheet: SheetCells, matcher: Matcher) -> tuple[int, int, int] | None:
    """The row of headings, the column of the fields' names and the only one with numbers."""
    sure: dict[int, int] = {}
    for cells in sheet.rows[:HEADING_ROWS]:
        for column, cell in enumerate(cells):
            if (match := matcher.match(cell)) and match.is_sure:
                sure[column] = sure.get(column, 0) + 1
    label, count = max(sure.items(), key=lambda item: item[1], default=(0, 0))
    if count < 2 * FEWEST:
        return None
    rows = [row for row in range(len(sheet.rows)) if (match := matcher.match(at(sheet, row, label))) and match.is_sure]
    if min(rows) == 0:
        return None
    head = min(rows) - 1
    below = [row for row in range(head + 1, len(sheet.rows)) if at(sheet, row, label) is not None]
    if len({str(at(sheet, row, label)) for row in below}) >= len(below) or not _is_heading(sheet, head):
        return None
    values = [
        column
        for column in range(len(sheet.rows[head]))
        if column != label
        and not _says_whose_or_when(at(sheet, head, column))
        and sum(has_number(at(sheet, row, column)) for row in rows) >= MOSTLY * len(rows)
    ]
    return (head, label, values[0]) if len(values) == 1 else None


def _is_heading(sheet: SheetCells, row: int) -> bool:
    cells = [cell for cell in sheet.rows[row] if cell is not None]
    return len(cells) > FEWEST and all(isinstance(cell, str) and not has_number(cell) for cell in cells)


def _says_whose_or_when(heading: Cell) -> bool:
    return headers.is_label(heading) or says_number(heading)


def _is_plain(cells: Iterable[Cell]) -> bool:
    """Whether no number is written in a style that its column would have to tell."""
    return all(not isinstance(cell, str) or not ("." in cell or "," in cell) for cell in cells)


def _sheet(sheet: SheetCells, head: int, block: Sequence[Sequence[tuple[Cell, Place]]], after: int) -> SheetCells:
    """The lines over the table, the table as laid out, and the lines below it."""
    lines: list[Line] = [[(at(sheet, row, c), (row, c)) for c in range(len(sheet.rows[row]))] for row in range(head)]
    below = [row for row in range(after, len(sheet.rows)) if irregular.is_note(sheet, row)]
    told: tuple[list[Line], list[Line]] = ([], [])
    for row in below:
        cells: Line = [(at(sheet, row, c), (row, c)) for c in range(len(sheet.rows[row]))]
        told[irregular.is_labelled(sheet, row)].append(cells)  # "Periode;2025" would seem to be a practice's row
    whole = [*lines, *told[True], *block, *told[False]]
    places: dict[Place, Place] = {
        (number, column): place for number, line in enumerate(whole) for column, (_, place) in enumerate(line)
    }
    return replace(sheet, rows=tuple(tuple(cell for cell, _ in line) for line in whole), places=_frozen(places))


def _frozen(places: Mapping[Place, Place]) -> Mapping[Place, Place]:
    return {new: old for new, old in places.items() if new != old}
