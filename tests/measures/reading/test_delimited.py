"""Text is split as the csv module splits it, whichever way is quicker."""

import csv
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from measures.reading.delimited import LONGEST_FIELD, split


@given(st.text("a1;\n ", max_size=60))
def test_unquoted_text_is_split_as_by_a_parser(text: str):
    whole = "KOL;1\n" + text
    parsed = [[cell.strip() for cell in row] for row in csv.reader(StringIO(whole), delimiter=";")]
    assert split(whole, 1000, 1000) == parsed


def test_quoted_text_keeps_its_delimiters():
    assert split('KOL;"a;b"\n1;2\n', 10, 10) == [["KOL", "a;b"], ["1", "2"]]


@pytest.mark.parametrize("quote", ["", '"'])
def test_field_without_end_is_an_error_with_and_without_quotes(quote: str):
    with pytest.raises(csv.Error):
        split(f"KOL;1\n{quote}{'a' * (LONGEST_FIELD + 1)}{quote};2\n", 10, 10)


def test_too_many_rows_or_cells_are_none():
    assert split("1;2\n" * 11, 10, 100) is None
    assert split("1;2\n" * 10, 10, 19) is None
