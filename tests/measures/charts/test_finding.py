"""What a chart says: counts, the standard, last time, the cluster – without blame or rank, praise where it is due."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from measures.charts.comparing import compare, pair
from measures.charts.words.amounts import amount_text, value_text
from measures.charts.words.finding import find
from measures.charts.words.standing import LastTime, Position, goal_of, short_of, stand
from measures.disclosure.privacy import Comparison, DisclosureRules, Withheld, comparison
from measures.statistics.rates import proportion_interval

OTHERS = (0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8)
RATES = (0.01, 0.012, 0.012, 0.015, 0.016, 0.018, 0.02, 0.03)


def seen(own, mean, per=100, others=OTHERS):
    return Comparison(own, mean, others, len(others) + 1, per)


@pytest.mark.parametrize(
    ("own", "said"),
    [
        ((142, 167), "Spirometri inden for 12 måneder: 142 af 167 (85 %) – 9 fra den nationale standard på 90 %."),
        ((106, 235), "Spirometri inden for 12 måneder: 106 af 235 (45 %) – 106 fra den nationale standard på 90 %."),
        (
            (150, 160),
            "Spirometri inden for 12 måneder. Flot: 150 af 160 (94 %) – den nationale standard på 90 % er nået.",
        ),
        ((9, 10), "Spirometri inden for 12 måneder: 9 af 10 (90 %) – den nationale standard på 90 % er nået."),
    ],
)
@pytest.mark.parametrize("mean", [0.68, None])
def test_find_says_counts_first_and_how_far_the_standard_is(kol, da, own, said, mean):
    alone = Comparison(own, None, None, 2, 100, Withheld.TOO_FEW_FOR_MEAN)
    assert find(kol.measure("spirometry"), kol, seen(own, mean) if mean else alone, da).headline == said


def test_find_gives_no_praise_and_no_verdict_where_nobody_knows_what_is_good(kol, da):
    found = find(kol.measure("prevalence"), kol, seen((160, 5000), 0.0174, per=1000, others=RATES), da)
    assert (found.headline, found.verdict) == ("Kendt KOL pr. 1.000 tilmeldte: 160 af 5.000 (32,0 pr. 1.000).", "")
    assert found.detail == (
        "Klyngen samlet: 17,4. Halvdelen af de andre ligger mellem 12 og 19. Intet niveau er rigtigt eller forkert."
    )
    assert found.direction == "Intet niveau er rigtigt eller forkert"


@pytest.mark.parametrize(("others", "said"), [(RATES[:7], True), (RATES[:6], False), ((), False)])
def test_ends_of_the_middle_half_are_said_from_eight_practices_on(kol, da, others, said):
    found = find(kol.measure("prevalence"), kol, seen((160, 5000), 0.0174, per=1000, others=others), da)
    assert ("Halvdelen af de andre" in found.detail) is said


def test_find_tells_last_time_the_cluster_and_the_direction(kol, da):
    def told(before):
        return find(kol.measure("spirometry"), kol, seen((142, 167), 0.68), da, before=before).detail

    assert [
        told(each) for each in (None, LastTime((121, 153)), LastTime((121, 153), shares_months=True), LastTime(None))
    ] == [
        "Klyngen samlet: 68 %. Højere er bedre.",
        "Sidst: 79 %. Klyngen samlet: 68 %. Højere er bedre.",
        "Sidst: 79 %, delvis samme måneder. Klyngen samlet: 68 %. Højere er bedre.",
        "Klyngen samlet: 68 %. Højere er bedre.",
    ]


def test_without_a_standard_the_place_among_the_others_is_said(kol, da):
    def told(own):
        return find(kol.measure("care_plan"), kol, seen(own, 0.62), da)

    assert told((620, 1000)).detail == "Klyngen samlet: 62 %. På niveau med klyngen samlet. Højere er bedre."
    assert told((700, 1000)).verdict == "Lidt over klyngen samlet, blandt den midterste halvdel."
    assert [told((790, 1000)).verdict, told((300, 1000)).verdict] == ["Over de fleste.", "Under de fleste."]
    assert told((790, 1000)).headline == "Aktiv forløbsplan. Flot: 790 af 1.000 (79 %)."


def test_there_is_one_thing_to_do_where_something_is_missing(kol, da):
    def told(own, measure="spirometry"):
        per = kol.measure(measure).per
        return find(kol.measure(measure), kol, seen(own, 0.68, per), da).action

    assert told((142, 167)) == "25 mangler: søg R95 uden 7113 eller 7121 i de seneste 12 måneder."
    assert told((160, 167)) == "Det er et niveau, der er værd at holde fast i. Hvad gør I, som andre kan bruge?"
    assert [told((3, 3)), told((167, 5120), "prevalence")] == ["", ""]


def test_find_warns_of_few_patients(kol, da):
    found = find(kol.measure("spirometry"), kol, seen((3, 4), 0.71), da)
    assert found.detail.endswith("Højere er bedre. Få patienter, så tallet svinger.")


def test_find_is_honest_about_who_can_see(kol, da):
    with_others = find(kol.measure("spirometry"), kol, seen((96, 130), 0.71), da).who_can_see
    alone = find(
        kol.measure("spirometry"), kol, Comparison((96, 130), None, None, 2, 100, Withheld.TOO_FEW_FOR_MEAN), da
    )
    assert with_others == (
        "Kun jeres praksis får dette billede. På kollegernes billeder er I en grå ring uden navn – men den, der "
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
def test_praise_is_for_the_standard_alone_and_nobody_is_blamed(kol, da, own, percent):
    found = find(kol.measure("spirometry"), kol, seen(own, percent / 100), da)
    missing = short_of(kol.measure("spirometry"), goal_of(kol.measure("spirometry")), own)
    assert (missing == 0) == (10 * own[0] >= 9 * own[1])
    assert ("Flot" in found.headline) == (missing == 0 and own[1] >= 20)
    assert (f"{missing} fra" in found.headline.replace(".", "")) == (missing > 0)
    words = found.headline + found.detail + found.verdict + found.action
    assert not re.search(r"dårlig|bedst|værst|ringe|nummer|plads|desværre|noget|skelnes", words)


def test_a_standard_that_nobody_has_confirmed_is_a_line_and_no_more(kol, da):
    spirometry = kol.measure("spirometry")
    line = spirometry.references[0].model_copy(update={"verified": False})
    doubted = spirometry.model_copy(update={"references": (line,)})
    assert (
        find(doubted, kol, seen((142, 167), 0.68), da).headline == "Spirometri inden for 12 måneder: 142 af 167 (85 %)."
    )


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
