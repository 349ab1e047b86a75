"""The best date: practices before heads, »if need be« half, and nothing decided where nothing is between two."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from cluster.polls.best import DateTally, best, ranked, tally
from storage.models import Member, PollDate
from storage.words import Suits

Y, I, N = Suits.YES, Suits.IF_NEEDED, Suits.NO  # noqa: E741
PRACTICES = (1, 1, 1, 2, 3, None)
"""Of six members: three of one practice, and one who is in none."""


def of(day: int, *said: Suits | None) -> DateTally:
    starts = datetime(2026, 3, day, 16, tzinfo=UTC)
    people = [Member(id=n, name=f"M{n}", practice_id=practice) for n, practice in enumerate(PRACTICES)]
    date = PollDate(id=day, starts_at=starts, ends_at=starts + timedelta(hours=2))
    return tally(date, zip(people, said, strict=True))


def days(found: list[DateTally]) -> list[int]:
    return [each.date.id for each in found]


def test_practices_count_before_heads():
    three_of_one, two_of_two = of(12, Y, Y, Y, N, N, N), of(17, N, N, N, Y, Y, N)
    assert days(ranked([three_of_one, two_of_two])) == [17, 12]
    assert days(best([three_of_one, two_of_two])) == [17]


def test_if_need_be_is_half():
    can, must = of(12, Y, N, N, N, N, N), of(17, I, N, N, N, N, N)
    assert days(best([can, must])) == [12]
    assert days(best([of(12, N, N, N, Y, N, N), of(17, I, N, N, I, I, N)])) == [17], "three halves are more than one"


def test_practice_that_can_is_not_counted_as_one_that_must():
    found = of(12, Y, I, N, I, N, N)
    assert (found.covered, found.halfway) == ({1}, {2})


def test_ties_are_shown_and_not_decided():
    assert days(best([of(17, Y, N, N, Y, N, N), of(12, N, N, Y, Y, N, N)])) == [12, 17]


def test_nobody_who_can_is_no_best():
    assert best([of(12, N, N, N, N, N, N), of(17, None, N, N, N, N, None)]) == []


def test_heads_decide_between_equal_practices():
    assert days(best([of(12, Y, N, N, Y, N, N), of(17, Y, Y, N, Y, N, N)])) == [17]
    assert days(best([of(12, Y, N, N, Y, N, Y), of(17, Y, N, N, Y, N, N)])) == [12], "who is in no practice counts"
