"""Answers to what somebody sent or wrote: owed in the transaction that decided them, told where it was said."""

from __future__ import annotations

from typing import Any

from cluster.notices import ANSWER, owe
from cluster.subjects import CLUSTER
from cluster.submissions.submissions import VerdictPlace
from handlers.turn import Turn
from storage.models import Member
from storage.unit_of_work import UnitOfWork

PRIVATELY = VerdictPlace()
"""In the member's direct messages."""


async def answer(
    uow: UnitOfWork,
    turn: Turn,
    kind: str,
    *,
    member_id: int | None,
    cluster_id: int | None,
    subject: str = "",
    place: VerdictPlace = PRIVATELY,
    beside: bool = False,
    **params: Any,
) -> None:
    """Owe the one answer to a turn, or what is said beside it, ahead of everything that is not an answer."""
    await owe(
        uow,
        kind,
        key=f"{'beside' if beside else 'answer'}:{turn.inbox_id}",
        now=turn.now,
        member_id=member_id,
        channel_id=place.channel_id,
        thread_ts=place.thread_ts,
        cluster_id=cluster_id,
        subject=subject,
        urgency=ANSWER,
        **params,
    )


async def answer_leader(uow: UnitOfWork, turn: Turn, leader: Member, kind: str, **params: Any) -> None:
    """Owe somebody who runs the cluster the answer to what they did to it."""
    about = CLUSTER.about(leader.cluster_id)
    await answer(uow, turn, kind, member_id=leader.id, cluster_id=leader.cluster_id, subject=about, **params)


async def say(
    uow: UnitOfWork,
    turn: Turn,
    kind: str,
    place: VerdictPlace,
    *,
    subject: str = "",
    member_id: int | None = None,
    **params: Any,
) -> None:
    """Owe the sender an answer in the place where it was said."""
    member = turn.require_member()
    await answer(
        uow,
        turn,
        kind,
        member_id=member_id or member.id,
        cluster_id=member.cluster_id,
        subject=subject,
        place=place,
        **params,
    )
