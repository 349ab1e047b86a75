"""What a member sees of a meeting: the card with its buttons, the reminder, and what has changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cluster.agendas.agendas import AgendaEntry
from cluster.clock import local
from cluster.meetings.seats import possible_answers
from cluster.packages.own_packages import Offer
from handlers.blocks import (
    actions,
    button,
    context,
    entry,
    escape,
    fields,
    form,
    header,
    section,
    text_field,
)
from handlers.meetings.ids import Action, View
from handlers.meetings.views.agenda import agenda_sections
from handlers.meetings.views.food import asking_about_food
from handlers.meetings.views.words import answer_word, kind_of, when, where, with_whom
from handlers.message import Block
from handlers.reminders.views.snoozing import later_menu
from locales import Texts
from measures.packages.package import text
from storage.models import Invitation, Meeting
from storage.words import MeetingState, Rsvp

_BUTTONS = {
    Rsvp.YES: Action.MEETING_YES,
    Rsvp.MAYBE: Action.MEETING_MAYBE,
    Rsvp.ONLINE: Action.MEETING_ONLINE,
    Rsvp.NO: Action.MEETING_NO,
}


@dataclass(frozen=True)
class Invited:
    """A meeting and one member's part in it, as it is now."""

    meeting: Meeting
    invitation: Invitation
    now: datetime
    entered_by: str = ""
    """Who answered for the member, if somebody else did."""
    snoozes: Sequence[str] = ()
    """Which "remind me later" choices fall before the answer-by."""
    agenda: Sequence[AgendaEntry] = ()
    """The points of the agenda, once it is shared."""
    position: int = 0
    """The place among those who wait for a seat."""
    topic: Offer | None = None
    """The package that the agenda was made from, likewise once it is shared."""

    @property
    def is_late(self) -> bool:
        """Whether the answer-by has passed."""
        return self.now >= self.meeting.answer_by

    @property
    def is_over(self) -> bool:
        """Whether nobody can come any more."""
        return self.now >= self.meeting.ends_at


def card(invited: Invited, t: Texts) -> list[Block]:
    """The invitation: everything about the meeting, the answer, and the buttons."""
    meeting = invited.meeting
    if meeting.state == MeetingState.CANCELLED:
        return called_off(meeting, t)
    blocks = [header(meeting.title), facts(meeting, t)]
    if meeting.note:
        blocks.append(section("\n".join("> " + line for line in escape(meeting.note).splitlines())))
    blocks += [about(invited.topic, meeting, t)] if invited.topic else []
    blocks += map(section, agenda_sections(invited.agenda, t))
    return [*blocks, *answering(invited, t)]


def about(topic: Offer, meeting: Meeting, t: Texts) -> Block:
    """What the meeting is about, with the way to its material."""
    title = t("*Topic:* {title}", title=escape(text(topic.package.title, t.lang)))
    said = f"{title}\n{escape(text(topic.package.why, t.lang))}"
    return section(said, button(t("Read about it"), Action.MEETING_TOPIC, meeting.id))


def called_off(meeting: Meeting, t: Texts) -> list[Block]:
    """What is left of a card when the meeting is: struck through, and why."""
    said = t("*The meeting is cancelled.*")
    if meeting.cancel_reason:
        said += "\n" + t("Reason: {reason}", reason=escape(meeting.cancel_reason))
    return [section(f"~{escape(meeting.title)}~\n~{when(meeting, t)}~"), section(said)]


def facts(meeting: Meeting, t: Texts, *, fully: bool = False, openly: bool = False) -> Block:
    """When, where, food, answer-by, kind and what it asks for; ``openly`` for eyes that may not be invited."""
    lines = [t("*When*") + "\n" + when(meeting, t, fully=fully)]
    if place := where(meeting, t, openly=openly):
        label = t("*Where we meet*") if meeting.kind == "visit" else t("*Where*")
        lines.append(f"{label}\n{place}")
    if host := with_whom(meeting, t):
        lines.append(host)
    if meeting.seats is not None:
        lines.append(t("*Seats*") + "\n" + t.number(meeting.seats))
    lines.append(t("*Food*") + "\n" + (t("We eat together") if meeting.food else t("No food")))
    lines.append(t("*Answer by*") + "\n" + t.moment(meeting.answer_by))
    lines.append(t("*Kind*") + "\n" + kind_of(meeting, t))
    return fields(lines)


def status(invited: Invited, t: Texts) -> str:
    """The member's own answer in a sentence, plain."""
    invitation = invited.invitation
    if invitation.answer is None:
        return t("You did not answer.") if invited.is_over else t("You have not answered yet.")
    said = t("You have answered: {answer} ✔", answer=answer_word(invitation.answer, t))
    if invitation.answer == Rsvp.WAITS:
        said = waits(invited, t)
    if invited.entered_by:
        said += " " + t("(entered by {name})", name=invited.entered_by)
    return said


