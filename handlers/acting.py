"""Who acts, and where an answer to them stands: asked by every feature."""

from __future__ import annotations

from cluster.errors import ClusterError
from cluster.members import members
from cluster.submissions.submissions import VerdictPlace
from handlers.turn import Turn
from storage.models import Member
from storage.unit_of_work import Reading


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


def place_of(turn: Turn) -> VerdictPlace:
    """An answer to a message stands where the message stands: in its thread, or in the conversation."""
    return VerdictPlace(turn.channel_id, message_thread(turn))
