"""What those who look after meetings see: the form, the desk, who said what. And the channel's card: counts only."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from cluster.meetings.details import TITLE_LIMIT, Written
from cluster.meetings.food import Eating
from cluster.meetings.invitations import AnswerTally, Guests
from cluster.meetings.seats import possible_answers
from handlers.blocks import (
    Option,
    actions,
    button,
    checkboxes,
    context,
    date_field,
    divider,
    entry,
    escape,
    form,
    header,
    menu,
    radio,
    section,
    select,
    text_field,
    time_field,
    window,
)
from handlers.fitting import paragraphs
from handlers.meetings.ids import Action, View
from handlers.meetings.views.food import for_the_kitchen
from handlers.meetings.views.invitations import called_off, facts
from handlers.meetings.views.kinds import of_kind
from handlers.meetings.views.words import MEETING_KIND_NAMES, answer_word, counts, when
from handlers.message import Block
from locales import Texts
from storage.models import Invitation, Meeting, Member
from storage.words import MeetingState


def meeting_form(
    written: Written, t: Texts, *, metadata: str, editing: bool, sending: Sequence[Block] = ()
) -> dict[str, Any]:
    """Plan or change a meeting of the kind that is written; of a new one it is asked when the invitation goes out."""
    kinds = [(key, t(name)) for key, name in MEETING_KIND_NAMES.items()]
    blocks = [
        entry(t("Kind of meeting"), select("kind", kinds, chosen=written.kind)),
        entry(t("Topic"), text_field("title", initial=written.title, limit=TITLE_LIMIT, hint=t("For example: COPD"))),
        entry(t("Date"), date_field("day", initial=date.fromisoformat(written.day))),
        entry(t("From"), time_field("start", initial=time.fromisoformat(written.start))),
        entry(t("To"), time_field("end", initial=time.fromisoformat(written.end))),
        *of_kind(written, t),
        entry(
            t("Food"),
            checkboxes("food", [("yes", t("We eat together"))], chosen=["yes"] if written.food else []),
            optional=True,
        ),
        entry(t("Answer by"), date_field("answer_day", initial=date.fromisoformat(written.answer_day))),
        entry(t("at"), time_field("answer_time", initial=time.fromisoformat(written.answer_time))),
        entry(
            t("Note to the members"),
            text_field("note", initial=written.note, multiline=True, limit=2000),
            help_text=t("Shown on the invitation. Write nothing about patients."),
            optional=True,
        ),
    ]
    if editing:
        blocks.insert(
            0,
            context(
                t(
                    "If the time, the place or the date to answer by changes, everybody invited is told once. Answers "
                    "are kept, unless the meeting moves to another weekday: then I ask again."
                )
            ),
        )
        return form(View.MEETING_FORM, t("Change the meeting"), t("Save"), t("Cancel"), blocks, metadata)
    blocks += sending
    return form(View.MEETING_FORM, t("Plan a meeting"), t("Call the meeting"), t("Cancel"), blocks, metadata)


def cancel_form(meeting: Meeting, t: Texts, *, people: int, metadata: str) -> dict[str, Any]:
    """Call it off, with a word to those who were to come."""
    told = t.n(
        "{n} person is told once, and all reminders stop. The answers are kept.",
        "{n} people are told once, and all reminders stop. The answers are kept.",
        people,
    )
    blocks = [
        section(f"*{escape(meeting.title)}*\n{when(meeting, t)}\n{told}"),
        entry(
            t("Why?"),
            text_field("reason", multiline=True, limit=300, hint=t("The speaker is ill. We find a new day.")),
            help_text=t("Everybody invited reads it. Write nothing about patients."),
            optional=True,
        ),
    ]
    return form(
        View.MEETING_CANCEL, t("Cancel the meeting?"), t("Cancel the meeting"), t("No, keep it"), blocks, metadata
    )


def desk(
    meeting: Meeting,
    tally: AnswerTally,
    t: Texts,
    *,
    now: datetime,
    warning: str,
    not_in_slack: Sequence[str],
    kitchen: Eating,
    sent_at: datetime | None = None,
) -> list[Block]:
    """The coordinator's card: the meeting as understood, the counts, and what can be done. ``sent_at`` is when the
    invitation goes out, where it waits."""
    if meeting.state == MeetingState.CANCELLED:
        return called_off(meeting, t)
    blocks = [header(meeting.title), facts(meeting, t, fully=True)]
    if warning:
        blocks.append(section("⚠ " + warning))
    if sent_at is not None:
        said = t("The invitation is sent {moment}.", moment=t.moment(sent_at))
        blocks.append(section(f"*{said}*", button(t("Send it now"), Action.MEETING_SEND, meeting.id)))
    blocks.append(section(f"*{counts(tally, t)}*"))
    if meeting.food and kitchen.high and now < meeting.ends_at:
        blocks.append(context(for_the_kitchen(kitchen, t)))
    if not_in_slack:
        names = t.listing([escape(name) for name in not_in_slack])
        blocks.append(context(t("Not in Slack yet, so not asked: {names}. You can answer for them.", names=names)))
    if now >= meeting.ends_at:
        blocks.append(context(t("The meeting is over.")))
        blocks.append(actions(button(t("See who"), Action.MEETING_WHO, meeting.id)))
        return blocks
    blocks.append(actions(*desk_buttons(meeting, t)))
    blocks.append(
        context(t("I will remind those who have not answered, on workdays only. See it all with /klynge plan."))
    )
    return blocks


def desk_buttons(meeting: Meeting, t: Texts, now: datetime | None = None) -> list[dict[str, Any]]:
    """What those who look after a meeting can do with it; nobody is reminded after the time to answer, where ``now`` is
    known."""
    buttons = [
        button(t("See who"), Action.MEETING_WHO, meeting.id),
        button(t("Answer for someone"), Action.MEETING_ANSWER_FOR, meeting.id),
        button(t("Remind now"), Action.MEETING_REMIND, meeting.id),
        button(t("Agenda"), Action.MEETING_AGENDA, meeting.id),
        button(t("Change"), Action.MEETING_EDIT, meeting.id),
        button(t("Cancel the meeting"), Action.MEETING_CANCEL, meeting.id, style="danger"),
    ]
    return [
        each for each in buttons if now is None or now < meeting.answer_by or each["action_id"] != Action.MEETING_REMIND
    ]


def lead_buttons(meeting: Meeting, t: Texts, now: datetime) -> Block:
    """What can be done about missing answers."""
    elements = [
        button(t("See who"), Action.MEETING_WHO, meeting.id),
        button(t("Answer for someone"), Action.MEETING_ANSWER_FOR, meeting.id),
    ]
    if now < meeting.answer_by:
        elements.insert(0, button(t("Remind again"), Action.MEETING_REMIND, meeting.id, style="primary"))
    return actions(*elements)


def channel_card(meeting: Meeting, tally: AnswerTally, t: Texts, *, now: datetime) -> list[Block]:
    """For everybody's eyes: the meeting and how many, never who."""
    if meeting.state == MeetingState.CANCELLED:
        return called_off(meeting, t)
    if now >= meeting.ends_at:
        small_print = t("The meeting is over.")
    else:
        small_print = t("Members answer in their private message from me. Here you see only how many.")
    return [header(meeting.title), facts(meeting, t, openly=True), section(counts(tally, t)), context(small_print)]


