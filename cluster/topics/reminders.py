"""Reminders to vote: to who has not, without knowing what anybody has; the last a day before it closes or earlier."""

from __future__ import annotations

from datetime import datetime, timedelta

from cluster.calendar import Hours
from cluster.members.cluster_rules import reminder_hours_of
from cluster.members.settling import own_hours
from cluster.notices import Owed
from cluster.reminders import owing
from cluster.reminders.owing import Asking
from cluster.reminders.policy import Anchor, Fit, Leave, Pace, Policy, Timing
from cluster.reminders.situation import Situation
from cluster.subjects import VOTE
from storage.models import Member, Vote
from storage.unit_of_work import Reading, UnitOfWork

A_DAY = timedelta(days=1)
LAST = Timing(days=2, fit=Fit.BEFORE, peace=A_DAY, rest=A_DAY)
"""With a day and more to go, so that nobody can tell the last ballot by the reminder."""
POLICY = Policy(
    kind="vote.reminder",
    paces=(
        Pace((LAST, Timing(Anchor.NEXT, days=4, peace=A_DAY * 2, gap=3)), lead=timedelta(days=9)),
        Pace((LAST,), lead=timedelta(days=4)),
    ),
    most=2,
    leave=Leave.LEFT_OUT,
    planned_key="vote-again:{about}:{n}:{who}",
)


async def plan(uow: UnitOfWork, vote: Vote, member: Member, *, since: datetime, now: datetime) -> None:
    """Owe them."""
    asking = Asking(
        POLICY,
        await _hours(uow, vote, member, since),
        VOTE.about(vote.id),
        vote.cluster_id,
        member.id,
        since=since,
        deadline=vote.closes_at,
        about=str(vote.id),
        who=member.id,
    )
    await owing.lay_out(uow, asking, now=now)


async def hush(uow: UnitOfWork, vote: Vote) -> None:
    """It is over: not one more."""
    await owing.hush(uow, POLICY, VOTE.about(vote.id))


async def holds(state: Reading, owed: Owed, vote: Vote, member: Member, *, owes: bool, now: datetime) -> bool:
    """Whether it is still true at its hour. Raises NotNow when it is, but the hour is not one for it."""
    situation = Situation(
        owes=owes and member.active,
        deadline=vote.closes_at,
        hours=await _hours(state, vote, member, now),
        away_until=member.away_until,
    )
    return await owing.look_again(state, owed, POLICY, situation, now=now)


async def _hours(state: Reading, vote: Vote, member: Member, moment: datetime) -> Hours:
    return own_hours(await reminder_hours_of(state, vote.cluster_id), member, vote.closes_at, moment)
