"""Small counts of people: the best groups in which none comes out, and cases where looking at less is not enough."""

import random
import subprocess
import sys
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from measures.disclosure.suppression import LEAST, Groups, in_one, in_order, is_safe, moved, people

ROOT = Path(__file__).resolve().parents[3]


def alone(*counts):
    """One practice's counts as the whole of a cluster, beside two that are nobody's to take out."""
    return {1: counts, 2: (0,) * len(counts), 3: (0,) * len(counts)}


@pytest.mark.parametrize(
    ("counts", "groups"),
    [
        ((9, 8, 7), ((0,), (1,), (2,))),
        ((9, 0, 7), ((0,), (1,), (2,))),
        ((3, 9, 12), ((2,), (0, 1))),  # nine joins: three alone would be the rest of the whole
        ((3, 3, 12), ((2,), (0, 1))),
        ((1, 20, 0, 6), ((1,), (2,), (0, 3))),
        ((3, 1), ((0, 1),)),
        ((), ()),
    ],
)
def test_small_parts_are_shown_together_with_the_smallest_others(counts, groups):
    assert in_one(alone(*counts)) == groups


@pytest.mark.parametrize(
    ("counts", "groups"),
    [
        ((2, 6, 9, 12, 8), ((0, 1), (2,), (3,), (4,))),
        ((9, 12, 8, 3, 1), ((0,), (1,), (2, 3, 4))),
        ((0, 0, 3, 9), ((0,), (1,), (2, 3))),
        ((6, 2, 0, 9), ((0, 1), (2,), (3,))),
        ((2, 1, 1), ((0, 1, 2),)),
        ((6, 2, 3, 8, 9), ((0,), (1, 2), (3,), (4,))),
        ((9, 9, 4, 9, 9), ((0,), (1, 2), (3,), (4,))),  # who agrees can still be told from who does not
        ((9, 4, 9, 9, 9), ((0, 1), (2,), (3,), (4,))),
    ],
)
def test_small_answers_join_their_neighbours(counts, groups):
    assert in_order(alone(*counts)) == groups


def test_viewer_who_takes_out_the_own_finds_no_small_count():
    """Six in all, of whom five are one practice's own: to that one the sixth must not come out."""
    state = {1: (5, 20), 2: (1, 30), 3: (0, 25)}
    assert in_one(state) == ((0, 1),)
    assert in_order(state) == ((0, 1),)


def test_what_is_told_elsewhere_is_in_no_group_with_others():
    state = {1: (20, 1, 9), 2: (20, 1, 9), 3: (20, 1, 9)}
    assert in_one(state) == ((0,), (1, 2))
    assert in_one(state, told=[0]) == ((0,), (1, 2))
    assert in_one(state, told=[2]) == ((2,), (0, 1))
    assert in_one(state, told=[1]) == in_order(state, told=[1]) == ((0, 1, 2),)
    assert in_order(state, told=[0]) == ((0,), (1, 2))


APART: Groups = ((0,), (1,), (2,))


def test_newcomers_do_not_come_out_by_subtraction():
    """Three newcomers, two of whose patients fall into the first part: before and after would tell."""
    before = dict.fromkeys(range(3), (5, 20, 9))
    after = before | {key: (counts, 30, 12) for key, counts in ((3, 2), (4, 0), (5, 0))}
    assert in_one(before) == APART
    assert not is_safe(APART, [before, after])
    assert is_safe(((0, 1, 2),), [before, after])


def test_those_who_left_do_not_come_out_by_subtraction():
    after = dict.fromkeys(range(3), (5, 20, 9))
    before = after | dict.fromkeys((3, 4, 5), (1, 30, 12))
    assert not is_safe(APART, [before, after])


def test_those_who_stay_are_shown_alone_after_three_have_left():
    """Seven with the three that leave, one without them."""
    stay = {1: (1, 20), 2: (0, 20), 3: (0, 20)}
    before = stay | dict.fromkeys((4, 5, 6), (2, 30))
    assert in_order(before) == ((0,), (1,))
    assert not is_safe(((0,), (1,)), [before, stay])


def test_three_who_correct_by_one_each_move_the_sum_by_three():
    before = dict.fromkeys(range(8), (20, 20))
    after = before | dict.fromkeys((1, 2, 3), (21, 19))
    assert people([before, after]) >= {(63, 57), (60, 60), (100, 100)}
    assert (3, -3) in moved([before, after])
    assert not is_safe(((0,), (1,)), [before, after])
    assert is_safe(((0,), (1,)), [before, before | dict.fromkeys((1, 2, 3), (28, 12))])


