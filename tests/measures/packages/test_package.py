"""Packages: what is read is whole, and what is wrong is told all at once, each mistake with its line."""

import re
from pathlib import Path

import pytest

from measures.packages import package
from measures.packages.faults import SENTENCES, describe_fault
from measures.packages.package import PackageError, load, parse, read
from measures.packages.systems import OTHER, SYSTEMS, find_system
from measures.packages.written import written

KOL = (Path(package.__file__).parent / "shipped" / "kol.toml").read_text(encoding="utf-8")


def faults(source: str) -> list[tuple[str, int]]:
    with pytest.raises(PackageError) as caught:
        parse(source, "prøve")
    return [(fault.code, fault.line) for fault in caught.value.faults]


def line(source: str, start: str) -> int:
    return next(number for number, each in enumerate(source.split("\n"), 1) if each.startswith(start))


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


def test_guide_names_the_system_it_is_for(kol):
    assert kol.guide("novax").steps["da"][0] == (
        "Åbn søgning eller statistik i Novax. Menuen kan hedde noget lidt andet i jeres version."
    )


def test_guide_falls_back_to_the_general_one(kol):
    assert kol.guide("ukendt system") == kol.guides[OTHER]


def test_other_ways_are_those_outside_the_own_system(kol):
    assert kol.other_ways("xmo") == (kol.guides["modul"],)


def test_agenda_of_kol_fits_two_hours(kol):
    assert sum(step.minutes for step in kol.agenda) == 115


def test_unverified_code_is_to_be_confirmed(kol):
    assert [each.code for each in kol.to_confirm()] == ["7121"]


def test_unknown_package_is_a_key_error():
    with pytest.raises(KeyError):
        load("findes_ikke")


def test_a_path_is_never_a_package_id():
    with pytest.raises(KeyError):
        load("../packages/kol")


def test_parse_tells_every_mistake_at_once_with_its_line():
    source = (
        KOL.replace('owner = "', 'ovner = "')
        .replace('sensitivity = "low"', "sensitivity = 3")
        .replace("next_review = 2027-11-01", "next_review = 2026-01-01")
        .replace('numerator = "spirometry"', 'numerator = "spirometrier"')
        .replace('direction = "higher"', 'direction = "op"', 1)
    )
    assert faults(source) == [
        ("misspelt_key", line(source, "ovner")),
        ("review_order", line(source, "next_review")),
        ("not_among", line(source, "sensitivity")),
        ("unknown_field", line(source, 'numerator = "spirometrier"')),
        ("not_among", line(source, 'direction = "op"')),
    ]


