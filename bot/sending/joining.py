"""A member gets one reminder a day: what else is due that day is said in the message of the first."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta

import structlog

from bot.log import describe
from cluster.calendar import at
from cluster.clock import Clock, local
from cluster.notices import NotNow, Owed
from cluster.rooms import REMINDERS
from handlers.message import Message
from handlers.reminders.joint import has_room, joint
from locales import Texts
from storage import joining
from storage.database import Database
from storage.models import Outbox

log = structlog.get_logger()

Render = Callable[[Outbox], Awaitable[Message | None]]
Say = Callable[[Message], Awaitable[None]]


async def say_together(
    database: Database, clock: Clock, row: Outbox, message: Message, t: Texts, render: Render, say: Say
) -> None:
    """Say a reminder with whatever else is due to the same person that day. Each is asked again whether it is true, and
    whether its reader may have it; what is not said here waits for its own hour.

    What the message holds is kept before it is sent, and settled in the transaction that notes where it stands.
    """
    today = local(clock.now()).date()
    midnight = at(today + timedelta(days=1), 0)
    others = await joining.take_along(database, row, REMINDERS, before=midnight)
    try:
        parts, joined = {row.subject: message}, []
        for each in others:
            if each.params.get("said_in", row.id) != row.id:
                continue  # it may stand in another's message, and is looked for at its own hour
            part = await _rendered(each, render)
            if part is None or not (each.subject in parts or has_room([*parts.values()], part)):
                continue
            parts.setdefault(each.subject, part)
            joined.append((each, part.card))
        await joining.let_go(database, [each for each in others if each not in [one for one, _ in joined]])
        if joined or "said_on" in row.params:  # also that of a try which failed, perhaps on another day
            await joining.keep(database, row, joined, today)
        await say(joint([*parts.values()], t))
    except Exception:
        await joining.let_go(database, others)
        raise


async def drawn_again(
    database: Database, owed: Owed, lane: str, ts: str, t: Texts, render: Callable[[Owed], Awaitable[Message | None]]
) -> Message | None:
    """A message of several reminders as it is now, without those that wait for nothing any more; None where the
    message at this place holds one alone."""
    held = await joining.said_at(database, lane, ts) if owed.kind in REMINDERS else []
    if len(held) < 2:
        return None
    parts: dict[str, Message] = {}
    for kind, subject in held:
        part = await render(replace(owed, kind=kind, subject=subject)) if subject not in parts else None
        if part is not None:
            parts[subject] = part
    return joint([*parts.values()], t) if parts else None


async def _rendered(row: Outbox, render: Render) -> Message | None:
    try:
        return await render(row)
    except NotNow:
        return None
    except Exception as error:
        log.warning("send.not_joined", row=row.id, error=describe(error))
        return None
