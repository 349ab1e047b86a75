"""Dates as people write them, and what they write back: understood whole, or asked about."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cluster.errors import ClusterError
from cluster.polls.typed_answers import read_dates
from cluster.polls.written_dates import ClockHours, read
from storage.words import Suits

TODAY = date(2026, 3, 2)
USUAL = ClockHours(time(16, 30), time(19))
DAYS = [date(2026, 3, 12), date(2026, 3, 17), date(2026, 3, 20)]
WRITTEN = {
    "torsdag d. 12. eller tirsdag d. 17. kl. 17": "12/3 17:00-19:30, 17/3 17:00-19:30",
    "12/3, 17/3 og 19/3 kl. 16.30-19": "12/3 16:30-19:00, 17/3 16:30-19:00, 19/3 16:30-19:00",
    "12. og 17. marts": "12/3 16:30-19:00, 17/3 16:30-19:00",
    "12 og 17 marts": "12/3 16:30-19:00, 17/3 16:30-19:00",
    "torsdag eller fredag kl 17": "5/3 17:00-19:30, 6/3 17:00-19:30",
    "12/3 17-19, 19/3": "12/3 17:00-19:00, 19/3 17:00-19:00",
    "12/3 kl. 17, 19/3 kl. 18.15": "12/3 17:00-19:30, 19/3 18:15-20:45",
    "2026-03-12 2026-04-02": "12/3 16:30-19:00, 2/4 16:30-19:00",
    "Thursday 12th or Tuesday 17th at 5": None,
    "Thursday 12th or Tuesday 17th": "12/3 16:30-19:00, 17/3 16:30-19:00",
    "den 1.": "1/4 16:30-19:00",
    "lørdag d. 7/3 kl. 10": "7/3 10:00-12:30",
    "onsdag d. 12.": None,
    "halv fem den 12.": None,
    "10-12 og 12/3": None,
    "12/3 kl. 5": None,
    "31. februar": None,
    "uge 11": None,
    "kl. 17": None,
    "": "",
}


@pytest.mark.parametrize(("words", "expected"), WRITTEN.items())
def test_dates_are_read_as_they_are_said(words: str, expected: str | None) -> None:
    if expected is None:
        with pytest.raises(ClusterError) as refused:
            read(words, TODAY, USUAL)
        assert refused.value.field == "words"
        return
    found = read(words, TODAY, USUAL)
    said = [f"{day.day}/{day.month} {hours.start:%H:%M}-{hours.end:%H:%M}" for day, hours in found]
    assert ", ".join(said) == expected


@given(st.lists(st.dates(date(2026, 3, 3), date(2027, 2, 20)), min_size=1, max_size=8))
def test_dates_written_in_full_are_those_dates(days: list[date]) -> None:
    words = " eller ".join(f"d. {day.day}/{day.month}/{day.year} kl. 17-19" for day in days)
    assert read(words, TODAY, USUAL) == [(day, ClockHours(time(17), time(19))) for day in days]


@given(st.text(max_size=40))
def test_whatever_is_written_is_dates_or_a_question(words: str) -> None:
    with suppress(ClusterError):
        assert all(day > TODAY or str(day.year) in words for day, _ in read(words, TODAY, USUAL))
    read_dates(words, DAYS)


Y, I, N = Suits.YES, Suits.IF_NEEDED, Suits.NO  # noqa: E741
ANSWERED = {
    "torsdag kan jeg, tirsdag hvis det må være, fredag ikke": [Y, I, N],
    "jeg kan d. 12. men ikke d. 17.": [Y, N, None],
    "alle passer": [Y, Y, Y],
    "ingen af dem passer mig": [N, N, N],
    "jeg kan kun torsdag": [Y, N, N],
    "kan ikke torsdag, men de andre dage er fine": [N, Y, Y],
    "tirsdag helst ikke": [None, I, None],
    "d. 12. og d. 17. kan jeg": [Y, Y, None],
    "torsdag kan jeg og tirsdag ikke": [Y, N, None],
    "Thursday works, Tuesday if need be": [Y, I, None],
    "12/3 ja, 17/3 nej, 20/3 ja": [Y, N, Y],
    "jeg kan torsdag og tirsdag": [Y, Y, None],
    "d. 12 kan jeg og d. 17 ikke": [Y, N, None],
    "d. 12. kan jeg. d. 17. kan jeg ikke.": [Y, N, None],
    "Jeg kan torsdag. Tirsdag kan jeg ikke": [Y, N, None],
    "torsdag, tirsdag og fredag kan jeg": [Y, Y, Y],
    "torsdag og tirsdag kan jeg ikke, fredag kan jeg": [N, N, Y],
}
DOUBTFUL = (
    "torsdag og tirsdag",
    "jeg er på ferie torsdag",
    "torsdag kan jeg, hvis jeg får passet børn",
    "jeg kan ikke alle dage",
    "torsdag og mandag kan jeg",
    "torsdag ja, torsdag nej",
    "jeg kan torsdag og ikke d. 17",
    "jeg kan d. 12 og ikke d. 17, d. 20 kan jeg",
    "jeg kan torsdag, tirsdag men ikke fredag",
    "jeg kan torsdag, tirsdag, fredag ikke",
    "torsdag, men ikke tirsdag",
    "alle, ikke torsdag",
    "alle men ikke torsdag",
    "helst torsdag",
    "torsdag er ok, men helst tirsdag",
    "jeg kan torsdag hvis tirsdag ikke",
    "jeg kan torsdag og tirsdag ikke",
    "jeg kan d. 12 og d. 17 hvis det må være",
    "torsdag kl. 17 kan jeg",
    "torsdag kl 17-20 kan jeg",
    "torsdag 17-20 kan jeg",
)
NOT_OURS = ("hej med dig", "ja", "mandag kan jeg", "hvem kan torsdag?", "kol 130", "jeg kommer")


@pytest.mark.parametrize(("words", "expected"), ANSWERED.items())
def test_answers_are_understood(words: str, expected: list[Suits | None]) -> None:
    heard = read_dates(words, DAYS)
    assert heard is not None
    assert ([heard.said.get(day) for day in DAYS], heard.is_sure) == (expected, True)


@pytest.mark.parametrize("words", DOUBTFUL)
def test_doubtful_answers_are_no_answers(words: str) -> None:
    heard = read_dates(words, DAYS)
    assert heard is not None
    assert not heard.is_sure


@pytest.mark.parametrize("words", NOT_OURS)
def test_what_is_about_something_else_is_left_alone(words: str) -> None:
    assert read_dates(words, DAYS) is None


def test_weekday_of_two_dates_is_asked_about() -> None:
    heard = read_dates("torsdag kan jeg", [date(2026, 3, 12), date(2026, 3, 19)])
    assert heard is not None
    assert not heard.is_sure
