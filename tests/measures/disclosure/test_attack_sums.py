"""The attack on sums of people: whatever comes, leaves and is corrected, no count of 1 to 4 follows from the charts."""

import pytest

from measures.disclosure.suppression import LEAST
from tests.measures.disclosure.attack_sums import Sums, small_counts
from tests.measures.disclosure.stories_sums import attacked, for_each_viewer, for_everybody, ours, story
from tests.measures.disclosure.suppression_run import rows

pytestmark = pytest.mark.long


def test_nobody_works_out_a_small_count_in_six_hundred_stories():
    assert [(seed, found[0]) for seed in range(600) if (found := attacked(story(seed), ours))] == []


@pytest.mark.parametrize("rule", [for_each_viewer, for_everybody])
def test_the_attacker_finds_what_rules_that_look_right_give_away(rule):
    found = [each for seed in range(60) for each in attacked(story(seed), rule)]
    assert {each.why for each in found} == {"people", "moved"}
    assert all(0 < abs(each.count) < LEAST for each in found)


def test_one_chart_for_the_viewer_and_one_for_the_room_are_enough():
    """Without any renewal: 16 of two answers together on one's own chart, 12 of the first on the screen."""
    rows = {1: (7, 2, 9), 2: (5, 1, 9), 3: (0, 1, 9)}
    own, room = Sums(rows, ((0, 1), (2,))), Sums(rows, ((0,), (1, 2)))
    assert {(each.places, each.count) for each in small_counts([own, room], 3)} >= {((1,), 4), ((1,), 3)}
    assert small_counts([own], None) == small_counts([room], None) == []


def test_the_run_prints_figures_that_hold():
    made = rows(40)
    assert [row.name for row in made if not row.holds] == []
    assert made[2].figure == "0 of 40 rounds"
