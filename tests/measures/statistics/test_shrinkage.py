"""Shrinkage, rank ranges and the achievable benchmark."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from measures.statistics.rates import achievable_benchmark, leading, rank_range, shrink

pairs = st.integers(1, 3000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
groups = st.lists(pairs, min_size=3, max_size=35)


def columns(group):
    return [events for events, _ in group], [population for _, population in group]


def test_shrink_finds_the_beta_the_practices_come_from():
    chance = np.random.default_rng(8)
    size = chance.integers(50, 400, 4000)
    found = shrink(chance.binomial(size, chance.beta(6, 14, 4000)), size)
    assert (found.alpha, found.beta) == pytest.approx((6, 14), rel=0.08)


def test_shrink_matches_a_published_fit():
    # Baseball 1970 (Efron & Morris 1975): 18 players' hits in 45 at bats; they differ by little more than chance,
    # and every player is drawn most of the way to the common 0.2654
    hits = [18, 17, 16, 15, 14, 14, 13, 12, 11, 11, 10, 10, 10, 10, 10, 9, 8, 7]
    found = shrink(hits, [45] * 18)
    assert found.alpha / (found.alpha + found.beta) == pytest.approx(0.2654, abs=5e-4)
    assert 0.4 > 18 / 45 - 1e-9 > found.means[0] > 0.2654 > found.means[-1] > 7 / 45


@settings(max_examples=30, deadline=None)
@given(groups.filter(lambda group: 0 < sum(x for x, _ in group) < sum(n for _, n in group)))
def test_shrunken_shares_lie_between_the_own_and_the_common(group):
    events, population = columns(group)
    found = shrink(events, population)
    common = found.alpha / (found.alpha + found.beta)
    own = np.array(events) / population
    low, high = np.minimum(own, common), np.maximum(own, common)
    assert np.all((low - 1e-9 <= found.means) & (found.means <= high + 1e-9))


def test_small_practices_shrink_most():
    found = shrink([30, 3, 300, 10, 60, 5], [100, 10, 1000, 100, 1000, 10])
    common = found.alpha / (found.alpha + found.beta)
    moved = (0.3 - found.means[:3]) / (0.3 - common)
    assert 0 < moved[2] < moved[0] < moved[1] < 1


@pytest.mark.parametrize("group", [[(1, 2)], [(0, 5), (0, 9)], [(5, 5), (9, 9)]])
def test_shrink_refuses_what_tells_nothing(group):
    with pytest.raises(ValueError, match="at least two practices"):
        shrink(*columns(group))


@pytest.mark.long
def test_rank_range_covers_the_true_ranks():
    chance = np.random.default_rng(12)
    hit = []
    for seed in range(60):
        true = chance.beta(8, 24, 20)
        size = chance.integers(40, 300, 20)
        low, high = rank_range(chance.binomial(size, true), size, seed=seed)
        rank = true.argsort().argsort() + 1
        hit += list((low <= rank) & (rank <= high))
    assert 0.92 <= np.mean(hit) <= 0.99


def test_rank_range_is_certain_only_when_practices_differ_widely():
    low, high = rank_range([1, 300, 900], [1000, 1000, 1000])
    assert (list(low), list(high)) == ([1, 2, 3], [1, 2, 3])
    low, high = rank_range([20, 21, 22, 21], [1000, 1000, 1000, 1000])
    assert (list(low), list(high)) == ([1] * 4, [4] * 4)


def test_rank_range_is_the_same_for_the_same_seed():
    group = ([5, 10, 40, 2, 9], [100, 120, 300, 90, 200])
    first, again = rank_range(*group, seed=3), rank_range(*group, seed=3)
    assert [list(ends) for ends in first] == [list(ends) for ends in again]


def test_achievable_benchmark_by_hand():
    # (x+1)/(n+2): 10/12, 41/52, 51/102, 31/102, …; a tenth of 260 people is reached with the first two: 49/60
    events, population = [9, 40, 50, 30], [10, 50, 100, 100]
    assert list(leading(events, population)) == [0, 1]
    assert achievable_benchmark(events, population) == 49 / 60


def test_achievable_benchmark_is_not_led_by_a_lucky_few():
    # 2 of 2 would lead by its share; adjusted it is 3/4, behind 90 of 100
    assert achievable_benchmark([2, 90, 50], [2, 100, 100]) == 0.9


@pytest.mark.long
@given(groups)
def test_achievable_benchmark_mirrors_and_lies_on_the_good_side(group):
    events, population = columns(group)
    missed = [n - x for x, n in group]
    best = achievable_benchmark(events, population)
    assert achievable_benchmark(missed, population, lower_is_better=True) == pytest.approx(1 - best)
    held = sum(population[place] for place in leading(events, population))
    without_last = held - population[leading(events, population)[-1]]
    assert without_last < sum(population) / 10 <= held


@pytest.mark.parametrize("group", [[], [(3, 2)], [(0, 0)]])
def test_achievable_benchmark_refuses_the_impossible(group):
    with pytest.raises(ValueError, match=r"each practice|0 ≤ events"):
        achievable_benchmark(*columns(group))
