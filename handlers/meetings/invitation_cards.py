"""What a member is told about a meeting: the invitation, changes to it, the calendar file, the echo of typed words."""

from __future__ import annotations

from cluster.meetings import meetings
from cluster.meetings.room import Kinds
from cluster.members import members
from handlers.blocks import escape, section
from handlers.feature import Feature, Notice, Rendering
from handlers.meetings.lookups import calendar_of, invited_of, meeting_of
from handlers.meetings.views.invitations import Invited, answering, card, status, which, which_and_what
from handlers.meetings.views.words import answer_word, summary, titled, what_it_was, where
from handlers.message import Message
from locales import N_
from storage.words import How, MeetingState, Rsvp


async def render_card(r: Rendering) -> Message | None:
    """The invitation, at first and at every change."""
    invited = await invited_of(r)
    if invited is None or (r.owed.how == How.POST and invited.now >= invited.meeting.ends_at):
        return None
    if invited.meeting.state == MeetingState.CANCELLED:
        text = r.t("Cancelled: {meeting}.", meeting=summary(invited.meeting, r.t))
    else:
        text = r.t(
            "You are invited: {meeting}. {status}", meeting=summary(invited.meeting, r.t), status=status(invited, r.t)
        )
    return Message(text, card(invited, r.t), card="meeting.card")


async def render_moved(r: Rendering) -> Message | None:
    """Time, place or answer-by are new: one message, with a new calendar file for those who come."""
    invited = await invited_of(r)
    if invited is None:
        return None
    meeting, is_new = invited.meeting, r.owed.how == How.POST
    if is_new and (meeting.state == MeetingState.CANCELLED or r.owed.params["sequence"] != meeting.sequence):
        return None
    if meeting.state == MeetingState.CANCELLED:
        return _cancelled(r.t("Cancelled: {meeting}.", meeting=summary(meeting, r.t)), "meeting.moved")
    before = what_it_was(meeting, r.t)
    lines = [r.t("The meeting has changed: {meeting}", meeting=titled(meeting, r.t)), *before]
    if place := where(meeting, r.t):
        lines.append(r.t("Place: {place}", place=place))
    lines.append(r.t("Answer by {moment}.", moment=r.t.moment(meeting.answer_by)))
    if invited.invitation.answer:
        lines.append(r.t("Your answer still stands. Change it if it no longer fits."))
    text = r.t(
        "The meeting has changed: {meeting}. {status}", meeting=summary(meeting, r.t), status=status(invited, r.t)
    )
    text = " ".join((text, *(f"{each}." for each in before)))
    files = [await calendar_of(r, invited)] if is_new and invited.invitation.has_entry else []
    return Message(text, [section("\n".join(lines)), *answering(invited, r.t)], files, card="meeting.moved")


async def render_cancelled(r: Rendering) -> Message | None:
    """The meeting is off; the calendar entry goes too."""
    invited = await invited_of(r)
    if invited is None:
        return None
    text = r.t("Cancelled: {meeting}.", meeting=summary(invited.meeting, r.t))
    said = r.t("*Cancelled:* {meeting}.\nYou need not do anything.", meeting=titled(invited.meeting, r.t))
    if invited.meeting.cancel_reason:
        why = r.t("Reason: {reason}", reason=escape(invited.meeting.cancel_reason))
        said, text = f"{said}\n{why}", f"{text} {why}"
    blocks = [section(said)]
    files = [await calendar_of(r, invited)] if invited.invitation.has_entry else []
    return Message(text, blocks, files)


def _cancelled(text: str, name: str) -> Message:
    return Message(text, [section(f"~{text}~")], card=name)


async def render_answered_for(r: Rendering) -> Message | None:
    """Somebody else entered the member's answer."""
    invited = await invited_of(r)
    if invited is None or (r.owed.how == How.POST and invited.meeting.state == MeetingState.CANCELLED):
        return None
    meeting = invited.meeting
    if meeting.state == MeetingState.CANCELLED:
        return _cancelled(r.t("Cancelled: {meeting}.", meeting=summary(meeting, r.t)), "meeting.answered_for")
    text = f"{summary(meeting, r.t)}. {status(invited, r.t)}"
    return Message(text, [section(titled(meeting, r.t)), *answering(invited, r.t)], card="meeting.answered_for")


async def render_seat(r: Rendering) -> Message | None:
    """There is a seat for who waited; nothing to those who have answered otherwise meanwhile."""
    invited = await invited_of(r)
    if invited is None or (r.owed.how == How.POST and invited.invitation.answer != Rsvp.YES):
        return None
    meeting = invited.meeting
    if meeting.state == MeetingState.CANCELLED:
        return _cancelled(r.t("Cancelled: {meeting}.", meeting=summary(meeting, r.t)), "meeting.seat")
    if invited.invitation.answer == Rsvp.YES:
        said = r.t("There is a seat for you: {meeting}. You are coming now.", meeting=titled(meeting, r.t))
        said += "\n" + r.t("If it no longer fits, press *Not coming*: then the next one gets the seat.")
    else:
        said = titled(meeting, r.t)
    text = f"{summary(meeting, r.t)}. {status(invited, r.t)}"
    return Message(text, [section(said), *answering(invited, r.t)], card="meeting.seat")


