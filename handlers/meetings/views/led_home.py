"""What the page of those who run a cluster says of its meetings: the next ones with their doors, and all of them."""

from __future__ import annotations

from typing import Any

from cluster.overview.leading import Gathering
from cluster.overview.next_things import NextThing, Thing
from handlers import blocks as b
from handlers.at_home import AtHome, all_button
from handlers.meetings.ids import Action
from handlers.meetings.views.meetings import desk_buttons
from handlers.meetings.views.words import counts, titled
from handlers.message import Block

ALL = 54
"""The place of the meetings among the pieces of the page."""
AHEAD_SHOWN = 2
BEHIND_SHOWN = 40


def meetings_ahead(at: AtHome) -> list[Block]:
    """The next meetings: how many have answered, and what can be done."""
    lead = at.part.lead
    if lead is None:
        return []
    blocks = [block for each in lead.ahead[:AHEAD_SHOWN] for block in _ahead(each, at)]
    shown, all_ = min(len(lead.ahead), AHEAD_SHOWN), len(lead.ahead) + len(lead.behind)
    if all_ > shown:
        blocks.append(b.actions(all_button(at, ALL, at.t("All meetings ({n})", n=all_))))
    return blocks


def all_meetings(at: AtHome) -> list[Block]:
    """Those ahead, and those of the last year, the newest first."""
    lead, t = at.part.lead, at.t
    if lead is None:
        return []
    blocks = [b.header(t("Ahead")), *(block for each in lead.ahead for block in _ahead(each, at))]
    if not lead.ahead:
        blocks.append(b.section(t("No meeting is planned."), _plan(at)))
    if lead.behind:
        blocks.append(b.header(t("The last year")))
    return [*blocks, *(block for each in lead.behind[:BEHIND_SHOWN] for block in _behind(each, at))]


def _ahead(each: Gathering, at: AtHome) -> list[Block]:
    said = f"{titled(each.meeting, at.t)}\n{counts(each.answers, at.t)}"
    return [b.section(said), b.actions(*desk_buttons(each.meeting, at.t, at.now))]


def _behind(each: Gathering, at: AtHome) -> list[Block]:
    t, meeting = at.t, each.meeting
    buttons = [b.button(t("See who"), Action.MEETING_WHO, meeting.id)]
    if at.part.rules.attendance_registered:
        label = t("Go through the list") if meeting.attendance_closed_at is None else t("Correct the list")
        buttons.append(b.button(label, Action.MEETING_ATTENDANCE, meeting.id))
    return [b.section(titled(meeting, t)), b.actions(*buttons)]


def _plan(at: AtHome) -> dict[str, Any]:
    return b.button(at.t("Plan a meeting"), Action.CLUSTER_MEETING, at.part.cluster.id)


def _named(thing: Thing, at: AtHome) -> str | None:
    found = at.part.lead.gathering(thing.about) if at.part.lead else None
    return titled(found.meeting, at.t) if found is not None else None


def to_note(thing: Thing, at: AtHome) -> tuple[str, Block] | None:
    """Who was there is not noted."""
    if (meeting := _named(thing, at)) is None:
        return None
    said = at.t("Who came? It is not noted yet: {meeting}.", meeting=meeting)
    return said, b.button(at.t("Go through the list"), Action.MEETING_ATTENDANCE, thing.about)


def to_remind(thing: Thing, at: AtHome) -> tuple[str, Block] | None:
    """Some have not answered, and the time to answer is nearly over."""
    if (meeting := _named(thing, at)) is None:
        return None
    said = at.t.n(
        "{n} has not answered about {meeting}.", "{n} have not answered about {meeting}.", thing.count, meeting=meeting
    )
    return said, b.button(at.t("Remind now"), Action.MEETING_REMIND, thing.about)


def to_call(thing: Thing, at: AtHome) -> tuple[str, Block] | None:
    """Some did not answer in time."""
    if (meeting := _named(thing, at)) is None:
        return None
    said = at.t.n(
        "{n} did not answer in time about {meeting}. A call does more than a reminder.",
        "{n} did not answer in time about {meeting}. A call does more than a reminder.",
        thing.count,
        meeting=meeting,
    )
    return said, b.button(at.t("See who"), Action.MEETING_WHO, thing.about)


def to_plan(_: Thing, at: AtHome) -> tuple[str, Block]:
    """No meeting is ahead."""
    return at.t("No meeting is planned."), _plan(at)


THINGS = {
    NextThing.ATTENDANCE: to_note,
    NextThing.ANSWERS: to_remind,
    NextThing.SILENT: to_call,
    NextThing.MEETING: to_plan,
}
