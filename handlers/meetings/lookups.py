"""Looking up what a button, a form or an owed row says about a meeting; shared by the features around meetings."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from cluster.agendas import agendas
from cluster.meetings import invitations, meetings, reminders, seats
from cluster.meetings.cards import desk_holders
from cluster.members import members
from cluster.members.cluster_rules import reminder_hours_of
from cluster.subjects import MEETING
from cluster.submissions.submissions import VerdictPlace
from handlers.acting import leader, message_thread
from handlers.feature import Rendering
from handlers.meetings.views.calendar_file import FILE_NAME, Address, calendar_file
from handlers.meetings.views.invitations import Invited
from handlers.message import Attachment
from handlers.saying import PRIVATELY, answer
from handlers.turn import Turn
from storage.models import Invitation, Meeting, Member
from storage.unit_of_work import Reading, UnitOfWork
from storage.words import Rsvp


async def led(state: Reading, turn: Turn, meeting_id: int) -> tuple[Meeting, Member]:
    """A meeting and the coordinator who acts on it."""
    meeting = await meetings.get(state, meeting_id)
    return meeting, await leader(state, turn, meeting.cluster_id)


async def meeting_of(r: Rendering) -> Meeting:
    """The meeting that an owed row is about, as it is now."""
    return await meetings.get(r.state, r.number)


async def invited_of(r: Rendering) -> Invited | None:
    """The meeting and the reader's part in it; None when there is none."""
    meeting = await meeting_of(r)
    invitation = await invitations.find(r.state, meeting.id, r.owed.member_id or 0)
    return await invited(r.state, meeting, invitation, r.tools.clock.now()) if invitation else None


async def invited(state: Reading, meeting: Meeting, invitation: Invitation, now: datetime) -> Invited:
    """One member's part in a meeting, ready to be shown."""
    author = ""
    if invitation.answer and invitation.answered_by and invitation.answered_by != invitation.member_id:
        author = (await members.get(state, invitation.answered_by)).name
    hours = await reminder_hours_of(state, meeting.cluster_id)
    snoozes, agenda = reminders.snoozes(meeting, hours, now=now), await agendas.shared(state, meeting)
    topic = await agendas.chosen_for(state, meeting, shared=True) if agenda else None
    position = await seats.position(state, invitation)
    return Invited(meeting, invitation, now, author, snoozes, agenda, position, topic)


async def calendar_of(r: Rendering, invited: Invited) -> Attachment:
    """The calendar file of one guest."""
    return await calendar_for(r, invited.meeting, invited.invitation)


async def calendar_for(r: Rendering, meeting: Meeting, invitation: Invitation) -> Attachment:
    """The calendar file of one guest; for one who has left, the one that takes the entry out."""
    guest = await members.get(r.state, invitation.member_id)
    holders = await desk_holders(r.state, meeting)
    organizer = holders[0] if holders else guest
    content = calendar_file(
        meeting,
        organizer=Address(organizer.name, organizer.email),
        attendee=Address(guest.name, guest.email),
        answer=invitation.answer if guest.active else Rsvp.NO,
        steps=invitation.entry_steps,
        description="\n\n".join(filter(None, (meeting.note, r.t("Answers and changes: see Klyngebot in Slack.")))),
        now=r.tools.clock.now(),
    )
    return Attachment(FILE_NAME, content, title=meeting.title)


async def reply(
    uow: UnitOfWork, turn: Turn, kind: str, member: Member, *, about: Meeting, here: bool = False, **params: Any
) -> None:
    """Owe an answer to the one who acts: in the direct messages, or (``here``) in the place and thread of the words."""
    await answer(
        uow,
        turn,
        kind,
        member_id=member.id,
        place=VerdictPlace(turn.channel_id, message_thread(turn)) if here else PRIVATELY,
        cluster_id=about.cluster_id,
        subject=MEETING.about(about.id),
        **params,
    )
