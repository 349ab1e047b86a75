"""Whether two periods can be held against each other, and when the next one can."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from measures.charts.change import Between, compose_change
from measures.charts.followup import change_of
from measures.charts.periods import fair_period, held_back, pairing
from measures.texts import Texts

FIRST = (date(2025, 2, 1), date(2026, 1, 31))
AGREED = date(2026, 4, 23)


def test_the_story_s_periods_share_seven_months_and_three_lie_after_the_agreement():
    found = pairing(FIRST, (date(2025, 8, 1), date(2026, 7, 31)), AGREED)
    assert (found.shared, found.months, found.after, found.earliest) == (6, 12, 3, date(2027, 5, 1))
    assert not found.is_fair


@pytest.mark.parametrize(
    ("after", "agreed", "said"),
    [
        ((date(2026, 5, 1), date(2027, 4, 30)), AGREED, ""),
        ((date(2026, 2, 1), date(2027, 1, 31)), AGREED, "Kun 9 af 12 måneder ligger efter aftalen."),
        ((date(2026, 2, 1), date(2027, 1, 31)), None, ""),
        ((date(2026, 2, 1), date(2026, 7, 31)), None, "Ikke samme tid på året eller ikke lige lange"),
        ((date(2025, 8, 1), date(2026, 7, 31)), None, "Perioderne deler 6 af 12 måneder."),
    ],
)
def test_why_nothing_is_said_of_a_change(after: tuple[date, date], agreed: date | None, said: str, da: Texts):
    told = held_back(pairing(FIRST, after, agreed), da)
    assert told.startswith(said)
    assert bool(told) == bool(said)


def test_quarters_are_held_against_the_same_quarter_of_a_later_year():
    assert fair_period((date(2026, 1, 1), date(2026, 3, 31)), date(2026, 4, 23)) == (
        date(2027, 1, 1),
        date(2027, 3, 31),
    )


MONTHS = st.integers(1, 24)


@given(st.integers(0, 40), MONTHS, st.none() | st.dates(date(2024, 1, 1), date(2027, 12, 31)))
def test_the_period_that_is_offered_is_always_fair(start: int, months: int, agreed: date | None):
    def first(month: int) -> date:
        return date(2023 + month // 12, month % 12 + 1, 1)

    before = (first(start), first(start + months) - timedelta(days=1))
    found = pairing(before, fair_period(before, agreed), agreed)
    assert found.is_fair
    assert (found.shared, found.after) == (0, found.months)


def test_held_back_pictures_hold_numbers_and_no_word_of_a_change(kol, da: Texts):
    why = held_back(pairing(FIRST, (date(2025, 8, 1), date(2026, 7, 31)), AGREED), da)
    own = change_of(kol.measure("spirometry"), (60, 200), (190, 200))
    graph = compose_change(kol.measure("spirometry"), own, None, Between("P", "a", "b", why), da)
    said = f"{graph.headline} {graph.alt_text} {graph.table} {graph.picture}"
    assert why in graph.alt_text
    assert [word for word in ("Flot", "mere, end", "procentpoint", "sikker ændring") if word in said] == []
    fair = compose_change(kol.measure("spirometry"), own, None, Between("P", "a", "b"), da)
    assert "Flot" in fair.headline
