"""What can be put back around meetings, what it is called, and why some can't be."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from cluster.meetings import attendance, food, invitations, meetings
from cluster.meetings import undoing as back
from cluster.members import members
from cluster.subjects import key_of
from cluster.undoing import OwnChange, Values
from handlers.blocks import button, escape
from handlers.feature import Feature
from handlers.meetings.ids import Action
from handlers.meetings.views.words import answer_word, titled
from handlers.message import Block
from handlers.reminders.views.snoozing import put_off
from handlers.undoing import Undoing
from locales import N_, Texts
from storage.models import Meeting
from storage.unit_of_work import Reading
from storage.words import MeetingState, Rsvp


async def _meeting(state: Reading, change: OwnChange, t: Texts) -> str:
    return titled(await meetings.get(state, change.number), t)


async def _answer(state: Reading, change: OwnChange, t: Texts) -> str:
    about = await _meeting(state, change, t)
    if change.guest_id == change.member_id:
        return t("your answer to {meeting}", meeting=about)
    guest = await members.get(state, change.guest_id)
    return t("the answer of {name} to {meeting}", name=escape(guest.name), meeting=about)


def _said(values: Values, t: Texts) -> str:
    return answer_word(Rsvp(values["answer"]), t) if values["answer"] else t("no answer")


async def _reason(state: Reading, change: OwnChange, t: Texts) -> str:
    return t("your reason, about {meeting}", meeting=await _meeting(state, change, t))


def _why(values: Values, t: Texts) -> str:
    return escape(values["reason"]) or t("no reason")


async def _food(state: Reading, change: OwnChange, t: Texts) -> str:
    return t("the food at {meeting}", meeting=await _meeting(state, change, t))


def _eats(values: Values, t: Texts) -> str:
    if values["eats"] is None:
        return t("not said")
    said = t("eats with us") if values["eats"] else t("does not eat with us")
    return f"{said}, {escape(values['diet'])}" if values["diet"] else said


async def _reminder(state: Reading, change: OwnChange, t: Texts) -> str:
    return t("the reminder about {meeting}", meeting=await _meeting(state, change, t))


async def _details(_state: Reading, _change: OwnChange, t: Texts) -> str:
    return t("the meeting")


def _written(values: Mapping[str, Any], t: Texts) -> str:
    names = ("kind", "title", "place", "food", "note")
    moments = {name: datetime.fromisoformat(values[name]) for name in ("starts_at", "ends_at", "answer_by")}
    meeting = Meeting(**{name: values[name] for name in names}, **moments)
    said = [titled(meeting, t).replace("*", ""), escape(meeting.place)]
    said += [t("with food") if meeting.food else t("without food")]
    said.append(t("answer by {moment}", moment=t.moment(meeting.answer_by)))
    return ", ".join(filter(None, said))


def _is_on(values: Values, t: Texts) -> str:
    return t("planned") if values["state"] == MeetingState.PLANNED else t("called off")


async def _sheet(state: Reading, change: OwnChange, t: Texts) -> str:
    return t("the attendance of {meeting}", meeting=await _meeting(state, change, t))


def _there(values: Values, t: Texts) -> str:
    if not values["is_noted"]:
        return t("nothing noted")
    return t.n("{n} was there", "{n} were there", sum(values["there"].values()))


def edit(subject: str, _cluster_id: int, t: Texts) -> Block:
    """Changes the meeting once more."""
    return button(t("Edit the meeting"), Action.MEETING_EDIT, key_of(subject))


def call_off(subject: str, _cluster_id: int, t: Texts) -> Block:
    """Calls the meeting off."""
    return button(t("Cancel the meeting"), Action.MEETING_CANCEL, key_of(subject))


def plan(_subject: str, cluster_id: int, t: Texts) -> Block:
    """Plans another meeting."""
    return button(t("Plan a meeting"), Action.CLUSTER_MEETING, cluster_id)


feature = Feature(
    undoings={
        invitations.ANSWERED: Undoing(
            _answer, _said, back.answer_now, back.put_answer_back, called=frozenset({"svar", "answer"})
        ),
        invitations.REASONED: Undoing(_reason, _why, back.reason_now, back.put_reason_back),
        invitations.SNOOZED: Undoing(_reminder, put_off, back.snooze_now, back.put_snooze_back),
        food.FOOD: Undoing(_food, _eats, back.food_now, back.put_food_back),
        attendance.RECORDED: Undoing(_sheet, _there, back.sheet_now, back.put_sheet_back, leads=True),
        meetings.CHANGED: Undoing(_details, _written, back.details_now, back.put_details_back, leads=True),
        meetings.CANCELLED: Undoing(
            _meeting,
            _is_on,
            back.cancelled_now,
            back.put_meeting_back,
            leads=True,
            why_not=N_(
                "Everybody invited has been told that the meeting is off, so I can't put that back. Plan it anew, and "
                "they are invited again."
            ),
            instead=plan,
        ),
        "meeting.moved": Undoing(
            why_not=N_(
                "Everybody invited has been told of the new time or place, so I can't put that back unseen. Change the "
                "meeting once more, and all are told."
            ),
            instead=edit,
        ),
        "meeting.planned": Undoing(
            why_not=N_("You have called a meeting. Whether the invitation is out or waits, you can still call it off."),
            instead=call_off,
        ),
        "meeting.sent_now": Undoing(
            why_not=N_("The invitation is sent, and I can't fetch it back. You can call the meeting off."),
            instead=call_off,
        ),
    },
    errors={"meeting.all_have_heard": N_("Everybody invited has heard of it. Change it once more, and all are told.")},
)
