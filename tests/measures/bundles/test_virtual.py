"""Tables with indicators below each other, or practices side by side: read with their places, or refused."""

import pytest

from measures.bundles.bundle import is_about_many, read_many
from measures.checking.validation import PracticeFacts
from measures.reading.intake import read_table
from tests.measures.generator.draft import PERIOD

PRACTICES = [
    PracticeFacts("057584", 6200, name="Lægerne Nord og Syd"),
    PracticeFacts("061654", 4100, name="Lægerne Øst og Vest"),
    PracticeFacts("069701", 2500, name="Byens Læger på Torvet"),
]
FIELDS = ("Tilmeldte", "KOL", "Spirometri", "Forløbsplan")
NUMBERS = {"057584": (6200, 130, 96, 70), "061654": (4100, 80, 40, 30), "069701": (2500, 60, 50, 20)}
NAMES = {facts.ydernummer: facts.name for facts in PRACTICES}


def lines(rows):
    return "".join(";".join(map(str, row)) + "\n" for row in rows)


def tall(**more):
    """A row for each practice and field, with columns of their own before the number."""
    rows = [
        (number, field, *more.values(), value)
        for number, values in NUMBERS.items()
        for field, value in zip(FIELDS, values, strict=True)
    ]
    return lines([("Ydernummer", "Indikator", *more, "Antal"), *rows])


def turned(head=tuple(NUMBERS), before="", more=()):
    fields = [(field, *(values[place] for values in NUMBERS.values())) for place, field in enumerate(FIELDS)]
    return before + lines([("Indikator", *head), *more, *fields])


@pytest.fixture
def split(kol):
    return lambda text: read_many(read_table(text.encode(), "r.csv"), kol, PRACTICES, period=PERIOD)


def numbers(bundle):
    return {number: tuple(verdict.values.values()) for number, verdict in bundle.verdicts.items() if verdict.ok}


def asked(bundle):
    return {each.code for verdict in bundle.verdicts.values() for each in verdict.questions}


GOOD = [
    *(tall(), tall(År=2026), turned(), turned(tuple(NAMES.values())), turned(before="KOL i klyngen 2026\n\n")),
    tall() + "057584;Astma;210\n061654;Astma;150\n",
    tall() + "\nKilde: regionen\n",
]


@pytest.mark.parametrize("text", GOOD)
def test_each_practice_gets_its_numbers_without_a_question(kol, split, text):
    bundle = split(text)
    assert (numbers(bundle), asked(bundle), bundle.choice) == (NUMBERS, set(), None)
    assert is_about_many(read_table(text.encode(), "r.csv"), kol)


def test_a_number_keeps_its_place_in_the_sender_s_file(split):
    sources = split(tall()).verdicts["061654"].sources
    assert [(source.where.cell, source.heading) for source in sources.values()][:2] == [
        ("C6", "Tilmeldte"),
        ("C7", "KOL"),
    ]
    sources = split(turned(before="KOL 2026\n")).verdicts["061654"].sources
    assert [source.where.cell for source in sources.values()] == ["C3", "C4", "C5", "C6"]


def test_a_question_or_refusal_keeps_its_place_in_the_sender_s_file(split):
    bundle = split("Klyngen\n" + tall(Køn="Kvinder"))
    places = [each.where.row for verdict in bundle.verdicts.values() for each in verdict.questions]
    assert places == [3, 7, 11]
    both = [(n, f, sex, 9) for n in NUMBERS for f in FIELDS for sex in ("Kvinder", "Mænd")]
    [problem] = split(lines([("Ydernummer", "Indikator", "Køn", "Antal"), *both])).verdicts["057584"].problems
    assert (problem.code, problem.params["column"], problem.where.row) == ("rows_apart", "C", 3)


def test_the_column_of_unknown_practices_is_named_as_in_the_sender_s_file(split):
    rows = [(field, f"Klinik {number}", 9) for number in "ABC" for field in FIELDS]
    [problem] = split(lines([("Indikator", "Praksis", "Antal"), *rows])).problems
    assert (problem.code, problem.params["column"]) == ("owner_unknown", "B")


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("KOL 2025\n" + tall(), ["wrong_period"]),
        (turned(before="KOL 2025\n"), ["wrong_period"]),
        (tall(År=2025), ["wrong_period"]),
    ],
)
def test_another_time_is_refused_there_too(split, text, codes):
    bundle = split(text)
    assert [verdict.problems[0].code for verdict in bundle.verdicts.values()] == codes * 3


@pytest.mark.parametrize(
    "text", ["Foreløbige tal\n" + tall(), tall() + "\nForeløbige tal\n", turned(before="Udkast\n")]
)
def test_words_around_them_are_asked_about(split, text):
    assert asked(split(text)) == {"title_doubt"}


@pytest.mark.parametrize(("more", "code"), [({"Enhed": "pct."}, "part_row"), ({"Køn": "Kvinder"}, "part_row")])
def test_words_in_the_rows_are_asked_about(split, more, code):
    assert asked(split(tall(**more))) == {code}


def test_a_part_beside_the_whole_is_not_the_whole(split):
    both = tall(Køn="Mænd") + tall(Køn="Kvinder").partition("\n")[2]
    assert split(both).choice is None or split(both).choice.code == "rows_apart"
    assert numbers(split(both.replace("Kvinder;60", "Kvinder;61"))) == {}


@pytest.mark.parametrize(
    "text",
    [
        turned(("Enhed", *NUMBERS)).replace("Spirometri;96", "Spirometri;pct.;96").replace("KOL;130", "KOL;antal;130"),
        turned().replace("Spirometri", "Mænd\nSpirometri"),
        turned(more=[("", 2025, 2026, 2026)]),
        tall().replace("061654;KOL", "Mænd\n061654;KOL"),
    ],
)
def test_what_may_change_some_of_the_numbers_is_not_read_past(split, text):
    assert numbers(split(text)) == {} or asked(split(text))


def test_numbers_written_with_marks_are_left_to_the_plain_shapes(split):
    assert numbers(split(tall().replace("6200", "6.200"))) == {}


def test_a_number_that_stands_twice_is_none(split):
    bundle = split(tall() + "057584;KOL;131\n")
    assert numbers(bundle) == {number: NUMBERS[number] for number in ("061654", "069701")}
    assert numbers(split(tall() + "057584;KOL;130\n")).keys() <= NUMBERS.keys()


LONG = tall() + "".join(f"{number};KOL 2026;9\n" for number in NUMBERS)


@pytest.mark.parametrize("text", [LONG, turned() + "KOL 2026;9;9;9\n"])
def test_a_field_with_and_without_the_year_is_chosen(split, text):
    bundle = split(text)
    assert (numbers(bundle), bundle.choice.code) == ({}, "named_twice")
    assert [option.said for option in bundle.choice.options] == ["KOL", "KOL 2026"]
    assert numbers(split(text.replace("KOL 2026", "KOL 2025"))) == NUMBERS


@pytest.mark.long
def test_a_long_table_is_laid_out_row_by_row(split):
    more = "".join(
        f"{number};{field};{place}\n" for number in range(100000, 104000) for place, field in enumerate(FIELDS)
    )
    assert numbers(split(tall() + more)) == NUMBERS
