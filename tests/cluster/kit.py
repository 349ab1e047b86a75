"""A cluster, a round that it is asked in, and what its practices do with it."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import select

from cluster.charts import releases as feedback
from cluster.rounds import rounds
from cluster.rounds.planning import Plan
from cluster.submissions import submissions
from cluster.submissions.submissions import OwnPart, UsableNumbers
from storage.database import Database
from storage.models import Cluster, Consent, Member, Outbox, Practice, Release, Rules
from storage.unit_of_work import UnitOfWork, look

DEADLINE = datetime(2026, 3, 19, 11, 0, tzinfo=UTC)
"""Thursday noon in Copenhagen."""
NUMBERS = {"listed": 2000, "copd": 60, "spirometry": 40, "care_plan": 30}
Work = Callable[[UnitOfWork], Coroutine[Any, Any, Any]]


async def a_cluster(database: Database, now: datetime, practices: int = 3) -> int:
    """Practices 1, 2, … with member of the same id, who is its contact; the first coordinates."""
    async with UnitOfWork(database) as uow:
        cluster = Cluster(team_id="T1", channel_id="C1", name="Nord", region="", created_at=now, set_up_at=now)
        uow.session.add(cluster)
        await uow.session.flush()
        uow.session.add(Rules(cluster_id=cluster.id, decided_at=now))
        for n in range(1, practices + 1):
            practice = Practice(cluster_id=cluster.id, ydernummer=f"{n:06}", name=f"Hus {n}", list_size=2000)
            uow.session.add(practice)
            await uow.session.flush()
            role = "coordinator" if n == 1 else "member"
            who = {"slack_user_id": f"U{n}", "name": f"Læge {n}", "role": role, "title": "ejerlæge"}
            member = Member(cluster_id=cluster.id, practice_id=practice.id, confirmed_at=now, **who)
            uow.session.add(member)
            await uow.session.flush()
            practice.contact_id = member.id
            uow.session.add(Consent(practice_id=practice.id, member_id=member.id, given_at=now))
        await uow.commit()
        return cluster.id


async def a_round(database: Database, now: datetime, practices: int, package: str = "kol") -> None:
    """Round 1 of cluster 1: practice and member n belong together; the first coordinates."""
    cluster_id = await a_cluster(database, now, practices)
    everybody = {n: n for n in range(1, practices + 1)}
    plan = Plan(package, date(2025, 3, 1), date(2026, 2, 28), DEADLINE, answering=everybody)
    await do(database, lambda uow: rounds.begin(uow, cluster_id, plan, actor_id=1, now=now))


async def do(database: Database, work: Work) -> Any:
    """Something done in a transaction of its own."""
    async with UnitOfWork(database) as uow:
        result = await work(uow)
        await uow.commit()
        return result


async def part(uow: UnitOfWork, practice: int, member: int | None = None) -> OwnPart:
    assignment = await rounds.of_practice(uow, 1, practice)
    acting = await uow.session.get(Member, member or practice)
    assert assignment is not None
    assert acting is not None
    return OwnPart(assignment, await rounds.get(uow, 1), acting)


async def give(database: Database, now: datetime, *practices: int, **numbers: int | None) -> None:
    """These practices answer, one after another."""
    for practice in practices:

        async def answer(uow: UnitOfWork, n: int = practice) -> None:
            await submissions.keep(uow, await part(uow, n), UsableNumbers("form", NUMBERS | numbers), now=now)

        await do(database, answer)


async def release(database: Database, now: datetime) -> None:
    await do(database, lambda uow: _release(uow, now))


async def _release(uow: UnitOfWork, now: datetime) -> None:
    await feedback.release(uow, await rounds.get(uow, 1), actor_id=1, now=now)


async def charts(database: Database) -> list[tuple[int, int]]:
    """Which release's charts are owed to which member, in order."""
    async with look(database) as state:
        rows = select(Outbox).where(Outbox.kind == "feedback.chart").order_by(Outbox.id)
        return [(row.params["release"], row.member_id or 0) for row in await state.session.scalars(rows)]


async def releases(database: Database) -> list[tuple[int, list[int]]]:
    async with look(database) as state:
        rows = select(Release).order_by(Release.number)
        return [(each.number, each.submission_ids) for each in await state.session.scalars(rows)]


async def told(database: Database, kind: str) -> list[int | None]:
    """To whom a kind is owed."""
    async with look(database) as state:
        rows = select(Outbox.member_id).where(Outbox.kind == kind).order_by(Outbox.id)
        return list(await state.session.scalars(rows))
