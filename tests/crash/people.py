"""People who write and click a few times a second, whether the bot is there or not, and a Slack that stumbles."""

from __future__ import annotations

import asyncio
import random
from dataclasses import dataclass, field
from typing import Any

from tests.crash.little_bot import PICTURE
from workspace import Desk

SLOW = ("chat.postMessage", "chat.update", "files.completeUploadExternal", "files.getUploadURLExternal")
"""Methods whose answers are held back now and then, which widens the moment between "accepted" and "noted"."""


@dataclass
class Person:
    """Somebody who writes and clicks, and what Slack acknowledged of it."""

    user: str
    member_id: int
    said: list[str] = field(default_factory=list)
    heard_before: list[int] = field(default_factory=list)
    """For each thing said, how far the record of the wire had come: what the bot took before that, came before."""
    clicks_taken: int = 0
    clicks_unsure: int = 0
    """Clicks that Slack showed as failed: the bot may or may not have kept them."""

    async def write(self, desk: Desk, *, picture: bool) -> str:
        """Say something new; the answer to wait for."""
        word = f"{PICTURE if picture else 'ord'} {self.member_id} {len(self.said)}"
        traffic = await desk.get("traffic", {"after": 10**9})
        self.said.append(word)
        self.heard_before.append(int(traffic["seq"]))
        await desk.say(self.user, await self._dm(desk), word)
        return word

    async def click(self, desk: Desk) -> bool:
        """Press the button on the card; False when there is no card yet."""
        card = next(iter(await self.cards(desk)), None)
        if card is None:
            return False
        answer = await desk.act(self.user, card, "count.click")
        if answer.get("failed"):
            self.clicks_unsure += 1
        else:
            self.clicks_taken += 1
        return True

    async def cards(self, desk: Desk) -> list[dict[str, Any]]:
        """The cards in front of this person: one, if all is well."""
        return [message for message in await desk.dm(self.user) if message["text"].startswith("klik:")]

    async def _dm(self, desk: Desk) -> str:
        state = await desk.state(self.user)
        return str(next(room["id"] for room in state["channels"] if room["kind"] == "im"))


@dataclass
class Crowd:
    """Everybody, for as long as they talk."""

    people: list[Person]
    chance: random.Random
    talking: bool = True

    async def talk(self, desk: Desk) -> None:
        """Until ``talking`` is false."""
        async with asyncio.TaskGroup() as crowd:
            for person in self.people:
                crowd.create_task(self._live(desk, person))
            crowd.create_task(self._stumble(desk))

    async def _live(self, desk: Desk, person: Person) -> None:
        while self.talking:
            await asyncio.sleep(self.chance.uniform(0.2, 0.9))
            if self.chance.random() < 0.5 and await person.click(desk):
                continue
            await person.write(desk, picture=self.chance.random() < 0.4)

    async def _stumble(self, desk: Desk) -> None:
        while self.talking:
            await asyncio.sleep(self.chance.uniform(0.1, 0.5))
            method = self.chance.choice(SLOW)
            roll = self.chance.random()
            if roll < 0.7:
                await desk.fail(method, delay=self.chance.uniform(0.1, 0.5), when="after")
            elif roll < 0.8:
                await desk.fail(method, reset=True, when="after")
            elif roll < 0.9:
                await desk.fail(method, status=500, when="before")
            else:
                await desk.fail(method, retry_after=1)
