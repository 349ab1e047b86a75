"""The rounds that a practice has charts of, for those who may see its numbers, and what it sees of them together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from cluster.disclosure.sights import Sight, find_sight, newest
from cluster.errors import ClusterError
from cluster.members import places
from cluster.notices import ANSWER, owe
from cluster.rounds.followups import SHOWN
from cluster.subjects import ROUND
from storage.models import Member, Round, Submission
from storage.unit_of_work import Reading, UnitOfWork
from storage.words import Source, SubmissionState

MOST = 12
"""Periods on a picture, the newest."""


@dataclass(frozen=True)
class OwnRound:
    """A round whose charts were sent, and the numbers that the practice gave in it."""

    round: Round
    numbers: Mapping[str, float | None]


async def of_member(state: Reading, member: Member) -> list[OwnRound]:
    """The newest first; none for who may not see the practice's numbers."""
    if not places.is_one_of(member, member.practice_id):
        return []
    rows = (
        select(Round, Submission.numbers)
        .join(Submission, Submission.round_id == Round.id)
        .where(Round.cluster_id == member.cluster_id, Round.released_at.is_not(None), Round.state.in_(SHOWN))
        .where(
            Submission.practice_id == member.practice_id,
            Submission.state == SubmissionState.ACCEPTED,
            Submission.source != Source.NONE,
        )
        .order_by(Round.period_end.desc(), Round.id.desc())
    )
    return [OwnRound(round_, numbers) for round_, numbers in (await state.session.execute(rows)).all()]


async def over_time(state: Reading, release_id: int, practice_id: int) -> list[Sight]:
    """What a practice sees of a release, and of the rounds about the same before it, oldest first; one for each period.

    Each is what the charts of that round show the practice now, and nothing is put together from two of them: whoever
    has the charts has all of it.
    """
    now = await find_sight(state, release_id, practice_id)
    if now is None:
        return []
    of = now.round
    rows = (
        select(Round)
        .where(Round.cluster_id == of.cluster_id, Round.package_id == of.package_id, Round.period_end < of.period_end)
        .where(Round.released_at.is_not(None), Round.state.in_(SHOWN))
        .order_by(Round.period_end, Round.id)
    )
    found: dict[date, Sight] = {}
    for before in (await state.session.execute(rows)).scalars().all():
        latest = await newest(state, before.id)
        sight = await find_sight(state, latest.id, practice_id) if latest is not None else None
        if sight is not None:
            found[before.period_end] = sight
    return [*found.values(), now][-MOST:]


async def fetch(uow: UnitOfWork, round_: Round, member: Member, *, key: str, now: datetime) -> None:
    """One member asks for the practice's charts as they may be drawn now; nobody else is disturbed.

    Raises ClusterError when the practice has no charts of the round, or the member may not see them.
    """
    await _owe(uow, "feedback.chart", round_, member, key=key, now=now, again=True)


async def fetch_over_time(uow: UnitOfWork, round_: Round, member: Member, *, key: str, now: datetime) -> None:
    """The same for the practice's own numbers over time."""
    await _owe(uow, "feedback.over_time", round_, member, key=key, now=now)


async def fetch_staff_page(uow: UnitOfWork, round_: Round, member: Member, *, key: str, now: datetime) -> None:
    """The same for the page for the practice's staff meeting."""
    await _owe(uow, "feedback.staff_page", round_, member, key=key, now=now)


async def _owe(
    uow: UnitOfWork, kind: str, round_: Round, member: Member, *, key: str, now: datetime, **params: Any
) -> None:
    """Owe a member what is drawn from the practice's charts of a round."""
    latest = await newest(uow, round_.id)
    seen = places.is_one_of(member, member.practice_id)
    if latest is None or not seen or await find_sight(uow, latest.id, member.practice_id or 0) is None:
        raise ClusterError("openness.no_charts")
    await owe(
        uow,
        kind,
        key=key,
        now=now,
        member_id=member.id,
        cluster_id=round_.cluster_id,
        subject=ROUND.about(round_.id),
        urgency=ANSWER,
        release=latest.id,
        practice=member.practice_id,
        **params,
    )
