"""Recording who was there, and a member's share of the year, on a real database."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from cluster.calendar import at
from cluster.errors import ClusterError
from cluster.meetings import attendance, meetings
from cluster.meetings.attendance import Share
from cluster.meetings.details import Details
from cluster.overview import years
from storage.database import Database
from storage.models import Attendance, Audit, Cluster, Invitation, Meeting, Member, Practice, Rules
from storage.unit_of_work import UnitOfWork, look

KIRSTEN, BO, IDA, EVA = 1, 2, 3, 4
START = at(date(2026, 3, 26), 16, 30)
AFTER = at(date(2026, 3, 27), 8)


def details(start: datetime) -> Details:
    return Details("topic", "KOL", start, start + timedelta(hours=2), "", False, start - timedelta(days=7), "")


@pytest.fixture
async def cluster(database: Database, now: datetime) -> Cluster:
    """Kirsten and Bo share a practice, Ida has her own, Eva looks on from none."""
    people = [("Kirsten", "coordinator", 2), ("Bo", "member", 2), ("Ida", "member", 1), ("Eva", "observer", None)]
    async with UnitOfWork(database) as uow:
        made = Cluster(team_id="T1", channel_id="C1", created_at=now)
        uow.session.add(made)
        await uow.session.flush()
        uow.session.add(Rules(cluster_id=made.id, decided_at=now))
        uow.session.add(Practice(cluster_id=made.id, ydernummer="000001", name="Ved Åen"))
        uow.session.add(Practice(cluster_id=made.id, ydernummer="000002", name="Broen"))
        await uow.session.flush()
        for name, role, practice in people:
            uow.session.add(
                Member(cluster_id=made.id, name=name, role=role, practice_id=practice, slack_user_id=f"U{name}")
            )
            await uow.session.flush()
        await uow.commit()
    return made


async def hold(database: Database, cluster: Cluster, start: datetime, now: datetime) -> Meeting:
    async with UnitOfWork(database) as uow:
        by = (await uow.session.execute(select(Member).where(Member.id == KIRSTEN))).scalar_one()
        made = await meetings.plan(uow, cluster, details(start), by=by, now=now)
        await uow.commit()
    return made


async def record(database: Database, meeting_id: int, present: set[int], now: datetime = AFTER) -> int:
    async with UnitOfWork(database) as uow:
        by = (await uow.session.execute(select(Member).where(Member.id == KIRSTEN))).scalar_one()
        there = await attendance.record(uow, await meetings.get(uow, meeting_id), present, by=by, now=now)
        await uow.commit()
    return there


async def share(database: Database, member_id: int, year: int = 2026) -> Share:
    async with look(database) as state:
        member = (await state.session.execute(select(Member).where(Member.id == member_id))).scalar_one()
        return await attendance.share_of(state, member, year)


async def kept(database: Database) -> dict[int, bool]:
    async with look(database) as state:
        rows = await state.session.execute(select(Attendance.member_id, Attendance.present))
        return {row.member_id: row.present for row in rows}


async def test_sheet_goes_practice_by_practice_with_those_outside_last(
    database: Database, cluster: Cluster, now: datetime
) -> None:
    meeting = await hold(database, cluster, START, now)
    async with look(database) as state:
        seats = await attendance.sheet(state, meeting)
    assert [(seat.member.name, seat.invited) for seat in seats] == [
        ("Bo", True),
        ("Kirsten", True),
        ("Ida", True),
        ("Eva", False),
    ]


async def test_record_keeps_absence_only_of_the_invited(database: Database, cluster: Cluster, now: datetime) -> None:
    await hold(database, cluster, START, now)
    assert await record(database, 1, {KIRSTEN}) == 1
    assert await kept(database) == {KIRSTEN: True, BO: False, IDA: False}


async def test_guest_who_was_not_invited_can_be_recorded_as_present(
    database: Database, cluster: Cluster, now: datetime
) -> None:
    await hold(database, cluster, START, now)
    await record(database, 1, {EVA})
    assert await kept(database) == {KIRSTEN: False, BO: False, IDA: False, EVA: True}


async def test_correction_changes_what_was_recorded_and_is_told_apart_in_the_log(
    database: Database, cluster: Cluster, now: datetime
) -> None:
    await hold(database, cluster, START, now)
    await record(database, 1, {KIRSTEN, BO})
    await record(database, 1, {KIRSTEN, IDA})
    assert await kept(database) == {KIRSTEN: True, BO: False, IDA: True}
    async with look(database) as state:
        rows = select(Audit.what, Audit.details).where(Audit.what.startswith("attendance."))
        noted = [(what, said["changed"]) for what, said in (await state.session.execute(rows)).all()]
    assert noted == [("attendance.recorded", 3), ("attendance.corrected", 2)]


async def test_share_counts_the_years_recorded_meetings_and_announced_absence_apart(
    database: Database, cluster: Cluster, now: datetime
) -> None:
    for n in range(3):
        await hold(database, cluster, START + timedelta(days=7 * n), now)
    async with UnitOfWork(database) as uow:
        mine = select(Invitation).where(Invitation.meeting_id == 2, Invitation.member_id == BO)
        (await uow.session.execute(mine)).scalar_one().answer = "no"
        await uow.commit()
    later = AFTER + timedelta(days=30)
    await record(database, 1, {BO}, later)
    await record(database, 2, set(), later)
    assert await share(database, BO) == Share(present=1, held=2, excused=1)  # the third is not recorded yet
    assert await share(database, BO, 2025) == Share(present=0, held=0, excused=0)


async def test_practice_is_there_when_anybody_of_it_is_and_who_was_not_asked_has_missed_nothing(
    database: Database, cluster: Cluster, now: datetime
) -> None:
    for n in range(2):
        await hold(database, cluster, START + timedelta(days=7 * n), now)
    async with UnitOfWork(database) as uow:
        not_asked = select(Invitation).where(Invitation.meeting_id == 1, Invitation.member_id == IDA)
        await uow.session.delete((await uow.session.execute(not_asked)).scalar_one())
        await uow.commit()
    later = AFTER + timedelta(days=30)
    await record(database, 1, {KIRSTEN}, later)
    await record(database, 2, {BO}, later)
    async with look(database) as state:
        year = await years.year_of(state, cluster.id, 2026)
    assert [year.of_person(who) for who in (KIRSTEN, BO, IDA)] == [Share(1, 2), Share(1, 2), Share(0, 1)]
    assert [year.of_practice(place) for place in (2, 1)] == [Share(2, 2), Share(0, 1)]


@pytest.mark.parametrize(("counts", "mine", "practice"), [(True, (1, 3), (1, 3)), (False, (1, 2), (1, 2))])
async def test_absence_that_was_announced_counts_or_not_as_the_cluster_agreed(
    database: Database, cluster: Cluster, now: datetime, counts: bool, mine: tuple[int, int], practice: tuple[int, int]
) -> None:
    for n in range(3):
        await hold(database, cluster, START + timedelta(days=7 * n), now)
    async with UnitOfWork(database) as uow:
        uow.session.add(Rules(cluster_id=cluster.id, decided_at=now, excused_counts=counts))
        declined = select(Invitation).where(Invitation.meeting_id == 2, Invitation.member_id == IDA)
        (await uow.session.execute(declined)).scalar_one().answer = "no"
        await uow.commit()
    later = AFTER + timedelta(days=30)
    for meeting_id, there in ((1, {IDA}), (2, set[int]()), (3, set[int]())):
        await record(database, meeting_id, there, later)
    assert await share(database, IDA) == Share(*mine, excused=1, excused_counts=counts)
    async with look(database) as state:
        year = await years.year_of(state, cluster.id, 2026)
    assert year.of_person(IDA) == Share(*mine)
    assert year.of_practice(1) == Share(*practice)


async def test_record_before_the_meeting_is_refused(database: Database, cluster: Cluster, now: datetime) -> None:
    await hold(database, cluster, START, now)
    with pytest.raises(ClusterError, match=r"attendance.too_early"):
        await record(database, 1, {BO}, START - timedelta(minutes=1))
    assert await kept(database) == {}


async def test_record_is_refused_where_it_is_not_agreed(database: Database, cluster: Cluster, now: datetime) -> None:
    await hold(database, cluster, START, now)
    async with UnitOfWork(database) as uow:
        uow.session.add(Rules(cluster_id=cluster.id, decided_at=now, attendance_registered=False))
        await uow.commit()
    with pytest.raises(ClusterError, match=r"attendance.not_registered"):
        await record(database, 1, {BO})
    assert await kept(database) == {}


async def test_new_year_begins_in_copenhagen(database: Database, cluster: Cluster) -> None:
    december = at(date(2026, 12, 1), 9)
    await hold(database, cluster, at(date(2027, 1, 1), 0, 30), december)  # still 2026 in UTC
    await record(database, 1, {BO}, at(date(2027, 1, 4), 8))
    assert (await share(database, BO, 2026)).held == 0
    assert (await share(database, BO, 2027)).held == 1
