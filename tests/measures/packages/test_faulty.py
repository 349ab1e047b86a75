"""Packages as people get them wrong: each mistake is told with its line, in both languages, and nothing ever raises."""

import re

import pytest

from measures.packages.faults import describe_fault
from measures.packages.written import read_own
from tests.measures.packages.test_drafts import GOOD, changed

OWNER = 'owner = "Klynge Nord"'
DAY = "reviewed = 2026-11-01"
TITLE = 'title = { da = "Blodtryk ved diabetes", en = "Blood pressure in diabetes" }'
ALIAS = '"blodtryk under 130"'
STEPS = 'da = ["Søg tilmeldte med T90, og notér antallet."]'
USUAL = '\n[measures.usual]\nlow = {}\nhigh = {}\nsource = "x"\nyear = 2026\nverified = false\n\n[find.journal]'


def usual(low: str, high: str) -> str:
    return changed(("\n[find.journal]", USUAL.format(low, high)))


def without(first: str, last: str) -> str:
    return GOOD[: GOOD.index(first)] + GOOD[GOOD.index(last) :]


FAULTY = [
    (b"PK\x03\x04" + bytes(40), 1, "other_file"),
    (b"%PDF-1.7\n%\xe2\xe3", 1, "other_file"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1", 1, "other_file"),
    ("<!DOCTYPE html><html></html>", 1, "other_file"),
    ('{"id": "kol"}', 1, "other_file"),
    ("Ydernummer;KOL;Spirometri\n057584;130;96\n", 1, "other_file"),
    ("Ydernummer\tKOL\n057584\t130\n", 1, "other_file"),
    ("", 1, "no_lines"),
    ("# kommer snart\n\n", 1, "no_lines"),
    (GOOD.encode("cp1252"), 13, "not_text"),
    ("id: kol\nversion: 1\n", 1, "colon_not_equals"),
    (changed(("title = { da =", "title = { da:")), 12, "colon_not_equals"),
    (changed(("Klynge Nord", "Klynge\0Nord")), 3, "unseen"),
    (changed(("owner = ", "owner\u00a0= ")), 3, "unseen"),
    (changed(("owner = ", "owner =\u2009")), 3, "unseen"),
    (changed((OWNER, "owner = »Klynge Nord«")), 3, "quotes_curly"),
    (changed((OWNER, "owner = „Klynge Nord“")), 3, "quotes_curly"),
    (changed((OWNER, 'owner = """Klynge Nord')), 3, "quotes_open"),
    (changed((OWNER, 'owner = "Klynge\nNord"')), 3, "quote_open"),
    (changed((OWNER, 'owner = "C:\\Users\\nord"')), 3, "backslash"),
    (changed((OWNER, OWNER + ";")), 3, "after_value"),
    (changed(("minutes = 60", "minutes = 60 minutter")), 55, "after_value"),
    (changed(("# free, at most two", "// at most two")), 43, "after_value"),
    (changed(('diabetes", en', 'diabetes" en')), 12, "comma_missing"),
    (changed((DAY, "reviewed = 2026-02-30")), 6, "no_such_day"),
    (changed((DAY, "reviewed = 1. november 2026")), 6, "day_written"),
    (changed((DAY, "reviewed = 01/11/2026")), 6, "day_written"),
    (changed((DAY, "reviewed = 2026-11-01T10:00:00")), 6, "not_date"),
    (changed((DAY, "reviewed = 2026")), 6, "not_date"),
    (changed(("next_review = 2027-11-01", "next_review = 2026-11-01")), 7, "review_order"),
    (changed(("lead_time_days = 14", "lead_time_days = 014")), 9, "zero_first"),
    (changed(("lead_time_days = 14", "lead_time_days = 14.5")), 9, "not_whole_number"),
    (changed(("lead_time_days = 14", 'lead_time_days = "14 dage"')), 9, "not_whole_number"),
    (changed(("lead_time_days = 14", "lead_time_days = -1")), 9, "too_small"),
    (changed(('sensitivity = "low"', 'sensitivity = "lav"')), 8, "not_among"),
    (changed(("value = 0.7 ", "value = 70 % ")), 45, "percent_written"),
    (changed(("value = 0.7 ", "value = 70.0 ")), 45, "reference_share"),
    (changed(("value = 0.7 ", "value = true ")), 45, "not_number"),
    (changed(("value = 0.7 ", "value = inf ")), 45, "not_number"),
    (changed(("value = 0.7 ", "value = -0.7 ")), 45, "too_small"),
    (changed(('kind = "proportion"', 'kind = "rate"'), ("value = 0.7 ", "value = 35 ")), 45, "reference_share"),
    (usual("0.9", "0.2"), 52, "usual_order"),
    (usual("0.1", "90"), 52, "not_share"),
    (usual("-1", "0.9"), 51, "too_small"),
    (usual("true", "0.9"), 51, "not_number"),
    (usual("0.1", "0.9").replace("low =", "min ="), 51, "misspelt_key"),
    (changed(("numerator =", "taeller =")), 35, "misspelt_key"),
    (changed(('{ da = "Blodtryk ved', '{ dk = "Blodtryk ved')), 12, "misspelt_key"),
    (changed(("title = { da", "Title = { da")), 12, "misspelt_key"),
    (changed(("[[measures]]", "[[measure]]")), 32, "misspelt_key"),
    (GOOD.replace("[[fields]]", "[[field]]"), 19, "misspelt_key"),
    (changed((TITLE, 'title = "Blodtryk"')), 12, "not_said"),
    (changed((TITLE, 'title = ["Blodtryk", "Pressure"]')), 12, "not_said"),
    (changed(('version = "1"', "version = 1")), 2, "not_words"),
    (changed(('id = "blodtryk_test"', 'id = "blodtryk-test"')), 1, "bad_id"),
    (without("[[fields]]", "[[measures]]"), 1, "missing"),
    (without("[[measures]]", "[find.journal]"), 1, "missing"),
    (without("[find.journal]", "[[agenda]]"), 1, "no_guide"),
    (changed((ALIAS, '"SOR-kode"')), 27, "names_owner"),
    (changed((ALIAS, '"CVR-nummer"')), 27, "names_owner"),
    (changed((ALIAS, '"Tidspunkt"')), 27, "names_time"),
    (changed((ALIAS, '"PATIENTER MED DIABETES"')), 27, "same_name"),
    (changed((ALIAS, '""')), 27, "blank"),
    (changed((ALIAS, '"..."')), 27, "blank"),
    (changed((f"[{ALIAS}]", ALIAS)), 27, "not_list"),
    (changed(('"Provider ID"', '"Periode"')), 11, "whose_is_when"),
    (changed(('"Provider ID"', '" "')), 11, "blank"),
    (changed(('numerator = "on_target"', 'numerator = "diabetes"')), 36, "same_twice"),
    (changed(('numerator = "on_target"', 'numerator = "Under 130"')), 35, "unknown_field"),
    (changed(('direction = "higher"', 'role = "companion"\nbeside = "target"')), 38, "itself"),
    (changed(('direction = "higher"', "per = 10000")), 37, "not_among"),
    (changed(("[find.journal]", "[find.edi]")), 50, "unknown_route"),
    (changed((STEPS, 'da = "Søg"')), 51, "not_list"),
    (changed((STEPS, "da = []")), 51, "too_few"),
    (GOOD + '\n[guides.medwin]\nverified = false\nsteps = { da = ["a"], en = ["a"] }\n', 58, "unknown_system"),
]


@pytest.mark.parametrize(("source", "line", "code"), FAULTY)
def test_the_mistake_is_told_with_its_line_in_both_languages(source, line, code, da, en):
    found = read_own(source if isinstance(source, bytes) else source.encode())
    assert (code, line) in [(fault.code, fault.line) for fault in found.faults]
    for fault in found.faults:
        danish, english = describe_fault(fault, da), describe_fault(fault, en)
        assert (danish[:6], english[:5]) == ("Linje ", "Line ")
        assert danish.removeprefix("Linje") != english.removeprefix("Line")
        assert not re.search(r"None|[{]\w*[}](?! (?:på|in))|: ?\.?$", danish)


@pytest.mark.parametrize(
    ("source", "code"), [each[::2] for each in FAULTY if each[2] not in {"unknown_field", "not_among"}]
)
def test_nothing_is_told_that_only_follows_from_it(source, code):
    found = read_own(source if isinstance(source, bytes) else source.encode())
    assert {fault.code for fault in found.faults} - {"no_equals"} == {code}


ODD = """1 | 1.5 | true | "x" | "" | [] | {} | 2026-11-01 | 2026-11-01T10:00:00Z | 10:00:00 | [[1]] | [{}] | inf | -1
{ da = 1, en = 2 } | { da = [], en = "x" } | ["x"] | "value } {" | [1, "x", {}]"""
MORE = 'per = 100\nrole = "main"\nbeside = ""\ndirection = '


@pytest.mark.parametrize("odd", [each.strip() for each in re.split(r"[|\n]", ODD)])
def test_any_value_in_any_place_is_judged_and_never_raises(odd, da):
    lines = GOOD.replace("direction = ", MORE).split("\n")
    for at, line in enumerate(lines):
        if key := re.match(r"\w+ = ", line):
            found = read_own("\n".join([*lines[:at], key[0] + odd, *lines[at + 1 :]]).encode())
            assert found.package or found.faults
            assert all(describe_fault(fault, da) for fault in found.faults)


@pytest.mark.parametrize("source", [GOOD.replace("\n", "\r\n"), "\ufeff" + GOOD, GOOD.replace("\nid =", "\n\tid =")])
def test_how_editors_save_a_file_is_no_mistake(source):
    assert read_own(source.encode()).package