def test_corrections_taken_back_in_part_are_counted_over_both_steps():
    """Up by 24, then down by 21: from the first charts to the last the sum moved by three."""
    states = [dict.fromkeys(range(6), (40, 40)) | dict.fromkeys((1, 2, 3), (n, 80 - n)) for n in (40, 48, 41)]
    assert is_safe(((0,), (1,)), states[:2])
    assert not is_safe(((0,), (1,)), states)


def test_three_who_came_with_others_and_left_are_what_is_missing_in_the_end():
    """Six come, of whom three leave again. Each step moves many; the first against the last moves one."""
    first = dict.fromkeys(range(5), (20, 20))
    stays = {10: (1, 20), 11: (0, 20), 12: (0, 20)}
    both = first | stays | dict.fromkeys((20, 21, 22), (6, 20))
    assert is_safe(((0,), (1,)), [first, both])
    assert not is_safe(((0,), (1,)), [first, both, first | stays])


row = st.lists(st.integers(0, 6), min_size=4, max_size=4).map(tuple)
state = st.lists(row, min_size=3, max_size=8).map(lambda rows: dict(enumerate(rows)))


def partitions(places: list[int]) -> Iterator[list[list[int]]]:
    """Every way to put places into groups."""
    if not places:
        yield []
        return
    first, rest = places[0], places[1:]
    for size in range(len(rest) + 1):
        for others in combinations(rest, size):
            for more in partitions([place for place in rest if place not in others]):
                yield [[first, *others], *more]


def hides_counts(groups: list[list[int]], rows: dict[int, tuple[int, ...]]) -> bool:
    seen = [[row for key, row in rows.items() if key != own] for own in (*rows, None)]
    sums = [sum(row[place] for row in each for place in group) for each in seen for group in groups]
    return len(groups) == 1 or not any(0 < each < LEAST for each in sums)


@settings(max_examples=200, deadline=None)
@given(state)
def test_no_safe_grouping_of_an_ordered_scale_is_better(rows):
    whole = [sum(column) for column in zip(*rows.values(), strict=True)]

    def worth(groups: list[list[int]]) -> tuple[object, ...]:
        sums = [total for each in groups if (total := sum(whole[place] for place in each))]
        cuts = [each[0] for each in groups[1:]]
        return len(groups), 2 in cuts, len(sums), min(sums, default=0), cuts

    every = [
        sorted(groups)
        for groups in partitions([0, 1, 2, 3])
        if all(each == [*range(each[0], each[-1] + 1)] for each in groups) and hides_counts(groups, rows)
    ]
    assert [list(each) for each in in_order(rows)] == max(every, key=worth)


@settings(max_examples=200, deadline=None)
@given(state)
def test_no_safe_pool_of_parts_is_smaller(rows):
    whole = [sum(column) for column in zip(*rows.values(), strict=True)]

    def cost(groups: list[list[int]]) -> tuple[object, ...]:
        pool = next((each for each in groups if len(each) > 1), [])
        return len(pool), sum(whole[place] for place in pool), pool

    every = [
        groups
        for groups in partitions([0, 1, 2, 3])
        if sum(len(each) > 1 for each in groups) <= 1 and hides_counts(groups, rows)
    ]
    assert sorted(map(list, in_one(rows))) == sorted(min(every, key=cost))


@settings(max_examples=200, deadline=None)
@given(state, st.integers(0, 10**6))
def test_names_and_order_of_practices_change_nothing(rows, seed):
    keys = list(rows)
    random.Random(seed).shuffle(keys)
    renamed = {f"practice {key}": rows[key] for key in keys}
    assert (in_order(renamed), in_one(renamed)) == (in_order(rows), in_one(rows))


ELSEWHERE = """
import random
from measures.disclosure.suppression import in_one, in_order
for seed in range(300):
    chance = random.Random(seed)
    rows = {f"p{key}": tuple(chance.randint(0, 5) for _ in range(6)) for key in range(chance.randint(3, 9))}
    print(in_order(rows), in_one(rows))
"""


def test_another_process_with_another_locale_and_hash_seed_chooses_the_same():
    said = {
        subprocess.run(
            [sys.executable, "-c", ELSEWHERE],
            capture_output=True,
            check=True,
            env={"PYTHONHASHSEED": seed, "LC_ALL": locale, "PYTHONPATH": str(ROOT)},
        ).stdout
        for seed, locale in (("1", "C"), ("4242", "da_DK.UTF-8"), ("7", "tr_TR.UTF-8"))
    }
    assert len(said) == 1
    assert said.pop().count(b"\n") == 300


@settings(max_examples=200, deadline=None)
@given(state)
def test_what_is_chosen_is_safe(rows):
    assert is_safe(in_order(rows), [rows])
    assert is_safe(in_one(rows), [rows])
