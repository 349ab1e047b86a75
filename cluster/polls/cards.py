"""What is owed about a date poll, and what stands in Slack about it and is edited in place."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select

from cluster.members import members
from cluster.notices import ANSWER, ORDINARY, owe, refresh, refresh_cards, renew_home
from cluster.shown import refresh_own
from cluster.subjects import POLL
from storage.models import Member, Outbox, Poll
from storage.unit_of_work import Reading, UnitOfWork
from storage.words import How, OutboxState, Role

OWN_CARDS = ("poll.card", "poll.changed", "poll.reminder", "poll.noted")
"""Messages to a member that carry the dates: whichever is pressed, all of them show the answers."""


async def tell(
    uow: UnitOfWork, poll: Poll, kind: str, *, key: str, now: datetime, to: Member | None = None, **more: Any
) -> bool:
    """Owe something about a poll, marked with its sequence so that older dates can be told from these."""
    return await owe(
        uow,
        kind,
        key=key,
        now=now,
        member_id=to.id if to else None,
        cluster_id=poll.cluster_id,
        subject=POLL.about(poll.id),
        sequence=poll.sequence,
        **more,
    )


async def asked(state: Reading, cluster_id: int) -> list[Member]:
    """Whom a poll of a cluster is for: everybody but observers, also who is not in Slack yet."""
    return [each for each in await members.of_cluster(state, cluster_id) if each.role != Role.OBSERVER]


async def leaders(state: Reading, cluster_id: int) -> list[Member]:
    """Who looks after it."""
    people = await members.of_cluster(state, cluster_id)
    return [each for each in people if each.role in members.LEADERS and each.slack_user_id is not None]


async def not_yet_asked(state: Reading, poll: Poll) -> set[int]:
    """Members whose card waits for its hour."""
    rows = select(Outbox.member_id).where(
        Outbox.subject == POLL.about(poll.id),
        Outbox.kind == "poll.card",
        Outbox.how == How.POST,
        Outbox.state == OutboxState.WAITING,
        Outbox.leased_until.is_(None),
    )
    return {member_id for member_id in await state.session.scalars(rows) if member_id is not None}


async def show_answer(uow: UnitOfWork, poll: Poll, member: Member, *, now: datetime) -> None:
    """Somebody answered: their own messages first, then the counts."""
    await refresh_own(uow, OWN_CARDS, POLL.about(poll.id), member, now=now, urgency=ANSWER)
    await renew_home(uow, [member.id], now=now)
    await refresh_desks(uow, poll, now=now)


async def refresh_desks(uow: UnitOfWork, poll: Poll, *, now: datetime) -> None:
    """Let the cards and pages of those who look after it show how it stands."""
    found, subject = await leaders(uow, poll.cluster_id), POLL.about(poll.id)
    for leader in found:
        await refresh(uow, "poll.desk", subject=subject, now=now, member_id=leader.id, cluster_id=poll.cluster_id)
    await refresh_cards(uow, "poll.over", subject=subject, now=now, urgency=ORDINARY)
    await renew_home(uow, [leader.id for leader in found], now=now)


async def refresh_all(uow: UnitOfWork, poll: Poll, *, now: datetime) -> None:
    """Let everything that shows this poll show it as it is."""
    people = [each for each in await asked(uow, poll.cluster_id) if each.slack_user_id is not None]
    for member in people:
        await refresh_own(uow, OWN_CARDS, POLL.about(poll.id), member, now=now, urgency=ORDINARY)
    await refresh_desks(uow, poll, now=now)
    await renew_home(uow, [each.id for each in people], now=now)
