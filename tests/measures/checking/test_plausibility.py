"""Numbers that may be wrong are asked about from what their sender and the public know, each once, and in words."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from measures.checking.amounts import amount, receipt, said
from measures.checking.plausibility import TYPED_AGAIN
from measures.checking.scale import points
from measures.checking.sentences import describe
from measures.checking.validation import PracticeFacts, check_values
from measures.packages.package import available, load
from measures.packages.parts import Usual

FACTS = PracticeFacts("057584", 1580)
WELL = {"listed": 1580, "copd": 88, "spirometry": 61, "care_plan": 40}


@pytest.fixture
def ask(kol):
    """The questions about typed numbers, as (code, field)."""

    def asked(before=None, facts=FACTS, **values):
        verdict = check_values(WELL | values, kol, facts, before)
        assert verdict.ok
        return [(each.code, each.params.get("id")) for each in verdict.questions]

    return asked


@pytest.mark.parametrize(
    ("values", "asked"),
    [
        ({}, []),
        ({"copd": 880}, [("type_again", "copd")]),
        ({"copd": 520, "spirometry": 400, "care_plan": 300}, [("unusual", "copd")]),
        ({"copd": 174, "spirometry": 130, "care_plan": 90}, []),
        ({"copd": 5, "spirometry": 4, "care_plan": 3}, [("small_base", "copd")]),
        ({"copd": 0, "spirometry": None, "care_plan": None}, [("type_again", "copd")]),
        ({"spirometry": 1}, [("type_again", "spirometry")]),
        ({"copd": 170, "spirometry": 9}, [("unusual", "spirometry")]),
        ({"listed": 158}, [("list_size_differs", "listed"), ("type_again", "listed")]),
    ],
)
def test_numbers_far_from_what_is_usual_are_asked_about_once_each(ask, values, asked):
    assert [each for each in ask(**values) if each[0] not in ("missing_field",)] == asked


def test_a_small_practice_is_not_asked_because_of_chance(ask):
    few = PracticeFacts("057584", 300)
    assert ask(facts=few, listed=300, copd=5, spirometry=4, care_plan=0) == [("small_base", "copd")]


@pytest.mark.parametrize(("before", "asked"), [(40, []), (20, [("changed_much", "copd")]), (180, [])])
def test_a_change_is_asked_about_when_chance_and_a_year_do_not_explain_it(ask, before, asked):
    assert ask(before=WELL | {"copd": before, "spirometry": before * 2 // 3, "care_plan": before // 2}) == asked


def test_more_than_half_of_all_is_typed_again_where_no_range_is_known(kol):
    bare = tuple(each.model_copy(update={"usual": None}) for each in kol.measures)
    package = kol.model_copy(update={"measures": bare})
    asked = check_values(WELL | {"copd": 880}, package, FACTS).questions
    assert [each.code for each in asked] == ["over_half"]
    assert asked[0].code in TYPED_AGAIN


def test_the_question_says_number_list_rate_and_that_the_range_is_an_estimate(kol, da):
    (asked,) = check_values(WELL | {"copd": 880}, kol, FACTS).questions
    assert describe(asked, da) == (
        "Patienter med KOL (R95): 880 af 1.580 = 557 pr. 1.000. Det er langt uden for det sædvanlige "
        "(fra 6 til 110 pr. 1.000, et skøn, som ingen har kontrolleret). Skriv tallet igen, hvis det er rigtigt."
    )


def test_a_change_is_told_with_both_numbers(kol, da):
    before = {"listed": 1500, "copd": 20, "spirometry": 15, "care_plan": 10}
    asked = [each for each in check_values(WELL, kol, FACTS, before).questions if each.code == "changed_much"]
    assert describe(asked[0], da) == (
        "Patienter med KOL (R95): Sidst 20 af 1.500 = 13 pr. 1.000. Nu 88 af 1.580 = 56 pr. 1.000. "
        "Kan så stor en ændring passe?"
    )


@pytest.mark.parametrize(
    ("package", "field", "numbers", "told"),
    [
        ("kol", "copd", WELL, "88 af 1.580 = 56 pr. 1.000"),
        ("kol", "spirometry", {"copd": 167, "spirometry": 142}, "142 af 167 = 85 %"),
        ("kol", "listed", WELL, ""),
        ("kol", "copd", {"copd": 88, "listed": None}, ""),
        ("antibiotika", "j01", {"j01": 700, "listed": 1580}, "700 fordelt på 1.580 = 443 pr. 1.000"),
        ("attester", "minutes", {"minutes": 450, "timed": 30}, "450 fordelt på 30 = 15 minutter"),
    ],
)
def test_a_receipt_says_what_a_number_comes_to(da, package, field, numbers, told):
    assert receipt(load(package), field, numbers, da) == told


def test_every_range_and_value_of_every_package_can_be_told(da, en):
    for package in available():
        values = {field.id: 40 + 10 * place for place, field in enumerate(package.fields)}
        for measure in package.measures:
            assert measure.usual is None or isinstance(measure.usual, Usual)
            for point in points(measure, values):
                for t in (da, en):
                    assert said(amount(measure, point), t)


@given(st.integers(0, 900), st.integers(901, 2000), st.integers(1, 5))
def test_a_number_asked_about_stays_so_when_it_moves_farther_out(part, whole, step):
    kol = load("kol")
    measure = kol.measure("prevalence")
    usual = measure.usual
    assert usual is not None

    def asked(number):
        values = {"listed": whole, "copd": number}
        codes = {each.code for each in check_values(values, kol, replace(FACTS, listed=whole)).questions}
        return 2 if codes & TYPED_AGAIN else 1 if "unusual" in codes else 0

    higher = min(part + step, whole)
    if part / whole > usual.high:
        assert asked(higher) >= asked(part)
