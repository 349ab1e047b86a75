"""What is in the way of days, asked of the cluster: its other meetings, quiet weeks, school holidays, the meetings of
others that it noted, and how many meetings it has agreed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from sqlalchemy import select

from cluster.calendar import ONE_DAY, holiday_name
from cluster.clock import local
from cluster.meetings.clashes import Clash, Obstacle, clashes
from cluster.members.cluster_rules import reminder_hours_of
from cluster.quiet import Quiet
from cluster.year.school_holidays import SchoolDay, school_day
from storage.models import Meeting, NotedDay, YearPlan
from storage.unit_of_work import Reading
from storage.words import MeetingState


@dataclass(frozen=True)
class KnownObstacles:
    """What days of a cluster are held against."""

    taken: frozenset[date]
    """The days of its other meetings ahead."""
    quiet: Quiet
    noted: frozenset[date] = frozenset()
    municipalities: frozenset[str] = frozenset()
    agreed: int | None = None
    """How many meetings a year; None when nothing is agreed."""
    called: Counter[int] = field(default_factory=Counter)
    """How many are called, by year."""

    def of(self, day: date) -> list[Clash]:
        """Everything in the way of a day, the hardest first. Whether schools are closed is known or guessed."""
        found = [each.what for each in clashes(day, taken=self.taken, quiet=self.quiet)]
        found = [each for each in found if each is not Obstacle.SCHOOL]
        if day in self.noted:
            found.append(Obstacle.NOTED)
        if holiday_name(day) is None and holiday_name(day + ONE_DAY) is not None:
            found.append(Obstacle.EVE)
        school = school_day(day, self.municipalities)
        if school is SchoolDay.CLOSED:
            found.append(Obstacle.SCHOOL_KNOWN)
        elif school is SchoolDay.GUESSED and Obstacle.QUIET not in found:
            found.append(Obstacle.SCHOOL)
        if self.agreed is not None and self.called[day.year] >= self.agreed:
            found.append(Obstacle.TOO_MANY)
        return [Clash(day, each) for each in found]


def with_wish(found: KnownObstacles, *, noted: Iterable[date], municipalities: Iterable[str]) -> KnownObstacles:
    """The same with what is just being filled in; how many are agreed stands in no day's way then."""
    return replace(found, noted=frozenset(noted), municipalities=frozenset(municipalities), agreed=None)


async def known(state: Reading, cluster_id: int, now: datetime) -> KnownObstacles:
    """What is known of a cluster's days."""
    hours = await reminder_hours_of(state, cluster_id)
    rows = select(Meeting.starts_at, Meeting.state, Meeting.ends_at).where(
        Meeting.cluster_id == cluster_id, Meeting.state != MeetingState.CANCELLED
    )
    meetings = [(local(starts).date(), how, ends) for starts, how, ends in (await state.session.execute(rows)).all()]
    plan = await plan_of(state, cluster_id)
    noted = select(NotedDay.day).where(NotedDay.cluster_id == cluster_id)
    return KnownObstacles(
        taken=frozenset(day for day, how, ends in meetings if ends > now and how == MeetingState.PLANNED),
        quiet=hours.quiet,
        noted=frozenset((await state.session.scalars(noted)).all()),
        municipalities=frozenset(filter(None, plan.municipalities.split(","))) if plan else frozenset(),
        agreed=plan.meetings if plan else None,
        called=Counter(day.year for day, how, _ in meetings if how == MeetingState.PLANNED),
    )


async def plan_of(state: Reading, cluster_id: int) -> YearPlan | None:
    """What a cluster agreed about its year; None when it has not."""
    rows = select(YearPlan).where(YearPlan.cluster_id == cluster_id).order_by(YearPlan.id.desc()).limit(1)
    return (await state.session.scalars(rows)).first()


async def in_the_way(state: Reading, cluster_id: int, days: Iterable[date], now: datetime) -> list[Clash]:
    """Everything in the way of each of these days, in their order."""
    found = await known(state, cluster_id, now)
    return [clash for day in days for clash in found.of(day)]
