"""The agenda of a meeting as it stands: its points with their hours, what is wished, and what is wrong with the plan.

Made from a suggestion, edited point by point (``editing``); seen by all once it is shared.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from cluster.agendas import fitting, suggesting
from cluster.agendas.fitting import Warned
from cluster.errors import ClusterError
from cluster.packages import own_packages
from cluster.packages.lookup import package_of
from cluster.packages.own_packages import Offer
from measures.packages.package import Package
from storage.models import Agenda, AgendaItem, Meeting, Round
from storage.unit_of_work import Reading
from storage.words import ItemKind, ItemState, MeetingState, RoundState

SHOWN = (ItemState.PLANNED, ItemState.DONE)
ABOUT_NUMBERS = frozenset({"topic", "virtual", "evaluation"})


@dataclass(frozen=True)
class AgendaEntry:
    """One point by the clock."""

    item_id: int
    kind: ItemKind
    named: str
    """The name of a standard point, where it has no title of its own."""
    title: str
    speaker: str
    starts_at: datetime
    minutes: int
    state: ItemState

    @property
    def ends_at(self) -> datetime:
        """When the next one begins."""
        return self.starts_at + timedelta(minutes=self.minutes)


@dataclass(frozen=True)
class WholeAgenda:
    """Everything about a meeting's agenda, for those who run the cluster."""

    meeting: Meeting
    agenda: Agenda
    entries: list[AgendaEntry]
    wished: list[AgendaItem]
    warned: list[Warned]


def length_of(meeting: Meeting) -> int:
    """A meeting's minutes."""
    return int((meeting.ends_at - meeting.starts_at).total_seconds() // 60)


async def of_meeting(state: Reading, meeting: Meeting) -> Agenda | None:
    """A meeting's agenda, where it has one."""
    found: Agenda | None = await state.session.scalar(select(Agenda).where(Agenda.meeting_id == meeting.id))
    return found


async def get(state: Reading, meeting: Meeting) -> Agenda:
    """The same, or a friendly refusal."""
    found = await of_meeting(state, meeting)
    if found is None:
        raise ClusterError("agenda.none")
    return found


async def items(state: Reading, meeting: Meeting) -> Sequence[AgendaItem]:
    """Every point of a meeting, wished or planned, in order."""
    rows = select(AgendaItem).where(AgendaItem.meeting_id == meeting.id).order_by(AgendaItem.place, AgendaItem.id)
    return (await state.session.scalars(rows)).all()


async def item(state: Reading, meeting: Meeting, item_id: int) -> AgendaItem:
    """One point of this meeting, or a friendly refusal."""
    found = await find_item(state, meeting, item_id)
    if found is None:
        raise ClusterError("agenda.unknown_item")
    return found


async def find_item(state: Reading, meeting: Meeting, item_id: int) -> AgendaItem | None:
    """The same; None when there is none."""
    found = await state.session.get(AgendaItem, item_id)
    return found if found is not None and found.meeting_id == meeting.id else None


async def entries(state: Reading, meeting: Meeting) -> list[AgendaEntry]:
    """The points of a meeting by the clock; empty where it has no agenda."""
    return timed([each for each in await items(state, meeting) if each.state in SHOWN], meeting.starts_at)


def timed(points: Sequence[AgendaItem], begins: datetime) -> list[AgendaEntry]:
    """Points that follow each other from a moment on."""
    return [
        AgendaEntry(each.id, each.kind, each.named, each.title, each.speaker, at, each.minutes, each.state)
        for each, at in zip(points, fitting.starts(points, begins), strict=True)
    ]


async def shared(state: Reading, meeting: Meeting) -> list[AgendaEntry]:
    """The points that everybody who is invited may see; empty while it is not shared."""
    found = await of_meeting(state, meeting)
    return await entries(state, meeting) if found is not None and found.shared_at is not None else []


async def whole(state: Reading, meeting: Meeting) -> WholeAgenda:
    """Points, wishes and what is wrong with the plan."""
    agenda, found = await get(state, meeting), await items(state, meeting)
    planned = timed([each for each in found if each.state in SHOWN], meeting.starts_at)
    package = await package_for(state, meeting, agenda.package_id)
    needed = suggesting.data_needed(package)
    if not needed and meeting.kind in ABOUT_NUMBERS and any(each.kind is ItemKind.DATA for each in planned):
        needed = fitting.DATA
    warned = fitting.flaws(planned, length_of(meeting), data=needed, food=meeting.food)
    return WholeAgenda(meeting, agenda, planned, [each for each in found if each.state == ItemState.PROPOSED], warned)


async def package_for(state: Reading, meeting: Meeting, chosen: str = "") -> Package | None:
    """What a meeting is about: the package that was chosen for its agenda, else that of the numbers asked for it."""
    if chosen and (offer := await own_packages.about(state, meeting.cluster_id, chosen)) is not None:
        return offer.package
    rows = select(Round).where(
        Round.meeting_id == meeting.id, Round.state.not_in((RoundState.DRAFT, RoundState.CANCELLED))
    )
    asked = (await state.session.scalars(rows.order_by(Round.id.desc()).limit(1))).first()
    return package_of(asked) if asked is not None else None


async def chosen_for(state: Reading, meeting: Meeting, *, shared: bool = False) -> Offer | None:
    """The package that a meeting's agenda was made from, if one was chosen; ``shared``: and the agenda is shared."""
    agenda = await of_meeting(state, meeting)
    if agenda is None or not agenda.package_id or (shared and agenda.shared_at is None):
        return None
    return await own_packages.about(state, meeting.cluster_id, agenda.package_id)


async def left_over(state: Reading, meeting: Meeting, now: datetime) -> Sequence[AgendaItem]:
    """Points that earlier meetings of the cluster did not get to, or put off, and that no meeting has taken yet.

    A wish that nobody answered is one, and so is every wish for a meeting that was called off.
    """
    is_off = Meeting.state == MeetingState.CANCELLED
    unanswered = (AgendaItem.state == ItemState.PROPOSED) & (is_off | (Meeting.ends_at <= now))
    wished = (AgendaItem.state == ItemState.PLANNED) & AgendaItem.proposed_by.is_not(None) & is_off
    rows = (
        select(AgendaItem)
        .join(Meeting, Meeting.id == AgendaItem.meeting_id)
        .where(Meeting.cluster_id == meeting.cluster_id, Meeting.starts_at < meeting.starts_at)
        .where((AgendaItem.state == ItemState.LATER) | unanswered | wished)
        .order_by(AgendaItem.id)
    )
    return (await state.session.scalars(rows)).all()


def require_open(meeting: Meeting, now: datetime) -> None:
    """Refuse to change what nobody goes by any more."""
    if meeting.state == MeetingState.DRAFT:
        raise ClusterError("meeting.is_draft")
    if meeting.state == MeetingState.CANCELLED:
        raise ClusterError("meeting.is_cancelled")
    if meeting.ends_at <= now:
        raise ClusterError("agenda.over")
