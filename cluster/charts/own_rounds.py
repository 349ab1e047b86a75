"""The rounds that a practice has charts of, for those who may see its numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select

from cluster.members import places
from cluster.rounds.followups import SHOWN
from storage.models import Member, Round, Submission
from storage.unit_of_work import Reading
from storage.words import Source, SubmissionState


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
