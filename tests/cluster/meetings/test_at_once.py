"""Two who change the same meeting at the same time: the second is asked to look again, on both databases."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from datetime import datetime

import pytest

from cluster import undoing
from cluster.errors import ClusterError
from cluster.meetings import drafts, meetings
from storage.database import Database
from storage.models import Cluster, Member, Rules
from storage.unit_of_work import UnitOfWork, look
from tests.cluster.meetings.test_meetings import DETAILS


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """A migrated, empty database: SQLite or PostgreSQL."""
    made = Database(database_url)
    yield made
    await made.close()


@pytest.fixture
async def kirsten(database: Database, now: datetime) -> Member:
    """She runs a cluster alone."""
    async with UnitOfWork(database) as uow:
        cluster = Cluster(team_id="T1", channel_id="C1", created_at=now)
        uow.session.add(cluster)
        await uow.session.flush()
        made = Member(cluster_id=cluster.id, name="Kirsten", role="coordinator", slack_user_id="U1")
        uow.session.add_all([Rules(cluster_id=cluster.id, decided_at=now), made])
        await uow.commit()
    return made


@pytest.mark.both_databases
@pytest.mark.parametrize("is_called", [False, True], ids=["draft", "called"])
async def test_two_changes_at_once_do_not_overwrite_each_other(
    database: Database, kirsten: Member, now: datetime, *, is_called: bool
) -> None:
    async with UnitOfWork(database) as uow:
        cluster = await uow.session.get_one(Cluster, kirsten.cluster_id)
        write = meetings.plan if is_called else drafts.keep
        meeting_id = (await write(uow, cluster, DETAILS, by=kirsten, now=now)).id
        await uow.commit()

    async def save(place: str, meanwhile: Callable[[], Awaitable[object]]) -> str:
        async with UnitOfWork(database) as uow:
            details = replace(DETAILS, place=place)
            try:
                if is_called:
                    meeting = await meetings.get(uow, meeting_id)
                    await meetings.change(uow, meeting, details, by=kirsten, now=now, sequence=0)
                else:
                    draft = await drafts.opened(uow, meeting_id, 0)
                    await drafts.rewrite(uow, draft, details, by=kirsten, now=now)
            except ClusterError as refused:
                return refused.code
            await meanwhile()
            await uow.commit()
        return place

    async def begin_another() -> None:
        others.append(asyncio.create_task(save("Rådhuset", nothing)))
        await asyncio.wait(others, timeout=0.2)

    async def nothing() -> None:
        pass

    others: list[asyncio.Task[str]] = []
    said = [await save("Biblioteket", begin_another), *await asyncio.gather(*others)]
    assert said == ["Biblioteket", "meeting.changed_meanwhile"]
    async with look(database) as state:
        assert (await meetings.get(state, meeting_id)).place == "Biblioteket"


async def test_draft_that_was_sent_meanwhile_is_not_deleted_by_undoing(
    database: Database, kirsten: Member, now: datetime
) -> None:
    async with UnitOfWork(database) as uow:
        cluster = await uow.session.get_one(Cluster, kirsten.cluster_id)
        draft = await drafts.keep(uow, cluster, DETAILS, by=kirsten, now=now)
        await drafts.drop(uow, draft, by=kirsten, now=now)
        [dropped] = await undoing.lately(uow, [kirsten.id], now=now)
        await drafts.put_back(uow, dropped, by=kirsten, now=now)
        [back] = await undoing.lately(uow, [kirsten.id], now=now)
        await drafts.send(uow, draft, DETAILS, by=kirsten, now=now, send_at=None)
        with pytest.raises(ClusterError, match=r"meeting.no_draft"):
            await drafts.put_back(uow, back, by=kirsten, now=now)
