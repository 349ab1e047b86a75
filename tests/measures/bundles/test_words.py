"""Words around the rows of a file for all practices that make its numbers something else: asked about once."""

import pytest

from measures.bundles.bundle import read_many
from measures.checking.validation import PracticeFacts
from measures.reading.intake import read_table
from tests.measures.generator.draft import PERIOD
from tests.measures.makers import xlsx

PRACTICES = [
    PracticeFacts("057584", 6200, name="Lægerne Nord og Syd"),
    PracticeFacts("061654", 4100, name="Lægerne Øst og Vest"),
]
TABLE = "Ydernummer;Tilmeldte;KOL;Spirometri;Forløbsplan\n057584;6200;130;96;70\n061654;4100;80;40;30\n"


@pytest.fixture
def split(kol):
    def many(content):
        data, name = (content, "r.xlsx") if isinstance(content, bytes) else (content.encode(), "r.csv")
        return read_many(read_table(data, name), kol, PRACTICES, period=PERIOD)

    return many


def asked(bundle):
    return {question.code for verdict in bundle.verdicts.values() for question in verdict.questions}


@pytest.mark.parametrize(
    "line",
    [
        *(
            "Budget",
            "Mål",
            "Prognose",
            "Mål 2026",
            "Budget 2026",
            "Forventet",
            "Foreløbige tal",
            "Udkast",
            "Afdeling;Nord",
        ),
        *("Afdeling: Nord", "Antal besøg", ";;Kontakter;;", ";;Udkast;;"),
    ],
)
def test_a_line_over_the_rows_that_makes_the_numbers_something_else_is_asked_about(split, line):
    bundle = split(f"{line}\n{TABLE}")
    assert asked(bundle) == {"title_doubt"}
    assert [verdict.values["copd"] for verdict in bundle.verdicts.values()] == [130, 80]


@pytest.mark.parametrize("line", ["Region Midtjylland", "Nordjylland 2026", "Region Midtjylland;2026", "Klyngen 2026"])
def test_the_area_of_the_practices_says_nothing_against_them(split, line):
    assert asked(split(f"{line}\n{TABLE}")) == set()


@pytest.mark.parametrize("band", ["Antal besøg", "Mål", "Mænd"])
@pytest.mark.parametrize(
    "shape", [";;{};;\n" + TABLE, "Ydernummer;Tilmeldte;{};;\n;;KOL;Spirometri;Forløbsplan\n{rows}"]
)
def test_a_band_that_takes_all_columns_away_is_told_with_its_place(split, band, shape):
    rows = TABLE.partition("\n")[2]
    [stop] = split(shape.replace("{rows}", rows).replace("{}", band)).problems
    assert (stop.code, stop.where.column) == ("not_own_columns", "C")


@pytest.mark.parametrize("name", ["Gammel", "Arkiv 2026", "Kvinder", "Foreløbig", "Sidste år"])
def test_a_sheet_s_name_is_asked_about(split, name):
    assert asked(split(xlsx((name, [line.split(";") for line in TABLE.split()])))) == {"sheet_doubt"}


@pytest.mark.parametrize("name", ["Region Midt", "Ark1", "Data 2026", "Klynge Nord"])
def test_an_ordinary_sheet_s_name_is_not_asked_about(split, name):
    assert asked(split(xlsx((name, [line.split(";") for line in TABLE.split()])))) == set()
