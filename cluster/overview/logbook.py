"""The cluster's log as its coordinators may read it: who did what, when, and about what (JUR-05)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from cluster import subjects
from storage.models import Audit, Member
from storage.unit_of_work import Reading

ANSWERED = "meeting.answered"


@dataclass(frozen=True)
class Entry:
    """One line. Without a who the program did it by itself; without an about the thing is gone, or is the cluster."""

    at: datetime
    what: str
    who: Member | None
    about: subjects.Named | None


async def entries(state: Reading, cluster_id: int, whats: Sequence[str], *, most: int) -> list[Entry]:
    """The newest lines of these kinds, newest first. Members' own answers to an invitation stand on its card."""
    for_another = Audit.details["member"].as_integer() != Audit.actor_id
    rows = select(Audit).where(Audit.cluster_id == cluster_id, Audit.what.in_(whats))
    rows = rows.where((Audit.what != ANSWERED) | for_another)
    notes = (await state.session.execute(rows.order_by(Audit.at.desc(), Audit.id.desc()).limit(most))).scalars().all()
    actors = {note.actor_id for note in notes if note.actor_id is not None}
    rows_of_people = await state.session.scalars(select(Member).where(Member.id.in_(actors)))
    people = {person.id: person for person in rows_of_people}
    things = await subjects.named(state, {note.subject for note in notes})
    return [Entry(note.at, note.what, people.get(note.actor_id or 0), things.get(note.subject)) for note in notes]
