"""Files are opened only in a process that may die: every death and every wrong kind is a refusal, never an outage."""

import asyncio
import zipfile
from io import BytesIO
from random import Random

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.comments import Comment

from measures.checking.sentences import SENTENCES
from measures.reading.intake import read_file, read_table
from measures.reading.limits import Limits
from measures.reading.problems import Refused, Where
from measures.sheets.sheets import Sheet, write_workbook
from tests.measures.makers import xlsx


def zipped(**parts: str | bytes) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/"), content)
    return buffer.getvalue()


def refusal(data: bytes, name: str = "tal.xlsx", limits: Limits | None = None) -> str:
    with pytest.raises(Refused) as caught:
        read_table(data, name, limits)
    return caught.value.problem.code


def test_read_table_reads_a_workbook_with_places():
    table = read_table(xlsx(("Ark1", [[], ["KOL", "Spirometri"], [130, "96"]])), "tal.xlsx")
    assert table.kind == "xlsx"
    assert table.sheets[0].rows == ((None, None), ("KOL", "Spirometri"), (130, "96"))
    assert table.sheets[0].where(2, 1) == Where("Ark1", 3, "B")


def test_read_table_tells_hidden_sheets_apart():
    data = xlsx(("Synlig", [["KOL"], [1]]), ("Skjult", [["x"]]), hidden="Skjult")
    assert [(sheet.name, sheet.hidden) for sheet in read_table(data, "tal.xlsx").sheets] == [
        ("Synlig", False),
        ("Skjult", True),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "cp850", "mac_roman"])
def test_read_table_reads_text_in_any_encoding_whatever_its_name(encoding):
    table = read_table("Tilmeldte;Forløbsplaner på KOL\n1.834;31\n".encode(encoding), "udtræk.xls")
    assert table.sheets[0].rows == (("Tilmeldte", "Forløbsplaner på KOL"), ("1.834", "31"))


def test_read_table_reads_the_workbooks_we_write():
    data = write_workbook([Sheet("Fremmøde", ["Navn", "Mødt"], [["=1+1", 1], ["Åse", 0]])])
    assert read_table(data, "x.xlsx").sheets[0].rows == (("Navn", "Mødt"), ("=1+1", 1), ("Åse", 0))


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty_file"),
        (b" \r\n \n", "empty_file"),
        (b";;;\n;;\n", "empty_file"),
        (b"%PDF-1.7 ...", "wrong_kind_pdf"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "wrong_kind_old_office"),
        (b"\x89PNG\r\n\x1a\n", "wrong_kind_image"),
        (b"\xff\xd8\xff\xe0", "wrong_kind_image"),
        (b"\0\0\0\x18ftypheic\0\0", "wrong_kind_image"),
        (b"<!DOCTYPE html><html><body>Log ind</body>", "wrong_kind_web_page"),
        (b"\xef\xbb\xbf\n <HTML>", "wrong_kind_web_page"),
        (b"{\\rtf1 KOL 130}", "wrong_kind_document"),
        (b"PK\x03\x04 ikke en zip", "broken_file"),
        (b"abc\0def" * 100, "wrong_kind_other"),
        (zipped(word__document="<w/>"), "wrong_kind_document"),
        (zipped(xl__workbook="<w/>", xl__vbaProject="x"), "wrong_kind_archive"),
        (zipped(**{"notes.txt": "KOL 130"}), "wrong_kind_archive"),
        (zipped(**{"xl__workbook.bin": "x"}), "wrong_kind_binary_workbook"),
        (zipped(**{"xl__workbook.xml": "<w/>", "xl__vbaProject.bin": "x"}), "wrong_kind_macros"),
        (zipped(**{"xl__workbook.xml": "<w/>"}), "broken_file"),
    ],
)
def test_read_table_refuses_by_content(data, code):
    assert refusal(data) == code


def test_read_table_refuses_more_than_ten_megabytes_without_opening():
    assert refusal(b"1;2\n" * 3_000_000, "stor.csv") == "too_big"


def test_read_table_refuses_macro_names_without_opening():
    assert refusal(xlsx(("Ark1", [["KOL"], [1]])), "tal.xlsm") == "wrong_kind_macros"


@pytest.mark.long
def test_a_workbook_with_a_cell_in_the_last_corner_kills_only_its_reader():
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        page = book.add_worksheet()
        page.write("A1", 1)
        page.write("XFD1048576", 1)
    assert len(buffer.getvalue()) < 6000
    assert refusal(buffer.getvalue()) == "hostile_file"


