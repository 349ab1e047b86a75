"""The attack: stories of late replies, corrections, withdrawals and subgroups, and what their charts give away."""

import random
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from measures.disclosure.hiding import published
from measures.disclosure.privacy import DisclosureRules, Openness
from tests.lots import lots
from tests.measures.disclosure.attack import Round, attack
from tests.measures.disclosure.stories import RULES, after_three, everything, leaks, story

pytestmark = pytest.mark.long
seeds = st.integers(0, 10**9)


@lots(40, 150)
@given(seeds)
def test_one_member_never_finds_another_practices_value(seed):
    round_ = story(seed)
    attacker = random.Random(seed).choice(sorted(round_.answers))
    assert leaks(attack(round_, [attacker])) == []


@lots(20, 60)
@given(seeds)
def test_two_members_find_a_third_only_in_a_group_of_three(seed):
    """By design: in a group of three that can't be told apart, two who collude know the third."""
    round_ = story(seed)
    pair = random.Random(seed).sample(sorted(round_.answers), 2)
    for found in leaks(attack(round_, pair)):
        group = [key for key in round_.versions if pattern(round_, key) == pattern(round_, found.element[0])]
        assert len(group) == 3
        assert set(pair) < set(group)


def pattern(round_: Round, practice: int) -> list[int]:
    """In which of the sets a practice was, and whether with the same numbers."""
    seen = [state.get(practice) for state in [*round_.states, *round_.beside]]
    return [seen.index(pair) if pair else -1 for pair in seen]


@example(5656)  # a mark above all that were seen, in a chart that hides the highest
@lots(8, 25)
@given(seeds)
def test_what_the_attacker_claims_is_true(seed):
    """An attacker that guesses wrong proves nothing: whatever it finds, by any rule, is the real value.

    As far as it is claimed: a mark stands for half a unit to either side, and a sum is only told where no more is left.
    """
    round_ = story(seed, random.Random(seed).choice(list(RULES.values())))
    for found in attack(round_, [random.Random(seed).choice(sorted(round_.answers))]):
        assert found.share == pytest.approx(float(Fraction(*round_.pair(found.element))), abs=0.501 / round_.per)


def begun(per: int = 100, policy=published, practices: int = 9) -> Round:
    """Nine practices have answered and got their charts."""
    round_ = Round(per=per, policy=policy)
    for practice in range(practices):
        round_.answer(practice, (1000 + 100 * practice, 2000 + 37 * practice))
    round_.renew()
    return round_


def test_without_a_rule_one_late_practice_is_found():
    round_ = begun(policy=everything)
    round_.answer(20, (1111, 3000))
    assert {(each.element, round(each.share, 2)) for each in leaks(attack(round_, [3]))} == {((20, 0), 0.37)}


def test_corrections_do_not_hide_a_late_practice():
    """Two corrections and one late answer are three new replies; yet the late one is the only mark that is new."""
    found = {}
    for policy in (after_three, published):
        round_ = begun(policy=policy)
        round_.answer(1, (1101, 2037))
        round_.answer(2, (1201, 2074))
        round_.answer(20, (1111, 3000))
        found[policy] = {each.element for each in leaks(attack(round_, [3]))}
    assert (20, 0) in found[after_three]
    assert found[published] == set()


def test_three_newcomers_do_not_hide_one_who_left():
    found = {}
    for policy in (after_three, published):
        round_ = begun(policy=policy)
        round_.gone.add(5)
        for practice in (20, 21, 22):
            round_.answer(practice, (1111 + practice, 3000))
        round_.gone.clear()
        round_.renew()
        found[policy] = {each.element for each in leaks(attack(round_, [3]))}
    assert (5, 0) in found[after_three]
    assert found[published] == set()


def test_a_subgroup_shown_carelessly_gives_a_practice_away():
    found = {}
    for carelessly in (True, False):
        round_ = begun(practices=18)
        round_.divide({*range(9)}, carelessly=carelessly)
        round_.divide({*range(8), 9}, carelessly=carelessly)
        found[carelessly] = {each.element[0] for each in leaks(attack(round_, [3]))}
    assert found == {True: {8, 9}, False: set()}


