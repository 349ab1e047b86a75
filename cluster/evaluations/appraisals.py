"""An evaluation: opened for those who were there, answered once each, told when it is over and never renewed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import case, delete, func, select

from cluster import audit
from cluster.calendar import at, is_open, next_slot, workdays_after
from cluster.clock import local
from cluster.errors import ClusterError
from cluster.evaluations import reminders
from cluster.evaluations.answering import ballot_of, keep, tally_of
from cluster.evaluations.counting import Ballot, Tally, told
from cluster.evaluations.urn import CHANCE, Urn
from cluster.meetings import meetings
from cluster.members import members
from cluster.members.cluster_rules import hours_of, rules_of
from cluster.notices import owe, owe_each, renew_home, take_back
from cluster.subjects import APPRAISAL, MEETING
from storage.models import (
    Appraisal,
    AppraisalAnswer,
    AppraisalAsked,
    AppraisalTally,
    Attendance,
    Invitation,
    Meeting,
    Member,
)
from storage.unit_of_work import Reading, UnitOfWork
from storage.words import EXPECTED, AppraisalState, Grade, How, MeetingState

OPEN_FOR = 5
"""Workdays."""
NOON = 12
STILL_THERE = timedelta(hours=2)
"""After the end of a meeting: whoever asks then asks those who are still there, at once."""
STILL_ASKED = timedelta(days=14)
BREATH = timedelta(hours=1)
"""After it is over, before anything is told."""
LEAST_PEOPLE = 5
MOST = 10
Waiting = tuple[Appraisal, Meeting]
"""An evaluation that somebody may answer, and the meeting it is of."""


async def get(state: Reading, appraisal_id: int) -> Appraisal:
    """One by its id, or a friendly refusal."""
    found = await state.session.get(Appraisal, appraisal_id, populate_existing=True)
    if found is None:
        raise ClusterError("appraisal.unknown")
    return found


async def evaluable(state: Reading, cluster_id: int, now: datetime) -> Sequence[Meeting]:
    """The meetings that can be evaluated: begun, not long over, and not evaluated; the newest first."""
    rows = (
        select(Meeting)
        .outerjoin(Appraisal, Appraisal.meeting_id == Meeting.id)
        .where(Meeting.cluster_id == cluster_id, Meeting.state == MeetingState.PLANNED, Appraisal.id.is_(None))
        .where(Meeting.starts_at <= now, Meeting.ends_at > now - STILL_ASKED)
        .order_by(Meeting.starts_at.desc(), Meeting.id.desc())
        .limit(MOST)
    )
    return (await state.session.scalars(rows)).all()


async def those_there(state: Reading, meeting: Meeting) -> Sequence[Member]:
    """Whoever is or was at the meeting: as recorded, else as they answered."""
    came = select(Attendance.member_id).where(Attendance.meeting_id == meeting.id, Attendance.present)
    if meeting.attendance_closed_at is None:
        came = select(Invitation.member_id).where(Invitation.meeting_id == meeting.id, Invitation.answer.in_(EXPECTED))
    rows = select(Member).where(Member.id.in_(came), Member.active, Member.slack_user_id.is_not(None))
    return (await state.session.scalars(rows.order_by(Member.id))).all()


async def when_to_ask(state: Reading, meeting: Meeting, now: datetime) -> datetime:
    """At once while people are still there, or at an hour for it; else the next morning."""
    hours = await hours_of(state, meeting.cluster_id)
    is_there = meeting.starts_at <= now <= meeting.ends_at + STILL_THERE
    return now if is_there or is_open(now, hours) else next_slot(now, hours)


async def open_(uow: UnitOfWork, meeting: Meeting, grade: Grade, *, by: Member, now: datetime) -> Appraisal:
    """A coordinator asks how the meeting was."""
    await meetings.hold(uow, meeting)
    if meeting.id not in {each.id for each in await evaluable(uow, meeting.cluster_id, now)}:
        raise ClusterError("appraisal.no_meeting")
    made = await _open(uow, meeting, grade, by=by, at=await when_to_ask(uow, meeting, now), now=now)
    if made is None:
        raise ClusterError("appraisal.too_few")
    return made


async def begin(uow: UnitOfWork, meeting: Meeting, *, sequence: int, now: datetime) -> Appraisal | None:
    """The meeting is over: ask by itself, if the cluster has agreed to, at an hour for it."""
    await meetings.hold(uow, meeting)
    agreed = (await rules_of(uow, meeting.cluster_id)).evaluation
    is_current = meeting.state == MeetingState.PLANNED and meeting.sequence == sequence
    if not agreed or not is_current or meeting not in await evaluable(uow, meeting.cluster_id, now):
        return None
    at_ = next_slot(now, await hours_of(uow, meeting.cluster_id))
    return await _open(uow, meeting, Grade(agreed), by=None, at=at_, now=now)


async def _open(
    uow: UnitOfWork, meeting: Meeting, grade: Grade, *, by: Member | None, at: datetime, now: datetime
) -> Appraisal | None:
    people = await those_there(uow, meeting)
    if len(people) < LEAST_PEOPLE:
        return None
    made = Appraisal(
        cluster_id=meeting.cluster_id,
        meeting_id=meeting.id,
        grade=grade,
        asked_by=by.id if by is not None else None,
        opened_at=at,
        closes_at=_closing(at),
    )
    uow.session.add(made)
    await uow.session.flush()
    uow.session.add(AppraisalTally(appraisal_id=made.id))
    uow.session.add_all(AppraisalAsked(appraisal_id=made.id, member_id=each.id) for each in people)
    await uow.session.flush()
    subject = APPRAISAL.about(made.id)
    await owe_each(
        uow,
        "appraisal.ask",
        people,
        key=f"appraisal-ask:{made.id}",
        now=now,
        cluster_id=made.cluster_id,
        subject=subject,
        due_at=at,
    )
    for member in people:
        await reminders.plan(uow, made, member, since=at, now=now)
    await owe(
        uow,
        "appraisal.close",
        key=f"appraisal-close:{made.id}",
        now=now,
        cluster_id=made.cluster_id,
        subject=subject,
        due_at=made.closes_at,
        how=How.STEP,
    )
    await renew_home(uow, [each.id for each in people], now=now)
    actor_id = by.id if by is not None else None
    about = MEETING.about(meeting.id)
    audit.note(uow, "appraisal.opened", about, now=now, actor_id=actor_id, cluster_id=made.cluster_id)
    return made


def _closing(opened: datetime) -> datetime:
    return at(workdays_after(local(opened).date(), OPEN_FOR), NOON)


async def close(uow: UnitOfWork, urn: Urn, appraisal: Appraisal, *, now: datetime) -> None:
    """It is over: what may be told is kept and owed to everybody in a while; everything else goes."""
    if appraisal.state != AppraisalState.OPEN:
        return
    async with urn.lock:
        if rest := urn.rest(appraisal.id):
            await keep(uow, appraisal, rest)
        for each in urn.others(appraisal.id):  # this one is emptied by the next: until the commit it may be needed
            if (await get(uow, each)).state == AppraisalState.OVER:
                urn.empty(each)
    tally = await tally_of(uow, appraisal.id)
    answers = AppraisalAnswer.appraisal_id == appraisal.id
    if appraisal.grade == Grade.CONFIDENTIAL:
        ballots = [ballot_of(row) for row in await uow.session.scalars(select(AppraisalAnswer).where(answers))]
        tally = _sum(ballots)
    appraisal.told, appraisal.state = told(tally, CHANCE), AppraisalState.OVER
    await uow.session.execute(delete(AppraisalAnswer).where(answers))
    await uow.session.execute(delete(AppraisalTally).where(AppraisalTally.appraisal_id == appraisal.id))
    subject = APPRAISAL.about(appraisal.id)
    await take_back(uow, subject, kinds=("appraisal.ask", *reminders.POLICY.kinds))
    due_at = next_slot(now + BREATH, await hours_of(uow, appraisal.cluster_id))
    people = [each for each in await members.of_cluster(uow, appraisal.cluster_id) if each.slack_user_id]
    await owe_each(
        uow,
        "appraisal.told",
        people,
        key=f"appraisal-told:{appraisal.id}",
        now=now,
        cluster_id=appraisal.cluster_id,
        subject=subject,
        due_at=due_at,
    )
    await renew_home(uow, [each.id for each in people], now=now)


def _sum(ballots: Sequence[Ballot]) -> Tally:
    """Confidential answers are added one by one: nothing of them is told before all are, and never apart."""
    counts: dict[str, dict[str, int]] = {}
    for each in ballots:
        for question, answer in each.answers.items():
            given = counts.setdefault(question, {})
            given[str(answer)] = given.get(str(answer), 0) + 1
        for mark in each.marks:
            given = counts.setdefault("marks", {})
            given[mark] = given.get(mark, 0) + 1
    return Tally(len(ballots), counts, [each.comment for each in ballots if each.comment])


async def waiting_for(state: Reading, member: Member, now: datetime) -> Waiting | None:
    """The newest evaluation that a member is asked for and has not answered, as far as it is kept; with its meeting."""
    rows = (
        select(Appraisal, Meeting)
        .join(Meeting, Meeting.id == Appraisal.meeting_id)
        .join(AppraisalAsked, AppraisalAsked.appraisal_id == Appraisal.id)
        .where(AppraisalAsked.member_id == member.id, Appraisal.state == AppraisalState.OPEN)
        .where(AppraisalAsked.given.is_(False), Appraisal.closes_at > now)
        .order_by(Appraisal.id.desc())
    )
    found = (await state.session.execute(rows)).first()
    return (found[0], found[1]) if found is not None else None


async def of_cluster(state: Reading, cluster_id: int) -> Sequence[tuple[Appraisal, Meeting]]:
    """Every evaluation, the newest meeting first."""
    rows = (
        select(Appraisal, Meeting)
        .join(Meeting, Meeting.id == Appraisal.meeting_id)
        .where(Appraisal.cluster_id == cluster_id)
        .order_by(Meeting.starts_at.desc(), Appraisal.id.desc())
    )
    return [(appraisal, meeting) for appraisal, meeting in (await state.session.execute(rows)).all()]


async def answered(state: Reading, appraisal_id: int) -> tuple[int, int]:
    """How many have answered, as far as it is kept, of how many."""
    rows = select(func.sum(case((AppraisalAsked.given, 1), else_=0)), func.count()).where(
        AppraisalAsked.appraisal_id == appraisal_id
    )
    done, of = (await state.session.execute(rows)).one()
    return int(done or 0), int(of)
