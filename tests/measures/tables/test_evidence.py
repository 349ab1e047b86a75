"""A number is kept without a question only when one cell fits its field, and nothing in the file objects."""

from datetime import date
from io import BytesIO

import pytest
import xlsxwriter

from measures.checking.validation import PracticeFacts, check
from measures.packages.package import load, whole
from measures.reading.limits import Limits
from measures.reading.reader import read
from measures.tables.evidence import read_answers
from tests.measures.makers import merged, xlsx

VALUES = {"listed": 6200, "copd": 130, "spirometry": 96, "care_plan": 70}
YEAR = (date(2026, 1, 1), date(2026, 12, 31))
HEAD = ["Ydernummer", "KOL", "Spirometri", "Forløbsplan"]
OWN = ["057584", 130, 96, 70]
OLD = ["057584", 121, 80, 60]


@pytest.fixture
def verdict(kol):
    def judge(file, answers="", name="Lægehuset Eg", **more):
        data = file if isinstance(file, bytes) else file.encode()
        facts = PracticeFacts("057584", 6200, None, name)
        return check(read(data, Limits()), kol, facts, period=YEAR, answers=read_answers(answers), **more)

    return judge


def stops(verdict):
    """The codes of what refuses, else of what is asked."""
    return [each.code for each in verdict.problems or verdict.questions]


def hidden(rows, row=None, column=None):
    """A workbook with one row or column that isn't shown."""
    made = BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        page = book.add_worksheet("Ark1")
        for number, cells in enumerate(rows):
            page.write_row(number, 0, cells)
        if row is not None:
            page.set_row(row, None, None, {"hidden": True})
        if column is not None:
            page.set_column(column, column, None, None, {"hidden": True})
    return made.getvalue()


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Hvad;2024;2026\nKOL;120;130\nSpirometri;80;96\nPlan;60;\n", ["missing_value"]),
        ("KOL 2025;KOL 2026;Spirometri;Plan\n121;130;96;70\n", []),
        ("KOL;Spirometri 2025;Plan\n130;80;70\n", ["other_time"]),
        ("KOL 2025;Spirometri 2025;Plan 2025\n121;80;60\n", ["wrong_period"]),
        ("Hvad;Jeres tal;Region\nKOL;130;900\nSpirometri;96;700\nPlan;70;500\n", []),
        ("Hvad;Antal;Procent\nKOL;130;2,1\nSpirometri;96;74\nPlan;70;54\n", []),
        ("Hvad;Procent\nKOL;2\nSpirometri;74\nPlan;54\n", ["only_rates"]),
        ("Hvad;057584;061654\nKOL;130;90\nSpirometri;96;50\nPlan;70;40\n", []),
        ("Hvad;Drenge;Piger\nKOL;60;70\nSpirometri;40;56\nPlan;30;40\n", ["several_columns"]),
        ("2025\nKOL;121\nSpirometri;80\nPlan;60\n2026\nKOL;130\nSpirometri;96\nPlan;70\n", []),
        ("KOL;Spirometri;Enhed;Plan\n130;96;stk.;70\n", []),
        ("Hvad;Tal;Enhed\nKOL;130;antal\nSpirometri;74;%\nPlan;70;antal\n", ["unit_not_count"]),
    ],
)
def test_of_several_cells_the_one_that_fits_is_taken_or_nothing(verdict, text, codes):
    judged = verdict(text)
    assert stops(judged) == codes
    if not codes:
        assert judged.values == VALUES


