"""Rounds: which package is asked for, about which period, by when, and who answers for each practice."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, delete, exists, select

from cluster import audit
from cluster.errors import ClusterError
from cluster.members import members, places
from cluster.members.cluster_rules import rules_of
from cluster.members.settling import substitute
from cluster.notices import ANSWER, owe, owe_each, refresh, renew_home, take_back
from cluster.rounds import agreements, reminders, standing
from cluster.rounds.planning import Plan, flaws
from cluster.subjects import ASSIGNMENT, ROUND
from storage.models import Assignment, Meeting, Member, Round, SecondLook, Submission
from storage.unit_of_work import Reading, UnitOfWork
from storage.words import How, Role, RoundState, SubmissionState

TAKING = (RoundState.OPEN, RoundState.RELEASED)
"""States in which numbers are taken; late ones too."""
CLOSES_AFTER = timedelta(days=14)


async def begin(uow: UnitOfWork, cluster_id: int, plan: Plan, *, actor_id: int, now: datetime) -> Round:
    """Open a round: everybody who answers is asked, chased at set hours, and the deadline is watched."""
    if wrong := await flaws(uow, cluster_id, plan, now):
        raise wrong[0]
    made = new(cluster_id, plan, by=actor_id, now=now)
    uow.session.add(made)
    await ask_all(uow, made, plan, now=now)
    await owe(
        uow,
        "round.opened",
        key=f"round-opened:{made.id}",
        now=now,
        member_id=actor_id,
        cluster_id=cluster_id,
        subject=ROUND.about(made.id),
        urgency=ANSWER,
    )
    audit.note(uow, "round.opened", ROUND.about(made.id), now=now, actor_id=actor_id, cluster_id=cluster_id)
    return made


def new(cluster_id: int, plan: Plan, *, by: int, now: datetime) -> Round:
    """A round in which nobody has been asked."""
    made = Round(cluster_id=cluster_id, created_by=by, created_at=now, state=RoundState.DRAFT)
    write(made, plan)
    return made


def write(round_: Round, plan: Plan) -> None:
    """Put down what is asked for, until when."""
    round_.package_id, round_.package_text = plan.package_id, plan.package_text
    round_.package_version = plan.package.version
    round_.meeting_id, round_.follows_id = plan.meeting_id, plan.follows_id
    round_.period_start, round_.period_end, round_.deadline = plan.period_start, plan.period_end, plan.deadline


async def ask_all(uow: UnitOfWork, made: Round, plan: Plan, *, now: datetime) -> None:
    """Ask everybody who answers, and lay out what follows: from here on it takes numbers."""
    rules, cluster_id = await rules_of(uow, made.cluster_id), made.cluster_id
    made.state, made.created_at = RoundState.OPEN, now
    made.asked = made.send_at = None
    made.openness, made.min_practices = rules.openness, rules.min_practices
    await uow.session.flush()
    for practice_id, chosen_id in plan.answering.items():
        other = await substitute(uow, await members.get(uow, chosen_id), now)
        stands_in = other is not None and other.practice_id == practice_id
        member_id = other.id if other is not None and stands_in else chosen_id
        assignment = Assignment(round_id=made.id, practice_id=practice_id, member_id=member_id)
        assignment.instead_of_id = chosen_id if stands_in else None
        uow.session.add(assignment)
        await uow.session.flush()
        await owe(
            uow,
            "data.ask",
            key=f"ask:{made.id}:{practice_id}",
            now=now,
            member_id=member_id,
            cluster_id=cluster_id,
            subject=ASSIGNMENT.about(assignment.id),
        )
        await reminders.plan(uow, made, assignment, rules, now=now)
    await reminders.plan_digest(uow, made, rules, now=now)
    await _owe_step(uow, made, "round.deadline", due_at=made.deadline, now=now)
    await _owe_step(uow, made, "round.close", due_at=await closing_time(uow, made), now=now)
    await agreements.mark_measured(uow, made, now=now)
    await _renew_homes(uow, await assignments(uow, made.id), now=now)


async def closing_time(state: Reading, round_: Round) -> datetime:
    """When a round closes by itself: two weeks after its deadline, and never before the day after its meeting."""
    meeting = await state.session.get(Meeting, round_.meeting_id) if round_.meeting_id else None
    after = round_.deadline + CLOSES_AFTER
    return max(after, meeting.ends_at + timedelta(days=1)) if meeting is not None else after


async def get(state: Reading, round_id: int) -> Round:
    """The round, or a friendly refusal."""
    found = await state.session.get(Round, round_id)
    if found is None:
        raise ClusterError("round.unknown")
    return found


async def running(state: Reading, cluster_id: int) -> Sequence[Round]:
    """Rounds that take numbers, the newest first."""
    rows = (
        select(Round)
        .where(Round.cluster_id == cluster_id, Round.state.in_(TAKING))
        .order_by(Round.created_at.desc(), Round.id.desc())
    )
    return (await state.session.execute(rows)).scalars().all()


async def assignments(state: Reading, round_id: int) -> Sequence[Assignment]:
    """Who answers, for all practices of a round."""
    rows = select(Assignment).where(Assignment.round_id == round_id).order_by(Assignment.id)
    return (await state.session.execute(rows)).scalars().all()


async def of_practice(state: Reading, round_id: int, practice_id: int) -> Assignment | None:
    """Who answers for a practice in a round; None when the practice is not asked."""
    rows = select(Assignment).where(Assignment.round_id == round_id, Assignment.practice_id == practice_id)
    return (await state.session.execute(rows)).scalar_one_or_none()


async def assignment(state: Reading, assignment_id: int) -> tuple[Assignment, Round]:
    """One practice's part of a round, or a friendly refusal."""
    found = await state.session.get(Assignment, assignment_id)
    if found is None:
        raise ClusterError("round.unknown")
    return found, await get(state, found.round_id)


