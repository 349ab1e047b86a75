"""Every type of cell in every format is read, and what a workbook says beside its cells comes along."""

import subprocess
import sys
from collections.abc import Callable
from io import BytesIO

import openpyxl
import pytest
import xlsxwriter

from measures.reading.intake import read_table
from measures.reading.problems import Refused, Where
from measures.reading.readers import ROOT
from tests.measures import makers
from tests.measures.reading.typed import (
    CELLS,
    HIDDEN_COLUMN,
    HIDDEN_ROW,
    MERGED,
    PERCENT,
    typed_ods,
    typed_xls,
    typed_xlsx,
)

FORMATS = {"xlsx": typed_xlsx, "ods": typed_ods, "xls": typed_xls}
LATER = """
import sys
from measures.reading import reader
from measures.reading.limits import Limits
reader.preload()
before = set(sys.modules)
from tests.measures.reading.test_marks import FORMATS
loaded = set(sys.modules)
for make in FORMATS.values():
    data = make()
    loaded |= set(sys.modules)
    reader.as_json(reader.read(data, Limits()))
    print(sorted(set(sys.modules) - loaded))
"""


@pytest.fixture(params=FORMATS.values(), ids=FORMATS)
def typed(request: pytest.FixtureRequest) -> Callable[[], bytes]:
    return request.param


def test_every_type_of_cell_is_read(typed):
    table = read_table(typed(), "tal.xlsx")
    assert table.sheets[0].rows[1] == CELLS
    assert [type(cell) for cell in table.sheets[0].rows[1]] == [type(cell) for cell in CELLS]


def test_what_is_not_shown_is_told(typed):
    sheet = read_table(typed(), "tal.xlsx").sheets[0]
    assert (sheet.hidden_rows, sheet.hidden_columns) == (((HIDDEN_ROW, HIDDEN_ROW),), ((HIDDEN_COLUMN, HIDDEN_COLUMN),))


def test_cells_shown_in_per_cent_are_told(typed):
    sheet = read_table(typed(), "tal.xlsx").sheets[0]
    assert sheet.percents == ((*PERCENT, *PERCENT),)
    assert sheet.is_percent(*PERCENT)
    assert not sheet.is_percent(1, 6)  # a sign in quotes changes no number


def test_merged_cells_are_told(typed):
    sheet = read_table(typed(), "tal.xlsx").sheets[0]
    assert sheet.merged == (MERGED,)
    assert sheet.merged_at(4, 2) == MERGED
    assert sheet.merged_at(1, 0) is None


@pytest.mark.long
def test_reader_loads_nothing_after_it_has_closed_itself_in():
    ran = subprocess.run([sys.executable, "-c", LATER], cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.stdout.splitlines() == ["[]"] * len(FORMATS), ran.stderr


def test_a_plain_workbook_says_nothing_beside_its_cells():
    sheet = read_table(makers.xlsx(("Ark1", [["KOL"], [130]])), "tal.xlsx").sheets[0]
    assert (sheet.hidden_rows, sheet.hidden_columns, sheet.percents, sheet.merged) == ((), (), (), ())


@pytest.mark.long
def test_rows_filtered_away_are_hidden_as_far_as_they_go():
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        page = book.add_worksheet()
        for row in range(40_000):
            page.write_row(row, 0, [row, row])
        for row in range(100, 39_990):
            page.set_row(row, None, None, {"hidden": True})
    sheet = read_table(buffer.getvalue(), "tal.xlsx").sheets[0]
    assert sheet.hidden_rows == ((100, 39_989),)


def test_rows_and_cells_without_addresses_are_counted():
    parts = makers.unzipped(makers.xlsx(("Ark1", [["KOL"], [130]])))
    parts["xl/worksheets/sheet1.xml"] = (
        b'<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData>'
        b'<x:row><x:c><x:v>1</x:v></x:c></x:row><x:row hidden="true"><x:c/><x:c t="e"><x:v>#REF!</x:v></x:c></x:row>'
        b"</x:sheetData></x:worksheet>"
    )
    sheet = read_table(makers.zipped(parts), "tal.xlsx").sheets[0]
    assert sheet.hidden_rows == ((1, 1),)
    assert sheet.rows == ((1, None), (None, "#REF!"))


def formulas(**cells: str) -> bytes:
    book = openpyxl.Workbook()
    page = book.active
    page.append(["KOL", "Spirometri"])
    for place, formula in cells.items():
        page[place] = formula
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_formulas_that_nobody_has_counted_are_told_with_their_place():
    with pytest.raises(Refused) as caught:
        read_table(formulas(A2="=100+30", B2="=90+6"), "tal.xlsx")
    assert (caught.value.problem.code, caught.value.problem.where) == ("not_counted", Where("Sheet", 2, "A"))


def test_formulas_that_nobody_has_counted_are_told_in_open_documents():
    row = '<table:table-row><table:table-cell table:formula="of:=1+1"/></table:table-row>'
    with pytest.raises(Refused) as caught:
        read_table(makers.ods_of(f'<table:table table:name="A">{row}</table:table>'), "tal.ods")
    assert (caught.value.problem.code, caught.value.problem.where) == ("not_counted", Where("A", 1, "A"))


def test_a_formula_that_gives_no_words_is_a_blank_cell():
    parts = makers.unzipped(makers.xlsx(("A", [["KOL", "Note"], [130, 7]])))
    sheet = parts["xl/worksheets/sheet1.xml"].replace(b'<c r="B2">', b'<c r="B2" t="str"><f>IF(A2&gt;1,"","x")</f>')
    parts["xl/worksheets/sheet1.xml"] = sheet.replace(b"<v>7</v>", b"<v></v>")
    assert read_table(makers.zipped(parts), "tal.xlsx").sheets[0].rows == (("KOL", "Note"), (130, None))


@pytest.mark.parametrize("written", ['="057584"', '"=""057584"""', '= "057584"'])
def test_a_cell_kept_as_text_by_a_formula_is_its_text(written):
    table = read_table(f'Ydernummer;KOL\n{written};="130"\n'.encode(), "tal.csv")
    assert table.sheets[0].rows[1] == ("057584", "130")


def test_rows_of_text_stay_as_long_as_they_are_written():
    table = read_table(b"a;b;c\n1;2\n1;2;3;4\n1;;\n", "tal.csv")
    assert table.sheets[0].rows[1:] == (("1", "2"), ("1", "2", "3", "4"), ("1", None, None))
