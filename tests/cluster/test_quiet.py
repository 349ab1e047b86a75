"""Quiet weeks: read as people write them, and kept so that they can be read again."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cluster.calendar import Hours, is_open, next_slot, previous_slot
from cluster.quiet import days_of, is_quiet, read, written


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("", ""),
        ("uge 7", "7"),
        ("uge 7, uge 29–31 og jul", "7, 29-31, 22/12-2/1"),
        ("Week 7; weeks 29 - 31", "7, 29-31"),
        ("u. 42", "42"),
        ("24.12. - 1.1.", "24/12-1/1"),
        ("5/6", "5/6"),
        ("29/2", "29/2"),
    ],
)
def test_weeks_and_days_are_read_as_people_write_them(words: str, kept: str) -> None:
    assert written(read(words)) == kept
    assert read(kept) == read(words)


@pytest.mark.parametrize("words", ["54", "0", "31/2", "sommer", "7, vinter", "2026-03-03", "7-", "1/13"])
def test_what_says_no_time_is_refused_with_the_words(words: str) -> None:
    with pytest.raises(ValueError, match=words.rpartition(", ")[2]):
        read(words)


@pytest.mark.parametrize(
    ("words", "day", "quiet"),
    [
        ("7", date(2026, 2, 9), True),
        ("7", date(2026, 2, 16), False),
        ("7", date(2027, 2, 15), True),
        ("jul", date(2026, 12, 22), True),
        ("jul", date(2027, 1, 2), True),
        ("jul", date(2027, 1, 3), False),
        ("52-1", date(2026, 12, 31), True),  # week 53
        ("52-1", date(2027, 1, 11), False),
    ],
)
def test_times_are_of_every_year_and_may_pass_the_new_year(words: str, day: date, *, quiet: bool) -> None:
    assert is_quiet(day, read(words)) is quiet


def test_days_of_a_year_are_counted_once() -> None:
    assert (days_of(read("7, 7")), days_of(read("1/1-31/12"))) == (7, 366)


@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2040, 1, 1)).map(lambda naive: naive.astimezone()),  # noqa: DTZ001
    st.sampled_from(["7", "29-31", "jul", "52-2, 42"]),
)
def test_slots_lie_outside_quiet_times_on_either_side(moment: datetime, words: str) -> None:
    hours = Hours(8, 17, read(words))
    before, after = previous_slot(moment, hours), next_slot(moment, hours)
    assert is_open(before, hours)
    assert is_open(after, hours)
    assert before <= moment <= after or before == moment == after
