"""A practice's own numbers over time: points and lines that may be drawn, no verdict, and no figure on a mark."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from locales.texts import texts_for
from measures.charts.courses.over_time import Point, compose_over_time
from measures.drawing.canvas import HEIGHT
from measures.packages.package import load
from tests.measures.charts.test_lanes import Notes, meet


def year(end: int, own=(61, 100), cluster: float | None = 0.6, month: int = 1) -> Point:
    start, last = date(end - 1, month, 1), date(end, month, 1).replace(day=1)
    return Point(f"slut {end}", f"året til {end}", start, date.fromordinal(last.toordinal() - 1), own, cluster)


class Lines(Notes):
    """With lines that lead from mark to mark."""

    def path(self, *_):
        """Between marks that are noted by themselves."""


@pytest.fixture
def spirometry(kol):
    return kol.measure("spirometry")


def test_values_stand_in_order_and_counts_beside_them(spirometry, da):
    graph = compose_over_time(spirometry, [year(2025, (61, 100)), year(2026, (82, 100), None)], "Lægehuset", da)
    assert graph.headline.endswith("82 % nu, 61 % første gang.")
    assert graph.table[2:] == (
        ("året til 2025", "61 % (61 af 100)", "klyngen samlet 60 %"),
        ("året til 2026", "82 % (82 af 100)", "klyngen vises ikke"),
    )
    assert all(" ".join(row[1:]).split(" (")[0] in graph.alt_text for row in graph.table)


@pytest.mark.parametrize("count", range(2, 9))
def test_no_word_says_where_it_is_going(spirometry, da, count):
    points = [year(2015 + n, (50 + 5 * n, 100)) for n in range(count)]
    said = compose_over_time(spirometry, points, "Lægehuset", da).alt_text.lower()
    assert [
        word for word in ("flot", "stig", "fald", "bedre,", "mere, end", "fremgang", "skyldes") if word in said
    ] == []
    assert ("for få til at tale om en udvikling" in said) == (count < 5)


@pytest.mark.parametrize(
    ("second", "joined"),
    [
        (year(2026), True),
        (year(2026, month=7), True),  # a whole year holds every month, wherever it begins
        (replace(year(2026), start=date(2024, 9, 1)), False),  # four months are counted both times
        (replace(year(2026), start=date(2025, 7, 1)), False),  # half a year
    ],
)
def test_line_leads_only_between_periods_that_can_be_held_against_each_other(spirometry, da, second, joined):
    graph = compose_over_time(spirometry, [year(2025), second], "Lægehuset", da)
    assert graph.picture.joined == (joined,)
    assert ("ikke forbundet" in graph.alt_text) is not joined


def test_one_point_is_no_course(spirometry, da):
    with pytest.raises(ValueError, match="no course"):
        compose_over_time(spirometry, [year(2026)], "Lægehuset", da)


@given(
    shares=st.lists(st.tuples(st.integers(0, 300), st.none() | st.floats(0, 1)), min_size=2, max_size=12),
    name=st.sampled_from(["prevalence", "spirometry"]),
)
def test_no_figure_lies_on_a_mark_or_another_figure(shares, name):
    points = [year(2000 + n, (part, 300), mean) for n, (part, mean) in enumerate(shares)]
    canvas = Lines(height=HEIGHT)
    compose_over_time(load("kol").measure(name), points, "Lægehuset", texts_for("da")).picture.draw(canvas)
    marks = canvas.marks
    figures = [(x - 40, y - size / 2, x + 40, y + size / 2) for x, y, size in canvas.inside]
    assert [(word, mark) for word in [*canvas.words, *figures] for mark in marks if meet(word, mark)] == []
    assert [(x, y) for x, y, _ in canvas.inside if not (0 <= x <= canvas.width and 0 <= y <= HEIGHT)] == []
