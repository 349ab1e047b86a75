"""The cluster as one large practice: what of it may be shown, and when it is drawn again."""

from measures.charts.chart import About
from measures.charts.chart_of import chart_of
from measures.charts.comparing import renews
from measures.charts.projector import projector_chart
from measures.charts.shared import together
from measures.disclosure.privacy import DisclosureRules
from measures.packages.package import Measure, Package, load
from measures.packages.values import Answers, Parts, Ratio, Series
from tests.gallery.numbers import kept


def points(*numerators: int | None) -> Series:
    return Series(tuple(None if part is None else Ratio(part, 100, 100) for part in numerators))


def test_times_that_one_practice_left_out_are_left_out_of_the_cluster():
    shared = {1: points(1, 2, 3), 2: points(4, None, 6), 3: points(7, 8, None), 4: points(1, 1, 1)}
    assert together(shared) == Series((Ratio(13, 400, 400), None, None))
    assert together({1: points(1, None), 2: points(None, 1), 3: points(1, 1)}) is None


def test_questions_that_one_practice_left_out_are_left_out_of_the_cluster():
    shared = {key: Answers(((1, 2), (3, 0))) for key in range(3)} | {9: Answers(((0, 4), (0, 0)))}
    assert together(shared) == Answers(((3, 10), (0, 0)))


def test_parts_are_added_up_under_the_rules_of_a_mean():
    shared = {key: Parts((key, 10), 5) for key in range(1, 4)}
    assert together(shared) == Parts((6, 30), 15)
    assert together(shared, gone={2}) is None
    assert together({1: shared[1], 2: shared[2]}) is None
    assert together({**shared, 4: Parts((9000, 0))}) is None


def composition(kol: Package) -> Measure:
    return kol.measures[0].model_copy(
        update={"id": "parts", "kind": "composition", "parts": ("care_plan", "spirometry"), "denominator": ""}
    )


def test_measures_of_every_kind_are_drawn_anew_when_three_are_new(kol, invent):
    replies = invent(11)
    first = {key: replies[key] for key in range(1, 9)}
    measures = [composition(kol)]
    assert not renews(measures, [first], first)
    assert not renews(measures, [first], {key: replies[key] for key in range(1, 11)})
    assert renews(measures, [first], replies)
    without = {key: reply | {"care_plan": None} if key > 8 else reply for key, reply in replies.items()}
    assert not renews(measures, [first], without)


def test_few_people_behind_the_clusters_parts_are_shown_together(da):
    """Nobody's table, words or picture has the cluster's share of a part with fewer than five people."""
    package = load("polyfarmaci")
    bands = package.measure("bands")
    counts = dict(zip(bands.parts, (40, 9, 1, 0, 0), strict=True))
    replies = {practice: dict(counts) for practice in range(1, 5)}
    about = About("Lægehuset", "2025", "7. april 2026")
    groups = kept(package, replies)
    chart = chart_of(bands, package, 1, replies, DisclosureRules(), about, da, own=replies[1], kept=groups)
    said = {row[0]: row[1:] for row in chart.table}
    assert said["16–20"] == ("2 %",)
    assert (said["5–9"], said["10–15 + 16–20"]) == (("80 %", "klyngen 80 %"), ("klyngen 20 %",))
    assert [band.cluster for band in chart.picture.bands] == [0.8, None, None, 0.0, 0.0]
    shown = projector_chart(bands, package, [replies], DisclosureRules(), "2025", da, kept=groups)
    assert [(band.label, band.said) for band in shown.picture.bands][:2] == [("5–9", "80 %"), ("10–15 + 16–20", "20 %")]


def test_answers_too_few_to_tell_apart_are_not_shown_in_the_room(da):
    package = load("stop_op")
    measure = package.measure("answers")
    one = {name: 1 for item in measure.items for name in item.answers[:2]}
    replies = {practice: dict(one) for practice in range(1, 4)}
    groups = kept(package, replies)
    assert projector_chart(measure, package, [replies], DisclosureRules(), "2025", da, kept=groups) is None
    about = About("Lægehuset", "2025", "7. april 2026")
    chart = chart_of(measure, package, 1, replies, DisclosureRules(), about, da, own=replies[1], kept=groups)
    assert chart.picture.frame.notes[-1] == "Svarene er jeres egne."


def test_answers_counted_with_their_neighbour_are_said_to_be(da):
    package = load("stop_op")
    measure = package.measure("answers")
    names = [item.answers for item in measure.items]
    replies = {practice: {name: 4 for item in names for name in item} for practice in range(1, 5)}
    shown = projector_chart(measure, package, [replies], DisclosureRules(), "2025", da, kept=kept(package, replies))
    assert shown.picture.frame.notes == ()
    for reply in replies.values():
        reply[names[0][0]] = 1
    shown = projector_chart(measure, package, [replies], DisclosureRules(), "2025", da, kept=kept(package, replies))
    assert shown.picture.frame.notes == ("Svar, der kan pege på få personer, er talt sammen med svarene ved siden af.",)
    assert shown.table[2][1] == "Helt uenig–Uenig 29 %"


def test_two_measures_together_do_not_show_who_has_only_one_of_them(da):
    """Five have both, a sixth the first only: the two means of it would be that one's number."""
    package = load("crp")
    both = package.measure("together")
    given = {"listed": 2000, "crp": 100, "j01": 300, "consultations": 9000}
    replies = {key: given | {"crp": 100 + key} for key in range(1, 7)}
    about = About("Lægehuset", "2025", "7. april 2026")

    def seen(replies):
        chart = chart_of(both, package, 1, replies, DisclosureRules(), about, da, own=replies[1])
        return chart.picture.cluster is not None, projector_chart(
            both, package, [replies], DisclosureRules(), "2025", da
        ) is not None

    assert seen(replies) == (True, True)
    assert seen(replies | {6: replies[6] | {"j01": None}}) == (False, False)


def test_three_who_correct_one_part_each_wait(kol, invent):
    """The sum of a part that one practice alone corrected would change by just what that one corrected."""
    measures = [composition(kol)]
    replies = invent(9)

    def corrected(*names):
        new = {key: replies[key] | {name: replies[key][name] + 7} for key, name in enumerate(names, 1)}
        return replies | new

    assert renews(measures, [replies], corrected("care_plan", "care_plan", "care_plan"))
    assert not renews(measures, [replies], corrected("care_plan", "spirometry", "spirometry"))
