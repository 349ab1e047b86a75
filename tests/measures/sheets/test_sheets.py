"""Workbooks that we write can't act, and titles always fit."""

import zipfile
from io import BytesIO

import openpyxl
import pytest

from measures.sheets.sheets import Sheet, safe_title, write_workbook


def test_cells_that_look_like_formulas_or_links_stay_text():
    nasty = ["=1+1", "+45 20", "-1", "@SUM(A1)", '=HYPERLINK("http://x")', "http://example.org", "007"]
    data = write_workbook([Sheet("Ark", ["Felt"], [[value] for value in nasty])])
    page = openpyxl.load_workbook(BytesIO(data)).active
    assert [(cell.value, cell.data_type) for cell in page["A"][1:]] == [(value, "s") for value in nasty]


def test_numbers_stay_numbers_and_blanks_stay_blank():
    data = write_workbook([Sheet("Ark", ["A", "B", "C"], [[1, 2.5, None]])])
    assert [cell.value for cell in openpyxl.load_workbook(BytesIO(data)).active[2]] == [1, 2.5, None]


def test_a_workbook_names_no_author():
    data = write_workbook([Sheet("Ark", ["A"], [[1]])])
    core = zipfile.ZipFile(BytesIO(data)).read("docProps/core.xml").decode()
    assert "<dc:creator></dc:creator>" in core.replace("<dc:creator/>", "<dc:creator></dc:creator>")


@pytest.mark.parametrize(
    ("title", "safe"),
    [
        ("Fremmøde 2026", "Fremmøde 2026"),
        ("a/b:c*d?e[f]g\\h", "a-b-c-d-e-f-g-h"),
        ("x" * 40, "x" * 31),
        ("' '", "Ark3"),
    ],
)
def test_safe_title_fits_what_spreadsheets_accept(title, safe):
    assert safe_title(title, 3) == safe
