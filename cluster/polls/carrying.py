"""A meeting that comes of a poll: the answers to its date are down as the members' own, and said to be from there until
they answer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from cluster import audit
from cluster.meetings import meetings, reminders
from cluster.meetings.details import Details
from cluster.subjects import MEETING
from storage.models import Cluster, Invitation, Meeting, Member
from storage.unit_of_work import UnitOfWork
from storage.words import Rsvp


async def call(
    uow: UnitOfWork,
    cluster: Cluster,
    details: Details,
    said: Mapping[int, Rsvp],
    *,
    by: Member,
    now: datetime,
    send_at: datetime,
) -> Meeting:
    """Call the meeting as any other, with what was ``said`` by member; nobody is reminded of what they have said."""
    meeting = meetings.new(cluster, details, by=by, now=now)
    uow.session.add(meeting)
    await uow.session.flush()
    for member_id, answer in said.items():
        invitation = Invitation(meeting_id=meeting.id, member_id=member_id, answer=answer, from_poll=True)
        invitation.answered_at, invitation.answered_by = now, member_id
        uow.session.add(invitation)
    await uow.session.flush()
    await meetings.announce(uow, meeting, cluster, now=now, send_at=send_at)
    for member_id in said:
        await reminders.hush(uow, meeting.id, member_id)
    audit.note(uow, "meeting.planned", MEETING.about(meeting.id), now=now, actor_id=by.id, cluster_id=cluster.id)
    return meeting
