"""Who chairs a meeting: somebody is asked, who need not run the cluster; the time is told to them from then on."""

from __future__ import annotations

from datetime import datetime

from cluster import audit
from cluster.chairing import running, sittings
from cluster.chairing.room import Kinds
from cluster.errors import ClusterError
from cluster.subjects import MEETING
from storage.models import Meeting, Member
from storage.unit_of_work import UnitOfWork
from storage.words import MeetingState


async def choose(uow: UnitOfWork, meeting: Meeting, chair: Member, *, by: Member, now: datetime) -> None:
    """Ask a member to chair; told at once, and the card comes a quarter of an hour before."""
    if meeting.state != MeetingState.PLANNED or meeting.ends_at <= now:
        raise ClusterError("agenda.over")
    if chair.cluster_id != meeting.cluster_id or not chair.active or not chair.slack_user_id:
        raise ClusterError("chair.not_here")
    sitting = await sittings.opened(uow, meeting)
    if sitting.chair_id == chair.id:
        return
    sitting.chair_id = chair.id
    await uow.session.flush()
    await running.owe_nudges(uow, meeting, sitting, now=now)
    subject = MEETING.about(meeting.id)
    audit.note(uow, "chair.chosen", subject, now=now, actor_id=by.id, cluster_id=meeting.cluster_id, member=chair.id)
    if chair.id != by.id:
        await sittings.tell(
            uow, meeting, Kinds.CHAIR_ASKED, chair, key=f"chair:{meeting.id}:{chair.id}:{int(now.timestamp())}", now=now
        )
    if now >= meeting.starts_at - sittings.EARLY:
        await sittings.hand_card(uow, meeting, chair, now=now)
    await sittings.show(uow, meeting, now=now)