async def owed_by(state: Reading, person: Sequence[Member]) -> list[tuple[Assignment, Round]]:
    """What a person can answer now: asked in person, or as a colleague in the practice that was asked."""
    own = [member.practice_id for member in person if member.practice_id is not None]
    rows = (
        select(Assignment, Round)
        .join(Round, Round.id == Assignment.round_id)
        .where(Round.state.in_(TAKING), Assignment.practice_id.in_(own))
        .order_by(Round.deadline, Assignment.id)
    )
    found = [(row[0], row[1]) for row in (await state.session.execute(rows)).all()]
    return [(part, round_) for part, round_ in found if any(works_there(member, part) for member in person)]


async def unanswered(state: Reading, which: ColumnElement[bool]) -> list[tuple[Assignment, Round]]:
    """Those of the practices asked that have no answer yet, in rounds whose charts are still to come."""
    is_answered = exists().where(
        Submission.round_id == Assignment.round_id,
        Submission.practice_id == Assignment.practice_id,
        Submission.state == SubmissionState.ACCEPTED,
    )
    rows = (
        select(Assignment, Round)
        .join(Round, Round.id == Assignment.round_id)
        .where(which, Round.state == RoundState.OPEN, ~is_answered)
        .order_by(Round.deadline, Assignment.id)
    )
    return [(part, round_) for part, round_ in (await state.session.execute(rows)).all()]


def works_there(member: Member, part: Assignment) -> bool:
    """Whether a member can be asked about a practice: who is down there, the one who was asked or another.

    Whoever was asked and has gone to another practice since has nothing more to do with it.
    """
    here = member.practice_id == part.practice_id and member.place != places.REFUSED
    return here and (member.id == part.member_id or member.role != Role.OBSERVER)


async def still_owes(state: Reading, part: Assignment, round_: Round) -> bool:
    """Whether a practice's answer is missing and taken, and wanted from who was asked."""
    member = await state.session.get(Member, part.member_id)
    if member is None or not member.active or not works_there(member, part) or round_.state not in TAKING:
        return False
    return await standing.accepted(state, round_.id, part.practice_id) is None


