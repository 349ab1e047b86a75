"""Intervals against published and independent figures, and properties they must have."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.proportion import proportion_confint

from measures.statistics.rates import count_interval, pooled, proportion_interval, rate_interval


def test_proportion_interval_gives_newcombes_published_wilson_limits():
    # Newcombe 1998, table I, method 3: 81/263, 15/148, 0/20, 1/29
    found = [proportion_interval(*pair) for pair in ((81, 263), (15, 148), (0, 20), (1, 29))]
    rounded = [(round(low, 4), round(high, 4)) for low, high in found]
    assert rounded == [(0.2553, 0.3662), (0.0624, 0.1605), (0.0, 0.1611), (0.0061, 0.1718)]


@given(
    st.integers(1, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))),
    st.sampled_from([0.9, 0.95, 0.998]),
)
def test_proportion_interval_agrees_with_scipy_and_statsmodels(pair, level):
    ours = proportion_interval(*pair, level)
    theirs = stats.binomtest(*pair).proportion_ci(level, method="wilson")
    assert ours == pytest.approx((theirs.low, theirs.high), abs=1e-9)
    assert ours == pytest.approx(proportion_confint(*pair, alpha=1 - level, method="wilson"), abs=1e-9)


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_proportion_interval_holds_its_estimate_and_mirrors(pair):
    events, population = pair
    low, high = proportion_interval(events, population)
    other_low, other_high = proportion_interval(population - events, population)
    assert 0 <= low <= events / population <= high <= 1
    assert (low, high) == pytest.approx((1 - other_high, 1 - other_low))


def test_proportion_interval_takes_arrays_and_gives_arrays():
    low, high = proportion_interval(np.array([81, 15]), np.array([263, 148]))
    assert low == pytest.approx([proportion_interval(81, 263)[0], proportion_interval(15, 148)[0]])
    assert high == pytest.approx([proportion_interval(81, 263)[1], proportion_interval(15, 148)[1]])


def test_scalars_give_plain_floats():
    assert [type(limit) for limit in (*proportion_interval(1, 3), *count_interval(3), *rate_interval(12, 100))] == [
        float
    ] * 6


@pytest.mark.parametrize(("events", "population"), [(-1, 3), (4, 3), (0, 0)])
def test_proportion_interval_refuses_the_impossible(events, population):
    with pytest.raises(ValueError, match="a proportion needs"):
        proportion_interval(events, population)


def test_count_interval_below_ten_is_exact():
    # Garwood's exact limits as tabulated: 0 → 3.689, 1 → 0.0253–5.572, 5 → 1.623–11.668
    found = [count_interval(events) for events in (0, 1, 5)]
    rounded = [(round(low, 4), round(high, 3)) for low, high in found]
    assert rounded == [(0.0, 3.689), (0.0253, 5.572), (1.6235, 11.668)]


def test_count_interval_from_ten_is_byars():
    # Byar's formula (Breslow & Day 1987) worked out by hand for 10 and 100 events
    found = [count_interval(events) for events in (10, 100)]
    assert [(round(low, 3), round(high, 3)) for low, high in found] == [(4.787, 18.391), (81.362, 121.628)]


@given(st.integers(0, 3000))
def test_count_interval_lies_close_to_the_exact_one(events):
    low, high = count_interval(events)
    exact_low = stats.chi2.ppf(0.025, 2 * events) / 2 if events else 0.0
    exact_high = stats.chi2.ppf(0.975, 2 * events + 2) / 2
    assert low <= events <= high
    assert (low, high) == pytest.approx((exact_low, exact_high), rel=0.012, abs=1e-9)


def test_count_interval_takes_arrays_across_both_methods():
    low, high = count_interval([5, 10])
    assert (low[0], high[0]) == count_interval(5)
    assert (low[1], high[1]) == count_interval(10)


def test_rate_interval_may_have_more_events_than_people():
    low, high = rate_interval(490, 100, per=1000)
    count_low, count_high = count_interval(490)
    assert (low, high) == pytest.approx((count_low * 10, count_high * 10))


def test_rate_interval_refuses_no_exposure():
    with pytest.raises(ValueError, match="exposure above 0"):
        rate_interval(3, 0)


def test_wilson_covers_its_level_on_average():
    chance = np.random.default_rng(7)
    true = chance.uniform(0.05, 0.95, 20_000)
    population = chance.integers(15, 200, 20_000)
    low, high = proportion_interval(chance.binomial(population, true), population)
    assert 0.94 <= np.mean((low <= true) & (true <= high)) <= 0.96


def test_pooled_is_the_sum_over_the_sum():
    assert pooled([(1, 10), (30, 40)]) == 31 / 50


def test_pooled_of_nobody_is_nothing():
    assert pooled([]) is None
