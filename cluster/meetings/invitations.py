"""Invitations and answers: who is asked, what they said, who said it for them, and the counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select

from cluster import audit, undoing
from cluster.errors import ClusterError
from cluster.meetings import reminders, seats, waiting
from cluster.meetings.cards import mind_calendar, show_answer, tell
from cluster.members import members
from cluster.members.organisations import Account
from cluster.notices import ANSWER
from cluster.subjects import MEETING
from storage.models import Invitation, Meeting, Member
from storage.unit_of_work import Reading, UnitOfWork
from storage.words import MeetingState, Role, Rsvp

ANSWERED, REASONED, SNOOZED = "meeting.answered", "meeting.reasoned", "meeting.snoozed"
REASON_LIMIT = 300


@dataclass(frozen=True)
class AnswerTally:
    """How many said what."""

    yes: int = 0
    maybe: int = 0
    no: int = 0
    none: int = 0
    online: int = 0
    waits: int = 0

    @property
    def all(self) -> int:
        """How many are invited."""
        return self.yes + self.maybe + self.no + self.none + self.online + self.waits


@dataclass(frozen=True)
class Guests:
    """Who said what, by name; only for those who look after the meeting."""

    yes: list[tuple[Member, Invitation]] = field(default_factory=list)
    online: list[tuple[Member, Invitation]] = field(default_factory=list)
    waits: list[tuple[Member, Invitation]] = field(default_factory=list)
    maybe: list[tuple[Member, Invitation]] = field(default_factory=list)
    no: list[tuple[Member, Invitation]] = field(default_factory=list)
    none: list[tuple[Member, Invitation]] = field(default_factory=list)

    @property
    def tally(self) -> AnswerTally:
        """The counts alone."""
        return AnswerTally(*map(len, (self.yes, self.maybe, self.no, self.none, self.online, self.waits)))


async def invite(
    uow: UnitOfWork, meeting: Meeting, member: Member, *, now: datetime, at: datetime | None = None
) -> None:
    """Ask one member, once, ``at`` an hour or at once.

    Observers are not asked; who is not in Slack yet gets the card on arrival (`catch_up`).
    """
    if member.role == Role.OBSERVER:
        return
    invitation = await find(uow, meeting.id, member.id)
    if invitation is None:
        invitation = Invitation(meeting_id=meeting.id, member_id=member.id)
        uow.session.add(invitation)
        await uow.session.flush()
    if member.slack_user_id is None:
        return
    key = f"invite:{meeting.id}:{member.id}"
    if await tell(uow, meeting, "meeting.card", key=key, now=now, to=member, due_at=at):
        await reminders.schedule(uow, meeting, member, since=at or now, now=now)
        if invitation.answer:  # given before they left, or by another before they came
            steps = invitation.entry_steps
            await mind_calendar(uow, meeting, invitation, member, steps=steps, now=now, at=at)


async def catch_up(uow: UnitOfWork, member: Member, *, now: datetime, at: datetime | None = None) -> None:
    """Invite somebody who came to the cluster, or to Slack, after meetings had been called; not before the others are.

    Harmless to repeat.
    """
    rows = select(Meeting).where(
        Meeting.cluster_id == member.cluster_id, Meeting.state == MeetingState.PLANNED, Meeting.starts_at > now
    )
    for meeting in (await uow.session.execute(rows)).scalars().all():
        moments = [each for each in (at, await waiting.due(uow, meeting, now)) if each is not None]
        await invite(uow, meeting, member, now=now, at=max(moments, default=None))


async def find(state: Reading, meeting_id: int, member_id: int) -> Invitation | None:
    """One member's invitation."""
    rows = select(Invitation).where(Invitation.meeting_id == meeting_id, Invitation.member_id == member_id)
    return (await state.session.execute(rows)).scalar_one_or_none()


async def guest(state: Reading, meeting: Meeting, account: Account) -> tuple[Member, Invitation]:
    """Who somebody in Slack is at this meeting, or a friendly refusal to strangers."""
    member = await members.by_slack(state, meeting.cluster_id, account)
    invitation = await find(state, meeting.id, member.id) if member and member.active else None
    if member is None or invitation is None:
        raise ClusterError("meeting.not_invited")
    return member, invitation


async def guest_by_id(state: Reading, meeting: Meeting, member_id: int) -> tuple[Member, Invitation]:
    """Who a member is at this meeting, or a friendly refusal."""
    member, invitation = await state.session.get(Member, member_id), await find(state, meeting.id, member_id)
    if member is None or invitation is None or not member.active:
        raise ClusterError("meeting.not_invited")
    return member, invitation


