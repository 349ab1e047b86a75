"""What the projector shows: everybody as marks, by the rules of private charts, and nothing that these don't hold."""

import pytest

from measures.privacy import Comparison, Rules, Withheld, comparison, room


def cluster(size: int) -> dict[int, tuple[int, int]]:
    return {number: (10 + 7 * number, 100 + number) for number in range(size)}


@pytest.mark.parametrize(
    ("size", "withheld"),
    [(2, Withheld.TOO_FEW_FOR_MEAN), (4, Withheld.TOO_FEW_FOR_OTHERS), (5, None)],
)
def test_room_withholds_what_private_charts_withhold(size, withheld):
    assert room(cluster(size)).withheld_reason is withheld


def test_room_shows_all_and_nobodys_own():
    seen = room(cluster(9))
    assert (seen.own, seen.mean, seen.contributors) == (None, comparison(0, cluster(9)).mean, 9)
    assert seen.others == tuple(sorted(round(part / whole, 2) for part, whole in cluster(9).values()))


@pytest.mark.parametrize("size", [5, 6, 7])
def test_room_clamps_the_outermost_of_a_small_cluster(size):
    marks = room(cluster(size)).others
    assert (marks[0], marks[-1]) == (marks[1], marks[-2])


def test_room_shows_nothing_when_somebody_left_or_one_is_nearly_all():
    assert room(cluster(9), gone={3}) == Comparison(None, None, None, 9, 100, Withheld.SOMEBODY_LEFT)
    assert room(cluster(9) | {9: (5000, 90_000)}).withheld_reason is Withheld.DOMINATED


def test_room_follows_a_cluster_that_asks_for_more():
    assert room(cluster(7), Rules(min_practices=8)).others is None
