"""The template: what a practice opens, and what it may not hold."""

from io import BytesIO

import openpyxl
import pytest

from measures.checking.validation import check
from measures.reading.intake import read_table
from measures.reading.problems import Level, Problem, Where
from measures.reading.table import SheetCells, Table
from measures.sheets.annotate import annotate
from measures.sheets.template import build_template
from measures.tables.heading_matcher import Matcher


@pytest.fixture
def book(kol, da):
    return openpyxl.load_workbook(BytesIO(build_template(kol, "=Lægerne", "057584", "1. kvartal 2026", da, "xmo")))


def test_template_has_one_sheet_to_fill_and_one_guide(book):
    assert book.sheetnames == ["Tal", "Vejledning"]


def test_template_knows_the_practice_and_keeps_its_leading_zero(book):
    page = book["Tal"]
    assert [(page.cell(row, 1).value, page.cell(row, 2).value) for row in (4, 5, 6)] == [
        ("Praksis", "=Lægerne"),
        ("Ydernummer", "057584"),
        ("Periode", "1. kvartal 2026"),
    ]


def test_template_never_holds_a_formula(book):
    assert {cell.data_type for page in book.worksheets for row in page for cell in row} <= {"s", "n"}


def test_template_accepts_whole_numbers_only(book, kol):
    rules = [(str(rule.sqref), rule.type, rule.operator) for rule in book["Tal"].data_validations.dataValidation]
    assert rules == [(f"B{row}", "whole", "greaterThanOrEqual") for row in range(9, 9 + len(kol.fields))]


def test_template_puts_the_guide_of_the_own_system_first(book):
    said = [row[0].value for row in book["Vejledning"] if row[0].value]
    assert [line for line in said if line.startswith("I ")] == ["I XMO", "I forløbsplansmodulet (alle systemer)"]


def test_annotated_copy_marks_the_cells_and_says_why(kol, practice, da):
    table = read_table(b"KOL;Spirometri;Plan\n130;140;2\n", "tal.csv")
    judged = check(table, kol, practice)
    page = openpyxl.load_workbook(BytesIO(annotate(table, judged.problems, Matcher(kol), da) or b"")).active
    assert [cell.value for cell in page[1]] == ["KOL", "Spirometri", "Plan", "Fejl"]
    assert [cell.fill.fgColor.rgb for cell in page[2][:3]] == ["00000000", "FFFFD9B3", "00000000"]
    assert page["D2"].value.startswith("Række 2, kolonne B: KOL-patienter med spirometri")


def test_annotated_copy_is_never_made_of_a_file_with_personal_content(kol, practice, da):
    for text in ("Navn;KOL\n010160-1234;1\n", "CPR;KOL\nx;1\n"):
        table = read_table(text.encode(), "tal.csv")
        assert annotate(table, check(table, kol, practice).problems, Matcher(kol), da) is None


def test_annotated_copy_needs_a_place_to_mark(kol, practice, da):
    table = read_table(b"Astma\n1\n", "tal.csv")
    assert annotate(table, check(table, kol, practice).problems, Matcher(kol), da) is None


def test_annotated_copy_repeats_no_words_but_headings_and_times(kol, practice, da):
    rows = "Udtræk af Jens Hansen;;\nPeriode;2025K1;Jens 2025\nKOL;Spirometri;Plan\nca. 130;150 Olsen;4 %\n"
    table = read_table(rows.encode(), "tal.csv")
    judged = check(table, kol, practice)
    page = openpyxl.load_workbook(BytesIO(annotate(table, judged.problems, Matcher(kol), da) or b"")).active
    assert [[cell.value for cell in row[:3]] for row in page] == [
        ["•••", None, None],
        ["Periode", "2025K1", "•••"],
        ["KOL", "Spirometri", "Plan"],
        ["ca. 130", "•••", "4 %"],
    ]
    assert "Olsen" not in str([cell.value for row in page for cell in row])


def test_annotated_copy_names_no_sheet_after_a_person(kol, practice, da):
    sheets = tuple(
        SheetCells(name, (("KOL", "Spirometri"), (130, "x"))) for name in ("Jens Hansen", "KOL", "Ida Olsen")
    )
    problem = Problem("unreadable", Level.BLOCK, Where("Jens Hansen", 2, "B"), "x", params={"field": "Spirometri"})
    book = openpyxl.load_workbook(BytesIO(annotate(Table("xlsx", sheets), [problem], Matcher(kol), da) or b""))
    assert book.sheetnames == ["Tal 1", "KOL", "Tal 3"]
    assert (
        book["Tal 1"]["C2"].value
        == "Række 2, kolonne B: Spirometri: Jeg kan ikke læse »•« som et tal. Skriv et helt tal, for eksempel 96."
    )
