"""Three replicas keep Slack's pace together: no more than is allowed, and hardly less."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from bot.pacing import LONGEST_WAIT, POST, WORKSPACE_PER_MINUTE, Pace, TooFast
from cluster.notices import owe
from storage.allowances import Limit, SharedAllowances
from storage.database import Database
from storage.unit_of_work import UnitOfWork
from tests.replicas.conftest import Company
from workspace import Workspace

METHOD = "chat.postMessage"
SUSTAINED = 90
"""Messages after the first burst."""

pytestmark = pytest.mark.postgres


@pytest.fixture
def in_earnest(world: Workspace) -> None:
    """Slack as it is: no allowance is larger than its documentation says."""
    world.settings.change({"rate_factor": 1.0})


async def wave(company: Company, world: Workspace, name: str, count: int) -> None:
    """As many messages as that, each to a conversation of its own."""
    rooms = [world.add_channel(name=f"{name}-{n}", members=[company.user, world.bot_user_id]) for n in range(count)]
    async with UnitOfWork(company.database) as uow:
        for n, room in enumerate(rooms):
            await owe(uow, "test.notice", key=f"{name}{n}", now=company.clock.now(), channel_id=room, text=f"nr. {n}")
        await uow.commit()


async def calls(company: Company) -> list[dict[str, Any]]:
    return [call for call in await company.desk.traffic() if call["method"] == METHOD]


def at(call: dict[str, Any]) -> datetime:
    return datetime.fromisoformat(call["at"])


@pytest.mark.usefixtures("in_earnest")
async def test_three_replicas_use_the_allowance_and_no_more(
    company: Company, world: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    company.clock.run()
    await wave(company, world, "a", WORKSPACE_PER_MINUTE + SUSTAINED)
    await asyncio.gather(*(company.join(role=role, pace_factor=1) for role in ("worker", "worker", "worker")))

    async def sent() -> bool:
        return len(await calls(company)) >= WORKSPACE_PER_MINUTE + SUSTAINED

    await company.until(sent, seconds=90)
    made = await calls(company)
    refused = [call for call in made if not call["ok"]]
    taken = (at(made[-1]) - at(made[0])).total_seconds()
    share = len(made) / (WORKSPACE_PER_MINUTE + taken * WORKSPACE_PER_MINUTE / 60)
    steady = made[-SUSTAINED // 2 :]
    per_minute = 60 * (len(steady) - 1) / (at(steady[-1]) - at(steady[0])).total_seconds()
    with capsys.disabled():
        print(f"\n{len(made)} messages in {taken:.0f} s: {share:.0%} of the allowance; ", end="")
        print(f"{per_minute:.0f} a minute after the first burst; {len(refused)} refused")
    assert (len(refused), share > 0.9, per_minute > 0.9 * WORKSPACE_PER_MINUTE) == (0, True, True)


async def test_replica_waits_when_slack_told_another_to(company: Company, world: Workspace) -> None:
    company.clock.run()
    await company.desk.fail(METHOD, retry_after=3)
    await asyncio.gather(*(company.join(role="worker") for _ in range(3)))
    await wave(company, world, "a", 1)

    async def refused() -> bool:
        return len(await calls(company)) == 1

    async def all_sent() -> bool:
        return len(await calls(company)) == 1 + 30

    await company.until(refused)
    await wave(company, world, "b", 29)
    await company.until(all_sent)
    first, second, *_ = await calls(company)
    assert (first["ok"], at(second) - at(first) > timedelta(seconds=2.9)) == (False, True)


async def test_bucket_is_one_for_all(database: Database, database_url: str) -> None:
    other = Database(database_url)
    limit = [Limit("chat_update", 3, 0.1)]
    waits = [await SharedAllowances(each).take(limit, longest=60) for each in (database, other, database, other)]
    await other.close()
    assert [round(wait) for wait in waits] == [0, 0, 0, 10]


async def test_wait_too_long_takes_nothing(database: Database) -> None:
    shared, limits = SharedAllowances(database), [Limit("post", 10, 1), Limit("post:C1", 1, 0.1)]
    waits = [await shared.take(limits, longest=1) for _ in range(4)]
    assert [round(wait) for wait in waits] == [0, 10, 10, 10]
    assert await shared.take([Limit("post", 10, 1)], longest=1) == 0


async def test_moment_of_a_clock_that_was_set_back_does_not_stop_the_bucket(database: Database) -> None:
    shared, limits = SharedAllowances(database), [Limit("post", 2, 20)]
    await shared.take(limits, longest=1)
    async with database.engine.begin() as connection:
        await connection.execute(text("UPDATE allowance SET at = now() + interval '1 hour', tokens = 0"))
    first = await shared.take(limits, longest=1)
    await asyncio.sleep(0.2)
    assert (first > 0, await shared.take(limits, longest=1)) == (True, 0)


async def test_who_stands_waiting_when_slack_closes_the_method_goes_away_again(database: Database) -> None:
    shared = SharedAllowances(database)
    pace = Pace(shared)
    for _ in range(3):
        await pace.turn(POST, "C1")
    waiting = asyncio.create_task(pace.turn(POST, "C1"))
    await asyncio.sleep(0.2)
    await shared.block(POST, 60)
    with pytest.raises(TooFast) as caught:
        await waiting
    assert LONGEST_WAIT < caught.value.seconds <= 60
