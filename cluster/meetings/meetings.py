"""Klyngemøder: planned, moved and cancelled, and everybody concerned is told once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, select

from cluster import audit, undoing
from cluster.calendar import next_slot
from cluster.errors import ClusterError
from cluster.meetings import invitations, occasions, seats
from cluster.meetings.cards import desk_holders, reachable, refresh_all, tell
from cluster.meetings.details import Details, snapshot
from cluster.meetings.food import forget_diets
from cluster.meetings.moving import MeetingChange, is_moved, move, write
from cluster.meetings.waiting import due, not_yet_invited, unheard_of
from cluster.members import members
from cluster.members.cluster_rules import hours_of
from cluster.notices import ANSWER, BULK, owe, renew_home, take_back
from cluster.subjects import MEETING
from storage.models import Cluster, Invitation, Meeting, Member
from storage.unit_of_work import Reading, UnitOfWork
from storage.words import How, MeetingState

CHANGED, CANCELLED = "meeting.changed", "meeting.cancelled"
"""What is remembered of a meeting, to be put back."""
REASON_LIMIT = 300
"""Characters of why a meeting is called off."""


async def get(state: Reading, meeting_id: int) -> Meeting:
    """A meeting by id, or a friendly refusal."""
    found = await state.session.get(Meeting, meeting_id)
    if found is None:
        raise ClusterError("meeting.unknown")
    return found


async def hold(state: Reading, meeting: Meeting) -> None:
    """See a meeting as it is now, and have it to ourselves: who else would change it waits until we are done."""
    await state.session.refresh(meeting, with_for_update={"key_share": True})


async def ahead(state: Reading, cluster_id: int, now: datetime) -> Sequence[Meeting]:
    """Planned meetings that are not over, the nearest first."""
    rows = (
        select(Meeting)
        .where(Meeting.cluster_id == cluster_id, Meeting.state == MeetingState.PLANNED, Meeting.ends_at > now)
        .order_by(Meeting.starts_at, Meeting.id)
    )
    return (await state.session.execute(rows)).scalars().all()


async def newest(state: Reading, cluster_id: int) -> Meeting | None:
    """The last of a cluster's meetings, held or ahead, whose place and hours the next one is likely to have."""
    rows = select(Meeting).where(Meeting.cluster_id == cluster_id, Meeting.state == MeetingState.PLANNED)
    return (await state.session.scalars(rows.order_by(Meeting.starts_at.desc(), Meeting.id.desc()).limit(1))).first()


async def upcoming(state: Reading, member: Member, now: datetime) -> Sequence[tuple[Meeting, Invitation]]:
    """The meetings ahead that a member is invited to, with the member's own answer, the nearest first."""
    return await invited_to(state, member, Meeting.state == MeetingState.PLANNED, Meeting.ends_at > now)


async def known_to(state: Reading, member: Member, now: datetime) -> list[tuple[Meeting, Invitation]]:
    """The same, without those whose invitation has not gone out."""
    unheard = await unheard_of(state, member, now)
    return [each for each in await upcoming(state, member, now) if each[0].id not in unheard]


async def ahead_for(state: Reading, member: Member, now: datetime) -> list[Meeting]:
    """The meetings ahead that a member of the cluster may read of, the nearest first."""
    unheard = await unheard_of(state, member, now)
    return [each for each in await ahead(state, member.cluster_id, now) if each.id not in unheard]


async def last_notice(state: Reading, cluster_id: int) -> int | None:
    """How many days ahead the cluster's last assembly had to be called."""
    rows = (
        select(Meeting.notice_days)
        .where(Meeting.cluster_id == cluster_id, Meeting.notice_days.is_not(None))
        .order_by(Meeting.id.desc())
        .limit(1)
    )
    found: int | None = await state.session.scalar(rows)
    return found


async def invited_to(state: Reading, member: Member, *which: ColumnElement[bool]) -> list[tuple[Meeting, Invitation]]:
    """Meetings of some kind that a member is invited to, with the invitation, the earliest first."""
    rows = (
        select(Meeting, Invitation)
        .join(Invitation, Invitation.meeting_id == Meeting.id)
        .where(Invitation.member_id == member.id, *which)
        .order_by(Meeting.starts_at, Meeting.id)
    )
    return [(meeting, invitation) for meeting, invitation in (await state.session.execute(rows)).all()]


