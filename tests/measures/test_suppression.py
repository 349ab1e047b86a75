"""Small counts of people: shown together with others, also beside every chart that came before, to whoever looks on."""

import random
from itertools import accumulate, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from measures.suppression import LEAST, in_one, in_order


def alone(*counts):
    """One practice's counts as the whole of a cluster: nobody looks on."""
    return [{1: counts}]


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
    assert in_one(alone(*counts), ()) == groups


@pytest.mark.parametrize(
    ("counts", "groups"),
    [
        ((2, 6, 9, 12, 8), ((0, 1), (2,), (3,), (4,))),
        ((9, 12, 8, 3, 1), ((0,), (1,), (2, 3, 4))),
        ((0, 0, 3, 9), ((0,), (1,), (2, 3))),
        ((6, 2, 0, 9), ((0, 1), (2,), (3,))),
        ((2, 1, 1), ((0, 1, 2),)),
    ],
)
def test_small_answers_join_their_neighbours(counts, groups):
    assert in_order(alone(*counts), ()) == groups


def test_viewer_who_takes_out_the_own_finds_no_small_count():
    """Six in all, of whom five are the viewer's own: the sixth must not come out."""
    state = {1: (5, 20), 2: (1, 30), 3: (0, 25)}
    assert in_one([state], ()) == ((0,), (1,))
    assert in_one([state], [1]) == ((0, 1),)


def test_newcomers_do_not_come_out_by_subtraction():
    """Three newcomers, two of whose patients fall into the first part: before and after would tell."""
    before = dict.fromkeys(range(3), (5, 20, 9))
    after = before | {n: (counts, 30, 12) for n, counts in ((3, 2), (4, 0), (5, 0))}
    assert in_one([before], ()) == ((0,), (1,), (2,))
    assert in_one([before, after], ()) == ((1,), (0, 2))


def test_what_was_taken_together_stays_together():
    """The newcomers would make the first part large enough: but what was hidden then would come out now."""
    before = dict.fromkeys(range(3), (1, 20, 9))
    after = before | dict.fromkeys((3, 4, 5), (10, 30, 12))
    assert in_one([before], ()) == in_one([before, after], ()) == ((1,), (0, 2))
    assert in_order([before], ()) == in_order([before, after], ()) == ((0, 1), (2,))


def test_those_who_left_do_not_come_out_by_subtraction():
    after = dict.fromkeys(range(3), (5, 20, 9))
    before = after | dict.fromkeys((3, 4, 5), (1, 30, 12))
    assert in_one([before, after], ()) == ((1,), (0, 2))


row = st.tuples(*[st.integers(0, 4)] * 4)
states = st.lists(st.lists(row, min_size=3, max_size=6), min_size=1, max_size=3)


def grown(steps):
    """A cluster to which practices come, three or more at a time."""
    numbered = iter(range(100))
    return list(accumulate(({next(numbered): counts for counts in step} for step in steps), lambda old, new: old | new))


@pytest.mark.parametrize("choose", [in_one, in_order])
@settings(max_examples=150, deadline=None)
@given(states, st.integers(0, 10**6))
def test_an_attacker_who_keeps_every_chart_finds_no_small_count(choose, steps, seed):
    """Each chart told the sums of its groups. What one chart has more than the one before, with or without the own, is
    a sum of people too: none of those the attacker can form is 1 to 4, for each group that is told apart."""
    charts = grown(steps)
    viewer = random.Random(seed).choice(sorted(charts[-1]))
    told = [choose(charts[: number + 1], [viewer]) for number in range(len(charts))]
    before = {}
    for chart, groups in zip(charts, told, strict=True):
        new = {key: counts for key, counts in chart.items() if key not in before}
        for seen in (new, {key: counts for key, counts in new.items() if key != viewer}):
            if seen and len(groups) > 1:
                sums = [sum(counts[place] for counts in seen.values() for place in group) for group in groups]
                assert [each for each in sums if 0 < each < LEAST] == []
        before = chart
    for earlier, later in pairwise(told):
        assert all(any(set(group) <= set(whole) for whole in later) for group in earlier)
