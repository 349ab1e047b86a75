"""Who of several processes does what must be done once: one leads, by a lock on a connection that it holds."""

from __future__ import annotations

from datetime import timedelta

from cluster.clock import Clock
from storage import chores
from storage.database import Database
from storage.signals import Down, Wire

LEADER = 0x6C656164
"""Key of the advisory lock that the leader holds as long as its connection lives."""


class Leader:
    """Leads, or waits to. Without a wire (SQLite) there is nobody else."""

    def __init__(self, database: Database, clock: Clock, wire: Wire | None) -> None:
        self._database = database
        self._clock = clock
        self._wire = wire
        self._won_on = 0

    @property
    def is_leading(self) -> bool:
        """Whether it is us. A lead is lost with the connection it was won on."""
        return self._wire is None or (self._wire.is_up and self._won_on == self._wire.number)

    async def stand(self) -> bool:
        """Lead from now on, if nobody else does; whether it is us."""
        if self.is_leading or self._wire is None:
            return True
        number = self._wire.number
        try:
            won = await self._wire.ask("SELECT pg_try_advisory_lock($1)", LEADER)
        except Down:
            return False
        if won:
            self._won_on = number
        return self.is_leading

    async def may(self, chore: str, *, every: timedelta) -> bool:
        """Whether a chore is ours to do now. True once in each slot of time, whatever becomes of leaders meanwhile."""
        if not await self.stand():
            return False
        async with self._database.write() as session:
            is_ours = await chores.take(session, chore, wall=self._clock.wall(), every=every)
            await session.commit()
        return is_ours
