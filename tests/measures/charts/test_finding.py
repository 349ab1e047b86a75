"""The sentence that a chart says: value, direction, comparator and chance, without verdict, blame or rank."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from measures.charts.comparing import compare, pair
from measures.charts.finding import Position, amount_text, find, stand, value_text
from measures.disclosure.privacy import Comparison, DisclosureRules, Withheld, comparison
from measures.statistics.rates import proportion_interval

OTHERS = (0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8)


def seen(own, mean, per=100, others=OTHERS):
    return Comparison(own, mean, others, len(others) + 1, per)


@pytest.mark.parametrize(
    ("own", "mean", "headline"),
    [
        (
            (96, 130),
            0.71,
            "74 % af jeres KOL-patienter har fået spirometri det seneste år – det kan ikke skelnes fra klyngens 71 %.",
        ),
        (
            (117, 130),
            0.71,
            "90 % af jeres KOL-patienter har fået spirometri det seneste år – tydeligt over klyngens 71 %. "
            "Flot – det er et niveau, der er værd at holde fast i.",
        ),
        (
            (80, 130),
            0.71,
            "62 % af jeres KOL-patienter har fået spirometri det seneste år – noget under klyngens 71 %.",
        ),
        (
            (40, 130),
            0.71,
            "31 % af jeres KOL-patienter har fået spirometri det seneste år – tydeligt under klyngens 71 %.",
        ),
        ((96, 130), None, "74 % af jeres KOL-patienter har fået spirometri det seneste år."),
    ],
)
def test_find_says_it_in_one_danish_sentence(kol, da, own, mean, headline):
    others = OTHERS if mean is not None else None
    told = (
        seen(own, mean, others=others or ())
        if others
        else Comparison(own, None, None, 2, 100, Withheld.TOO_FEW_FOR_MEAN)
    )
    assert find(kol.measure("spirometry"), kol, told, da).headline == headline


def test_find_gives_no_praise_where_nobody_knows_what_is_good(kol, da):
    found = find(kol.measure("prevalence"), kol, seen((160, 5000), 0.0174, per=1000), da)
    assert found.headline == "I kender 32,0 patienter med KOL pr. 1.000 tilmeldte – tydeligt over klyngens 17,4."
    assert found.direction == "Intet niveau er rigtigt eller forkert"


def test_find_tells_counts_uncertainty_direction_and_how_many(kol, da):
    found = find(kol.measure("spirometry"), kol, seen((96, 130), 0.71), da)
    assert found.detail == (
        "Jeres tal er 96 ud af 130. Med 95 % sikkerhed ligger niveauet mellem 66 % og 81 %. Højere er bedre. "
        "9 praksisser har givet tal."
    )


def test_find_warns_of_few_patients(kol, da):
    found = find(kol.measure("spirometry"), kol, seen((3, 4), 0.71), da)
    assert found.detail.split(". ")[2] == "Tallet bygger på få patienter, så det kan svinge meget fra år til år"


def test_find_is_honest_about_who_can_see(kol, da):
    with_others = find(kol.measure("spirometry"), kol, seen((96, 130), 0.71), da).who_can_see
    alone = find(
        kol.measure("spirometry"), kol, Comparison((96, 130), None, None, 2, 100, Withheld.TOO_FEW_FOR_MEAN), da
    )
    assert with_others == (
        "Kun jeres praksis får dette billede. På kollegernes billeder er I en grå cirkel uden navn – men den, der "
        "kender jeres praksis godt, kan måske genkende et tal, der skiller sig ud."
    )
    assert alone.who_can_see == "Kun jeres praksis får dette billede. Kollegerne får ikke jeres tal."


def test_find_needs_own_numbers(kol, da):
    with pytest.raises(ValueError, match="no own numbers"):
        find(kol.measure("spirometry"), kol, comparison(9, {}), da)


@given(st.integers(1, 3000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), st.integers(0, 100))
def test_stand_never_gives_a_verdict_while_the_interval_covers_the_cluster(kol, own, percent):
    low, high = proportion_interval(*own)
    position = stand(kol.measure("spirometry"), seen(own, percent / 100))
    assert (position is Position.SAME) == (low <= percent / 100 <= high)


@given(st.integers(1, 3000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), st.integers(0, 100))
def test_headline_and_position_agree_and_blame_nobody(kol, da, own, percent):
    found = find(kol.measure("spirometry"), kol, seen(own, percent / 100), da)
    assert ("kan ikke skelnes" in found.headline) == (found.position is Position.SAME)
    assert ("Flot" in found.headline) == (found.position in (Position.ABOVE, Position.CLEARLY_ABOVE))
    assert not re.search(r"dårlig|bedst|værst|ringe|nummer|plads|desværre", found.headline + found.detail)


def test_amounts_are_written_with_their_unit(kol, da, en):
    prevalence, spirometry = kol.measure("prevalence"), kol.measure("spirometry")
    assert [value_text(0.01742, prevalence, da), amount_text(0.01742, prevalence, da)] == ["17,4", "17,4 pr. 1.000"]
    assert [value_text(0.7385, spirometry, da), amount_text(0.7385, spirometry, en)] == ["74 %", "74%"]


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        ({"spirometry": 96, "copd": 130}, (96, 130)),
        ({"spirometry": 0, "copd": 130}, (0, 130)),
        ({"spirometry": None, "copd": 130}, None),
        ({"spirometry": 0, "copd": 0}, None),
        ({}, None),
    ],
)
def test_pair_needs_both_numbers_and_somebody(kol, reply, expected):
    assert pair(kol.measure("spirometry"), reply) == expected


def test_compare_leaves_out_replies_that_lack_the_measure(kol, invent):
    replies = invent(6) | {7: {"listed": 2000, "copd": 31}}
    assert compare(kol.measure("spirometry"), 1, replies, DisclosureRules()).contributors == 6
    assert compare(kol.measure("prevalence"), 1, replies, DisclosureRules()).contributors == 7


def test_compare_uses_the_measures_unit(kol, invent):
    assert [compare(measure, 1, invent(6), DisclosureRules()).per for measure in kol.measures] == [1000, 100, 100]
