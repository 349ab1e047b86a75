"""Nobody finds whose answer it was: not with a copy of the database after every answer, its files and its log."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime

import pytest

from cluster.errors import ClusterError
from cluster.evaluations import answering, appraisals
from cluster.evaluations.counting import LEAST, QUESTIONS, Ballot
from cluster.evaluations.urn import Urn
from storage.database import Database
from storage.unit_of_work import UnitOfWork
from tests.cluster.evaluations.attack import Run, Snapshot, a_cluster, copy, play

PEOPLE = 14


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """A migrated, empty database: SQLite or PostgreSQL."""
    made = Database(database_url)
    yield made
    await made.close()


async def attack(database: Database, now: datetime, seeds: range) -> dict[int, list[str]]:
    cluster, people = await a_cluster(database, PEOPLE, now)
    runs = {seed: await play(database, cluster, people, now, seed) for seed in seeds}
    assert any(each.seen[-1].told for each in runs.values())
    assert any(len({one.given for one in each.seen}) > 2 for each in runs.values())
    return {seed: found for seed, run in runs.items() if (found := run.found())}


@pytest.mark.long
@pytest.mark.both_databases
async def test_no_answer_has_an_author(database: Database, now: datetime) -> None:
    assert await attack(database, now, range(8)) == {}


@pytest.mark.whole
@pytest.mark.timeout(1800)
async def test_no_answer_has_an_author_in_a_thousand_evaluations(database: Database, now: datetime) -> None:
    assert await attack(database, now, range(1000, 2000)) == {}


@pytest.mark.long
async def test_what_is_told_is_told_once(database: Database, now: datetime) -> None:
    cluster, people = await a_cluster(database, PEOPLE, now)
    run = await play(database, cluster, people, now, 3)
    before = run.seen[-1].told
    async with UnitOfWork(database) as uow:
        found = await appraisals.get(uow, 1)
        late = next(each for each in people if each.id not in run.answered)
        with pytest.raises(ClusterError):
            await answering.answer_anonymously(uow, Urn(), found, late, Ballot(dict.fromkeys(QUESTIONS, 1)), now=now)
        await appraisals.close(uow, Urn(), found, now=now)
        await uow.commit()
    assert (await copy(database, 1)).told == before


def seen(given: set[int], counts: dict[str, dict[str, int]], raw: bytes = b"") -> Snapshot:
    return Snapshot(frozenset(given), counts, frozenset(), {}, frozenset(), (0, 0, 0), raw)


def test_attacker_finds_what_is_kept_one_by_one_alike_or_in_clear() -> None:
    alike = {n: Ballot(dict.fromkeys(QUESTIONS, 4), comment=f"ord{n}") for n in range(LEAST)}
    one = Run(alike, [seen(set(), {}), seen({1}, {"data": {"4": 1}})])
    all_ = Run(alike, [seen(set(), {}), seen(set(alike), {"data": {"4": LEAST}})])
    clear = Run(alike, [seen(set(), {}, b"...ord3...")])
    assert [bool(each.found()) for each in (one, all_, clear)] == [True, True, True]
