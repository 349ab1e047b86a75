"""Reminders in the outbox: what a member has been reminded of that day decides when the next comes."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select, update

from cluster.calendar import WORKING, at
from cluster.meetings.reminders import POLICY as MEETINGS
from cluster.notices import NotNow, owe, owed_of
from cluster.reminders import owing
from cluster.reminders.owing import Asking
from cluster.reminders.situation import Situation
from cluster.rounds.reminders import POLICY as ROUNDS
from storage.database import Database
from storage.models import Cluster, Member, Outbox
from storage.unit_of_work import UnitOfWork, look

MONDAY = at(date(2026, 3, 2), 9)
FRIDAY = at(date(2026, 3, 6), 12)
NOON = at(date(2026, 3, 3), 12)
TOMORROW = at(date(2026, 3, 4), 8)


@pytest.fixture
async def asking(database: Database) -> Asking:
    async with UnitOfWork(database) as uow:
        cluster = Cluster(team_id="T1", channel_id="C1", name="Nord", created_at=MONDAY)
        uow.session.add(cluster)
        await uow.session.flush()
        member = Member(cluster_id=cluster.id, name="Ida", email="ida@example.org")
        uow.session.add(member)
        await uow.session.flush()
        ids = cluster.id, member.id
        await uow.commit()
    return Asking(ROUNDS, WORKING, "assignment:7", *ids, since=MONDAY, deadline=FRIDAY, about="1", who=1)


async def said_something(database: Database, asking: Asking, on: date) -> None:
    async with UnitOfWork(database) as uow:
        other = Asking(
            MEETINGS,
            WORKING,
            "meeting:1",
            asking.cluster_id,
            asking.member_id,
            since=MONDAY,
            deadline=None,
            about="9",
            who=9,
        )
        await owing.nudge(uow, other, now=at(on, 9))
        said = update(Outbox).where(Outbox.subject == "meeting:1")
        await uow.session.execute(said.values(state="sent", sent_ts="1.0", params={"said_on": on.isoformat()}))
        await uow.commit()


async def nudged(database: Database, asking: Asking, now: datetime) -> datetime | None:
    async with UnitOfWork(database) as uow:
        moment = await owing.nudge(uow, asking, now=now)
        await uow.commit()
    return moment


async def test_nudge_of_who_was_reminded_today_comes_on_the_next_workday(database: Database, asking: Asking) -> None:
    await said_something(database, asking, date(2026, 3, 3))
    assert [await nudged(database, asking, NOON) for _ in range(2)] == [TOMORROW, None]


async def test_nudge_that_was_said_today_is_not_owed_for_tomorrow(database: Database, asking: Asking) -> None:
    assert await nudged(database, asking, NOON) == NOON
    async with UnitOfWork(database) as uow:
        said = update(Outbox).where(Outbox.subject == asking.subject)
        await uow.session.execute(said.values(state="sent", sent_ts="1.0", params={"said_on": "2026-03-03"}))
        await uow.commit()
    assert await nudged(database, asking, NOON + timedelta(hours=1)) is None


async def test_reminder_waits_a_day_when_something_was_said_unless_it_is_the_last(
    database: Database, asking: Asking
) -> None:
    async with UnitOfWork(database) as uow:
        await owing.lay_out(uow, asking, now=MONDAY)
        await uow.commit()
    await said_something(database, asking, date(2026, 3, 3))
    async with look(database) as state:
        row = (await state.session.scalars(select(Outbox).where(Outbox.subject == asking.subject))).first()
        assert row is not None
        in_time, last = Situation(True, FRIDAY, WORKING), Situation(True, TOMORROW, WORKING)
        with pytest.raises(NotNow) as waits:
            await owing.look_again(state, owed_of(row), ROUNDS, in_time, now=NOON)
        assert waits.value.until == TOMORROW
        assert await owing.look_again(state, owed_of(row), ROUNDS, last, now=NOON)


async def test_nothing_is_owed_to_nobody(database: Database) -> None:
    async with UnitOfWork(database) as uow:
        assert not await owe(uow, "meeting.channel", key="channel:7", now=NOON, channel_id="", subject="meeting:7")
        await uow.commit()
    async with look(database) as state:
        assert (await state.session.scalars(select(Outbox.id))).all() == []
