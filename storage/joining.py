"""Rows that are said in one message: held with the row that leads, and settled with it.

The row that leads keeps what it is said with (``said_with``) before a word is sent, and each of the others that it may
have been said with that one (``said_in``): whoever takes it up later looks for it in Slack first.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.database import Database
from storage.models import Outbox
from storage.outbox import mark, own_lane, remember_card
from storage.words import How, OutboxState


async def take_along(database: Database, row: Outbox, kinds: Collection[str], *, before: datetime) -> Sequence[Outbox]:
    """Hold what else is owed in the lane of a row that is held, of these kinds and due before then, in order."""
    waits = (Outbox.lane == row.lane) & (Outbox.state == OutboxState.WAITING) & (Outbox.id != row.id)
    wanted = waits & (Outbox.how == How.POST) & Outbox.kind.in_(sorted(kinds)) & (Outbox.due_at < before)
    async with database.read() as session:
        if await session.scalar(select(Outbox.id).where(wanted).limit(1)) is None:
            return []
    async with database.write() as session:
        held = (
            update(Outbox)
            .where(wanted)
            .values(leased_until=row.leased_until)
            .returning(Outbox)
            .execution_options(synchronize_session=False)
        )
        found = list(await session.scalars(held))
        await session.commit()
    return sorted(found, key=lambda each: (each.due_at, each.id))


async def let_go(database: Database, rows: Iterable[Outbox]) -> None:
    """They wait for their own hour again."""
    if ids := [each.id for each in rows]:
        async with database.write() as session:
            waiting = update(Outbox).where(Outbox.id.in_(ids), Outbox.state == OutboxState.WAITING)
            await session.execute(waiting.values(leased_until=None))
            await session.commit()


async def keep(database: Database, row: Outbox, joined: Sequence[tuple[Outbox, str]], on: date) -> None:
    """Note, before it is sent, what a row is said with (and as which card) and on which day. TimeoutError when somebody
    else has taken the row over."""
    told = [
        {"row": each.id, "token": each.token, "kind": each.kind, "subject": each.subject, "card": card}
        for each, card in joined
    ]
    params = row.params | {"said_on": on.isoformat(), "said_with": told}
    async with database.write() as session:
        if not await mark(session, row.id, row.attempts, params=params):
            raise TimeoutError("the lease is over")
        for each, _ in joined:
            await mark(session, each.id, params=each.params | {"said_on": on.isoformat(), "said_in": row.id})
        await session.commit()
    row.params = params


async def settle(session: AsyncSession, row: Outbox, *, channel: str, ts: str, done_at: datetime) -> None:
    """The message stands in Slack: whatever it was said with is said too."""
    for entry in row.params.get("said_with", ()):
        sent: dict[str, Any] = {"sent_channel": channel, "sent_ts": ts, "done_at": done_at}
        await mark(session, entry["row"], state=OutboxState.SENT, leased_until=None, **sent)
        if entry["card"]:
            lane = own_lane(row.lane)
            await remember_card(
                session, kind=entry["card"], subject=entry["subject"], lane=lane, channel_id=channel, ts=ts
            )


async def said_at(database: Database, lane: str, ts: str) -> list[tuple[str, str]]:
    """Kind and subject of everything that is said in the message at this place, in order."""
    async with database.read() as session:
        states = (OutboxState.SENT, OutboxState.WAITING)
        here = (Outbox.lane == own_lane(lane)) & Outbox.state.in_(states) & (Outbox.sent_ts == ts)
        rows = (await session.scalars(select(Outbox).where(here).order_by(Outbox.due_at, Outbox.id))).all()
    parts: dict[tuple[str, str], None] = {}
    for row in sorted(rows, key=lambda each: "said_with" not in each.params):
        parts[row.kind, row.subject] = None
        parts |= {(each["kind"], each["subject"]): None for each in row.params.get("said_with", ())}
    return list(parts)
