"""Three replicas keep Slack's pace together: no more than is allowed, and hardly less."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, text

from bot.sending.pacing import LONGEST_WAIT, POST, WORKSPACE_PER_MINUTE, CallPace, TooFast
from cluster.notices import owe
from storage.allowances import Limit, SharedAllowances
from storage.database import Database
from storage.models import Outbox
from storage.unit_of_work import UnitOfWork
from tests.replicas.conftest import Company
from workspace import Workspace

METHOD = "chat.postMessage"
SHARE = 0.4
"""Of Slack's allowance, so that what binds is the allowance and not this machine."""
AT_ONCE, A_SECOND = SHARE * WORKSPACE_PER_MINUTE, SHARE * WORKSPACE_PER_MINUTE / 60
MESSAGES = int(AT_ONCE + 20 * A_SECOND)

pytestmark = pytest.mark.postgres


async def wave(company: Company, world: Workspace, name: str, count: int) -> None:
    """As many messages as that, each to a conversation of its own."""
    conversations = [
        world.add_channel(name=f"{name}-{n}", members=[company.user, world.bot_user_id]) for n in range(count)
    ]
    async with UnitOfWork(company.database) as uow:
        for n, conversation in enumerate(conversations):
            await owe(
                uow, "test.notice", key=f"{name}{n}", now=company.clock.now(), channel_id=conversation, text=f"nr. {n}"
            )
        await uow.commit()


async def calls(company: Company) -> list[dict[str, Any]]:
    return [call for call in await company.desk.traffic() if call["method"] == METHOD]


def at(call: dict[str, Any]) -> datetime:
    return datetime.fromisoformat(call["at"])


async def test_three_replicas_use_the_allowance_and_no_more(
    company: Company, world: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    company.clock.run()
    world.settings.change({"rate_factor": SHARE})
    await asyncio.gather(*(company.join(role="worker", pace_factor=SHARE) for _ in range(3)))
    await company.owe(company.database, "the first one loads what is needed to speak")
    await company.until_said("the first one loads what is needed to speak")
    await wave(company, world, "a", MESSAGES)

    async def sent() -> bool:
        return len([call for call in await calls(company) if call["ok"]]) == MESSAGES + 1

    await company.until(sent, seconds=90)
    _, *made = await calls(company)
    refused = [call for call in made if not call["ok"]]
    taken = (at(made[-1]) - at(made[0])).total_seconds()
    share = len(made) / (AT_ONCE + taken * A_SECOND)
    with capsys.disabled():
        print(f"\n{len(made)} messages in {taken:.0f} s: {share:.0%} of the allowance; {len(refused)} refused")
    assert (len(refused), share > 0.9) == (0, True)


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
    pace = CallPace(shared)
    for _ in range(3):
        await pace.turn(POST, "C1")
    waiting = asyncio.create_task(pace.turn(POST, "C1"))
    await asyncio.sleep(0.2)
    await shared.block(POST, 60)
    with pytest.raises(TooFast) as caught:
        await waiting
    assert LONGEST_WAIT < caught.value.seconds <= 60


async def test_wave_that_comes_too_early_is_not_taken_and_put_back_in_a_circle(
    company: Company, world: Workspace
) -> None:
    await company.join(role="worker", pace_factor=0.01)
    await wave(company, world, "a", 30)

    async def all_put_off() -> bool:
        async with company.database.read() as session:
            put_off = select(func.count()).select_from(Outbox).where(Outbox.next_at.is_not(None))
            return await session.scalar(put_off) == 30

    assert await company.until(all_put_off) > 3
