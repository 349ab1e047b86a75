"""Numbers that stand out: found leave-one-out on the set that would be drawn, and only where others are drawn."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from measures.checking.standing_out import StandsOut, standing_out
from measures.disclosure.privacy import DisclosureRules

NINE = {n: {"copd": 50 + 3 * n, "listed": 1580 + 40 * n} for n in range(9)}
GROSS = [StandsOut("prevalence", gross=True)]


@pytest.fixture
def found(kol):
    def standing(values, rules=None, **more):
        return standing_out(kol.measures, values, rules or DisclosureRules(), **more)

    return standing


def test_the_zero_too_many_is_found_and_nothing_before_it(found):
    assert found(NINE) == {}
    assert found(NINE | {4: {"copd": 620, "listed": 1740}}) == {4: GROSS}


def test_two_wrong_numbers_do_not_hide_each_other(found):
    two = NINE | {4: {"copd": 620, "listed": 1740}, 7: {"copd": 710, "listed": 1860}}
    assert found(two) == {4: GROSS, 7: GROSS}


def test_five_practices_are_too_few(found):
    few = {n: NINE[n] for n in range(4)} | {4: {"copd": 620, "listed": 1740}}
    assert found(few) == {}
    assert found(few | {5: NINE[5]}) == {4: GROSS}


@pytest.mark.parametrize(
    "more",
    [{"rules": DisclosureRules(min_practices=10)}, {"gone": [2]}],
    ids=["too few for the cluster's own rule", "somebody has left"],
)
def test_nothing_is_asked_where_the_others_are_not_drawn(found, more):
    assert found(NINE | {4: {"copd": 620, "listed": 1740}}, **more) == {}


def test_nothing_is_asked_where_one_practice_is_nearly_all(found):
    large = {n: {"copd": 6, "listed": 150} for n in range(8)}
    assert found(large | {8: {"copd": 9000, "listed": 20_000}}) == {}


def test_what_barely_moves_the_whole_is_let_be(found):
    small = NINE | {9: {"copd": 60, "listed": 150}}
    assert found(small) == {9: GROSS} or found(small) == {}
    assert found({n: {"copd": 500, "listed": 10_000} for n in range(9)} | {9: {"copd": 90, "listed": 150}}) == {}


@given(st.permutations(range(9)))
def test_neither_order_nor_names_of_practices_change_who_is_found(order):
    from measures.packages.package import load

    wrong = NINE | {4: {"copd": 620, "listed": 1740}}
    shuffled = {f"p{n}": wrong[n] for n in order}
    assert standing_out(load("kol").measures, shuffled, DisclosureRules()) == {"p4": GROSS}


@given(st.integers(2, 10))
def test_what_is_found_stays_found_farther_out(times):
    from measures.packages.package import load

    def asked(number):
        return 4 in standing_out(load("kol").measures, NINE | {4: {"copd": number, "listed": 1740}}, DisclosureRules())

    assert asked(60 * times) <= asked(min(60 * (times + 1), 1740))
