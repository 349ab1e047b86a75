"""The largest cluster that there is, with much going on: 73 doctors in 35 practices."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from cluster.members.organisations import Account
from measures.packages.package import load
from storage.models import (
    Agreement,
    Assignment,
    Attendance,
    Cluster,
    Consent,
    Invitation,
    Meeting,
    Member,
    Practice,
    Release,
    Round,
    Rules,
    Submission,
)
from storage.unit_of_work import UnitOfWork

TEAM, COORDINATOR, MEMBER = "T1", "U0", "U1"
PRACTICES, DOCTORS = 35, 73
DAY = timedelta(days=1)
NAME = "Lægerne & Sygeplejerskerne <i> Sønder Bjerregravs gamle mejeri ved åen"


async def large_cluster(
    uow: UnitOfWork, now: datetime, *, open_things: int = 6, past: int = 12, number: int = 1, people: int = DOCTORS
) -> None:
    """Half of the open things are invitations, half are numbers asked for; ``past`` meetings and rounds lie behind."""
    cluster = Cluster(team_id=TEAM, channel_id=f"C{number}", name=f"Klynge {number}", region="Nord")
    cluster.created_at = cluster.set_up_at = now
    uow.session.add(cluster)
    await uow.session.flush()
    uow.session.add(Rules(cluster_id=cluster.id, decided_at=now))
    practices = [
        Practice(cluster_id=cluster.id, ydernummer=f"{n:06}", name=f"{NAME} {n}", list_size=3000 + n, system="xmo")
        for n in range(min(PRACTICES, people))
    ]
    uow.session.add_all(practices)
    await uow.session.flush()
    doctors = [
        Member(
            cluster_id=cluster.id,
            practice_id=practices[n % len(practices)].id,
            slack_user_id=f"U{n}",
            name=f"{n} Anne-Mette Sørensen-Østergaard",
            role="coordinator" if n == 0 else "member",
            title="ejerlæge",
            confirmed_at=now,
        )
        for n in range(people)
    ]
    uow.session.add_all(doctors)
    await uow.session.flush()
    for n, practice in enumerate(practices):
        practice.contact_id = doctors[n].id
        uow.session.add(Consent(practice_id=practice.id, member_id=doctors[n].id, given_at=now))
    for n in range(past + open_things // 2):
        starts = now - (n + 1) * 20 * DAY if n < past else now + (n - past + 1) * 30 * DAY
        await _meeting(uow, cluster.id, doctors, starts, is_over=n < past)
    for n in range(past + open_things - open_things // 2):
        await _round(uow, cluster.id, practices, doctors, now, n, is_over=n < past)


async def _meeting(uow: UnitOfWork, cluster_id: int, doctors: list[Member], starts: datetime, *, is_over: bool) -> None:
    when = {"starts_at": starts, "ends_at": starts + DAY / 12, "answer_by": starts - 7 * DAY, "created_at": starts}
    meeting = Meeting(cluster_id=cluster_id, title=f"{NAME} {starts:%d%m}", place=NAME, state="planned", **when)
    meeting.attendance_closed_at = starts if is_over else None
    uow.session.add(meeting)
    await uow.session.flush()
    answers = ["yes", "maybe", "no"] if is_over else [None, "yes"]
    for n, doctor in enumerate(doctors):
        uow.session.add(Invitation(meeting_id=meeting.id, member_id=doctor.id, answer=answers[n // 2 % len(answers)]))
        if is_over:
            uow.session.add(
                Attendance(meeting_id=meeting.id, member_id=doctor.id, present=n % 3 > 0, recorded_at=starts)
            )


async def _round(
    uow: UnitOfWork,
    cluster_id: int,
    practices: list[Practice],
    doctors: list[Member],
    now: datetime,
    n: int,
    *,
    is_over: bool,
) -> None:
    package = load("kol")
    end = (now - n * 90 * DAY).date()
    about: dict[str, Any] = {"package_id": package.id, "package_version": package.version, "created_at": now}
    round_ = Round(cluster_id=cluster_id, period_start=end - 90 * DAY, period_end=end, deadline=now + 3 * DAY, **about)
    round_.state, round_.released_at = ("closed", now - (n + 1) * 90 * DAY) if is_over else ("open", None)
    uow.session.add(round_)
    await uow.session.flush()
    for each, doctor in zip(practices, doctors, strict=False):
        uow.session.add(Assignment(round_id=round_.id, practice_id=each.id, member_id=doctor.id))
        if is_over or (each.id % 2 and doctor.slack_user_id not in {COORDINATOR, MEMBER}):
            numbers = {"listed": 3000, "copd": 130 + n, "spirometry": 90 + n, "care_plan": 70}
            given = Submission(round_id=round_.id, practice_id=each.id, version=1, member_id=doctor.id, numbers=numbers)
            given.source, given.state, given.created_at = "form", "accepted", now
            uow.session.add(given)
    if is_over:
        uow.session.add(Release(round_id=round_.id, number=1, submission_ids=[], created_at=now))
        text = "Sygeplejersken laver forløbsplanen ved årskontrollen. " * 8
        agreed = Agreement(cluster_id=cluster_id, round_id=round_.id, text=text, decided_at=now, measure_id="")
        agreed.state, agreed.measure_again_on = "open", now.date()
        uow.session.add(agreed)


def account(user: str) -> Account:
    """Somebody of ours."""
    return Account(user)
