"""What the bot said to somebody last: what a bare "yes" after it is to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import or_, select

from storage.models import Outbox
from storage.unit_of_work import Reading
from storage.words import How, OutboxState


async def last_words(
    state: Reading, member_ids: Sequence[int], channel_id: str, thread_ts: str, *, since: datetime
) -> Outbox | None:
    """The newest message to these members at a place, if it is from lately: in a thread of its words, else at all."""
    rows = select(Outbox).where(
        Outbox.member_id.in_(member_ids),
        Outbox.sent_channel == channel_id,
        Outbox.how == How.POST,
        Outbox.state == OutboxState.SENT,
        Outbox.created_at >= since,
    )
    if thread_ts:
        rows = rows.where(or_(Outbox.sent_ts == thread_ts, Outbox.thread_ts == thread_ts))
    found = await state.session.scalars(rows.order_by(Outbox.done_at.desc(), Outbox.id.desc()).limit(1))
    return found.first()
