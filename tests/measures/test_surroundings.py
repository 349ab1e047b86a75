"""Lines around a table: asked about when they make all its numbers somebody else's, another time's or some people's."""

import pytest

from measures.intake import read_table
from measures.validation import PracticeFacts, check
from tests.measures.generator.draft import PERIOD

FACTS = PracticeFacts("057584", 6200, name="Lægehuset Eg")
TABLE = "Tilmeldte;KOL;Spirometri;Forløbsplan\n6200;130;96;70\n"
RIGHT = {"listed": 6200, "copd": 130, "spirometry": 96, "care_plan": 70}


@pytest.fixture
def judged(kol):
    return lambda text: check(read_table(text.encode(), "tal.csv"), kol, FACTS, period=PERIOD)


SOMEBODY = (
    *("Filter: Køn = Kvinde", "Udvalg: alder 40-69", "Læge: Hans Hansen", "Behandler;HH", "Stikprøve på 50 patienter"),
    *("Patienter over 65 år", "40-årige", "TESTDATA", "Kladde"),
)
SOMETIME = (
    *("Tal for sidste år", "Uge 14", "Marts", "jan-mar 25", "K1-26", "KOL '25", "Sæson 24/25", "Samme tal som i fjor"),
    *("KOL, 1. kvartal",),
)


@pytest.mark.parametrize("line", [*SOMEBODY, *SOMETIME])
def test_a_line_over_the_table_that_may_change_all_numbers_is_asked_about(judged, line):
    verdict = judged(f"{line}\n{TABLE}")
    assert [each.code for each in (*verdict.problems, *verdict.questions)] == ["title_doubt"]


@pytest.mark.parametrize("line", ["Alle tal i procent", "Tallene er for Region Midtjylland", "Tallene er kun kvinder"])
def test_a_line_below_the_table_about_all_numbers_is_asked_about(judged, line):
    assert [each.code for each in judged(f"{TABLE}\n{line}\n").questions] == ["title_doubt"]


@pytest.mark.parametrize(
    "line",
    [
        *(
            "KOL 2026",
            "Udtræk fra lægesystemet",
            "Lægehuset Eg, tlf. 86 12 34 56",
            "Læge: alle",
            "Lægehus: Lægehuset Eg",
        ),
        *("Filter: ingen", "1.1.2026-31.12.2026", "Hentet 4/12-2026"),
    ],
)
def test_harmless_lines_are_not_asked_about(judged, line):
    verdict = judged(f"{line}\n{TABLE}")
    assert (verdict.problems, verdict.questions, verdict.values) == ((), (), RIGHT)


@pytest.mark.parametrize("line", ["1) KOL er R95", "Tallene er trukket af sekretæren", "Spirometri: i % se rapporten"])
def test_notes_below_are_not_asked_about(judged, line):
    assert judged(f"{TABLE}\n{line}\n").questions == ()


@pytest.mark.parametrize("text", [f"Opgjort pr.;45657\n{TABLE}", "Dato;KOL\n45657;130\n"])
def test_a_spreadsheets_number_for_a_day_is_a_day_in_a_text_file_too(judged, text):
    assert [each.code for each in judged(text).problems] == ["wrong_period"]


@pytest.mark.parametrize("cell", ["１３０", "١٣٠", "\u200f130\u200f", "130\u200b", "\ufeff130"])
def test_figures_are_read_in_any_script_and_through_marks_that_nobody_sees(judged, cell):
    assert judged(TABLE.replace("130", cell)).values == RIGHT


@pytest.mark.parametrize("cell", ["6'200", "6’200", "6\u202f200"])
def test_thousands_may_have_an_apostrophe(judged, cell):
    verdict = judged(TABLE.replace("6200", cell))
    assert (verdict.questions, verdict.values) == ((), RIGHT)


def test_a_raised_figure_is_no_part_of_the_number(judged):
    assert judged(TABLE.replace("130", "130¹")).values["copd"] in {130, None}


def test_headings_are_read_through_soft_hyphens(judged):
    assert judged(TABLE.replace("Spiro", "Spiro\u00ad").replace("Forløbs", "Forløbs\u00ad")).values == RIGHT
