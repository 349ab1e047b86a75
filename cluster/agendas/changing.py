"""What every change of an agenda is made of: held, remembered so that it can be put back, and shown where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select

from cluster import audit, undoing
from cluster.agendas import agendas
from cluster.agendas.agendas import SHOWN
from cluster.agendas.room import Kinds
from cluster.errors import ClusterError
from cluster.meetings.cards import desk_holders, refresh_all
from cluster.meetings.meetings import hold
from cluster.notices import ANSWER, refresh, refresh_cards
from cluster.subjects import MEETING
from storage.models import Agenda, AgendaItem, Cluster, Meeting, Member
from storage.unit_of_work import Reading, UnitOfWork
from storage.words import ItemState

CHANGED = "agenda.changed"
"""What is remembered of it, to be put back."""
COLUMNS = ("kind", "named", "title", "minutes", "speaker", "state", "proposed_by", "carried_from")


async def begin(uow: UnitOfWork, meeting: Meeting, now: datetime) -> None:
    """Have a meeting to ourselves, where its agenda may still be changed."""
    await hold(uow, meeting)
    agendas.require_open(meeting, now)


async def opened(uow: UnitOfWork, meeting: Meeting, now: datetime) -> Agenda:
    """The same, with the agenda that it has."""
    await begin(uow, meeting, now)
    return await agendas.get(uow, meeting)


async def planned_of(state: Reading, meeting: Meeting) -> list[AgendaItem]:
    """The points that are on the agenda, in order."""
    return [each for each in await agendas.items(state, meeting) if each.state in SHOWN]


async def last_place(state: Reading, meeting: Meeting) -> int:
    """Behind everything that is there."""
    rows = select(func.max(AgendaItem.place)).where(AgendaItem.meeting_id == meeting.id)
    return int(await state.session.scalar(rows) or 0) + 1


async def number(uow: UnitOfWork, planned: Sequence[AgendaItem]) -> None:
    """Let the points stand in this order."""
    for place, each in enumerate(planned):
        each.place = place
    await uow.session.flush()


async def changed(
    uow: UnitOfWork, meeting: Meeting, agenda: Agenda | None, was: undoing.Values, *, by: Member, now: datetime
) -> None:
    """Remember what it was, note who changed it, and let it be seen."""
    await uow.session.flush()
    subject, became = MEETING.about(meeting.id), await snapshot(uow, meeting)
    await undoing.remember(uow, CHANGED, subject, by=by.id, was=was, became=became, now=now)
    audit.note(uow, CHANGED, subject, now=now, actor_id=by.id, cluster_id=meeting.cluster_id)
    await show(uow, meeting, agenda, now=now)


async def show(uow: UnitOfWork, meeting: Meeting, agenda: Agenda | None, *, now: datetime) -> None:
    """Let what shows it show it as it is: the desks, and once it is shared the channel, invitations and pages."""
    subject = MEETING.about(meeting.id)
    for leader in await desk_holders(uow, meeting):
        await refresh(
            uow,
            Kinds.AGENDA_DESK,
            subject=subject,
            now=now,
            member_id=leader.id,
            cluster_id=meeting.cluster_id,
            urgency=ANSWER,
        )
    await refresh_cards(uow, "chair.card", subject=subject, now=now)
    if agenda is not None and agenda.shared_at is not None:
        cluster = await uow.session.get_one(Cluster, meeting.cluster_id)
        place = cluster.channel_id
        await refresh(
            uow, Kinds.AGENDA_CHANNEL, subject=subject, now=now, channel_id=place, cluster_id=meeting.cluster_id
        )
        await refresh_all(uow, meeting, now=now)


async def snapshot(state: Reading, meeting: Meeting) -> dict[str, Any]:
    """The points as they stand, in JSON."""
    found = await agendas.items(state, meeting)
    return {"items": [{"id": each.id} | {name: getattr(each, name) for name in COLUMNS} for each in found]}


async def put_back(uow: UnitOfWork, meeting: Meeting, was: undoing.Values, *, by: Member, now: datetime) -> None:
    """The points as they were."""
    await begin(uow, meeting, now)
    agenda, became = await agendas.of_meeting(uow, meeting), await snapshot(uow, meeting)
    there = {each.id: each for each in await agendas.items(uow, meeting)}
    before = {int(each["id"]) for each in was["items"]}
    await uow.session.execute(delete(AgendaItem).where(AgendaItem.id.in_(there.keys() - before)))
    for place, kept in enumerate(was["items"]):
        row = there.get(int(kept["id"])) or AgendaItem(meeting_id=meeting.id)
        for name in COLUMNS:
            setattr(row, name, kept[name])
        row.place = place
        uow.session.add(row)
    await changed(uow, meeting, agenda, became, by=by, now=now)


def require_planned(item: AgendaItem) -> None:
    """Refuse what is not on the agenda."""
    if item.state not in SHOWN:
        raise ClusterError("agenda.unknown_item")


def require_wished(item: AgendaItem) -> None:
    """Refuse what is no open wish any more."""
    if item.state != ItemState.PROPOSED:
        raise ClusterError("agenda.settled")
