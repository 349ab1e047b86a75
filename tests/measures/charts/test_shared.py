"""One grouping for everybody: own charts, late ones, the projector, tables and sentences read what was frozen."""

import pytest

from measures.charts.chart import About
from measures.charts.chart_of import chart_of
from measures.charts.projector import projector_chart
from measures.charts.shared import groupings_of, shared_of
from measures.disclosure.grouping import as_kept, choose, from_kept
from measures.disclosure.privacy import DisclosureRules
from measures.packages.package import load
from measures.packages.values import TwoSources, value_of
from tests.gallery.numbers import kept
from tests.measures.disclosure.stories_sums import joined

ABOUT = About("Lægehuset", "2025", "7. april 2026")
STOP_OP = load("stop_op")
ANSWERS = STOP_OP.measure("answers")
FIVE_EACH = {
    1: (2, 0, 2, 1, 0),
    2: (0, 0, 2, 0, 3),
    3: (1, 2, 0, 0, 2),
    4: (4, 1, 0, 0, 0),
    5: (1, 0, 1, 1, 2),
    6: (0, 1, 2, 0, 2),
    7: (0, 0, 1, 4, 0),
    8: (2, 0, 0, 1, 2),
    9: (2, 0, 2, 0, 1),
}


def answered(rows, measure=ANSWERS):
    """The same answers to every question."""
    questions = [item.answers for item in measure.items]
    return {
        key: {name: count for names in questions for name, count in zip(names, row, strict=True)}
        for key, row in rows.items()
    }


def own_chart(package, measure, replies, groups, da, own=7, mine=None, before=()):
    return chart_of(
        measure,
        package,
        own,
        replies,
        DisclosureRules(),
        ABOUT,
        da,
        own=mine or replies[own],
        before=before,
        kept=groups,
    )


def test_own_chart_and_projector_gave_four_of_forty_five_away():
    """Joined for the viewer, the first two answers were 16; joined for the room, the first alone was 12."""
    sums = [sum(column) for column in zip(*FIVE_EACH.values(), strict=True)]
    for_the_viewer, for_the_room = (joined([FIVE_EACH], who, ordered=True) for who in ([7], FIVE_EACH))
    assert (sum(sums), sums[0] + sums[1], sums[0]) == (45, 16, 12)
    assert (0, 1) in for_the_viewer
    assert (0,) in for_the_room


def test_own_late_and_shown_charts_have_the_same_answers_together(da):
    replies = answered(FIVE_EACH)
    groups = kept(STOP_OP, replies)
    late = answered({10: (1, 1, 1, 1, 1)})[10]
    charts = [own_chart(STOP_OP, ANSWERS, replies, groups, da, own) for own in FIVE_EACH]
    charts.append(own_chart(STOP_OP, ANSWERS, replies, groups, da, 10, late))
    charts.append(projector_chart(ANSWERS, STOP_OP, [replies], DisclosureRules(), "2025", da, kept=groups))
    said = {tuple(row for row in chart.table if row[-1].startswith("n = ")) for chart in charts}
    assert len(said) == 1
    parts = "Helt uenig 27 %", "Uenig–Hverken eller 31 %", "Enig–Helt enig 42 %"
    assert said.pop()[0][1:] == (*parts, "mindst »Enig« 42 %", "n = 45")
    assert len({str(chart.picture.questions) for chart in charts}) == 1


def test_groups_are_chosen_once_and_kept():
    first = answered(FIVE_EACH)
    more = first | answered(dict.fromkeys((10, 11, 12), (9, 9, 9, 9, 9)))
    before = kept(STOP_OP, first)
    assert kept(STOP_OP, first, more) == before != kept(STOP_OP, more)
    assert from_kept(as_kept(before)) == before


def test_renewal_that_would_need_coarser_groups_waits_for_that_measure_alone(da):
    """Three newcomers, one of whom strongly disagrees: 13 less 12 would tell. Everything else is renewed."""
    first = answered(FIVE_EACH)
    more = first | answered({10: (1, 0, 6, 6, 6), 11: (0, 0, 6, 6, 6), 12: (0, 0, 6, 6, 6)})
    fine = first | answered(dict.fromkeys((10, 11, 12), (9, 9, 9, 9, 9)))
    charts = {}
    for name, releases in (("before", [first]), ("more", [first, more]), ("fine", [first, fine])):
        groups = kept(STOP_OP, *releases)
        charts[name] = own_chart(STOP_OP, ANSWERS, releases[-1], groups, da, before=releases[:-1])
    assert charts["before"].render() == charts["more"].render() != charts["fine"].render()
    assert charts["before"].alt_text == charts["more"].alt_text


