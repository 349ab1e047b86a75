"""Where CPR numbers stand in a sheet, and which numbers only look like them beside the others of their column."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import cast

from measures.reading.cpr import SHORTEST, SMALLEST, Spot, in_cell, may_hold_cpr
from measures.reading.cpr_context import is_production_unit
from measures.reading.table import TOP, Cell, Column, SheetCells, columns_of

MOST_PLACES = 50
"""How many places are told; nobody is helped by more, and looking takes its time."""
MOST_HITS = 20_000
"""This many are kept in mind to compare them with the rest of their column."""
LEAST_OTHERS = 3
LEAST_UNITS = 4
UNIT_HEADING = re.compile(r"(?i)\bp[-. ]{0,2}(?:nr|no|nummer|enhed)|produktions")
WHOLE = re.compile(r"\s*'?(\d{1,15})(?:[.,]0+)?\s*")
THOUSANDS = re.compile(r"(?<=\d)[.,\s](?=\d{3}(?!\d))")
DECIMALS = re.compile(r"\s*'?\d{1,7}[.,]\d{3,}\s*")
Place = tuple[int, int]


def places_of(sheet: SheetCells) -> list[Place]:
    """The rows and columns, from 0, of cells with a CPR-like number, at most `MOST_PLACES`."""
    sure: list[Place] = []
    bare: dict[int, dict[int, Spot]] = {}
    for row, cells in _worth_a_look(sheet):
        for column, value in cells:
            found = in_cell(value)
            if found is None:
                continue
            if found.bare:
                bare.setdefault(column, {})[row] = found
            else:
                sure.append((row, column))
        if len(sure) >= MOST_PLACES or sum(map(len, bare.values())) > MOST_HITS:
            break
    for column, rows in bare.items():
        sure += [(row, column) for row in _left(sheet, column, set(rows))]
    return sorted(sure)[:MOST_PLACES]


def _worth_a_look(sheet: SheetCells) -> Iterator[tuple[int, Iterable[tuple[int, Cell]]]]:
    """Rows, each with columns and cells, without most of those that hold no CPR number for sure."""
    columns = columns_of(sheet)
    if columns is not None:
        worth = {number: column.cells for number, column in enumerate(columns) if _may_hold_cpr(column)}
        rows = zip(*worth.values(), strict=True)
        yield from ((row, zip(worth, cells, strict=True)) for row, cells in enumerate(rows) if may_hold_cpr(cells))
    elif may_hold_cpr(list(chain.from_iterable(sheet.rows))):
        yield from ((row, enumerate(cells)) for row, cells in enumerate(sheet.rows) if may_hold_cpr(cells))


def _may_hold_cpr(column: Column) -> bool:
    """As of any cells; a long column of one kind below its heading is looked through in one go."""
    top, rest = column.cells[:TOP], column.cells[TOP:]
    is_clear = (column.below is int and max(cast("tuple[int, ...]", rest)) < SMALLEST) or (
        column.below is str and max(map(len, cast("tuple[str, ...]", rest))) < SHORTEST
    )
    return may_hold_cpr(top if is_clear else column.cells)


def _left(sheet: SheetCells, column: int, hits: set[int]) -> list[int]:
    """The rows of plain numbers that nothing tells to be of another kind."""
    cells = [(row, cells[column]) for row, cells in enumerate(sheet.rows) if column < len(cells)]
    headed = min((row for row, cell in cells if isinstance(cell, str) and UNIT_HEADING.search(cell)), default=None)
    kinds = {_kind(sheet.rows[row][column]) for row in hits}
    other = {kind for kind in kinds if _is_of_others(cells, hits, kind)}
    left = []
    for row in sorted(hits):
        value = sheet.rows[row][column]
        beside = sheet.rows[row][column - 1] if column else None
        told = headed is not None and headed < row
        told = told or (isinstance(beside, str) and UNIT_HEADING.search(beside) is not None)
        if (told and is_production_unit(str(value))) or _kind(value) in other or _is_sum(cells, row):
            continue
        left.append(row)
    return left


def _is_sum(cells: list[tuple[int, Cell]], row: int) -> bool:
    """Whether the number is what the others of its column come to: a line of totals."""
    numbers = {at: int(digits) for at, cell in cells if (digits := _whole(cell))}
    others = [number for at, number in numbers.items() if at != row]
    return len(others) >= LEAST_OTHERS and abs(numbers.get(row, 0) - sum(others)) <= len(others)


def _is_of_others(cells: list[tuple[int, Cell]], hits: set[int], kind: str) -> bool:
    """Whether most numbers of this kind in the column make no day, or all are of the business register."""
    mine = [cell for row, cell in cells if row in hits and _kind(cell) == kind]
    if kind == "ten" and len(set(mine)) >= LEAST_UNITS and all(is_production_unit(str(cell)) for cell in mine):
        return True
    same = {"ten": {"ten", "nine", "eleven"}, "nine": {"seven", "eight", "nine", "ten", "eleven"}}.get(kind, {kind})
    others = [_kind(cell) for row, cell in cells if row not in hits and _kind(cell) in same]
    if kind == "nine" and set(others) == {"eight"}:
        return False  # telephone numbers, and one that is not
    alike = others.count(kind)  # numbers of persons all make a day, amounts one in eight or fewer
    return kind != "" and (
        len(others) > max(LEAST_OTHERS - 1, len(mine)) or 2 * alike >= max(2 * LEAST_OTHERS, len(mine))
    )


def _kind(cell: Cell) -> str:
    """What a plain number looks like: its digits by word, `decimals`, or nothing of the kind."""
    digits = _whole(cell)
    if 7 <= len(digits) <= 11:
        return ("seven", "eight", "nine", "ten", "eleven")[len(digits) - 7]
    return "decimals" if DECIMALS.fullmatch(str(cell)) else ""


def _whole(cell: Cell) -> str:
    """The digits of a whole number, as a number cell or as text, with or without marks at the thousands."""
    if isinstance(cell, bool) or cell is None:
        return ""
    text = str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
    match = WHOLE.fullmatch(text) or WHOLE.fullmatch(THOUSANDS.sub("", text))
    return match.group(1) if match else ""
