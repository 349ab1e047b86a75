"""Planning a round: sensible suggestions, and everything that stands in the way of a plan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sqlalchemy import select

from cluster.calendar import at, is_workday, workdays_before
from cluster.clock import local
from cluster.errors import ClusterError
from cluster.members import places, practices
from cluster.packages.lookup import chosen
from measures.packages.package import Package, available
from storage.models import Meeting, Member, Round
from storage.unit_of_work import Reading
from storage.words import Role, RoundState

DEADLINE_HOUR = 12
DEADLINE_DAYS = 14
NEVER_RIGHT = frozenset({"round.package_unknown", "round.period_backwards", "round.not_ours"})
"""What not even a draft may say; what else is in its way may be gone when it is sent."""


@dataclass(frozen=True)
class Plan:
    """What a coordinator wants to ask for. A practice neither answered for nor left out has nobody to answer."""

    package_id: str
    period_start: date
    period_end: date
    deadline: datetime
    meeting_id: int | None = None
    answering: Mapping[int, int] = field(default_factory=dict)
    """Practice → the member who answers for it."""
    left_out: frozenset[int] = frozenset()
    """Practices that are not asked this time."""
    package_text: str | None = None
    """The package's own text, when it is not simply the shipped one."""
    follows_id: int | None = None
    """The round that this one measures again."""

    @property
    def package(self) -> Package:
        """What is asked with; KeyError when there is none of that name."""
        return chosen(self.package_id, self.package_text)


def default_period(today: date) -> tuple[date, date]:
    """The last twelve whole months."""
    end = today.replace(day=1) - timedelta(days=1)
    return end.replace(day=1, month=end.month % 12 + 1, year=end.year - (end.month != 12)), end


def default_deadline(now: datetime, meeting_at: datetime | None) -> datetime:
    """Noon on a workday, two weeks before the meeting, the day before when that is near; else two weeks from now."""
    today = local(now).date()
    earliest = today + timedelta(days=1)
    wanted = today + timedelta(days=DEADLINE_DAYS)
    if meeting_at is not None:
        day = local(meeting_at).date()
        early, late = day - timedelta(days=DEADLINE_DAYS), day - timedelta(days=1)
        wanted = early if early > earliest else max(earliest, min(wanted, late))
    if not is_workday(wanted) and (sooner := workdays_before(wanted, 1)) >= earliest:
        wanted = sooner
    return at(wanted, DEADLINE_HOUR)


async def answerers(state: Reading, cluster_id: int) -> dict[int, list[Member]]:
    """For each practice the members who can be asked: active, known in Slack, not there only to look."""
    rows = (
        select(Member)
        .where(Member.cluster_id == cluster_id, Member.active, Member.slack_user_id.is_not(None))
        .where(Member.practice_id.is_not(None), Member.role != Role.OBSERVER, Member.place != places.REFUSED)
        .order_by(Member.name, Member.id)
    )
    found: dict[int, list[Member]] = {}
    for member in (await state.session.execute(rows)).scalars():
        found.setdefault(member.practice_id or 0, []).append(member)
    return found


async def flaws(state: Reading, cluster_id: int, plan: Plan, now: datetime) -> list[ClusterError]:
    """Everything that stands in the way of the plan, each with the field it belongs to."""
    found: list[ClusterError] = []
    if plan.package_text is None and plan.package_id not in {package.id for package in available()}:
        found.append(ClusterError("round.package_unknown", field="package"))
    elif await _is_asked(state, cluster_id, plan.package_id):
        found.append(ClusterError("round.already_open", field="package"))
    if plan.period_end < plan.period_start:
        found.append(ClusterError("round.period_backwards", field="period_end"))
    elif plan.period_end > local(now).date():
        found.append(ClusterError("round.period_future", field="period_end"))
    meeting = await state.session.get(Meeting, plan.meeting_id) if plan.meeting_id else None
    if plan.meeting_id and (meeting is None or meeting.cluster_id != cluster_id):
        return [ClusterError("round.not_ours", field="meeting")]
    ours = {practice.id for practice in await practices.of_cluster(state, cluster_id)}
    if not ours >= {*plan.answering, *plan.left_out}:
        return [ClusterError("round.not_ours", field="package")]
    if plan.deadline <= now:
        found.append(ClusterError("round.deadline_past", field="deadline_day"))
    elif meeting is not None and plan.deadline > meeting.starts_at:
        found.append(ClusterError("round.deadline_after_meeting", field="deadline_day"))
    return found + await _unanswered(state, cluster_id, plan)


async def _is_asked(state: Reading, cluster_id: int, package_id: str) -> bool:
    rows = select(Round.id).where(
        Round.cluster_id == cluster_id, Round.package_id == package_id, Round.state == RoundState.OPEN
    )
    return (await state.session.execute(rows)).first() is not None


async def _unanswered(state: Reading, cluster_id: int, plan: Plan) -> list[ClusterError]:
    able = await answerers(state, cluster_id)
    found = []
    for practice in await practices.of_cluster(state, cluster_id):
        allowed = {member.id for member in able.get(practice.id, ())}
        if practice.id not in plan.left_out and plan.answering.get(practice.id) not in allowed:
            found.append(ClusterError("round.no_contact", field=f"who.{practice.id}", practice=practice.name))
    if not found and not plan.answering:
        found.append(ClusterError("round.nobody", field="package"))
    return found
