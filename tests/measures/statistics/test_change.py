"""Change between two rounds, against published figures and statsmodels."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import beta
from statsmodels.stats.proportion import confint_proportions_2indep
from statsmodels.stats.rates import confint_poisson_2indep

from measures.statistics.rates import change_ratio, difference_of_proportions, median_change

counts, exposures = st.integers(0, 900), st.integers(50, 9000)
shares = st.integers(1, 900).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 900), exposures, st.integers(1, 900), exposures)
def test_change_ratio_agrees_with_statsmodels_score_interval(before, exposed_before, after, exposed_after):
    ratio = change_ratio(before, exposed_before, after, exposed_after)
    theirs = confint_poisson_2indep(
        after, exposed_after, before, exposed_before, compare="ratio", method="score", alpha=0.05
    )
    assert (ratio.low, ratio.high) == pytest.approx(theirs, rel=1e-3)  # theirs is searched for by steps


@given(counts.filter(bool), exposures, counts.filter(bool), exposures)
def test_change_ratio_holds_its_estimate_and_turns_round(before, exposed_before, after, exposed_after):
    there = change_ratio(before, exposed_before, after, exposed_after)
    back = change_ratio(after, exposed_after, before, exposed_before)
    assert there.low <= there.value <= there.high
    assert tuple(there) == pytest.approx((1 / back.value, 1 / back.high, 1 / back.low))


def test_change_ratio_lies_close_to_the_exact_conditional_interval():
    # R: poisson.test(c(11, 6 + 8 + 7), c(800, 1083 + 1050 + 878)) gives 1.971488 (0.8584–4.2773)
    ratio = change_ratio(21, 3011, 11, 800)
    exact = [beta.ppf(0.025, 11, 22), beta.ppf(0.975, 12, 21)]
    low, high = (share / (1 - share) * 3011 / 800 for share in exact)
    assert ratio.value == pytest.approx(1.971488, abs=1e-6)
    assert (low, high) == pytest.approx((0.8584264, 4.2772659), abs=1e-6)
    assert low < ratio.low < ratio.high < high
    assert (ratio.low, ratio.high) == pytest.approx((low, high), rel=0.15)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [(0, 5, (math.inf, True, math.inf)), (5, 0, (0.0, False, True)), (0, 0, (math.nan, False, math.inf))],
)
def test_change_ratio_without_events_is_open_ended(before, after, expected):
    ratio = change_ratio(before, 100, after, 100)
    assert ratio.value == pytest.approx(expected[0], nan_ok=True)
    assert bool(ratio.low) is expected[1]
    assert ratio.high == math.inf if expected[2] == math.inf else 0 < ratio.high < math.inf


def test_change_ratio_takes_arrays():
    ratio = change_ratio([20, 30], [1000, 1000], [10, 40], [900, 900])
    assert [values[1] for values in ratio] == list(change_ratio(30, 1000, 40, 900))


@pytest.mark.parametrize(("numbers", "said"), [((1, 0, 1, 5), "exposure"), ((-1, 5, 1, 5), "negative")])
def test_change_ratio_refuses_the_impossible(numbers, said):
    with pytest.raises(ValueError, match=said):
        change_ratio(*numbers)


def test_change_ratio_covers_its_level():
    chance = np.random.default_rng(5)
    exposed = chance.integers(1000, 8000, (2, 20_000))
    true = chance.uniform(0.5, 2, 20_000)
    before, after = chance.poisson(0.02 * exposed[0]), chance.poisson(0.02 * true * exposed[1])
    found = change_ratio(before, exposed[0], after, exposed[1])
    assert 0.945 <= np.mean((found.low <= true) & (true <= found.high)) <= 0.965


def test_difference_of_proportions_gives_newcombes_published_limits():
    # Newcombe 1998, table II, method 10: 56/70 − 48/80, 9/10 − 3/10, 0/10 − 0/20 and 10/10 − 0/10
    found = [
        difference_of_proportions(*pairs)
        for pairs in ((56, 70, 48, 80), (9, 10, 3, 10), (0, 10, 0, 20), (10, 10, 0, 10))
    ]
    limits = [(round(each.low, 4), round(each.high, 4)) for each in found]
    assert limits == [(0.0524, 0.3339), (0.1705, 0.8090), (-0.1611, 0.2775), (0.6075, 1.0)]


@given(shares, shares, st.sampled_from([0.9, 0.95, 0.998]))
def test_difference_of_proportions_agrees_with_statsmodels_and_mirrors(first, second, level):
    ours = difference_of_proportions(*first, *second, level)
    theirs = confint_proportions_2indep(*first, *second, method="newcomb", compare="diff", alpha=1 - level)
    assert (ours.low, ours.high) == pytest.approx(np.clip(theirs, -1, 1), abs=1e-9)
    other = difference_of_proportions(*second, *first, level)
    assert tuple(ours) == pytest.approx((-other.value, -other.high, -other.low))
    assert -1 <= ours.low <= ours.value <= ours.high <= 1


def test_difference_of_proportions_covers_its_level():
    chance = np.random.default_rng(11)
    people, true = chance.integers(30, 400, (2, 20_000)), chance.uniform(0.05, 0.95, (2, 20_000))
    events = chance.binomial(people, true)
    found = difference_of_proportions(events[0], people[0], events[1], people[1])
    aim = true[0] - true[1]
    assert 0.94 <= np.mean((found.low <= aim) & (aim <= found.high)) <= 0.965


def test_median_change_is_the_median_of_the_practices_changes_whatever_their_order():
    before, after = [20.0, 18, 31, 24, 22, 19], [22.0, 21, 30, 28, 22, 24]
    found = median_change(before, after)
    assert found.value == 2.5
    assert found == median_change(before, after)
    assert found.low <= found.value <= found.high
    assert median_change(after, before).value == -2.5


def test_median_change_of_an_even_shift_is_sure():
    assert tuple(median_change([1, 2, 3, 4, 5], [3, 4, 5, 6, 7])) == (2, 2, 2)


def test_median_change_needs_five_practices():
    with pytest.raises(ValueError, match="at least five"):
        median_change([1, 2, 3, 4], [1, 2, 3, 4])
