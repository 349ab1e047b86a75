"""Asking a practice again for its numbers: on workdays, three times at most, and then the coordinator."""

from __future__ import annotations

from datetime import datetime, timedelta

from cluster import undoing
from cluster.errors import ClusterError
from cluster.members import members, places
from cluster.members.cluster_rules import reminder_hours_in, reminder_hours_of, rules_of
from cluster.members.settling import away_until, own_hours
from cluster.notices import ANSWER, Owed, owe_each, refresh
from cluster.reminders import owing
from cluster.reminders.moments import escalation_moment
from cluster.reminders.moments import moments as moments_of
from cluster.reminders.owing import Asking
from cluster.reminders.policy import AT_ONCE, Escalation, Fit, Leave, Pace, Policy, Snoozing, Timing
from cluster.reminders.situation import Situation
from cluster.subjects import ASSIGNMENT, ROUND
from cluster.undoing import OwnChange, Values
from storage.models import Assignment, Member, Round, Rules
from storage.unit_of_work import Reading, UnitOfWork

SNOOZED = "data.snoozed"
"""What is remembered of "remind me later", to be put back."""
PEACE = timedelta(hours=40)
"""Nobody is asked again before this much time has gone since the first asking."""
DAYS_BEFORE = (1, 3, 7)
"""Days before the deadline on which those who still owe are asked again, the last first."""
HOUR = 9
POLICY = Policy(
    kind="data.chase",
    paces=(Pace(tuple(Timing(days=days, fit=Fit.MORNING, peace=PEACE) for days in DAYS_BEFORE)),),
    hour=HOUR,
    leave=Leave.WAITS,
    overtaken_by=timedelta(hours=23, minutes=30),  # within the day; by the full day, seconds of delay would decide
    asks_late=True,
    planned_key="chase:{about}:{n}:{who}",
    nudge_key="nudge:{about}:{who}:{day:%Y%m%d}",
    snooze_key="snooze:{id}:{day:%Y%m%d}",
    snoozing=Snoozing(
        "data.snoozed",
        unknown="data.no_such_choice",
        too_late="data.no_time_to_wait",
        hour=HOUR,
        squeezes=True,
        holds_nudges=True,
    ),
    escalation=Escalation(after_last=timedelta(hours=5)),
    numbered="n",
)


def moments(round_: Round, rules: Rules) -> list[datetime]:
    """When those who still owe are asked again."""
    return moments_of(POLICY, round_.created_at, round_.deadline, reminder_hours_in(rules))


async def plan(
    uow: UnitOfWork, round_: Round, assignment: Assignment, rules: Rules, *, now: datetime, peace: timedelta = AT_ONCE
) -> None:
    """Owe one practice's reminders, but for those before the ``peace`` of who is asked only now is over."""
    await owing.lay_out(uow, _asking(round_, assignment, rules), now=now, peace=peace)


async def plan_digest(uow: UnitOfWork, round_: Round, rules: Rules, *, now: datetime) -> None:
    """Owe the coordinators the list of those who still owe."""
    moment = escalation_moment(POLICY, round_.created_at, round_.deadline, reminder_hours_in(rules))
    if moment is None or moment <= now:
        return
    await owe_each(
        uow,
        "round.digest",
        await members.coordinators(uow, round_.cluster_id),
        key=f"round-digest:{round_.id}",
        now=now,
        cluster_id=round_.cluster_id,
        subject=ROUND.about(round_.id),
        due_at=moment,
    )


async def hush(uow: UnitOfWork, assignment: Assignment) -> None:
    """The practice has answered: not one more reminder."""
    await owing.hush(uow, POLICY, ASSIGNMENT.about(assignment.id))
    assignment.snoozed_until = None


async def nudge(uow: UnitOfWork, round_: Round, assignment: Assignment, rules: Rules, *, now: datetime) -> bool:
    """The coordinator asks one practice again, at the next decent hour; once a day at most."""
    return await owing.nudge(uow, _asking(round_, assignment, rules), now=now) is not None


async def snooze(
    uow: UnitOfWork, round_: Round, assignment: Assignment, choice: str, rules: Rules, *, by: Member, now: datetime
) -> datetime:
    """ "Remind me later": quiet until then, and one reminder at that hour. Never later than the deadline's morning.

    Only for whoever is asked: another would put off what a colleague is reminded of.
    """
    await _require_asked(uow, assignment, by)
    was = assignment.snoozed_until
    assignment.snoozed_until = await owing.snooze(uow, _asking(round_, assignment, rules), choice, now=now)
    await _remember(uow, assignment, was, by=by, now=now)
    return assignment.snoozed_until


async def snooze_now(state: Reading, change: OwnChange) -> Values:
    """Until when the reminder of a practice is put off."""
    return _until((await state.session.get_one(Assignment, change.number)).snoozed_until)


async def put_snooze_back(uow: UnitOfWork, change: OwnChange, *, by: Member, now: datetime) -> None:
    """The reminders as they were before "remind me later"."""
    assignment = await uow.session.get_one(Assignment, change.number)
    if not places.is_confirmed(by, assignment.practice_id):
        raise ClusterError("data.not_yours")
    await _require_asked(uow, assignment, by)
    round_ = await uow.session.get_one(Round, assignment.round_id)
    was, written = assignment.snoozed_until, change.was["until"]
    until = datetime.fromisoformat(written) if written else None
    asking = _asking(round_, assignment, await rules_of(uow, round_.cluster_id))
    await owing.remind_at(uow, asking, until, now=now)
    assignment.snoozed_until = until
    await _remember(uow, assignment, was, by=by, now=now)
    subject = ASSIGNMENT.about(assignment.id)
    await refresh(uow, "data.ask", subject=subject, now=now, member_id=assignment.member_id, urgency=ANSWER)


async def _require_asked(state: Reading, assignment: Assignment, by: Member) -> None:
    if assignment.member_id != by.id:
        asked = await members.get(state, assignment.member_id)
        raise ClusterError("data.others_reminder", name=asked.name)


async def _remember(
    uow: UnitOfWork, assignment: Assignment, was: datetime | None, *, by: Member, now: datetime
) -> None:
    subject, became = ASSIGNMENT.about(assignment.id), _until(assignment.snoozed_until)
    await undoing.remember(uow, SNOOZED, subject, by=by.id, was=_until(was), became=became, now=now)


def _until(moment: datetime | None) -> Values:
    return {"until": moment.isoformat() if moment else None}


async def holds(
    state: Reading, owed: Owed, round_: Round, assignment: Assignment, *, owes: bool, now: datetime
) -> bool:
    """Whether a reminder is still true at its hour. Raises NotNow when it is, but the hour is not one for reminders."""
    member = await state.session.get(Member, assignment.member_id)
    whose = None if "snoozed" in owed.params else member  # the hour that they chose themselves is kept
    situation = Situation(
        owes=owes,
        deadline=round_.deadline,
        hours=own_hours(await reminder_hours_of(state, round_.cluster_id), whose, round_.deadline, now),
        away_until=away_until(member, now),
        snoozed_until=assignment.snoozed_until,
    )
    return await owing.look_again(state, owed, POLICY, situation, now=now)


def _asking(round_: Round, assignment: Assignment, rules: Rules) -> Asking:
    return Asking(
        POLICY,
        reminder_hours_in(rules),
        ASSIGNMENT.about(assignment.id),
        round_.cluster_id,
        assignment.member_id,
        since=round_.created_at,
        deadline=round_.deadline,
        about=str(round_.id),
        who=assignment.practice_id,
    )
