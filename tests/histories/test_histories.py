"""Clusters live through six weeks by lot, and nobody is reminded too often, too late, wrongly or not at all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from cluster.meetings import invitations, meetings
from cluster.meetings.details import Details
from storage.database import Database
from storage.models import Cluster, Member, Outbox
from storage.unit_of_work import UnitOfWork, look
from tests.cluster.kit import a_cluster
from tests.histories.judging import Judge
from tests.histories.land import Seen
from tests.histories.run import live

T0 = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
MORNING = datetime(2026, 3, 16, 8, 30, tzinfo=UTC)


@pytest.mark.long
@pytest.mark.parametrize("seed", [0, 1])
async def test_reminders_are_few_decent_and_true_whatever_happens(tmp_path: Path, seed: int) -> None:
    judge = await live(f"sqlite+aiosqlite:///{tmp_path / 'klynge.db'}", 2, seed)
    assert (dict(judge.wrong), judge.examples) == ({}, {})
    assert judge.reminders > 2
    assert judge.messages > 20


@dataclass
class Told:
    """A reminder that came to somebody, or to several, as a fault would have it."""

    at: datetime = MORNING
    to: tuple[int, ...] = (2,)
    times: int = 1
    answered: bool = False
    away: bool = False
    called_off: bool = False


@pytest.fixture
async def invited(database: Database) -> Database:
    """Three members are invited to a meeting; the second owes an answer."""
    await a_cluster(database, T0)
    async with UnitOfWork(database) as uow:
        cluster, leader = await uow.session.get_one(Cluster, 1), await uow.session.get_one(Member, 1)
        starts_at = T0 + timedelta(days=28)
        ends_at, answer_by = starts_at + timedelta(hours=2), T0 + timedelta(days=21)
        details = Details("topic", "KOL", starts_at, ends_at, "Nord", False, answer_by, "")
        await meetings.plan(uow, cluster, details, by=leader, now=T0)
        await uow.commit()
    return database


async def heard(database: Database, told: Told) -> set[str]:
    """What the judge finds wrong."""
    async with UnitOfWork(database) as uow:
        meeting, member = await meetings.get(uow, 1), await uow.session.get_one(Member, 2)
        if told.answered:
            await invitations.answer(uow, meeting, member, "yes", by=member, now=T0)
        if told.called_off:
            await meetings.cancel(uow, meeting, by=await uow.session.get_one(Member, 1), now=T0)
        member.away_until = told.at + timedelta(days=1) if told.away else None
        about = {"member_id": 2, "cluster_id": 1, "subject": "meeting:1", "lane": "m:2", "how": "post"}
        moments = {"due_at": told.at, "created_at": told.at}
        for n in range(told.times):
            key = f"fault:{n}"
            uow.session.add(Outbox(key=key, kind="meeting.reminder", token=key, state="sent", **about, **moments))
        await uow.commit()
    judge, accounts = Judge(), {f"U{n}": n for n in (1, 2, 3)}
    for n in range(told.times):
        async with look(database) as state:
            seen = [Seen(told.at, f"U{reader}", (f"fault:{n}",), "Kommer du?") for reader in told.to]
            await judge.hear(state, seen, accounts, told.at)
    return set(judge.wrong)


@pytest.mark.parametrize(
    ("told", "wrong"),
    [
        (Told(), set()),
        (Told(at=MORNING.replace(hour=2)), {"outside hours"}),
        (Told(at=MORNING - timedelta(days=1)), {"outside hours"}),
        (Told(to=(3,)), {"wrong person"}),
        (Told(to=(2, 3)), {"said twice", "wrong person"}),
        (Told(times=2), {"second of a day"}),
        (Told(answered=True), {"no longer true"}),
        (Told(called_off=True), {"no longer true"}),
        (Told(away=True), {"on leave"}),
        (Told(at=MORNING + timedelta(days=8)), {"no longer true"}),
    ],
)
async def test_judge_finds_what_is_wrong(invited: Database, told: Told, wrong: set[str]) -> None:
    assert await heard(invited, told) == wrong


async def test_judge_finds_who_was_never_reminded(invited: Database) -> None:
    judge = Judge()
    for days in range(23):
        async with look(invited) as state:
            await judge.watch(state, [1, 2, 3], T0 + timedelta(days=days), slept=False)
    assert (judge.promises, dict(judge.wrong)) == (3, {"never reminded": 3})