async def plan(
    uow: UnitOfWork, cluster: Cluster, details: Details, *, by: Member, now: datetime, send_at: datetime | None = None
) -> Meeting:
    """Call a meeting: invite every active member, tell the channel the counts, lay out the reminding.

    Members and channel hear of it at ``send_at``, its coordinators at once.
    """
    meeting = new(cluster, details, by=by, now=now)
    uow.session.add(meeting)
    await uow.session.flush()
    await announce(uow, meeting, cluster, now=now, send_at=send_at)
    audit.note(uow, "meeting.planned", MEETING.about(meeting.id), now=now, actor_id=by.id, cluster_id=cluster.id)
    return meeting


def new(cluster: Cluster, details: Details, *, by: Member, now: datetime) -> Meeting:
    """A meeting that nobody has heard of."""
    return Meeting(cluster_id=cluster.id, created_at=now, created_by=by.id, **vars(details))


async def announce(
    uow: UnitOfWork, meeting: Meeting, cluster: Cluster, *, now: datetime, send_at: datetime | None
) -> None:
    """Owe everybody what they hear of a meeting that is called, and the meeting what it needs by itself."""
    for leader in await desk_holders(uow, meeting):
        key = f"desk:{meeting.id}:{leader.id}"
        await tell(uow, meeting, "meeting.desk", key=key, now=now, to=leader, urgency=ANSWER)
        if send_at is not None and send_at > now:  # until then the card says that it waits
            await tell(
                uow, meeting, "meeting.desk", key=f"{key}:sent", now=now, to=leader, due_at=send_at, how=How.UPDATE
            )
    invited = await members.of_cluster(uow, cluster.id)
    for member in invited:
        await invitations.invite(uow, meeting, member, now=now, at=send_at)
    place = cluster.channel_id
    await tell(uow, meeting, "meeting.channel", key=f"channel:{meeting.id}", now=now, channel_id=place, due_at=send_at)
    await occasions.lay_out(uow, meeting, now=now)
    await renew_home(uow, [member.id for member in invited if member.slack_user_id], now=now)
    if send_at is not None and send_at > now:
        await _renew_pages_then(uow, meeting, invited, now=now, at=send_at)


async def _renew_pages_then(
    uow: UnitOfWork, meeting: Meeting, people: Sequence[Member], *, now: datetime, at: datetime
) -> None:
    """Owe a fresh page for when the invitation is out: until then it shows nothing of the meeting."""
    subject = MEETING.about(meeting.id)
    for member in people:
        if member.slack_user_id:
            key = f"home:{member.id}:{subject}"
            await owe(
                uow,
                "home",
                key=key,
                now=now,
                member_id=member.id,
                cluster_id=meeting.cluster_id,
                subject=subject,
                due_at=at,
                urgency=BULK,
                how=How.HOME,
            )


async def change(
    uow: UnitOfWork, meeting: Meeting, details: Details, *, by: Member, now: datetime, sequence: int
) -> MeetingChange:
    """Write new details. People are told when time, place or answer-by moved, and asked again on another weekday.

    ``sequence`` is that of the meeting when the form was opened: somebody else may have changed it since.
    """
    await hold(uow, meeting)
    _require_planned(meeting, now)
    if meeting.sequence != sequence:
        raise ClusterError("meeting.changed_meanwhile")
    moved, change, was = is_moved(meeting, details), MeetingChange(), snapshot(meeting)
    if moved:
        change = await move(uow, meeting, details, now=now)
    else:
        write(meeting, details)
    if not meeting.food:
        await forget_diets(uow, meeting)
    await seats.fill(uow, meeting, now=now)
    await refresh_all(uow, meeting, now=now)
    what, subject = "meeting.moved" if moved else CHANGED, MEETING.about(meeting.id)
    audit.note(uow, what, subject, now=now, actor_id=by.id, cluster_id=meeting.cluster_id)
    if change.told:  # what everybody is told is not put back behind their backs
        await undoing.forget(uow, subject, CHANGED)
    else:
        await undoing.remember(uow, CHANGED, subject, by=by.id, was=was, became=snapshot(meeting), now=now)
    return change


