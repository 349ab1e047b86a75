"""Before and after: honest about chance, and nobody found out by comparing those who answered twice with all."""

import pytest

from measures.chart_change import Between, compose_change
from measures.followup import ClusterChange, change_of, cluster_change, was_extreme
from measures.privacy import Comparison

BETWEEN = Between("Lægehuset", "2025", "2026")


def test_change_of_a_proportion_is_newcombes_difference(kol):
    """56/70 − 48/80, the worked example of Newcombe 1998."""
    change = change_of(kol.measure("spirometry"), (48, 80), (56, 70))
    assert tuple(round(part, 4) for part in change.change) == (0.2, 0.0524, 0.3339)
    assert (change.scale, change.is_told_apart) == ("difference", True)


def test_change_is_not_told_apart_when_its_interval_covers_none(kol):
    assert change_of(kol.measure("spirometry"), (60, 130), (66, 132)).is_told_apart is False


def test_headline_gives_no_verdict_when_the_interval_covers_no_change(kol, da):
    own = change_of(kol.measure("spirometry"), (60, 130), (66, 132))
    graph = compose_change(kol.measure("spirometry"), own, None, BETWEEN, da)
    assert graph.picture.frame.headline == "Fra 46 % til 50 % – kan ikke skelnes fra ingen ændring"
    assert ("Ændring med 95 %-sikkerhedsinterval", "+3,8 procentpoint (−8,2 til +16)") in graph.table


def replies(*numbers: int, add: int = 0) -> dict[int, tuple[int, int]]:
    return {number: (20 + 3 * number + add, 100 + number) for number in numbers}


def test_cluster_change_is_from_those_who_answered_twice():
    before, after = replies(*range(9)), replies(*range(9), add=5)
    found = cluster_change(before, after, (0.3, 0.35))
    assert (found.same, round(found.before, 4), round(found.after, 4)) == (9, 0.3077, 0.3558)
    assert found.typical.low <= found.typical.value <= found.typical.high


@pytest.mark.parametrize("gone", [1, 2])
def test_cluster_change_does_not_give_away_who_answered_only_once(gone):
    """All minus those who answered twice would be one or two practices: the shown means are used instead."""
    before, after = replies(*range(9)), replies(*range(gone, 9), add=5)
    assert cluster_change(before, after, (0.31, 0.36)) == ClusterChange(0.31, 0.36, 0, None)


def test_cluster_change_may_leave_out_three():
    found = cluster_change(replies(*range(9)), replies(*range(3, 9), add=5), (0.31, 0.36))
    assert found.same == 6


def test_cluster_change_without_shown_means_is_nothing():
    assert cluster_change(replies(1, 2), replies(1, 2), (None, None)) is None


def test_cautions_name_the_move_towards_the_middle_only_for_the_extreme(kol, da):
    measure = kol.measure("spirometry")
    own = change_of(measure, (10, 100), (30, 100))
    assert was_extreme(measure, Comparison((10, 100), 0.6, None, 9, 100)) is True
    warned, plain = (compose_change(measure, own, None, BETWEEN, da, extreme=extreme) for extreme in (True, False))
    said = "I lå langt fra klyngen første gang. Sådanne tal bevæger sig ofte mod midten af sig selv."
    assert (warned.picture.frame.notes[0] == said, said in plain.alt_text) == (True, False)


def test_change_needs_something_to_show(kol, da):
    with pytest.raises(ValueError, match="nothing to show"):
        compose_change(kol.measure("spirometry"), None, None, BETWEEN, da)