@pytest.mark.long
def test_a_zip_bomb_is_refused_before_it_is_unpacked():
    parts = {"xl__workbook.xml": "<w/>"} | {f"xl__sheet{number}.xml": b"\0" * 60_000_000 for number in range(4)}
    assert refusal(zipped(**parts)) == "too_much_inside"


@pytest.mark.long
def test_a_shared_string_bomb_ends_in_a_refusal():
    plain = zipfile.ZipFile(BytesIO(xlsx(("Ark1", [["x"]] * 200))))
    parts = {name: plain.read(name) for name in plain.namelist()}
    parts["xl/sharedStrings.xml"] = parts["xl/sharedStrings.xml"].replace(b">x<", b">" + b"x" * 100_000_000 + b"<")
    assert refusal(zipped(**parts)) in {"hostile_file", "too_slow"}  # where much else goes on, time is up first


def test_too_many_rows_are_refused_with_the_limit():
    with pytest.raises(Refused) as caught:
        read_table(b"1;2\n" * 100_500, "lang.csv")
    assert (caught.value.problem.code, caught.value.problem.params) == ("too_many_rows", {"most": 100_000})


def test_a_reader_that_takes_too_long_is_a_refusal():
    assert refusal(b"KOL\n1", limits=Limits(seconds=0.0001)) == "too_slow"


async def test_read_file_gives_the_same_table_without_blocking():
    data = xlsx(("Ark1", [["KOL"], [130]]))
    assert await read_file(data, "tal.xlsx") == read_table(data, "tal.xlsx")


async def test_read_file_cancelled_leaves_no_reader_behind():
    with pytest.raises(Refused) as caught:
        await read_file(b"KOL\n1", "tal.csv", Limits(seconds=0.0001))
    assert caught.value.problem.code == "too_slow"


async def test_read_file_reads_several_at_once():
    tables = await asyncio.gather(*(read_file(f"KOL\n{number}\n".encode(), "tal.csv") for number in range(4)))
    assert [table.sheets[0].rows[1] for table in tables] == [(str(number),) for number in range(4)]


@pytest.mark.parametrize(
    ("rows", "place"),
    [
        ([["Navn", "KOL"], ["010160-1234", 1]], Where("Ark1", 2, "A")),
        ([["KOL", 1], [None, 101601234]], Where("Ark1", 2, "B")),
        ([["Navn", "KOL"], ["251248\n4916", 1]], Where("Ark1", 2, "A")),
    ],
)
def test_a_cpr_number_leaves_no_cell_behind(rows, place):
    table = read_table(xlsx(("Ark1", rows)), "tal.xlsx")
    assert (table.sheets, table.personal) == ((), (place,))


def test_a_cpr_number_is_found_in_hidden_sheets_sheet_names_comments_and_properties():
    book = openpyxl.Workbook()
    book.active["A1"] = "KOL"
    book.active["A1"].comment = Comment("ring til 010160-1234", "x")
    book.create_sheet("251248-4916")
    secret = book.create_sheet("gemt")
    secret["C3"] = "2512484916"
    secret.sheet_state = "hidden"
    book.properties.title = "Jens 010160-1234"
    buffer = BytesIO()
    book.save(buffer)
    places = set(read_table(buffer.getvalue(), "tal.xlsx").personal)
    assert places == {Where("#2"), Where("gemt", 3, "C"), Where("comments"), Where("properties")}


@pytest.mark.parametrize("row", [["CPR 251248", "4916"], ["født", "251248", "4916"], ["CPR", "251248 2020"]])
def test_a_cpr_number_over_several_cells_that_a_word_tells_of_is_found(row):
    assert Where("leftovers") in read_table(xlsx(("Ark1", [["KOL", *row]])), "tal.xlsx").personal


@pytest.mark.long
@settings(max_examples=12, deadline=None)
@given(st.integers(0, 2**32))
def test_a_damaged_workbook_is_read_or_refused_but_never_more(seed):
    chance = Random(seed)
    data = bytearray(xlsx(("Ark1", [["KOL", "Spirometri"], [130, 96]])))
    for _ in range(chance.randint(1, 40)):
        data[chance.randrange(len(data))] = chance.randrange(256)
    try:
        told = read_table(bytes(data), "tal.xlsx").kind
    except Refused as refused:
        told = refused.problem.code
    assert told in {"xlsx", "text", *SENTENCES}
