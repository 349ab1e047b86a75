"""Headings written twice, in words and below them as a program's codes: either may be the one that is known."""

import pytest

from measures.bundles.bundle import read_many
from measures.checking.validation import PracticeFacts
from measures.reading.intake import read_table
from tests.measures.makers import merged

PRACTICES = [PracticeFacts("057584", 6200, name="Lægerne Nord"), PracticeFacts("061654", 4100, name="Lægerne Syd")]
ROWS = "057584;130;96;70\n061654;80;60;50\n"


def copd(content, kol, name="r.csv"):
    data = content if isinstance(content, bytes) else content.encode()
    bundle = read_many(read_table(data, name), kol, PRACTICES)
    return [verdict.values["copd"] for verdict in bundle.verdicts.values()]


@pytest.mark.parametrize("code", ["KOL_R95", "R95ANT", "reg_r95", "N_2R95"])
def test_words_above_a_code_are_the_heading(kol, code):
    text = f"Ydernummer;KOL;Målt;Lagt\nYDERNR;{code};SPIROMETRI;FORLØBSPLAN\n{ROWS}"
    assert copd(text, kol) == [130, 80]


@pytest.mark.parametrize("code", ["KOL_UDEN_SPIRO", "KOL_M", "KOL_K", "R95_PCT", "REGION_2", "NORD", "Nord", "uge_14"])
def test_what_makes_it_something_else_is_no_code(kol, code):
    text = f"Ydernummer;KOL;Målt;Lagt\nYDERNR;{code};SPIROMETRI;FORLØBSPLAN\n{ROWS}"
    assert copd(text, kol) == [None, None]


def test_words_over_two_columns_are_a_band(kol):
    text = "Ydernummer;KOL;;Lagt\nYDERNR;R95_A1;R95_A2;FORLØBSPLAN\n057584;130;96;70\n061654;80;60;50\n"
    assert copd(text, kol) == [None, None]
    rows = [["Ydernummer", "KOL", None, "Lagt"], ["YDERNR", "R95_A1", "R95_A2", "FORLØBSPLAN"]]
    book = merged([*rows, ["057584", 130, 96, 70], ["061654", 80, 60, 50]], (0, 1, 0, 2, "KOL"))
    assert copd(book, kol, "r.xlsx") == [None, None]


@pytest.mark.parametrize("code", ["KOL_PCT", "KOL_PER1000", "KOL_LOWER", "KOL_PREV", "KOL_INDEX"])
def test_a_code_that_makes_a_known_heading_a_share_is_asked_about(kol, code):
    text = f"Ydernummer;KOL;Spirometri;Forløbsplan\nYDER_NR;{code};SPIRO_A1;PLAN_A1\n{ROWS}"
    bundle = read_many(read_table(text.encode(), "r.csv"), kol, PRACTICES)
    asked = {(each.code, each.found) for verdict in bundle.verdicts.values() for each in verdict.questions}
    assert ("title_doubt", code) in asked
