"""One lane, one row on its way: whatever comes in while several replicas claim at the same moment."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from cluster.notices import ANSWER, owe, refresh
from storage import inbox, outbox
from storage.database import Database
from storage.models import Inbox
from storage.unit_of_work import UnitOfWork

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
LEASE = timedelta(minutes=1)
WHEN: dict[str, Any] = {"now": NOW, "wall": NOW, "lease": LEASE}

pytestmark = pytest.mark.postgres


@pytest.fixture
async def other(database_url: str) -> AsyncIterator[Database]:
    """The same database as another replica sees it."""
    made = Database(database_url)
    yield made
    await made.close()


async def owed(database: Database, key: str, channel: str = "C1", **more: Any) -> None:
    async with UnitOfWork(database) as uow:
        await owe(uow, "greeting", key=key, now=NOW, channel_id=channel, **more)
        await uow.commit()


async def wish(uow: UnitOfWork) -> None:
    await refresh(uow, "card", subject="meeting:1", now=NOW, channel_id="C1")


async def test_edit_waits_for_whoever_changes_what_it_shows(database: Database, other: Database) -> None:
    async with UnitOfWork(database) as uow:
        await wish(uow)
        await uow.commit()
    async with UnitOfWork(database) as changing:
        await wish(changing)
        assert await outbox.claim(other, 10, **WHEN) == []  # it would show the state before the change, for good
        await changing.commit()
    assert [row.subject for row in await outbox.claim(other, 10, **WHEN)] == ["meeting:1"]


async def test_wish_that_meets_an_edit_being_claimed_is_a_new_one(database: Database, other: Database) -> None:
    async with UnitOfWork(database) as uow:
        await wish(uow)
        await uow.commit()
    async with UnitOfWork(database) as changing:
        async with other.write() as session:
            [first] = await outbox.take(session, 10, NOW, NOW, NOW + LEASE)
            wishing = asyncio.create_task(wish(changing))
            await asyncio.wait([wishing], timeout=0.2)
            await session.commit()
        await wishing
        await changing.commit()
    async with other.write() as session:
        await outbox.mark(session, first.id, state="sent", leased_until=None)
        await session.commit()
    [second] = await outbox.claim(other, 10, **WHEN)
    assert second.id > first.id


async def test_answer_that_comes_in_while_the_lane_is_being_claimed_waits(database: Database, other: Database) -> None:
    await owed(database, "ordinary")
    async with database.write() as session:
        [first] = await outbox.take(session, 10, NOW, NOW, NOW + LEASE)
        await owed(other, "answer", urgency=ANSWER)
        assert await outbox.claim(other, 10, **WHEN) == []
        await session.commit()
    assert (first.key, await outbox.claim(other, 10, **WHEN)) == ("ordinary", [])


async def test_lane_that_is_being_claimed_keeps_nobody_from_the_others(database: Database, other: Database) -> None:
    for channel in ("C1", "C2"):
        await owed(database, channel, channel)
    async with database.write() as session:
        [first] = await outbox.take(session, 1, NOW, NOW, NOW + LEASE)
        [second] = await outbox.claim(other, 1, **WHEN)
        await session.commit()
    assert (first.key, second.key) == ("C1", "C2")


async def test_second_doing_of_a_person_waits_while_the_first_is_being_claimed(
    database: Database, other: Database
) -> None:
    """Ids are given before commits: the earlier one may be seen later."""
    async with database.write() as slow:
        early = Inbox(source_id="event:1", kind="event:message", person="T1:U1", body={}, received_at=NOW, next_at=NOW)
        slow.add(early)
        await slow.flush()
        await inbox.keep(other, source_id="event:2", kind="event:message", person="T1:U1", body={}, now=NOW)
        [second] = await inbox.claim(other, 10, wall=NOW, lease=LEASE)
        await slow.commit()
    assert (second.source_id, second.id > early.id) == ("event:2", True)
    assert await inbox.claim(database, 10, wall=NOW, lease=LEASE) == []


async def test_claims_of_one_person_at_the_same_moment_take_one_row(database: Database, other: Database) -> None:
    for n in range(2):
        await inbox.keep(other, source_id=f"event:{n}", kind="event:message", person="T1:U1", body={}, now=NOW)
    async with database.write() as session:
        [first] = await inbox.take(session, 10, NOW, NOW + LEASE)
        assert await inbox.claim(other, 10, wall=NOW, lease=LEASE) == []
        await session.commit()
    assert first.source_id == "event:0"
