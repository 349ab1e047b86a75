"""A meeting as it takes place: who may steer it, which point it is at, and when it will end as it goes now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from cluster.agendas import agendas
from cluster.agendas.agendas import AgendaEntry
from cluster.chairing.room import Kinds
from cluster.errors import ClusterError
from cluster.meetings.meetings import hold
from cluster.members import members
from cluster.notices import ANSWER, owe, refresh_cards
from cluster.subjects import MEETING
from storage.models import Meeting, Member, Sitting
from storage.unit_of_work import Reading, UnitOfWork
from storage.words import ItemState, MeetingState

EARLY, LATE = timedelta(hours=1), timedelta(hours=3)
"""How long before and after its hours a meeting can be steered."""


@dataclass(frozen=True)
class MeetingCourse:
    """How a meeting goes: the point it is at, what is still to come by the clock, and when it ends like that."""

    meeting: Meeting
    sitting: Sitting
    at: AgendaEntry | None
    """The point they are at, with the hours that it has now."""
    ahead: list[AgendaEntry]
    ends_at: datetime

    @property
    def is_on(self) -> bool:
        """Whether it has begun and is not over."""
        return self.sitting.begun_at is not None and self.sitting.ended_at is None

    @property
    def late(self) -> int:
        """Minutes later than planned that it will end; fewer than none when it ends early."""
        return int((self.ends_at - self.meeting.ends_at).total_seconds() // 60)


async def of_meeting(state: Reading, meeting: Meeting) -> Sitting | None:
    """How a meeting stands; None when nobody was asked to chair it and nobody has begun."""
    rows = select(Sitting).where(Sitting.meeting_id == meeting.id).execution_options(populate_existing=True)
    found: Sitting | None = await state.session.scalar(rows)
    return found


def nobody(meeting: Meeting) -> Sitting:
    """How a meeting stands that nobody has begun or was asked to chair; not kept."""
    return Sitting(meeting_id=meeting.id, item_minutes=0)


async def steerable(state: Reading, cluster_id: int, now: datetime) -> Sequence[Meeting]:
    """The meetings of a cluster that are on or ahead, the nearest first."""
    rows = select(Meeting).where(Meeting.cluster_id == cluster_id, Meeting.state == MeetingState.PLANNED)
    return (await state.session.scalars(rows.where(Meeting.ends_at > now - LATE).order_by(Meeting.starts_at))).all()


async def opened(uow: UnitOfWork, meeting: Meeting) -> Sitting:
    """The same to be changed, made where there is none."""
    await hold(uow, meeting)
    found = await of_meeting(uow, meeting)
    if found is None:
        found = Sitting(meeting_id=meeting.id)
        uow.session.add(found)
        await uow.session.flush()
    return found


async def course(state: Reading, meeting: Meeting, sitting: Sitting, now: datetime) -> MeetingCourse:
    """How it goes at a moment: a point that runs over pushes the others."""
    planned = [each for each in await agendas.items(state, meeting) if each.state == ItemState.PLANNED]
    current = next((each for each in planned if each.id == sitting.item_id), None)
    if current is None or sitting.item_since is None:
        ahead = agendas.timed(planned, meeting.starts_at)
        return MeetingCourse(meeting, sitting, None, ahead, ahead[-1].ends_at if ahead else meeting.ends_at)
    [at] = agendas.timed([current], sitting.item_since)
    at = AgendaEntry(**(vars(at) | {"minutes": sitting.item_minutes}))
    rest = [each for each in planned if each.id != current.id and each.place >= current.place]
    ahead = agendas.timed(rest, max(at.ends_at, now))
    return MeetingCourse(meeting, sitting, at, ahead, ahead[-1].ends_at if ahead else max(at.ends_at, now))


def may_steer(sitting: Sitting | None, member: Member) -> bool:
    """Whoever was asked to chair, and those who run the cluster."""
    return member.active and (member.role in members.LEADERS or (sitting is not None and sitting.chair_id == member.id))


def require_hour(meeting: Meeting, now: datetime) -> None:
    """Refuse to steer what is off, or long over, or far ahead."""
    if meeting.state == MeetingState.CANCELLED:
        raise ClusterError("meeting.is_cancelled")
    if meeting.state == MeetingState.DRAFT:
        raise ClusterError("meeting.is_draft")
    if now < meeting.starts_at - EARLY:
        raise ClusterError("chair.too_early")
    if now > meeting.ends_at + LATE:
        raise ClusterError("chair.too_late")


async def ready(uow: UnitOfWork, meeting: Meeting, *, now: datetime) -> None:
    """Shortly before a meeting that has an agenda: the card to whoever chairs, else to those who run the cluster."""
    if meeting.state != MeetingState.PLANNED or not await agendas.entries(uow, meeting):
        return
    sitting = await of_meeting(uow, meeting)
    chair = await members.find(uow, sitting.chair_id) if sitting is not None and sitting.chair_id else None
    if chair is not None and chair.active:
        await hand_card(uow, meeting, chair, now=now)
        return
    for leader in await members.coordinators(uow, meeting.cluster_id):
        await hand_card(uow, meeting, leader, now=now)


async def hand_card(uow: UnitOfWork, meeting: Meeting, to: Member, *, now: datetime) -> None:
    """Owe somebody the card that the meeting is steered by, once for each plan of it."""
    key = f"chair_card:{meeting.id}:{meeting.sequence}:{to.id}"
    await tell(uow, meeting, Kinds.CHAIR_CARD, to, key=key, now=now)


async def show(uow: UnitOfWork, meeting: Meeting, *, now: datetime) -> None:
    """Let every card show how it goes."""
    await refresh_cards(uow, Kinds.CHAIR_CARD, subject=MEETING.about(meeting.id), now=now)


async def tell(uow: UnitOfWork, meeting: Meeting, kind: str, to: Member, *, key: str, now: datetime) -> None:
    """Owe somebody something about how a meeting goes."""
    await owe(
        uow,
        kind,
        key=key,
        now=now,
        member_id=to.id,
        cluster_id=meeting.cluster_id,
        subject=MEETING.about(meeting.id),
        urgency=ANSWER,
    )
