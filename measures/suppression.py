"""Small counts of people in what is shown of a whole cluster: taken together with others until none is small.

For how a cluster's patients or answers fall into groups. A practice's own small counts are its own to see. A count is
small where 1 to 4 people are behind it: in the sum of all; in that sum without a viewer's own, which the viewer can
take out; and in what a renewed sum has more or less than the one before, which everybody can work out. What was once
taken together stays together, so that nothing comes out by comparing the charts of one round.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from measures.kinds_values import Answers, Parts

LEAST = 5
"""Counts of 1 to 4 people are not shown; nobody and 5 or more are."""

Row = tuple[int, ...]
Groups = tuple[tuple[int, ...], ...]
"""Places of a row in groups: a group is shown as one sum."""


def in_order(states: Sequence[Mapping[Any, Row]], viewers: Collection[Any]) -> Groups:
    """Groups of neighbouring places, for an ordered scale; one group of all when nothing may be told apart.

    `states` are the practices' counts behind the charts made so far, the present last.
    """
    width = _width(states)
    groups: list[tuple[int, ...]] = [(place,) for place in range(width)]
    for rows in _steps(states, viewers):
        while len(groups) > 1 and (small := _smallest(groups, rows)) is not None:
            beside = [place for place in (small - 1, small + 1) if 0 <= place < len(groups)]
            total = {place: sum(rows[0][each] for each in groups[place]) for place in beside}
            other = min(beside, key=lambda place: (total[place] == 0, total[place]))
            first, last = sorted((small, other))
            groups[first : last + 1] = [groups[first] + groups[last]]
    return tuple(groups)


def in_one(states: Sequence[Mapping[Any, Row]], viewers: Collection[Any]) -> Groups:
    """Each place by itself, and the small ones with the smallest of the others in one group, the last, for parts in no
    order; one group of all when nothing may be told apart."""
    width, pool = _width(states), frozenset[int]()
    for rows in _steps(states, viewers):
        while len(pool) < width and (more := _more(rows, pool, width)):
            pool |= more
    alone = tuple((place,) for place in range(width) if place not in pool)
    return (*alone, tuple(sorted(pool))) if pool else alone


def of_parts(states: Sequence[Mapping[Any, Parts]], viewers: Collection[Any], *, ordered: bool) -> Groups:
    """The groups in which parts of a whole are shown; bands stay in order."""
    rows = [{key: (*each.counts, each.rest) for key, each in state.items()} for state in states]
    return in_order(rows, viewers) if ordered else in_one(rows, viewers)


def of_answers(states: Sequence[Mapping[Any, Answers]], viewers: Collection[Any]) -> tuple[Groups, ...]:
    """The groups in which the answers to each question are shown."""
    questions = max((len(each.items) for state in states for each in state.values()), default=0)
    return tuple(
        in_order([{key: each.items[place] for key, each in state.items()} for state in states], viewers)
        for place in range(questions)
    )


def _more(rows: Sequence[Row], pool: frozenset[int], width: int) -> frozenset[int]:
    """What must join the pool: small counts, and the smallest other where the pool itself is small."""
    outside = [place for place in range(width) if place not in pool]
    if small := frozenset(place for place in outside if any(_is_small(row[place]) for row in rows)):
        return small
    if any(_is_small(sum(row[place] for place in pool)) for row in rows):
        return frozenset([min(outside, key=lambda place: (rows[0][place] == 0, rows[0][place]))])
    return frozenset()


def _smallest(groups: Sequence[tuple[int, ...]], rows: Sequence[Row]) -> int | None:
    """The group that is small in any row, the smallest first."""
    sums = [[sum(row[place] for place in group) for group in groups] for row in rows]
    found = [(each[number], number) for each in sums for number in range(len(groups)) if _is_small(each[number])]
    return min(found)[1] if found else None


def _steps(states: Sequence[Mapping[Any, Row]], viewers: Collection[Any]) -> Iterator[list[Row]]:
    """For each chart made: the sums that it shows anew, and those sums as each viewer among them can see the rest."""
    before: Mapping[Any, Row] = {}
    for state in states:
        for group in (
            {key: row for key, row in state.items() if key not in before},
            {key: row for key, row in before.items() if key not in state},
        ):
            if group:
                whole = _sum(group.values())
                without = [_less(whole, group[viewer]) for viewer in group.keys() & set(viewers)]
                yield [whole, *without]
        before = state


def _width(states: Sequence[Mapping[Any, Row]]) -> int:
    return max((len(row) for state in states for row in state.values()), default=0)


def _sum(rows: Collection[Row]) -> Row:
    return tuple(sum(column) for column in zip(*rows, strict=True))


def _less(whole: Row, own: Row) -> Row:
    return tuple(count - mine for count, mine in zip(whole, own, strict=True))


def _is_small(count: int) -> bool:
    return 0 < count < LEAST
