"""Who was there: the sheet after a meeting, a member's own share of the year, the list for the fee claim.

A cluster may decide not to register attendance at all (FRE-07). Nobody but the coordinators sees others' attendance
(FRE-08), and an absence that was announced is shown as just that (FRE-05).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from cluster import audit, undoing
from cluster.calendar import at_new_year
from cluster.errors import ClusterError
from cluster.meetings.cards import desk_holders
from cluster.members.cluster_rules import rules_of
from cluster.notices import ANSWER, refresh, renew_home
from cluster.subjects import MEETING
from storage.models import Attendance, Invitation, Meeting, Member, Practice
from storage.unit_of_work import Reading, UnitOfWork
from storage.words import COMING, MeetingState, Rsvp

RECORDED, CHECKED_IN = "attendance.recorded", "attendance.checked_in"
"""What is remembered of the sheet, and of one who checked in, to be put back."""


@dataclass(frozen=True)
class Seat:
    """One person on the sheet. ``present`` is what was recorded, or None while nothing is."""

    member: Member
    practice: Practice | None
    invited: bool
    answer: Rsvp | None
    present: bool | None

    @property
    def ticked(self) -> bool:
        """How the sheet shows the person: as recorded, else as announced."""
        return self.answer in COMING if self.present is None else self.present


@dataclass(frozen=True)
class Share:
    """A member's year: of ``held`` registered meetings ``present``, and ``excused`` announced absences."""

    present: int
    held: int
    excused: int = 0
    excused_counts: bool = True
    """Whether these absences are among the meetings ``held``, as the cluster has agreed."""

    @property
    def fraction(self) -> float | None:
        """The share of the meetings held; None before the first."""
        return self.present / self.held if self.held else None


async def is_registered(state: Reading, cluster_id: int) -> bool:
    """Whether the cluster has agreed to register attendance."""
    return (await rules_of(state, cluster_id)).attendance_registered


async def sheet(state: Reading, meeting: Meeting) -> list[Seat]:
    """Everybody who may have been there, practice by practice: the cluster's people, invited or not."""
    rows = (
        select(Member, Practice, Invitation.id, Invitation.answer, Attendance.present)
        .outerjoin(Practice, Practice.id == Member.practice_id)
        .outerjoin(Invitation, (Invitation.member_id == Member.id) & (Invitation.meeting_id == meeting.id))
        .outerjoin(Attendance, (Attendance.member_id == Member.id) & (Attendance.meeting_id == meeting.id))
        .where(Member.cluster_id == meeting.cluster_id)
        .where(Member.active | Attendance.id.is_not(None))
        .order_by(Practice.name, Practice.id, Member.name, Member.id)
    )
    found = [
        Seat(member, practice, invitation_id is not None, answer, present)
        for member, practice, invitation_id, answer, present in (await state.session.execute(rows)).all()
    ]
    return sorted(found, key=lambda seat: seat.practice is None)


async def record(uow: UnitOfWork, meeting: Meeting, present: Collection[int], *, by: Member, now: datetime) -> int:
    """Keep who was there, or correct it; the number of people who were."""
    if not await is_registered(uow, meeting.cluster_id):
        raise ClusterError("attendance.not_registered")
    if meeting.state == MeetingState.CANCELLED:
        raise ClusterError("meeting.is_cancelled")
    if now < meeting.starts_at:
        raise ClusterError("attendance.too_early")
    seats = await sheet(uow, meeting)
    earlier = select(Attendance).where(Attendance.meeting_id == meeting.id)
    kept = {row.member_id: row for row in (await uow.session.execute(earlier)).scalars()}
    was, changed = _noted(meeting, kept.values()), 0
    for seat in seats:
        was_there = seat.member.id in present
        row = kept.get(seat.member.id)
        if row is None and not (seat.invited or was_there):
            continue
        if row is None:
            row = Attendance(meeting_id=meeting.id, member_id=seat.member.id)
            uow.session.add(row)
            kept[seat.member.id] = row
        elif row.present == was_there:
            continue
        row.present, row.recorded_at, row.recorded_by = was_there, now, by.id
        changed += 1
    what = "attendance.corrected" if meeting.attendance_closed_at else "attendance.recorded"
    meeting.attendance_closed_at = now
    await uow.session.flush()
    subject = MEETING.about(meeting.id)
    audit.note(uow, what, subject, now=now, actor_id=by.id, cluster_id=meeting.cluster_id, changed=changed)
    became = _noted(meeting, kept.values())
    await undoing.remember(uow, RECORDED, subject, by=by.id, was=was, became=became, now=now)
    await _show(uow, meeting, seats, now=now)
    return sum(seat.member.id in present for seat in seats)


async def check_in(uow: UnitOfWork, meeting: Meeting, member: Member, *, by: Member, now: datetime) -> bool:
    """Somebody is there, invited or not; the sheet stays open. False when that is noted."""
    if not await is_registered(uow, meeting.cluster_id):
        raise ClusterError("attendance.not_registered")
    row = await _row_of(uow, meeting, member)
    if row is not None and row.present:
        return False
    was: undoing.Values = {"present": row.present if row is not None else None}
    await _note_one(uow, meeting, member, row, by=by, now=now)
    subject = MEETING.about(meeting.id)
    await undoing.remember(uow, CHECKED_IN, subject, by=by.id, was=was, became={"present": True}, now=now)
    return True


async def is_in(state: Reading, meeting: Meeting, member: Member) -> undoing.Values:
    """What is noted of one member."""
    row = await _row_of(state, meeting, member)
    return {"present": row.present if row is not None else None}


