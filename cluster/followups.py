"""Measuring again: which round a round is held against, and the plan of a new one that asks the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy import select

from cluster import rounds
from cluster.errors import ClusterError
from cluster.planning import Plan
from storage.models import Round
from storage.unit_of_work import Reading

ONE_DAY = timedelta(days=1)
SHOWN = ("released", "closed")


@dataclass(frozen=True)
class Again:
    """What the form for measuring again is filled in with."""

    follows: Round
    period: tuple[date, date]
    answering: Mapping[int, int]
    """Practice → the member who answered the last time."""


async def again(state: Reading, round_id: int, today: date) -> Again:
    """The same question about a new period, to the same people."""
    before = await rounds.get(state, round_id)
    if before.released_at is None or before.state == "cancelled":
        raise ClusterError("agreement.too_early")
    asked = await rounds.assignments(state, round_id)
    period = following_period(before.period_start, before.period_end, today)
    return Again(before, period, {part.practice_id: part.member_id for part in asked})


def following_period(start: date, end: date, today: date) -> tuple[date, date]:
    """The newest period of the same length: as many whole months up to the last, or as many days up to yesterday."""
    if start.day == 1 and (end + ONE_DAY).day == 1:
        months = 12 * (end.year - start.year) + end.month - start.month + 1
        last = today.replace(day=1) - ONE_DAY
        years, month = divmod(12 * last.year + last.month - months, 12)
        return date(years, month + 1, 1), last
    return today - ONE_DAY - (end - start), today - ONE_DAY


async def follow(state: Reading, cluster_id: int, plan: Plan, follows_id: int | None) -> Plan:
    """The plan of a round that measures another again: asked with that one's own words."""
    before = await state.session.get(Round, follows_id) if follows_id else None
    if before is None or before.cluster_id != cluster_id or before.package_id != plan.package_id:
        return plan
    return replace(plan, package_text=before.package_text or plan.package_text, follows_id=before.id)


async def previous(state: Reading, round_: Round) -> Round | None:
    """The round that this one is held against: the one it follows, else the last about the same before it."""
    followed = await state.session.get(Round, round_.follows_id) if round_.follows_id else None
    if followed is not None and followed.released_at is not None and followed.state in SHOWN:
        return followed
    rows = (
        select(Round)
        .where(Round.cluster_id == round_.cluster_id, Round.package_id == round_.package_id, Round.id != round_.id)
        .where(Round.period_end < round_.period_end, Round.released_at.is_not(None), Round.state.in_(SHOWN))
        .order_by(Round.period_end.desc(), Round.id.desc())
    )
    return (await state.session.execute(rows)).scalars().first()
