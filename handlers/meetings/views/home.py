"""What a person's page says of meetings to whoever is invited. What leaders see there: ``led_home``."""

from __future__ import annotations

from typing import Any

from cluster.meetings.seats import possible_answers
from handlers import blocks as b
from handlers.at_home import AtHome, all_button
from handlers.meetings.ids import Action
from handlers.meetings.views.invitations import choice_button
from handlers.meetings.views.words import answer_word, when, where
from handlers.message import Block
from storage.models import Invitation, Meeting
from storage.words import Rsvp

OWED = 20
"""The place of what waits for an answer among the pieces of the page."""
OWED_SHOWN = 5
COMING = 40
"""The place of one's own meetings."""


def to_answer(at: AtHome) -> list[Block]:
    """The invitations that wait for an answer, the nearest meeting first."""
    waiting = at.part.open_invitations(at.now)
    blocks = [block for meeting in waiting[:OWED_SHOWN] for block in _question(meeting, at)]
    if len(waiting) > OWED_SHOWN:
        blocks.append(b.actions(all_button(at, OWED, at.t("Show all {n}", n=len(waiting)))))
    return blocks


def all_to_answer(at: AtHome) -> list[Block]:
    """The same, all of them."""
    return [block for meeting in at.part.open_invitations(at.now) for block in _question(meeting, at)]


def _question(meeting: Meeting, at: AtHome) -> list[Block]:
    t = at.t
    return [
        b.section(
            t(
                "Will you come to {title} on {when}? Please answer before {deadline}.",
                title=f"*{b.escape(meeting.title)}*",
                when=t.moment(meeting.starts_at),
                deadline=t.moment(meeting.answer_by),
            )
        ),
        b.actions(
            b.button(t("Coming"), Action.MEETING_YES, meeting.id, style="primary"),
            *(choice_button(each, meeting.id, None, t) for each in possible_answers(meeting) if each != Rsvp.YES),
        ),
    ]


def next_meeting(at: AtHome) -> list[Block]:
    """When and where, what was answered, and the buttons to answer otherwise; the way to all that are planned."""
    part, t = at.part, at.t
    if not part.meetings:
        return [b.context(t("No meetings are planned."))]
    meeting, mine = part.meetings[0]
    lines = [
        t("The next meeting: {title}", title=f"*{b.escape(meeting.title)}*"),
        ", ".join(filter(None, (when(meeting, t), where(meeting, t)))),
        _said(mine, at),
    ]
    blocks = [b.section("\n".join(lines))]
    buttons = _answering(meeting, mine, at)
    if len(part.meetings) > 1:
        buttons.append(all_button(at, COMING, t("Show all {n}", n=len(part.meetings))))
    return [*blocks, b.actions(*buttons)] if buttons else blocks


def all_meetings(at: AtHome) -> list[Block]:
    """Every meeting ahead, each with its answer."""
    blocks: list[Block] = []
    for meeting, mine in at.part.meetings:
        place = ", ".join(filter(None, (when(meeting, at.t), where(meeting, at.t))))
        said = f"*{b.escape(meeting.title)}*\n{place}\n{_said(mine, at)}"
        buttons = _answering(meeting, mine, at) or [
            choice_button(each, meeting.id, None, at.t) for each in possible_answers(meeting)
        ]
        blocks += [b.section(said), b.actions(*buttons)]
    return blocks


def _said(mine: Invitation, at: AtHome) -> str:
    if mine.answer is None:
        return at.t("You have not answered yet.")
    return at.t("You have answered: {answer} ✔", answer=answer_word(mine.answer, at.t))


def _answering(meeting: Meeting, mine: Invitation, at: AtHome) -> list[dict[str, Any]]:
    """To answer otherwise; nothing while the question stands among what is owed, or when the meeting has begun."""
    is_asked_above = mine.answer is None and meeting.answer_by > at.now
    if is_asked_above or meeting.starts_at <= at.now:
        return []
    buttons = [choice_button(each, meeting.id, mine.answer, at.t) for each in possible_answers(meeting)]
    if mine.answer in {Rsvp.MAYBE, Rsvp.NO}:
        label = at.t("Change the reason") if mine.reason else at.t("Write a reason")
        buttons.append(b.button(label, Action.MEETING_REASON, meeting.id))
    return buttons


def attended(at: AtHome) -> list[Block]:
    """One's own attendance this year."""
    part, t = at.part, at.t
    share = part.share
    if share is None or not share.held:
        return []
    line = t.n(
        "You have attended {present} of the year's {n} recorded meeting.",
        "You have attended {present} of the year's {n} recorded meetings.",
        share.held,
        present=t.number(share.present),
    )
    if part.rules.required_share:
        line += " " + t("The cluster has agreed on {share}.", share=t.percent(part.rules.required_share / 100))
    return [b.context(line)]
