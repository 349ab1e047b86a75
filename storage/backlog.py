"""How much waits and since when, asked often: every question goes by an index, whatever lies ahead in the outbox."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from storage.database import Database
from storage.models import Inbox, Outbox
from storage.outbox import URGENCIES
from storage.words import InboxState, OutboxState


@dataclass(frozen=True)
class Queue:
    """How many wait, and the age of the oldest in seconds (0 when none does)."""

    count: int
    oldest: float


@dataclass(frozen=True)
class Backlog:
    """What is not done yet, and what was given up."""

    inbox: Queue
    outbox: dict[int, Queue]
    """By urgency: what is due and not sent."""
    dead: dict[str, int]
    """``inbox`` and ``outbox``."""


async def backlog(database: Database, *, now: datetime, wall: datetime) -> Backlog:
    """The state at a moment: ``now`` is calendar time (what is due), ``wall`` real time (what came in)."""
    async with database.read() as session:
        came = (
            await session.execute(
                select(func.count(), func.min(Inbox.received_at))
                .select_from(Inbox)
                .where(Inbox.state == InboxState.WAITING)
            )
        ).one()
        due: dict[int, Queue] = {}
        for urgency in URGENCIES:
            rows = (
                select(func.count(), func.min(Outbox.due_at))
                .select_from(Outbox)
                .where(Outbox.state == OutboxState.WAITING, Outbox.urgency == urgency, Outbox.due_at <= now)
            )
            due[urgency] = _queue(*(await session.execute(rows)).one(), now)
        dead_ones = {"inbox": Inbox.state == InboxState.DEAD, "outbox": Outbox.state == OutboxState.DEAD}
        dead = {
            box: int(await session.scalar(select(func.count()).where(is_dead)) or 0)
            for box, is_dead in dead_ones.items()
        }
    return Backlog(_queue(*came, wall), due, dead)


def _queue(count: int, oldest: datetime | None, now: datetime) -> Queue:
    return Queue(count, max(0.0, (now - oldest).total_seconds()) if oldest else 0.0)
