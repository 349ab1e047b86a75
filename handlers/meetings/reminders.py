"""What comes by itself around a meeting: reminders, the note of the eve, the coordinator's digest and count."""

from __future__ import annotations

from cluster.calendar import is_open, next_slot
from cluster.meetings import invitations, meetings, reminders
from cluster.meetings.cards import tell
from cluster.meetings.food import eating
from cluster.meetings.room import Kinds
from cluster.members import members
from cluster.members.cluster_rules import hours_of
from cluster.notices import NotNow, Owed
from handlers.blocks import escape, section
from handlers.feature import Feature, Notice, Rendering, Step
from handlers.meetings.lookups import invited_of, meeting_of
from handlers.meetings.views.food import how_many_eat
from handlers.meetings.views.invitations import answering, status
from handlers.meetings.views.meetings import lead_buttons
from handlers.meetings.views.words import counts, summary, titled, where
from handlers.message import Message
from handlers.turn import Tools
from locales import N_
from storage.models import Meeting
from storage.unit_of_work import UnitOfWork
from storage.words import EXPECTED, How, MeetingState, Rsvp


async def render_reminder(r: Rendering) -> Message | None:
    """ "You have not answered yet", only while that is true; later it shows the answer."""
    invited = await invited_of(r)
    if invited is None:
        return None
    meeting = invited.meeting
    if r.owed.how == How.POST:
        member = await members.get(r.state, invited.invitation.member_id)
        if not await reminders.holds(
            r.state, r.owed, meeting=meeting, invitation=invited.invitation, member=member, now=invited.now
        ):
            return None
    if meeting.state == MeetingState.CANCELLED:
        text = r.t("Cancelled: {meeting}.", meeting=summary(meeting, r.t))
        return Message(text, [section(f"~{text}~")], card="meeting.reminder")
    if invited.invitation.answer is None:
        said = r.t("We still need your answer: {meeting}.", meeting=titled(meeting, r.t))
        text = r.t("We still need your answer: {meeting}.", meeting=summary(meeting, r.t))
    else:
        said, text = titled(meeting, r.t), f"{summary(meeting, r.t)}. {status(invited, r.t)}"
    return Message(text, [section(said), *answering(invited, r.t)], card="meeting.reminder")


async def render_eve(r: Rendering) -> Message | None:
    """A note the day before, to those who come or may come."""
    invited = await invited_of(r)
    if invited is None:
        return None
    meeting, answer = invited.meeting, invited.invitation.answer
    if r.owed.how == How.POST:
        if not _is_current(meeting, r.owed) or answer not in EXPECTED or invited.now >= meeting.starts_at:
            return None
        hours = await hours_of(r.state, meeting.cluster_id)
        later = next_slot(invited.now, hours)
        if not is_open(invited.now, hours) and later < meeting.starts_at:
            raise NotNow(later)
    if meeting.state == MeetingState.CANCELLED:
        text = r.t("Cancelled: {meeting}.", meeting=summary(meeting, r.t))
        return Message(text, [section(f"~{text}~")], card="meeting.eve")
    lines = [r.t("See you soon: {meeting}.", meeting=titled(meeting, r.t))]
    if place := where(meeting, r.t):
        lines.append(r.t("Place: {place}", place=place))
    if meeting.food and answer != Rsvp.ONLINE:
        lines.append(r.t("There is food."))
    text = r.t("See you soon: {meeting}.", meeting=summary(meeting, r.t))
    if place:
        text += " " + place
    return Message(text, [section("\n".join(lines)), *answering(invited, r.t)], card="meeting.eve")


async def render_digest(r: Rendering) -> Message | None:
    """To the coordinator: who has not answered in spite of the reminders."""
    meeting = await meeting_of(r)
    missing = (await invitations.guests(r.state, meeting.id)).none
    now = r.tools.clock.now()
    if not missing or not _is_current(meeting, r.owed) or now >= meeting.starts_at:
        return None
    hours = await hours_of(r.state, meeting.cluster_id)
    if not is_open(now, hours):
        raise NotNow(next_slot(now, hours))
    names = r.t.listing([escape(member.name) for member, _ in missing])
    about = summary(meeting, r.t)
    text = r.t.n(
        "{n} has not answered {meeting}: {names}.",
        "{n} have not answered {meeting}: {names}.",
        len(missing),
        meeting=about,
        names=names,
    )
    closing = r.t(
        "Answers are due by {moment}. I will not remind them again unless you ask me to.",
        moment=r.t.moment(meeting.answer_by),
    )
    return Message(f"{text} {closing}", [section(text), section(closing), lead_buttons(meeting, r.t, now)])


async def render_final(r: Rendering) -> Message | None:
    """To the coordinator when the time to answer is over: how many, and food for how many."""
    meeting = await meeting_of(r)
    now = r.tools.clock.now()
    if not _is_current(meeting, r.owed) or now >= meeting.starts_at:
        return None
    guests = await invitations.guests(r.state, meeting.id)
    tally = guests.tally
    text = r.t(
        "The time to answer {meeting} is over: {counts}.", meeting=summary(meeting, r.t), counts=counts(tally, r.t)
    )
    if meeting.food:
        kitchen = eating(guests)
        text += " " + how_many_eat(kitchen, r.t)
        if kitchen.diets:
            text += " " + r.t("Diets stand on the meeting's own card.")
    return Message(text, [section(text), lead_buttons(meeting, r.t, now)])


def _is_current(meeting: Meeting, owed: Owed) -> bool:
    return meeting.state == MeetingState.PLANNED and owed.params["sequence"] == meeting.sequence


async def close_answers(uow: UnitOfWork, owed: Owed, tools: Tools) -> None:
    """The answer-by has come."""
    meeting = await meetings.get(uow, owed.number)
    if _is_current(meeting, owed):
        await meetings.close_answers(uow, meeting, now=tools.clock.now())


async def close_meeting(uow: UnitOfWork, owed: Owed, tools: Tools) -> None:
    """The meeting is over."""
    meeting = await meetings.get(uow, owed.number)
    if _is_current(meeting, owed):
        await meetings.close(uow, meeting, now=tools.clock.now())


async def note_the_eve(uow: UnitOfWork, owed: Owed, tools: Tools) -> None:
    """The day before has come: a note to everybody who comes or may come."""
    meeting = await meetings.get(uow, owed.number)
    if not _is_current(meeting, owed):
        return
    guests, now = await invitations.guests(uow, meeting.id), tools.clock.now()
    for member, _ in [*guests.yes, *guests.online, *guests.maybe]:
        if member.slack_user_id:
            key = f"eve:{meeting.id}:{meeting.sequence}:{member.id}"
            await tell(uow, meeting, "meeting.eve", key=key, now=now, to=member)


feature = Feature(
    notices={
        Kinds.MEETING_DIGEST: Notice(render_digest, ahead=N_("List of missing answers to the coordinator")),
        Kinds.MEETING_EVE: Notice(render_eve, ahead=N_("Meeting reminder to those who are coming")),
        Kinds.MEETING_FINAL: Notice(render_final, ahead=N_("Count of answers to the coordinator")),
        Kinds.MEETING_REMINDER: Notice(render_reminder, ahead=N_("Reminder to those who have not answered")),
    },
    steps={
        "meeting.day_before": Step(
            note_the_eve, ahead=N_("Meeting reminder to those who are coming"), can_be_stopped=True
        ),
        "meeting.over": Step(close_meeting, ahead=None),
        "meeting.deadline": Step(close_answers, ahead=N_("Answers close, and the coordinator gets the count")),
    },
)
