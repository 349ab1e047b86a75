"""The attack on comparisons that were recalled.

Drawn again without the practice that erred they tell nothing of its right number and nothing of the others; drawn again
with the right number at once they would.
"""

import random
from functools import partial

import pytest

from measures.disclosure.hiding import Recalled, published
from tests.measures.disclosure.attack import Round, attack
from tests.measures.disclosure.stories import everything, leaks

pytestmark = pytest.mark.long
ERRED = 3
Answer = tuple[int, int]


def begun(seed: int, wrong: float) -> tuple[Round, random.Random]:
    """6 to 36 practices with their charts; one has given that many times its right number."""
    chance = random.Random(seed)
    round_ = Round(per=1000)
    for practice in range(chance.randint(6, 36)):
        given = numbers(chance)
        round_.answer(practice, times(given, wrong) if practice == ERRED else given)
    round_.renew()
    return round_, chance


def numbers(chance: random.Random) -> Answer:
    size = chance.randint(1500, 9000)
    return int(size * chance.uniform(0.02, 0.05)), size


def times(pair: Answer, factor: float) -> Answer:
    return min(pair[1], int(pair[0] * factor)), pair[1]


def drawn_without(seed: int, wrong: float = 10) -> tuple[Round, random.Random]:
    """The correction comes, the comparison is recalled, and everybody gets it again without the one that erred."""
    round_, chance = begun(seed, wrong)
    round_.policy = partial(published, recalls=[Recalled(1, 1, frozenset({ERRED}))])
    round_.answer(ERRED, times(round_.answers[ERRED], 1 / wrong))
    for viewer in sorted(round_.answers):
        round_.show(viewer, round_.states[-1])
    return round_, chance


def go_on(round_: Round, chance: random.Random) -> None:
    """Late answers, corrections of others, departures, and the one that erred once more."""
    for _ in range(chance.randint(2, 12)):
        practice = chance.choice(sorted(round_.answers))
        deed = chance.choice(("answer", "answer", "answer", "correct", "leave", "back", "again"))
        if deed == "answer":
            round_.answer(max(round_.answers) + 1, numbers(chance))
        elif deed == "correct" and practice != ERRED:
            round_.answer(practice, times(round_.answers[practice], chance.choice((0.98, 1.02))))
        elif deed == "leave" and practice != ERRED:
            round_.gone.add(practice)
        elif deed == "back":
            round_.gone.clear()
        elif deed == "again":
            round_.answer(ERRED, times(round_.answers[ERRED], 1.01))


@pytest.mark.parametrize("wrong", [10, 3, 0.1])
def test_left_out_nobody_finds_the_right_number_nor_anybody_elses(wrong):
    """What comes out is the wrong number, as the yes to it says."""
    for seed in range(25):
        round_, chance = drawn_without(seed, wrong)
        attacker = chance.choice([key for key in round_.answers if key != ERRED])
        assert {each.element for each in leaks(attack(round_, [attacker]))} <= {(ERRED, 0)}


def test_two_together_find_no_more():
    for seed in range(25):
        round_, chance = drawn_without(seed)
        pair = chance.sample([key for key in round_.answers if key != ERRED], 2)
        assert {each.element for each in leaks(attack(round_, pair))} <= {(ERRED, 0)}


def test_whatever_comes_afterwards_the_right_number_is_never_found():
    """The wrong one is taken as known to everybody from then on."""
    for seed in range(60):
        round_, chance = drawn_without(seed)
        round_.told.add((ERRED, 0))
        go_on(round_, chance)
        attacker = chance.choice([key for key in round_.answers if key != ERRED])
        assert leaks(attack(round_, [attacker])) == []


def test_drawn_anew_with_the_right_number_at_once_it_is_found():
    """An error of a twentieth: the attacker takes it that corrections are small."""
    found = set()
    for seed in range(12):
        round_, chance = begun(seed, 1.05)
        round_.policy = everything
        round_.answer(ERRED, times(round_.answers[ERRED], 1 / 1.05))
        found |= {
            each.element for each in leaks(attack(round_, [chance.choice(sorted(set(round_.answers) - {ERRED}))]))
        }
    assert (ERRED, 1) in found
