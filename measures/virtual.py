"""Tables about all practices in other shapes, laid out with a row for each practice: indicators below each other, or
practices side by side. Every cell keeps its place in the sender's file.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from measures import headers
from measures.chosen import HEADING_ROWS, at, has_number
from measures.counts import Reading, read_count
from measures.mapping import How, Matcher
from measures.owner_headings import says_number
from measures.owners import Owners
from measures.table import Cell, SheetCells
from measures.tall import column_of, without_titles

SURE = (How.EXACT, How.LEARNED)
FEWEST = 2
"""So many fields below each other, or practices beside each other, make a table one of these."""
MOSTLY = 0.8
Place = tuple[int, int]
Key = tuple[Cell, ...]
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
    sure = [row for row, match in rows.items() if match.how in SURE]
    if not sure:
        return None
    first, last = min(rows), max(rows)
    head = next(
        (row for row in range(first - 1, max(first - HEADING_ROWS, -1), -1) if _named(sheet, row, owners)), None
    )
    between = range(head + 1, first) if head is not None else ()
    if head is None or any(not headers.is_label(at(sheet, row, column)) for row in between if any(sheet.rows[row])):
        return None
    if _has_lone_line(sheet, head, last) or _has_words(sheet, sorted(rows), column):
        return None  # "Mænd" over some of the fields, or a column of units
    width = max(len(sheet.rows[row]) for row in range(head, last + 1))
    block = [[(at(sheet, row, c), (row, c)) for row in range(head, last + 1)] for c in range(column, width)]
    if not _is_plain(cell for line in block[1:] for cell, _ in line[1:]):
        return None
    return _sheet(sheet, head, block, last + 1)


def _has_lone_line(sheet: SheetCells, first: int, last: int) -> bool:
    """Whether a line with one cell stands in the table: it may say something of what is below it."""
    return any(sum(cell is not None for cell in sheet.rows[row]) == 1 for row in range(first, last + 1))


def _has_words(sheet: SheetCells, rows: Sequence[int], column: int) -> bool:
    """Whether words stand beside the fields that are neither a number nor a sign for one."""
    cells = (cell for row in rows for cell in sheet.rows[row][column + 1 :])
    return any(read_count(cell).reading is Reading.UNREADABLE for cell in cells)


def _named(sheet: SheetCells, row: int, owners: Owners) -> bool:
    return len({said for cell in sheet.rows[row] if (said := owners.said(cell).number)}) >= FEWEST


def _spread(sheet: SheetCells, matcher: Matcher) -> SheetCells | None:
    """A row for each practice and field: the fields' names in one column, all numbers in another."""
    found = _columns(sheet, matcher)
    if found is None:
        return None
    head, label, value = found
    keys = [column for column in range(len(sheet.rows[head])) if column not in (label, value)]
    heading: Line = [(at(sheet, head, column), (head, column)) for column in keys]
    fields: dict[str, int] = {}
    lines: dict[tuple[Key, int], tuple[Line, dict[str, tuple[Cell, Place]]]] = {}
    seen: Counter[tuple[Key, str]] = Counter()
    for row in range(head + 1, len(sheet.rows)):
        match = matcher.match(at(sheet, row, label))
        if match is None or match.how not in SURE or match.span:
            continue
        fields.setdefault(match.field_id, row)
        key = tuple(at(sheet, row, column) for column in keys)
        again = seen[key, match.field_id]  # the same once more is a row of its own, and asked about
        seen[key, match.field_id] += 1
        told = [(cell, (row, column)) for cell, column in zip(key, keys, strict=True)]
        lines.setdefault((key, again), (told, {}))[1][match.field_id] = (at(sheet, row, value), (row, value))
    names = [*heading, *((at(sheet, row, label), (row, label)) for row in fields.values())]
    block = [
        names,
        *([*told, *(given.get(name, (None, (head, value))) for name in fields)] for told, given in lines.values()),
    ]
    last = max(row for row in range(head + 1, len(sheet.rows)) if matcher.match(at(sheet, row, label)))
    if (
        _has_lone_line(sheet, head, last)
        or len(fields) < FEWEST
        or not _is_plain(cell for _, given in lines.values() for cell, _ in given.values())
    ):
        return None
    return _sheet(sheet, head, block, last + 1)


def _columns(sheet: SheetCells, matcher: Matcher) -> tuple[int, int, int] | None:
    """The row of headings, the column of the fields' names and the only one with numbers."""
    sure: dict[int, int] = {}
    for cells in sheet.rows[:HEADING_ROWS]:
        for column, cell in enumerate(cells):
            if (match := matcher.match(cell)) and match.how in SURE:
                sure[column] = sure.get(column, 0) + 1
    label, count = max(sure.items(), key=lambda item: item[1], default=(0, 0))
    if count < 2 * FEWEST:
        return None
    rows = [
        row for row in range(len(sheet.rows)) if (match := matcher.match(at(sheet, row, label))) and match.how in SURE
    ]
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
    below = [row for row in range(after, len(sheet.rows)) if _is_note(sheet, row)]
    told = [sheet.rows[row] for row in below]
    rows = [*sheet.rows[:head], *(tuple(cell for cell, _ in line) for line in block), *told]
    places: dict[Place, Place] = {
        (head + number, column): place for number, line in enumerate(block) for column, (_, place) in enumerate(line)
    }
    for number, row in enumerate(below, start=head + len(block)):
        places |= {(number, column): (row, column) for column in range(len(sheet.rows[row]) + 1)}
    return replace(sheet, rows=tuple(rows), places=_frozen(places))


def _is_note(sheet: SheetCells, row: int) -> bool:
    """Whether a line below the table is about all of it, and no row of another field."""
    said = [cell for cell in sheet.rows[row] if cell is not None]
    return len(said) == 1 or (len(said) == FEWEST and headers.is_label(said[0]))


def _frozen(places: Mapping[Place, Place]) -> Mapping[Place, Place]:
    return {new: old for new, old in places.items() if new != old}
