"""Small counts in tables: hidden, and hidden so that they can't be worked out from the totals either.

For what is shown to others than the practice itself: how a cluster's patients or answers fall into groups. A practice's
own small counts are its own to see.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

LEAST = 5
"""Counts of 1 to 4 people are hidden; nobody and 5 or more are shown."""

Cell = tuple[int, int]


def suppress(counts: Sequence[int], least: int = LEAST) -> list[int | None]:
    """Parts of a whole whose total is known, with None for what must be hidden."""
    return _hide([list(counts)], [[(0, place) for place in range(len(counts))]], least)[0]


def suppress_table(rows: Sequence[Sequence[int]], least: int = LEAST) -> list[list[int | None]]:
    """A table whose row and column totals are known, with None for what must be hidden.

    Besides each small count, the smallest others are hidden (complementary suppression) until nobody who subtracts can
    tell any small count more closely than as one of `least` values. Raises ValueError when rows differ in length or a
    count is negative.
    """
    if len({len(row) for row in rows}) > 1:
        raise ValueError("every row needs the same number of cells")
    width = len(rows[0]) if rows else 0
    lines = [[(row, column) for column in range(width)] for row in range(len(rows))]
    lines += [[(row, column) for row in range(len(rows))] for column in range(width)]
    return _hide(rows, lines, least)


def _hide(rows: Sequence[Sequence[int]], lines: list[list[Cell]], least: int) -> list[list[int | None]]:
    cells = {(row, column): count for row, counts in enumerate(rows) for column, count in enumerate(counts)}
    if any(count < 0 for count in cells.values()):
        raise ValueError("a count can't be negative")
    small = {cell for cell, count in cells.items() if 0 < count < least}
    hidden: set[Cell] = set(small)
    while exposed := next(_exposed(cells, lines, small, hidden, least), None):
        ways = [way - hidden for way in _ways(lines, exposed) if way - hidden]
        hidden |= min(ways or [{cell} for cell in cells if cell not in hidden], key=lambda way: _loss(way, cells))
    return [
        [None if (row, column) in hidden else count for column, count in enumerate(counts)]
        for row, counts in enumerate(rows)
    ]


def _ways(lines: list[list[Cell]], exposed: Cell) -> Iterator[set[Cell]]:
    """What to hide so that a cell can give and take: another in its only line, or the three corners of a rectangle."""
    row, *column = ([cell for cell in line if cell != exposed] for line in lines if exposed in line)
    if not column:
        yield from ({cell} for cell in row)
    for beside in row:
        for below in column[0] if column else ():
            yield {beside, below, (below[0], beside[1])}


def _loss(cells: Collection[Cell], counts: dict[Cell, int]) -> tuple[int, int, int, list[Cell]]:
    """Fewest first. A zero hides little and tells the reader something, so it goes last; then the smallest counts."""
    return (sum(counts[cell] == 0 for cell in cells), len(cells), sum(counts[cell] for cell in cells), sorted(cells))


def _exposed(
    cells: dict[Cell, int], lines: list[list[Cell]], small: set[Cell], hidden: set[Cell], least: int
) -> Iterator[Cell]:
    """Small counts that the totals still give away, while there is anything left to hide beside them."""
    if len(hidden) == len(cells):
        return
    for cell in sorted(small):
        low, high = _range(cells, lines, hidden, cell)
        if high - low < least - 1:
            yield cell


def _range(cells: dict[Cell, int], lines: list[list[Cell]], hidden: set[Cell], aim: Cell) -> tuple[int, int]:
    """What a hidden count can be at least and at most, given the totals and everything that is shown."""
    import numpy as np
    from scipy.optimize import linprog

    order = sorted(hidden)
    place = {cell: number for number, cell in enumerate(order)}
    rows, totals = [], []
    for line in lines:
        if not hidden.isdisjoint(line):
            row = np.zeros(len(order))
            row[[place[cell] for cell in line if cell in hidden]] = 1
            rows.append(row)
            totals.append(sum(cells[cell] for cell in line if cell in hidden))
    cost = np.zeros(len(order))
    cost[place[aim]] = 1
    ends = [linprog(sign * cost, A_eq=np.array(rows), b_eq=totals).fun * sign for sign in (1, -1)]
    return round(ends[0]), round(ends[1])
