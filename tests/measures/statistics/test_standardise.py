"""Standardised rates against published figures, and properties they must have."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from measures.statistics.rates import count_interval, direct_rate, indirect_ratio

# Down's syndrome by the mother's age, Michigan 1950–64: Fleiss 1981, table 14.4, as in Fay & Feuer 1997
STANDARD = [319933, 931318, 786511, 488235, 237863, 61313]
FIRST = ([107, 141, 60, 40, 39, 25], [230061, 329449, 114920, 39487, 14208, 3052])
FIFTH = ([0, 8, 63, 112, 262, 295], [327, 30666, 123419, 149919, 104088, 34392])

counts = st.lists(st.integers(0, 400), min_size=5, max_size=5).filter(lambda found: sum(found) >= 10)
people = st.lists(st.integers(500, 9000), min_size=5, max_size=5)


def test_direct_rate_gives_the_published_rates():
    # 92.3 in Fay & Feuer 1997; 75.52901 in the vignette of R's dsrTest
    rates = [direct_rate(*order, STANDARD) for order in (FIRST, FIFTH)]
    assert [round(rate.value, 5) for rate in rates if rate] == [92.30453, 75.52901]


def test_direct_rate_limits_are_dobsons_worked_out_by_hand():
    events, population, standard = np.array([6, 9]), np.array([100, 300]), np.array([1, 3])
    # D = 1/4·0.06 + 3/4·0.03 = 0.0375; Var = 1/16·6/10⁴ + 9/16·9/9·10⁴ = 9.375e-5; Byar's limits of 15: 8.388–24.742
    low, high = count_interval(15)
    scale = np.sqrt(9.375e-5 / 15)
    rate = direct_rate(events, population, standard, per=1000)
    assert rate == pytest.approx((37.5, 37.5 + 1000 * scale * (low - 15), 37.5 + 1000 * scale * (high - 15)))


def test_direct_rate_of_one_stratum_is_the_crude_rate_with_byars_limits():
    low, high = count_interval(40)
    assert direct_rate([40], [2000], [7], per=1000) == pytest.approx((20, low / 2, high / 2))


def test_direct_rate_is_none_below_ten_events():
    assert direct_rate([4, 5], [100, 100], [1, 1]) is None
    assert direct_rate([5, 5], [100, 100], [1, 1]) is not None


def test_direct_rate_of_several_places_is_nan_below_ten_events():
    rate = direct_rate([[5, 5], [4, 5]], [[100, 100], [100, 100]], [1, 1], per=1)
    assert rate is not None
    alone = direct_rate([5, 5], [100, 100], [1, 1], per=1)
    assert [values[0] for values in rate] == list(alone or ())
    assert [bool(np.isnan(values[1])) for values in rate] == [True] * 3


@given(counts, people, people, st.integers(1, 50))
def test_direct_rate_does_not_depend_on_the_unit_of_the_standard(events, population, standard, factor):
    plain = direct_rate(events, population, standard)
    scaled = direct_rate(events, population, [factor * each for each in standard])
    assert plain == pytest.approx(scaled)
    assert plain is not None
    assert 0 <= plain.low <= plain.value <= plain.high


@given(counts, people)
def test_direct_rate_on_the_own_population_is_the_crude_rate(events, population):
    rate = direct_rate(events, population, population, per=1)
    assert rate is not None
    assert rate.value == pytest.approx(sum(events) / sum(population))


@pytest.mark.parametrize(
    ("events", "population", "standard"),
    [([1], [1, 2], [1, 2]), ([1, 20], [0, 2], [1, 2]), ([-1, 20], [5, 5], [1, 2]), ([9, 9], [5, 5], [0, 0])],
)
def test_direct_rate_refuses_the_impossible(events, population, standard):
    with pytest.raises(ValueError, match=r"strat|standard"):
        direct_rate(events, population, standard)


def test_direct_rate_covers_its_level():
    chance = np.random.default_rng(3)
    population, standard = np.array([3000, 2500, 1200]), np.array([4, 3, 2])
    true = np.array([0.004, 0.012, 0.03])
    found = direct_rate(chance.poisson(population * true, (6000, 3)), np.tile(population, (6000, 1)), standard, per=1)
    assert found is not None
    aim = (true * standard).sum() / standard.sum()
    assert 0.94 <= np.mean((found.low <= aim) & (aim <= found.high)) <= 0.97


def test_indirect_ratio_is_observed_over_expected():
    # expected 2 % of 1,000 and 5 % of 400 = 40
    low, high = count_interval(50)
    ratio = indirect_ratio([20, 30], [1000, 400], [200, 500], [10_000, 10_000])
    assert ratio == pytest.approx((1.25, low / 40, high / 40))


def test_indirect_ratio_lies_close_to_the_exact_limits():
    # 24 cases where 24.66 are expected; the exact Poisson limits of 24 are 15.38 and 35.71 (Garwood's table)
    ratio = indirect_ratio(24, [2466], [100], [10_000])
    assert ratio == pytest.approx((24 / 24.66, 15.38 / 24.66, 35.71 / 24.66), abs=1e-3)


def test_indirect_ratio_takes_totals_in_place_of_strata_and_many_practices():
    population = [[1000, 400], [700, 700]]
    split = indirect_ratio([[20, 30], [4, 1]], population, [200, 500], [10_000, 10_000])
    total = indirect_ratio([50, 5], population, [200, 500], [10_000, 10_000])
    assert [list(values) for values in split] == [list(values) for values in total]
    assert [values[1] for values in total] == list(indirect_ratio(5, [700, 700], [200, 500], [10_000, 10_000]))


@given(people, counts)
def test_indirect_ratio_of_the_reference_itself_is_one(population, events):
    ratio = indirect_ratio(events, population, events, population)
    assert ratio.value == pytest.approx(1)
    assert ratio.low < 1 < ratio.high


@given(st.integers(0, 300), people)
def test_indirect_ratio_rises_with_the_events(events, population):
    fewer = indirect_ratio(events, population, [9, 8, 7, 6, 5], [900] * 5)
    more = indirect_ratio(events + 1, population, [9, 8, 7, 6, 5], [900] * 5)
    assert all(less < much for less, much in zip(fewer, more, strict=True) if much)


@pytest.mark.parametrize(
    ("events", "population", "cases", "base", "said"),
    [
        (3, [100], [0], [100], "nothing is expected"),
        (3, [100], [5], [0], "in every stratum"),
        (3, [100, 100], [5], [100], "same strata"),
        ([1, 2, 3], [100, 100], [5, 5], [100, 100], "one total"),
    ],
)
def test_indirect_ratio_refuses_the_impossible(events, population, cases, base, said):
    with pytest.raises(ValueError, match=said):
        indirect_ratio(events, population, cases, base)
