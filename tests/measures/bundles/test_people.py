"""Which people a row's words name, and whether they are those that the fields ask for."""

import pytest

from measures.bundles.bundle import read_many
from measures.checking.validation import PracticeFacts
from measures.packages.package import parse
from measures.reading.intake import read_table
from measures.tables.people import people_in
from tests.measures.bundles.test_columns import CODES

PRACTICES = [
    PracticeFacts(number, None, name=f"Lægerne {name}")
    for number, name in (("057584", "Nord og Syd"), ("061654", "Øst og Vest"), ("069701", "ved Åen og Søen"))
]
NUMBERS = [40, 30, 20]


def asked_for(staff, tests="Lungeprøver"):
    """A package whose numbers are held against nothing but each other, with these words for its two fields."""
    return parse(CODES.replace('"Ansatte"', f'"{staff}"').replace('"Lungeprøver"', f'"{tests}"'))


def split(head, words, package, practices=PRACTICES):
    lines = [f"{facts.ydernummer};{word};{n};{n}" for facts, word, n in zip(practices, words, NUMBERS, strict=True)]
    text = "\n".join([f"Ydernummer;{head};{package.fields[0].label.da};{package.fields[1].label.da}", *lines])
    return read_many(read_table(f"{text}\n".encode(), "r.csv"), package, practices)


def asked(bundle):
    return {(each.code, each.found) for verdict in bundle.verdicts.values() for each in verdict.questions}


@pytest.mark.parametrize(
    ("words", "people"),
    [
        ("Mænd", {"sex": {"m"}}),
        ("Kvinder 65+", {"sex": {"f"}, "age": {"65+"}}),
        ("65-årige", {"age": {"65"}}),
        ("50-69 år", {"age": {"50", "69"}}),
        ("Kvinder 50-69 år 2025", {"sex": {"f"}, "age": {"50", "69"}}),
        ("Kvinder 65+ pr. 1. januar 2026", {"sex": {"f"}, "age": {"65+"}}),
        ("Over 1.000 kvinder", {"sex": {"f"}}),
        ("Both sexes", {"sex": set()}),
        ("Mænd og kvinder", {"sex": set()}),
        ("All ages", {"age": set()}),
        ("KOL 2025", {}),
        ("Ansatte", {}),
    ],
)
def test_people_are_read_from_words(words, people):
    assert people_in(words) == people


@pytest.mark.parametrize(("head", "word"), [("Køn", "Mænd"), ("Sex", "Females"), ("Alder", "65+ år"), ("", "Men")])
def test_what_every_row_says_tells_none_apart(head, word):
    bundle = split(head, [word] * 3, asked_for("Ansatte"))
    assert asked(bundle) == set()
    assert [verdict.values["all"] for verdict in bundle.verdicts.values()] == NUMBERS


@pytest.mark.parametrize(
    ("head", "word", "staff"),
    [
        ("Køn", "Mænd", "Kvinder"),
        ("Alder", "65+ år", "Antal 75+"),
        ("Alder", "65 år", "Antal 65+"),
        ("Alder", "Under 65 år", "Ansatte over 65 år"),
        ("Faktor", "tusind", "Ansatte"),
        ("SCALAR_FACTOR", "thousands", "Ansatte"),
        ("Alder", "65+ år", "Ansatte i alle aldre"),
        ("Køn", "Mænd", "Ansatte, begge køn"),
        ("Læge", "NN", "Ansatte"),
        ("Filial", "Bakken", "Ansatte"),
        ("Status", "foreløbig", "Ansatte"),
        ("Type", "Budget", "Ansatte"),
    ],
)
def test_what_every_row_says_is_asked_about_once_where_a_field_says_otherwise(head, word, staff):
    assert len(asked(split(head, [word] * 3, asked_for(staff)))) == 1


@pytest.mark.parametrize("words", [("Mænd", "Kvinder", "Mænd"), ("65+ år", "", "65+ år")])
def test_words_that_differ_are_asked_about(words):
    assert asked(split("Gruppe", words, asked_for("Ansatte"))) >= {("part_row", words[0])}


def test_numbers_held_against_a_list_size_on_file_are_asked_about(kol):
    text = (
        "Ydernummer;Køn;KOL;Spirometri;Forløbsplan\n057584;Mænd;130;96;70\n061654;Mænd;80;60;50\n069701;Mænd;50;40;9\n"
    )
    assert ("part_row", "Mænd") in asked(read_many(read_table(text.encode(), "r.csv"), kol, PRACTICES))


@pytest.mark.parametrize(
    ("staff", "tests", "word"), [("Ansatte 65+", "Prøver 65+", "65+ år"), ("Kvinder", "Piger", "Kvinder")]
)
def test_the_people_that_every_field_asks_for_are_meant(staff, tests, word):
    assert asked(split("Hvem", [word, word, word], asked_for(staff, tests))) == set()


def test_people_that_only_one_of_the_fields_asks_for_are_asked_about():
    package = asked_for("Kvinder", "Lungeprøver, begge køn")
    assert asked(split("Hvem", ["Kvinder"] * 3, package)) == {("part_row", "Kvinder")}


@pytest.mark.parametrize(
    ("head", "word"), [("Sex", "Persons"), ("Age", "All ages"), ("Age", "Years, total"), ("Køn", "Begge køn")]
)
def test_everybody_is_no_part_of_the_people(kol, head, word):
    rows = "".join(f"{facts.ydernummer};{word};130;96;70\n" for facts in PRACTICES)
    text = f"Ydernummer;{head};KOL;Spirometri;Forløbsplan\n{rows}"
    assert {code for code, _ in asked(read_many(read_table(text.encode(), "r.csv"), kol, PRACTICES))} == {
        "missing_field"
    }


def test_a_place_in_a_list_is_no_age():
    assert asked(split("Plads", ["1.1.2.2395", "1.2.2.2395", "1.3.2.2395"], asked_for("Ansatte"))) == set()
