"""What those who look after a meeting are told, and the channel's card."""

from __future__ import annotations

from datetime import datetime

from cluster.meetings import invitations, reminders, waiting
from cluster.meetings.food import eating
from cluster.meetings.room import Kinds
from cluster.members import members
from handlers.blocks import actions, button, escape, section
from handlers.feature import Feature, Notice, Rendering
from handlers.meetings.ids import Action
from handlers.meetings.lookups import meeting_of
from handlers.meetings.views.meetings import channel_card, desk
from handlers.meetings.views.words import answer_word, counts, holiday_warning, summary, titled
from handlers.message import Message
from locales import N_, Texts
from storage.models import Meeting
from storage.words import MeetingState, Rsvp

MOST_NAMED = 12


async def render_desk(r: Rendering) -> Message:
    """The coordinator's card, as things stand."""
    meeting = await meeting_of(r)
    guests = await invitations.guests(r.state, meeting.id)
    absent = [member.name for member, _ in guests.none if member.slack_user_id is None]
    warning = holiday_warning(meeting, r.t)
    now = r.tools.clock.now()
    blocks = desk(
        meeting,
        guests.tally,
        r.t,
        now=now,
        warning=warning,
        not_in_slack=absent,
        kitchen=eating(guests),
        sent_at=await waiting.due(r.state, meeting, now),
    )
    text = f"{summary(meeting, r.t)}. {counts(guests.tally, r.t)}. {warning}".strip()
    if meeting.state == MeetingState.CANCELLED:
        text = r.t("Cancelled: {meeting}.", meeting=summary(meeting, r.t))
    return Message(text, blocks, card="meeting.desk")


async def render_channel(r: Rendering) -> Message:
    """The channel's card: how many, never who."""
    meeting = await meeting_of(r)
    tally = (await invitations.guests(r.state, meeting.id)).tally
    if meeting.state == MeetingState.CANCELLED:
        text = r.t("Cancelled: {meeting}.", meeting=summary(meeting, r.t))
    else:
        text = r.t("Cluster meeting: {meeting}. {counts}", meeting=summary(meeting, r.t), counts=counts(tally, r.t))
    return Message(text, channel_card(meeting, tally, r.t, now=r.tools.clock.now()), card="meeting.channel")


async def render_late_wish(r: Rendering) -> Message:
    """Somebody would like another answer after the answer-by."""
    meeting = await meeting_of(r)
    guest, answer = await members.get(r.state, r.owed.params["guest"]), r.owed.params["answer"]
    word = answer_word(answer, r.t)
    text = r.t(
        "{name} would like to answer “{answer}” to {meeting}. The time to answer is over, so it is up to you to enter "
        "it.",
        name=escape(guest.name),
        answer=word,
        meeting=summary(meeting, r.t),
    )
    enter = button(r.t("Enter “{answer}”", answer=word), Action.MEETING_LATE, f"{meeting.id}:{guest.id}:{answer}")
    return Message(text, [section(text), actions(enter)])


async def render_reminded(r: Rendering) -> Message:
    """Who is reminded, and when; of who was reminded of something that day, when they are instead."""
    meeting, t = await meeting_of(r), r.t
    people = await reminders.nudged(r.state, r.owed.id)
    slot = datetime.fromisoformat(str(r.owed.params["moment"]))
    first = [escape(member.name) for member, due_at in people if due_at <= slot]
    later = sorted({due_at for _, due_at in people if due_at > slot})
    said = [] if later and not first else [_first(first, slot, meeting, r)]
    for moment in later:
        names = [escape(member.name) for member, due_at in people if due_at == moment]
        said.append(
            t.n(
                "{names} gets this on {moment}, being reminded of something else that day or having chosen the hour.",
                "{names} get this on {moment}, being reminded of something else that day or having chosen the hour.",
                len(names),
                names=_named(names, t),
                moment=t.moment(moment),
            )
        )
    if away := int(r.owed.params.get("away", 0)):
        said.append(t.n("{n} is on leave and is not reminded.", "{n} are on leave and are not reminded.", away))
    return Message(" ".join(said))


def _first(names: list[str], moment: datetime, meeting: Meeting, r: Rendering) -> str:
    about, t = titled(meeting, r.t), r.t
    if not names:
        return t("There is nobody to remind about {meeting}: all have answered or been reminded today.", meeting=about)
    if moment > r.tools.clock.now():
        return t(
            "I am waiting for working hours: on {moment} I will remind {names} about {meeting}.",
            names=_named(names, t),
            meeting=about,
            moment=t.moment(moment),
        )
    return t("I remind {names} about {meeting}.", names=_named(names, t), meeting=about)


def _named(names: list[str], t: Texts) -> str:
    """Names as long as they can be read at a glance."""
    more = len(names) - MOST_NAMED
    rest = [t.n("{n} more", "{n} more", more)] if more > 0 else []
    return t.listing([*names[:MOST_NAMED], *rest])


async def render_change_kept(r: Rendering) -> Message:
    """What the change led to."""
    meeting, told = await meeting_of(r), int(r.owed.params["told"])
    text = r.t("Changed: {meeting}.", meeting=titled(meeting, r.t)) + " "
    if told:
        text += r.t.n(
            "{n} person is told, and the reminders follow the new time.",
            "{n} people are told, and the reminders follow the new time.",
            told,
        )
    else:
        text += r.t("The cards show the change; nobody is notified.")
    if again := int(r.owed.params.get("again", 0)):
        text += " " + r.t.n(
            "{n} who had answered is asked again, because it is another weekday.",
            "{n} who had answered are asked again, because it is another weekday.",
            again,
        )
    if warning := holiday_warning(meeting, r.t):
        text += "\n⚠ " + warning
    return Message(text)


async def render_cancel_kept(r: Rendering) -> Message:
    """The meeting is off."""
    meeting = await meeting_of(r)
    return Message(
        r.t(
            "Cancelled: {meeting}. Everybody invited is told, and nobody is reminded any more.",
            meeting=titled(meeting, r.t),
        )
    )


async def render_entered(r: Rendering) -> Message:
    """An answer was entered for somebody."""
    meeting = await meeting_of(r)
    guest, invitation = await invitations.guest_by_id(r.state, meeting, r.owed.params["guest"])
    text = r.t(
        "Noted for {name}: *{answer}* – {meeting}.",
        name=escape(guest.name),
        answer=answer_word(invitation.answer or Rsvp.YES, r.t),
        meeting=titled(meeting, r.t),
    )
    return Message(text)


feature = Feature(
    notices={
        Kinds.MEETING_CANCEL_KEPT: Notice(render_cancel_kept),
        Kinds.MEETING_CHANGE_KEPT: Notice(render_change_kept),
        Kinds.MEETING_CHANNEL: Notice(render_channel, ahead=N_("Invitation in the channel")),
        Kinds.MEETING_DESK: Notice(render_desk),
        Kinds.MEETING_ENTERED: Notice(render_entered),
        Kinds.MEETING_LATE_WISH: Notice(render_late_wish),
        Kinds.MEETING_REMINDED: Notice(render_reminded),
    }
)
