"""The one reminder of an evaluation: to who has not answered, without knowing what anybody has."""

from __future__ import annotations

from datetime import datetime

from cluster.members.cluster_rules import reminder_hours_of
from cluster.notices import Owed
from cluster.reminders import owing
from cluster.reminders.owing import Asking
from cluster.reminders.policy import Anchor, Fit, Leave, Pace, Policy, Timing
from cluster.reminders.situation import Situation
from cluster.subjects import APPRAISAL
from storage.models import Appraisal, Member
from storage.unit_of_work import Reading, UnitOfWork

AFTER = 2
"""Workdays; what is open five has then a day and more to go, so that nobody can tell the last by the reminder."""
POLICY = Policy(
    kind="appraisal.reminder",
    paces=(Pace((Timing(Anchor.START, days=AFTER, fit=Fit.AFTER),)),),
    most=1,
    leave=Leave.LEFT_OUT,
    planned_key="appraisal-again:{about}:{who}",
)


async def plan(uow: UnitOfWork, appraisal: Appraisal, member: Member, *, since: datetime, now: datetime) -> None:
    """Owe it."""
    asking = Asking(
        POLICY,
        await reminder_hours_of(uow, appraisal.cluster_id),
        APPRAISAL.about(appraisal.id),
        appraisal.cluster_id,
        member.id,
        since=since,
        deadline=appraisal.closes_at,
        about=str(appraisal.id),
        who=member.id,
    )
    await owing.lay_out(uow, asking, now=now)


async def holds(state: Reading, owed: Owed, appraisal: Appraisal, member: Member, *, owes: bool, now: datetime) -> bool:
    """Whether it is still true at its hour. Raises NotNow when it is, but the hour is not one for it."""
    situation = Situation(
        owes=owes and member.active,
        deadline=appraisal.closes_at,
        hours=await reminder_hours_of(state, appraisal.cluster_id),
        away_until=member.away_until,
    )
    return await owing.look_again(state, owed, POLICY, situation, now=now)
