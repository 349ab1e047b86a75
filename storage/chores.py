"""What is done once in a slot of time, whoever does it."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import or_
from sqlalchemy.ext.asyncio import AsyncSession

from storage.models import Chore
from storage.upsert import insert_for


async def take(session: AsyncSession, name: str, *, wall: datetime, every: timedelta) -> bool:
    """Whether this slot of a chore is ours: the first who asks gets it, everybody else is told no.

    A slot that lies more than one step ahead was noted by a clock that went wrong, and binds nobody.
    """
    step = every.total_seconds()
    slot = datetime.fromtimestamp(wall.timestamp() // step * step, tz=wall.tzinfo)
    insert = insert_for(session.get_bind().dialect.name)
    taken = await session.execute(
        insert(Chore)
        .values(name=name, last_at=slot)
        .on_conflict_do_update(
            index_elements=["name"],
            set_={"last_at": slot},
            where=or_(Chore.last_at < slot, Chore.last_at > slot + every),
        )
        .returning(Chore.name)
    )
    return taken.scalar_one_or_none() is not None
