"""Whose numbers are still missing while the meeting is on: they can come until the charts are shown, and after."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from cluster.rounds import standing
from cluster.rounds.rounds import TAKING
from storage.models import Meeting, Round
from storage.unit_of_work import Reading


@dataclass(frozen=True)
class Missing:
    """Of one round: how many have answered, and the practices that have not, by name."""

    round: Round
    answered: int
    total: int
    practices: list[str]


async def of_meeting(state: Reading, meeting: Meeting) -> list[Missing]:
    """What is asked for this meeting and can still come."""
    rows = select(Round).where(Round.meeting_id == meeting.id, Round.state.in_(TAKING)).order_by(Round.id)
    found = []
    for round_ in await state.session.scalars(rows):
        stands = await standing.of_round(state, round_.id)
        tally = standing.tally(stands)
        practices = [each.practice for each in stands if not each.answered]
        found.append(Missing(round_, tally.answered, tally.total, practices))
    return found
