"""Measuring again: which round a round is held against, and the plan of a new one that asks the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy import select

from cluster.calendar import at, next_slot, workdays_after
from cluster.clock import local
from cluster.errors import ClusterError
from cluster.notices import NotNow, owe
from cluster.rounds import agreements, rounds
from cluster.rounds.planning import Plan
from cluster.subjects import ROUND
from measures.charts.periods import fair_period
from storage.models import Meeting, Round
from storage.unit_of_work import Reading, UnitOfWork
from storage.words import How, MeetingState, RoundState

ONE_DAY = timedelta(days=1)
SHOWN = (RoundState.RELEASED, RoundState.CLOSED)
QUESTION_HOUR = 10
WITHOUT_MEETING = timedelta(days=7)
"""A round without a meeting is talked over some time in the week after its charts."""


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
    if before.released_at is None or before.state == RoundState.CANCELLED:
        raise ClusterError("agreement.too_early")
    asked = await rounds.assignments(state, round_id)
    agreed = await agreements.of_round(state, before.id)
    since = local(agreed.decided_at).date() if agreed is not None else None
    period = following_period(before.period_start, before.period_end, today, since=since)
    return Again(before, period, {part.practice_id: part.member_id for part in asked})


def following_period(start: date, end: date, today: date, *, since: date | None = None) -> tuple[date, date]:
    """The first period that can be held against another, when it has gone: of the same months, and after the agreement
    of ``since``. Before that the newest of the same length: whole months up to the last, or days up to yesterday.
    """
    fair = fair_period((start, end), since)
    if fair[1] < today:
        return fair
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
    if (
        followed is not None
        and followed.released_at is not None
        and followed.state in SHOWN
        and followed.period_end < round_.period_end
    ):
        return followed
    rows = (
        select(Round)
        .where(Round.cluster_id == round_.cluster_id, Round.package_id == round_.package_id, Round.id != round_.id)
        .where(Round.period_end < round_.period_end, Round.released_at.is_not(None), Round.state.in_(SHOWN))
        .order_by(Round.period_end.desc(), Round.id.desc())
    )
    return (await state.session.execute(rows)).scalars().first()


async def newest_shown(state: Reading, cluster_id: int) -> Round | None:
    """The round whose charts were sent last."""
    rows = (
        select(Round)
        .where(Round.cluster_id == cluster_id, Round.released_at.is_not(None), Round.state.in_(SHOWN))
        .order_by(Round.released_at.desc(), Round.id.desc())
    )
    return (await state.session.execute(rows)).scalars().first()


async def is_underway(state: Reading, round_id: int) -> bool:
    """Whether a round that measures this one again has begun and was not called off."""
    is_begun = Round.state.not_in((RoundState.CANCELLED, RoundState.DRAFT))
    rows = select(Round.id).where(Round.follows_id == round_id, is_begun)
    return (await state.session.execute(rows)).first() is not None


async def plan_question(uow: UnitOfWork, round_: Round, *, now: datetime) -> None:
    """Charts have been sent: ask what was agreed once they have been talked over."""
    await owe(
        uow,
        "agreement.question",
        key=f"agreement-question:{round_.id}",
        now=now,
        cluster_id=round_.cluster_id,
        subject=ROUND.about(round_.id),
        due_at=await talked_over(uow, round_, since=now),
        how=How.STEP,
    )


async def talked_over(state: Reading, round_: Round, *, since: datetime) -> datetime:
    """The workday after the round's meeting; a week after the charts when there is no meeting ahead."""
    meeting = await state.session.get(Meeting, round_.meeting_id) if round_.meeting_id else None
    if meeting is None or meeting.state != MeetingState.PLANNED or meeting.ends_at < since:
        return next_slot(since + WITHOUT_MEETING)
    return at(workdays_after(local(meeting.ends_at).date(), 1), QUESTION_HOUR)


async def ask_what_was_agreed(uow: UnitOfWork, round_: Round, *, now: datetime) -> None:
    """Ask the coordinators, unless they have said; later when the meeting has been put off."""
    if round_.state == RoundState.CANCELLED or await agreements.of_round(uow, round_.id) is not None:
        return
    meeting = await uow.session.get(Meeting, round_.meeting_id) if round_.meeting_id else None
    if meeting is not None and meeting.state == MeetingState.PLANNED and meeting.ends_at > now:
        raise NotNow(await talked_over(uow, round_, since=now))
    await rounds.tell_coordinators(uow, "agreement.ask", round_, key=f"agreement-ask:{round_.id}", now=now)