async def check_out(uow: UnitOfWork, meeting: Meeting, was: undoing.Values, *, by: Member, now: datetime) -> None:
    """As it was before the member checked in."""
    row = await _row_of(uow, meeting, by)
    if row is None:
        return
    if was["present"] is None:
        await uow.session.delete(row)
    else:
        row.present, row.recorded_at, row.recorded_by = was["present"], now, by.id
    await uow.session.flush()
    await _show_one(uow, meeting, by, now=now)


async def count_in(state: Reading, meeting: Meeting) -> int:
    """How many are noted to be there."""
    rows = select(func.count()).select_from(Attendance).where(Attendance.meeting_id == meeting.id, Attendance.present)
    return int(await state.session.scalar(rows) or 0)


async def _row_of(state: Reading, meeting: Meeting, member: Member) -> Attendance | None:
    rows = select(Attendance).where(Attendance.meeting_id == meeting.id, Attendance.member_id == member.id)
    found: Attendance | None = await state.session.scalar(rows)
    return found


async def _note_one(
    uow: UnitOfWork, meeting: Meeting, member: Member, row: Attendance | None, *, by: Member, now: datetime
) -> None:
    row = row or Attendance(meeting_id=meeting.id, member_id=member.id)
    row.present, row.recorded_at, row.recorded_by = True, now, by.id
    uow.session.add(row)
    await uow.session.flush()
    subject = MEETING.about(meeting.id)
    audit.note(uow, CHECKED_IN, subject, now=now, actor_id=by.id, cluster_id=meeting.cluster_id)
    await _show_one(uow, meeting, member, now=now)


async def _show_one(uow: UnitOfWork, meeting: Meeting, member: Member, *, now: datetime) -> None:
    for leader in await desk_holders(uow, meeting):
        subject = MEETING.about(meeting.id)
        await refresh(uow, "meeting.attendance", subject=subject, now=now, member_id=leader.id, urgency=ANSWER)
    if member.slack_user_id:
        await renew_home(uow, [member.id], now=now)


async def noted(state: Reading, meeting: Meeting) -> undoing.Values:
    """Who is noted to have been there, and whether anything is."""
    rows = select(Attendance).where(Attendance.meeting_id == meeting.id)
    return _noted(meeting, (await state.session.scalars(rows)).all())


async def put_back(uow: UnitOfWork, meeting: Meeting, was: undoing.Values, *, by: Member, now: datetime) -> None:
    """The sheet as it was: who was noted then, or nobody."""
    became, there = await noted(uow, meeting), {int(who): present for who, present in was["there"].items()}
    rows = (await uow.session.scalars(select(Attendance).where(Attendance.meeting_id == meeting.id))).all()
    kept = {row.member_id: row for row in rows}
    for gone in kept.keys() - there.keys():
        await uow.session.delete(kept[gone])
    for who, present in there.items():
        row = kept.get(who) or Attendance(meeting_id=meeting.id, member_id=who)
        row.present, row.recorded_at, row.recorded_by = present, now, by.id
        uow.session.add(row)
    meeting.attendance_closed_at = now if was["is_noted"] else None
    await uow.session.flush()
    subject = MEETING.about(meeting.id)
    audit.note(uow, "attendance.corrected", subject, now=now, actor_id=by.id, cluster_id=meeting.cluster_id)
    await undoing.remember(uow, RECORDED, subject, by=by.id, was=became, became=was, now=now)
    await _show(uow, meeting, await sheet(uow, meeting), now=now)


def _noted(meeting: Meeting, rows: Iterable[Attendance]) -> undoing.Values:
    there = {str(row.member_id): row.present for row in rows}
    return {"there": there, "is_noted": meeting.attendance_closed_at is not None}


async def _show(uow: UnitOfWork, meeting: Meeting, seats: Sequence[Seat], *, now: datetime) -> None:
    subject = MEETING.about(meeting.id)
    for leader in await desk_holders(uow, meeting):
        await refresh(uow, "meeting.attendance", subject=subject, now=now, member_id=leader.id, urgency=ANSWER)
    await renew_home(uow, [seat.member.id for seat in seats if seat.member.slack_user_id], now=now)


async def share_of(state: Reading, member: Member, year: int) -> Share:
    """A member's own share of a year's registered meetings."""
    rows = (
        select(Attendance.present, Invitation.answer)
        .join(Meeting, Meeting.id == Attendance.meeting_id)
        .outerjoin(Invitation, (Invitation.meeting_id == Meeting.id) & (Invitation.member_id == Attendance.member_id))
        .where(Attendance.member_id == member.id, Meeting.state == MeetingState.PLANNED)
        .where(Meeting.starts_at >= at_new_year(year), Meeting.starts_at < at_new_year(year + 1))
    )
    found = (await state.session.execute(rows)).all()
    excused = sum(not present and answer == Rsvp.NO for present, answer in found)
    counts = (await rules_of(state, member.cluster_id)).excused_counts
    held = len(found) if counts else len(found) - excused
    return Share(sum(present for present, _ in found), held, excused, counts)


async def begun(state: Reading, cluster_id: int, year: int, *, now: datetime) -> Sequence[Meeting]:
    """The meetings of a year that have begun, the newest first: their sheets can be gone through."""
    rows = (
        select(Meeting)
        .where(Meeting.cluster_id == cluster_id, Meeting.state == MeetingState.PLANNED, Meeting.starts_at <= now)
        .where(Meeting.starts_at >= at_new_year(year), Meeting.starts_at < at_new_year(year + 1))
        .order_by(Meeting.starts_at.desc(), Meeting.id.desc())
    )
    return (await state.session.execute(rows)).scalars().all()
