"""Everybody's attendance in a year, by person and by practice: for the coordinators, and for the fee claim."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from cluster.calendar import at_new_year
from cluster.meetings.attendance import Share
from cluster.members.cluster_rules import rules_of
from storage.models import Attendance, Invitation, Meeting, Member, Practice
from storage.unit_of_work import Reading
from storage.words import MeetingState, Rsvp


@dataclass(frozen=True)
class Year:
    """A cluster's registered meetings of a year, and everybody's presence at them."""

    meetings: Sequence[Meeting]
    people: Sequence[tuple[Member, Practice | None]]
    present: frozenset[tuple[int, int]]
    """Meeting and member …"""
    noted: frozenset[tuple[int, int]]
    """… and for whom it counts: who joined later, or wasn't invited, missed nothing, nor who declined it where the
    cluster has agreed so."""

    def of_person(self, member_id: int) -> Share:
        """One person's year."""
        held = [each.id for each in self.meetings if (each.id, member_id) in self.noted]
        return Share(sum((each, member_id) in self.present for each in held), len(held))

    def of_practice(self, practice_id: int | None) -> Share:
        """At how many of the meetings that any of its people were asked to, somebody of a practice was."""
        people = {member.id for member, practice in self.people if (practice.id if practice else None) == practice_id}
        held = [each.id for each in self.meetings if any((each.id, who) in self.noted for who in people)]
        return Share(sum(any((each, who) in self.present for who in people) for each in held), len(held))


async def year_of(state: Reading, cluster_id: int, year: int) -> Year:
    """Everybody's attendance in a year: for the coordinators, and for the participant list that goes with the claim."""
    rows = (
        select(Meeting)
        .where(Meeting.cluster_id == cluster_id, Meeting.state == MeetingState.PLANNED)
        .where(Meeting.starts_at >= at_new_year(year), Meeting.starts_at < at_new_year(year + 1))
        .where(Meeting.attendance_closed_at.is_not(None))
        .order_by(Meeting.starts_at, Meeting.id)
    )
    meetings = (await state.session.execute(rows)).scalars().all()
    people = (
        select(Member, Practice)
        .outerjoin(Practice, Practice.id == Member.practice_id)
        .where(Member.cluster_id == cluster_id)
        .where(Member.id.in_(select(Attendance.member_id).join(Meeting).where(Meeting.cluster_id == cluster_id)))
        .order_by(Practice.ydernummer, Member.name, Member.id)
    )
    noted = (
        select(Attendance.meeting_id, Attendance.member_id, Attendance.present, Invitation.answer)
        .outerjoin(
            Invitation,
            (Invitation.meeting_id == Attendance.meeting_id) & (Invitation.member_id == Attendance.member_id),
        )
        .where(Attendance.meeting_id.in_([meeting.id for meeting in meetings]))
    )
    found = (await state.session.execute(noted)).all()
    counts = (await rules_of(state, cluster_id)).excused_counts
    return Year(
        meetings,
        [(member, practice) for member, practice in (await state.session.execute(people)).all()],
        frozenset((meeting, member) for meeting, member, present, _ in found if present),
        frozenset(
            (meeting, member) for meeting, member, present, answer in found if counts or present or answer != Rsvp.NO
        ),
    )
