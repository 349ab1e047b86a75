"""Who deals with which practice's part of a round: the lookups that several features of data collection share."""

from __future__ import annotations

from cluster.errors import ClusterError
from cluster.members import practices
from cluster.members.cluster_rules import rules_of
from cluster.packages.lookup import package_of
from cluster.rounds import rounds
from cluster.submissions.submissions import OwnPart, VerdictPlace
from handlers.acting import actor, message_thread
from handlers.rounds.views.asks import Ask, period_text
from handlers.turn import Turn
from locales import Texts
from measures.checking.validation import PracticeFacts
from storage.models import Assignment, Practice, Round
from storage.unit_of_work import Reading


async def part_of(state: Reading, turn: Turn, assignment_id: int, *, here: bool = False) -> OwnPart:
    """The part of a round with the one who acts, who may be a member of several clusters and must be one who answers
    for this practice: before that is known nothing of the practice is read, judged or shown."""
    assignment, round_ = await rounds.assignment(state, assignment_id)
    member = await actor(state, turn, round_.cluster_id)
    rounds.require_answer(member, assignment)
    place = VerdictPlace(turn.channel_id, message_thread(turn)) if here else VerdictPlace()
    return OwnPart(assignment, round_, member, place)


async def practice_of(state: Reading, assignment: Assignment) -> Practice:
    """The practice that was asked."""
    found = await practices.find(state, assignment.practice_id)
    if found is None:
        raise ClusterError("round.unknown")
    return found


def facts_of(practice: Practice) -> PracticeFacts:
    """What validation compares an answer with."""
    return PracticeFacts(practice.ydernummer, practice.list_size, practice.system or None, practice.name)


async def ask_of(state: Reading, assignment: Assignment, round_: Round, t: Texts) -> Ask:
    """One practice's part of a round, ready to be shown."""
    practice = await practice_of(state, assignment)
    return Ask(
        assignment_id=assignment.id,
        package=package_of(round_),
        practice=practice.name,
        system=practice.system,
        period=period_of(round_, t),
        deadline=round_.deadline,
        minutes=(await rules_of(state, round_.cluster_id)).preparation_minutes,
    )


def period_of(round_: Round, t: Texts) -> str:
    """The period of a round in words."""
    return period_text(t.date(round_.period_start), t.date(round_.period_end))
