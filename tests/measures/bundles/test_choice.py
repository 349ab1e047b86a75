"""What a file for all practices leaves open is chosen once for all of them: a column, the rows with some words, a
sheet."""

import pytest

from measures.bundles.bundle import read_many
from measures.checking.validation import PracticeFacts
from measures.reading.intake import read_table
from measures.tables.evidence import read_answers
from tests.measures.generator.draft import PERIOD
from tests.measures.makers import xlsx

PRACTICES = [
    PracticeFacts("057584", 6200, name="Lægerne Nord og Syd"),
    PracticeFacts("061654", 4100, name="Lægerne Øst og Vest"),
]
HEAD = ["Ydernummer", "KOL", "Spirometri", "Forløbsplan"]


@pytest.fixture
def split(kol):
    def many(content, answers=""):
        data, name = (content, "r.xlsx") if isinstance(content, bytes) else (content.encode(), "r.csv")
        return read_many(read_table(data, name), kol, PRACTICES, period=PERIOD, answers=read_answers(answers))

    return many


def copd(bundle):
    return [verdict.values["copd"] if verdict.ok else verdict.problems[0].code for verdict in bundle.verdicts.values()]


def keys(bundle):
    return [(each.key, each.where.column, each.said) for each in bundle.choice.options]


COLUMNS = "Ydernummer;KOL i alt;KOL;Spirometri;Forløbsplan\n057584;141;130;96;70\n061654;90;80;60;50\n"
ROWS = "Ydernummer;Køn;KOL;Spirometri;Forløbsplan\n" + "".join(
    f"{number};{words};{value};40;30\n"
    for number, words, value in (
        *(("057584", "Mænd", 60), ("057584", "Kvinder", 70)),
        *(("061654", "Kvinder", 50), ("061654", "Mænd", 45)),
    )
)


def test_a_field_in_two_columns_is_chosen_once_for_all(split):
    bundle = split(COLUMNS)
    assert (bundle.choice.code, copd(bundle)) == ("named_twice", ["named_twice"] * 2)
    assert keys(bundle) == [("f1.1", "B", "KOL i alt"), ("f1.2", "C", "KOL")]
    assert [copd(split(COLUMNS, key)) for key, _, _ in keys(bundle)] == [[141, 90], [130, 80]]
    assert split(COLUMNS, "f1.2").choice is None


def test_rows_that_words_tell_apart_are_chosen_once_for_all(split):
    bundle = split(ROWS)
    assert bundle.choice.code == "rows_apart"
    assert keys(bundle) == [("a1.1", "B", "Mænd"), ("a1.2", "B", "Kvinder")]
    assert copd(split(ROWS, "a1.2")) == [70, 50]
    asked = {each.code for verdict in split(ROWS, "a1.2").verdicts.values() for each in verdict.questions}
    assert "part_row" in asked


def test_a_practice_without_the_chosen_words_is_asked_about_its_own(split):
    text = "Ydernummer;Kilde;KOL;Spirometri;Forløbsplan\n057584;A;60;40;30\n057584;B;70;40;30\n061654;B;50;40;30\n"
    bundle = split(text, "a1.1")
    found = [[(q.code, q.found) for q in verdict.questions] for verdict in bundle.verdicts.values()]
    assert (copd(bundle), found) == ([60, 50], [[], [("part_row", "B")]])
    assert not any(verdict.questions for verdict in split(text, "a1.2").verdicts.values())


def test_rows_that_two_columns_tell_apart_are_chosen_one_after_the_other(split):
    lines = [
        f"{number};{sex};{age};{number[-2:]}{place}\n"
        for number in ("057584", "061654")
        for place, (sex, age) in enumerate([("Mænd", "0-64"), ("Mænd", "65+"), ("Kvinder", "0-64"), ("Kvinder", "65+")])
    ]
    text = f"Ydernummer;Køn;Alder;KOL\n{''.join(lines)}"
    first = split(text)
    [women] = [key for key, _, said in keys(first) if said == "Kvinder"]
    second = split(text, women)
    [old] = [key for key, _, said in keys(second) if said == "65+"]
    assert copd(split(text, f"{women},{old}")) == [843, 543]


def test_a_sheet_is_chosen_once_for_all(split):
    sheets = [[HEAD, ["057584", 130 + n, 96, 70], ["061654", 80 + n, 60, 50]] for n in range(2)]
    book = xlsx(("Udtræk A", sheets[0]), ("Udtræk B", sheets[1]))
    bundle = split(book)
    assert (bundle.choice.code, [each.key for each in bundle.choice.options]) == ("several_sheets", ["s.0", "s.1"])
    assert copd(split(book, "s.1")) == [131, 81]


@pytest.mark.parametrize("answer", ["s.7", "a1.99999", "a.1", "f1.77", "axx.2", "s.-1"])
def test_an_answer_that_is_none_is_asked_again_and_never_fails(split, answer):
    assert split(COLUMNS, answer).choice.code == "named_twice"
    assert split(ROWS, answer).choice.code == "rows_apart"


def test_more_than_can_be_shown_is_no_choice(split):
    rows = "".join(f"{number};{n} g;{n};40;30\n" for number in ("057584", "061654") for n in range(60, 80))
    bundle = split(f"Ydernummer;Vægt;KOL;Spirometri;Forløbsplan\n{rows}")
    assert (bundle.choice, copd(bundle)) == (None, ["rows_apart"] * 2)
