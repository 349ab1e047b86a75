"""Bytes to text to rows: encodings, delimiters and `sep=` lines that Danish systems write."""

import pytest

from measures.reading.decoding import NotText, decode
from measures.reading.delimited import guess_delimiter, split

TEXT = "Ydernr;Tilmeldte;KOL-patienter;Forløbsplaner på KOL;Årskontrol\n057584;1834;31;12;9\n"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "cp850", "mac_roman"]
)
def test_decode_reads_every_encoding_that_systems_write(encoding):
    assert decode(TEXT.encode(encoding))[0] == TEXT


def test_decode_refuses_bytes_that_are_no_text():
    with pytest.raises(NotText):
        decode(b"abc\0def" * 3)


def test_decode_refuses_half_a_utf16_file():
    with pytest.raises(NotText):
        decode(TEXT.encode("utf-16")[:-1])


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("a;b;c\n1;2;3", ";"),
        ("a\tb\tc\n1\t2\t3", "\t"),
        ("a,b,c\n1,2,3", ","),
        ("a|b\n1|2", "|"),
        ("KOL;andel\n31;12,5\n22;8,1", ";"),
        ("Rapport, dannet 1. maj\n\nKOL;spirometri\n31;12", ";"),
        ("kun en kolonne\n31", ";"),
    ],
)
def test_guess_delimiter_sees_the_columns(text, delimiter):
    assert guess_delimiter(text) == delimiter


@pytest.mark.parametrize("mark", ["sep=;", '"sep=;"', "SEP=;"])
def test_split_takes_the_sep_line_at_its_word_and_keeps_row_numbers(mark):
    assert split(f"{mark}\r\na,1;b\r\n1;2", 100, 1000) == [[], ["a,1", "b"], ["1", "2"]]


def test_split_keeps_line_ends_within_quotes():
    assert split('"to\nlinjer";b\n1;2', 100, 1000) == [["to\nlinjer", "b"], ["1", "2"]]


@pytest.mark.parametrize(("rows", "cells", "fits"), [(500, 1000, True), (499, 1000, False), (500, 999, False)])
def test_split_gives_up_past_the_limits(rows, cells, fits):
    assert (split("1;2\n" * 500, rows, cells) is not None) == fits