async def cancel(uow: UnitOfWork, meeting: Meeting, *, by: Member, now: datetime, reason: str = "") -> bool:
    """Call a meeting off. Answers are kept, reminders go, whoever was invited is told once. False if it was off.

    The reason is told to everybody invited.
    """
    await hold(uow, meeting)
    if meeting.state == MeetingState.CANCELLED:
        return False
    _require_planned(meeting, now)
    subject = MEETING.about(meeting.id)
    unsent, send_at = await not_yet_invited(uow, meeting), await due(uow, meeting, now)
    meeting.state, meeting.cancel_reason = MeetingState.CANCELLED, " ".join(reason.split())[:REASON_LIMIT]
    meeting.sequence += 1
    await take_back(uow, subject)
    await forget_diets(uow, meeting)
    told = [member for member, _ in await reachable(uow, meeting.id) if member.id not in unsent]
    for member in told:
        key = f"cancelled:{meeting.id}:{member.id}"
        await tell(uow, meeting, "meeting.cancelled", key=key, now=now, to=member)
    await refresh_all(uow, meeting, now=now)
    audit.note(uow, CANCELLED, subject, now=now, actor_id=by.id, cluster_id=meeting.cluster_id)
    if send_at is not None and not told:
        was = {"state": MeetingState.PLANNED, "send_at": send_at.isoformat()}
        became = {"state": MeetingState.CANCELLED}
        await undoing.remember(uow, CANCELLED, subject, by=by.id, was=was, became=became, now=now)
    return True


async def call_again(uow: UnitOfWork, meeting: Meeting, *, by: Member, now: datetime, send_at: datetime) -> None:
    """A meeting that was called off before anybody was invited is on again; the invitation waits as it did."""
    await hold(uow, meeting)
    if meeting.state != MeetingState.CANCELLED or meeting.starts_at <= now:
        raise ClusterError("meeting.is_over")
    meeting.state, meeting.cancel_reason = MeetingState.PLANNED, ""
    meeting.sequence += 1
    await announce(uow, meeting, await uow.session.get_one(Cluster, meeting.cluster_id), now=now, send_at=send_at)
    await refresh_all(uow, meeting, now=now)
    subject = MEETING.about(meeting.id)
    audit.note(uow, "meeting.planned", subject, now=now, actor_id=by.id, cluster_id=meeting.cluster_id)
    was, became = {"state": MeetingState.CANCELLED}, {"state": MeetingState.PLANNED}
    await undoing.remember(uow, CANCELLED, subject, by=by.id, was=was, became=became, now=now)


async def close_answers(uow: UnitOfWork, meeting: Meeting, *, now: datetime) -> None:
    """The answer-by has come: cards lose their buttons, and the coordinators get the count for the kitchen."""
    due_at = next_slot(now, await hours_of(uow, meeting.cluster_id))
    for leader in await members.coordinators(uow, meeting.cluster_id):
        key = f"final:{meeting.id}:{meeting.sequence}:{leader.id}"
        await tell(uow, meeting, "meeting.final", key=key, now=now, to=leader, due_at=due_at)
    await occasions.lay_out_the_end(uow, meeting, now=now)
    await refresh_all(uow, meeting, now=now)


async def close(uow: UnitOfWork, meeting: Meeting, *, now: datetime) -> None:
    """The meeting is over: nothing that stands in Slack asks for an answer any more, and no diet is kept."""
    await forget_diets(uow, meeting)
    await refresh_all(uow, meeting, now=now)


def _require_planned(meeting: Meeting, now: datetime) -> None:
    if meeting.state == MeetingState.DRAFT:
        raise ClusterError("meeting.is_draft")
    if meeting.state == MeetingState.CANCELLED:
        raise ClusterError("meeting.is_cancelled")
    if meeting.ends_at <= now:
        raise ClusterError("meeting.is_over")