@pytest.mark.parametrize(
    ("over", "codes"),
    [
        (["2025"], ["wrong_period"]),
        (["", "2024"], ["wrong_period"]),
        (["", "pr. 1.000", "pr. 1.000", "pr. 1.000"], ["only_rates"]),
        (["", "antal", "pct.", "pct."], ["unit_not_count", "unit_not_count"]),
        (["", "", "uden", "uden"], ["missing_field", "missing_field"]),
        (["", "Regionen"], ["not_own_columns"]),
        (["KOL 2025"], ["wrong_period"]),
        (["", "Kvinder"], ["not_own_columns"]),
        (["KOL-opgørelse 2026"], []),
        (["Gruppe A", "Gruppe A", "Gruppe B", "Gruppe B"], []),
    ],
)
def test_a_band_over_exact_headings_says_what_they_hold(verdict, over, codes):
    text = "\n".join(";".join(map(str, row)) for row in (over, HEAD, OWN))
    assert stops(verdict(text)) == codes


@pytest.mark.parametrize(
    ("band", "kept"),
    [("Women", False), ("Kvinder", False), ("50-64 år", False), ("65+", True), ("65+ år", True), ("2026", True)],
)
def test_a_band_that_chooses_other_people_than_the_heading_is_no_number_of_theirs(band, kept):
    heads = "Dementia and antipsychotics;Antidepressants;65+;Patients aged 65+ with dementia"
    text = f"Report 2026\n;;{band};Number of patients\n{heads}\n60;677;4681;78\n"
    judged = check(read(text.encode(), Limits()), load("antipsykotika"), PracticeFacts("057584", 9000), period=YEAR)
    assert (judged.values["listed65"] == 4681) is kept


def test_a_time_over_headings_that_name_another_is_refused(verdict):
    assert stops(verdict("2025\nKOL 2026;130\nSpirometri 2026;96\nPlan 2026;70\n")) == ["not_own_columns"]
    assert stops(verdict(";2025\nYdernummer;KOL 2026;Spirometri 2026\n057584;130;96\n")) == ["not_own_columns"]


@pytest.mark.parametrize("units", [["", "stk.", "%", "%"], ["", "antal", "promille", "pr. 100"]])
def test_a_row_of_units_says_what_the_columns_hold(verdict, units):
    text = "\n".join(";".join(map(str, row)) for row in (HEAD, units, ["057584", 130, 74, 54]))
    assert stops(verdict(text)) == ["unit_not_count", "unit_not_count"]