def test_by_design_two_of_three_late_practices_find_the_third():
    round_ = begun()
    for practice in (20, 21, 22):
        round_.answer(practice, (1111 + 100 * practice, 6000))
    assert [each.element for each in leaks(attack(round_, [20, 21]))][:1] == [(22, 0)]
    assert leaks(attack(round_, [20])) == []


def test_by_design_two_of_three_practices_find_the_third_from_the_mean():
    round_ = begun(per=1000, practices=3)
    assert [each.element for each in leaks(attack(round_, [0, 1]))] == [(2, 0)]
    assert leaks(attack(round_, [0])) == []


def test_by_design_a_group_that_is_alike_is_known():
    round_ = Round()
    for practice in range(9):
        round_.answer(practice, (500 + (practice == 3) * 300, 1000))
    round_.renew()
    assert {each.why for each in attack(round_, [3])} == {"alike"}


def test_by_design_a_rest_of_nothing_is_nothing_for_each():
    round_ = Round(per=1000)
    for practice in range(3):
        round_.answer(practice, (0 if practice else 40, 2000))
    round_.renew()
    assert {(each.element[0], each.why) for each in attack(round_, [0])} == {(1, "few"), (2, "few")}


@lots(40, 150)
@example(98413914)
@given(seeds)
def test_names_that_come_and_go_uncover_nobody_else(seed):
    """Practices choose to be named and take it back, between late answers, corrections and withdrawals."""
    round_ = story(seed, names=True)
    attacker = random.Random(seed).choice(sorted(round_.answers))
    assert leaks(attack(round_, [attacker])) == []


@lots(8, 25)
@given(seeds)
def test_what_the_attacker_claims_beside_names_is_true(seed):
    round_ = story(seed, names=True, careless=random.Random(seed).random() < 0.5)
    for found in attack(round_, [random.Random(seed).choice(sorted(round_.answers))]):
        assert found.share == pytest.approx(float(Fraction(*round_.pair(found.element))), abs=1.01 / round_.per)


@lots(20, 60)
@given(seeds, st.booleans())
def test_own_numbers_over_time_tell_two_together_nothing_beside_the_charts(seed, names):
    """Whoever holds all charts and has looked back after all that happened finds what the charts tell, and no more."""
    found = []
    for over_time in (False, True):
        round_ = story(seed, names=names, over_time=over_time)
        pair = random.Random(seed).sample(sorted(round_.answers), 2)
        found.append({(each.element, round(each.share, 9), each.why) for each in attack(round_, pair)})
    assert found[0] == found[1]


def test_mean_over_time_that_takes_in_a_late_answer_at_once_gives_it_away():
    found = {}
    for carelessly in (True, False):
        round_ = begun(per=1000)
        round_.answer(20, (2222, 6000))
        round_.look_back(round_.answers if carelessly else None)
        found[carelessly] = {each.element[0] for each in leaks(attack(round_, [3]))}
    assert found == {True: {20}, False: set()}


def test_naming_whoever_wants_it_gives_the_last_one_away():
    found = {}
    for careless in (True, False):
        round_ = begun()
        round_.rules, round_.careless = DisclosureRules(openness=Openness.CHOSEN), careless
        for practice in (0, 1, 2, 4, 5, 6, 7):
            round_.choose(practice)
        found[careless] = {each.element[0] for each in leaks(attack(round_, [3]))}
    assert found == {True: {8}, False: set()}


def test_correction_beside_names_is_not_drawn_while_it_uncovers_a_third():
    """Two who are named correct together with one who is not: who knows the two, knows the third."""
    found = {}
    for careless in (True, False):
        round_ = begun()
        round_.rules, round_.careless = DisclosureRules(openness=Openness.CHOSEN), careless
        for practice in (0, 1):
            round_.choose(practice)
        for practice in (0, 1, 2):
            events, people = round_.answers[practice]
            round_.answer(practice, (events + 40, people))
        found[careless] = {each.element[0] for each in leaks(attack(round_, [3]))}
    assert found == {True: {2}, False: set()}