def may_answer(member: Member, part: Assignment) -> bool:
    """Whether a member may give a practice's numbers, and see them: works there, and that is confirmed."""
    return works_there(member, part) and places.is_confirmed(member, part.practice_id)


def require_answer(member: Member, part: Assignment) -> None:
    """A friendly refusal for somebody who may not give and see a practice's numbers."""
    if may_answer(member, part):
        return
    if works_there(member, part):
        places.require(member, part.practice_id)
    raise ClusterError("data.not_yours")


async def cancel(uow: UnitOfWork, round_: Round, *, actor_id: int, now: datetime) -> None:
    """Call a round off: nobody is asked any more, and what was asked says so. Numbers already given are kept."""
    if round_.state not in TAKING:
        raise ClusterError("round.not_running")
    round_.state = RoundState.CANCELLED
    round_.closed_at = now
    await hush(uow, round_, now=now)
    await agreements.mark_unmeasured(uow, round_, now=now)
    audit.note(uow, "round.cancelled", ROUND.about(round_.id), now=now, actor_id=actor_id, cluster_id=round_.cluster_id)


async def forget_hold(uow: UnitOfWork, round_: Round) -> None:
    """No charts wait any longer, and nothing is left of who was asked to look at what."""
    round_.held_until = None
    await uow.session.execute(delete(SecondLook).where(SecondLook.round_id == round_.id))
    await take_back(uow, ROUND.about(round_.id), kinds=("round.send", "round.held"))
    for part in await assignments(uow, round_.id):
        await take_back(uow, ASSIGNMENT.about(part.id), kinds=("data.look",))


async def hush(uow: UnitOfWork, round_: Round, *, now: datetime) -> None:
    """Take back everything still to be sent about a round that has ended, and let its cards say so."""
    await forget_hold(uow, round_)
    await take_back(uow, ROUND.about(round_.id), kinds=("round.digest", "round.deadline", "round.close"))
    for part in await assignments(uow, round_.id):
        await reminders.hush(uow, part)
        await refresh_ask(uow, part, now=now)


async def refresh_ask(uow: UnitOfWork, part: Assignment, *, now: datetime) -> None:
    """Let the card in the answerer's messages, and the home pages concerned, show how things stand."""
    await refresh(uow, "data.ask", subject=ASSIGNMENT.about(part.id), now=now, member_id=part.member_id)
    await _renew_homes(uow, [part], now=now)


async def _renew_homes(uow: UnitOfWork, parts: Sequence[Assignment], *, now: datetime) -> None:
    """The home pages of those who answer for these practices or work there, and of the coordinators."""
    if not parts:
        return
    concerned = {part.member_id for part in parts}
    for part in parts:
        concerned |= {member.id for member in await members.of_practice(uow, part.practice_id) if member.slack_user_id}
    round_ = await get(uow, parts[0].round_id)
    concerned |= {member.id for member in await members.coordinators(uow, round_.cluster_id)}
    await renew_home(uow, sorted(concerned), now=now)


async def tell_coordinators(
    uow: UnitOfWork, kind: str, round_: Round, *, key: str, now: datetime, **params: Any
) -> None:
    """Owe every coordinator the same thing about a round, once for each key."""
    leaders, cluster_id = await members.coordinators(uow, round_.cluster_id), round_.cluster_id
    await owe_each(
        uow, kind, leaders, key=key, now=now, cluster_id=cluster_id, subject=ROUND.about(round_.id), **params
    )


async def _owe_step(uow: UnitOfWork, round_: Round, kind: str, *, due_at: datetime, now: datetime) -> None:
    await owe(
        uow,
        kind,
        key=f"{kind}:{round_.id}",
        now=now,
        cluster_id=round_.cluster_id,
        subject=ROUND.about(round_.id),
        due_at=due_at,
        how=How.STEP,
    )
