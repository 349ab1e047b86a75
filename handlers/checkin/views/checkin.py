"""The PIN for the screen, the form to type it in, and the button on the start page."""

from __future__ import annotations

from typing import Any

from handlers import blocks as b
from handlers.at_home import AtHome
from handlers.checkin.ids import Action, View
from handlers.meetings.ids import Action as MeetingAction
from handlers.meetings.views.words import summary, titled
from handlers.message import Block, Message
from locales import Texts
from storage.models import CheckIn, Meeting


def opened(meeting: Meeting, door: CheckIn, t: Texts, *, leads: bool, has_code: bool = False) -> Message:
    """To whoever opened it: what to show on the screen."""
    said = t("Members check in to {meeting}.", meeting=titled(meeting, t))
    how = t(
        "Write this on the board or the screen: *her {pin}*. Whoever is there writes it to me, or presses *I am here* "
        "on the Home page. It counts from half an hour before the meeting until half an hour after it.",
        pin=door.pin,
    )
    blocks: list[Block] = [b.section(said), b.header(t("PIN: {pin}", pin=door.pin)), b.section(how)]
    if leads:
        blocks.append(b.actions(b.button(t("See the attendance list"), MeetingAction.MEETING_ATTENDANCE, meeting.id)))
    if has_code:
        blocks.append(b.context(t("The picture below opens this conversation on a telephone: show it beside the PIN.")))
    return Message(f"{said} " + t("PIN: {pin}", pin=door.pin), blocks)


def here_button(meeting: Meeting, t: Texts) -> dict[str, Any]:
    """Opens the form."""
    return b.button(t("I am here"), Action.MEETING_HERE, meeting.id, style="primary")


def form(meeting: Meeting, t: Texts, *, metadata: str) -> dict[str, Any]:
    """The PIN."""
    blocks: list[Block] = [
        b.section(titled(meeting, t)),
        b.entry(t("The PIN on the board or the screen"), b.text_field("pin", limit=12, hint="4728")),
    ]
    return b.form(View.CHECKIN_FORM, t("I am here"), t("Check in"), t("Cancel"), blocks, metadata)


def at_home(at: AtHome) -> list[Block]:
    """On the page of whoever can check in and has not."""
    if not isinstance(at.found, Meeting):
        return []
    said = at.t("Are you at {meeting}?", meeting=titled(at.found, at.t))
    return [b.section(said, here_button(at.found, at.t))]


def noted(meeting: Meeting, t: Texts, *, is_new: bool) -> Message:
    """To whoever checked in."""
    if not is_new:
        return Message(t("You are checked in already: {meeting}.", meeting=summary(meeting, t)))
    said = t("You are checked in: {meeting}.", meeting=summary(meeting, t))
    return Message(f"{said} " + t("Was that wrong? Write “undo”."))
