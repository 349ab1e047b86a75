"""The forms of those who run the cluster: new dates, other dates, and how the question will look before it is sent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time
from typing import Any

from cluster.meetings.details import TITLE_LIMIT
from cluster.polls.answers import PollPart
from cluster.polls.details import WrittenPoll
from handlers import blocks as b
from handlers.meetings.views.words import MEETING_KIND_NAMES
from handlers.message import Block
from handlers.polls.ids import View
from handlers.polls.views.words import capital, slot
from locales import Texts

PICKERS = 4
BOXES = 10
"""Slack takes no more in a list to tick."""


def poll_form(written: WrittenPoll, t: Texts, *, metadata: str, is_seen: bool = False) -> dict[str, Any]:
    """A new poll; sent only when it has been seen."""
    kinds = [(key, t(name)) for key, name in MEETING_KIND_NAMES.items()]
    eat = b.checkboxes("food", [("yes", t("We eat together"))], chosen=["yes"] if written.food else [])
    blocks = [
        b.entry(
            t("Topic"), b.text_field("title", initial=written.title, limit=TITLE_LIMIT, hint=t("For example: COPD"))
        ),
        *_dates(written, t),
        b.entry(t("Kind of meeting"), b.select("kind", kinds, chosen=written.kind)),
        b.entry(t("Place"), b.text_field("place", initial=written.place, limit=200), optional=True),
        b.entry(t("Food"), eat, optional=True),
        *_answer_by(written, t),
    ]
    return b.form(View.POLL_FORM, t("Find a date"), _submit(t, is_seen=is_seen), t("Cancel"), blocks, metadata)


def change_form(
    part: PollPart, written: WrittenPoll, kept: Sequence[str], t: Texts, *, metadata: str, is_seen: bool = False
) -> dict[str, Any]:
    """Other dates for a poll that is put."""
    choices = [(str(each.id), slot(each, t)) for each in part.dates[:BOXES]]
    stay = b.checkboxes("kept", choices, chosen=kept)
    said = t("Answers to dates that stay are kept. Everybody who was asked is told once.")
    blocks = [
        b.context(said),
        b.entry(t("Dates that stay"), stay, optional=True),
        *_dates(written, t),
        *_answer_by(written, t),
    ]
    return b.form(View.POLL_CHANGE, t("Change the dates"), _submit(t, is_seen=is_seen), t("Cancel"), blocks, metadata)


def _submit(t: Texts, *, is_seen: bool) -> str:
    return t("Send it") if is_seen else t("Next")


def _dates(written: WrittenPoll, t: Texts) -> list[Block]:
    words = b.text_field(
        "words", initial=written.words, multiline=True, limit=500, hint=t("Thursday 12/3 or Tuesday 17/3 at 17")
    )
    days = [*written.days, *[None] * PICKERS][:PICKERS]
    return [
        b.entry(
            t("Dates"),
            words,
            help_text=t("Write them as you would say them, or pick them below. Two to eight."),
            optional=True,
        ),
        *(
            b.entry(
                t("Date {n}", n=n),
                b.date_field(f"day{n}", initial=day),
                optional=True,
            )
            for n, day in enumerate(days, 1)
        ),
        b.entry(t("From"), b.time_field("start", initial=time.fromisoformat(written.start))),
        b.entry(t("To"), b.time_field("end", initial=time.fromisoformat(written.end))),
    ]


def _answer_by(written: WrittenPoll, t: Texts) -> list[Block]:
    return [
        b.entry(t("Answer by"), b.date_field("answer_day", initial=date.fromisoformat(written.answer_day))),
        b.entry(t("at"), b.time_field("answer_time", initial=time.fromisoformat(written.answer_time))),
    ]


def looked_at(said: str, obstacles: Sequence[str], part: PollPart, question: str, t: Texts) -> list[Block]:
    """The top of the form when it is shown again: to whom, when, what is in the way, and how it looks; without the
    buttons, which nobody is to press yet."""
    blocks: list[Block] = [b.section("\n".join(f"⚠ {each}" for each in obstacles))] if obstacles else []
    lines = [question, *(f"• {capital(slot(each, t))}" for each in part.dates)]
    quoted = "\n".join(f"> {line}" for each in lines for line in each.splitlines())
    return [
        *blocks,
        b.section(f"{said} " + t("Nothing is sent yet. This is how it looks:")),
        b.section(quoted),
        b.divider(),
        b.context(t("Change below what is wrong, or send it as it is.")),
    ]
