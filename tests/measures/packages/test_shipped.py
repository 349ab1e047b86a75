"""The shipped packages: each is whole, in both languages, honest about what nobody checked, and works to its chart."""

import random
import re
from io import BytesIO

import openpyxl
import pytest

from measures.charts.chart import About
from measures.charts.chart_of import chart_of
from measures.checking.validation import PracticeFacts, check, check_values
from measures.disclosure.privacy import DisclosureRules
from measures.packages import measure_kinds
from measures.packages.package import Package, available, drawable, load, shipped, whole
from measures.packages.values import value_of
from measures.reading.intake import read_table
from measures.sheets.template import build_template
from measures.tables.heading_matcher import Certainty, Matcher
from tests.gallery.numbers import kept

PACKAGES = [package for package in map(whole, shipped()) if package.asks]
"""Those without numbers have a test of their own: `test_material`."""
each_package = pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package.id)
each_usable = pytest.mark.parametrize("package", available(), ids=lambda package: package.id)

UNVERIFIED = re.findall(
    r"\S+",
    """J01CA08 J01EB02 J01EA01 J01XE01 S01AA01 S01AA13 7120 M01A M01AE01 M01AE02 M01AB05 N02A N02AX02 N02AA01 N02AA05
    A02BC T90 L95 M05B K77 K78""",
)
"""Codes that the sources don't state: no package may claim them as certain."""

TOPICS = re.findall(
    r"\S+",
    """KOL spirometri antibiotika UVI øjne CRP NSAID opioider PPI diabetes polyfarmaci benzodiazepiner antipsykotika
    nefropati osteoporose attester henvisninger børneundersøgelser hjemmebesøg FMK hjertesvigt AK-behandling vaccination
    trivsel klyngen tramadol gabapentin dyspepsi sovemedicin psykofarmaka""",
)


