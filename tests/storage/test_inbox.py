"""What came in: told once, one person's doings in order, taken over when a lease runs out."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from storage import inbox
from storage.database import Database
from storage.models import Cluster, Member
from storage.unit_of_work import UnitOfWork

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
LEASE = timedelta(minutes=1)

pytestmark = pytest.mark.both_databases


async def tell(database: Database, source_id: str, person: str = "T1:U1") -> bool:
    return await inbox.keep(
        database, source_id=source_id, kind="event:message", person=person, body={"n": source_id}, now=NOW
    )


async def taken(database: Database, wall: datetime = NOW) -> list[str]:
    return [row.source_id for row in await inbox.claim(database, 10, wall=wall, lease=LEASE)]


async def settle(database: Database, source_id: str) -> None:
    async with database.read() as session:
        from sqlalchemy import select

        from storage.models import Inbox

        row_id = await session.scalar(select(Inbox.id).where(Inbox.source_id == source_id))
    async with UnitOfWork(database, inbox_id=row_id) as uow:
        await uow.commit()


async def test_same_event_is_kept_once(database: Database) -> None:
    assert [await tell(database, "event:1"), await tell(database, "event:1")] == [True, False]
    assert await inbox.waiting(database) == 1


async def test_one_person_waits_for_the_earlier_doing_others_do_not(database: Database) -> None:
    for source_id, person in (("a1", "T1:A"), ("a2", "T1:A"), ("b1", "T1:B")):
        await tell(database, source_id, person)
    assert await taken(database) == ["a1", "b1"]
    await settle(database, "a1")
    assert await taken(database) == ["a2"]


async def test_claimed_row_is_not_claimed_again_before_its_lease_ends(database: Database) -> None:
    await tell(database, "event:1")
    assert await taken(database) == ["event:1"]
    assert await taken(database, NOW + timedelta(seconds=59)) == []
    assert await taken(database, NOW + timedelta(seconds=60)) == ["event:1"]


async def test_put_off_row_waits_and_keeps_its_place_before_later_ones(database: Database) -> None:
    await tell(database, "a1")
    await tell(database, "a2")
    [row] = await inbox.claim(database, 10, wall=NOW, lease=LEASE)
    await inbox.put_off(database, row.id, until=NOW + timedelta(seconds=30), error="X at y:1")
    assert await taken(database) == []
    assert await taken(database, NOW + timedelta(seconds=30)) == ["a1"]


async def test_buried_row_is_forgotten_and_lets_the_next_through(database: Database) -> None:
    await tell(database, "a1")
    await tell(database, "a2")
    [row] = await inbox.claim(database, 10, wall=NOW, lease=LEASE)
    async with database.write() as session:
        await inbox.bury(session, row.id, error="X", now=NOW)
        await session.commit()
    assert await taken(database) == ["a2"]
    assert await inbox.has(database, "a1")


async def test_row_whose_takers_vanish_counts_them_until_one_is_heard_of(database: Database) -> None:
    await tell(database, "event:1")
    lost = []
    for round_ in range(4):
        [row] = await inbox.claim(database, 10, wall=NOW + round_ * LEASE, lease=LEASE)
        lost.append(row.lost)
    await inbox.put_off(database, row.id, until=NOW, error="Slack is away")
    [row] = await inbox.claim(database, 10, wall=NOW + 5 * LEASE, lease=LEASE)
    assert ([*lost, row.lost], row.attempts) == ([0, 1, 2, 3, 0], 5)


async def test_kinds_of_a_clusters_people_can_be_passed_over(database: Database) -> None:
    async with UnitOfWork(database) as uow:
        ids = []
        for name, team, user, organisation in (("A", "T1", "UA", ""), ("B", "T1", "UB", ""), ("C", "T1", "UC", "E9")):
            cluster = Cluster(team_id=team, channel_id=f"C{name}", name=name, region="", created_at=NOW, set_up_at=NOW)
            uow.session.add(cluster)
            await uow.session.flush()
            member = Member(cluster_id=cluster.id, slack_user_id=user, organisation=organisation, name=name)
            uow.session.add(member)
            ids.append(cluster.id)
        await uow.commit()
    for person in ("T1:UA", "T1:UB", "E9:UC", "T1:UC", "T1:UX"):
        await tell(database, person, person)
    heavy = inbox.After(("event:message",), (ids[0], ids[2]))
    claimed = await inbox.claim(database, 10, wall=NOW, lease=LEASE, after=heavy)
    assert [row.source_id for row in claimed] == ["T1:UB", "T1:UC", "T1:UX"]
    other = inbox.After(("event:file",), tuple(ids))
    claimed = await inbox.claim(database, 10, wall=NOW, lease=LEASE, after=other)
    assert [row.source_id for row in claimed] == ["T1:UA", "E9:UC"]
