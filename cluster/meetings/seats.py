"""A meeting with so many seats and no more: who comes after them waits in order, and gets the next that is free.

Nobody loses a seat: where the number is made smaller, those who come stay, and nobody follows them.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select

from cluster import audit
from cluster.meetings.cards import mind_calendar, refresh_counts, refresh_own, tell
from cluster.meetings.details import has_both
from cluster.notices import ANSWER, renew_home
from cluster.subjects import MEETING
from storage.models import Invitation, Meeting, Member
from storage.unit_of_work import Reading, UnitOfWork
from storage.words import MeetingState, Rsvp

GIVEN = "meeting.seat_given"


def possible_answers(meeting: Meeting) -> tuple[Rsvp, ...]:
    """What can be answered: from a screen where there is a place too, else coming is coming."""
    chosen = (each for each in Rsvp if each != Rsvp.WAITS)
    return tuple(each for each in chosen if each != Rsvp.ONLINE or has_both(meeting))


async def hold(state: Reading, meeting: Meeting, invitation: Invitation) -> None:
    """Have the seats to ourselves: who else answers waits until we are done. They may have given us one just now."""
    await state.session.refresh(meeting, with_for_update={"key_share": True})
    await state.session.refresh(invitation)


async def take(state: Reading, meeting: Meeting, invitation: Invitation, said: Rsvp) -> Rsvp:
    """What becomes of an answer: a seat, or a place in the queue, where coming needs a seat and none is free."""
    if said != Rsvp.YES or meeting.seats is None or invitation.answer == Rsvp.YES:
        invitation.queue = None
        return said
    if invitation.answer == Rsvp.WAITS:
        return Rsvp.WAITS
    if await _taken(state, meeting) < meeting.seats:
        return Rsvp.YES
    last = select(func.max(Invitation.queue)).where(Invitation.meeting_id == meeting.id)
    invitation.queue = (await state.session.scalar(last) or 0) + 1
    return Rsvp.WAITS


async def position(state: Reading, invitation: Invitation) -> int:
    """How many get a seat no later than this one, itself included; 0 for who does not wait."""
    if invitation.answer != Rsvp.WAITS:
        return 0
    waiting = [each.id for each, _ in await _waiting(state, invitation.meeting_id)]
    return waiting.index(invitation.id) + 1 if invitation.id in waiting else 0


async def fill(uow: UnitOfWork, meeting: Meeting, *, now: datetime, has_shrunk: bool = False) -> None:
    """Give free seats to those who wait, in their order; each hears at once. ``has_shrunk``: the queue has."""
    if meeting.state != MeetingState.PLANNED or now >= meeting.starts_at:
        return
    await uow.session.flush()
    waiting = await _waiting(uow, meeting.id)
    free = len(waiting) if meeting.seats is None else max(meeting.seats - await _taken(uow, meeting), 0)
    for invitation, member in waiting[:free]:
        place, steps = invitation.queue, invitation.entry_steps
        invitation.answer, invitation.queue = Rsvp.YES, None
        await uow.session.flush()
        await mind_calendar(uow, meeting, invitation, member, steps=steps, now=now)
        if member.slack_user_id is not None:
            key = f"seat:{meeting.id}:{member.id}:{place}:{now.timestamp():.6f}"
            await tell(uow, meeting, "meeting.seat", key=key, now=now, to=member, urgency=ANSWER)
        subject = MEETING.about(meeting.id)
        audit.note(uow, GIVEN, subject, now=now, cluster_id=meeting.cluster_id, member=member.id)
    if waiting and (free or has_shrunk):
        for _, member in waiting:  # the others have moved up
            if member.slack_user_id is not None:
                await refresh_own(uow, meeting, member, now=now)
        await refresh_counts(uow, meeting, now=now)
        await renew_home(uow, [member.id for _, member in waiting if member.slack_user_id], now=now)


async def _taken(state: Reading, meeting: Meeting) -> int:
    rows = (
        select(func.count())
        .select_from(Invitation)
        .join(Member, Member.id == Invitation.member_id)
        .where(Invitation.meeting_id == meeting.id, Invitation.answer == Rsvp.YES, Member.active)
    )
    return int(await state.session.scalar(rows) or 0)


async def _waiting(state: Reading, meeting_id: int) -> list[tuple[Invitation, Member]]:
    """Those in the queue, the first first; who has no number, because the meeting came back to an old day, is last."""
    rows = (
        select(Invitation, Member)
        .join(Member, Member.id == Invitation.member_id)
        .where(Invitation.meeting_id == meeting_id, Invitation.answer == Rsvp.WAITS, Member.active)
        .order_by(Invitation.queue.is_(None), Invitation.queue, Invitation.id)
    )
    return [(invitation, member) for invitation, member in (await state.session.execute(rows)).all()]