def answering(invited: Invited, t: Texts) -> list[Block]:
    """The answer as it stands, the three buttons, and until when it can be changed; once over, the answer alone."""
    meeting, invitation = invited.meeting, invited.invitation
    if invitation.answer is None and invited.is_over:
        said = t("You did not answer.")
    elif invitation.answer is None:
        said = asking(invited, t)
    elif invitation.from_poll:
        answer = answer_word(invitation.answer, t)
        said = t(
            "From your answers to the dates I have noted: *{answer}* ✔ Change it here if it is not right.",
            answer=answer,
        )
    elif invitation.answer == Rsvp.WAITS:
        said = waits(invited, t)
    else:
        said = t("You have answered: *{answer}* ✔", answer=answer_word(invitation.answer, t))
    if invited.entered_by:
        said += " " + t("(entered by {name})", name=escape(invited.entered_by))
    if invitation.reason:
        said += "\n" + t("Reason: {reason}", reason=escape(invitation.reason))
    if invited.is_over:
        return [section(said), context(t("The meeting is over."))]
    elements = [choice_button(answer, meeting.id, invitation.answer, t) for answer in possible_answers(meeting)]
    if invitation.answer in {Rsvp.MAYBE, Rsvp.NO}:
        label = t("Change the reason") if invitation.reason else t("Write a reason")
        elements.append(button(label, Action.MEETING_REASON, meeting.id))
    if invitation.answer is None and invited.snoozes:
        elements.append(later_menu(Action.MEETING_SNOOZE, meeting.id, t, snoozes=invited.snoozes))
    food = asking_about_food(meeting, invitation, t, is_late=invited.is_late)
    return [section(said), actions(*elements), *food, context(_small_print(invited, t))]


def waits(invited: Invited, t: Texts) -> str:
    """All seats are taken: which place in the queue."""
    said = t("All seats are taken. You are number {n} on the waiting list.", n=t.number(max(invited.position, 1)))
    return said + " " + t("When there is a seat for you, I write to you at once.")


def asking(invited: Invited, t: Texts) -> str:
    """The question; of whom it was asked for another weekday before, with what was answered then."""
    meeting, former = invited.meeting, invited.invitation.former_answer
    if former is None or meeting.was_starts_at is None:
        return t("*Are you coming?*")
    return t(
        "You answered “{answer}” when it was {day}. *Are you coming {new_day}?*",
        answer=answer_word(former, t),
        day=t.day(local(meeting.was_starts_at).date()),
        new_day=t.day(local(meeting.starts_at).date()),
    )


def choice_button(answer: Rsvp, meeting_id: int, current: Rsvp | None, t: Texts) -> dict[str, Any]:
    """One of the answers; the one that was given is marked."""
    chosen = answer == current
    label = ("✔ " if chosen else "") + answer_word(answer, t)
    return button(label, _BUTTONS[answer], meeting_id, style="primary" if chosen else "")


def _small_print(invited: Invited, t: Texts) -> str:
    meeting, snoozed = invited.meeting, invited.invitation.snoozed_until
    if invited.is_late:
        return t("The time to answer is over. If you choose something else now, I will pass it on to the coordinator.")
    if snoozed and snoozed > invited.now and invited.invitation.answer is None:
        return t("I will remind you on {moment}.", moment=t.moment(snoozed))
    return t(
        "You can change your answer until {moment}. You can also just write “I'm coming” or “no, on leave” to me.",
        moment=t.moment(meeting.answer_by),
    )


def reason_form(title: str, reason: str, metadata: str, t: Texts) -> dict[str, Any]:
    """Why not, or why maybe; for the coordinator's eyes."""
    blocks = [
        section(title),
        entry(
            t("Reason"),
            text_field("reason", initial=reason, multiline=True, limit=300, hint=t("On leave, on call, a course …")),
            help_text=t("Only the coordinator and deputies see it. Write nothing about patients."),
            optional=True,
        ),
    ]
    return form(View.MEETING_REASON, t("Reason"), t("Save"), t("Cancel"), blocks, metadata)


def which(choices: Sequence[Meeting], answer: Rsvp, t: Texts) -> list[Block]:
    """Several meetings wait for an answer: one button for each."""
    blocks = [section(t("Which meeting do you mean?"))]
    for meeting in choices[:10]:
        label = answer_word(answer, t)
        blocks.append(
            section(f"*{escape(meeting.title)}*\n{when(meeting, t)}", button(label, _BUTTONS[answer], meeting.id))
        )
    return blocks


def which_and_what(said: str, choices: Sequence[Meeting], t: Texts) -> list[Block]:
    """Several meetings, and any answer: three buttons for each."""
    blocks = [section(said)]
    for meeting in choices[:10]:
        blocks.append(section(f"*{escape(meeting.title)}*\n{when(meeting, t)}"))
        blocks.append(actions(*(choice_button(answer, meeting.id, None, t) for answer in possible_answers(meeting))))
    return blocks
