"""Headings: what is certain maps itself, what is likely asks, what means something else is never taken."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from measures.packages.package import available, load
from measures.reading.headers import normal
from measures.tables.heading_matcher import Certainty, Matcher


@pytest.fixture(scope="module")
def match(kol):
    matcher = Matcher(kol)

    def told(heading):
        found = matcher.match(heading)
        return (found.field_id, found.certainty) if found else None

    return told


@pytest.mark.parametrize(
    ("heading", "field_id"),
    [
        ("KOL", "copd"),
        ("  kol-PATIENTER ", "copd"),
        ("Antal KOL", "copd"),
        ("KOL (antal)", "copd"),
        ("Antal KOL 2026", "copd"),
        ("KOL 2025K1", "copd"),
        ("Aktive forloebsplaner", "care_plan"),
        ("gr. 1", "listed"),
    ],
)
def test_certain_headings_map_themselves(match, heading, field_id):
    assert match(heading) == (field_id, Certainty.EXACT)


@pytest.mark.parametrize(
    ("heading", "field_id"),
    [
        ("Spirometrri", "spirometry"),
        ("Spirometrier 12 mdr.", "spirometry"),
        ("Forløbsplann", "care_plan"),
        ("Tilmelte", "listed"),
        ("listestorrelse", "listed"),
    ],
)
def test_likely_headings_need_a_click(match, heading, field_id):
    assert match(heading) == (field_id, Certainty.GUESS)


@pytest.mark.parametrize(
    "heading",
    [
        "Antal",
        "Kommentar",
        "CPR-nr",
        "Kontakter pr. 1000",
        "KOL uden spirometri",
        "ikke spirometri",
        "Patienter uden KOL",
        "Spirometri seneste 24 mdr",
        "n",
        "",
        "%",
        "Ydernummer",
        "Periode",
        "x" * 500,
        130,
        None,
    ],
)
def test_other_headings_mean_nothing(match, heading):
    assert match(heading) is None


@pytest.mark.parametrize(
    ("heading", "per"),
    [
        ("Spirometri pr. 1.000", 1000),
        ("Spirometri pr 1000 tilmeldte", 1000),
        ("Spirometri ‰", 1000),
        ("Spirometri (%)", 100),
        ("Andel med spirometri", 100),
        ("% med spirometri", 100),
        ("Spirometri i procent", 100),
        ("Spirometri pr. læge", 0),
    ],
)
def test_other_units_are_not_the_count(kol, heading, per):
    found = Matcher(kol).match(heading)
    assert (found.field_id, found.certainty, found.per) == ("spirometry", Certainty.UNIT, per)


@pytest.mark.parametrize("heading", ["HbA1c under 58", "HbA1c over 48"])
def test_the_opposite_and_other_numbers_are_not_a_misspelling(heading):
    assert Matcher(load("diabetes")).match(heading) is None


def test_two_equally_likely_fields_force_a_choice(kol):
    names = {"copd": ("rygestopa",), "care_plan": ("rygestopb",)}
    fields = tuple(item.model_copy(update={"aliases": names.get(item.id, ())}) for item in kol.fields)
    found = Matcher(kol.model_copy(update={"fields": fields})).match("rygestop")
    assert (found.certainty, {found.field_id, found.other}) == (Certainty.UNCLEAR, {"copd", "care_plan"})


def test_what_a_practice_confirmed_is_remembered(kol):
    learned = {normal("Astma og KOL"): "copd", normal("Spirometrri"): "", normal("gammelt"): "findes_ikke"}
    matcher = Matcher(kol, learned)
    told = [matcher.match(heading) for heading in ("Astma og KOL", "Spirometrri", "gammelt")]
    assert [(each.field_id, each.certainty) if each else None for each in told] == [
        ("copd", Certainty.LEARNED),
        None,
        None,
    ]


def test_a_soft_hyphen_between_figures_is_a_hyphen():
    assert normal("65\u00ad69") == normal("65-69") == "65 69"
    assert normal("forløbs\u00adplan") == normal("forløbsplan")


@pytest.mark.parametrize("package", available(), ids=lambda package: package.id)
def test_every_name_of_a_field_is_certain(package):
    matcher = Matcher(package)
    for field in package.fields:
        for name in (field.label.da, field.short.en, *field.aliases):
            assert (matcher.match(name).field_id, matcher.match(name).certainty) == (field.id, Certainty.EXACT)


@given(st.text(max_size=40))
def test_match_never_fails(kol, text):
    found = Matcher(kol).match(text)
    assert found is None or found.field_id in {field.id for field in kol.fields}
