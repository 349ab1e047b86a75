"""What came in and went out, deleted once it has been kept long enough: a few rows at a time, so that nobody waits.

Keys guard against owing the same thing twice, so a sent row goes only when its key can never be asked for again:
answers to single events, edits of cards, and everything about a meeting or a round that is over. Words such as the
first welcome stay: they hold ids only, and there are few of them. So does where pictures of practices' numbers stand in
Slack, for a wrong comparison is recalled wherever it was sent. The newest row of each table stays too, for SQLite
would give its number to another, and then ``answer:57`` would already have been said.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.database import Database
from storage.models import Inbox, Outbox, RosterImport
from storage.outbox import TAKEN
from storage.words import How, InboxState, OutboxState, ProposalState

BATCH = 500
Over = Callable[[AsyncSession, Iterable[str], datetime], Awaitable[set[str]]]


@dataclass(frozen=True)
class Guards:
    """Which settled messages guard something, and which cannot any more."""

    once_only: tuple[str, ...]
    """Beginnings of keys that hold the number of one event or a moment: they cannot come again."""
    comparing: tuple[str, ...]
    """Kinds with pictures made from the numbers of several practices: they stay."""
    over: Over
    """Says which subjects were over at a moment."""


async def forget_arrivals(database: Database, *, before: datetime) -> int:
    """Delete settled arrivals; Slack repeats an event for an hour at most. One batch; how many went."""
    async with database.write() as session:
        newest = select(func.max(Inbox.id)).scalar_subquery()
        old = (
            select(Inbox.id)
            .where(Inbox.state != InboxState.WAITING, Inbox.done_at < before, Inbox.id < newest)
            .order_by(Inbox.id)
            .limit(BATCH)
        )
        gone = await session.execute(delete(Inbox).where(Inbox.id.in_(old)).returning(Inbox.id))
        count = len(gone.all())
        await session.commit()
    return count


async def forget_messages(
    database: Database, guards: Guards, *, before: datetime, now: datetime, after: int
) -> tuple[int, int | None]:
    """Look at the next rows that were settled before ``before`` (wall time) and delete those that guard nothing:
    those of once only, and those about what was over by ``now``.

    How many went, and the id to go on after; None at the end. ``now`` is calendar time less what is to be kept.
    """
    async with database.read() as session:
        newest = int(await session.scalar(select(func.max(Outbox.id))) or 0)
        rows = (
            await session.execute(
                select(Outbox.id, Outbox.key, Outbox.subject)
                .where(
                    Outbox.state != OutboxState.WAITING, Outbox.done_at < before, Outbox.id > after, Outbox.id < newest
                )
                .where(
                    Outbox.kind.not_in(guards.comparing) | (Outbox.how != How.POST) | (Outbox.state != OutboxState.SENT)
                )
                .order_by(Outbox.id)
                .limit(BATCH)
            )
        ).all()
        ended = await guards.over(session, {row.subject for row in rows}, now)
    idle = [row.id for row in rows if row.key.startswith((TAKEN, *guards.once_only)) or row.subject in ended]
    if idle:
        async with database.write() as session:
            await session.execute(delete(Outbox).where(Outbox.id.in_(idle), Outbox.state != OutboxState.WAITING))
            await session.commit()
    return len(idle), rows[-1].id if rows else None


async def forget_lists(database: Database, *, before: datetime) -> int:
    """Delete lists of members that were decided on; their rows were emptied then. How many went."""
    async with database.write() as session:
        newest = select(func.max(RosterImport.id)).scalar_subquery()
        old = delete(RosterImport).where(
            RosterImport.state != ProposalState.WAITING, RosterImport.created_at < before, RosterImport.id < newest
        )
        count = len((await session.execute(old.returning(RosterImport.id))).all())
        await session.commit()
    return count


def limit(moment: datetime, days: int) -> datetime:
    """That many days earlier."""
    return moment - timedelta(days=days)
