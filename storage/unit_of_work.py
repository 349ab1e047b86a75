"""One decision, one transaction: rows, outgoing messages and "this event is done" are kept together or not at all."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from types import TracebackType
from typing import Protocol, Self

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.database import Database
from storage.signals import OUTBOX, tell
from storage.tables.post import Inbox
from storage.words import InboxState


class AlreadyDone(Exception):
    """The event behind this unit was settled by somebody else (a lease ran out): nothing of this unit is kept."""


class Reading(Protocol):
    """Whatever questions can be asked of: a unit of work, or a plain look."""

    @property
    def session(self) -> AsyncSession:
        """The session to ask."""


@dataclass(frozen=True)
class Look:
    """A look at the state as it is, without the right to change it."""

    session: AsyncSession


@asynccontextmanager
async def look(database: Database) -> AsyncIterator[Look]:
    """``async with look(database) as state: …``."""
    async with database.read() as session:
        yield Look(session)


class UnitOfWork:
    """``async with unit as uow: … await uow.commit()``. Without a commit nothing happened.

    Made for an inbox row, its commit also marks that row as done, so that an event whose work was kept is never worked
    twice.
    """

    session: AsyncSession

    def __init__(
        self, database: Database, *, inbox_id: int | None = None, wall: Callable[[], datetime] | None = None
    ) -> None:
        self._database = database
        self.inbox_id = inbox_id
        """The arrival that this unit is the work of: what it owes remembers it, so that a thing can be followed."""
        self._wall = wall
        self.committed = False
        self._rouses = False

    def rouse(self) -> None:
        """Something in this unit is due at once: other processes are to look when it is kept."""
        self._rouses = True

    async def __aenter__(self) -> Self:
        self._scope = self._database.write()
        self.session = await self._scope.__aenter__()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._scope.__aexit__(kind, error, trace)
        if self.committed:
            self._database.told_commit()

    async def commit(self) -> None:
        """Keep everything done in this unit; the event's own words are forgotten with it."""
        if self.inbox_id is not None:
            done_at = self._wall() if self._wall else None
            settled = await self.session.execute(
                update(Inbox)
                .where(Inbox.id == self.inbox_id, Inbox.state == InboxState.WAITING)
                .values(state=InboxState.DONE, body={}, leased_until=None, done_at=done_at)
                .returning(Inbox.id)
            )
            if settled.scalar_one_or_none() is None:
                raise AlreadyDone(self.inbox_id)
        if self._rouses:
            await tell(self.session, OUTBOX, by=self._database.name)
        await self.session.commit()
        self.committed = True
