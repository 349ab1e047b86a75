"""What a member sees of a date poll: each date with its three buttons, and what came of it."""

from __future__ import annotations

from typing import Any

from cluster.polls.answers import PollPart
from handlers import blocks as b
from handlers.meetings.views.words import between
from handlers.message import Block
from handlers.polls.ids import Action, View
from handlers.polls.views.words import SUITS, capital, slot, suits_button, suits_word, titled
from locales import Texts
from storage.models import Meeting
from storage.words import PollState


def card(part: PollPart, t: Texts, meeting: Meeting | None = None) -> list[Block]:
    """The question, or how it ended."""
    if not part.is_open:
        return [b.section(ended(part, t, meeting))]
    poll, blocks = part.poll, [b.header(t("Which days work for you?")), b.section(question(part, t))]
    for each in part.dates:
        blocks.append(b.section(f"*{capital(slot(each, t))}*"))
        buttons = (suits_button(suits, poll, each, part.said.get(each.id), t) for suits in SUITS)
        blocks.append(b.actions(*buttons, block_id=f"poll_date.{each.id}"))
    if part.missing:
        label = t("I can't on the others") if part.said else t("I can't on any of them")
        blocks.append(b.actions(b.button(label, Action.POLL_REST, poll.id)))
    return [*blocks, b.context(f"*{standing(part, t)}* {small_print(part, t)}")]


def question(part: PollPart, t: Texts) -> str:
    """What it is about, and until when."""
    poll = part.poll
    lines = [
        t(
            "{title}: no date has been chosen yet. Answer each date by {moment}.",
            title=titled(poll),
            moment=t.moment(poll.answer_by),
        )
    ]
    if poll.place:
        lines.append(t("Place: {place}", place=b.escape(poll.place)))
    return "\n".join(lines)


def standing(part: PollPart, t: Texts) -> str:
    """How far the member is, in a sentence."""
    if not part.said:
        return t("You have not answered yet.")
    if part.missing:
        done = t.number(len(part.dates) - len(part.missing))
        return t.n(
            "You have answered {done} of {n} date.",
            "You have answered {done} of {n} dates.",
            len(part.dates),
            done=done,
        )
    return t("You have answered every date ✔")


def small_print(part: PollPart, t: Texts) -> str:
    """Until when, who sees it, and that words do as well."""
    return t(
        "You can change it until {moment}. Only those who run the cluster see who can when. You can also write to me: "
        "“Thursday works, Tuesday if need be”.",
        moment=t.moment(part.poll.answer_by),
    )


def ended(part: PollPart, t: Texts, meeting: Meeting | None = None) -> str:
    """What is left of a card when nobody can answer it any more."""
    title = titled(part.poll)
    if part.poll.state == PollState.CANCELLED:
        return t("~{title}~\nThe date poll is called off. You need not do anything.", title=b.escape(part.poll.title))
    if part.poll.state == PollState.SETTLED and meeting is not None:
        from_to = capital(slot_of(meeting, t))
        return t("{title}: it was {day}. You have an invitation; answer there.", title=title, day=f"*{from_to}*")
    lines = [
        t("{title}: the date poll is closed. The coordinator chooses a date, and then you are invited.", title=title)
    ]
    lines += [f"• {slot(each, t)} – {suits_word(part.said.get(each.id), t)}" for each in part.dates]
    return "\n".join(lines)


def slot_of(meeting: Meeting, t: Texts) -> str:
    """When the meeting is that came of it."""
    return between(meeting.starts_at, meeting.ends_at, t)


def noted(part: PollPart, t: Texts) -> str:
    """What is down, a line for each date."""
    return "\n".join(f"• {slot(each, t)} – *{suits_word(part.said.get(each.id), t)}*" for each in part.dates)


def answer_form(part: PollPart, t: Texts, *, metadata: str) -> dict[str, Any]:
    """All dates at once, from the start page."""
    choices = [(suits.value, t(name)) for suits, name in SUITS.items()]
    blocks: list[Block] = [b.section(question(part, t))]
    for each in part.dates:
        said = part.said.get(each.id)
        chosen = b.radio(f"date.{each.id}", choices, chosen=said.value if said else None)
        blocks.append(b.entry(capital(slot(each, t)), chosen, optional=True))
    blocks.append(b.context(t("Only those who run the cluster see who can when.")))
    return b.form(View.POLL_ANSWER, t("Which days work for you?"), t("Save"), t("Cancel"), blocks, metadata)


def text_of(part: PollPart, t: Texts, meeting: Meeting | None = None) -> str:
    """The card for notifications and screen readers."""
    if not part.is_open:
        return ended(part, t, meeting)
    days = t.listing([slot(each, t) for each in part.dates])
    said = t("Which days work for you? {title}: {days}.", title=b.escape(part.poll.title), days=days)
    return f"{said} {standing(part, t)}"
