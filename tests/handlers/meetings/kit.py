"""How the meeting tests look at Slack: the words of a message, its buttons, and a coordinator who calls a meeting."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from cluster.calendar import at
from cluster.clock import MovableClock
from tests.conftest import Klynge
from workspace import Desk

Json = dict[str, Any]
MEETING_DAY = date(2026, 3, 26)
FORM = {"title": "KOL i praksis", "place": "Lægehuset Nord"}


def words(message: Json) -> str:
    """Everything that a message says outside its buttons, line by line."""
    found: list[str] = []
    for block in message.get("blocks") or []:
        if block["type"] in {"section", "header"} and block.get("text"):
            found.append(block["text"]["text"])
        found += [field["text"] for field in block.get("fields", [])]
        if block["type"] == "context":
            found += [element["text"] for element in block["elements"]]
    return "\n".join(found) or str(message["text"])


def buttons(message: Json) -> list[str]:
    """The labels of a message's buttons."""
    return [
        element["text"]["text"]
        for block in message.get("blocks") or []
        if block["type"] == "actions"
        for element in block["elements"]
        if element["type"] == "button"
    ]


@dataclass
class Room:
    """A cluster in Slack with its people, and hands to act with."""

    desk: Desk
    clock: MovableClock
    settle: Callable[[], Awaitable[None]]
    klynge: Klynge

    @property
    def coordinator(self) -> str:
        """The Slack id of the coordinator."""
        return self.klynge.coordinator

    @property
    def bo(self) -> str:
        """The Slack id of a member."""
        return self.klynge.doctors[1]

    @property
    def ida(self) -> str:
        """The Slack id of another member."""
        return self.klynge.doctors[2]

    async def call_meeting(self, **changes: Any) -> None:
        """The coordinator calls a meeting by the form."""
        answer = await self.desk.command(self.coordinator, self.klynge.channel, "/klynge møde")
        assert answer["failed"] is None
        submitted = await self.desk.submit(self.coordinator, values=FORM | changes)
        assert submitted.get("errors") is None
        if submitted["response_action"] == "update":  # something is in the way of the day: sent as it is
            assert (await self.desk.submit(self.coordinator, values={})).get("errors") is None
        await self.settle()

    async def call_off(self, reason: str = "") -> None:
        """The coordinator cancels the meeting by the first card and its form."""
        await self.desk.act(self.coordinator, (await self.desk.dm(self.coordinator))[0], "meeting.cancel")
        await self.desk.submit(self.coordinator, values={"reason": reason})
        await self.settle()

    async def move(self, **changes: str) -> Json:
        """The coordinator changes the meeting by the first card and its form; what Slack says to the form."""
        await self.desk.act(self.coordinator, (await self.desk.dm(self.coordinator))[0], "meeting.edit")
        said = await self.desk.submit(self.coordinator, values=changes)
        await self.settle()
        return said

    async def find(self, user: str, text: str) -> list[Json]:
        """The messages in somebody's direct messages that say something."""
        return [message for message in await self.desk.dm(user) if text in words(message)]

    async def last(self, user: str) -> Json:
        """The newest message in somebody's direct messages."""
        return (await self.desk.dm(user))[-1]

    async def card(self, user: str) -> Json:
        """The invitation in somebody's direct messages."""
        return next(message for message in await self.desk.dm(user) if "meeting.rsvp_yes" in str(message.get("blocks")))

    async def press(self, user: str, message: Json, action: str, **state: Any) -> None:
        """Press a button and let everything happen."""
        await self.desk.act(user, message, action, **state)
        await self.settle()

    async def go_to(self, moment: datetime) -> None:
        """Move the calendar and let what is due happen."""
        self.clock.move_to(moment)
        await self.settle()

    async def channel_card(self) -> Json:
        """The card in the cluster's channel."""
        messages = await self.desk.messages(self.coordinator, self.klynge.channel)
        return next(message for message in messages if message["bot"] and not message.get("ephemeral"))


def on(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    """A time of 2026 in Copenhagen."""
    return at(date(2026, month, day), hour, minute)