async def render_understood(r: Rendering) -> Message | None:
    """What was understood from typed words, with buttons in case it was not meant so."""
    invited = await invited_of(r)
    if invited is None:
        return None
    meeting = invited.meeting
    if meeting.state == MeetingState.CANCELLED:
        return _cancelled(r.t("Cancelled: {meeting}.", meeting=summary(meeting, r.t)), r.owed.kind)
    text = f"{summary(meeting, r.t)}. {status(invited, r.t)}"
    blocks = [section(r.t("Noted, about {meeting}:", meeting=titled(meeting, r.t))), *answering(invited, r.t)]
    return Message(text, blocks, card=r.owed.kind)


async def render_asked(r: Rendering) -> Message | None:
    """Words that may be an answer, or no longer are one: nothing was changed, and here is how to answer."""
    invited = await invited_of(r)
    if invited is None:
        return None
    if r.owed.how != How.POST:
        return await render_understood(r)
    meetings_ = [await meetings.get(r.state, meeting_id) for meeting_id in r.owed.params["ids"]]
    if len(meetings_) > 1:
        text = r.t("I am not sure what you mean, so I have not noted anything. Which meeting is it about?")
        return Message(text, which_and_what(text, meetings_, r.t))
    about = titled(invited.meeting, r.t)
    said = {
        "unsure": r.t(
            "I am not sure what you mean, so I have not noted anything. Is it about {meeting}?", meeting=about
        ),
        "taken_back": r.t("Then let us put it right. What is your answer to {meeting}?", meeting=about),
        "edited": r.t(
            "You have changed your message. That alone changes nothing, so use the buttons if your answer is different "
            "now. {meeting}:",
            meeting=about,
        ),
        "deleted": r.t(
            "You have deleted your message. Your answer still counts; change it here if it is wrong. {meeting}:",
            meeting=about,
        ),
    }[r.owed.params["why"]]
    text = f"{said} {status(invited, r.t)}"
    return Message(text, [section(said), *answering(invited, r.t)], card="meeting.asked")


async def render_which(r: Rendering) -> Message:
    """Several meetings wait: which one?"""
    choices = [await meetings.get(r.state, meeting_id) for meeting_id in r.owed.params["ids"]]
    text = r.t("Which meeting do you mean?")
    return Message(text, which(choices, r.owed.params["answer"], r.t))


async def render_late(r: Rendering) -> Message:
    """The answer-by has passed: the wish has been passed on, and to whom."""
    meeting = await meeting_of(r)
    leaders = await members.coordinators(r.state, meeting.cluster_id)
    text = r.t(
        "The time to answer {meeting} ended on {moment}. I have told {names} that you would now like to answer "
        "“{answer}”.",
        meeting=summary(meeting, r.t),
        moment=r.t.moment(meeting.answer_by),
        names=r.t.listing([escape(leader.name) for leader in leaders]) or r.t("the coordinator"),
        answer=answer_word(r.owed.params["answer"], r.t),
    )
    return Message(text)


async def render_calendar(r: Rendering) -> Message | None:
    """The calendar file, for those who come or may come."""
    invited = await invited_of(r)
    if invited is None or invited.meeting.state == MeetingState.CANCELLED:
        return None
    if r.owed.params["sequence"] != invited.meeting.sequence or not _is_newest_step(r, invited):
        return None
    text = r.t("For your calendar: {meeting}. Open the file to add it.", meeting=summary(invited.meeting, r.t))
    return Message(text, attachments=[await calendar_of(r, invited)], is_said_with_file=True)


def _is_newest_step(r: Rendering, invited: Invited) -> bool:
    """Whether this is still what the member's calendar should be told: answers may follow each other quickly."""
    steps = invited.invitation.entry_steps
    return int(r.owed.params.get("step", steps)) == steps


async def render_calendar_back(r: Rendering) -> Message | None:
    """Who had an entry and no longer comes: the file that takes it away."""
    invited = await invited_of(r)
    if invited is None or not _is_newest_step(r, invited):
        return None
    text = r.t(
        "If the meeting is in your calendar, open the file to take it out again: {meeting}.",
        meeting=summary(invited.meeting, r.t),
    )
    return Message(text, attachments=[await calendar_of(r, invited)], is_said_with_file=True)


feature = Feature(
    notices={
        Kinds.MEETING_ANSWERED_FOR: Notice(render_answered_for),
        Kinds.MEETING_ASKED: Notice(render_asked),
        Kinds.MEETING_CALENDAR: Notice(render_calendar, ahead=N_("Calendar file to those who are coming")),
        Kinds.MEETING_CALENDAR_BACK: Notice(render_calendar_back, ahead=N_("Calendar file that takes a meeting out")),
        Kinds.MEETING_CANCELLED: Notice(render_cancelled),
        Kinds.MEETING_CARD: Notice(render_card, ahead=N_("Invitation")),
        Kinds.MEETING_LATE_TOLD: Notice(render_late),
        Kinds.MEETING_MOVED: Notice(render_moved),
        Kinds.MEETING_SEAT: Notice(render_seat),
        Kinds.MEETING_UNDERSTOOD: Notice(render_understood),
        Kinds.MEETING_WHICH: Notice(render_which),
    },
    log={"meeting.seat_given": N_("A seat became free at {subject} and went to the next on the waiting list")},
)
