"""Processes wake each other through the database, and look for themselves when they cannot hear."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from pydantic import SecretStr
from sqlalchemy import select

from cluster.clock import SystemClock
from cluster.notices import ANSWER
from storage.models import Inbox, Outbox
from tests.replicas.conftest import Company
from workspace import Workspace

pytestmark = pytest.mark.postgres
SOON = 10
"""Seconds; the tick of these tests comes after 60."""


async def test_what_one_keeps_another_sends_long_before_the_tick(company: Company) -> None:
    chat, _ = await company.join(role="chat"), await company.join(role="worker")
    await company.owe(chat.database, "hej")
    assert await company.until_said("hej") < SOON


async def test_what_came_in_while_nobody_heard_is_found_when_the_wire_is_mended(company: Company) -> None:
    await company.join(role="worker")
    await company.owe(company.database, "før")
    await company.until_said("før")
    await company.cut_all()
    await company.owe(company.database, "imens")
    assert await company.until_said("før", "imens") < SOON
    await company.owe(company.database, "efter")
    assert await company.until_said("før", "imens", "efter") < SOON


async def test_what_falls_due_is_found_by_the_tick_of_the_leader(company: Company) -> None:
    """The worker's own tick is a minute away."""
    clock = SystemClock()
    leading = await company.join(role="chat", tick_seconds=0.3, clock=clock)

    async def leads() -> bool:
        return leading.leader.is_leading

    await company.until(leads)
    following = await company.join(role="worker", clock=clock)
    await company.owe(leading.database, "snart", due_at=clock.now() + timedelta(seconds=0.5))
    assert await company.until_said("snart") < SOON
    assert (leading.leader.is_leading, following.leader.is_leading) == (True, False)


async def test_chat_sends_answers_and_leaves_what_takes_its_time_to_the_worker(company: Company) -> None:
    chat = await company.join(role="chat")
    chart = await company.owe(chat.database, "graf", kind="test.chart", urgency=ANSWER)
    other = await company.owe(chat.database, "nyt", channel_id=company.channel)
    answer = await company.owe(chat.database, "svar", channel_id=company.user, urgency=ANSWER)

    async def states() -> list[str]:
        async with chat.database.read() as session:
            rows = await session.scalars(select(Outbox).order_by(Outbox.id))
            return [row.state for row in rows if row.id in {chart, other, answer}]

    async def answered() -> bool:
        return await states() == ["waiting", "waiting", "sent"] and not chat.sender.pump.is_busy

    async def all_sent() -> bool:
        return await states() == ["sent"] * 3

    await company.until(answered)
    await company.join(role="worker")
    assert await company.until(all_sent) < SOON


async def test_chat_keeps_files_for_the_worker(company: Company) -> None:
    chat = await company.join(role="chat")
    conversations = (await company.desk.state(company.user))["channels"]
    [dm] = [conversation["id"] for conversation in conversations if conversation["kind"] == "im"]

    async def states() -> list[str]:
        async with chat.database.read() as session:
            return [row.state for row in await session.scalars(select(Inbox).order_by(Inbox.id))]

    async def is_done() -> bool:
        return await states() == ["done"]

    async def heard() -> bool:
        return await states() == ["done", "waiting"] and not chat.inbox.pump.is_busy

    await company.desk.say(company.user, dm, "hej")
    await company.until(is_done)  # Slack delivers side by side: a file that comes first goes first
    await company.desk.upload(company.user, dm, "tal.csv", b"a;b")

    async def all_answered() -> bool:
        return [text for text in await company.texts() if ":" in text] == ["message: hej", "message.file_share: "]

    await company.until(heard)
    await company.join(role="worker")
    assert await company.until(all_answered) < SOON


async def test_worker_is_woken_by_a_file_that_chat_has_kept(company: Company) -> None:
    await asyncio.gather(company.join(role="chat"), company.join(role="worker"))
    conversations = (await company.desk.state(company.user))["channels"]
    [dm] = [conversation["id"] for conversation in conversations if conversation["kind"] == "im"]
    await company.desk.upload(company.user, dm, "tal.csv", b"a;b")

    async def answered() -> bool:
        return (await company.texts())[1:] == ["message.file_share: "]

    assert await company.until(answered) < SOON


async def test_what_slack_repeats_to_another_behind_the_balancer_is_heard_once(
    company: Company, world: Workspace
) -> None:
    first, second = [
        await company.join(
            role="all", mode="http", slack_signing_secret=SecretStr(world.signing_secret), slack_app_token=SecretStr("")
        )
        for _ in range(2)
    ]

    async def answered(*words: str) -> None:
        async def holds() -> bool:
            return [text for text in await company.texts() if ":" in text] == [f"message: {each}" for each in words]

        await company.until(holds)

    world.http_target = f"{first.http_url}/slack/events"
    await company.desk.say(company.user, world.bot_user_id, "hej")
    await answered("hej")
    world.http_target = f"{second.http_url}/slack/events"
    await company.desk.delivery(redeliver="last")
    await company.desk.say(company.user, world.bot_user_id, "igen")
    await answered("hej", "igen")
