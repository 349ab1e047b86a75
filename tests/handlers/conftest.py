"""A cluster that has called a meeting, or asked for numbers, and what its people do with it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pytest

from cluster.clock import MovableClock
from tests.conftest import Klynge
from tests.handlers.meetings.kit import Room
from workspace import Desk

Settle = Callable[[], Awaitable[None]]
GOOD = {"listed": 3000, "copd": 130, "spirometry": 96, "care_plan": 70}


def numbers(n: int, more: int = 0) -> dict[str, int]:
    """The n-th practice's own numbers; ``more`` have had spirometry since."""
    return {"listed": 3000 + 100 * n, "copd": 101 + 13 * n, "spirometry": 61 + 9 * n + more, "care_plan": 43 + 5 * n}


async def sent(desk: Desk, coordinator: str, filled: Mapping[str, Any]) -> dict[str, Any]:
    """The form that asks for numbers is filled in, looked at and sent; what it answers in the end."""
    answer = await desk.submit(coordinator, None, dict(filled))
    return await desk.submit(coordinator, None, {}) if answer.get("response_action") == "update" else answer


@dataclass(frozen=True)
class ARound:
    """A cluster whose coordinator has asked for numbers, by the doors that people use."""

    desk: Desk
    settle: Settle
    klynge: Any

    async def ask(self, **values: str) -> dict[str, Any]:
        """The coordinator fills in `/klynge data`, looks and sends; the answer of the form."""
        klynge = self.klynge
        await self.desk.command(klynge.coordinator, klynge.channel, "/klynge data")
        filled = {"deadline_day": "2026-03-19", "deadline_time": "12:00"} | values
        answer = await sent(self.desk, klynge.coordinator, filled)
        await self.settle()
        return answer

    async def texts(self, person: str) -> list[str]:
        """What the bot and the person have said to each other, without files."""
        return [message["text"] for message in await self.desk.dm(person) if message["text"]]

    async def last(self, person: str) -> dict[str, Any]:
        """The newest message with words in the person's conversation with the bot."""
        return [message for message in await self.desk.dm(person) if message["text"]][-1]

    async def card(self, person: str) -> dict[str, Any]:
        """The request, as it stands now."""
        return next(message for message in await self.desk.dm(person) if message["text"].startswith("Klyngen beder"))

    async def press(self, person: str, message: dict[str, Any], action: str, **state: Any) -> None:
        """Use an element of a message, and wait for what comes of it."""
        await self.desk.act(person, message, action, **state)
        await self.settle()

    async def enter(self, person: str, **numbers: int) -> dict[str, Any]:
        """Press "Indtast tal" on the card and send the numbers; the answer of the form."""
        await self.desk.act(person, await self.card(person), "assignment.enter")
        answer = await self.send(person, **numbers)
        await self.settle()
        return answer

    async def give(self, *practices: int) -> None:
        """These practices (1, 2, …) answer, each with numbers of its own that nothing is to be asked about."""
        for n in practices:
            assert (await self.enter(self.klynge.doctors[n - 1], **numbers(n)))["response_action"] is None

    async def release(self) -> dict[str, Any]:
        """`/klynge grafer` and its button; the answer of the form."""
        await self.command(self.klynge.coordinator, "/klynge grafer")
        answer = await self.desk.submit(self.klynge.coordinator, None, {})
        await self.settle()
        return answer

    async def send(self, person: str, **numbers: int) -> dict[str, Any]:
        """Fill in the form that is open."""
        values = {f"value.{name}": str(value) for name, value in (GOOD | numbers).items()}
        answer = await self.desk.submit(person, None, values)
        await self.settle()
        return answer

    async def write(self, person: str, words: str, thread_ts: str | None = None) -> None:
        """Write to the bot."""
        await self.desk.say(person, await self.conversation(person), words, thread_ts)
        await self.settle()

    async def drop(self, person: str, name: str, content: bytes, thread_ts: str | None = None) -> None:
        """Drop a file in the conversation with the bot."""
        await self.desk.upload(person, await self.conversation(person), name, content, thread_ts=thread_ts)
        await self.settle()

    async def conversation(self, person: str) -> str:
        """The channel of a person's direct messages with the bot."""
        channels = (await self.desk.state(person))["channels"]
        return str(next(channel["id"] for channel in channels if channel["kind"] == "im"))

    async def command(self, person: str, line: str) -> dict[str, Any]:
        """A slash command in the cluster's channel; what Slack shows the person."""
        return (await self.desk.command(person, self.klynge.channel, line))["response"] or {}


@pytest.fixture
async def empty_room(
    a_cluster: Callable[..., Awaitable[Klynge]], desk: Desk, clock: MovableClock, settle: Settle
) -> Room:
    """Three practices, and no meeting yet."""
    return Room(desk, clock, settle, await a_cluster(3))


@pytest.fixture
async def room(empty_room: Room) -> Room:
    """Three practices, and a meeting that everybody is invited to."""
    await empty_room.call_meeting()
    return empty_room


@pytest.fixture
def a_round(desk: Desk, settle: Settle, a_cluster: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[ARound]]:
    """``await a_round(5)`` → five practices are asked about KOL, deadline Thursday 19 March at noon."""

    async def make(practices: int = 2, **about: Any) -> ARound:
        made = ARound(desk, settle, await a_cluster(practices, **about))
        assert (await made.ask())["response_action"] is None
        return made

    return make
