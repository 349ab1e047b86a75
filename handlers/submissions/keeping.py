"""Answers on their way in: kept as `cluster.submissions.submissions` decides, with the button that fixes a missing
consent."""

from __future__ import annotations

from collections.abc import Sequence

from cluster.errors import ClusterError
from cluster.subjects import PRACTICE
from cluster.submissions import submissions
from cluster.submissions.submissions import OwnPart, UsableNumbers
from handlers.saying import say
from handlers.turn import Turn


async def keep(turn: Turn, answers: Sequence[tuple[OwnPart, UsableNumbers]]) -> None:
    """Keep what came in the conversation; a missing consent is answered with the button that fixes it."""
    async with turn.unit() as uow:
        for part, answer in answers:
            try:
                await submissions.keep(uow, part, answer, now=turn.now)
            except ClusterError as refusal:
                if refusal.code != "data.no_consent":
                    raise
                practice = PRACTICE.about(part.assignment.practice_id)
                await say(uow, turn, "data.no_consent", part.place, member_id=part.member.id, subject=practice)
        await uow.commit()
