"""CPR numbers that stand split over two, three or four columns: the day in one, the rest in the next."""

from __future__ import annotations

import re
from itertools import chain, pairwise, product

from measures.reading.cpr import is_cpr_cell
from measures.reading.table import Cell, SheetCells

SPLITS = ((6, 4), (8, 4), (4, 2, 4), (2, 4, 4), (2, 2, 6), (2, 2, 2, 4), (2, 2, 4, 4), (4, 4, 4))
"""How many digits stand in each column."""
LEAST_ROWS = 3
MOSTLY = 0.8
"""Of the rows with digits in these columns: numbers of practices beside counts look like days now and then only."""
NOT_A_NUMBER = re.compile(
    r"(?i)yder|praksis|klinik|antal|tilmeldt|patient|sikre|listed|count|practice|kode|code|sum|beløb|kr\b|post|tlf|telefon"
)
PERSON = re.compile(r"(?i)cpr|person|født|fødsel|f\.?dag|dag\b|løbe|kontrol|ende|sidste|serial")
DASHES = "–—‐‑−-"
HEADING_ROWS = 60
Digits = list[str | None]
Openings = dict[tuple[int, int], list[tuple[int, int]]]
"""Rows and columns where digits stand right before others, by how many both are."""


def row_of_split_numbers(sheet: SheetCells) -> int | None:
    """The first row with a CPR number over several columns; None when there is none, or when they may be counts.

    A dash at the seam gives a single number away. Without one at least three rows must differ, four fifths of the rows
    with digits in these columns must make a day, and over more than two columns a leading zero must show that they are
    no counts. One row is enough under headings that are blank or speak of a person.
    """
    rows = [[_digits(cell) for cell in row] for row in sheet.rows]
    openings = _openings(rows)
    found = [row for split in SPLITS if (row := _of(split, sheet, rows, openings)) is not None]
    found += [number for number, row in enumerate(sheet.rows) if _is_dashed(row)]
    return min(found, default=None)


def _openings(rows: list[Digits]) -> Openings:
    found: Openings = {}
    for number, row in enumerate(rows):
        for column, (digits, other) in enumerate(pairwise(row)):
            if digits is not None and other is not None:
                found.setdefault((len(digits), len(other)), []).append((number, column))
    return found


def _of(split: tuple[int, ...], sheet: SheetCells, rows: list[Digits], openings: Openings) -> int | None:
    wide, hits, zeros = len(split), dict[int, dict[int, str]](), set[int]()
    lengths = product(range(split[0] - 1, split[0] + 1), range(_fewest(split[1]), split[1] + 1))
    for number, column in sorted(chain.from_iterable(openings.get(each, ()) for each in lengths)):
        parts = rows[number][column : column + wide]
        whole = _joined(parts, split) if len(parts) == wide else None
        if whole:
            hits.setdefault(column, {})[number] = whole
            if any(part and len(part) > 1 and part[0] == "0" for part in parts[1:]):
                zeros.add(column)
    for column, numbers in hits.items():
        tried = sum(1 for row in rows if len(row) >= column + wide and None not in row[column : column + wide])
        if len(numbers) < MOSTLY * tried or (wide > 2 and column not in zeros):
            continue
        first = min(numbers)
        heads = _headings(sheet, first, column, wide)
        if any(NOT_A_NUMBER.search(head) for head in heads):
            continue
        if len(set(numbers.values())) >= LEAST_ROWS or (heads and all(map(PERSON.search, heads))) or not heads:
            return first
    return None


def _joined(parts: Digits, split: tuple[int, ...]) -> str | None:
    """The number put together, where each part has the digits it needs; leading zeros that cells lost are put back."""
    whole = ""
    for part, width in zip(parts, split, strict=True):
        if part is None or len(part) > width or len(part) < _fewest(width):
            return None
        whole += part.zfill(width)
    return whole if len(parts[0] or "") >= split[0] - 1 and is_cpr_cell(whole) else None


def _fewest(width: int) -> int:
    """How many of so many digits are left at least when a cell has lost the zeros before them."""
    return width - 1 if width != 4 else 1


def _digits(cell: Cell) -> str | None:
    if isinstance(cell, bool) or cell is None:
        return None
    text = str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell).strip(" '")
    return text if text.isascii() and text.isdigit() and len(text) <= 8 else None


def _headings(sheet: SheetCells, row: int, column: int, wide: int) -> list[str]:
    """The words right above, or above those; none where nothing but numbers and blanks stands over the columns."""
    for above in range(row - 1, max(-1, row - HEADING_ROWS), -1):
        cells = sheet.rows[above][column : column + wide]
        words = [cell for cell in cells if isinstance(cell, str) and re.search(r"[^\W\d_]", cell)]
        if words:
            return words
    return []


def _is_dashed(row: tuple[Cell, ...]) -> bool:
    """Whether two cells beside each other make a number with the dash at their seam: `251248-` and `4916`."""
    for one, other in pairwise(row):
        if not isinstance(one, str | int) or not isinstance(other, str | int):
            continue
        left, right = str(one).strip(), str(other).strip()
        at_the_seam = left[-1:] in DASHES or (right[:1] in DASHES and isinstance(other, str))
        shaped = re.fullmatch(rf"\d{{6}}[{DASHES}]?", left) and re.fullmatch(rf"[{DASHES}]?\d{{4}}", right)
        if at_the_seam and shaped and is_cpr_cell(left.strip(DASHES) + right.strip(DASHES)):
            return True
    return False
