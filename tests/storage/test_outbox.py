"""What we owe: lanes in order, the urgent first, edits folded together, leases, cards."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from cluster.notices import ANSWER, owe, refresh
from storage import outbox
from storage.database import Database
from storage.models import Outbox
from storage.unit_of_work import UnitOfWork

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
LEASE = timedelta(minutes=1)

pytestmark = pytest.mark.both_databases


async def owed(database: Database, key: str, channel: str = "C1", **more: Any) -> bool:
    async with UnitOfWork(database) as uow:
        is_new = await owe(uow, "greeting", key=key, now=NOW, channel_id=channel, **more)
        await uow.commit()
    return is_new


async def taken(database: Database, *, now: datetime = NOW, wall: datetime = NOW, count: int = 10) -> list[Outbox]:
    return list(await outbox.claim(database, count, now=now, wall=wall, lease=LEASE))


async def keys(database: Database, **when: Any) -> list[str]:
    return [row.key for row in await taken(database, **when)]


async def mark(database: Database, row: Outbox, attempt: int | None = None, /, **values: Any) -> bool:
    async with database.write() as session:
        changed = await outbox.mark(session, row.id, attempt, **values)
        await session.commit()
    return changed


async def test_same_key_is_owed_once(database: Database) -> None:
    assert [await owed(database, "a"), await owed(database, "a")] == [True, False]


async def test_lane_gives_one_at_a_time_in_order(database: Database) -> None:
    for key in ("a", "b"):
        await owed(database, key)
    await owed(database, "c", channel="C2")
    first, other = await taken(database)
    assert (first.key, other.key) == ("a", "c")
    assert await keys(database) == []
    await mark(database, first, state="sent", leased_until=None)
    assert await keys(database) == ["b"]


async def test_answer_goes_before_what_was_owed_earlier(database: Database) -> None:
    await owed(database, "ordinary")
    await owed(database, "answer", urgency=ANSWER)
    assert await keys(database) == ["answer"]


async def test_row_of_tomorrow_neither_goes_nor_blocks(database: Database) -> None:
    await owed(database, "later", due_at=NOW + timedelta(days=1), urgency=ANSWER)
    await owed(database, "now")
    assert await keys(database) == ["now"]
    assert await keys(database, now=NOW + timedelta(days=1), wall=NOW + LEASE) == ["later"]


async def test_calendar_decides_what_is_due_and_wall_time_the_lease(database: Database) -> None:
    await owed(database, "a")
    assert await keys(database) == ["a"]
    assert await keys(database, now=NOW + timedelta(days=30), wall=NOW + timedelta(seconds=59)) == []
    assert await keys(database, now=NOW, wall=NOW + LEASE) == ["a"]


async def test_settled_row_is_not_marked_again(database: Database) -> None:
    await owed(database, "a")
    [row] = await taken(database)
    assert await mark(database, row, state="sent")
    assert not await mark(database, row, state="dead")


async def test_who_was_overtaken_gives_back_nothing_of_the_others_attempt(database: Database) -> None:
    await owed(database, "a")
    [mine] = await taken(database)
    [others] = await taken(database, wall=NOW + 2 * LEASE)
    assert (mine.attempts, others.attempts) == (1, 2)
    assert not await mark(database, mine, 1, leased_until=None, attempts=0)
    assert await mark(database, others, 2, leased_until=None)


async def test_edit_on_its_way_lets_a_newer_wish_be_owed(database: Database) -> None:
    async def wish() -> None:
        async with UnitOfWork(database) as uow:
            await refresh(uow, "card", subject="meeting:1", now=NOW, channel_id="C1")
            await uow.commit()

    await wish()
    await wish()
    [row] = await taken(database)
    await wish()
    await mark(database, row, state="sent", leased_until=None)
    assert len(await taken(database)) == 1
    assert await outbox.due(database, now=NOW) == 1


async def test_card_moves_when_it_is_posted_again(database: Database) -> None:
    for ts in ("1.1", "2.2"):
        async with database.write() as session:
            await outbox.remember_card(session, kind="card", subject="meeting:1", lane="c:C1", channel_id="C1", ts=ts)
            await session.commit()
    card = await outbox.card_of(database, kind="card", subject="meeting:1", lane="c:C1")
    assert card is not None
    assert card.ts == "2.2"


async def test_row_whose_takers_vanish_counts_them_until_one_is_heard_of(database: Database) -> None:
    await owed(database, "a")
    lost = []
    for round_ in range(4):
        [row] = await taken(database, wall=NOW + round_ * LEASE)
        lost.append(row.lost)
    await mark(database, row, leased_until=None)
    [row] = await taken(database, wall=NOW + 5 * LEASE)
    assert ([*lost, row.lost], row.attempts) == ([0, 1, 2, 3, 0], 5)


async def test_row_that_stepped_aside_holds_nobody_and_waits_for_nobody(database: Database) -> None:
    for key in ("first", "second", "third"):
        await owed(database, key)
    [first] = await taken(database)
    await mark(database, first, lane=outbox.aside(first), leased_until=None, next_at=NOW + LEASE / 2)
    [second] = await taken(database)
    assert (second.key, await keys(database)) == ("second", [])
    [again] = await taken(database, wall=NOW + LEASE / 2)
    assert (again.key, again.attempts, outbox.own_lane(again.lane)) == ("first", 2, second.lane)
    await mark(database, second, state="sent", leased_until=None)
    assert await keys(database) == ["third"]


async def test_edits_that_stepped_aside_stay_in_order_for_each_message(database: Database) -> None:
    for key, message in (("earlier", 7), ("later", 7), ("another", 8)):
        await owed(database, key, how="edit", row=message)
    async with database.write() as session:
        for row in (await session.scalars(select(Outbox))).all():
            assert not await outbox.is_overtaking(database, row)
            await outbox.mark(session, row.id, lane=outbox.aside(row))
        await session.commit()
    assert sorted(await keys(database)) == ["another", "earlier"]


async def test_edit_overtakes_only_what_stepped_aside_with_the_same_message(database: Database) -> None:
    for key, message in (("earlier", 7), ("later", 7), ("another", 8)):
        await owed(database, key, how="edit", row=message)
    [earlier] = await taken(database)
    await mark(database, earlier, lane=outbox.aside(earlier), leased_until=None, next_at=NOW + 2 * LEASE)
    [later] = await taken(database)
    await mark(database, later, leased_until=None, due_at=NOW + LEASE)
    [another] = await taken(database)
    assert [await outbox.is_overtaking(database, row) for row in (later, another)] == [True, False]
