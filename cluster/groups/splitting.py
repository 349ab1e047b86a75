"""People dealt into groups: practices and sizes of clinics mixed, others than last time, teams together. Pure.

A few starts are dealt by turns and made better by swaps as long as that helps, and the best is taken, so that the same
people and the same turn give the same groups. Small clusters run out of new pairs: that is counted and said, not looked
for endlessly.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

SIZES = range(3, 9)
USUAL = 5
PLENUM = 8
"""With fewer people than this one table is enough."""
ROUNDS, STARTS = 60, 3
SAME_PRACTICE, AGAIN, UNEVEN = 100, 10, 3
"""What it costs to sit with a colleague, with somebody of last time, and among clinics of one size only."""


@dataclass(frozen=True)
class Attendee:
    """Somebody who came, as far as groups depend on it."""

    id: int
    practice: int | None = None
    is_large: bool = False
    """Whether the practice has more patients than most of those who came."""


@dataclass(frozen=True)
class Split:
    """Groups of people by id, each in order, and what could not be helped."""

    groups: tuple[tuple[int, ...], ...]
    colleagues: int
    """Pairs of one practice in one group, other than of a team."""
    again: int
    """Pairs who sat together last time, other than of a team."""


Pair = frozenset[int]


def split(
    people: Sequence[Attendee],
    size: int,
    *,
    teams: Sequence[Collection[int]] = (),
    met: Collection[Pair] = (),
    turn: int = 0,
) -> Split:
    """Deal people into groups of about a size; a team stays in one group, however large it is."""
    by_id = {each.id: each for each in people}
    units = _units(by_id, teams)
    count = max(1, round(len(people) / size))
    if len(people) < PLENUM or len(units) < count:
        count = 1 if len(people) < PLENUM else len(units)
    dealer = random.Random(turn)
    kept = {frozenset((a, b)) for unit in units for a in unit for b in unit if a != b}
    cost = _Cost(by_id, frozenset(met), frozenset(kept))
    starts = [_dealt(units, by_id, count, dealer) for _ in range(STARTS)]
    tables = min((_improved(each, cost, dealer) for each in starts), key=lambda each: sum(map(cost.of, each)))
    groups = tuple(tuple(sorted(one for unit in table for one in unit)) for table in tables)
    pairs = [pair for group in groups for pair in _pairs(group) if pair not in kept]
    return Split(groups, sum(cost.are_colleagues(pair) for pair in pairs), sum(pair in cost.met for pair in pairs))


def _units(people: Mapping[int, Attendee], teams: Sequence[Collection[int]]) -> list[tuple[int, ...]]:
    """Those who stay together, and everybody else alone. Who is in two teams joins them."""
    joined: list[set[int]] = []
    for team in teams:
        here = {each for each in team if each in people}
        for other in [each for each in joined if each & here]:
            here |= other
            joined.remove(other)
        if len(here) > 1:
            joined.append(here)
    taken = set().union(*joined) if joined else set()
    return [tuple(sorted(each)) for each in joined] + [(each,) for each in people if each not in taken]


def _dealt(
    units: Sequence[tuple[int, ...]], people: Mapping[int, Attendee], count: int, dealer: random.Random
) -> list[list[tuple[int, ...]]]:
    """The large units first, then practice by practice, each to the table that has most room."""
    many = Counter(people[one].practice for unit in units for one in unit)
    order = sorted(units)
    dealer.shuffle(order)
    rank = {practice: dealer.random() for practice in sorted(many, key=str)}
    order.sort(key=lambda unit: (-len(unit), -many[people[unit[0]].practice], rank[people[unit[0]].practice]))
    tables: list[list[tuple[int, ...]]] = [[] for _ in range(count)]
    for unit in order:
        practices = {people[one].practice for one in unit} - {None}
        room = [sum(map(len, table)) for table in tables]
        least = min(room)
        tables[
            min(
                (i for i in range(count) if room[i] == least),
                key=lambda i: sum(people[one].practice in practices for each in tables[i] for one in each),
            )
        ].append(unit)
    return tables


class _Cost:
    """What a table costs."""

    def __init__(self, people: Mapping[int, Attendee], met: frozenset[Pair], kept: frozenset[Pair]) -> None:
        self.people, self.met, self.kept = people, met, kept
        self._pairs: dict[tuple[int, int], int] = {}
        self._share = sum(each.is_large for each in people.values()) / max(len(people), 1)

    def are_colleagues(self, pair: Pair) -> bool:
        """Whether both are of one practice."""
        a, b = (self.people[each].practice for each in pair)
        return a is not None and a == b

    def of(self, table: Sequence[tuple[int, ...]]) -> float:
        """Colleagues, pairs of last time, clinics of one size."""
        ids = [one for unit in table for one in unit]
        paid = sum(self._pair(a, b) for i, a in enumerate(ids) for b in ids[i + 1 :])
        large = sum(self.people[one].is_large for one in ids)
        return paid + UNEVEN * abs(large - self._share * len(ids))

    def _pair(self, a: int, b: int) -> int:
        key = (a, b) if a < b else (b, a)
        found = self._pairs.get(key)
        if found is None:
            pair = frozenset(key)
            found = 0
            if pair not in self.kept:
                found = SAME_PRACTICE * self.are_colleagues(pair) + AGAIN * (pair in self.met)
            self._pairs[key] = found
        return found


def _improved(tables: list[list[tuple[int, ...]]], cost: _Cost, dealer: random.Random) -> list[list[tuple[int, ...]]]:
    """Swap two units of one size between tables while that makes both together cheaper."""
    paid = [cost.of(table) for table in tables]
    for _ in range(ROUNDS):
        better = False
        places = [(i, j) for i, table in enumerate(tables) for j in range(len(table))]
        dealer.shuffle(places)
        for a, (i, j) in enumerate(places):
            for k, m in places[a + 1 :]:
                if i == k or len(tables[i][j]) != len(tables[k][m]) or not paid[i] + paid[k]:
                    continue
                _swap(tables, i, j, k, m)
                now = cost.of(tables[i]), cost.of(tables[k])
                if sum(now) + 1e-9 < paid[i] + paid[k]:
                    paid[i], paid[k], better = *now, True
                else:
                    _swap(tables, i, j, k, m)
        if not better:
            break
    return tables


def _swap(tables: list[list[tuple[int, ...]]], i: int, j: int, k: int, m: int) -> None:
    tables[i][j], tables[k][m] = tables[k][m], tables[i][j]


def _pairs(group: Sequence[int]) -> list[Pair]:
    return [frozenset((a, b)) for i, a in enumerate(group) for b in group[i + 1 :]]


def pairs_of(groups: Mapping[int, Collection[int]]) -> set[Pair]:
    """Who sat together, of groups by number."""
    return {pair for group in groups.values() for pair in _pairs(sorted(group))}
