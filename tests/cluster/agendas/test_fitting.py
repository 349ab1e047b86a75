"""Points fitted into a meeting: exact where that is possible, the numbers never shortened; what is wrong is named."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cluster.agendas.fitting import LEAST, MOST, STEP, PlanFlaw, Warned, fit, flaws, starts
from cluster.agendas.suggesting import BY_KIND, NAMES, Suggested, data_needed, kind_of, suggest
from cluster.meetings.details import MEETING_KINDS
from handlers.meetings.views.agenda import POINT_NAMES
from measures.packages.package import available, load
from storage.words import ItemKind as K
from tests.handlers.meetings.kit import on

POINTS = st.lists(
    st.builds(Suggested, st.sampled_from(K), st.integers(1, 24).map(lambda n: n * STEP)), min_size=1, max_size=12
)


@given(POINTS, st.integers(30, 300))
def test_fitted_plan_ends_with_the_meeting_or_says_why_not(points: list[Suggested], minutes: int) -> None:
    fitted = fit(points, minutes)
    least = sum(min(p.minutes, p.minutes if p.kind is K.DATA else LEAST[p.kind]) for p in points)
    most = sum(max(p.minutes, MOST.get(p.kind, 0)) for p in points)
    assert all(long >= point.minutes for point, long in zip(points, fitted, strict=True) if point.kind is K.DATA), (
        "the numbers are never shortened"
    )
    assert all(
        min(point.minutes, LEAST.get(point.kind, point.minutes)) <= long <= max(point.minutes, MOST.get(point.kind, 0))
        for point, long in zip(points, fitted, strict=True)
    )
    if least <= minutes <= most:
        assert minutes - STEP < sum(fitted) <= minutes
    elif minutes < least:
        assert sum(fitted) <= least + STEP * len(points)
        assert sum(fitted) > minutes


@given(POINTS, st.integers(30, 300))
def test_fitting_twice_changes_nothing(points: list[Suggested], minutes: int) -> None:
    once = fit(points, minutes)
    again = [Suggested(point.kind, long) for point, long in zip(points, once, strict=True)]
    assert fit(again, minutes) == once


@pytest.mark.parametrize("kind", MEETING_KINDS)
@pytest.mark.parametrize("minutes", [90, 120, 150, 210])
def test_every_kind_of_meeting_has_a_plan_that_fits(kind: str, minutes: int) -> None:
    points = suggest(kind, None, minutes=minutes, food=minutes >= 150, lang="da")
    assert [each for each in flaws(points, minutes, food=minutes >= 150) if each.flaw is not PlanFlaw.OVER] == []
    assert sum(each.minutes for each in points) <= minutes + (0 if minutes > 90 else 20)


def test_standard_points_have_names() -> None:
    assert sorted(NAMES) == sorted(POINT_NAMES)
    assert set(BY_KIND) == set(MEETING_KINDS)


def test_package_of_two_hours_fits_an_evening_with_dinner() -> None:
    kol = load("kol")
    points = suggest("topic", kol, minutes=150, food=True, lang="da")
    assert [each.kind for each in points] == [K.WELCOME, K.DATA, K.GROUP, K.PLENUM, K.GROUP, K.PLENUM, K.FOOD]
    assert sum(each.minutes for each in points) == 150
    assert points[1].minutes >= 20, "the numbers keep their time"
    assert flaws(points, 150, data=data_needed(kol), food=True) == []


def test_every_shipped_package_says_where_its_numbers_stand() -> None:
    assert {each.id: data_needed(each) for each in available()} == {each.id: 20 for each in available()}
    assert {kind_of(slot) for each in available() for slot in each.agenda} == {K.WELCOME, K.DATA, K.GROUP, K.PLENUM}


def test_talk_that_eats_the_numbers_is_warned_about() -> None:
    talk, numbers, pause = Suggested(K.TALK, 90), Suggested(K.DATA, 20), Suggested(K.BREAK, 5)
    assert flaws([talk, numbers], 100, data=20) == [
        Warned(PlanFlaw.NUMBERS_LATE, 10),
        Warned(PlanFlaw.NUMBERS_AFTER_TALK),
        Warned(PlanFlaw.OVER, 10),
    ]
    assert flaws([talk, pause, Suggested(K.DATA, 5)], 100, data=20) == [Warned(PlanFlaw.NUMBERS_SHORT, 15)]
    assert flaws([talk], 100, data=20, food=True) == [Warned(PlanFlaw.NUMBERS_MISSING), Warned(PlanFlaw.FOOD_MISSING)]
    assert flaws([numbers, pause, Suggested(K.TALK, 60)], 100, data=20) == []


def test_points_follow_each_other_by_the_clock_across_summer_time() -> None:
    begins = on(3, 29, 1, 30)  # at two it is three
    assert starts([Suggested(K.TALK, 45), Suggested(K.DATA, 20)], begins) == [begins, begins + timedelta(minutes=45)]
