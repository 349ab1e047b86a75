"""A whole round and its follow-up on 190 real groups of practices, attacked; funnels on those of a cluster's size."""

import math
from fractions import Fraction

import pytest

from measures.charts.comparing import compare
from measures.charts.words.finding import find
from measures.disclosure.privacy import CLAMP_BELOW, DisclosureRules, benchmark
from measures.statistics.rates import change_ratio, dispersion, median_change, pooled, rank_range
from tests.measures.disclosure.attack import Round, attack
from tests.measures.disclosure.groups import DATA, REGISTERS, YEARS, flagged, groups, linked, pairs
from tests.measures.disclosure.stories import leaks

pytestmark = [pytest.mark.long, pytest.mark.skipif(not DATA.exists(), reason="the real practices are not here")]

LATE = 4
WHOLE = pytest.param(1, marks=pytest.mark.whole, id="all")
SOME = pytest.param(10, id="every tenth")
"""Of the groups, as they stand in the file: from those of a cluster's size to the largest."""


def test_there_are_190_groups():
    assert (len(groups()), sum(map(len, groups().values()))) == (190, 6804)


@pytest.mark.parametrize("register", REGISTERS)
def test_every_practice_of_every_group_gets_its_comparison_and_words_both_years(register, kol, da):
    measure = kol.measure("prevalence")
    seen = 0
    for practices in groups().values():
        for year in YEARS:
            replies = {
                key: {"copd": events, "listed": people}
                for key, (events, people) in pairs(practices, register, year).items()
            }
            for key in list(replies)[:: max(1, len(replies) // 5)]:
                comparison = compare(measure, key, replies, DisclosureRules())
                shares = [Fraction(*pair) for pair in pairs(practices, register, year).values()]
                assert comparison.mean == pytest.approx(pooled(pairs(practices, register, year).values()), abs=5.1e-5)
                assert len(comparison.others or ()) == len(shares) - 1
                assert comparison.contributors < CLAMP_BELOW or float(max(shares)) - 0.0006 < max(
                    *(comparison.others or ()), comparison.own[0] / comparison.own[1]
                )
                assert find(measure, kol, comparison, da).headline
                seen += 1
    assert seen > 1900


@pytest.mark.parametrize("register", REGISTERS)
def test_follow_up_of_every_group_has_its_numbers(register):
    for practices in groups().values():
        before, after = (pairs(practices, register, year) for year in YEARS)
        events, people = zip(*after.values(), strict=True)
        earlier, then = zip(*before.values(), strict=True)
        ratio = change_ratio(earlier, then, events, people)
        assert all(low <= value <= high for value, low, high in zip(*ratio, strict=True) if math.isfinite(value))
        cluster = median_change(
            [x / n for x, n in before.values()], [x / n for x, n in after.values()], seed=1, draws=200
        )
        assert cluster.low <= cluster.value <= cluster.high
        assert dispersion(events, people, "proportion").phi > 0
        if len(practices) < 36:
            low, high = rank_range(events, people)
            assert all(1 <= one <= other <= len(practices) for one, other in zip(low, high, strict=True))
        assert benchmark([after], per=1000) is None or len(practices) >= 6


@pytest.mark.timeout(600)
@pytest.mark.parametrize("register", REGISTERS)
@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize("every", [SOME, WHOLE])
def test_nothing_is_found_in_any_group_beyond_design(register, year, every):
    """All but four answer in time; the four come late one by one, three correct a little, one leaves and returns."""
    renewals, tried = 0, list(groups().values())[::every]
    for practices in tried:
        values = pairs(practices, register, year)
        round_ = Round(per=1000)
        in_time, late = list(values)[:-LATE], list(values)[-LATE:]
        for key in in_time:
            round_.answer(key, values[key])
        watching = {in_time[0], late[-1]}
        round_.watched = watching
        round_.renew()
        for key in late:
            round_.answer(key, values[key])
        for key in list(values)[1:4]:
            round_.answer(key, (values[key][0] + values[key][1] // 1000, values[key][1]))
        round_.gone.add(in_time[-1])
        round_.renew()
        round_.gone.clear()
        round_.renew()
        renewals += len(round_.states) - 1
        for member in watching if register == "copd" else {late[-1]}:
            assert leaks(attack(round_, [member])) == []
    assert renewals > len(tried)


@pytest.mark.parametrize(("register", "plain_95", "plain_998"), [("copd", 0.58, 0.40), ("asthma", 0.53, 0.34)])
def test_plain_funnels_call_half_of_the_practices_outliers(register, plain_95, plain_998):
    found = flagged(register, "2018_19")
    assert found.practices == 2641
    assert found.plain_95 / found.practices == pytest.approx(plain_95, abs=0.006)
    assert found.plain_998 / found.practices == pytest.approx(plain_998, abs=0.006)
    assert found.phi_95 / found.practices == pytest.approx(0.11, abs=0.012)
    assert found.phi_998 / found.practices == pytest.approx(0.027, abs=0.006)
    assert found.tau_998 / found.practices == pytest.approx(0.027, abs=0.006)


@pytest.mark.parametrize(("register", "share"), [("copd", 0.36), ("asthma", 0.25)])
def test_next_years_marks_link_more_than_chance_would(register, share):
    """By design, and said in docs/privacy.md: two years' orders alone give a third of the practices away again."""
    found, by_chance = linked(register)
    assert (found, by_chance) == (pytest.approx(share, abs=0.01), pytest.approx(0.043, abs=0.001))
