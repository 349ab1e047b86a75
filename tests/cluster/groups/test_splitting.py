"""Groups are dealt by rules that hold for everybody, whoever comes."""

from __future__ import annotations

import time
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cluster.groups.splitting import PLENUM, SIZES, Attendee, Split, pairs_of, split


@st.composite
def evenings(draw: st.DrawFn) -> tuple[list[Attendee], int, list[set[int]], int]:
    count = draw(st.integers(1, 40))
    practices = draw(st.integers(1, 14))
    people = [
        Attendee(n, draw(st.one_of(st.none(), st.integers(1, practices))), draw(st.booleans()))
        for n in range(1, count + 1)
    ]
    teams = draw(st.lists(st.sets(st.integers(1, 45), max_size=5), max_size=3))
    return people, draw(st.sampled_from(SIZES)), teams, draw(st.integers(0, 5))


def together(found: Split) -> set[frozenset[int]]:
    return pairs_of(dict(enumerate(found.groups)))


@pytest.mark.long
@given(evenings())
def test_everybody_sits_once_and_teams_sit_together(evening: tuple[list[Attendee], int, list[set[int]], int]) -> None:
    people, size, teams, turn = evening
    found = split(people, size, teams=teams, turn=turn)
    assert sorted(one for group in found.groups for one in group) == [each.id for each in people]
    assert all(found.groups), "nobody has an empty table"
    here = {each.id for each in people}
    for team in teams:
        tables = {n for n, group in enumerate(found.groups) if set(group) & team & here}
        assert len(tables) <= 1


@pytest.mark.long
@given(evenings())
def test_same_people_and_turn_give_the_same_groups(evening: tuple[list[Attendee], int, list[set[int]], int]) -> None:
    people, size, teams, turn = evening
    assert split(people, size, teams=teams, turn=turn) == split(people, size, teams=teams, turn=turn)


@pytest.mark.long
@given(evenings())
def test_sizes_differ_by_one_at_most_without_teams(evening: tuple[list[Attendee], int, list[set[int]], int]) -> None:
    people, size, _, turn = evening
    found = split(people, size, turn=turn)
    sizes = [len(group) for group in found.groups]
    assert max(sizes) - min(sizes) <= 1
    assert len(found.groups) == (1 if len(people) < PLENUM else max(1, round(len(people) / size)))


@pytest.mark.long
@given(evenings())
def test_what_could_not_be_helped_is_counted(evening: tuple[list[Attendee], int, list[set[int]], int]) -> None:
    people, size, _, turn = evening
    met = together(split(people, size, turn=turn))
    found = split(people, size, met=met, turn=turn + 1)
    practice = {each.id: each.practice for each in people}
    pairs = together(found)
    assert found.again == len(pairs & met)
    assert found.colleagues == sum(practice[a] is not None and practice[a] == practice[b] for a, b in map(tuple, pairs))


def test_colleagues_sit_apart_where_there_are_tables_enough() -> None:
    people = [Attendee(n, n % 12, n % 2 == 0) for n in range(24)]  # two of each practice, four tables or more
    for turn in range(20):
        found = split(people, 5, turn=turn)
        assert found.colleagues == 0
        large = [sum(people[one].is_large for one in group) for group in found.groups]
        assert max(large) - min(large) <= 2, "clinics of both sizes at each table"


def test_next_evening_brings_others_together() -> None:
    people = [Attendee(n, n % 12) for n in range(36)]
    met: set[frozenset[int]] = set()
    for turn in range(2):
        found = split(people, 5, met=met, turn=turn)
        assert (found.colleagues, found.again) == (0, 0), f"evening {turn + 1}"
        met = met | together(found)


def test_another_turn_is_another_mixture() -> None:
    people = [Attendee(n, n % 9) for n in range(23)]
    assert len({split(people, 5, turn=turn).groups for turn in range(10)}) == 10


def test_few_people_stay_at_one_table() -> None:
    assert split([Attendee(n) for n in range(PLENUM - 1)], 4).groups == (tuple(range(PLENUM - 1)),)
    assert len(split([Attendee(n) for n in range(PLENUM)], 4).groups) == 2


def test_large_cluster_is_dealt_while_one_waits() -> None:
    people = [Attendee(n, n % 24, n % 3 == 0) for n in range(73)]
    met = {frozenset(pair) for pair in combinations(range(0, 73, 3), 2)}
    began = time.perf_counter()
    split(people, 5, met=met)
    assert time.perf_counter() - began < 8, "seconds, on a machine that does other things"
