"""What we owe, as rows: claim the head of each lane, and mark what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Integer, bindparam, case, exists, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert as insert_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_sqlite
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from storage.database import Database
from storage.models import Card, Outbox
from storage.types import Moment

URGENCIES = (1, 5, 9)
"""Most urgent first. Each is claimed by a statement of its own, so that an index gives the rows in order: the cost of
a claim then depends on how many are taken, not on how many wait."""


async def claim(database: Database, count: int, *, now: datetime, wall: datetime, lease: timedelta) -> Sequence[Outbox]:
    """Take up to ``count`` due rows, each the head of its lane, for the length of a lease.

    ``now`` is calendar time (what is due), ``wall`` real time (leases and pauses). Edits and home pages lose their key
    when taken, so that a newer wish can be owed while this one is on its way.
    """
    taken: list[Outbox] = []
    when = {"at_now": now, "at_wall": wall, "at_end": wall + lease}
    async with database.write() as session:
        for urgency in URGENCIES:
            if len(taken) < count:
                room = {"up_to": count - len(taken)}
                taken += (await session.scalars(_taking(urgency), when | room)).all()
        await session.commit()
    return sorted(taken, key=lambda row: (row.urgency, row.due_at, row.id))


@cache
def _taking(urgency: int) -> Any:
    """The statement, made once: it costs more to make than to run."""
    now, wall, end = (bindparam(name, type_=Moment()) for name in ("at_now", "at_wall", "at_end"))
    other = aliased(Outbox)
    waits = (other.lane == Outbox.lane) & (other.state == "waiting")
    more_urgent = [each for each in URGENCIES if each < urgency]
    heads = (
        select(Outbox.id)
        .where(Outbox.state == "waiting", Outbox.urgency == urgency, Outbox.due_at <= now)
        .where(or_(Outbox.next_at.is_(None), Outbox.next_at <= wall))
        .where(or_(Outbox.leased_until.is_(None), Outbox.leased_until <= wall))
        .where(~exists().where(waits, other.leased_until.is_not(None), other.leased_until > wall))
        .where(~exists().where(waits, other.urgency.in_(more_urgent), other.due_at <= now))
        .where(~exists().where(waits, other.urgency == urgency, other.due_at < Outbox.due_at))
        .where(~exists().where(waits, other.urgency == urgency, other.due_at == Outbox.due_at, other.id < Outbox.id))
        .order_by(Outbox.due_at, Outbox.id)
        .limit(bindparam("up_to", type_=Integer()))
        .with_for_update(skip_locked=True)
        .cte("heads")
    )
    key = case((Outbox.how.in_(("update", "home")), "taken:" + Outbox.token), else_=Outbox.key)
    return (
        update(Outbox)
        .where(Outbox.id.in_(select(heads.c.id)))
        .values(leased_until=end, attempts=Outbox.attempts + 1, key=key)
        .returning(Outbox)
        .execution_options(synchronize_session=False)
    )


async def mark(session: AsyncSession, row_id: int, **values: Any) -> bool:
    """Change a row that is still waiting; False when somebody else has settled it."""
    changed = await session.execute(
        update(Outbox).where(Outbox.id == row_id, Outbox.state == "waiting").values(**values).returning(Outbox.id)
    )
    return changed.scalar_one_or_none() is not None


async def renew(database: Database, row_id: int, *, until: datetime) -> bool:
    """Hold a row for longer; False when somebody else has settled it."""
    async with database.write() as session:
        is_ours = await mark(session, row_id, leased_until=until)
        await session.commit()
    return is_ours


async def card_of(database: Database, *, kind: str, subject: str, lane: str) -> Card | None:
    """Where a card stands in Slack, if it was ever posted."""
    async with database.read() as session:
        return await session.scalar(select(Card).where(Card.kind == kind, Card.subject == subject, Card.lane == lane))


async def remember_card(session: AsyncSession, *, kind: str, subject: str, lane: str, channel_id: str, ts: str) -> None:
    """Note where a card stands; a newer one takes the place of the older."""
    insert = insert_sqlite if session.get_bind().dialect.name == "sqlite" else insert_postgresql
    row = {"kind": kind, "subject": subject, "lane": lane, "channel_id": channel_id, "ts": ts}
    await session.execute(
        insert(Card)
        .values(row)
        .on_conflict_do_update(index_elements=["kind", "subject", "lane"], set_={"channel_id": channel_id, "ts": ts})
    )


async def due(database: Database, *, now: datetime) -> int:
    """How many rows ought to have been sent by now and are not."""
    async with database.read() as session:
        rows = (
            select(func.count())
            .select_from(Outbox)
            .where(Outbox.state == "waiting", Outbox.urgency.in_(URGENCIES), Outbox.due_at <= now)
        )
        return int(await session.scalar(rows) or 0)
