"""What the start page says of the next meeting's agenda."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from handlers import blocks as b
from handlers.agendas.views.agenda import wish_button
from handlers.at_home import AtHome
from handlers.meetings.ids import Action as MeetingAction
from handlers.meetings.views.agenda import agenda_sections
from handlers.meetings.views.words import titled
from handlers.message import Block
from storage.models import Agenda, Meeting

EARLY = timedelta(days=10)
"""Before a meeting: until then nobody needs to be told that its agenda is not made."""


@dataclass(frozen=True)
class LedAgenda:
    """The next meeting, its agenda where it has one, and how many wishes wait."""

    meeting: Meeting
    agenda: Agenda | None
    wished: int


def next_agenda(at: AtHome) -> list[Block]:
    """The points, once they are shared, and the way to wish for one."""
    if not at.part.meetings or not isinstance(at.found, list) or not at.found:
        return []
    lines = agenda_sections(at.found, at.t)
    return [*map(b.section, lines), b.actions(wish_button(at.part.meetings[0][0], at.t))]


def led_agenda(at: AtHome) -> list[Block]:
    """Whether the next meeting has one that all have seen, and what is wished."""
    if not isinstance(at.found, LedAgenda):
        return []
    t, meeting, agenda, wished = at.t, at.found.meeting, at.found.agenda, at.found.wished
    if agenda is None and not wished and meeting.starts_at - at.now > EARLY:
        return []  # the meeting's own buttons stand right above
    if agenda is None:
        said = t("There is no agenda for {meeting} yet.", meeting=titled(meeting, t))
    elif agenda.shared_at is None:
        said = t("The agenda of {meeting} is not shared yet.", meeting=titled(meeting, t))
    elif wished:
        said = t("The agenda of {meeting} is shared.", meeting=titled(meeting, t))
    else:
        return []
    if wished:
        said += " " + t.n("{n} wish waits for your answer.", "{n} wishes wait for your answer.", wished)
    label = t("Make an agenda") if agenda is None else t("Work on the agenda")
    return [b.section(said, b.button(label, MeetingAction.MEETING_AGENDA, meeting.id))]
