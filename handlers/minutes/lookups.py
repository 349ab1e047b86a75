"""Looking up what a button, a form or an owed row says about minutes."""

from __future__ import annotations

from dataclasses import dataclass

from cluster.agendas import agendas
from cluster.errors import ClusterError
from cluster.members import members
from cluster.minutes import writing
from cluster.minutes.writing import MinutesText
from handlers.acting import actor
from handlers.meetings.views.agenda import name_of
from handlers.turn import Turn
from locales import Texts
from storage.models import Meeting, Member, Minutes
from storage.unit_of_work import Reading
from storage.words import ItemKind, Role

UNWRITTEN = frozenset({ItemKind.BREAK, ItemKind.FOOD, ItemKind.SOCIAL, ItemKind.WELCOME})
"""Points of an agenda of which nothing is written."""


@dataclass(frozen=True)
class Acted:
    """A meeting, its minutes as far as there are any, and who acts."""

    meeting: Meeting
    row: Minutes | None
    by: Member

    @property
    def sequence(self) -> int:
        """What of the minutes is seen."""
        return self.row.sequence if self.row is not None else 0


async def acted(state: Reading, turn: Turn, meeting_id: int) -> Acted:
    """Who acts on a meeting of their own cluster."""
    meeting = await writing.meeting_with_minutes(state, meeting_id)
    by = await actor(state, turn, meeting.cluster_id)
    return Acted(meeting, await writing.of_meeting(state, meeting.id), by)


async def read(state: Reading, turn: Turn, meeting_id: int) -> Acted:
    """The same for who may read minutes: not who only looks on."""
    found = await acted(state, turn, meeting_id)
    require_reader(found.by)
    return found


def require_reader(member: Member) -> None:
    """A friendly refusal to who only looks on."""
    if member.role == Role.OBSERVER:
        raise ClusterError("minutes.members_only")


async def begun(state: Reading, found: Acted, t: Texts) -> MinutesText:
    """What is written; where nothing is yet, the agenda's points as headings to write under."""
    if found.row is not None and found.row.sequence:
        return writing.written_of(found.row)
    entries = await agendas.shared(state, found.meeting)
    heads = [f"{name_of(each, t)}:" for each in entries if each.kind not in UNWRITTEN]
    return MinutesText(points="\n\n".join(heads)[: writing.LIMIT])


async def name(state: Reading, member_id: int | None) -> str:
    """What somebody is called; nothing where nobody is meant."""
    found = await members.find(state, member_id)
    return found.name if found is not None else ""
