"""From a bot that was just invited to the first invitation that is sent: five steps, and where a cluster is.

Worked out from how the cluster stands, never kept: whoever stops comes back to the step that is next, whoever did it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import func, select

from cluster.members import members, practices
from cluster.members.list_tasks import ListTask, OpenTask
from cluster.subjects import MEETING
from storage.models import Assignment, Cluster, Meeting, Member, Outbox, Practice, RosterImport, Round
from storage.unit_of_work import Reading
from storage.words import How, MeetingState, OutboxState, ProposalState


class FirstStep(StrEnum):
    """In their order."""

    SET_UP = "set_up"
    LIST = "list"
    CONTACTS = "contacts"
    MEETING = "meeting"
    INVITATION = "invitation"


STEPS = tuple(FirstStep)


@dataclass(frozen=True)
class Begun:
    """How far a cluster has come."""

    cluster_id: int
    is_set_up: bool
    practices: int
    members: int
    without_contact: int
    """Practices that have people, of whom none answers for them."""
    waiting_list: int | None = None
    """A list of members that was read and waits for a yes."""
    is_planned: bool = False
    """Whether there is a meeting ahead …"""
    draft: int | None = None
    """… or one that is written down, and that nobody has heard of."""
    waiting_meeting: int | None = None
    """A meeting whose invitation waits for its hour …"""
    sends_at: datetime | None = None
    """… and when that is."""
    is_underway: bool = False
    """Whether somebody has been invited to a meeting, or practices were asked for numbers."""

    @property
    def done(self) -> dict[FirstStep, bool]:
        """Each step. Nobody needs a contact to go on: with a meeting ahead that step is behind."""
        is_listed = self.practices > 0 or self.members > 1  # whoever runs the cluster is one
        is_written = self.is_planned or self.is_underway or self.draft is not None
        return {
            FirstStep.SET_UP: self.is_set_up,
            FirstStep.LIST: is_listed,
            FirstStep.CONTACTS: is_listed and (not self.without_contact or is_written),
            FirstStep.MEETING: is_written,
            FirstStep.INVITATION: self.is_underway,
        }

    @property
    def current(self) -> FirstStep | None:
        """The step that is next; None when all are done."""
        return next((step for step, is_done in self.done.items() if not is_done), None)


def beside(tasks: Sequence[OpenTask], step: FirstStep | None) -> list[OpenTask]:
    """What is open in the list without what the step that is next says itself."""
    return [task for task in tasks if step is not FirstStep.CONTACTS or task.what is not ListTask.CONTACT]


async def look(state: Reading, cluster: Cluster, now: datetime) -> Begun:
    """How far a cluster has come, for whoever has asked nothing about it yet."""
    rows = select(RosterImport.id).where(
        RosterImport.cluster_id == cluster.id, RosterImport.state == ProposalState.WAITING
    )
    lists = (await state.session.scalars(rows.order_by(RosterImport.id.desc()))).all()
    places, people = await practices.of_cluster(state, cluster.id), await members.of_cluster(state, cluster.id)
    return await of_cluster(state, cluster, places, people, lists, now)


async def of_cluster(
    state: Reading,
    cluster: Cluster,
    places: Sequence[Practice],
    people: Sequence[Member],
    lists: Sequence[int],
    now: datetime,
) -> Begun:
    """How far a cluster with these practices, people and waiting lists has come. One question."""
    card = (Outbox.cluster_id == cluster.id) & (Outbox.kind == "meeting.card") & (Outbox.how == How.POST)
    waits = card & (Outbox.state == OutboxState.WAITING) & (Outbox.due_at > now)
    ours = Meeting.cluster_id == cluster.id
    row = select(
        select(func.count(Meeting.id)).where(ours, Meeting.state == MeetingState.PLANNED).scalar_subquery(),
        select(func.max(Meeting.id)).where(ours, Meeting.state == MeetingState.DRAFT).scalar_subquery(),
        select(func.count(Outbox.subject.distinct())).where(waits).scalar_subquery(),
        select(Outbox.subject).where(waits).order_by(Outbox.due_at, Outbox.id).limit(1).scalar_subquery(),
        select(func.min(Outbox.due_at)).where(waits).scalar_subquery(),
        select(Outbox.id).where(card & (Outbox.state == OutboxState.SENT)).exists(),
        select(Assignment.id).join(Round).where(Round.cluster_id == cluster.id).exists(),
    )
    called, draft, waiting, subject, sends_at, *has_begun = (await state.session.execute(row)).one()
    return Begun(
        cluster_id=cluster.id,
        is_set_up=cluster.set_up_at is not None,
        practices=len(places),
        members=len(people),
        without_contact=len(practices.to_be_answered_for(places, people)),
        waiting_list=next(iter(lists), None),
        is_planned=called > 0,
        draft=draft,
        waiting_meeting=MEETING.key_in(subject) if subject else None,
        sends_at=sends_at,
        is_underway=called > waiting or any(has_begun),
    )
