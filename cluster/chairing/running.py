"""Begin, next, five minutes more, done. A person goes on, the clock only tells; an old button does nothing.

What the chair is told is owed for the minute at which it matters, and taken back when they go on before it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from cluster import audit, undoing
from cluster.agendas import agendas, changing
from cluster.chairing import sittings
from cluster.chairing.room import Kinds
from cluster.errors import ClusterError
from cluster.members import members
from cluster.notices import ANSWER, owe, owe_each, take_back
from cluster.subjects import MEETING
from storage.models import AgendaItem, Meeting, Member, Sitting
from storage.unit_of_work import Reading, UnitOfWork
from storage.words import ItemKind, ItemState

STEERED = "chair.steered"
"""What is remembered of it, to be put back."""
MORE = 5
LONGEST_TIMER = 60
SOON, OVER = "soon", "over"
SOON_AT = 0.8
"""The part of a point after which the chair hears how much is left; and once more when it is over: nobody reads while
they chair."""
FORGETTABLE = timedelta(minutes=3)
"""A word about the time that comes later than this is none any more."""
CARRIED = frozenset({ItemKind.DATA, ItemKind.TALK, ItemKind.GROUP, ItemKind.PLENUM, ItemKind.POINT})
"""What is kept for the next meeting when it was not reached: nobody catches up on a dinner."""


async def start(uow: UnitOfWork, meeting: Meeting, *, by: Member, now: datetime) -> bool:
    """Begin with the first point, whenever that is; False when it has begun."""
    sittings.require_hour(meeting, now)
    sitting = await sittings.opened(uow, meeting)
    if sitting.begun_at is not None:
        return False
    planned = await _planned(uow, meeting)
    if not planned:
        raise ClusterError("chair.no_agenda")
    was = await snapshot(uow, meeting, sitting)
    sitting.begun_at, sitting.ended_at = now, None
    sitting.chair_id = sitting.chair_id or by.id
    await _go_to(uow, meeting, sitting, planned[0], now=now)
    await _steered(uow, meeting, sitting, was, "chair.begun", by=by, now=now)
    return True


async def go_on(uow: UnitOfWork, meeting: Meeting, item_id: int, *, by: Member, now: datetime) -> bool:
    """The next point; after the last one it is over. False when they are no longer at the point that was left."""
    sitting = await sittings.opened(uow, meeting)
    if not _is_at(sitting, item_id):
        return False
    was, item = await snapshot(uow, meeting, sitting), await agendas.item(uow, meeting, item_id)
    rest = [each for each in await _planned(uow, meeting) if each.place >= item.place and each is not item]
    item.state = ItemState.DONE
    if rest:
        await _go_to(uow, meeting, sitting, rest[0], now=now)
    else:
        await _end(uow, meeting, sitting, now=now)
    await _steered(uow, meeting, sitting, was, "chair.next" if rest else "chair.ended", by=by, now=now)
    return True


async def extend(uow: UnitOfWork, meeting: Meeting, item_id: int, minutes: int, *, by: Member, now: datetime) -> bool:
    """Five minutes more than the ``minutes`` that the button knew; False when it has other than that."""
    sitting = await sittings.opened(uow, meeting)
    if not _is_at(sitting, item_id) or sitting.item_minutes != minutes:
        return False
    was = await snapshot(uow, meeting, sitting)
    sitting.item_minutes = minutes + MORE
    await owe_nudges(uow, meeting, sitting, now=now)
    await _steered(uow, meeting, sitting, was, "chair.extended", by=by, now=now)
    return True


async def finish(uow: UnitOfWork, meeting: Meeting, item_id: int, *, by: Member, now: datetime) -> bool:
    """The meeting is over: what was not reached is kept for the next one. False when it is over, or elsewhere."""
    sitting = await sittings.opened(uow, meeting)
    if not _is_at(sitting, item_id):
        return False
    was = await snapshot(uow, meeting, sitting)
    for each in await _planned(uow, meeting):
        if each.id == item_id:
            each.state = ItemState.DONE
        elif each.kind in CARRIED:
            each.state = ItemState.LATER
    await _end(uow, meeting, sitting, now=now)
    await _steered(uow, meeting, sitting, was, "chair.ended", by=by, now=now)
    return True


async def set_timer(uow: UnitOfWork, meeting: Meeting, minutes: int, *, by: Member, now: datetime) -> None:
    """Groups are to be back in so many minutes: the chair hears two minutes before, and when it is over."""
    sittings.require_hour(meeting, now)
    if not 1 <= minutes <= LONGEST_TIMER:
        raise ClusterError("chair.timer")
    sitting = await sittings.opened(uow, meeting)
    sitting.chair_id = sitting.chair_id or by.id
    until = now + timedelta(minutes=minutes)
    sitting.timer_until = until
    subject = MEETING.about(meeting.id)
    await take_back(uow, subject, kinds=[Kinds.CHAIR_TIMER])
    for left in (2, 0):
        if minutes > left:
            await owe(
                uow,
                Kinds.CHAIR_TIMER,
                key=f"timer:{meeting.id}:{int(until.timestamp())}:{left}",
                now=now,
                member_id=sitting.chair_id,
                cluster_id=meeting.cluster_id,
                subject=subject,
                due_at=until - timedelta(minutes=left),
                urgency=ANSWER,
                until=until.isoformat(),
                left=left,
            )
    await uow.session.flush()
    await sittings.show(uow, meeting, now=now)


async def snapshot(state: Reading, meeting: Meeting, sitting: Sitting) -> dict[str, Any]:
    """Where a meeting is, in JSON."""
    points = await agendas.items(state, meeting)

    def written(moment: datetime | None) -> str | None:
        return moment.isoformat() if moment is not None else None

    return {
        "item": sitting.item_id,
        "minutes": sitting.item_minutes,
        "since": written(sitting.item_since),
        "begun": written(sitting.begun_at),
        "ended": written(sitting.ended_at),
        "states": {str(each.id): each.state.value for each in points},
    }


async def put_back(uow: UnitOfWork, meeting: Meeting, was: undoing.Values, *, by: Member, now: datetime) -> None:
    """The point it was at, since when it was there."""
    sitting = await sittings.opened(uow, meeting)
    if not sittings.may_steer(sitting, by):
        raise ClusterError("chair.other")
    became = await snapshot(uow, meeting, sitting)

    def moment(name: str) -> datetime | None:
        return datetime.fromisoformat(was[name]) if was[name] else None

    sitting.item_id, sitting.item_minutes = was["item"], was["minutes"]
    sitting.item_since, sitting.begun_at, sitting.ended_at = moment("since"), moment("begun"), moment("ended")
    for each in await agendas.items(uow, meeting):
        each.state = ItemState(was["states"].get(str(each.id), each.state))
    await owe_nudges(uow, meeting, sitting, now=now)
    await _steered(uow, meeting, sitting, became, STEERED, by=by, now=now)


def _is_at(sitting: Sitting, item_id: int) -> bool:
    return sitting.begun_at is not None and sitting.ended_at is None and sitting.item_id == item_id


async def _planned(state: Reading, meeting: Meeting) -> Sequence[AgendaItem]:
    return [each for each in await agendas.items(state, meeting) if each.state == ItemState.PLANNED]


async def _go_to(uow: UnitOfWork, meeting: Meeting, sitting: Sitting, item: AgendaItem, *, now: datetime) -> None:
    sitting.item_id, sitting.item_since, sitting.item_minutes = item.id, now, item.minutes
    await owe_nudges(uow, meeting, sitting, now=now)


async def owe_nudges(uow: UnitOfWork, meeting: Meeting, sitting: Sitting, *, now: datetime) -> None:
    """What the chair hears of this point; what was owed of another is true no more."""
    subject = MEETING.about(meeting.id)
    await take_back(uow, subject, kinds=[Kinds.CHAIR_NUDGE])
    if sitting.item_since is None or sitting.ended_at is not None or sitting.chair_id is None:
        return
    minutes = sitting.item_minutes
    for what, after in ((SOON, int(minutes * SOON_AT)), (OVER, minutes)):
        due_at = sitting.item_since + timedelta(minutes=after)
        if due_at > now and after:
            await owe(
                uow,
                Kinds.CHAIR_NUDGE,
                key=f"nudge:{meeting.id}:{sitting.item_id}:{int(sitting.item_since.timestamp())}:{minutes}:{what}",
                now=now,
                member_id=sitting.chair_id,
                cluster_id=meeting.cluster_id,
                subject=subject,
                due_at=due_at,
                urgency=ANSWER,
                item=sitting.item_id,
                minutes=minutes,
                what=what,
            )


async def _end(uow: UnitOfWork, meeting: Meeting, sitting: Sitting, *, now: datetime) -> None:
    sitting.ended_at, sitting.item_id, sitting.item_since, sitting.timer_until = now, None, None, None
    subject = MEETING.about(meeting.id)
    await take_back(uow, subject, kinds=[Kinds.CHAIR_NUDGE, Kinds.CHAIR_TIMER])
    await owe_each(
        uow,
        Kinds.CHAIR_PARKED,
        await members.coordinators(uow, meeting.cluster_id),
        key=f"parked:{meeting.id}:{int(now.timestamp())}",
        now=now,
        cluster_id=meeting.cluster_id,
        subject=subject,
    )


async def _steered(
    uow: UnitOfWork,
    meeting: Meeting,
    sitting: Sitting,
    was: undoing.Values,
    what: str,
    *,
    by: Member,
    now: datetime,
) -> None:
    await uow.session.flush()
    subject, became = MEETING.about(meeting.id), await snapshot(uow, meeting, sitting)
    await undoing.remember(uow, STEERED, subject, by=by.id, was=was, became=became, now=now)
    await undoing.forget(uow, subject, changing.CHANGED)
    audit.note(uow, what, subject, now=now, actor_id=by.id, cluster_id=meeting.cluster_id)
    await sittings.show(uow, meeting, now=now)
