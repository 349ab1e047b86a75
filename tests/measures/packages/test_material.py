"""Packages without numbers: what each kind must have, what it has no use for, and its pages for the screen."""

import re
from pathlib import Path

import pytest

from measures.deck.deck import Occasion
from measures.deck.material import build_material
from measures.packages.package import PackageError, available, load, parse, without_numbers
from measures.packages.written import source_of, written
from tests.measures.packages.test_drafts import GOOD, changed

DOCS = Path(__file__).parents[3] / "docs" / "measures.md"
WHOLE = next(each for each in re.findall(r"~~~toml\n(.*?)~~~", DOCS.read_text(), re.DOTALL) if "svimmelhed" in each)
POPULATION = next(each for each in GOOD.splitlines(keepends=True) if each.startswith("population"))
OCCASION = Occasion("Klynge Nord", meeting="", period="", answered="", as_of="version 1")


def faults(source: str) -> list[tuple[str, int]]:
    with pytest.raises(PackageError) as caught:
        parse(source)
    return [(fault.code, fault.line) for fault in caught.value.faults]


def test_example_of_the_page_is_whole_and_asks_for_nothing():
    package = parse(WHOLE)
    assert (package.asks, package.fields, package.measures, package.lead_time_days) == (False, (), (), 0)
    assert parse(written(package)) == package


@pytest.mark.parametrize("kind", ["visit", "dialogue", "interviews"])
def test_partner_and_what_is_asked_are_needed(kind: str):
    assert faults(WHOLE.replace('"cases"', f'"{kind}"', 1)) == [("package_needs", 2)] * 2


def test_cases_need_a_case_and_take_no_fields():
    without = WHOLE[: WHOLE.index("[[cases]]")] + WHOLE[WHOLE.index("[[agenda]]") :]
    assert faults(without) == [("package_needs", 2)]
    field = '\n[[fields]]\nid = "a"\nlabel = { da = "A", en = "B" }\nshort = { da = "A", en = "B" }\n'
    assert ("package_takes", WHOLE.count("\n") + 2) in faults(WHOLE + field + 'help = { da = "A", en = "B" }\n')
    assert ("not_among", 2) in faults(WHOLE.replace('"cases"', '"story"', 1))


def test_package_with_numbers_still_needs_them():
    assert faults(changed((POPULATION, ""))) == [("missing", 1)]


def test_what_asks_for_nothing_is_never_asked_with():
    topics = without_numbers()
    assert topics
    assert {each.id for each in topics}.isdisjoint(each.id for each in available())
    with pytest.raises(KeyError):
        load(topics[0].id)


def test_pages_hold_the_cases_and_the_guideline_last_and_the_steps_are_the_chairs(da):
    package = next(each for each in without_numbers() if each.id == "dyspepsi")
    deck = build_material(package, OCCASION, da)
    case = package.cases[0]
    titles = [page.title for page in deck.pages]
    assert titles.index(case.title.da) + 1 == titles.index(f"{case.title.da}: spørgsmål")
    assert titles[-3:] == ["Det anbefales", "Læs mere", "Vi aftaler"]
    on_screen = " ".join(said for page in deck.pages for _, said in page.lines)
    for_chair = " ".join(said for page in deck.brief for _, said in page.lines)
    assert (case.steps[0].da in on_screen, case.steps[0].da in for_chair) == (False, True)


@pytest.mark.parametrize("package", without_numbers(), ids=lambda package: package.id)
def test_shipped_topic_is_whole(package):
    assert package.is_checked is False
    assert 45 <= sum(step.minutes for step in package.agenda) <= 150
    assert len(package.questions) >= 3
    assert len(package.cautions) >= 2
    assert package.look_up
    assert package.literature or package.guideline
    assert len({each.kind for each in package.changes}) > 1 or not package.changes
    assert all("://" not in each.address for each in package.literature)
    assert len(source_of(package.id)) < 9000