def test_release_without_kept_groups_shows_the_own_answers_alone(da):
    replies = answered(FIVE_EACH)
    for groups in (None, {}):
        chart = own_chart(STOP_OP, ANSWERS, replies, groups, da)
        assert chart.picture.frame.notes[-1] == "Svarene er jeres egne."
        assert projector_chart(ANSWERS, STOP_OP, [replies], DisclosureRules(), "2025", da, kept=groups) is None


def test_own_bands_say_why_the_clusters_are_not_beside_them(da):
    package = load("polyfarmaci")
    bands = package.measure("bands")
    reply = dict(zip(bands.parts, (60, 30, 20, 9, 8), strict=True))
    replies = {key: dict(reply) for key in range(1, 8)}

    def why(given, groups, gone=()):
        chart = chart_of(bands, package, 7, given, DisclosureRules(), ABOUT, da, own=replies[7], kept=groups, gone=gone)
        return [note for note in chart.picture.frame.notes if note != "Intet niveau er rigtigt eller forkert."]

    groups = kept(package, replies)
    two = {key: replies[key] for key in (1, 7)}
    assert why(replies, groups) == []
    assert why(replies, groups, gone=[2]) == why(replies, None)
    assert why(replies, None) == ["Klyngens andele kan pege på en enkelt praksis, så de vises ikke."]
    assert why(two, kept(package, two))[0].startswith("Der er endnu for få svar")


def test_what_was_drawn_before_groups_were_kept_gets_none_later():
    first = answered(FIVE_EACH)
    more = first | answered(dict.fromkeys((10, 11, 12), (9, 9, 9, 9, 9)))
    assert groupings_of(STOP_OP.measures, [first, more], {}) == {}
    few = {key: first[key] for key in (1, 2)}
    assert groupings_of(STOP_OP.measures, [few, more], {}).keys() == {"answers"}


@pytest.mark.parametrize("groups", [((0, 1, 2, 3),), ((0,), (1,), (2,), (3,), (4,)), ((0, 1), (1, 2), (3, 4))])
def test_groups_that_do_not_fit_or_would_tell_show_nothing(groups):
    """A package that was adapted since has other answers; whatever was kept is held against the numbers once more."""
    among = {"answers": ANSWERS}
    given = {"answers": (groups,) * len(ANSWERS.items)}
    assert shared_of(ANSWERS, among, [answered(FIVE_EACH)], kept=given).value is None


def test_part_that_another_measure_tells_is_not_pooled():
    """The mean of extended spirometries tells their sum: then the other part of both would come out."""
    package = load("spirometri")
    mix, among = package.measure("mix"), {each.id: each for each in package.measures}
    replies = {key: {"spiro_now": 90, "spiro_extended": 1 if key == 1 else 0, "listed": 2000} for key in range(1, 6)}
    assert kept(package, replies)["mix"] == (((0, 1),),)
    assert shared_of(mix, among, [replies], kept=kept(package, replies)).is_small
    nsaid = load("nsaid")
    few = {"nsaid": 100, "ibuprofen": 60, "naproxen": 1, "diclofenac": 9}
    state = dict.fromkeys(range(1, 5), value_of(nsaid.measure("mix"), few))
    linked = {each.id: each for each in nsaid.measures}
    assert choose(nsaid.measure("mix"), state, linked) == (((0,), (3,), (1, 2)),)


def test_agreement_on_a_late_practices_chart_is_over_those_it_is_made_from(da):
    """Five practices counted 100 and 120 each; a sixth is late. Its chart shows the five, as theirs do."""
    package = load("kol")
    measure = package.measures[0].model_copy(
        update={
            "id": "two",
            "kind": "agreement",
            "parts": ("spirometry", "care_plan"),
            "numerator": "",
            "denominator": "",
        }
    )
    replies = {key: {"spirometry": 100, "care_plan": 120} for key in range(1, 6)}
    late = {"spirometry": 40, "care_plan": 50}
    charts = [
        own_chart(package, measure, replies, {}, da, 1),
        own_chart(package, measure, replies, {}, da, 6, late),
        projector_chart(measure, package, [replies], DisclosureRules(), "2025", da),
    ]
    assert [chart.picture.pairs[-1].first.value for chart in charts] == [100, 100, 100]
    assert [chart.picture.pairs[-1].second.value for chart in charts] == [120, 120, 120]
    assert TwoSources(500, 600) == shared_of(measure, {}, [replies]).value
    assert "6 praksisser" in charts[1].picture.frame.foot
