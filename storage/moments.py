"""Mends moments that lie ahead only because the machine's clock was put back after they were written."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import update

from storage.database import Database
from storage.models import Inbox, Outbox
from storage.words import InboxState, OutboxState

LONGEST_PAUSE = timedelta(minutes=5)
"""Nothing is put off for longer than this between two tries."""


async def bring_back(database: Database, *, now: datetime, wall: datetime, lease: timedelta) -> None:
    """What waits for a moment that was already there once waits no more. ``now`` is the calendar's.

    A lease is cut to its length and not to nothing: whoever still works renews it in time.
    """
    far, end = wall + LONGEST_PAUSE, wall + lease
    async with database.write() as session:
        for table, waiting in ((Inbox, InboxState.WAITING), (Outbox, OutboxState.WAITING)):
            waits = update(table).where(table.state == waiting).execution_options(synchronize_session=False)
            await session.execute(waits.where(table.next_at > far).values(next_at=wall))
            await session.execute(waits.where(table.leased_until > end).values(leased_until=end))
        untried = update(Inbox).where(Inbox.state == InboxState.WAITING, Inbox.attempts == 0, Inbox.next_at > wall)
        await session.execute(untried.values(next_at=wall).execution_options(synchronize_session=False))
        at_once = update(Outbox).where(
            Outbox.state == OutboxState.WAITING, Outbox.created_at > now, Outbox.due_at > now
        )
        at_once = at_once.where(Outbox.due_at <= Outbox.created_at)
        await session.execute(at_once.values(due_at=now).execution_options(synchronize_session=False))
        await session.commit()
