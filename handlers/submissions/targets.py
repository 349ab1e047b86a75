"""Which part of which round a file or a typed answer is about."""

from __future__ import annotations

from cluster import subjects
from cluster.members import members
from cluster.rounds import rounds, standing
from cluster.subjects import ASSIGNMENT, SUBMISSION
from cluster.submissions import submissions
from handlers.turn import Turn
from storage.models import Assignment, Round
from storage.unit_of_work import Reading

Target = tuple[Assignment, Round]


async def targets(turn: Turn) -> list[Target]:
    """What a file or a typed answer can be about: the thread says it, else what is owed, else what was answered."""
    async with turn.look() as state:
        person = [member for member, _ in await members.memberships(state, turn.team_id, turn.account)]
        candidates = await rounds.owed_by(state, person)
        thread = (turn.body.get("event") or {}).get("thread_ts")
        if thread:
            wanted = await _assignment_of(state, await subjects.of_message(state, turn.channel_id, str(thread)))
            if named := [each for each in candidates if each[0].id == wanted]:
                return named
        waiting = [
            each for each in candidates if await standing.accepted(state, each[1].id, each[0].practice_id) is None
        ]
    return waiting or candidates


async def _assignment_of(state: Reading, subject: str) -> int | None:
    if (submission_id := SUBMISSION.key_in(subject)) is not None:
        return (await submissions.get(state, submission_id))[1].id
    return ASSIGNMENT.key_in(subject)
