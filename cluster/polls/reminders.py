"""Reminders to say when: as those of invitations, but two at most, for nothing is decided yet."""

from __future__ import annotations

from datetime import datetime

from cluster.meetings.reminders import LONG, SHORT
from cluster.members.cluster_rules import reminder_hours_of
from cluster.members.settling import away_until, own_hours
from cluster.notices import Owed
from cluster.reminders import owing
from cluster.reminders.owing import Asking
from cluster.reminders.policy import Leave, Policy
from cluster.reminders.situation import Situation, wished_slot
from cluster.subjects import POLL
from storage.models import Member, Poll
from storage.unit_of_work import Reading, UnitOfWork
from storage.words import PollState

POLICY = Policy(
    kind="poll.reminder",
    paces=(LONG, SHORT),
    leave=Leave.LEFT_OUT,
    planned_key="remind:poll:{about}:{n}:{who}",
    nudge_key="nudge:poll:{about}:{day}:{who}",
    most=2,
)


async def schedule(uow: UnitOfWork, poll: Poll, member: Member, *, since: datetime, now: datetime) -> None:
    """Owe one member's reminders to answer."""
    await owing.lay_out(uow, await _asking(uow, poll, member, since), now=now)


async def remind_now(uow: UnitOfWork, poll: Poll, member: Member, *, now: datetime) -> datetime | None:
    """A coordinator asks for a reminder: it goes at once, or at the next allowed hour. None if owed today already."""
    return await owing.nudge(uow, await _asking(uow, poll, member, now), now=now)


async def next_moment(state: Reading, poll: Poll, *, now: datetime) -> datetime:
    """When a reminder that is asked for now goes to who has not been reminded that day."""
    return wished_slot(now, await reminder_hours_of(state, poll.cluster_id), poll.answer_by)


async def hush(uow: UnitOfWork, poll: Poll, member_id: int | None = None) -> None:
    """There is an answer to every date: no more reminders to that person; or to nobody."""
    await owing.hush(uow, POLICY, POLL.about(poll.id), member_id=member_id)


async def holds(state: Reading, owed: Owed, *, poll: Poll, member: Member, owes: bool, now: datetime) -> bool:
    """Whether a reminder is still true at its hour. Raises NotNow when it is, but the hour is not one for reminders."""
    is_current = poll.state == PollState.OPEN and owed.params.get("sequence") == poll.sequence
    situation = Situation(
        owes=is_current and owes and member.active,
        deadline=poll.answer_by,
        hours=own_hours(await reminder_hours_of(state, poll.cluster_id), member, poll.answer_by, now),
        away_until=away_until(member, now),
    )
    return await owing.look_again(state, owed, POLICY, situation, now=now)


async def _asking(state: Reading, poll: Poll, member: Member, since: datetime) -> Asking:
    return Asking(
        POLICY,
        own_hours(await reminder_hours_of(state, poll.cluster_id), member, poll.answer_by, since),
        POLL.about(poll.id),
        poll.cluster_id,
        member.id,
        since=since,
        deadline=poll.answer_by,
        about=f"{poll.id}:{poll.sequence}",
        who=member.id,
        params={"sequence": poll.sequence},
    )
