"""Who deals with which practice's part of a round: the lookups that several features of data collection share."""

from __future__ import annotations

from cluster import members, rounds
from cluster.charter import rules_of
from cluster.errors import ClusterError
from cluster.packages import package_of
from cluster.submissions import Part, Place
from handlers.turn import Turn
from handlers.views.asks import Ask, period_text
from locales import Texts
from measures.validation import PracticeFacts
from storage.models import Assignment, Member, Practice, Round
from storage.unit_of_work import Reading


async def part_of(state: Reading, turn: Turn, assignment_id: int, *, here: bool = False) -> Part:
    """The part of a round with the one who acts, who may be a member of several clusters and must be one who answers
    for this practice: before that is known nothing of the practice is read, judged or shown."""
    assignment, round_ = await rounds.assignment(state, assignment_id)
    member = await actor(state, turn, round_.cluster_id)
    rounds.require_answer(member, assignment)
    place = Place(turn.channel_id, message_thread(turn)) if here else Place()
    return Part(assignment, round_, member, place)


async def actor(state: Reading, turn: Turn, cluster_id: int) -> Member:
    """Who acts, as a member of this cluster."""
    if turn.member is not None and turn.member.cluster_id == cluster_id:
        return turn.member
    found = await members.by_slack(state, cluster_id, turn.account)
    if found is None or not found.active:
        raise ClusterError("person.unknown")
    return found


async def leader(state: Reading, turn: Turn, cluster_id: int) -> Member:
    """Who acts, when that is a coordinator of this cluster."""
    found = await actor(state, turn, cluster_id)
    if found.role not in members.LEADERS:
        raise ClusterError("role.coordinator_only")
    return found


def message_thread(turn: Turn) -> str | None:
    """The thread a file or a message was said in, where it is answered. What was said outside a thread is answered in
    the open: an answer folded away as "1 reply" is read too late, and a warning about patients must not be."""
    event = turn.body.get("event") or turn.body.get("message") or {}
    return str(event.get("thread_ts") or "") or None


def place_of(turn: Turn) -> Place:
    """An answer to a message stands where the message stands: in its thread, or in the conversation."""
    return Place(turn.channel_id, message_thread(turn))


async def practice_of(state: Reading, assignment: Assignment) -> Practice:
    """The practice that was asked."""
    found = await state.session.get(Practice, assignment.practice_id)
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
