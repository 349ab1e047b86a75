"""The entries that are handed out for members' calendars, as files, and taken back."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from cluster.meetings.cards import tell
from storage.models import CalendarFeed, Invitation, Meeting, Member
from storage.unit_of_work import Reading, UnitOfWork
from storage.words import EXPECTED, MeetingState


async def mind(
    uow: UnitOfWork,
    meeting: Meeting,
    invitation: Invitation,
    member: Member,
    *,
    steps: int,
    now: datetime,
    at: datetime | None = None,
) -> None:
    """An entry for those who come; taken back from those who no longer do, or it would stay there for good.

    Whose calendar fetches by itself would have it there twice.
    """
    wants_one, has_one = invitation.answer in EXPECTED, steps % 2 == 1
    if member.slack_user_id is None or wants_one == has_one or (wants_one and await _fetches(uow, member)):
        invitation.calendar_steps = steps
        return
    invitation.calendar_steps = steps + 1
    kind = "meeting.calendar" if invitation.has_entry else "meeting.calendar_back"
    step = invitation.calendar_steps
    key = f"calendar:{meeting.id}:{meeting.sequence}:{member.id}:{step}"
    await tell(uow, meeting, kind, key=key, now=now, to=member, due_at=at, step=step)


async def hand_out(uow: UnitOfWork, member: Member, *, now: datetime) -> None:
    """An entry for each meeting ahead that a member comes to and has none of."""
    rows = (
        select(Meeting, Invitation)
        .join(Invitation, Invitation.meeting_id == Meeting.id)
        .where(Invitation.member_id == member.id, Meeting.state == MeetingState.PLANNED, Meeting.starts_at > now)
        .order_by(Meeting.starts_at, Meeting.id)
    )
    for meeting, invitation in (await uow.session.execute(rows)).all():
        await mind(uow, meeting, invitation, member, steps=invitation.entry_steps, now=now)


async def _fetches(state: Reading, member: Member) -> bool:
    found = await state.session.scalar(select(CalendarFeed.id).where(CalendarFeed.member_id == member.id))
    return found is not None
