"""Processes are restarted one after another, and connections break, while people write and click."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from storage.inbox import waiting
from storage.outbox import due
from tests.crash.process import Process
from tests.replicas.conftest import Company
from workspace import Workspace

REPLICAS = 3
ROUNDS = 1
PEOPLE = 4
MESSAGE = "message: "

pytestmark = [pytest.mark.postgres, pytest.mark.timeout(240)]


class Crowd:
    """People who write and click all the time, and what Slack showed them."""

    def __init__(self, company: Company, world: Workspace) -> None:
        self._company = company
        self._chance = random.Random(11)
        self._users = [world.add_person(f"Læge {n}") for n in range(PEOPLE)]
        self.conversation = world.add_channel(name="samtale", members=[*self._users, world.bot_user_id])
        self._talking = True
        self.said: list[str] = []
        self.clicks = Counter[str]()

    async def talk(self) -> None:
        """Until they are told to stop."""
        await asyncio.gather(*(self._live(user) for user in self._users))

    def stop(self) -> None:
        """Say good night."""
        self._talking = False

    async def _live(self, user: str) -> None:
        desk = self._company.desk
        conversations = (await desk.state(user))["channels"]
        [conversation] = [each["id"] for each in conversations if each["kind"] == "im"]
        card = None
        while self._talking:
            await asyncio.sleep(self._chance.uniform(0.1, 0.5))
            card = card or await self._card(user)
            if card is not None and self._chance.random() < 0.5:
                answer = await desk.act(user, card, "test.click")
                self.clicks["failed" if answer.get("failed") else "taken"] += 1
                continue
            self.said.append(f"ord {len(self.said)}")
            await desk.say(user, conversation, self.said[-1])

    async def _card(self, user: str) -> Any:
        messages = await self._company.desk.messages(user, self.conversation)
        return next((message for message in messages if message["text"] == "kort"), None)


@pytest.fixture
async def replicas(company: Company, world: Workspace, tmp_path: Path) -> AsyncIterator[list[Process]]:
    environment = {
        "KLYNGE_SLACK_BOT_TOKEN": world.bot_token,
        "KLYNGE_SLACK_APP_TOKEN": world.app_token,
        "KLYNGE_SLACK_API_URL": f"{world.url}/api/",
        "KLYNGE_DATABASE_URL": company.settings.database_url,
        "KLYNGE_PORT": "0",
        "KLYNGE_LEASE_SECONDS": "5",
        "KLYNGE_PACE_FACTOR": "1000",
    }
    made = [Process("tests.replicas.replica", [], environment, tmp_path / f"{n}.log") for n in range(REPLICAS)]
    await asyncio.gather(*(each.start() for each in made))
    yield made
    await asyncio.gather(*(each.kill() for each in made))


async def rest(company: Company) -> None:
    """Until Slack has told everything and everything is answered."""

    async def is_calm() -> bool:
        now = datetime.now(UTC) + timedelta(minutes=5)  # noqa: TID251 - the replicas live by the machine's clock
        left = (await company.desk.pending())["deliveries"]
        return not left and not await waiting(company.database) and not await due(company.database, now=now)

    await company.until(is_calm, seconds=60)


async def account(company: Company, crowd: Crowd) -> tuple[int, int]:
    """How many answers were lost and how many doubled."""
    conversations = (await company.desk.everything())["channels"]
    seen = Counter(message["text"] for conversation in conversations for message in conversation["messages"])
    answers = [seen[f"{MESSAGE}{words}"] for words in crowd.said]
    lost = answers.count(0) + max(0, crowd.clicks["taken"] - seen["klik"])
    doubled = sum(count - 1 for count in answers if count > 1)
    return lost, doubled + max(0, seen["klik"] - crowd.clicks.total())


async def test_processes_restarted_one_after_another_lose_and_double_nothing(
    company: Company, world: Workspace, replicas: list[Process], capsys: pytest.CaptureFixture[str]
) -> None:
    world.settings.change({"rate_factor": 1000.0})

    async def all_listen() -> bool:
        return world.sockets.count == REPLICAS

    await company.until(all_listen, seconds=60)
    crowd = Crowd(company, world)
    await company.owe(company.database, "kort", kind="test.card", channel_id=crowd.conversation)
    async with asyncio.TaskGroup() as talking:
        talking.create_task(crowd.talk())
        for replica in replicas * ROUNDS:
            await asyncio.sleep(0.5)
            await replica.stop()
            await replica.start()
            await company.until(all_listen, seconds=60)
        crowd.stop()
    await rest(company)
    lost, doubled = await account(company, crowd)
    with capsys.disabled():
        print(f"\n{len(replicas) * ROUNDS} restarts, {len(crowd.said)} messages, {dict(crowd.clicks)} clicks: ", end="")
        print(f"lost {lost}, doubled {doubled}")
    assert (lost, doubled) == (0, 0)


async def test_connections_that_break_again_and_again_lose_and_double_nothing(
    company: Company, world: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    company.clock.run()
    await asyncio.gather(*(company.join(role="all", lease_seconds=2, tick_seconds=1) for _ in range(REPLICAS)))
    crowd = Crowd(company, world)
    await company.owe(company.database, "kort", kind="test.card", channel_id=crowd.conversation)
    async with asyncio.TaskGroup() as talking:
        talking.create_task(crowd.talk())
        for _ in range(15):
            await asyncio.sleep(0.3)
            await company.cut_all()
        crowd.stop()
    await rest(company)
    lost, doubled = await account(company, crowd)
    with capsys.disabled():
        print(f"\n15 times all connections cut, {len(crowd.said)} messages, {dict(crowd.clicks)} clicks: ", end="")
        print(f"lost {lost}, doubled {doubled}")
    assert (lost, doubled) == (0, 0)
