"""People who do what people do, and an account of what they and Slack were told."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from bot.app import Runtime
from cluster.clock import MovableClock
from storage.models import Inbox, Invitation, Outbox
from tests.conftest import Klynge
from workspace import Desk, Workspace

Json = dict[str, Any]
YES = "meeting.rsvp_yes"
WORDS = "hjælp"
"""What people write to be answered once."""
FORM = {"title": "KOL i praksis", "place": "Lægehuset Nord"}
TRIES = 4
PATIENCE = 60.0


@dataclass
class Village:
    """A cluster in Slack, the running program, and hands to act with."""

    world: Workspace
    desk: Desk
    bot: Runtime
    clock: MovableClock
    klynge: Klynge

    @property
    def coordinator(self) -> str:
        """The Slack id of the coordinator."""
        return self.klynge.coordinator

    async def call_meeting(self) -> None:
        """The coordinator calls a meeting, and everybody is invited."""
        await self.desk.command(self.coordinator, self.klynge.channel, "/klynge møde")
        answer = await self.desk.submit(self.coordinator, values=FORM)
        assert answer.get("errors") is None
        await self.settle()

    async def settle(self) -> None:
        """Wait until Slack has told everything and the program has done and sent everything."""
        calm = 0
        async with asyncio.timeout(PATIENCE):
            while calm < 2:
                is_told = not self.world.deliveries.waiting and self.world.sockets.count
                calm = calm + 1 if is_told and await self.bot.idle() else 0
                await asyncio.sleep(0.02)

    async def card(self, person: str) -> Json:
        """The one invitation in front of somebody."""
        (card,) = [message for message in await self.desk.dm(person) if YES in str(message.get("blocks"))]
        return card

    async def says_yes(self, person: str) -> bool:
        """Press yes on the invitation; False when Slack showed that it did not get through."""
        answer = await self.desk.act(person, await self.card(person), YES)
        return answer["failed"] is None

    async def all_say_yes(self) -> None:
        """Everybody presses yes, again when Slack shows that it did not get through, as people do."""
        for person in self.klynge.doctors:
            for _ in range(TRIES):
                if await self.says_yes(person):
                    break

    async def answers(self) -> list[str]:
        """What everybody has answered, in the order of the doctors."""
        rows = select(Invitation.answer).where(Invitation.member_id.in_(self.klynge.member_ids.values()))
        async with self.bot.database.read() as session:
            return [answer or "" for answer in (await session.scalars(rows.order_by(Invitation.member_id))).all()]

    async def helped(self, person: str) -> int:
        """How often somebody has been given the answer to "hjælp"."""
        seen = await self._seen()
        rows = select(Outbox.token).where(Outbox.kind == "help.answer")
        rows = rows.where(Outbox.member_id == self.klynge.member_ids[person])
        async with self.bot.database.read() as session:
            return sum(seen[token] for token in (await session.scalars(rows)).all())

    async def answered(self, person: str) -> None:
        """Wait until somebody has the answer to "hjælp"."""
        async with asyncio.timeout(PATIENCE):
            while True:
                if await self.helped(person):
                    return
                await asyncio.sleep(0.05)

    async def unsettled(self) -> dict[str, int]:
        """What the program could not do: dead or missed rows, by table and state. Empty when all is well."""
        found: dict[str, int] = {}
        async with self.bot.database.read() as session:
            for table in (Inbox, Outbox):
                rows = (
                    select(table.state, func.count()).where(table.state.in_(("dead", "missed"))).group_by(table.state)
                )
                found |= {f"{table.__tablename__} {state}": number for state, number in (await session.execute(rows))}
        return found

    async def account(self) -> tuple[list[str], list[str]]:
        """Messages that were promised and are not in Slack, and those that are there twice."""
        seen = await self._seen()
        async with self.bot.database.read() as session:
            posts = (await session.scalars(select(Outbox).where(Outbox.how == "post", Outbox.state == "sent"))).all()
        times = [(row.kind, seen[row.token] or sum(seen[file["id"]] for file in row.file_ids)) for row in posts]
        return [kind for kind, count in times if not count], [kind for kind, count in times if count > 1]

    async def _seen(self) -> Counter[str]:
        """How often each token occurs in Slack, and each file: what is said with its file carries no token."""
        seen: Counter[str] = Counter()
        for room in (await self.desk.everything())["channels"]:
            for message in room["messages"]:
                payload = (message.get("metadata") or {}).get("event_payload") or {}
                seen[payload.get("token", "")] += 1
                seen.update(file["id"] for file in message.get("files") or [])
        return seen
