"""A plan of the year: how many meetings, on which weekday and hour; the days are suggested, kept as drafts, and sent by
nothing but a click, one by one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import delete, select

from cluster import audit
from cluster.calendar import at
from cluster.clock import local
from cluster.errors import ClusterError
from cluster.meetings import drafts, meetings
from cluster.meetings.details import Details
from cluster.subjects import CLUSTER
from cluster.year.obstacles import KnownObstacles
from cluster.year.school_holidays import municipalities
from cluster.year.suggesting import SOONEST, free_near, nth_weekday
from storage.models import Cluster, Meeting, Member, NotedDay, YearPlan
from storage.unit_of_work import Reading, UnitOfWork
from storage.words import MeetingState

FEWEST, MOST = 2, 4
MONTHS = (2, 3, 4, 5, 9, 10, 11)
"""Of a year, in which clusters meet; January and June only where nothing else is left."""
SECOND = 2
_LINE = re.compile(r"(\d{1,2})[/.](\d{1,2})(?:[/.-](?:20)?(\d\d))?\.?\s+(.+)")


@dataclass(frozen=True)
class YearWish:
    """What the coordinator filled in, understood."""

    year: int
    many: int
    weekday: int
    start: time
    end: time
    municipalities: tuple[str, ...]
    noted: tuple[tuple[date, str], ...]


def read_noted(words: str, today: date) -> tuple[tuple[date, str], ...]:
    """»12/3 PLO-K«, a line each: the day, and who meets."""
    return tuple(_noted(line, today) for line in words.splitlines() if line.strip())


def _noted(line: str, today: date) -> tuple[date, str]:
    found = _LINE.fullmatch(line.strip())
    try:
        if found is None:
            raise ValueError(line)
        year = 2000 + int(found[3]) if found[3] else today.year
        day = date(year, int(found[2]), int(found[1]))
        if not found[3] and day < today:
            day = day.replace(year=year + 1)
    except ValueError:
        raise ClusterError("year.noted_unread", field="noted", said=line.strip()[:60]) from None
    return day, " ".join(found[4].split())[:255]


def examine(wish: YearWish) -> list[ClusterError]:
    """What cannot be right."""
    problems = []
    if not FEWEST <= wish.many <= MOST:
        problems.append(ClusterError("year.how_many", field="many"))
    if not 0 <= wish.weekday <= 4:
        problems.append(ClusterError("meeting.choose", field="weekday"))
    if wish.end <= wish.start:
        problems.append(ClusterError("meeting.ends_before_start", field="end"))
    if set(wish.municipalities) - set(municipalities()):
        problems.append(ClusterError("meeting.choose", field="municipalities"))
    return problems


def suggest(wish: YearWish, found: KnownObstacles, held: Sequence[date], now: datetime) -> list[date]:
    """Days for the meetings that are still missing in the year, spread over its months, out of the way of what is
    known; ``held`` are the days of those that there are, drafts too."""
    soonest = local(now).date() + SOONEST
    busy = {(day.year, day.month) for day in held}
    usable = [month for month in MONTHS if date(wish.year, month, 28) >= soonest and (wish.year, month) not in busy]
    missing = min(max(wish.many - len([day for day in held if day.year == wish.year]), 0), len(usable))
    chosen: list[date] = []
    for n in range(missing):
        month = usable[(2 * n + 1) * len(usable) // (2 * missing)]
        day = nth_weekday(wish.year, month, wish.weekday, SECOND)
        while day < soonest:
            day += timedelta(weeks=1)
        chosen.append(free_near(day, soonest, lambda each: each not in chosen and not found.of(each)))
    return sorted(set(chosen))


async def held_in(state: Reading, cluster_id: int, year: int) -> list[date]:
    """The days of a cluster's meetings in a year, called or written down."""
    rows = select(Meeting.starts_at).where(Meeting.cluster_id == cluster_id, Meeting.state != MeetingState.CANCELLED)
    days = [local(each).date() for each in await state.session.scalars(rows)]
    return sorted(day for day in days if day.year == year)


async def keep(
    uow: UnitOfWork,
    cluster: Cluster,
    wish: YearWish,
    found: Sequence[tuple[date, str]],
    *,
    by: Member,
    now: datetime,
) -> list[Meeting]:
    """Keep what was agreed and noted, and each day with its title as a draft. Nobody is told."""
    uow.session.add(
        YearPlan(
            cluster_id=cluster.id,
            decided_at=now,
            decided_by=by.id,
            meetings=wish.many,
            weekday=wish.weekday,
            start=f"{wish.start:%H:%M}",
            end=f"{wish.end:%H:%M}",
            municipalities=",".join(wish.municipalities),
        )
    )
    await uow.session.execute(delete(NotedDay).where(NotedDay.cluster_id == cluster.id))
    uow.session.add_all(
        NotedDay(cluster_id=cluster.id, day=day, title=title, noted_by=by.id) for day, title in wish.noted
    )
    last = await meetings.newest(uow, cluster.id)
    kept = []
    for day, title in found:
        details = Details(
            kind="topic",
            title=title,
            starts_at=at(day, wish.start.hour, wish.start.minute),
            ends_at=at(day, wish.end.hour, wish.end.minute),
            place=last.place if last is not None else "",
            food=last.food if last is not None else True,
            answer_by=at(day - timedelta(days=7), 12),
            note="",
        )
        kept.append(await drafts.keep(uow, cluster, details, by=by, now=now))
    audit.note(uow, "year.planned", CLUSTER.about(cluster.id), now=now, actor_id=by.id, cluster_id=cluster.id)
    return kept


async def noted_of(state: Reading, cluster_id: int) -> Sequence[NotedDay]:
    """When others meet, as the cluster noted."""
    rows = select(NotedDay).where(NotedDay.cluster_id == cluster_id).order_by(NotedDay.day, NotedDay.id)
    return (await state.session.scalars(rows)).all()