def who_window(meeting: Meeting, guests: Guests, t: Texts) -> dict[str, Any]:
    """Names by answer, with reasons."""
    blocks: list[Block] = [section(f"*{escape(meeting.title)}*\n{when(meeting, t)}"), divider()]
    online = [(t("Taking part online"), guests.online)] if guests.online else []
    online += [(t("On the waiting list"), guests.waits)] if guests.waits else []
    for title, people in (
        (t("Coming"), guests.yes),
        *online,
        (t("Maybe"), guests.maybe),
        (t("Not coming"), guests.no),
        (t("Have not answered"), guests.none),
    ):
        lines = [_line(member, invitation, t) for member, invitation in people] or [t("_nobody_")]
        blocks += [section(each) for each in paragraphs([f"*{title}* ({len(people)})", *lines])]
    return window(View.MEETING_WHO, t("Who is coming?"), t("Close"), blocks[:100])


def _line(member: Member, invitation: Invitation, t: Texts) -> str:
    said = "• " + escape(member.name)
    if member.slack_user_id is None:
        said += " " + t("(not in Slack yet)")
    if invitation.eats is False:
        said += " " + t("(not eating)")
    return said + (f" – {escape(invitation.reason)}" if invitation.reason else "")


def people_of(guests: Guests) -> list[Option]:
    """Everybody invited, as choices; those who have not answered come first."""
    people = [*guests.none, *guests.maybe, *guests.yes, *guests.waits, *guests.online, *guests.no]
    return [(str(member.id), member.name) for member, _ in people]


def answer_for_form(meeting: Meeting, guests: Guests, t: Texts, *, metadata: str) -> dict[str, Any]:
    """Enter an answer that somebody gave by telephone; those who have not answered come first."""
    blocks = [
        section(f"*{escape(meeting.title)}*\n{when(meeting, t)}"),
        entry(t("Who?"), menu("guest", people_of(guests), hint=t("Choose a member"))),
        entry(t("The answer"), radio("answer", [(each, answer_word(each, t)) for each in possible_answers(meeting)])),
        entry(t("Reason"), text_field("reason", limit=300), optional=True),
        context(t("The member is told that you entered the answer.")),
    ]
    return form(View.MEETING_ANSWER_FOR, t("Answer for someone"), t("Save"), t("Cancel"), blocks, metadata)
