"""The one look back between meeting and new measurement: two and a half weeks after, and never a chase."""

from __future__ import annotations

from datetime import datetime

from cluster.members import members
from cluster.members.cluster_rules import reminder_hours_of
from cluster.members.settling import away_until
from cluster.notices import Owed
from cluster.reminders import owing
from cluster.reminders.owing import Asking
from cluster.reminders.policy import Anchor, Fit, Leave, Pace, Policy, Timing
from cluster.reminders.situation import Situation
from cluster.subjects import COMMITMENT
from storage.models import Commitment
from storage.unit_of_work import Reading, UnitOfWork
from storage.words import CommitmentState

AFTER = 13
"""Workdays: between two weeks and three."""
POLICY = Policy(
    kind="commitment.look",
    paces=(Pace((Timing(Anchor.START, days=AFTER, fit=Fit.AFTER),)),),
    most=1,
    leave=Leave.WAITS,
    planned_key="commitment-look:{about}:{who}",
)


async def plan(uow: UnitOfWork, commitment: Commitment, *, now: datetime) -> None:
    """Owe the look back to who said it, or who begins; what was owed of an earlier choice is true no more."""
    await hush(uow, commitment)
    if commitment.state != CommitmentState.MEANT or commitment.member_id is None:
        return
    asking = Asking(
        POLICY,
        await reminder_hours_of(uow, commitment.cluster_id),
        COMMITMENT.about(commitment.id),
        commitment.cluster_id,
        commitment.who_id or commitment.member_id,
        since=commitment.decided_at or now,
        deadline=None,
        about=str(commitment.id),
        who=commitment.who_id or commitment.member_id,
    )
    await owing.lay_out(uow, asking, now=now)


async def hush(uow: UnitOfWork, commitment: Commitment) -> None:
    """It is known how it goes, or there is nothing to look back on."""
    await owing.hush(uow, POLICY, COMMITMENT.about(commitment.id))


async def holds(state: Reading, owed: Owed, commitment: Commitment, *, now: datetime) -> bool:
    """Whether the look back is still true at its hour. Raises NotNow when it is, but the hour is not one for it."""
    member = await members.find(state, owed.member_id)
    situation = Situation(
        owes=commitment.state == CommitmentState.MEANT and member is not None and member.active,
        deadline=None,
        hours=await reminder_hours_of(state, commitment.cluster_id),
        away_until=away_until(member, now),
    )
    return await owing.look_again(state, owed, POLICY, situation, now=now)
