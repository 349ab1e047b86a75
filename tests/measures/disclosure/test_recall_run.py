"""The attack on recalls: left out, neither the corrected number nor another's is found; drawn at once, it is."""

import pytest

from tests.measures.disclosure.attack import attack
from tests.measures.disclosure.recall_run import ERRED, drawn_at_once, drawn_without, rows, story


@pytest.mark.long
def test_the_run_prints_figures_that_hold() -> None:
    made = rows(21)
    assert [row.name for row in made if not row.holds] == []
    assert made[0].figure.startswith("0 of ")


def test_drawn_at_once_gives_the_corrected_number_away_and_left_out_only_the_wrong_one() -> None:
    first = next(made for seed in range(50) if (made := story(seed)) is not None and len(made.answers) >= 8)
    assert (ERRED, 1) in {each.element for each in attack(drawn_at_once(first), [1])}
    assert {each.element for each in attack(drawn_without(first), [1])} <= {(ERRED, 0)}
