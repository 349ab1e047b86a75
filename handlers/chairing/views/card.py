"""The card that a meeting is steered by, and the words about time that its chair alone gets."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from cluster.agendas.agendas import AgendaEntry
from cluster.chairing.lateness import Missing
from cluster.chairing.parking import LIMIT, MOST
from cluster.chairing.sittings import MeetingCourse
from handlers import blocks as b
from handlers.chairing.ids import Action, View
from handlers.fitting import paragraphs
from handlers.meetings.views.agenda import line, name_of
from handlers.meetings.views.words import summary, titled, when
from handlers.message import Block, Message
from locales import Texts
from storage.models import Meeting, Member, Parked

AHEAD_SHOWN = 4
TIMERS = (5, 10, 15, 20, 25, 30)
CARD = "chair.card"


def card(
    course: MeetingCourse, now: datetime, t: Texts, *, parked: int, there: int | None, has_steps: bool = False
) -> Message:
    """Before, during and after."""
    meeting = course.meeting
    if course.sitting.ended_at is not None:
        said = t("The meeting is over: {meeting}.", meeting=summary(meeting, t))
        told = [said, t("What you did not reach is kept for the next meeting.")]
        return Message(said, [b.section("\n".join([*told, *_parked(parked, t)]))], card=CARD)
    if course.at is None:
        return _before(course, t, there, has_steps)
    return _during(course, course.at, now, t, [*_parked(parked, t), *_there(there, t)], has_steps)


def _before(course: MeetingCourse, t: Texts, there: int | None, has_steps: bool) -> Message:
    meeting = course.meeting
    said = t("You chair {meeting}.", meeting=titled(meeting, t))
    how = t(
        "Press *Begin* when you begin, also if it is late: the times follow. What I say about the time, only you get."
    )
    blocks: list[Block] = [b.section(f"{said}\n{how}")]
    blocks += [b.section(each) for each in paragraphs([line(each, t) for each in course.ahead])]
    blocks.append(
        b.actions(
            b.button(t("Begin"), Action.MEETING_BEGIN, meeting.id, style="primary"),
            b.button(t("Open check-in"), Action.MEETING_ADMIT, meeting.id),
            _beside(meeting, t, has_steps),
        )
    )
    blocks += [b.context(each) for each in _there(there, t)]
    return Message(t("You chair {meeting}.", meeting=summary(meeting, t)), blocks, card=CARD)


def _beside(meeting: Meeting, t: Texts, has_steps: bool) -> dict[str, Any]:
    """A meeting works with cases or with numbers."""
    if has_steps:
        return b.button(t("Step by step"), Action.MEETING_CASES, f"{meeting.id}:0")
    return b.button(t("Whose numbers are missing?"), Action.MEETING_MISSING, meeting.id)


def _during(
    course: MeetingCourse, at: AgendaEntry, now: datetime, t: Texts, more: Sequence[str], has_steps: bool
) -> Message:
    meeting = course.meeting
    now_at = t("Now: *{point}* until {time}", point=b.escape(name_of(at, t)), time=t.time(at.ends_at))
    blocks: list[Block] = [b.section(now_at), b.context(_end(course, t))]
    if course.ahead:
        ahead = [t("Then:"), *(line(each, t) for each in course.ahead[:AHEAD_SHOWN])]
        blocks += [b.section(each) for each in paragraphs(ahead)]
    until = course.sitting.timer_until
    if until is not None and until > now:
        blocks.append(b.context(t("The groups are back at {time}.", time=t.time(until))))
    blocks += [b.context(each) for each in more]
    place = f"{meeting.id}:{at.item_id}"
    label = t("Next point") if course.ahead else t("Done")
    blocks.append(
        b.actions(
            b.button(label, Action.MEETING_NEXT, place, style="primary"),
            b.button(t("5 minutes more"), Action.MEETING_MORE, f"{place}:{at.minutes}"),
            b.button(t("Park an objection"), Action.MEETING_PARK, meeting.id),
        )
    )
    blocks.append(
        b.actions(
            b.select(Action.MEETING_TIMER, timers(meeting, t), hint=t("Clock for groups")),
            b.button(t("Make groups"), Action.MEETING_GROUPS, meeting.id),
            b.button(t("Open check-in"), Action.MEETING_ADMIT, meeting.id),
            _beside(meeting, t, has_steps),
            b.button(t("End the meeting"), Action.MEETING_END, place, style="danger", confirm=_sure(t)),
        )
    )
    text = t("Now: {point} until {time}", point=b.escape(name_of(at, t)), time=t.time(at.ends_at))
    return Message(text, blocks, card=CARD)


def timers(meeting: Meeting, t: Texts) -> list[b.Option]:
    """How long groups can be given."""
    return [(f"{meeting.id}:{n}", t("{n} min.", n=t.number(n))) for n in TIMERS]


def _sure(t: Texts) -> dict[str, Any]:
    return b.confirmation(
        t("End the meeting?"), t("What you did not reach is kept for the next meeting."), t("End it"), t("Not yet")
    )


def _end(course: MeetingCourse, t: Texts) -> str:
    ends, late = t.time(course.ends_at), course.late
    if late > 0:
        return t.n(
            "As it goes, you end at {time}, {n} minute late.",
            "As it goes, you end at {time}, {n} minutes late.",
            late,
            time=ends,
        )
    if late < 0:
        return t("As it goes, you end at {time}.", time=ends)
    return t("As it goes, you end at {time}, as planned.", time=ends)


def _parked(parked: int, t: Texts) -> list[str]:
    return [t.n("{n} objection is parked.", "{n} objections are parked.", parked)] if parked else []


def _there(there: int | None, t: Texts) -> list[str]:
    """How many are noted, once that is open."""
    return [] if there is None else [t.n("{n} has checked in.", "{n} have checked in.", there)]


def passed_on(meeting: Meeting, t: Texts) -> Message:
    """What is left of the card of one who no longer chairs."""
    said = t("Somebody else chairs {meeting} now.", meeting=summary(meeting, t))
    return Message(said, [b.section(said)], card=CARD)


def called_off(meeting: Meeting, t: Texts) -> Message:
    """What is left of it when the meeting is off."""
    said = t("Cancelled: {meeting}.", meeting=summary(meeting, t))
    return Message(said, [b.section(f"~{said}~")], card=CARD)


def soon(at: AgendaEntry, minutes: int, t: Texts) -> Message:
    """Nearly over."""
    said = t.n(
        "{n} minute left of {point}.",
        "{n} minutes left of {point}.",
        minutes,
        point=f"*{b.escape(name_of(at, t))}*",
    )
    return Message(said)


def over(course: MeetingCourse, at: AgendaEntry, t: Texts) -> Message:
    """The time is up, and who pays if they go on."""
    said = t("The time of {point} is up.", point=f"*{b.escape(name_of(at, t))}*")
    if course.ahead:
        said += " " + t(
            "If you go on, it is taken from what comes: {point}.", point=b.escape(name_of(course.ahead[0], t))
        )
    place = f"{course.meeting.id}:{at.item_id}"
    label = t("Next point") if course.ahead else t("Done")
    return b.asking(
        said,
        b.button(label, Action.MEETING_NEXT, place, style="primary"),
        b.button(t("5 minutes more"), Action.MEETING_MORE, f"{place}:{at.minutes}"),
    )


def choice(
    meeting: Meeting, people: Sequence[Member], chosen: int | None, t: Texts, *, metadata: str
) -> dict[str, Any]:
    """Who is to chair."""
    choices = people_of(people)
    blocks: list[Block] = [
        b.section(titled(meeting, t)),
        b.entry(
            t("Who chairs?"),
            b.menu("chair", choices, chosen=str(chosen) if chosen else None, hint=t("Choose a member")),
            help_text=t(
                "Whoever it is gets a message at once, and a quarter of an hour before the meeting a card to steer it "
                "by. It need not be a coordinator."
            ),
        ),
    ]
    return b.form(View.CHAIR_CHOICE, t("Who chairs?"), t("Ask"), t("Cancel"), blocks, metadata)


def people_of(people: Sequence[Member]) -> list[b.Option]:
    """Members as choices."""
    return [(str(each.id), each.name) for each in people]


def park(t: Texts, *, metadata: str) -> dict[str, Any]:
    """What is said about the numbers, in a line."""
    blocks: list[Block] = [
        b.section(t("I keep it for the coordinators, who follow it up. The meeting goes on.")),
        b.entry(
            t("Validity: what is said?"),
            b.text_field("words", limit=LIMIT, hint=t("Our system counts former patients, too.")),
            help_text=t("Write no names, and nothing about patients."),
        ),
    ]
    return b.form(View.CHAIR_PARK, t("Park an objection"), t("Park it"), t("Cancel"), blocks, metadata)


def missing(meeting: Meeting, found: Sequence[tuple[str, Missing]], t: Texts, *, names: bool) -> dict[str, Any]:
    """Whose numbers are missing: by name for those who run the cluster, else how many."""
    blocks: list[Block] = [b.section(f"*{b.escape(meeting.title)}*\n{when(meeting, t)}")]
    if not found:
        blocks.append(b.section(t("No numbers are asked for that can still come to this meeting.")))
    for title, each in found:
        said = t(
            "{title}: {answered} of {total} practices have answered.",
            title=f"*{b.escape(title)}*",
            answered=t.number(each.answered),
            total=t.number(each.total),
        )
        lines = [said, *(f"• {b.escape(name)}" for name in each.practices)] if names else [said]
        blocks += [b.section(part) for part in paragraphs(lines)]
    if found:
        blocks.append(b.context(t("Numbers that come now are taken, and stand in the next charts that are sent.")))
    return b.window(View.CHAIR_MISSING, t("Missing numbers"), t("Close"), blocks[:100])


def parked(meeting: Meeting, found: Sequence[Parked], t: Texts) -> Message:
    """After the meeting, to those who run the cluster: what to follow up."""
    said = t("Parked at {meeting}, to be followed up. Only the coordinators see it.", meeting=titled(meeting, t))
    blocks: list[Block] = [b.section(said)]
    for each in found[:MOST]:
        words = f"• {b.escape(each.words)}"
        if each.settled_at is not None:
            blocks.append(b.section(f"~{words}~ ✔"))
        else:
            blocks.append(
                b.section(words, b.button(t("Followed up"), Action.MEETING_SETTLED, f"{meeting.id}:{each.id}"))
            )
    text = t("Parked at {meeting}, to be followed up. Only the coordinators see it.", meeting=summary(meeting, t))
    return Message(text, blocks, card="chair.parked")
