"""The cluster's log as its coordinators may read it: who did what, when, and about what (JUR-05)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from sqlalchemy import select

from storage.models import Agreement, Audit, Collected, Meeting, Member, Practice, Round, Submission
from storage.unit_of_work import Reading

ANSWERED = "meeting.answered"
Thing = Meeting | Round | Practice | Member
Row = TypeVar("Row", Meeting, Round, Practice, Member)


@dataclass(frozen=True)
class Entry:
    """One line. Without a who the program did it by itself; without an about the thing is gone, or is the cluster."""

    at: datetime
    what: str
    who: Member | None
    about: Thing | None


async def entries(state: Reading, cluster_id: int, whats: Sequence[str], *, most: int) -> list[Entry]:
    """The newest lines of these kinds, newest first. Members' own answers to an invitation stand on its card."""
    for_another = Audit.details["member"].as_integer() != Audit.actor_id
    rows = select(Audit).where(Audit.cluster_id == cluster_id, Audit.what.in_(whats))
    rows = rows.where((Audit.what != ANSWERED) | for_another)
    notes = (await state.session.execute(rows.order_by(Audit.at.desc(), Audit.id.desc()).limit(most))).scalars().all()
    actors = {note.actor_id for note in notes if note.actor_id is not None}
    people = await _by_id(state, Member, actors)
    things: dict[str, Thing] = {}
    by_kind: dict[str, set[int]] = {}
    for note in notes:
        kind, _, number = note.subject.partition(":")
        if number.isdecimal():
            by_kind.setdefault(kind, set()).add(int(number))
    for kind, ids in by_kind.items():
        things |= {f"{kind}:{key}": thing for key, thing in (await _of_kind(state, kind, ids)).items()}
    return [Entry(note.at, note.what, people.get(note.actor_id or 0), things.get(note.subject)) for note in notes]


async def _of_kind(state: Reading, kind: str, ids: set[int]) -> Mapping[int, Thing]:
    """Things by id; what was sent in is named by its practice, an agreement by its round."""
    if kind == "meeting":
        return await _by_id(state, Meeting, ids)
    if kind == "round":
        return await _by_id(state, Round, ids)
    if kind == "practice":
        return await _by_id(state, Practice, ids)
    if kind == "member":
        return await _by_id(state, Member, ids)
    if kind == "submission":
        sent = select(Submission.id, Practice).join(Practice, Practice.id == Submission.practice_id)
        return {row[0]: row[1] for row in await state.session.execute(sent.where(Submission.id.in_(ids)))}
    if kind == "agreement":
        agreed = select(Agreement.id, Round).join(Round, Round.id == Agreement.round_id)
        return {row[0]: row[1] for row in await state.session.execute(agreed.where(Agreement.id.in_(ids)))}
    if kind == "bundle":
        filed = select(Collected.id, Round).join(Round, Round.id == Collected.round_id)
        return {row[0]: row[1] for row in await state.session.execute(filed.where(Collected.id.in_(ids)))}
    return {}


async def _by_id(state: Reading, table: type[Row], ids: set[int]) -> dict[int, Row]:
    rows = await state.session.execute(select(table).where(table.id.in_(ids)))
    return {row.id: row for row in rows.scalars()}
