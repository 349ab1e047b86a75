"""A newcomer's drafts: the page is enough to write a package, and mistakes are told so that they can be corrected."""

import re
import tomllib
from pathlib import Path

import pytest

from measures.packages import material, parts
from measures.packages.confirm import line_words, looked_at
from measures.packages.faults import describe_fault
from measures.packages.package import MeasuringPackage, PackageError, parse, read, restored

PAGE = (Path(__file__).parents[3] / "docs" / "measures.md").read_text(encoding="utf-8")
GOOD = re.search(r"~~~toml\n(.*?)~~~", PAGE, re.DOTALL)[1]


def told(source: str | bytes, t) -> list[str]:
    with pytest.raises(PackageError) as caught:
        read(source if isinstance(source, bytes) else source.encode())
    return [describe_fault(fault, t) for fault in caught.value.faults]


def changed(*pairs: tuple[str, str]) -> str:
    source = GOOD
    for written, instead in pairs:
        assert written in source
        source = source.replace(written, instead, 1)
    return source


def line(source: str, start: str) -> int:
    return next(number for number, each in enumerate(source.split("\n"), 1) if each.startswith(start))


def test_the_package_on_the_page_is_in_order():
    package = parse(GOOD)
    assert (package.practice_headings, package.is_checked) == (("Provider ID",), False)


@pytest.mark.parametrize(
    "key",
    [
        *(key for key in tomllib.loads(GOOD) if key not in ("checked_by", "practice_headings", "find")),
    ],
)
def test_what_the_page_calls_required_is(key, en):
    raw = GOOD.split("\n")
    starts = tuple(start for start in (f"{key} =", f"[[{key}]]") if any(each.startswith(start) for each in raw))
    without = [each for each in raw if not each.startswith(starts)] if f"{key} =" in starts else None
    if without is not None:
        assert f"Line 1: “{key}” is missing in the top part of the file." in "\n".join(told("\n".join(without), en))


def test_what_the_page_calls_free_can_be_left_out():
    free = "\n".join(each for each in GOOD.split("\n") if "# free" not in each or each.startswith("[["))
    assert parse(free).checked_by == ""


QUESTIONS = 'questions = [{ da = "Hvem måler?", en = "Who measures?" }]'
ASK = 'questions = [{ da = "…", en = "…" }]'


@pytest.mark.parametrize(
    ("draft", "said"),
    [
        (changed(('title = { da = "Blodtryk ved', 'titel = { da = "Blodtryk ved')), "Did you mean “title”?"),
        (changed(('version = "1"', 'version: "1"')), "write = between the key and its value"),
        (changed(('owner = "Klynge Nord"', "owner = Klynge Nord")), "text must be in quotation marks"),
        (changed(('owner = "Klynge Nord"', 'owner = "Klynge "Nord""')), "quotation marks inside text"),
        (GOOD.replace('"', "”"), "write straight quotation marks"),
        (changed(("reviewed = 2026-11-01", "reviewed = 1.11.2026")), "write days as year-month-day"),
        (changed(("verified = false", "verified = nej")), "write true or false"),
        (changed(("value = 0.7", "value = 0,7")), "write decimals with a point"),
        (changed(("value = 0.7", "value = 70")), "70 would be drawn as 7000 %."),
        (changed(("value = 0.7", 'value = "0.7"')), "“value” must be a number without quotes."),
        (changed(('numerator = "on_target"', 'tæller = "on_target"')), "without æ, ø, å"),
        (changed(('numerator = "on_target"', 'numerator = "under_130"')), "The fields are: diabetes, on_target."),
        (changed((QUESTIONS, "questions = []")), "“questions” is empty"),
        (
            changed((QUESTIONS, 'questions = ["Hvem måler?"]')),
            f"in Danish and in English. For example: {ASK}",
        ),
        (changed(('title = { da = "Tallene", en', 'title = "Tallene" #')), 'title = { da = "…", en = "…" }'),
        (changed((', en = "Who measures?" }', ", }")), "there can be no comma before the closing bracket"),
        (changed(('{ da = "Mange', '{\n da = "Mange')), "must be on one line"),
        (GOOD.replace("[[fields]]", "[fields]"), "each has double brackets: [[fields]]"),
        (GOOD.replace("[[measures]]", "[measures]"), "a heading for each: [[measures]]"),
        (changed(("[find.journal]", "[find]")), "Write [find.journal]"),
        (changed(("[find.journal]", "[find.journal")), "as many brackets after it"),
        (changed(('label = { da = "Patienter', 'title = { da = "Patienter')), "Known there: id, label, short"),
        ("Hej med jer\n", "every line is key = value, or a heading in brackets"),
        (changed(('id = "diabetes"', 'id = "Diabetes T90"')), "such as kol_2026"),
        (changed(("minutes = 60", "minutes = 0")), "“minutes” must be greater than 0."),
        (GOOD.encode("utf-16"), "choose Save as, and UTF-8"),
    ],
)
def test_each_mistake_is_told_with_what_would_be_right(draft, said, en):
    assert said in "\n".join(told(draft, en))