@pytest.mark.parametrize(
    ("above", "codes"),
    [
        ("Periode: 1. januar 2025 - 31. december 2025", ["wrong_period"]),
        ("Periode;2024", ["wrong_period"]),
        ("Årsopgørelse 2025", ["wrong_period"]),
        ("Udskrevet 3-2-2027", []),
        ("Skabelon version 3, 2019", []),
        ("Ydernr.;061654", ["wrong_practice"]),
        ("Yder nr.: 061654", ["wrong_practice"]),
        ("Data for ydernummer 061654", ["wrong_practice"]),
        ("Ydernummer;57584", []),
        ("Klinik;Lægerne Strandvejen", ["other_practice"]),
        ("Tal fra Lægerne Strandvejen", ["other_practice"]),
        ("Lægehuset Eg", []),
        ("Alle tal i procent", ["title_doubt"]),
        ("Patienter uden spirometri", ["title_doubt"]),
        ("Landsgennemsnit", ["title_doubt"]),
        ("EKSEMPEL", ["title_doubt"]),
        ("Budget", ["title_doubt"]),
        ("Fra;01-01-2025\nTil;31-12-2025", ["wrong_period"]),
        ("Fra;01-01-2026\nTil;31-12-2026", []),
        ("Fra;Til\n01-01-2025;31-12-2025", ["wrong_period"]),
        ("Ydernummer;Periode\n061654;2026", ["wrong_practice"]),
        ("Ydernummer;Periode\n057584;2025", ["wrong_period"]),
        ("Ydernummer;Periode\n057584;2026", []),
        ("Patientgruppe: rygere", ["title_doubt"]),
        ("Lægeklinik: Lægehuset Eg", []),
    ],
)
def test_lines_over_the_table_can_object(verdict, above, codes):
    judged = verdict(f"{above}\n\nKOL;Spirometri;Forløbsplan\n130;96;70\n")
    assert stops(judged) == codes
    if not codes:
        assert judged.values == VALUES


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Yder nummer;KOL;Spirometri;Plan\n061654;130;96;70\n", ["wrong_practice"]),
        ("Klinik;KOL;Spirometri;Plan\nLægerne Strandvejen;130;96;70\n", ["other_practice"]),
        ("Klinik;KOL;Spirometri;Plan\nLægehuset Eg I/S;130;96;70\n", []),
        ("Enhed;KOL;Spirometri;Plan\nSnit pr. klinik;130;96;70\n", ["total_row"]),
        ("Enhed;KOL;Spirometri;Plan\nI alt;130;96;70\n", ["total_row"]),
        ("Navn;KOL;Spirometri;Plan\nEksempel;130;96;70\n", ["total_row"]),
        ("Læge;KOL;Spirometri;Plan\nA;60;40;30\nB;70;56;40\nI alt;130;96;70\n", ["several_rows"]),
        ("TID;KOL;Spirometri;Plan\n2025K2;130;96;70\n", ["wrong_period"]),
        ("Årstal;KOL;Spirometri;Plan\n2025;121;80;60\n2026;130;96;70\n", []),
        ("year_month;KOL;Spirometri;Plan\n202411;130;96;70\n", ["wrong_period"]),
        ("Ydernummer;Køn;KOL;Spirometri;Plan\n057584;M;60;40;30\n;K;70;56;40\n", ["several_rows"]),
        ("Rækkenavne;Sum af KOL;Sum af Spirometri;Sum af Plan\n057584;130;96;70\nHovedtotal;130;96;70\n", []),
        ("Navn;Sum af KOL;Gennemsnit af Spirometri;Sum af Plan\nx;130;96;70\n", ["missing_field"]),
    ],
)
def test_the_row_must_be_the_practice_s_own_from_the_period(verdict, text, codes):
    judged = verdict(text)
    assert stops(judged) == codes
    if not codes:
        assert judged.values == VALUES


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("KOL,Spirometri,Forløbsplan\n130,5,96,70\n", "row_too_long"),
        ("KOL;Spirometri;Forløbsplan\n1;130;96;70\n", "row_too_long"),
        ("KOL;Spirometri;Forløbsplan\n130;96\n", "row_too_short"),
    ],
)
def test_a_row_that_does_not_fit_its_headings_is_refused(verdict, text, code):
    assert stops(verdict(text)) == [code]


@pytest.mark.parametrize(
    ("sheets", "codes", "answers"),
    [
        ([("2025", [HEAD, OLD]), ("2026", [HEAD, OWN])], [], ""),
        ([("Eksempel", [HEAD, OLD]), ("Tal", [HEAD, OWN])], [], ""),
        ([("Eksempel", [HEAD, OLD])], ["example_sheet"], ""),
        ([("Tal for 2024", [HEAD, OWN])], ["wrong_period"], ""),
        ([("A", [HEAD, OLD]), ("B", [HEAD, OWN])], ["several_sheets"], ""),
        ([("A", [HEAD, OLD]), ("B", [HEAD, OWN])], [], "s.1"),
        ([("A", [HEAD, OWN]), ("B", [HEAD[:2], OWN[:2]])], [], ""),
        ([("Region", [HEAD, OLD]), ("Os", [HEAD, OWN])], [], ""),
    ],
)
def test_a_sheet_is_chosen_by_its_name_or_by_the_sender(verdict, sheets, codes, answers):
    judged = verdict(xlsx(*sheets), answers)
    assert stops(judged) == codes
    if not codes:
        assert judged.values == VALUES


def test_what_is_hidden_is_asked_about(verdict):
    rows = [HEAD, OWN, OLD]
    assert stops(verdict(hidden(rows, row=2))) == ["several_rows"]
    assert stops(verdict(hidden([HEAD, OWN], row=1))) == ["hidden_row"]
    assert stops(verdict(hidden([HEAD, OWN], column=2))) == ["hidden_column"]


