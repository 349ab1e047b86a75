"""Small counts of people in what is shown of a whole cluster: taken together with others until none is small.

For how a cluster's patients or answers fall into groups. A practice's own small counts are its own to see. There is
one grouping of the places for everybody: own charts, late ones, the projector, tables and sentences. It is chosen when
the first charts are made, and kept; a renewal beside which it would no longer do is not drawn.

What can be worked out from all charts of a round are sums over cells: numbers that were in the same sets can't be told
apart, except for one's own. So a grouping is safe where no group holds 1 to 4 people in any cell, with or without any
one practice of it, and where nobody's corrections move a group by 1 to 4. Why that is enough: `docs/privacy.md`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import combinations, pairwise
from typing import Any

LEAST = 5
"""Counts of 1 to 4 people are not shown; nobody and 5 or more are."""

Row = tuple[int, ...]
State = Mapping[Any, Row]
"""The practices' counts behind a chart, by practice; every row is as long."""
Groups = tuple[tuple[int, ...], ...]
"""Places of a row in groups: a group is shown as one sum. A single group of all shows nothing."""


def in_order(state: State, told: Collection[int] = ()) -> Groups:
    """The best safe groups of neighbouring places for an ordered scale, when `state` is the first that is shown.

    The best has the most groups; then one that ends at the middle of the scale; then the most groups with anybody in
    them; then the largest smallest of these; then the last cuts. `told` are places that something else tells by
    themselves: they stand alone, or nothing is shown. All whole numbers, so it is the same everywhere.
    """
    seen, width = people([state]), _width(state)
    whole = _sum(state.values())
    allowed = {
        (first, last)
        for first, last in combinations(range(width + 1), 2)
        if (last - first == 1 or not any(first <= place < last for place in told))
        and not any(_is_small(sum(row[first:last])) for row in seen)
    }
    for count in range(width - 1, 0, -1):
        found = [
            cuts
            for cuts in combinations(range(1, width), count)
            if all(part in allowed for part in pairwise((0, *cuts, width)))
        ]
        if found:
            best = max(found, key=lambda cuts: _worth(cuts, whole))
            return tuple(tuple(range(first, last)) for first, last in pairwise((0, *best, width)))
    return _all_together(width)


def in_one(state: State, told: Collection[int] = ()) -> Groups:
    """Places in no order: each by itself, but for the best safe pool, which stands last.

    The best pool has the fewest places; then the fewest people; then the first places. `told` as `in_order`'s.
    """
    seen, width = people([state]), _width(state)
    whole = _sum(state.values())
    small = {place for place in range(width) if any(_is_small(row[place]) for row in seen)}
    for size in (0, *range(2, width)):
        found = [
            pool
            for pool in combinations([place for place in range(width) if place not in told], size)
            if small <= set(pool) and not any(_is_small(sum(row[place] for place in pool)) for row in seen)
        ]
        if found:
            best = min(found, key=lambda pool: (sum(whole[place] for place in pool), pool))
            alone = tuple((place,) for place in range(width) if place not in best)
            return (*alone, best) if best else alone
    return _all_together(width)


def is_safe(groups: Groups, states: Sequence[State]) -> bool:
    """Whether these groups give no small count away, to whoever keeps the charts of all `states`, oldest first."""
    if len(groups) <= 1:
        return True
    seen, changes = people(states), moved(states)
    for group in groups:
        if any(_is_small(sum(row[place] for place in group)) for row in seen):
            return False
        if any(_is_small(abs(sum(row[place] for place in group))) for row in changes):
            return False
    return True


def people(states: Sequence[State]) -> set[Row]:
    """Every sum of people that charts of these states let somebody work out: of each cell, with and without one's own.

    A corrected row is another than the one before it; together are rows that are in the same states.
    """
    elements = {(key, row) for state in states for key, row in state.items()}
    cells: dict[tuple[bool, ...], list[Row]] = {}
    for key, row in elements:
        cells.setdefault(tuple(state.get(key) == row for state in states), []).append(row)
    return _with_and_without(cells.values())


def moved(states: Sequence[State]) -> set[Row]:
    """By how much those who corrected changed a sum together, between any two states; with and without one's own."""
    steps = (
        [
            tuple(new - old for new, old in zip(after[key], before[key], strict=True))
            for key in before.keys() & after.keys()
            if before[key] != after[key]
        ]
        for before, after in combinations(states, 2)
    )
    return _with_and_without(steps)


def _with_and_without(cells: Iterable[Sequence[Row]]) -> set[Row]:
    found: set[Row] = set()
    for rows in cells:
        if rows:
            whole = _sum(rows)
            found.add(whole)
            found.update(tuple(each - own for each, own in zip(whole, row, strict=True)) for row in rows)
    return found


def _worth(cuts: Sequence[int], whole: Row) -> tuple[bool, int, int, Sequence[int]]:
    """What makes one grouping of an ordered scale better than another with as many groups."""
    edges = (0, *cuts, len(whole))
    held = [total for first, last in pairwise(edges) if (total := sum(whole[first:last]))]
    return (len(whole) + 1) // 2 in cuts, len(held), min(held, default=0), cuts


def _all_together(width: int) -> Groups:
    return (tuple(range(width)),) if width else ()


def _width(state: State) -> int:
    return max((len(row) for row in state.values()), default=0)


def _sum(rows: Collection[Row]) -> Row:
    return tuple(sum(column) for column in zip(*rows, strict=True))


def _is_small(count: int) -> bool:
    return 0 < count < LEAST
