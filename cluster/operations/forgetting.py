"""A round's numbers, and who came to a meeting, taken away (JUR-03)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, exists, func, select, update

from cluster import audit
from cluster.rounds.rounds import hush
from cluster.subjects import MEETING, ROUND, SUBMISSION
from storage.models import (
    Agenda,
    AgendaItem,
    Attendance,
    Card,
    CheckIn,
    Cluster,
    Collected,
    Commitment,
    GroupNote,
    GroupSeat,
    Invitation,
    Meeting,
    Naming,
    Objection,
    Outbox,
    Parked,
    PollAnswer,
    PollDate,
    Pseudonym,
    Release,
    Round,
    Seating,
    SecondLook,
    Sitting,
    Submission,
)
from storage.unit_of_work import Reading, UnitOfWork
from storage.words import RoundState


async def rounds_of(state: Reading, cluster_name: str) -> Sequence[Round]:
    """The rounds of a cluster, newest first."""
    rows = select(Round).join(Cluster, Cluster.id == Round.cluster_id).where(Cluster.name == cluster_name)
    return (await state.session.scalars(rows.order_by(Round.id.desc()))).all()


async def forget_numbers(uow: UnitOfWork, round_: Round, *, now: datetime) -> int:
    """Delete every number of a round, and what charts were drawn from; how many answers went.

    The round is closed for good. Charts that were sent stay in Slack, so that it stays known which answers were behind
    them, by their ids: whatever is made about the same period later can't be held to them, and shows nothing of others.
    """
    session = uow.session
    answers = select(Submission.id).where(Submission.round_id == round_.id)
    await session.execute(delete(Objection).where(Objection.submission_id.in_(answers)))
    await session.execute(delete(Pseudonym).where(Pseudonym.round_id == round_.id))
    await session.execute(delete(SecondLook).where(SecondLook.round_id == round_.id))
    await session.execute(delete(Collected).where(Collected.round_id == round_.id))
    await _forget_names(uow, round_)
    gone = set((await session.execute(answers)).scalars())
    await _never_again(uow, round_, gone)
    await session.execute(delete(Submission).where(Submission.round_id == round_.id))
    if round_.state in (RoundState.OPEN, RoundState.RELEASED):
        await hush(uow, round_, now=now)
    round_.state = RoundState.CANCELLED
    round_.closed_at = round_.closed_at or now
    audit.note(uow, "round.forgotten", ROUND.about(round_.id), now=now, cluster_id=round_.cluster_id)
    return len(gone)


async def old_rounds(state: Reading, *, before: datetime) -> Sequence[int]:
    """Rounds that ended before a moment and still hold numbers."""
    rows = (
        select(Round.id)
        .where(
            Round.state.in_((RoundState.CLOSED, RoundState.CANCELLED)),
            func.coalesce(Round.closed_at, Round.deadline) < before,
        )
        .where(exists().where(Submission.round_id == Round.id))
        .order_by(Round.id)
    )
    return (await state.session.scalars(rows)).all()


async def old_meetings(state: Reading, *, before: datetime) -> Sequence[int]:
    """Meetings that ended before a moment and still know who was asked or came."""
    asked = exists().where(Invitation.meeting_id == Meeting.id) | exists().where(Attendance.meeting_id == Meeting.id)
    rows = select(Meeting.id).where(Meeting.ends_at < before, asked).order_by(Meeting.id)
    return (await state.session.scalars(rows)).all()


async def forget_attendance(uow: UnitOfWork, meeting: Meeting, *, now: datetime) -> int:
    """Delete who was asked to a meeting, answered and came, and its agenda; how many of them there were.

    That it took place stays known.
    """
    count = 0
    for table in (Invitation, Attendance):
        gone = await uow.session.execute(delete(table).where(table.meeting_id == meeting.id).returning(table.id))
        count += len(gone.all())
    await uow.session.execute(delete(Agenda).where(Agenda.meeting_id == meeting.id))
    await uow.session.execute(delete(AgendaItem).where(AgendaItem.meeting_id == meeting.id))
    said = update(Commitment).where(Commitment.meeting_id == meeting.id)
    await uow.session.execute(said.values(words="", member_id=None, who_id=None, asked_by=None))
    await uow.session.execute(delete(CheckIn).where(CheckIn.meeting_id == meeting.id))
    await uow.session.execute(delete(GroupNote).where(GroupNote.meeting_id == meeting.id))
    await uow.session.execute(delete(GroupSeat).where(GroupSeat.meeting_id == meeting.id))
    await uow.session.execute(delete(Seating).where(Seating.meeting_id == meeting.id))
    await uow.session.execute(delete(Parked).where(Parked.meeting_id == meeting.id))
    await uow.session.execute(delete(Sitting).where(Sitting.meeting_id == meeting.id))
    meeting.note = meeting.cancel_reason = meeting.with_whom = meeting.link = ""
    audit.note(uow, "meeting.forgotten", MEETING.about(meeting.id), now=now, cluster_id=meeting.cluster_id)
    return count


async def old_polls(state: Reading, *, before: datetime) -> Sequence[int]:
    """Date polls of which all dates were before a moment, and that still know who could when."""
    answered = exists().where(PollAnswer.poll_date_id == PollDate.id)
    rows = select(PollDate.poll_id).group_by(PollDate.poll_id).having(func.max(PollDate.ends_at) < before).subquery()
    found = select(PollDate.poll_id).where(PollDate.poll_id.in_(select(rows.c.poll_id)), answered).distinct()
    return (await state.session.scalars(found.order_by(PollDate.poll_id))).all()


async def forget_poll(uow: UnitOfWork, poll_id: int) -> int:
    """Delete who could when; how many answers went."""
    dates = select(PollDate.id).where(PollDate.poll_id == poll_id)
    gone = delete(PollAnswer).where(PollAnswer.poll_date_id.in_(dates)).returning(PollAnswer.id)
    return len((await uow.session.execute(gone)).all())


async def _never_again(uow: UnitOfWork, round_: Round, gone: set[int]) -> None:
    """Let nothing point at answers that are deleted: SQLite gives the highest ids out a second time."""
    subjects = [SUBMISSION.about(each) for each in gone]
    await uow.session.execute(delete(Card).where(Card.subject.in_(subjects)))
    await uow.session.execute(delete(Outbox).where(Outbox.subject.in_(subjects), Outbox.leased_until.is_(None)))

    def dead(ids: Sequence[int]) -> list[int]:
        return [-each if each in gone else each for each in ids]

    releases = select(Release).join(Round, Round.id == Release.round_id).where(Round.cluster_id == round_.cluster_id)
    for made in (await uow.session.scalars(releases)).all():
        made.submission_ids = dead(made.submission_ids)
        if made.twice:
            made.twice = {key: {side: dead(ids) for side, ids in each.items()} for key, each in made.twice.items()}
    await uow.session.flush()


async def _forget_names(uow: UnitOfWork, round_: Round) -> None:
    """Who was named on the charts of a round, and on which."""
    releases = select(Release.id).where(Release.round_id == round_.id)
    await uow.session.execute(delete(Naming).where(Naming.release_id.in_(releases) | Naming.until_id.in_(releases)))
