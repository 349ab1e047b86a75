"""A wrong comparison is recalled for everybody, and drawn again without the practice that erred or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from locales import texts_for
from measures.charts.chart import About
from measures.charts.chart_of import chart_of
from measures.charts.comparing import frozen
from measures.charts.projector import projector_chart
from measures.charts.recalling import is_gross, is_plainly_wrong, linked, may_leave_out
from measures.deck.deck import Occasion, build_deck
from measures.disclosure.hiding import Recalled, cells, published
from measures.disclosure.privacy import DisclosureRules, Openness, Withheld, comparison, projected
from measures.packages.measure_kinds import MEASURE_KINDS
from measures.packages.package import available, load
from tests.gallery.numbers import kept
from tests.measures.packages.test_shipped import invented

KOL = load("kol")
AMONG = {each.id: each for each in KOL.measures}
COPD = AMONG["prevalence"]
da = texts_for("da")
ABOUT = About("Lægehuset", "2025", "2. marts 2026")
OCCASION = Occasion("Klynge Nord", "", "2025", "", "2. marts 2026")
Numbers = Mapping[str, int | None]


def replies(size: int = 9, **wrong: int) -> dict[int, Numbers]:
    """Practices 1, 2, …; the first with something ``wrong``."""
    given: dict[int, Numbers] = {
        n: {"listed": 3000 + 100 * n, "copd": 101 + 13 * n, "spirometry": 61 + 9 * n, "care_plan": 43 + 5 * n}
        for n in range(1, size + 1)
    }
    return given | {1: {**given[1], **wrong}}


WRONG, RIGHT = replies(copd=1140), replies()[1]
BACK = {"prevalence": [Recalled(1)]}
AGAIN = {"prevalence": [Recalled(1, 1, frozenset({1}))]}


@pytest.mark.parametrize(("copd", "gross"), [(1139, False), (1020, False), (1000, True), (114, True), (1400, True)])
def test_correction_is_gross_when_the_mean_moves_by_a_twentieth(copd: int, gross: bool) -> None:
    assert is_gross(COPD, [WRONG], 1, {**WRONG[1], "copd": copd}, AMONG) is gross


def test_correction_is_gross_when_a_quarter_of_the_others_would_be_told_something_else() -> None:
    """Large lists and a mean that moves by four per cent: the interval of a third of them leaves it out now."""
    many = {n: {"listed": 100_000, "copd": 3800 + 35 * (n % 7)} for n in range(1, 13)}
    before = {**many, 1: {"listed": 100_000, "copd": 3800 + 1900}}
    after = {**before[1], "copd": 3835}
    move = 1 - sum(each["copd"] for each in many.values()) / sum(each["copd"] for each in before.values())
    assert move < 0.05
    assert is_gross(COPD, [before], 1, after, AMONG)


def test_correction_of_what_was_never_drawn_calls_nothing_back() -> None:
    few = {key: WRONG[key] for key in (1, 2)}
    assert not is_gross(COPD, [few], 1, RIGHT, AMONG)
    assert not is_gross(COPD, [WRONG], 10, RIGHT, AMONG)
    assert not is_gross(COPD, [WRONG], 1, WRONG[1], AMONG)


def test_measures_that_tell_the_same_counts_are_called_back_together() -> None:
    for package in available():
        for measure in package.measures:
            found = linked(measure, package.measures)
            assert measure.id in found
            crosses = [each.id for each in package.measures if measure.id in (each.across, each.up)]
            assert set(crosses) <= set(found)


def everything(viewer: int, recalls: dict[str, Any], releases: list[dict[int, Numbers]], own: Numbers) -> str:
    """All that a chart of COPD says to one practice, and the deck to the room."""
    *before, last = releases
    chart = chart_of(COPD, KOL, viewer, last, DisclosureRules(), ABOUT, da, own=own, before=before, recalls=recalls)
    deck = build_deck(KOL, OCCASION, releases, DisclosureRules(), da, recalls=recalls)
    assert chart is not None
    return repr((chart, deck))


@pytest.mark.parametrize("after", [(), (10, 11, 12)])
def test_called_back_measure_shows_nothing_of_the_others_however_many_come(after: tuple[int, ...]) -> None:
    later = {n: each for n, each in replies(12).items() if n < 10 or n in after} | {1: RIGHT}
    releases = [WRONG, later] if after else [WRONG]
    assert projector_chart(COPD, KOL, releases, DisclosureRules(), "2025", da, recalls=BACK) is None
    chart = chart_of(
        COPD, KOL, 3, releases[-1], DisclosureRules(), ABOUT, da, own=WRONG[3], before=releases[:-1], recalls=BACK
    )
    assert chart is not None
    shown = chart_of(COPD, KOL, 3, WRONG, DisclosureRules(), ABOUT, da)
    for words in ("Klyngen samlet", "Halvdelen af de andre"):
        assert (words in repr(shown), words in repr(chart)) == (True, False)
    assert "Sammenligningen med klyngen er trukket tilbage: Et tal var forkert." in chart.alt_text
    assert chart.picture.others == ()  # type: ignore[attr-defined]
    assert chart.picture.lines == chart_of(COPD, KOL, 3, {3: WRONG[3]}, DisclosureRules(), ABOUT, da).picture.lines  # type: ignore[union-attr]


def test_every_kind_of_measure_is_called_back() -> None:
    for package in available():
        answers = {n: invented(package, n) for n in range(1, 10)}
        groups = kept(package, answers)
        for measure in package.measures:
            recalls = {measure.id: [Recalled(1)]}
            assert (
                projector_chart(
                    measure, package, [answers], DisclosureRules(), "2025", da, kept=groups, recalls=recalls
                )
                is None
            )
            chart = chart_of(measure, package, 1, answers, DisclosureRules(), ABOUT, da, kept=groups, recalls=recalls)
            if chart is not None and MEASURE_KINDS[measure.kind].id != "estimate":
                assert "trukket tilbage" in chart.finding.detail
                assert getattr(chart.picture, "cluster", None) is None


@pytest.mark.parametrize("recalls", [BACK, AGAIN])
@pytest.mark.parametrize("viewer", [2, 3, 9])
def test_others_get_the_same_bytes_whatever_the_right_number_is(recalls: dict[str, Any], viewer: int) -> None:
    said = []
    for copd in (114, 75):
        right = {**RIGHT, "copd": copd}
        assert is_gross(COPD, [WRONG], 1, right, AMONG)
        assert may_leave_out(COPD, [WRONG], {1: right}, DisclosureRules())
        said.append(everything(viewer, recalls, [WRONG], WRONG[viewer]))
    assert said[0] == said[1]


def test_drawn_anew_the_others_stand_as_they_did_and_the_corrected_number_does_not() -> None:
    corrected = {**WRONG, 1: RIGHT, 2: {**WRONG[2], "copd": 200}}
    there = frozen(COPD, [WRONG, corrected], {"prevalence": [Recalled(1, 2, frozenset({1}))]})
    assert there == {key: pair for key, pair in frozen(COPD, [WRONG]).items() if key != 1}
    seen = comparison(1, there, DisclosureRules(), per=1000, own=(114, 3100))
    assert (seen.withheld_reason, seen.contributors) == (None, 9)  # its own chart, as a late practice's


def test_nearly_right_number_is_never_left_out() -> None:
    for copd in (1139, 1000, 571, 2279):
        assert not may_leave_out(COPD, [WRONG], {1: {**RIGHT, "copd": copd}}, DisclosureRules())
    assert may_leave_out(COPD, [WRONG], {1: {**RIGHT, "copd": 570}}, DisclosureRules())


@given(st.integers(1, 2000), st.integers(1, 2000), st.integers(2000, 9000))
def test_plainly_wrong_is_twice_or_half(old: int, new: int, listed: int) -> None:
    assert is_plainly_wrong((old, listed), (new, listed)) is (new >= 2 * old or 2 * new <= old)


@pytest.mark.parametrize(("size", "least", "may"), [(6, 5, True), (5, 5, False), (8, 8, False), (9, 8, True)])
def test_too_few_others_are_never_drawn_anew(size: int, least: int, may: bool) -> None:
    assert may_leave_out(COPD, [replies(size, copd=1140)], {1: RIGHT}, DisclosureRules(min_practices=least)) is may


@pytest.mark.parametrize("rung", [Openness.LETTERS, Openness.CHOSEN, Openness.OPEN])
def test_with_letters_or_names_nobody_is_left_out(rung: Openness) -> None:
    assert not may_leave_out(COPD, [WRONG], {1: RIGHT}, DisclosureRules(openness=rung))


def test_nobody_is_left_out_who_hid_two_others_or_beside_who_left() -> None:
    first = {key: WRONG[key] for key in range(2, 8)}
    assert not may_leave_out(COPD, [first, WRONG | {8: WRONG[8], 9: WRONG[9]}], {1: RIGHT}, DisclosureRules())
    assert not may_leave_out(COPD, [WRONG], {1: RIGHT}, DisclosureRules(), gone={5})
    assert not may_leave_out(COPD, [WRONG], {1: RIGHT}, DisclosureRules(), beside=[{n: WRONG[n] for n in range(1, 8)}])
    assert not may_leave_out(COPD, [WRONG], {1: RIGHT}, DisclosureRules(), known=frozenset(range(3, 10)))
    assert may_leave_out(COPD, [WRONG], {1: RIGHT}, DisclosureRules(), known=frozenset(range(1, 7)))


def test_two_who_erred_are_left_out_together() -> None:
    both = {**WRONG, 2: {**WRONG[2], "copd": 1270}}
    recalls = {"prevalence": [Recalled(1)]}
    assert may_leave_out(COPD, [both], {1: RIGHT, 2: replies()[2]}, DisclosureRules(), recalls=recalls)
    there = frozen(COPD, [both], {"prevalence": [Recalled(1, 1, frozenset({1, 2}))]})
    assert there.keys() == set(range(3, 10))


Answer = tuple[int, int]


@given(st.lists(st.tuples(st.integers(0, 14), st.integers(1, 60)), max_size=12), st.integers(6, 10))
def test_who_was_left_out_comes_back_only_among_two_other_newcomers(later: list[Answer], size: int) -> None:
    """Whatever is answered afterwards: with the old number known, everybody is in a group of three at least."""
    first: dict[int, Answer] = {n: (40 + n, 3000) for n in range(size)} | {0: (900, 3000)}
    releases, now = [first], first | {0: (90, 3000)}
    for practice, events in later:
        now = now | {practice: (events, 3000)}
        releases.append(now)
    states = published(releases, recalls=[Recalled(1, 1, frozenset({0}))])
    assert all(len(cell) >= 3 for cell in cells(states))
    for before, after in pairwise(states):
        assert 0 in before or 0 not in after or len(after.keys() - before.keys()) >= 3


def test_second_recall_stands_whatever_was_left_out_before() -> None:
    twice = [Recalled(1, 1, frozenset({1})), Recalled(2)]
    later = {**replies(12), 1: RIGHT, 12: {**replies(12)[12], "copd": 2570}}
    chart = chart_of(COPD, KOL, 3, later, DisclosureRules(), ABOUT, da, before=[WRONG], recalls={"prevalence": twice})
    assert chart is not None
    assert "trukket tilbage" in chart.finding.detail


def test_recall_comes_before_every_other_reason() -> None:
    values = frozen(COPD, [WRONG])
    assert comparison(2, values, per=1000, gone={3}, recalled=True).withheld_reason is Withheld.RECALLED
    assert projected(values, per=1000, gone={3}, recalled=True).withheld_reason is Withheld.RECALLED