@pytest.mark.parametrize(
    ("before", "instead", "code", "at"),
    [
        ('id = "kol"', 'id = "Kol!"', "bad_id", 'id = "Kol!"'),
        ('version = "1.0.0"', "version = 1.0", "not_words", "version"),
        ("lead_time_days = 14", 'lead_time_days = "to uger"', "not_whole_number", "lead_time_days"),
        ("lead_time_days = 14", "lead_time_days = -1", "too_small", "lead_time_days"),
        ("staff_suitable = true", 'staff_suitable = "måske"', "not_yes_no", "staff_suitable"),
        ("reviewed = 2026-11-01", 'reviewed = "i går"', "not_date", 'reviewed = "i går"'),
        ('sources = ["lægesystem", "forløbsplan"]', 'sources = "lægesystem"', "not_list", "sources"),
        ('topics = ["lunger",', 'emner = ["lunger",', "unknown_key", "emner"),
        ('en = "Care plan"', 'en = ""', "blank", 'en = ""'),
        ('numerator = "copd"\n', "", "kind_needs", "[[measures]]"),
        ('kind = "proportion"\nper = 1000', 'kind = "mean"\nper = 1000', "kind_needs", "[[measures]]"),
        ("per = 1000", 'per = 1000\nparts = ["copd"]', "kind_takes_not", "parts"),
        ('kind = "proportion"\nper = 100\n', 'kind = "rate"\nper = 100\n', "kind_per", "per = 100"),
        ("per = 1000", 'per = 1000\nrole = "balancing"', "role_beside", "role"),
        ("per = 1000", 'per = 1000\nbeside = "planer"', "unknown_measure", "beside"),
        ("low = 0.006", "low = 0.6", "usual_order", "high = 0.11"),
        ("high = 0.11", "high = 110", "not_share", "high = 110"),
        ("low = 0.006", 'low = "6 promille"', "not_number", "low"),
        ("low = 0.006\n", "", "missing", "[measures.usual]"),
        ("[measures.title]", "[measures.axis]\nlow = 0\nhigh = 100\n[measures.title]", "not_share", "high = 100"),
        ("[measures.title]", "[measures.axis]\nlow = 0.2\nhigh = 0.1\n[measures.title]", "usual_order", "high = 0.1"),
        ('da = "{part} af {whole} er målt"', 'da = "{part} er målt"', "no_value_mark", "[measures.counted]"),
        (
            'kind = "proportion"\nper = 1000',
            'kind = "scatter"\nacross = "spirometry"\nup = "care_plan"',
            "kind_takes_not",
            "[measures.usual]",
        ),
        (
            'da = "I kender {value} patienter',
            'da = "I kender {antal} patienter',
            "no_value_mark",
            "[measures.sentence]",
        ),
        ('da = "I kender {value} patienter', 'da = "I kender {value patienter', "no_value_mark", "[measures.sentence]"),
        ('id = "care_plan"\naliases', 'id = "copd"\naliases', "same_id", 'id = "copd"'),
        ('"spirometri", "spiro"', '"kol", "spiro"', "same_name", 'aliases = ["kol", "spiro"'),
        ('"spirometri", "spiro"', '"CPR-nr", "spiro"', "asks_personal", 'aliases = ["CPR-nr"'),
        ("[find.modul]", "[find.modulet]", "unknown_route", "[find.modulet]"),
        ('id = "nurse_plan"', 'id = "teach"', "same_id", 'id = "teach"'),
        ('da = "Personalet lærer', 'da = "' + "x" * 80 + "Personalet lærer", "too_long", "text"),
        ('  "Choose COPD in the overview of care plans.",\n', "", "uneven_steps", "[find.modul]"),
        ('da = "KOL: opsporing', 'da = "' + "x" * 80 + "KOL: opsporing", "title_long", "[title]"),
        ("også børn.", "også børn." + " og så videre" * 300, "request_long", "[[fields]]"),
    ],
)
def test_parse_tells_each_kind_of_mistake_where_it_stands(before, instead, code, at):
    assert KOL.count(before) >= 1
    source = KOL.replace(before, instead, 1)
    found = faults(source)
    wanted = [number for number, each in enumerate(source.split("\n"), 1) if each.startswith(at)]
    assert [number for told, number in found if told == code and number in wanted] != [], found


def test_a_range_is_kept_when_a_package_is_written_again(kol):
    assert [parse(written(kol)).measure(each.id).usual for each in kol.measures] == [
        each.usual for each in kol.measures
    ]


def test_parse_refuses_a_package_without_a_way_to_its_numbers():
    start, end = KOL.index("[find.journal]"), KOL.index("[[questions]]")
    assert faults(KOL[:start] + KOL[end:]) == [("no_guide", 1)]


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('id = "x"\n= 3', [("not_toml", 2)]),
        ('id = "x"\ntitle = {da = "a', [("quote_open", 2)]),
        ("[a]\n[a]\n", [("heading_twice", 2)]),
        ("x = " + "[" * 5000, [("too_deep", 1)]),
        ("# " + "x" * 200_001, [("too_large", 1)]),
    ],
)
def test_parse_tells_the_line_of_broken_toml(source, found):
    assert faults(source) == found


def test_read_tells_the_line_that_is_not_text():
    with pytest.raises(PackageError) as caught:
        read("id = 'kol'\nowner = 'Åse'".encode("cp1252"))
    assert [(fault.code, fault.line) for fault in caught.value.faults] == [("not_text", 2)]


def test_read_accepts_a_byte_order_mark(kol):
    assert read(b"\xef\xbb\xbf" + KOL.encode()) == kol


def test_keeping_leaves_out_the_fields_that_nothing_needs(kol):
    assert [item.id for item in kol.keeping(["care_plan"]).fields] == ["copd", "care_plan"]


def test_mistakes_are_told_in_danish_with_the_line(da):
    with pytest.raises(PackageError) as caught:
        parse(KOL.replace('owner = "', 'ovner = "'))
    assert [describe_fault(fault, da) for fault in caught.value.faults] == [
        "Linje 7: »ovner« er ikke en nøgle i den øverste del af filen. Mente du »owner«?",
    ]


def test_every_mistake_has_words_in_both_languages(da, en):
    words = dict.fromkeys(re.findall(r"\{(\w+)\}", " ".join(SENTENCES.values())), "x")
    assert {code for code, said in SENTENCES.items() if da(said, **words) == en(said, **words)} == set()


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
