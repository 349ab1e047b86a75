"""An attacker on sums of people: which small counts follow from all charts of parts or answers that one viewer keeps?

It knows which practices and which version of each number every chart was made from, its own rows exactly, and every sum
that was shown (more than the rounded percentages tell). By linear algebra it takes every union of cells and every set
of places, and looks whether that count lies in the span of what was shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from typing import Any

import numpy as np

from measures.disclosure.suppression import LEAST, Groups, Row

Pattern = tuple[bool, ...]
"""In which of the charts a cell's numbers were."""
Element = tuple[Any, Row]
Cells = Mapping[Pattern, set[Element]]


@dataclass(frozen=True)
class Sums:
    """One chart: the rows it was made from, and the groups whose sums it showed."""

    state: Mapping[Any, Row]
    groups: Groups


@dataclass(frozen=True)
class Small:
    """A count of 1 to 4 that the attacker worked out: of which practices, at which places."""

    practices: frozenset[Any]
    places: tuple[int, ...]
    count: int
    why: str
    """``people``, or ``moved`` by a correction."""


def small_counts(views: Sequence[Sums], viewer: Any) -> list[Small]:
    """Every small count that follows from these charts for somebody who knows the rows of `viewer`."""
    shown = [view for view in views if len(view.groups) > 1 and view.state]
    if not shown:
        return []
    cells: dict[Pattern, set[Element]] = {}
    for element in {(key, row) for view in shown for key, row in view.state.items()}:
        pattern = tuple(view.state.get(element[0]) == element[1] for view in shown)
        cells.setdefault(pattern, set()).add(element)
    patterns = tuple(sorted(cells))
    span = _span(patterns, tuple(view.groups for view in shown), len(next(iter(shown[0].state.values()))))
    aims = [(weights, places, "people") for weights, places in span.unions]
    for weights in _corrections(shown, cells, patterns):
        aims += [(weights, places, "moved") for places in span.follows(weights)]
    return list(_small(aims, [cells[pattern] for pattern in patterns], span.width, viewer))


def _small(
    aims: Sequence[tuple[np.ndarray, tuple[int, ...], str]],
    cells: Sequence[set[Element]],
    width: int,
    viewer: Any,
) -> Iterator[Small]:
    """The sums that are small, with or without the viewer's own rows."""
    weights = np.array([each[0] for each in aims])
    places = np.array([_indicator(each[1], width) for each in aims])
    for own in (True, False):
        rows = [[row for key, row in cell if own or key != viewer] for cell in cells]
        sums = np.array([np.sum(each, axis=0) if each else np.zeros(width) for each in rows])
        counts = ((weights @ sums) * places).sum(axis=1).round().astype(int)
        for number in np.flatnonzero((counts != 0) & (abs(counts) < LEAST)):
            inside = [cell for cell, weight in zip(cells, aims[number][0], strict=True) if weight]
            who = frozenset(key for cell in inside for key, _ in cell if own or key != viewer)
            yield Small(who, aims[number][1], int(counts[number]), aims[number][2])


def _corrections(shown: Sequence[Sums], cells: Cells, patterns: Sequence[Pattern]) -> Iterator[np.ndarray]:
    """New rows less old ones of just the same practices, where both fill cells: who corrected between two charts."""
    for before, after in combinations(shown, 2):
        who = {key for key in before.state.keys() & after.state.keys() if before.state[key] != after.state[key]}
        sides = []
        for state in (after.state, before.state):
            rows = {(key, state[key]) for key in who}
            there = [n for n, pattern in enumerate(patterns) if cells[pattern] & rows]
            sides.append(there if rows == set().union(*(cells[patterns[n]] for n in there)) else [])
        if all(sides):
            yield _indicator(sides[0], len(patterns)) - _indicator(sides[1], len(patterns))


class _Span:
    """What sums over cells and places follow from those that were shown."""

    def __init__(self, patterns: Sequence[Pattern], groups: Sequence[Groups], width: int) -> None:
        self.width = width
        rows = []
        for number, each in enumerate(groups):
            inside = np.array([pattern[number] for pattern in patterns], dtype=float)
            rows += [np.kron(inside, _indicator(group, width)) for group in each]
        _, sizes, basis = np.linalg.svd(np.array(rows), full_matrices=False)
        self.basis = basis[sizes > 1e-9].T
        self.sets = [places for size in range(1, width + 1) for places in combinations(range(width), size)]
        self.places = np.array([_indicator(places, width) for places in self.sets])
        cells = range(len(patterns))
        unions = [union for size in range(1, len(patterns) + 1) for union in combinations(cells, size)]
        weights = [_indicator(union, len(patterns)) for union in unions]
        self.unions = [(each, places) for each in weights for places in self.follows(each)]

    def follows(self, weights: np.ndarray) -> list[tuple[int, ...]]:
        """The sets of places whose count in these cells lies in the span."""
        aims = np.kron(weights, self.places)
        left = (aims**2).sum(axis=1) - ((aims @ self.basis) ** 2).sum(axis=1)
        return [self.sets[number] for number in np.flatnonzero(left < 1e-6)]


@lru_cache(maxsize=256)
def _span(patterns: tuple[Pattern, ...], groups: tuple[Groups, ...], width: int) -> _Span:
    return _Span(patterns, groups, width)


def _indicator(places: Sequence[int], width: int) -> np.ndarray:
    found = np.zeros(width)
    found[list(places)] = 1
    return found
