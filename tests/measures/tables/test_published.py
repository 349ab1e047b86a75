"""A published table: which column is which, which line a row has, and what rows that are not whole give."""

import pytest

from measures.tables.published import Published, published

WHOLE = [(2, {"navn": "Nord", "tal": "12"}), (3, {"navn": "Syd", "tal": "007.50"})]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_cells_stay_text_and_rows_know_their_line(delimiter):
    text = "navn,andet,tal\nNord,x,12\n Syd ,NA, 007.50\n".replace(",", delimiter)
    assert published(text, ["navn", "tal"]) == Published(["navn", "andet", "tal"], WHOLE)


def test_blank_lines_are_counted_and_left_out():
    assert published("navn,tal\n\nNord,1\n\n\nSyd,2\n", ["navn", "tal"]).rows == [
        (3, {"navn": "Nord", "tal": "1"}),
        (6, {"navn": "Syd", "tal": "2"}),
    ]


def test_short_row_has_empty_cells_and_a_long_one_is_cut():
    assert published("navn,tal,mere\nNord\nSyd,2,3,4,5\n,,9\n", ["navn", "tal"]).rows == [
        (2, {"navn": "Nord", "tal": ""}),
        (3, {"navn": "Syd", "tal": "2"}),
    ]


def test_words_that_pandas_takes_for_nothing_are_words():
    assert published("navn,tal\nNA,nan\nNone,null\n", ["navn", "tal"]).rows == [
        (2, {"navn": "NA", "tal": "nan"}),
        (3, {"navn": "None", "tal": "null"}),
    ]


@pytest.mark.parametrize("text", ["", "\n", "\n1,2\n"])
def test_no_headings_no_table(text):
    assert published(text, ["navn"]) == Published([], [])


def test_missing_column_leaves_the_headings_alone():
    assert published("navn,tal\nNord,1\n", ["navn", "sum"]) == Published(["navn", "tal"], [])


def test_quotation_mark_that_is_never_closed_is_no_table():
    with pytest.raises(ValueError, match="inside string"):
        published('navn,tal\n"Nord,1\nSyd,2\n', ["navn", "tal"])
