"""What is filled in and pressed about minutes: who takes them, what is written, when it is sent."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cluster.minutes.writing import LIMIT, MinutesText
from handlers import blocks as b
from handlers.meetings.views.words import titled
from handlers.message import Block, Message
from handlers.minutes.ids import Action, View
from locales import Texts
from storage.models import Meeting, Member

SHOWN = 20
"""Meetings, within what Slack takes."""


@dataclass(frozen=True)
class Listed:
    """A meeting in the list of minutes, as one reader may act on it."""

    meeting: Meeting
    taker: str
    may_pick: bool
    may_write: bool
    was_sent: bool
    is_written: bool


def listed(rows: Sequence[Listed], t: Texts) -> Message:
    """The newest meetings, each with what can be done about its minutes."""
    hint = t("Find something said earlier: `/klynge referat` and a word, for instance `/klynge referat spirometri`.")
    if not rows:
        return Message("\n".join([t("There are no minutes yet."), hint]))
    said, shown = [], []
    for row in rows[:SHOWN]:
        text = "\n".join([titled(row.meeting, t), _standing(row, t)])
        said.append(text)
        shown.append(b.section(text))
        if found := _buttons(row, t):
            shown.append(b.actions(*found))
    return Message("\n\n".join([*said, hint]), [*shown, b.context(hint)])


def _standing(row: Listed, t: Texts) -> str:
    if row.was_sent:
        return t("Minutes are sent.")
    if row.is_written:
        return t("Begun by {who}, not sent yet.", who=row.taker) if row.taker else t("Begun, not sent yet.")
    if row.taker:
        return t("{who} takes the minutes.", who=row.taker)
    return t("Nobody takes the minutes yet.")


def _buttons(row: Listed, t: Texts) -> list[Block]:
    key, found = row.meeting.id, []
    if row.was_sent:
        found.append(b.button(t("Read all"), Action.MINUTES_SHOW, key))
    if row.may_write:
        label = t("Correct") if row.was_sent else t("Go on writing") if row.is_written else t("Write the minutes")
        found.append(b.button(label, Action.MINUTES_WRITE, key))
    if row.may_pick and not row.was_sent:
        label = t("Pick another") if row.taker else t("Pick who takes the minutes")
        found.append(b.button(label, Action.MINUTES_PICK, key))
    return found


def pick_form(
    meeting: Meeting, people: Sequence[Member], chairs: Collection[int], chosen: int | None, t: Texts
) -> dict[str, Any]:
    """Who takes the minutes? Who chairs stands last."""
    choices = [
        (str(each.id), t("{who} (chairs)", who=each.name) if each.id in chairs else each.name) for each in people
    ]
    first = str(chosen) if chosen is not None else choices[0][0]
    blocks = [
        b.section(titled(meeting, t)),
        b.entry(
            t("Who takes the minutes?"),
            b.menu("taker", choices[: b.MENU], chosen=first),
            help_text=t("Those who come. Best not whoever chairs the meeting: nobody does both well."),
        ),
    ]
    metadata = json.dumps({"meeting": meeting.id})
    return b.form(View.MINUTES_PICKED, t("The minutes"), t("Ask"), t("Cancel"), blocks, metadata)


def write_form(meeting: Meeting, written: MinutesText, sequence: int, t: Texts) -> dict[str, Any]:
    """The minutes, a line for each point."""
    asked = [
        (
            "points",
            t("Main points"),
            t("What was said that others can use, and what was decided"),
            t("A line for each. A line that ends with a colon is a heading."),
            written.points,
        ),
        (
            "practices",
            t("Who does what, how often?"),
            t("The nurse calls in everybody with COPD, every October"),
            t("What a practice does that others may copy. A line for each."),
            written.practices,
        ),
        (
            "shared",
            t("Procedures and links"),
            t("Our letter to patients who did not come: https://…"),
            t("What practices share with each other. Put the link on the line."),
            written.shared,
        ),
    ]
    blocks: list[Block] = [
        b.section(
            "\n".join(
                [
                    titled(meeting, t),
                    t("Nothing is sent before you have seen it. You may save now and go on later."),
                    t("Never write about patients, or whose numbers were whose."),
                ]
            )
        )
    ]
    for name, label, hint, told, text in asked:
        field = b.text_field(name, initial=text, multiline=True, hint=hint, limit=LIMIT)
        blocks.append(b.entry(label, field, help_text=told, optional=True))
    metadata = json.dumps({"meeting": meeting.id, "sequence": sequence})
    return b.form(View.MINUTES_FORM, t("The minutes"), t("Save and see"), t("Cancel"), blocks, metadata)


def asked(meeting: Meeting, t: Texts, *, by: str, is_theirs: bool) -> Message:
    """To whoever is to take the minutes."""
    if not is_theirs:
        return Message(t("You are not to take the minutes of {meeting} any more.", meeting=titled(meeting, t)))
    said = t(
        "{who} asks whether you will take the minutes of {meeting}. A few lines are enough; when the meeting is over, "
        "I bring the form.",
        who=b.escape(by),
        meeting=titled(meeting, t),
    )
    no = b.button(t("No, ask another"), Action.MINUTES_DECLINE, meeting.id)
    return b.asking(said, b.button(t("See the form"), Action.MINUTES_WRITE, meeting.id), no)


def time(meeting: Meeting, t: Texts, *, is_begun: bool) -> Message:
    """To whoever takes the minutes, when the meeting is over."""
    about = titled(meeting, t)
    if is_begun:
        said = t("{meeting} is over, and the minutes are begun. Finish them while you remember it.", meeting=about)
    else:
        said = t("{meeting} is over. Write the minutes while you remember it; five lines will do.", meeting=about)
    write = b.button(t("Write the minutes"), Action.MINUTES_WRITE, meeting.id, style="primary")
    return b.asking(said, write, b.button(t("No, ask another"), Action.MINUTES_DECLINE, meeting.id))


def declined(meeting: Meeting, who: str, t: Texts) -> Message:
    """To who runs the cluster."""
    said = t("{who} can't take the minutes of {meeting}.", who=b.escape(who), meeting=titled(meeting, t))
    return b.asking(said, b.button(t("Pick another"), Action.MINUTES_PICK, meeting.id))


def sending(meeting: Meeting, sequence: int, people: int, morning: datetime | None, t: Texts) -> list[Block]:
    """Under the preview: to how many it goes, and when; ``morning`` where it would be evening for them now."""
    said = t.n(
        "This is how it will look, with the pages as a PDF. It goes to {n} member, also if they could not come.",
        "This is how it will look, with the pages as a PDF. It goes to {n} members, also those who could not come.",
        people,
    )
    value = f"{meeting.id}:{sequence}"
    now = b.button(t("Send now"), Action.MINUTES_SEND, value, style="" if morning else "primary")
    later = (
        [b.button(t("Send {moment}", moment=t.moment(morning)), Action.MINUTES_MORNING, value, style="primary")]
        if morning
        else []
    )
    go_on = b.button(t("Go on writing"), Action.MINUTES_WRITE, meeting.id)
    return [b.divider(), b.section(said), b.actions(*later, now, go_on)]
