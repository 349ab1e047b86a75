"""Lines around a table: asked about when they make all its numbers somebody else's, another time's or some people's."""

import pytest

from measures.checking.validation import PracticeFacts, check
from measures.packages.package import load
from measures.reading.intake import read_table
from tests.measures.generator.draft import PERIOD
from tests.measures.makers import xlsx

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


THINGS = ("Antal besøg", "Antal ydelser", "Antal konsultationer", "Kontakter", "Recepter 2026", "Number of visits")
BRANCHES = ("Afdeling: Nord", "Afdeling;Nord", "Satellit: Vest", "Team: Blå", "Lokation: Havnen", "Underenhed: 2")
DRAFTS = ("Foreløbige tal", "Udkast", "Foreløbige tal 2026", "Ikke endelige tal", "Estimat", "Draft", "Skøn")
LONG = "Opgørelsen er dannet ud fra lægesystemets data over de patienter, der har fået stillet diagnosen, og omfatter,"


@pytest.mark.parametrize("line", [*THINGS, *BRANCHES, *DRAFTS])
def test_what_was_counted_where_and_whether_it_is_final_is_asked_about(judged, line):
    verdict = judged(f"{line}\n{TABLE}")
    assert [each.code for each in (*verdict.problems, *verdict.questions)] == ["title_doubt"]


@pytest.mark.parametrize("line", ["Tallene er foreløbige", "Ikke kvalitetssikret", "NB: foreløbig opgørelse"])
def test_a_line_below_that_makes_the_numbers_a_draft_is_asked_about(judged, line):
    [asked] = judged(f"{TABLE}\n{line}\n").questions
    assert (asked.code, asked.where.row) == ("title_doubt", 4)


@pytest.mark.parametrize(
    "end", ["som var tilmeldt i 2025", "men kun kvinder mellem 40 og 69 år", "men tal er foreløbige"]
)
def test_a_line_too_long_for_a_title_is_read_too(judged, end):
    assert [each.code for each in judged(f"{LONG} {end}\n{TABLE}").questions] == ["title_doubt"]


@pytest.mark.parametrize("end", ["som var tilmeldt i hele 2026", "kvinder og mænd", "sammenlignet med 2025 og 2026"])
def test_a_long_line_that_changes_nothing_is_not_asked_about(judged, end):
    assert judged(f"{LONG} {end}\n{TABLE}").questions == ()


@pytest.mark.parametrize("band", ["Antal besøg", "Antal ydelser", "Sum af konsultationer"])
def test_a_band_that_counts_something_else_takes_its_columns_away(judged, band):
    [stop] = judged(f";{band};;\n{TABLE}").problems
    assert (stop.code, stop.where.column) == ("not_own_columns", "B")


def test_of_people_and_visits_side_by_side_the_people_are_taken(judged):
    text = "Tilmeldte;Antal patienter;;;Antal besøg;;\n;KOL;Spirometri;Forløbsplan;KOL;Spirometri;Forløbsplan\n"
    assert judged(f"{text}6200;130;96;70;410;120;90\n").values == RIGHT


def test_of_people_and_visits_beside_tall_headings_the_people_are_taken(judged):
    text = "Hvad;Antal patienter;Antal besøg\nTilmeldte;6200;\nKOL;130;410\nSpirometri;96;120\nForløbsplan;70;90\n"
    assert judged(text).values == RIGHT


@pytest.mark.parametrize("band", ["Kontakter", "Udkast"])
def test_a_band_that_may_be_a_group_s_name_is_asked_about_once(judged, band):
    verdict = judged(f";{band};;\n{TABLE}")
    assert ([each.code for each in verdict.questions], verdict.values) == (["title_doubt"], RIGHT)


@pytest.mark.parametrize("name", ["Gammel", "Kladde", "Arkiv 2026", "Backup", "Foreløbig", "Kvinder", "Sidste år"])
def test_a_sheet_laid_aside_by_its_name_is_asked_about(kol, name):
    rows = [["Tilmeldte", "KOL", "Spirometri", "Forløbsplan"], [6200, 130, 96, 70]]
    verdict = check(read_table(xlsx((name, rows)), "tal.xlsx"), kol, FACTS, period=PERIOD)
    assert [each.code for each in verdict.questions] == ["sheet_doubt"]


@pytest.mark.parametrize("words", ["Antal ydelser", "Antal konsultationer", "Antal recepter"])
def test_what_a_package_counts_itself_is_no_other_thing(words):
    crp = load("crp")
    heads = [item.short.da for item in crp.fields]
    text = f"{words}\n{';'.join(heads)}\n{';'.join('60' for _ in heads)}\n"
    verdict = check(read_table(text.encode(), "tal.csv"), crp, FACTS, period=PERIOD)
    assert "title_doubt" not in [each.code for each in verdict.questions]


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