def invented(package: Package, seed: int) -> dict[str, int | None]:
    """Numbers that could be true: no part larger than its whole, whatever the measures put together."""
    chance = random.Random(f"{package.id}{seed}")
    values: dict[str, int | None] = {field.id: None for field in package.fields}
    wholes = [m.denominator for m in package.measures if m.denominator]
    for field in package.fields:
        if field.kind == "percent":
            values[field.id] = chance.randint(5, 95)
        elif field.id.startswith(("listed", "women", "children", "due", "consultations")):
            values[field.id] = chance.randint(1500, 8000)
    for _ in range(4):
        for measure in package.measures:
            if measure.kind == "proportion" and values[measure.denominator] is not None:
                most = values[measure.denominator] or 0
                now = values[measure.numerator]
                if now is None or now > most:
                    share = chance.uniform(0.01, 0.04) if measure.per == 1000 else chance.uniform(0.3, 0.9)
                    values[measure.numerator] = int(most * share)
        for name in wholes:
            if values[name] is None and not any(
                m.numerator == name and m.kind == "proportion" for m in package.measures
            ):
                values[name] = chance.randint(300, 900)
    for measure in package.measures:
        if measure.kind in {"composition", "histogram"} and measure.denominator:
            left = values[measure.denominator] or 0
            for name in measure.parts:
                values[name] = min(values[name] or left // 5, left)
                left -= values[name] or 0
    return {name: chance.randint(20, 200) if value is None else value for name, value in values.items()}


def test_there_are_packages_for_every_topic_of_the_catalogue():
    said = {topic for package in map(whole, shipped()) for topic in package.topics}
    assert (len(PACKAGES) >= 20, [topic for topic in TOPICS if topic not in said]) == (True, [])


def test_every_kind_of_measure_is_used_by_a_package():
    used = {measure.kind for package in PACKAGES for measure in package.measures}
    assert set(measure_kinds.MEASURE_KINDS) - used == set()


def test_balancing_and_companion_measures_are_used():
    assert {measure.role for package in PACKAGES for measure in package.measures} == {"main", "companion", "balancing"}


def test_what_can_be_drawn_is_offered_and_nothing_else():
    assert [package.id for package in available()] == [package.id for package in PACKAGES if drawable(package)]


def test_offered_packages_ask_only_for_what_is_drawn():
    for package in available():
        assert all(measure_kinds.is_drawn(measure.kind) for measure in package.measures)
        assert {f.id for f in package.fields} == {name for m in package.measures for name in m.fields}


@each_package
def test_package_says_everything_in_two_languages(package):
    def words(value):
        if isinstance(value, dict):
            if set(value) == {"da", "en"}:
                yield value["da"], value["en"]
            else:
                for inner in value.values():
                    yield from words(inner)
        elif isinstance(value, list | tuple):
            for inner in value:
                yield from words(inner)

    long = [(da, en) for da, en in words(package.model_dump()) if isinstance(da, str) and len(da) > 25]
    assert [da for da, en in long if da == en] == []
    assert len(long) > 15


@each_package
def test_package_leaves_no_code_of_the_sources_doubt_unmarked(package):
    assert [code.code for code in package.codes if code.verified and code.code in UNVERIFIED] == []


@each_package
def test_codes_in_texts_are_listed_as_codes(package):
    listed = {code.code for code in package.codes}
    text = str([field.model_dump() for field in package.fields]) + str([m.definition for m in package.measures])
    found = set(re.findall(r"\b[A-Z]\d\d[A-Z]{2}\d\d\b", text))
    assert {code for code in found if not any(code.startswith(known) for known in listed)} <= {
        "N03AX12",
        "N03AX16",
        "M01AX05",
    }


@each_package
def test_package_names_companions_that_exist(package):
    assert [name for name in package.companions if name not in shipped()] == []


@each_package
def test_package_has_an_agenda_of_two_hours_and_three_questions(package):
    assert 90 <= sum(step.minutes for step in package.agenda) <= 120
    assert len(package.questions) >= 3
    assert len(package.cautions) >= 2


@each_package
def test_package_is_reviewed_by_a_role_and_again_within_two_years(package):
    assert 0 < (package.next_review - package.reviewed).days <= 731
    assert "" not in (package.authored_by, package.checked_by)


@each_package
def test_package_says_what_is_usual_for_every_measure_with_source_and_year(package):
    for measure in package.measures:
        if measure.kind in {"scatter", "estimate"}:
            assert measure.usual is None
            continue
        assert measure.usual is not None, measure.id
        assert measure.usual.source
        assert measure.usual.year >= 2020
        assert all(measure.usual.low < line.value < measure.usual.high for line in measure.references)


@each_package
def test_package_claims_no_range_that_is_only_an_estimate(package):
    for measure in package.measures:
        if measure.usual and re.search("skøn|spændet er", measure.usual.source):
            assert not measure.usual.verified


@each_package
def test_package_recognises_its_own_names(package):
    matcher = Matcher(package)
    for field in package.fields:
        for name in (field.label.da, field.label.en, field.short.da, field.short.en, *field.aliases):
            found = matcher.match(name)
            assert found is not None
            assert (found.field_id, found.certainty) == (field.id, Certainty.EXACT)


@each_package
def test_package_gives_a_value_for_every_measure(package):
    among = {measure.id: measure for measure in package.measures}
    values = invented(package, 1)
    assert [measure.id for measure in package.measures if value_of(measure, values, among) is None] == []


@each_usable
def test_package_goes_from_template_to_accepted_numbers(package, da):
    values = invented(package, 2)
    book = openpyxl.load_workbook(BytesIO(build_template(package, "Lægerne i Byen", "057584", "2026", da, "xmo")))
    for row, item in enumerate(package.fields, start=9):
        book.worksheets[0].cell(row, 2, values[item.id])
    buffer = BytesIO()
    book.save(buffer)
    verdict = check(read_table(buffer.getvalue(), "skabelon.xlsx"), package, PracticeFacts("057584", None, "xmo"))
    assert (verdict.problems, verdict.values) == ((), values)


@each_usable
def test_package_goes_from_numbers_to_chart(package, da):
    replies = {number: invented(package, number) for number in range(9)}
    assert check_values(replies[0], package, PracticeFacts("057584")).problems == ()
    for measure in package.measures:
        about = About("Lægerne i Byen", "2026", "1. maj 2026")
        chart = chart_of(
            measure, package, 0, replies, DisclosureRules(), about, da, own=replies[0], kept=kept(package, replies)
        )
        assert chart is not None
        start = measure.sentence.da.partition("{value}")[0]
        assert chart.headline.startswith(measure.title.da if measure.kind == "proportion" else start)
        assert len(chart.alt_text) > len(chart.headline)


def test_load_gives_the_whole_package_when_all_of_it_is_drawn(kol):
    assert load("kol") is whole("kol") is kol


@each_package
def test_package_offers_several_kinds_of_change_or_leaves_it_to_those_that_fit_all(package):
    assert (
        package.changes == ()
        if package.id in {"stop_op", "trivsel"}
        else len({each.kind for each in package.changes}) > 1
    )