def test_a_merged_year_over_the_headings_counts(verdict):
    data = merged([["Ydernummer"], HEAD, OWN], (0, 1, 0, 3, "2025"))
    assert stops(verdict(data)) == ["wrong_period"]


def test_a_choice_carries_every_place_and_is_applied(verdict):
    text = "Hvad;Hold 1;Hold 2\nKOL;121;130\nSpirometri;80;96\nPlan;60;70\n"
    (problem,) = verdict(text).problems
    assert [(each.key, each.where.column, each.said) for each in problem.options] == [
        ("c.1", "B", "Hold 1"),
        ("c.2", "C", "Hold 2"),
    ]
    assert (verdict(text, "c.2").values, stops(verdict(text, "c.2"))) == (VALUES, [])
    assert stops(verdict(text, "c.7,x,c.-1")) == ["several_columns"]


def test_a_number_says_where_it_stands_and_what_else_could_have_been_it(verdict):
    judged = verdict("KOL 2025;KOL 2026;Spirometri;Plan\n121;130;96;70\n")
    source = judged.sources["copd"]
    assert (source.where.cell, source.heading, source.cell) == ("B2", "KOL 2026", "130")
    assert [(each.where.cell, each.cell) for each in source.others] == [("A2", "121")]
    assert "listed" not in judged.sources


@pytest.mark.parametrize("word", ["uden", "ikke", "ej", "mangler"])
def test_the_opposite_is_never_the_field(verdict, word):
    for text in (f"KOL;{word} spirometri;Plan\n130;34;70\n", f"KOL;Spirometri {word};Plan\n130;34;70\n"):
        assert verdict(text).values["spirometry"] is None


@pytest.mark.parametrize(
    ("text", "value", "codes"),
    [
        ("PPI;Langtid;Drøftet;DDD PPI;Andel\n400;150;60;345.678;0.375\n", 346, []),
        ("PPI;Langtid;Drøftet;DDD PPI;Andel\n400;150;60;345.678;0,375\n", 345678, []),
        ("PPI;Langtid;Drøftet;DDD PPI\n400;150;60;345.678\n", 345678, ["assumed"]),
        ("PPI;Langtid;Drøftet;DDD PPI\n400;150;60;12,4\n", 12, ["rounded"]),
        ("PPI;Langtid;Drøftet;DDD PPI\n400;150;60;12345.678901234567\n", 12346, []),
    ],
)
def test_the_whole_file_says_which_mark_is_the_decimal_one(text, value, codes):
    judged = check(read(text.encode(), Limits()), whole("ppi"), PracticeFacts("057584", 6200))
    asked = [
        each.code for each in judged.questions if each.params.get("id") == "ddd" and each.code in {*codes, "assumed"}
    ]
    assert (judged.values["ddd"], asked) == (value, codes)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Køn;KOL;Spirometri;Plan\nMand;130;96;70\n", ["title_doubt"]),
        ("Køn;KOL;Spirometri;Plan\nBegge køn;130;96;70\n", []),
        ("Ydernummer;Alder;KOL;Spirometri;Plan\n057584;65+;130;96;70\n", ["title_doubt"]),
        ("Læge;KOL;Spirometri;Plan\nNN;130;96;70\n", ["title_doubt"]),
        ("Filial;KOL;Spirometri;Plan\nNord;130;96;70\n", ["title_doubt"]),
        ("Filial;KOL;Spirometri;Plan\nLægehuset Eg;130;96;70\n", []),
        ("Tal;KOL;Spirometri;Plan\npct.;80;74;54\n", ["title_doubt"]),
        ("Hvad;KOL;Spirometri;Plan\nÆndring;130;96;70\n", ["total_row"]),
        ("Måned;KOL;Spirometri;Plan\nmaj;130;96;70\n", ["title_doubt"]),
        ("Uge;KOL;Spirometri;Plan\n14;130;96;70\n", ["title_doubt"]),
        ("År;Kvartal;KOL;Spirometri;Plan\n2026;1;130;96;70\n", ["title_doubt"]),
        ("Startdato;Slutdato;KOL;Spirometri;Plan\n01-01-2025;31-12-2025;130;96;70\n", ["wrong_period"]),
        ("Startdato;Slutdato;KOL;Spirometri;Plan\n01-01-2026;31-12-2026;130;96;70\n", []),
        ("KOL;Spirometri;Plan\n(kvinder);(kvinder);(kvinder)\n130;96;70\n", ["title_doubt"]),
        (";I fjor;I fjor;I fjor\nYdernummer;KOL;Spirometri;Plan\n057584;130;96;70\n", ["title_doubt"]),
    ],
)
def test_a_row_that_says_it_is_only_some_of_the_numbers_is_asked_about(verdict, text, codes):
    judged = verdict(text)
    assert stops(judged) == codes
    if not codes:
        assert judged.values == VALUES