def test_a_mistake_is_told_once_and_nothing_that_only_follows_from_it(en):
    source = changed(('direction = "higher"', 'direction = "up"'))
    assert told(source, en) == [f"Line {line(source, 'direction')}: “direction” must be one of these: higher, lower."]
    source = changed(('denominator = "diabetes"\n', ""))
    assert told(source, en) == [
        f"Line {line(source, '[[measures]]')}: a measure of the kind “proportion” needs “denominator”."
    ]


def test_a_line_below_the_wrong_heading_is_sent_home(en):
    source = changed(('sensitivity = "low"\n', ""), ("[[agenda]]\n", '[[agenda]]\nsensitivity = "low"\n'))
    assert told(source, en) == [
        f"Line {line(source, 'sensitivity')}: “sensitivity” is under [[agenda]] but belongs at the top, above the "
        "first heading in brackets. Every line belongs to the heading above it."
    ]


@pytest.mark.parametrize("alias", ["Ydernummer", "yder nr.", "Praksis", "Provider ID"])
def test_no_field_is_named_as_what_says_whose_the_numbers_are(alias, en):
    source = changed(('["blodtryk under 130"]', f'["{alias}"]'))
    assert "says whose the numbers are" in "\n".join(told(source, en))


@pytest.mark.parametrize("alias", ["Periode", "År", "Kvartal", "Dato"])
def test_no_field_is_named_as_what_says_when_they_are_from(alias, en):
    source = changed(('["blodtryk under 130"]', f'["{alias}"]'))
    assert "says when the numbers are from" in "\n".join(told(source, en))


@pytest.mark.parametrize(("value", "fits"), [("1", True), ("0", True), ("1.01", False), ("350", False), ("1e3", False)])
def test_a_reference_of_a_proportion_is_a_share(value, fits, en):
    source = changed(("value = 0.7 ", f"value = {value} "))
    if fits:
        assert parse(source).measures[0].references[0].value == float(value)
    else:
        assert "a reference line is written as a share" in "\n".join(told(source, en))


def test_what_was_found_in_order_before_a_rule_came_can_still_be_read():
    source = changed(("value = 0.7 ", "value = 70 "), ('["blodtryk under 130"]', '["Praksis"]'))
    assert restored(source).measures[0].references[0].value == 70
    assert restored(GOOD) == parse(GOOD)


@pytest.mark.parametrize(
    ("who", "said"),
    [
        ("", "ikke fagligt gennemset endnu"),
        ("Ingen", "ikke fagligt gennemset endnu"),
        ("Ikke fagligt gennemset endnu", "ikke fagligt gennemset endnu"),
        ("–", "ikke fagligt gennemset endnu"),
        ("nobody", "ikke fagligt gennemset endnu"),
        ("Ingeniør Holm", "gennemgået af Ingeniør Holm, 1. november 2026"),
        ("Overlægen i Nord", "gennemgået af Overlægen i Nord, 1. november 2026"),
    ],
)
def test_a_package_is_called_reviewed_only_when_somebody_has_looked(who, said, da):
    source = changed(('checked_by = ""', f'checked_by = "{who}"'))
    assert looked_at(parse(source), da) == said


def test_a_line_that_nobody_has_confirmed_says_so(da):
    [line_] = parse(GOOD).measures[0].references
    assert (line_words(line_, da), line_words(line_.model_copy(update={"verified": True}), da)) == (
        "Mål (ikke bekræftet)",
        "Mål",
    )


def row_of(table: str) -> list[list[str]]:
    row = [each for each in PAGE.split("\n") if each.startswith(f"| {table} |")][-1]
    return [re.findall(r"`(\w+)`", cell) for cell in row.split("|")[2:4]]


@pytest.mark.parametrize(
    ("table", "model"),
    [
        ("the head", MeasuringPackage),
        ("`[[fields]]`", parts.DataField),
        ("`[[measures]]`", parts.Measure),
        ("`[[measures.points]]`", parts.TrendPoint),
        ("`[[measures.strata]]`", parts.Stratum),
        ("`[[measures.items]]`", parts.Item),
        ("`[[measures.references]]`", parts.Reference),
        ("`[measures.usual]`", parts.Usual),
        ("`[find.<way>]`", parts.Steps),
        ("`[guides.<system>]`", parts.Guide),
        ("`[[agenda]]`", parts.AgendaSlot),
        ("`[[codes]]`", parts.Code),
        ("`[[guideline]]`", parts.Guideline),
        ("`[[cases]]`", material.Case),
        ("`[[literature]]`", material.Publication),
    ],
)
def test_the_page_names_every_key_and_whether_it_is_required(table, model):
    required = [key for key, field in model.model_fields.items() if field.is_required()]
    assert row_of(table) == [required, [key for key in model.model_fields if key not in required]]


def test_the_shapes_on_the_page_are_those_of_the_schema():
    written = tomllib.loads(re.findall(r"~~~toml\n(.*?)~~~", PAGE, re.DOTALL)[2])
    kinds = {"points": parts.TrendPoint, "strata": parts.Stratum, "items": parts.Item, "scale": parts.BothLanguages}
    assert written.keys() == kinds.keys()
    assert all(kinds[key].model_validate(each) for key, entries in written.items() for each in entries)
