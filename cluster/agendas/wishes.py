"""Everybody may wish for a point: those who run the cluster take it, or keep it for the next meeting."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select

from cluster.agendas import agendas, changing, editing
from cluster.agendas.editing import MOST, WrittenPoint, checked, place_for
from cluster.agendas.room import Kinds
from cluster.errors import ClusterError
from cluster.meetings.cards import desk_holders
from cluster.members import members
from cluster.notices import owe, owe_each
from cluster.subjects import MEETING
from storage.models import AgendaItem, Meeting, Member
from storage.unit_of_work import UnitOfWork
from storage.words import ItemState

WISHES_EACH = 5
"""Open wishes of one member for one meeting."""


async def wish(uow: UnitOfWork, meeting: Meeting, title: str, *, by: Member, now: datetime) -> AgendaItem:
    """A member would like to talk about something: those who run the cluster are asked."""
    await changing.begin(uow, meeting, now)
    rows = select(func.count()).select_from(AgendaItem).where(AgendaItem.meeting_id == meeting.id)
    open_ones = rows.where(AgendaItem.proposed_by == by.id, AgendaItem.state == ItemState.PROPOSED)
    if int(await uow.session.scalar(open_ones) or 0) >= WISHES_EACH:
        raise ClusterError("agenda.enough_wishes")
    written = checked(WrittenPoint(title))
    made = AgendaItem(
        meeting_id=meeting.id,
        place=await changing.last_place(uow, meeting),
        state=ItemState.PROPOSED,
        proposed_by=by.id,
        **written,
    )
    uow.session.add(made)
    await uow.session.flush()
    subject = MEETING.about(meeting.id)
    others = [each for each in await desk_holders(uow, meeting) if each.id != by.id]
    await owe_each(
        uow,
        Kinds.AGENDA_WISH,
        others,
        key=f"wish:{made.id}:{int(now.timestamp())}",
        now=now,
        cluster_id=meeting.cluster_id,
        subject=subject,
        item=made.id,
    )
    await changing.show(uow, meeting, None, now=now)
    return made


async def take(uow: UnitOfWork, meeting: Meeting, item: AgendaItem, *, by: Member, now: datetime, lang: str) -> bool:
    """Put a wish on the agenda and tell who wished it; False when that is done."""
    if item.state == ItemState.PLANNED:
        return False
    changing.require_wished(item)
    agenda = await editing.make(uow, meeting, by=by, now=now, lang=lang)
    was, planned = await changing.snapshot(uow, meeting), await changing.planned_of(uow, meeting)
    if len(planned) >= MOST:
        raise ClusterError("agenda.full")
    item.state = ItemState.PLANNED
    planned.insert(place_for(planned, None), item)
    await changing.number(uow, planned)
    await changing.changed(uow, meeting, agenda, was, by=by, now=now)
    await _settle(uow, meeting, item, by=by, now=now)
    return True


async def decline(uow: UnitOfWork, meeting: Meeting, item: AgendaItem, *, by: Member, now: datetime) -> None:
    """A wish is kept for the next meeting, and who wished it is told."""
    await changing.begin(uow, meeting, now)
    changing.require_wished(item)
    was = await changing.snapshot(uow, meeting)
    item.state = ItemState.LATER
    agenda = await agendas.of_meeting(uow, meeting)
    await changing.changed(uow, meeting, agenda, was, by=by, now=now)
    await _settle(uow, meeting, item, by=by, now=now)


async def _settle(uow: UnitOfWork, meeting: Meeting, item: AgendaItem, *, by: Member, now: datetime) -> None:
    """Tell whoever wished a point what became of it."""
    wisher = await members.find(uow, item.proposed_by) if item.proposed_by else None
    if wisher is None or wisher.id == by.id or not wisher.active:
        return
    await owe(
        uow,
        Kinds.AGENDA_SETTLED,
        key=f"wish_settled:{item.id}:{int(now.timestamp())}",
        now=now,
        member_id=wisher.id,
        cluster_id=meeting.cluster_id,
        subject=MEETING.about(meeting.id),
        item=item.id,
    )
