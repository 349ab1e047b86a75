"""What is shown of meetings to whoever asked in plain words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from cluster.meetings.invitations import Guests
from handlers import blocks as b
from handlers.fitting import paragraphs
from handlers.meetings.ids import Action
from handlers.meetings.views.invitations import Invited, answering, facts, status, which_and_what
from handlers.meetings.views.meetings import lead_buttons
from handlers.meetings.views.words import answer_word, summary, titled, where
from handlers.message import Block, Message
from locales import Texts
from storage.models import Meeting

MOST = 3
"""Meetings that are shown at once."""
CARD = "meeting.asked"
"""Edited as the other messages with answer buttons are, so that it shows what was pressed."""
Shown = Callable[[Invited, Sequence[Invited], Texts], Message]


def coming(first: Invited, others: Sequence[Invited], t: Texts) -> Message:
    """The next meeting, and the ones after it in a line each."""
    meeting = first.meeting
    text = ", ".join(filter(None, (summary(meeting, t), where(meeting, t)))) + f". {status(first, t)}"
    later = [f"• {titled(each.meeting, t)} – {_said(each, t)}" for each in others[:MOST]]
    blocks = [b.section(t("The next meeting: {title}", title=titled(meeting, t))), facts(meeting, t)]
    blocks += answering(first, t)
    if later:
        blocks.append(b.section("\n".join([t("After that:"), *later])))
    return Message("\n".join([text, *later]), blocks, card=CARD)


def answered(first: Invited, others: Sequence[Invited], t: Texts) -> Message:
    """The own answer to each meeting ahead; the first with its buttons."""
    lines = [f"{titled(each.meeting, t)} – {_said(each, t)}" for each in (first, *others)][: MOST + 1]
    later = [b.section("\n".join(f"• {each}" for each in lines[1:]))] if others else []
    return Message("\n".join(lines), [b.section(titled(first.meeting, t)), *answering(first, t), *later], card=CARD)


def _said(each: Invited, t: Texts) -> str:
    return answer_word(each.invitation.answer, t) if each.invitation.answer else t("you have not answered")


def is_it_this(first: Invited, others: Sequence[Invited], t: Texts) -> Message:
    """ "I am ill": shall it be a no, and to which? Nothing is noted before it is pressed."""
    if others:
        said = t("I have not noted anything yet. Which meeting is it about?")
        return Message(said, which_and_what(said, [each.meeting for each in (first, *others)], t))
    meeting = first.meeting
    said = t(
        "Shall I note that you are not coming to {meeting}? I have not noted anything yet.", meeting=titled(meeting, t)
    )
    no = b.button(t("Yes, I'm not coming"), Action.MEETING_NO, meeting.id, style="primary")
    yes = b.button(t("No, I'm coming"), Action.MEETING_YES, meeting.id)
    return Message(said, [b.section(said), b.actions(no, yes)], card=CARD)


def remind_later(waiting: Invited, t: Texts) -> Message:
    """When to be reminded is chosen in the menu beside the answers."""
    said = t("When shall I remind you of {meeting}? Choose it in the menu.", meeting=titled(waiting.meeting, t))
    return Message(said, [b.section(said), *answering(waiting, t)], card=CARD)


def names(guests: Guests, t: Texts) -> list[str]:
    """Who has said what, a line for each answer that somebody gave."""
    groups = (
        (t("Coming"), guests.yes),
        (t("On the waiting list"), guests.waits),
        (t("Taking part online"), guests.online),
        (t("Maybe"), guests.maybe),
        (t("Not coming"), guests.no),
        (t("Have not answered"), guests.none),
    )
    lines = [
        f"*{label}* ({t.number(len(people))}): " + ", ".join(b.escape(member.name) for member, _ in people)
        for label, people in groups
        if people
    ]
    return paragraphs(lines)


def leading(meeting: Meeting, t: Texts, now: datetime) -> Block:
    """What can be done about missing answers."""
    return lead_buttons(meeting, t, now)


def changing(ahead: Sequence[Meeting], t: Texts) -> Message:
    """Each meeting with the buttons that move it and call it off."""
    said = t("I have not changed anything. *Change* opens the meeting, and everybody is told when you save.")
    blocks = [b.section(said)]
    for meeting in ahead[:MOST]:
        change = b.button(t("Change"), Action.MEETING_EDIT, meeting.id)
        off = b.button(t("Cancel the meeting"), Action.MEETING_CANCEL, meeting.id, style="danger")
        blocks += [
            b.section(titled(meeting, t)),
            b.actions(change, off),
        ]
    return Message("\n".join([said, *(summary(each, t) for each in ahead[:MOST])]), blocks)
