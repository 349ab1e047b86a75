"""Every kind of measure: its value from whole numbers, None when something is missing, the cluster as one practice."""

import pytest

from measures.packages.measure_kinds import MEASURE_KINDS
from measures.packages.parts import Measure
from measures.packages.values import (
    Answers,
    Cross,
    GuessAndActual,
    Parts,
    Plain,
    Ratio,
    Series,
    Strata,
    TwoSources,
    pooled,
    value_of,
)

WORDS = {"da": "x {value}", "en": "x {value}"}
SHARED = {"id": "m", "title": WORDS, "sentence": WORDS, "definition": WORDS, "caution": WORDS, "unit": WORDS}
PAIRED = {"numerator": "a", "denominator": "b"}
LABEL = {"label": WORDS}
GIVEN = {
    "proportion": PAIRED,
    "rate": PAIRED,
    "amount": PAIRED,
    "mean": PAIRED,
    "median": PAIRED,
    "count": {"numerator": "a"},
    "composition": {"parts": ["a", "c"], "denominator": "b"},
    "histogram": {"parts": ["a", "b", "c"]},
    "trend": {"points": [LABEL | PAIRED, LABEL | {"numerator": "c", "denominator": "b"}]},
    "standardised": {
        "strata": [LABEL | PAIRED | {"weight": 3}, LABEL | {"numerator": "c", "denominator": "b", "weight": 1}]
    },
    "agreement": {"parts": ["a", "c"]},
    "questionnaire": {"items": [LABEL | {"answers": ["a", "c"]}], "scale": [WORDS, WORDS]},
    "scatter": {"across": "one", "up": "two"},
    "estimate": {"guess": "c", "actual": "one"},
}
VALUES = {"a": 30, "b": 100, "c": 10}
AMONG = {
    "one": Measure.model_validate(SHARED | PAIRED | {"id": "one"}),
    "two": Measure.model_validate(SHARED | {"id": "two", "numerator": "c", "denominator": "b"}),
}
THIRTY, TEN = Ratio(30, 100, 100), Ratio(10, 100, 100)


def measure(kind: str) -> Measure:
    return Measure.model_validate(SHARED | {"kind": kind} | GIVEN[kind])


def test_every_kind_is_tried_here():
    assert set(GIVEN) == set(MEASURE_KINDS)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("proportion", THIRTY),
        ("rate", THIRTY),
        ("amount", THIRTY),
        ("mean", THIRTY),
        ("median", Ratio(30, 1, 100)),
        ("count", Plain(30)),
        ("composition", Parts((30, 10), 60)),
        ("histogram", Parts((30, 100, 10))),
        ("trend", Series((THIRTY, TEN))),
        ("standardised", Strata((THIRTY, TEN), (3, 1))),
        ("agreement", TwoSources(30, 10)),
        ("questionnaire", Answers(((30, 10),))),
        ("scatter", Cross(THIRTY, TEN)),
        ("estimate", GuessAndActual(0.1, THIRTY)),
    ],
)
def test_value_of_each_kind(kind, value):
    assert value_of(measure(kind), VALUES, AMONG) == value


@pytest.mark.parametrize("kind", [kind for kind in MEASURE_KINDS if kind not in {"trend", "questionnaire"}])
def test_no_value_without_a_number_it_needs(kind):
    assert value_of(measure(kind), {"b": 100, "c": 10}, AMONG) is None
    assert value_of(measure(kind), {}, AMONG) is None


@pytest.mark.parametrize(
    "kind", ["proportion", "rate", "amount", "mean", "median", "composition", "standardised", "scatter"]
)
def test_no_value_when_there_is_nobody(kind):
    assert value_of(measure(kind), VALUES | {"b": 0}, AMONG) is None


def test_a_trend_keeps_the_place_of_what_is_missing():
    assert value_of(measure("trend"), {"b": 100, "c": 10}) == Series((None, TEN))


def test_parts_never_exceed_their_whole():
    assert value_of(measure("composition"), {"a": 90, "b": 100, "c": 20}) is None


def test_shares_of_parts_add_up_to_one():
    assert (sum(Parts((30, 10), 60).shares), Parts((30, 10)).shares) == (1.0, (0.75, 0.25))


def test_the_standardised_rate_weighs_each_stratum():
    assert Strata((THIRTY, TEN), (3, 1)).share == pytest.approx((3 * 0.3 + 0.1) / 4)


@pytest.mark.parametrize(("first", "second", "share"), [(30, 10, 1 / 3), (10, 30, 1 / 3), (0, 0, 1.0), (0, 5, 0.0)])
def test_agreement_is_the_smaller_of_the_larger(first, second, share):
    assert TwoSources(first, second).share == pytest.approx(share)


def test_estimate_tells_how_far_the_guess_was_off():
    assert GuessAndActual(0.1, THIRTY).difference == pytest.approx(0.2)


def test_pooled_adds_numerators_and_denominators():
    assert pooled([THIRTY, Ratio(1, 300, 300)]) == Ratio(31, 400, 400)


def test_pooled_medians_are_the_mean_of_medians():
    assert pooled([Ratio(10, 1, 50), Ratio(20, 1, 7)]).share == 15


def test_pooled_parts_series_strata_and_answers():
    assert pooled([Parts((1, 2), 3), Parts((10, 20), 30)]) == Parts((11, 22), 33)
    assert pooled([Series((THIRTY, None)), Series((TEN, TEN))]) == Series((Ratio(40, 200, 200), TEN))
    assert pooled([Strata((THIRTY,), (1,)), Strata((TEN,), (1,))]) == Strata((Ratio(40, 200, 200),), (1,))
    assert pooled([Answers(((1, 2), (3, 4))), Answers(((10, 20), (30, 40)))]) == Answers(((11, 22), (33, 44)))
    assert pooled([TwoSources(3, 4), TwoSources(1, 1)]) == TwoSources(4, 5)


@pytest.mark.parametrize("found", [[], [Plain(3)], [Cross(THIRTY, TEN)], [GuessAndActual(0.1, THIRTY)]])
def test_what_can_not_be_added_is_not_pooled(found):
    assert pooled(found) is None