async def guests(state: Reading, meeting_id: int) -> Guests:
    """Everybody invited who is still in the cluster, sorted by answer and name."""
    rows = (
        select(Member, Invitation)
        .join(Invitation, Invitation.member_id == Member.id)
        .where(Invitation.meeting_id == meeting_id, Member.active)
        .order_by(Member.name, Member.id)
    )
    found = Guests()
    for member, invitation in (await state.session.execute(rows)).all():
        getattr(found, invitation.answer or "none").append((member, invitation))
    return found


async def open_to(state: Reading, member_ids: Sequence[int], now: datetime) -> Sequence[tuple[Meeting, Invitation]]:
    """The invitations that a person has and may still answer, the nearest meeting first: words said while one waits
    for its hour are about something else."""
    rows = (
        select(Meeting, Invitation, Member)
        .join(Invitation, Invitation.meeting_id == Meeting.id)
        .join(Member, Member.id == Invitation.member_id)
        .where(Invitation.member_id.in_(member_ids), Meeting.state == MeetingState.PLANNED, Meeting.answer_by > now)
        .order_by(Meeting.starts_at, Meeting.id)
    )
    found = (await state.session.execute(rows)).all()
    unheard = {one.id: await waiting.unheard_of(state, one, now) for one in {member for _, _, member in found}}
    return [(meeting, invitation) for meeting, invitation, one in found if meeting.id not in unheard[one.id]]


async def answer(
    uow: UnitOfWork, meeting: Meeting, member: Member, said: str, *, by: Member, now: datetime, reason: str = ""
) -> str:
    """Keep an answer: ``kept``, ``same`` (nothing new) or ``late`` (the coordinators are told of the wish instead)."""
    invitation = await _answerable(uow, meeting, member, now)
    if said not in tuple(Rsvp):
        raise ClusterError("meeting.answer_unknown")
    said = Rsvp(said)
    if said not in seats.possible_answers(meeting):
        raise ClusterError("meeting.no_screen" if said == Rsvp.ONLINE else "meeting.answer_unknown")
    reason = reason.strip()[:REASON_LIMIT]
    if invitation.answer == said and reason in ("", invitation.reason) and not invitation.from_poll:
        return "same"
    if by.id == member.id and now >= meeting.answer_by:
        await _pass_on(uow, meeting, member, said, now=now)
        return "late"
    if meeting.seats is not None:
        await seats.hold(uow, meeting, invitation)
    before, steps, was = invitation.answer, invitation.entry_steps, _said(invitation)
    said = await seats.take(uow, meeting, invitation, said)
    invitation.reason = reason if before != said else reason or invitation.reason
    invitation.answer, invitation.answered_at, invitation.answered_by = said, now, by.id
    invitation.former_answer, invitation.from_poll = None, False
    if said not in {Rsvp.YES, Rsvp.MAYBE}:
        invitation.eats, invitation.diet = None, ""
    invitation.snoozed_until = None
    await uow.session.flush()
    await reminders.hush(uow, meeting.id, member.id)
    await show_answer(uow, meeting, member, now=now)
    await _tell_guest(uow, meeting, member, by=by, now=now)
    await mind_calendar(uow, meeting, invitation, member, steps=steps, now=now)
    await _note_answer(uow, meeting, invitation, was, by=by, now=now)
    if before in {Rsvp.YES, Rsvp.WAITS}:
        await seats.fill(uow, meeting, now=now, has_shrunk=before == Rsvp.WAITS)
    return "kept"


async def unanswer(uow: UnitOfWork, meeting: Meeting, member: Member, *, by: Member, now: datetime) -> None:
    """An answer is put back to none, as if it had never been given: it is asked for again."""
    invitation = await _answerable(uow, meeting, member, now)
    steps, was = invitation.entry_steps, _said(invitation)
    invitation.answer = invitation.answered_at = invitation.answered_by = None
    invitation.reason, invitation.eats, invitation.diet, invitation.queue = "", None, "", None
    await uow.session.flush()
    await reminders.schedule(uow, meeting, member, since=meeting.created_at, now=now)
    await show_answer(uow, meeting, member, now=now)
    await _tell_guest(uow, meeting, member, by=by, now=now)
    await mind_calendar(uow, meeting, invitation, member, steps=steps, now=now)
    await _note_answer(uow, meeting, invitation, was, by=by, now=now)
    await seats.fill(uow, meeting, now=now, has_shrunk=True)


