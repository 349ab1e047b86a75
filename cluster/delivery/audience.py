"""Who may read what: asked of the state as it is when something is sent or shown, whoever it was meant for before.

Every kind of message states one of these (``cluster.message_kinds``). A row may have waited for days: its reader may
have handed the cluster over, moved to another practice, or left.
"""

from __future__ import annotations

from cluster import subjects
from cluster.members import members, places
from cluster.message_kinds import Audience
from cluster.notices import Owed
from storage.models import Member
from storage.unit_of_work import Reading


async def may_read(state: Reading, audience: Audience, owed: Owed) -> bool:
    """Whether the one a row is for may have it now."""
    if audience is Audience.ANYBODY:
        return True
    if owed.member_id is None:
        return audience in (Audience.CHANNEL, Audience.SELF)
    member = await state.session.get(Member, owed.member_id)
    if member is None or owed.cluster_id not in (None, member.cluster_id):
        return False
    if audience is Audience.LEFT or not member.active:
        return audience is Audience.LEFT and not member.active
    if audience in (Audience.SELF, Audience.MEMBER):
        return True
    leads = member.role in members.LEADERS
    if audience is Audience.LEADER or (audience is Audience.PRACTICE_AND_LEADERS and leads):
        return leads
    practice_id = await practice_of(state, owed) or member.practice_id
    if audience is Audience.LISTED:
        return member.practice_id == practice_id and member.place != places.REFUSED
    is_theirs = audience in (Audience.PRACTICE, Audience.PRACTICE_AND_LEADERS)
    return is_theirs and places.is_one_of(member, practice_id)


async def is_taken_away(state: Reading, audience: Audience, owed: Owed) -> bool:
    """Whether a card that its reader may not have any more is emptied: a former coordinator's, and the invitations of
    one who has left. Whatever else was sent stays as it was said."""
    member = await state.session.get(Member, owed.member_id) if owed.member_id is not None else None
    has_left = member is not None and not member.active
    return audience is Audience.LEADER or (audience is Audience.MEMBER and has_left)


async def practice_of(state: Reading, owed: Owed) -> int | None:
    """The practice that a row is about; None when it names none, and the reader's own is meant."""
    if (named := owed.params.get("practice")) is not None:
        return int(named)
    return await subjects.practice_of(state, owed.subject)
