"""What the projector shows: everybody as marks, by the rules of private charts, and nothing that these don't hold."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from measures.disclosure.privacy import CLAMP_BELOW, Comparison, DisclosureRules, Withheld, comparison, projected


def cluster(size: int) -> dict[int, tuple[int, int]]:
    return {number: (10 + 7 * number, 100 + number) for number in range(size)}


@pytest.mark.parametrize(
    ("size", "withheld"),
    [(2, Withheld.TOO_FEW_FOR_MEAN), (4, Withheld.TOO_FEW_FOR_OTHERS), (5, None)],
)
def test_room_withholds_what_private_charts_withhold(size, withheld):
    assert projected(cluster(size)).withheld_reason is withheld


def test_room_shows_all_and_nobodys_own():
    seen = projected(cluster(9))
    assert (seen.own, seen.mean, seen.contributors) == (None, comparison(0, cluster(9)).mean, 9)
    assert seen.others == tuple(sorted(round(part / whole, 2) for part, whole in cluster(9).values()))


@pytest.mark.parametrize(("size", "different"), [(5, 1), (6, 2), (7, 3)])
def test_room_clamps_two_at_each_end_of_a_small_cluster(size, different):
    marks = projected(cluster(size)).others
    assert marks[0] == marks[1] == marks[2]
    assert marks[-1] == marks[-2] == marks[-3]
    assert len(set(marks)) == different


pairs = st.integers(3000, 9000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@pytest.mark.long
@given(st.lists(pairs, min_size=5, max_size=14), st.data())
def test_room_can_be_worked_out_from_anybodys_own_chart(found, data):
    """So it tells nobody anything new: everybody's marks are the viewer's own and those on the viewer's chart."""
    values = dict(enumerate(found))
    viewer = data.draw(st.sampled_from(sorted(values)))
    own = int(Fraction(*values[viewer]) * 100 + Fraction(1, 2)) / 100
    marks = sorted([*(comparison(viewer, values).others or ()), own])
    if len(values) < CLAMP_BELOW:
        marks = [min(max(mark, marks[2]), marks[-3]) for mark in marks]
    assert projected(values).others == tuple(marks)


def test_room_shows_nothing_when_somebody_left_or_one_is_nearly_all():
    assert projected(cluster(9), gone={3}) == Comparison(None, None, None, 9, 100, Withheld.SOMEBODY_LEFT)
    assert projected(cluster(9) | {9: (5000, 90_000)}).withheld_reason is Withheld.DOMINATED


def test_room_follows_a_cluster_that_asks_for_more():
    assert projected(cluster(7), DisclosureRules(min_practices=8)).others is None