def _said(invitation: Invitation) -> undoing.Values:
    """An answer and what belongs to it, to be put back."""
    return {
        "guest": invitation.member_id,
        "answer": invitation.answer,
        "by": invitation.answered_by,
        "reason": invitation.reason,
        "eats": invitation.eats,
        "diet": invitation.diet,
    }


async def _note_answer(
    uow: UnitOfWork, meeting: Meeting, invitation: Invitation, was: undoing.Values, *, by: Member, now: datetime
) -> None:
    subject = MEETING.about(meeting.id)
    own = {"cluster_id": meeting.cluster_id, "actor_id": by.id}
    answer = invitation.answer or ""
    audit.note(uow, ANSWERED, subject, now=now, **own, member=invitation.member_id, answer=answer)
    await undoing.remember(uow, ANSWERED, subject, by=by.id, was=was, became=_said(invitation), now=now)


async def give_reason(uow: UnitOfWork, meeting: Meeting, member: Member, reason: str, *, now: datetime) -> None:
    """Add a reason to the answer already given; only the coordinators see it."""
    invitation = await _answerable(uow, meeting, member, now)
    if invitation.answer is None:
        raise ClusterError("meeting.reason_without_answer")
    was = invitation.reason
    invitation.reason = reason.strip()[:REASON_LIMIT]
    await uow.session.flush()
    await show_answer(uow, meeting, member, now=now)
    values = ({"reason": each, "answer": invitation.answer} for each in (was, invitation.reason))
    await _remember(uow, REASONED, meeting, member, *values, now=now)


async def snooze(uow: UnitOfWork, meeting: Meeting, member: Member, choice: str, *, now: datetime) -> datetime:
    """ "Remind me later": until when."""
    invitation = await _answerable(uow, meeting, member, now)
    if invitation.answer is not None:
        raise ClusterError("meeting.answered_already")
    was = invitation.snoozed_until
    until = await reminders.snooze(uow, meeting, invitation, member, choice, now=now)
    await show_answer(uow, meeting, member, now=now)
    await _remember(uow, SNOOZED, meeting, member, *map(_until, (was, until)), now=now)
    return until


async def unsnooze(uow: UnitOfWork, meeting: Meeting, member: Member, *, until: datetime | None, now: datetime) -> None:
    """The reminders come as they would have before "remind me later"."""
    invitation = await _answerable(uow, meeting, member, now)
    was = invitation.snoozed_until
    await reminders.unsnooze(uow, meeting, invitation, member, until=until, now=now)
    await show_answer(uow, meeting, member, now=now)
    await _remember(uow, SNOOZED, meeting, member, *map(_until, (was, until)), now=now)


def _until(moment: datetime | None) -> undoing.Values:
    return {"until": moment.isoformat() if moment else None}


async def _remember(
    uow: UnitOfWork,
    what: str,
    meeting: Meeting,
    member: Member,
    was: undoing.Values,
    became: undoing.Values,
    *,
    now: datetime,
) -> None:
    await undoing.remember(uow, what, MEETING.about(meeting.id), by=member.id, was=was, became=became, now=now)


async def _answerable(uow: UnitOfWork, meeting: Meeting, member: Member, now: datetime) -> Invitation:
    if meeting.state == MeetingState.CANCELLED:
        raise ClusterError("meeting.is_cancelled")
    if now >= meeting.ends_at:
        raise ClusterError("meeting.is_over")
    invitation = await find(uow, meeting.id, member.id)
    if invitation is None:
        raise ClusterError("meeting.not_invited")
    return invitation


async def _tell_guest(uow: UnitOfWork, meeting: Meeting, member: Member, *, by: Member, now: datetime) -> None:
    """Word to somebody who was answered for."""
    if member.slack_user_id is not None and by.id != member.id:
        key = f"answered_for:{meeting.id}:{member.id}:{now.timestamp():.6f}"
        await tell(uow, meeting, "meeting.answered_for", key=key, now=now, to=member, urgency=ANSWER, by=by.id)


async def _pass_on(uow: UnitOfWork, meeting: Meeting, member: Member, said: str, *, now: datetime) -> None:
    for leader in await members.coordinators(uow, meeting.cluster_id):
        key = f"late:{meeting.id}:{member.id}:{said}:{now.timestamp():.0f}:{leader.id}"
        await tell(uow, meeting, "meeting.late_wish", key=key, now=now, to=leader, guest=member.id, answer=said)
