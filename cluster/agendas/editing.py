"""An agenda is suggested, changed point by point, wished for, shared. Every change can be put back for ten minutes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cluster import audit
from cluster.agendas import agendas, changing, fitting, suggesting
from cluster.agendas.agendas import SHOWN
from cluster.agendas.room import Kinds
from cluster.errors import ClusterError
from cluster.notices import owe
from cluster.subjects import MEETING
from storage.models import Agenda, AgendaItem, Cluster, Meeting, Member
from storage.unit_of_work import UnitOfWork
from storage.words import ItemKind, ItemState

TITLE_LIMIT, SPEAKER_LIMIT = 150, 100
MOST = 25
"""Points of one agenda: more are no agenda, and a message of Slack holds no more."""
USUAL = 10
"""Minutes of a point for which nobody said any."""


@dataclass(frozen=True)
class WrittenPoint:
    """A point as somebody writes it."""

    title: str
    kind: ItemKind = ItemKind.POINT
    minutes: int = USUAL
    speaker: str = ""


async def make(
    uow: UnitOfWork, meeting: Meeting, *, by: Member, now: datetime, lang: str, package_id: str = ""
) -> Agenda:
    """Suggest an agenda, once; what earlier meetings left over is wished again. Nobody else hears of it."""
    await changing.begin(uow, meeting, now)
    if (found := await agendas.of_meeting(uow, meeting)) is not None:
        return found
    agenda = Agenda(meeting_id=meeting.id, package_id=package_id, made_at=now, made_by=by.id)
    uow.session.add(agenda)
    await _suggest(uow, meeting, package_id, lang)
    for left in await agendas.left_over(uow, meeting, now):
        left.state = ItemState.CARRIED
        kept = {name: getattr(left, name) for name in changing.COLUMNS}
        again = AgendaItem(meeting_id=meeting.id, place=await changing.last_place(uow, meeting), **kept)
        again.state, again.carried_from = ItemState.PROPOSED, left.id
        uow.session.add(again)
        await uow.session.flush()
    subject = MEETING.about(meeting.id)
    audit.note(uow, "agenda.made", subject, now=now, actor_id=by.id, cluster_id=meeting.cluster_id)
    return agenda


async def suggest_again(
    uow: UnitOfWork, meeting: Meeting, *, by: Member, now: datetime, lang: str, package_id: str
) -> None:
    """Instead of the points that are planned, those of a package, or of the kind of meeting."""
    agenda = await changing.opened(uow, meeting, now)
    was = await changing.snapshot(uow, meeting)
    for each in await agendas.items(uow, meeting):
        if each.state in SHOWN:
            await uow.session.delete(each)
    await uow.session.flush()
    agenda.package_id = package_id
    await _suggest(uow, meeting, package_id, lang)
    await changing.changed(uow, meeting, agenda, was, by=by, now=now)


async def _suggest(uow: UnitOfWork, meeting: Meeting, package_id: str, lang: str) -> None:
    package = await agendas.package_for(uow, meeting, package_id)
    minutes = agendas.length_of(meeting)
    points = suggesting.suggest(meeting.kind, package, minutes=minutes, food=meeting.food, lang=lang)
    for place, each in enumerate(points):
        uow.session.add(AgendaItem(meeting_id=meeting.id, place=place, **vars(each)))
    await uow.session.flush()


async def add(
    uow: UnitOfWork, meeting: Meeting, point: WrittenPoint, *, by: Member, now: datetime, after: int | None = None
) -> AgendaItem:
    """Put a point on the agenda: after another, else before the food that ends the evening."""
    agenda = await changing.opened(uow, meeting, now)
    was = await changing.snapshot(uow, meeting)
    made = AgendaItem(meeting_id=meeting.id, place=0, state=ItemState.PLANNED, **checked(point))
    planned = await changing.planned_of(uow, meeting)
    if len(planned) >= MOST:
        raise ClusterError("agenda.full")
    planned.insert(place_for(planned, after), made)
    uow.session.add(made)
    await changing.number(uow, planned)
    await changing.changed(uow, meeting, agenda, was, by=by, now=now)
    return made


def place_for(planned: Sequence[AgendaItem], after: int | None) -> int:
    """Where a point goes: after another, else before what ends the evening."""
    if after is not None:
        return 1 + next((i for i, each in enumerate(planned) if each.id == after), -1)
    place = len(planned)
    while place and planned[place - 1].kind in {ItemKind.FOOD, ItemKind.SOCIAL}:
        place -= 1
    return place


async def rewrite(
    uow: UnitOfWork,
    meeting: Meeting,
    item: AgendaItem,
    point: WrittenPoint,
    *,
    by: Member,
    now: datetime,
    after: int | None = None,
    moves: bool = False,
) -> None:
    """What a point is called, how long it takes, who speaks; with ``moves`` also where it stands."""
    agenda = await changing.opened(uow, meeting, now)
    changing.require_planned(item)
    was = await changing.snapshot(uow, meeting)
    written = checked(point, has_name=bool(item.named))
    if item.named and not written["title"]:
        written["kind"] = item.kind
    else:
        item.named = "" if written["title"] else item.named
    for name, value in written.items():
        setattr(item, name, value)
    if moves and after != item.id:
        others = [each for each in await changing.planned_of(uow, meeting) if each is not item]
        others.insert(0 if after is None else place_for(others, after), item)
        await changing.number(uow, others)
    await changing.changed(uow, meeting, agenda, was, by=by, now=now)


async def move(uow: UnitOfWork, meeting: Meeting, item: AgendaItem, place: int, *, by: Member, now: datetime) -> None:
    """Put a point at a place, the first being 0."""
    await _change(uow, meeting, item, by=by, now=now, order=lambda rest: rest.insert(place, item))


async def lengthen(
    uow: UnitOfWork, meeting: Meeting, item: AgendaItem, minutes: int, *, by: Member, now: datetime
) -> None:
    """Give a point so many minutes."""
    _require_length(minutes)

    def set_length() -> None:
        item.minutes = minutes

    await _change(uow, meeting, item, by=by, now=now, write=set_length)


async def remove(uow: UnitOfWork, meeting: Meeting, item: AgendaItem, *, by: Member, now: datetime) -> None:
    """Take a point off the agenda."""
    agenda = await changing.opened(uow, meeting, now)
    changing.require_planned(item)
    was = await changing.snapshot(uow, meeting)
    await uow.session.delete(item)
    await uow.session.flush()
    await changing.changed(uow, meeting, agenda, was, by=by, now=now)


async def put_off(uow: UnitOfWork, meeting: Meeting, item: AgendaItem, *, by: Member, now: datetime) -> None:
    """Keep a point for the next meeting."""

    def later() -> None:
        item.state = ItemState.LATER

    await _change(uow, meeting, item, by=by, now=now, write=later)


async def fit(uow: UnitOfWork, meeting: Meeting, *, by: Member, now: datetime) -> None:
    """Make the points as long as the meeting has room for; the numbers keep their time."""
    agenda = await changing.opened(uow, meeting, now)
    was, planned = await changing.snapshot(uow, meeting), await changing.planned_of(uow, meeting)
    for each, minutes in zip(planned, fitting.fit(planned, agendas.length_of(meeting)), strict=True):
        each.minutes = minutes
    await changing.changed(uow, meeting, agenda, was, by=by, now=now)


async def share(uow: UnitOfWork, meeting: Meeting, *, by: Member, now: datetime) -> bool:
    """Let everybody invited see it: on the invitation, the start page, and in one message in the channel, which are
    edited when it changes. False when it is shared already."""
    agenda = await changing.opened(uow, meeting, now)
    if agenda.shared_at is not None:
        return False
    agenda.shared_at = now
    cluster = await uow.session.get_one(Cluster, meeting.cluster_id)
    await owe(
        uow,
        Kinds.AGENDA_CHANNEL,
        key=f"agenda:{meeting.id}",
        now=now,
        channel_id=cluster.channel_id,
        cluster_id=cluster.id,
        subject=MEETING.about(meeting.id),
    )
    subject = MEETING.about(meeting.id)
    audit.note(uow, "agenda.shared", subject, now=now, actor_id=by.id, cluster_id=meeting.cluster_id)
    await changing.show(uow, meeting, agenda, now=now)
    return True


async def _change(
    uow: UnitOfWork,
    meeting: Meeting,
    item: AgendaItem,
    *,
    by: Member,
    now: datetime,
    write: Callable[[], None] = lambda: None,
    order: Callable[[list[AgendaItem]], None] | None = None,
) -> None:
    agenda = await changing.opened(uow, meeting, now)
    changing.require_planned(item)
    was = await changing.snapshot(uow, meeting)
    write()
    if order is not None:
        rest = [each for each in await changing.planned_of(uow, meeting) if each is not item]
        order(rest)
        await changing.number(uow, rest)
    await changing.changed(uow, meeting, agenda, was, by=by, now=now)


def checked(point: WrittenPoint, *, has_name: bool = False) -> dict[str, Any]:
    """A point's columns, or a friendly refusal."""
    _require_length(point.minutes)
    title = " ".join(point.title.split())[:TITLE_LIMIT]
    speaker = " ".join(point.speaker.split())[:SPEAKER_LIMIT]
    if not title and not has_name:
        raise ClusterError("agenda.title_missing", field="title")
    return {"title": title, "kind": point.kind, "minutes": point.minutes, "speaker": speaker}


def _require_length(minutes: int) -> None:
    if not 1 <= minutes <= fitting.LONGEST:
        raise ClusterError("agenda.minutes", field="minutes")
