"""Owing somebody an answer to what they did: in the thread where it was said, else in their direct messages."""

from __future__ import annotations

from typing import Any

from cluster.notices import ANSWER, owe
from handlers.payload import Arrival
from handlers.turn import Turn
from storage.unit_of_work import UnitOfWork


async def answer(uow: UnitOfWork, turn: Turn, arrival: Arrival, kind: str, **params: Any) -> None:
    """Owe one answer for an arrival; the same arrival is never answered twice."""
    in_thread = arrival.kind == "event" and arrival.is_direct_message and bool(arrival.thread_ts)
    place = arrival.channel_id if in_thread else None
    if place is None and turn.member is None:
        place = turn.user_id  # somebody unknown: the conversation with them is opened when it is sent
    await owe(
        uow,
        kind,
        key=f"answer:{turn.inbox_id or arrival.source_id}",
        now=turn.now,
        member_id=turn.member.id if turn.member else None,
        channel_id=place,
        thread_ts=arrival.thread_ts if in_thread else None,
        cluster_id=turn.cluster.id if turn.cluster else None,
        urgency=ANSWER,
        **params,
    )


def storable(params: dict[str, object]) -> dict[str, object]:
    """A refusal's parameters as JSON can hold them."""
    return {name: value if isinstance(value, int | float) else str(value) for name, value in params.items()}
