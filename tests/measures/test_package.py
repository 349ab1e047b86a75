"""Packages: what is shipped is whole, and what is wrong is told all at once."""

import re
from pathlib import Path

import pytest

from measures import package
from measures.package import PackageError, available, load, parse
from measures.systems import OTHER, SYSTEMS, find_system

KOL = Path(package.__file__).parent / "packages" / "kol.toml"


def test_shipped_packages_all_load():
    assert [each.id for each in available()] == ["kol"]


def test_kol_asks_for_four_counts(kol):
    assert [item.id for item in kol.fields] == ["listed", "copd", "spirometry", "care_plan"]


def test_kol_measures_are_defined_on_people_counted_once(kol):
    told = [(m.id, m.numerator, m.denominator, m.kind, m.per, m.direction) for m in kol.measures]
    assert told == [
        ("prevalence", "copd", "listed", "proportion", 1000, None),
        ("spirometry", "spirometry", "copd", "proportion", 100, "higher"),
        ("care_plan", "care_plan", "copd", "proportion", 100, "higher"),
    ]


def test_kol_has_a_guide_for_every_system_and_for_the_care_plan_module(kol):
    assert set(kol.guides) == {system.id for system in SYSTEMS} | {"modul"}


def test_guides_say_the_same_number_of_steps_in_both_languages(kol):
    assert [len(g.steps["da"]) for g in kol.guides.values()] == [len(g.steps["en"]) for g in kol.guides.values()]


def test_agenda_of_kol_fits_two_hours(kol):
    assert sum(step.minutes for step in kol.agenda) == 115


def test_guide_falls_back_to_the_general_one(kol):
    assert kol.guide("ukendt system") == kol.guides[OTHER]


def test_unknown_package_is_a_key_error():
    with pytest.raises(KeyError):
        load("findes_ikke")


def test_a_path_is_never_a_package_id():
    with pytest.raises(KeyError):
        load("../packages/kol")


def test_parse_tells_every_problem_at_once():
    source = (
        KOL.read_text(encoding="utf-8")
        .replace('owner = "', 'ovner = "')
        .replace('sensitivity = "low"', "sensitivity = 3")
    )
    with pytest.raises(PackageError) as caught:
        parse(source, "kol")
    assert sorted(re.sub(r":.*", "", problem) for problem in caught.value.problems) == ["ovner", "owner", "sensitivity"]


def test_parse_refuses_a_measure_on_an_unknown_field():
    source = KOL.read_text(encoding="utf-8").replace('numerator = "spirometry"', 'numerator = "spirometrier"')
    with pytest.raises(PackageError, match="measure spirometry: unknown field spirometrier"):
        parse(source)


def test_parse_tells_the_line_of_broken_toml():
    with pytest.raises(PackageError, match="line 2"):
        parse('id = "x"\n= 3')


def test_parse_refuses_a_review_before_it_was_reviewed():
    source = KOL.read_text(encoding="utf-8").replace("next_review = 2027-11-01", "next_review = 2026-01-01")
    with pytest.raises(PackageError, match="next_review must be after reviewed"):
        parse(source)


@pytest.mark.parametrize(
    ("written", "system"),
    [
        ("XMO", "xmo"),
        ("cgm  Æskulap", "aeskulap"),
        ("Ganglion", "myclinic"),
        ("A-Data", "adata"),
        ("noget nyt", "andet"),
    ],
)
def test_find_system_knows_what_people_write(written, system):
    assert find_system(written).id == system
