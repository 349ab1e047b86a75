"""Run charts and XmR charts, against published limits."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from measures.statistics.rates import run_signals, xmr

series = st.lists(st.integers(-50, 50), min_size=2, max_size=60)


def alternating(n: int) -> list[int]:
    return [(-1) ** place for place in range(n)]


@pytest.mark.parametrize(
    ("points", "longest", "fewest"), [(10, 6, 2), (12, 7, 3), (16, 7, 4), (20, 7, 6), (24, 8, 8), (30, 8, 10)]
)
def test_run_signals_has_anhojs_published_limits(points, longest, fewest):
    # Anhøj & Olesen 2014, table 1: upper limit of the longest run, lower limit of crossings
    found = run_signals(alternating(points))
    assert (found.longest_run_limit, found.crossings_limit) == (longest, fewest)


def test_run_signals_finds_a_shift():
    found = run_signals([3, 4, 3, 2, 4, 3, 2, 3, 4, 2, 8, 9, 8, 7, 9, 8, 7, 9, 8, 9])
    assert (found.longest_run, found.crossings, found.is_signal) == (10, 1, True)


def test_run_signals_finds_none_in_a_swinging_series():
    found = run_signals(alternating(20))
    assert (found.longest_run, found.crossings, found.is_signal) == (1, 19, False)


def test_run_signals_passes_over_points_on_the_median():
    # the median is 5; below, (5), below, above, (5), above: two runs of two, one crossing
    assert run_signals([1, 5, 2, 9, 5, 8])[:4:2] == (2, 1)


def test_run_signals_of_a_flat_series_is_silent():
    found = run_signals([7] * 12)
    assert (found, found.is_signal) == ((0, 0, 0, 0), False)


@given(series)
def test_run_signals_is_the_same_backwards_and_upside_down(values):
    found = run_signals(values)
    assert run_signals(values[::-1]) == found == run_signals([-value for value in values])


def test_run_signals_rarely_cries_wolf():
    chance = np.random.default_rng(1)
    false = [run_signals(row).is_signal for row in chance.normal(size=(3000, 24))]
    assert 0 < np.mean(false) <= 0.1


def test_run_signals_needs_a_value():
    with pytest.raises(ValueError, match="at least one"):
        run_signals([])


def test_xmr_gives_the_handbooks_limits():
    # NIST/SEMATECH e-Handbook 6.3.2.2, flow rates of ten batches: centre 50.81, limits 45.8159–55.8041
    limits = xmr([49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1])
    assert limits == pytest.approx((50.81, 45.8159, 55.8041), abs=1e-4)


def test_xmr_screened_is_not_widened_by_one_jump():
    calm = [10, 11, 10, 11, 10, 11, 10, 11]
    jump = [*calm, 40, 41, 40, 41, 40, 41, 40, 41]
    # mean range (14 · 1 + 29)/15 = 2.867; the jump of 29 is more than 3.267 times that
    assert xmr(jump, screened=True) == pytest.approx((25.5, 25.5 - 2.66, 25.5 + 2.66), abs=1e-3)
    assert xmr(jump).high > 33


@given(st.lists(st.integers(-900, 900), min_size=2, max_size=40), st.integers(-50, 50))
def test_xmr_moves_with_the_values(values, shift):
    moved = xmr([value + shift for value in values])
    assert moved == pytest.approx([limit + shift for limit in xmr(values)], abs=1e-6)


def test_xmr_holds_nearly_all_of_a_steady_series():
    limits = xmr(np.random.default_rng(2).normal(20, 3, 4000))
    assert limits == pytest.approx((20, 11, 29), abs=0.3)


def test_xmr_needs_two_values():
    with pytest.raises(ValueError, match="at least two"):
        xmr([1])
