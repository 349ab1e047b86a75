"""Meetings that are written down and not called yet: seen by those who run the cluster alone, sent by nothing but a
click of theirs."""

from __future__ import annotations

from datetime import datetime

from cluster import audit, undoing
from cluster.errors import ClusterError
from cluster.meetings import meetings
from cluster.meetings.details import Details
from cluster.meetings.moving import write
from cluster.members import members
from cluster.notices import renew_home
from cluster.subjects import MEETING
from cluster.undoing import OwnChange, Values
from storage.models import Cluster, Meeting, Member
from storage.unit_of_work import Reading, UnitOfWork
from storage.words import MeetingState

DROPPED = "meeting.dropped"
"""What is noted, and remembered to be put back."""


async def get(state: Reading, meeting_id: int) -> Meeting:
    """A draft, to ourselves, or a friendly refusal where it is one no more."""
    found = await meetings.get(state, meeting_id)
    await meetings.hold(state, found)
    if found.state != MeetingState.DRAFT:
        raise ClusterError("meeting.no_draft")
    return found


async def opened(state: Reading, meeting_id: int, sequence: int) -> Meeting:
    """A draft as somebody has it open; a friendly refusal where another has changed it since."""
    found = await get(state, meeting_id)
    if found.sequence != sequence:
        raise ClusterError("meeting.changed_meanwhile")
    return found


async def keep(uow: UnitOfWork, cluster: Cluster, details: Details, *, by: Member, now: datetime) -> Meeting:
    """Write a meeting down. Nobody is told."""
    meeting = meetings.new(cluster, details, by=by, now=now)
    meeting.state = MeetingState.DRAFT
    uow.session.add(meeting)
    await uow.session.flush()
    await _noted(uow, meeting, "meeting.drafted", by=by, now=now)
    return meeting


async def rewrite(uow: UnitOfWork, meeting: Meeting, details: Details, *, by: Member, now: datetime) -> None:
    """Keep a draft with other details."""
    write(meeting, details)
    meeting.sequence += 1
    await _noted(uow, meeting, "meeting.drafted", by=by, now=now)


async def send(
    uow: UnitOfWork, meeting: Meeting, details: Details, *, by: Member, now: datetime, send_at: datetime | None
) -> None:
    """Call the meeting: from here on it is as any other."""
    write(meeting, details)
    meeting.state, meeting.created_at = MeetingState.PLANNED, now
    cluster = await uow.session.get_one(Cluster, meeting.cluster_id)
    await meetings.announce(uow, meeting, cluster, now=now, send_at=send_at)
    await _noted(uow, meeting, "meeting.planned", by=by, now=now)


async def drop(uow: UnitOfWork, meeting: Meeting, *, by: Member, now: datetime) -> None:
    """Delete a draft; no row of a meeting is ever deleted, for its number would be another's."""
    await _put(uow, meeting, MeetingState.CANCELLED, by=by, now=now)
    await _noted(uow, meeting, DROPPED, by=by, now=now)


async def state_now(state: Reading, change: OwnChange) -> Values:
    """Whether it is a draft."""
    return {"state": (await meetings.get(state, change.number)).state}


async def put_back(uow: UnitOfWork, change: OwnChange, *, by: Member, now: datetime) -> None:
    """A draft that was deleted is one again, or the other way."""
    meeting = await meetings.get(uow, change.number)
    await meetings.hold(uow, meeting)
    if meeting.state != change.became["state"]:
        raise ClusterError("meeting.no_draft")
    await _put(uow, meeting, MeetingState(change.was["state"]), by=by, now=now)
    await _noted(uow, meeting, "meeting.drafted", by=by, now=now)


async def _put(uow: UnitOfWork, meeting: Meeting, state: MeetingState, *, by: Member, now: datetime) -> None:
    was, meeting.state = {"state": meeting.state}, state
    subject = MEETING.about(meeting.id)
    await undoing.remember(uow, DROPPED, subject, by=by.id, was=was, became={"state": state}, now=now)


async def _noted(uow: UnitOfWork, meeting: Meeting, what: str, *, by: Member, now: datetime) -> None:
    subject, cluster_id = MEETING.about(meeting.id), meeting.cluster_id
    audit.note(uow, what, subject, now=now, actor_id=by.id, cluster_id=cluster_id)
    leading = [each.id for each in await members.of_cluster(uow, cluster_id) if each.role in members.LEADERS]
    await renew_home(uow, leading, now=now)
