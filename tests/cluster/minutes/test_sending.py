"""Versions of minutes: what nobody has seen is replaced, what was sent is corrected; found again, on both databases."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from cluster.errors import ClusterError
from cluster.minutes import sending, writing
from cluster.minutes.sending import Changed, SentMinutes
from cluster.minutes.writing import MinutesPart, MinutesText, lines_of
from cluster.overview.leading import lead_of
from storage.database import Database
from storage.models import Cluster, Meeting, Member, MinutesVersion, Outbox, Rules
from storage.unit_of_work import UnitOfWork, look
from tests.cluster.kit import a_cluster, do

HOUR = timedelta(hours=1)
FIRST = MinutesText("Alle måler årligt", "Sygeplejersken indkalder")
SECOND = MinutesText("Alle måler to gange", "Sygeplejersken indkalder")


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """A migrated, empty database: SQLite or PostgreSQL."""
    made = Database(database_url)
    yield made
    await made.close()


async def a_meeting(database: Database, now: datetime) -> None:
    """Meeting 1, which has just ended."""
    await a_cluster(database, now)
    when = {"starts_at": now - 3 * HOUR, "ends_at": now - HOUR, "answer_by": now - 9 * HOUR, "created_at": now}

    async def work(uow: UnitOfWork) -> None:
        uow.session.add(Meeting(cluster_id=1, title="KOL i praksis", created_by=1, **when))

    await do(database, work)


async def write(database: Database, now: datetime, text: MinutesText, *, sequence: int) -> int:
    async def work(uow: UnitOfWork) -> int:
        meeting = await writing.meeting_with_minutes(uow, 1)
        by = await uow.session.get_one(Member, 1)
        return (await writing.keep(uow, meeting, text, sequence=sequence, by=by, now=now)).sequence

    return int(await do(database, work))


async def send(database: Database, now: datetime, sequence: int, at: datetime | None = None) -> tuple[int, int]:
    async def work(uow: UnitOfWork) -> Any:
        meeting = await writing.meeting_with_minutes(uow, 1)
        by = await uow.session.get_one(Member, 1)
        return await sending.send(uow, meeting, sequence=sequence, by=by, now=now, at=at)

    found: tuple[int, int] = await do(database, work)
    return found


async def owed(database: Database) -> list[tuple[int, int]]:
    """To whom which version is owed."""
    async with look(database) as state:
        rows = select(Outbox).where(Outbox.kind == "minutes.sent").order_by(Outbox.member_id)
        return [(row.member_id or 0, row.params["version"]) for row in (await state.session.scalars(rows)).all()]


@pytest.mark.both_databases
async def test_what_nobody_has_seen_is_replaced_and_what_was_sent_is_corrected(
    database: Database, now: datetime
) -> None:
    await a_meeting(database, now)
    morning = now + 12 * HOUR
    assert await send(database, now, await write(database, now, FIRST, sequence=0), morning) == (1, 3)
    assert await send(database, now, await write(database, now, SECOND, sequence=1), morning) == (1, 3)
    assert await owed(database) == [(1, 1), (2, 1), (3, 1)]
    async with look(database) as state:
        assert await sending.all_sent(state, 1, now) == []
        [seen] = await sending.all_sent(state, 1, morning)
        assert (seen.written, seen.before) == (SECOND, None)
    assert await send(database, morning, await write(database, morning, FIRST, sequence=2)) == (2, 3)
    async with look(database) as state:
        newest = await sending.newest_sent(state, 1, morning)
        assert newest is not None
        assert sending.changes(newest) == [Changed(MinutesPart.POINTS, (FIRST.points,), (SECOND.points,))]
        assert len((await state.session.scalars(select(MinutesVersion))).all()) == 2
        for words, hits in (("ÅRLIGT alle", 1), ("kol", 1), ("sygeplej", 1), ("to gange", 0), ("%", 0), ("", 0)):
            assert len(await sending.find(state, 1, words, morning)) == hits, words
            assert await sending.find(state, 2, words, morning) == []


@pytest.mark.both_databases
async def test_same_minutes_are_sent_once_and_never_other_ones_than_were_seen(
    database: Database, now: datetime
) -> None:
    await a_meeting(database, now)
    seen = await write(database, now, FIRST, sequence=0)
    await send(database, now, seen)
    with pytest.raises(ClusterError, match=r"minutes\.sent_already"):
        await send(database, now, seen)
    await write(database, now, SECOND, sequence=seen)
    with pytest.raises(ClusterError, match=r"minutes\.seen_another"):
        await send(database, now, seen)
    with pytest.raises(ClusterError, match=r"minutes\.changed_meanwhile"):
        await write(database, now, FIRST, sequence=seen)
    assert len(await owed(database)) == 3


@pytest.mark.both_databases
async def test_start_page_knows_whose_minutes_are_waited_for(database: Database, now: datetime) -> None:
    await a_meeting(database, now)

    async def has_minutes() -> list[bool]:
        async with look(database) as state:
            cluster = await state.session.get_one(Cluster, 1)
            rules = (await state.session.scalars(select(Rules))).one()
            return [each.has_minutes for each in (await lead_of(state, cluster, rules, now, silent=())).behind]

    assert await has_minutes() == [False]
    await write(database, now, FIRST, sequence=0)
    assert await has_minutes() == [True]


@given(st.text(alphabet="ab:•- \n\r\t\u2028", max_size=60))
def test_lines_are_never_blank_and_no_heading_stands_over_nothing(text: str) -> None:
    lines = lines_of(text)
    assert all(line.strip() for line in lines)
    assert not lines or not lines[-1].endswith(":")
    assert lines_of("\n".join(lines)) == lines


@given(st.lists(st.sampled_from("abcd"), max_size=6), st.lists(st.sampled_from("abcd"), max_size=6))
def test_changes_say_each_line_that_came_or_went(was: list[str], now_is: list[str]) -> None:
    sent = SentMinutes(
        Meeting(),
        2,
        MinutesText("\n".join(now_is)),
        MinutesText("\n".join(was)),
        datetime(2026, 3, 26),  # noqa: DTZ001
    )
    found = sending.changes(sent)
    assert {line for each in found for line in each.added} == set(now_is) - set(was)
    assert {line for each in found for line in each.removed} == set(was) - set(now_is)


@pytest.mark.parametrize(
    ("written", "line"),
    [("- et", "et"), ("• – et", "et"), ("-5 %", "-5 %"), ("*vigtigt*", "*vigtigt*"), (" *  et", "et")],
)
def test_only_what_begins_a_list_is_taken_away(written: str, line: str) -> None:
    assert lines_of(written) == [line]
