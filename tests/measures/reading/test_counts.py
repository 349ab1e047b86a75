"""Whole numbers as Danish practices write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from measures.reading.counts import Count, ReadCell, read_count


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("130", 130),
        (" 130 ", 130),
        ("1.834", 1834),
        ("1 834", 1834),
        ("1\u00a0834", 1834),
        ("1\u202f834", 1834),
        ("12.345.678", 12345678),
        ("1.834,00", 1834),
        ("96,0", 96),
        ("96 patienter", 96),
        ("96 stk.", 96),
        ("'057584", 57584),
        (96, 96),
        (96.0, 96),
        (0, 0),
        ("0", 0),
    ],
)
def test_read_count_reads_danish_whole_numbers(cell, value):
    assert read_count(cell) == Count(ReadCell.NUMBER, value)


@pytest.mark.parametrize(
    ("cell", "reading"),
    [
        (None, ReadCell.MISSING),
        ("", ReadCell.MISSING),
        (" ", ReadCell.MISSING),
        ("-", ReadCell.MARKED),
        ("–", ReadCell.MARKED),
        ("..", ReadCell.MARKED),
        ("i.o.", ReadCell.MARKED),
        ("<5", ReadCell.SUPPRESSED),
        ("≤ 4", ReadCell.SUPPRESSED),
        ("1-4", ReadCell.SUPPRESSED),
        ("*", ReadCell.SUPPRESSED),
        ("74 %", ReadCell.PERCENT),
        ("17 ‰", ReadCell.PERCENT),
        ("12,5", ReadCell.NOT_WHOLE),
        (12.5, ReadCell.NOT_WHOLE),
        ("-3", ReadCell.NEGATIVE),
        (-3, ReadCell.NEGATIVE),
        ("#DIV/0!", ReadCell.FORMULA_ERROR),
        ("#REF!", ReadCell.FORMULA_ERROR),
        ("ca. hundrede", ReadCell.UNREADABLE),
        (True, ReadCell.UNREADABLE),
        (float("nan"), ReadCell.UNREADABLE),
        (10**15, ReadCell.UNREADABLE),
        (1e300, ReadCell.UNREADABLE),
        (-1e300, ReadCell.UNREADABLE),
        ("1.83.4", ReadCell.UNREADABLE),
    ],
)
def test_read_count_keeps_what_is_no_count_apart(cell, reading):
    assert (read_count(cell).reading, read_count(cell).value) == (reading, None)


@pytest.mark.parametrize(("cell", "value"), [("1,834", 1834), ("ca. 130", 130), ("~1.200", 1200), ("13O", 130)])
def test_read_count_says_when_it_assumes(cell, value):
    assert read_count(cell) == Count(ReadCell.ASSUMED, value)


@pytest.mark.parametrize(
    ("cell", "decimal"),
    [
        ("12,5", 12.5),
        ("1.234,56", 1234.56),
        (12.5, 12.5),
        ("36 %", 36.0),
        ("36,5%", 36.5),
        ("12.55", 12.55),
        ("1 234,5", 1234.5),
    ],
)
def test_read_count_keeps_the_decimal_for_those_who_may_use_it(cell, decimal):
    assert read_count(cell).decimal == decimal


@given(st.text(alphabet="0123456789oO.,-<5%~ ca*", max_size=12))
def test_read_count_never_takes_a_mark_for_a_number(text):
    count = read_count(text)
    if count.reading in (ReadCell.MISSING, ReadCell.MARKED, ReadCell.SUPPRESSED):
        assert (count.value, count.decimal) == (None, None)


@given(st.integers(0, 10**9))
def test_read_count_is_the_same_number_however_it_is_grouped(number):
    english = f"{number:,}"
    ways = [number, str(number), float(number), english.replace(",", "."), english.replace(",", " ")]
    assert {read_count(way) for way in ways} == {Count(ReadCell.NUMBER, number)}


@given(st.text(max_size=40))
def test_read_count_never_fails_and_never_gives_a_value_without_saying_number(text):
    count = read_count(text)
    assert (count.value is not None) == (count.reading in (ReadCell.NUMBER, ReadCell.ASSUMED))
