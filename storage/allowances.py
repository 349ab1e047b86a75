"""Slack's pace, shared by all processes on one PostgreSQL: each allowance is a row, taken from by one statement.

The database's own clock measures it: the clocks of several machines differ, and a bucket that two clocks fill is no
bucket.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import text

from storage.database import Database

TAKE = text(
    """
    WITH wanted AS (
        SELECT * FROM unnest(CAST(:names AS text[]), CAST(:bursts AS float[]), CAST(:rates AS float[]))
        AS one (name, burst, rate) ORDER BY name
    )
    INSERT INTO allowance AS own (name, tokens, at)
    SELECT name, burst - :cost, clock_timestamp() FROM wanted
    ON CONFLICT (name) DO UPDATE SET
        tokens = least(
            excluded.tokens,
            own.tokens - :cost + (SELECT rate FROM wanted WHERE wanted.name = excluded.name)
            * greatest(0, extract(epoch FROM excluded.at - own.at))
        ),
        at = CASE WHEN own.at BETWEEN excluded.at AND excluded.at + interval '5 s' THEN own.at ELSE excluded.at END
    RETURNING name, tokens, extract(epoch FROM blocked_until - clock_timestamp())
    """
)
"""In the order of names, so that two processes never wait for each other. What is new is full. A moment that lies ahead
is that of a process which came a little later and was quicker; one far ahead, of a clock that was set back."""
BLOCK = text(
    """
    UPDATE allowance SET blocked_until = greatest(
        coalesce(blocked_until, clock_timestamp()), clock_timestamp() + make_interval(secs => :seconds)
    ) WHERE name = :name
    """
)
BLOCKED = text("SELECT extract(epoch FROM blocked_until - clock_timestamp()) FROM allowance WHERE name = :name")


@dataclass(frozen=True)
class Limit:
    """A bucket that holds ``burst`` tokens and gains ``rate`` of them a second."""

    name: str
    burst: float
    rate: float


class SharedAllowances:
    """The allowances of all processes together."""

    def __init__(self, database: Database) -> None:
        self._engine = database.engine.execution_options(isolation_level="AUTOCOMMIT")

    async def take(self, limits: Sequence[Limit], *, longest: float) -> float:
        """Take one token of each bucket; how long to wait for them. When longer than ``longest``, none is taken."""
        wait = await self._draw(limits, 1)
        if wait > longest:
            await self._draw(limits, -1)
        return wait

    async def block(self, name: str, seconds: float) -> None:
        """Nobody takes of this bucket for a while."""
        async with self._engine.connect() as connection:
            await connection.execute(BLOCK, {"name": name, "seconds": seconds})

    async def blocked(self, name: str) -> float:
        """Seconds for which nobody may take of this bucket; 0 or less when everybody may."""
        async with self._engine.connect() as connection:
            return float(await connection.scalar(BLOCKED, {"name": name}) or 0)

    async def _draw(self, limits: Sequence[Limit], cost: int) -> float:
        wanted = {
            "names": [limit.name for limit in limits],
            "bursts": [limit.burst for limit in limits],
            "rates": [limit.rate for limit in limits],
            "cost": float(cost),
        }
        async with self._engine.connect() as connection:
            drawn = (await connection.execute(TAKE, wanted)).all()
        rates = {limit.name: limit.rate for limit in limits}
        waits: list[float] = [max(-tokens / rates[name], float(blocked or 0)) for name, tokens, blocked in drawn]
        return max(0.0, *waits)
