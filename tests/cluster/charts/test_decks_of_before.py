"""The deck of an earlier topic is found by its name, and by the year of its numbers."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from cluster.charts import decks
from storage.database import Database
from storage.models import Cluster, Release, Round
from storage.unit_of_work import UnitOfWork
from storage.words import RoundState
from tests.conftest import T0

HAD = (("kol", 2023), ("ppi", 2024), ("kol", 2025), ("diabetes", 2025))
"""The rounds of a cluster, the oldest first; the last is called off."""


async def rounds_of(uow: UnitOfWork, now: datetime) -> int:
    cluster = Cluster(team_id="T1", channel_id="C1", name="Nord", region="", created_at=now)
    uow.session.add(cluster)
    await uow.session.flush()
    for package_id, year in HAD:
        made = Round(
            cluster_id=cluster.id,
            package_id=package_id,
            package_version="1.0.0",
            period_start=date(year, 1, 1),
            period_end=date(year, 12, 31),
            deadline=now,
            state=RoundState.CANCELLED if package_id == "diabetes" else RoundState.CLOSED,
            created_at=now,
        )
        uow.session.add(made)
        await uow.session.flush()
        uow.session.add(Release(round_id=made.id, number=1, submission_ids=[], created_at=now))
    await uow.session.flush()
    return cluster.id


@pytest.mark.both_databases
@pytest.mark.parametrize(
    ("words", "expected"),
    [("kol", 3), ("KOL 2023", 1), ("ppi", 2), ("2024", 2), ("kol 2024", None), ("diabetes", None)],
)
async def test_earlier_charts_are_named(database: Database, words: str, expected: int | None):
    async with UnitOfWork(database) as uow:
        found = await decks.newest_about(uow, await rounds_of(uow, T0), words)
        assert (found.round_id if found else None) == expected
