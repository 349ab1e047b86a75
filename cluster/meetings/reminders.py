"""Reminders to answer an invitation.

The rules are those of the scheduling tools that annoy least: two days before the answer-by when there is time, a day
and a half when there is little, none when there is next to none; at most three; never closer than three days; then it
is the coordinator's turn.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select

from cluster.calendar import Hours
from cluster.members.cluster_rules import reminder_hours_of
from cluster.members.settling import away_until, own_hours
from cluster.notices import Owed
from cluster.reminders import owing
from cluster.reminders.moments import SNOOZES, snooze_moment
from cluster.reminders.owing import Asking
from cluster.reminders.policy import Anchor, Escalation, Fit, Leave, Pace, Policy, Snoozing, Timing
from cluster.reminders.situation import Situation, wished_slot
from cluster.subjects import MEETING
from storage.models import Invitation, Meeting, Member, Outbox
from storage.unit_of_work import Reading, UnitOfWork
from storage.words import MeetingState

GAP = timedelta(days=3)
BREATH = timedelta(hours=6)
"""Never sooner than this after an invitation, nor later than this before the answer-by."""
SHORT = Pace((Timing(elapsed=timedelta(hours=36), fit=Fit.NEAR, peace=BREATH, rest=BREATH),), lead=timedelta(days=2))
LONG = Pace(
    (
        Timing(days=2, fit=Fit.NEAR, peace=timedelta(days=1), rest=BREATH),
        Timing(Anchor.NEXT, days=5, peace=GAP, gap=GAP.days),
        Timing(Anchor.NEXT, days=7, peace=GAP, gap=GAP.days),
    ),
    lead=timedelta(days=5),
)
POLICY = Policy(
    kind="meeting.reminder",
    paces=(LONG, SHORT),
    leave=Leave.LEFT_OUT,
    planned_key="remind:{about}:{n}:{who}",
    nudge_key="nudge:{about}:{day}:{who}",
    snooze_key="snooze:{about}:{day}:{who}",
    snoozing=Snoozing("meeting.reminder", unknown="meeting.snooze_unknown", too_late="meeting.snooze_too_late"),
    escalation=Escalation(before=timedelta(days=1)),
)


async def schedule(uow: UnitOfWork, meeting: Meeting, member: Member, *, since: datetime, now: datetime) -> None:
    """Owe one member's reminders to answer."""
    await owing.lay_out(uow, await _asking(uow, meeting, member, since), now=now)


async def remind_now(uow: UnitOfWork, meeting: Meeting, member: Member, *, now: datetime) -> datetime | None:
    """A coordinator asks for a reminder: it goes at once, or at the next allowed hour. None if owed today already."""
    return await owing.nudge(uow, await _asking(uow, meeting, member, now), now=now)


async def next_moment(state: Reading, meeting: Meeting, *, now: datetime) -> datetime:
    """When a reminder that is asked for now goes to who has not been reminded that day."""
    return wished_slot(now, await reminder_hours_of(state, meeting.cluster_id), meeting.answer_by)


async def nudged(state: Reading, answer_id: int) -> list[tuple[Member, datetime]]:
    """Whom a coordinator's press reminds, by name, and when; asked by the answer to that press."""
    answer = await state.session.get_one(Outbox, answer_id)
    rows = (
        select(Member, Outbox.due_at)
        .join(Outbox, Outbox.member_id == Member.id)
        .where(Outbox.inbox_id == answer.inbox_id, Outbox.kind == POLICY.kind, Outbox.subject == answer.subject)
        .order_by(Member.name, Member.id)
    )
    return [(member, due_at) for member, due_at in (await state.session.execute(rows)).all()]


async def snooze(
    uow: UnitOfWork, meeting: Meeting, invitation: Invitation, member: Member, choice: str, *, now: datetime
) -> datetime:
    """ "Remind me later": the moment chosen. It does not count among the three, and those in between stay away."""
    invitation.snoozed_until = await owing.snooze(uow, await _asking(uow, meeting, member, now), choice, now=now)
    return invitation.snoozed_until


async def unsnooze(
    uow: UnitOfWork, meeting: Meeting, invitation: Invitation, member: Member, *, until: datetime | None, now: datetime
) -> None:
    """The moment chosen before, or none: what is owed of another is true no more."""
    await owing.remind_at(uow, await _asking(uow, meeting, member, now), until, now=now)
    invitation.snoozed_until = until


async def hush(uow: UnitOfWork, meeting_id: int, member_id: int) -> None:
    """Somebody has answered: no more reminders to that person."""
    await owing.hush(uow, POLICY, MEETING.about(meeting_id), member_id=member_id)


def snoozes(meeting: Meeting, hours: Hours, *, now: datetime) -> list[str]:
    """Which "remind me later" choices fall before the answer-by."""
    return [choice for choice in SNOOZES if snooze_moment(POLICY, choice, None, hours, now=now) < meeting.answer_by]


async def holds(
    state: Reading, owed: Owed, *, meeting: Meeting, invitation: Invitation, member: Member, now: datetime
) -> bool:
    """Whether a reminder is still true at its hour. Raises NotNow when it is, but the hour is not one for reminders."""
    whose = None if "snoozed" in owed.params else member  # the hour that they chose themselves is kept
    is_current = meeting.state == MeetingState.PLANNED and owed.params.get("sequence") == meeting.sequence
    situation = Situation(
        owes=is_current and not invitation.answer and member.active,
        deadline=meeting.answer_by,
        hours=own_hours(await reminder_hours_of(state, meeting.cluster_id), whose, meeting.answer_by, now),
        away_until=away_until(member, now),
        snoozed_until=invitation.snoozed_until,
    )
    return await owing.look_again(state, owed, POLICY, situation, now=now)


async def _asking(state: Reading, meeting: Meeting, member: Member, since: datetime) -> Asking:
    return Asking(
        POLICY,
        own_hours(await reminder_hours_of(state, meeting.cluster_id), member, meeting.answer_by, since),
        MEETING.about(meeting.id),
        meeting.cluster_id,
        member.id,
        since=since,
        deadline=meeting.answer_by,
        about=f"{meeting.id}:{meeting.sequence}",
        who=member.id,
        params={"sequence": meeting.sequence},
    )