@pytest.mark.parametrize(
    ("below", "codes"),
    [
        ("Kun kvinder", ["title_doubt"]),
        ("Omfatter patienter over 65", ["title_doubt"]),
        ("Enhed: pr. 1.000", ["title_doubt"]),
        ("Opgjort for 2025", ["wrong_period"]),
        ("Filter;Kvinder", ["title_doubt"]),
        ("Opgjort 2-2-2027", []),
        ("Med venlig hilsen", []),
    ],
)
def test_lines_under_the_table_can_object(verdict, below, codes):
    assert stops(verdict(f"KOL;Spirometri;Forløbsplan\n130;96;70\n\n{below}\n")) == codes


def long(head, before="", after=""):
    """A table with one row for each number, and a column more before or behind the headings."""
    rows = [(before, "KOL", after, 130), (before, "Spirometri", after, 96), (before, "Plan", after, 70)]
    return "\n".join([head, *(";".join(str(cell) for cell in row if cell != "") for row in rows), ""])


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        (long("Ydernummer;Hvad;Antal", "061654"), ["wrong_practice"]),
        (long("Ydernummer;Hvad;Antal", "057584"), []),
        (long("Ydernummer;Hvad;Antal", "057584") + "061654;KOL;90\n061654;Spirometri;60\n061654;Plan;40\n", []),
        (long("Klinik;Hvad;Antal", "Lægerne Strandvejen"), ["other_practice"]),
        (long("Køn;Hvad;Antal", "Kvinder"), ["title_doubt"]),
        (long("Hvad;Køn;Antal", after="K"), ["title_doubt"]),
        (long("Hvad;Type;Antal", after="Mål"), ["title_doubt"]),
        (long("År;Hvad;Antal", "2025"), ["wrong_period"]),
        (long("År;Hvad;Antal", "2026"), []),
        (long("Hvad;Sidste år"), ["title_doubt"]),
        (long("Hvad;Lægerne Strandvejen"), ["other_practice"]),
        (long("Hvad;061654"), ["wrong_practice"]),
        (long("Hvad;65+"), ["not_own_columns"]),
        (long("Hvad;Landstal"), ["not_own_columns"]),
    ],
)
def test_what_stands_beside_the_numbers_of_a_tall_table_can_object(verdict, text, codes):
    judged = verdict(text)
    assert stops(judged) == codes
    if not codes:
        assert judged.values == VALUES


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("061654", ["wrong_practice"]),
        ("Lægerne Strandvejen", ["other_practice"]),
        ("Sidste år", ["sheet_doubt"]),
        ("Lægehuset Eg", []),
        ("57584", []),
    ],
)
def test_a_sheet_s_name_can_object(verdict, name, codes):
    assert stops(verdict(xlsx((name, [HEAD[1:], OWN[1:]])))) == codes
