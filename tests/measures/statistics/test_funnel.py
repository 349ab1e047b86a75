"""Funnel limits and dispersion: exact quantiles, back-transformed widening, real figures in test_groups."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom, poisson

from measures.statistics.rates import dispersion, funnel_limits

sizes = st.integers(30, 20_000)
centres = st.floats(0.01, 0.99)
levels = st.sampled_from([0.95, 0.998])


@given(centres, sizes, levels)
def test_proportion_limits_lie_within_a_patient_of_the_exact_quantiles(centre, size, level):
    low, high = funnel_limits(centre, size, "proportion", level)
    exact = [binom.ppf(share, size, centre) for share in ((1 - level) / 2, (1 + level) / 2)]
    assert 0 <= low < centre < high <= 1
    assert max(exact[0] - 1, 0) - 1e-9 <= low * size <= exact[0] + 1e-9
    assert exact[1] - 1 - 1e-9 <= high * size <= exact[1] + 1e-9


@given(st.floats(0.2, 3), st.integers(5, 3000), levels)
def test_ratio_limits_lie_within_an_event_of_the_exact_quantiles(centre, expected, level):
    low, high = funnel_limits(centre, expected, "ratio", level)
    exact = poisson.ppf((1 + level) / 2, centre * expected)
    assert 0 <= low < centre < high
    assert exact - 1 <= high * expected + 1e-9 <= exact + 2e-9


def test_limit_is_where_the_exact_probability_is_reached():
    # 2 of 10 at one half: P(X ≤ 2) = 56/1024, so the limit of the level that leaves out twice that is exactly 2/10
    assert funnel_limits(0.5, 10, "proportion", 1 - 2 * 56 / 1024).low == pytest.approx(0.2)


@pytest.mark.parametrize("kind", ["proportion", "ratio", "rate"])
def test_limits_narrow_with_size_and_widen_with_level(kind):
    size = np.array([200, 800, 3200, 12_800])
    narrow, wide = funnel_limits(0.1, size, kind, 0.95), funnel_limits(0.1, size, kind, 0.998)
    assert np.all(np.diff(narrow.high) < 0)
    assert np.all(np.diff(narrow.low) > 0)
    assert np.all((wide.low < narrow.low) & (narrow.high < wide.high))


def test_limits_take_scalars_and_arrays():
    low, high = funnel_limits(0.2, [100, 400], "proportion", 0.95)
    assert (low[1], high[1]) == funnel_limits(0.2, 400, "proportion", 0.95)
    assert type(funnel_limits(0.2, 400, "proportion").low) is float


def test_proportion_limits_mirror():
    low, high = funnel_limits(0.3, 500, "proportion")
    mirrored = funnel_limits(0.7, 500, "proportion")
    assert (low, high) == pytest.approx((1 - mirrored.high, 1 - mirrored.low), abs=0.003)


def test_widened_ratio_limits_are_squared_back():
    # φ = 4 doubles the distance on the root scale: (1 ± 1.959964·2/(2·10))² – not 1 ± …
    limits = funnel_limits(1, 100, "ratio", phi=4)
    assert limits == pytest.approx(((1 - 0.1959964) ** 2, (1 + 0.1959964) ** 2))


def test_widened_proportion_limits_are_taken_back_by_the_sine():
    limits = funnel_limits(0.25, 400, "proportion", tau2=0.0001)
    spread = 1.959964 * np.sqrt(1 / 1600 + 0.0001)
    assert limits == pytest.approx((np.sin(np.pi / 6 - spread) ** 2, np.sin(np.pi / 6 + spread) ** 2))


@given(centres, sizes, st.floats(1.01, 60))
def test_widened_limits_stay_inside_the_possible_and_hold_the_centre(centre, size, phi):
    low, high = funnel_limits(centre, size, "proportion", 0.998, phi=phi)
    assert 0 <= low < centre < high <= 1


def test_phi_below_one_never_narrows():
    assert funnel_limits(0.2, 400, "proportion", phi=0.3) == funnel_limits(0.2, 400, "proportion")


@pytest.mark.parametrize(
    ("centre", "size", "kind", "said"),
    [(0, 10, "ratio", "centre"), (1, 10, "proportion", "centre"), (0.5, 0, "rate", "above 0"), (1, 1, "odd", "kind")],
)
def test_limits_refuse_the_impossible(centre, size, kind, said):
    with pytest.raises(ValueError, match=said):
        funnel_limits(centre, size, kind)


def test_plain_limits_leave_out_their_share_when_only_chance_differs():
    chance = np.random.default_rng(9)
    size = chance.integers(800, 9000, 40_000)
    low, high = funnel_limits(0.02, size, "proportion", 0.95)
    share = chance.binomial(size, 0.02) / size
    assert 0.94 <= np.mean((low <= share) & (share <= high)) <= 0.965


@pytest.mark.parametrize("kind", ["proportion", "ratio"])
def test_dispersion_of_chance_alone_is_about_one(kind):
    chance = np.random.default_rng(4)
    size = chance.integers(2000, 9000, 5000)
    count = chance.binomial(size, 0.05)
    found = dispersion(count, size if kind == "proportion" else 0.05 * size, kind, winsorise=0)
    assert found.phi == pytest.approx(1, abs=0.07)
    assert found.tau2 < 1e-3 / 20


def test_dispersion_finds_the_variance_between_practices():
    chance = np.random.default_rng(6)
    angle = np.arcsin(np.sqrt(0.2)) + chance.normal(0, 0.05, 5000)
    size = chance.integers(1500, 9000, 5000)
    found = dispersion(chance.binomial(size, np.sin(angle) ** 2), size, "proportion", winsorise=0)
    assert found.tau2 == pytest.approx(0.05**2, rel=0.05)
    assert found.phi > 30


def test_dispersion_by_hand():
    # z = 2(√16 − √9) = 2, 2(√4 − √9) = −2, 0: φ = 8/3; τ² = (8 − 2)/(108 − 36) with w = 36
    found = dispersion([16, 4, 9], [9, 9, 9], "ratio", winsorise=0)
    assert found == pytest.approx((8 / 3, 6 / 72))


def test_dispersion_winsorises_the_outermost():
    count = [100] * 18 + [400, 0]
    assert dispersion(count, [100] * 20, "ratio") == (0, 0)
    assert dispersion(count, [100] * 20, "ratio", winsorise=0).phi > 30


@pytest.mark.parametrize(
    ("observed", "expected", "kind", "said"),
    [
        ([3], [3], "ratio", "at least two"),
        ([3, 4], [3, 0], "ratio", "above 0"),
        ([9, 1], [3, 3], "proportion", "above"),
    ],
)
def test_dispersion_refuses_the_impossible(observed, expected, kind, said):
    with pytest.raises(ValueError, match=said):
        dispersion(observed, expected, kind)
