"""The program ends right before or right after what it decided is kept, and everybody does the same once more.

A recall, its redrawing, a wait before charts and their sending are owed once, and whole.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from cluster.charts import releases
from cluster.errors import ClusterError
from cluster.rounds import rounds
from storage.database import Database
from storage.models import Erratum, Outbox, Recall, Round, SecondLook
from storage.unit_of_work import UnitOfWork, look
from tests.cluster.charts.test_recalling import answer, sent
from tests.cluster.kit import a_round, give, release

Step = Callable[[Database, datetime], Awaitable[Any]]
OWN = ("feedback.chart", "post", 2)
WATCHED = ("recall.", "feedback.", "deck.", "round.", "data.look")


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """A migrated, empty database of either kind."""
    made = Database(database_url)
    yield made
    await made.close()


class Ended(Exception):
    """The program is gone."""


@contextmanager
def ends(moment: str) -> Iterator[None]:
    """The first commit from here on is the last thing that the program does."""

    def strike(_: Session) -> None:
        event.remove(Session, moment, strike)
        raise Ended

    event.listen(Session, moment, strike)
    with suppress(Ended):
        yield
        event.remove(Session, moment, strike)


async def correct(database: Database, now: datetime) -> None:
    await give(database, now, 2, spirometry=40)


async def agree(database: Database, now: datetime) -> None:
    await answer(database, now, 2, yes=True)


async def send_now(database: Database, now: datetime) -> None:
    async with UnitOfWork(database) as uow:
        await releases.release(uow, await rounds.get(uow, 1), actor_id=1, now=now, waited=True)
        await uow.commit()


async def far_out(database: Database, now: datetime) -> None:
    """Nine have answered, and one number stands out."""
    await a_round(database, now, 9)
    for n in range(1, 10):
        await give(database, now, n, spirometry=4 if n == 2 else 40)


async def kept(database: Database) -> tuple[Any, ...]:
    """What is owed of all this, and what is decided; without the answers' own charts, which each answer gets."""
    async with look(database) as state:
        owed = [(row.kind, row.how, row.member_id) for row in await state.session.scalars(select(Outbox))]
        watched = Counter(each for each in owed if each[0].startswith(WATCHED) and each != OWN)
        recalls = [(row.measure_id, row.again_id) for row in await state.session.scalars(select(Recall))]
        erred = [(row.practice_id, row.answer) for row in await state.session.scalars(select(Erratum))]
        looks = [row.practice_id for row in await state.session.scalars(select(SecondLook))]
        rounds_ = [(row.state, row.held_until) for row in await state.session.scalars(select(Round))]
    return watched, recalls, erred, looks, rounds_


STEPS: dict[str, tuple[Step, list[Step]]] = {
    "recall": (sent, [correct]),
    "redrawing": (sent, [correct, agree]),
    "wait": (far_out, [release]),
    "sending": (far_out, [release, send_now]),
}


@pytest.mark.long
@pytest.mark.both_databases
@pytest.mark.parametrize("what", STEPS)
async def test_what_was_begun_is_whole_and_done_once(database: Database, now: datetime, what: str) -> None:
    begin, steps = STEPS[what]
    await begin(database, now)
    for step in steps[:-1]:
        await step(database, now)
    before = await kept(database)
    with ends("before_commit"):
        await steps[-1](database, now)
    assert await kept(database) == before
    with ends("after_commit"):
        await steps[-1](database, now)
    once = await kept(database)
    assert once != before
    with suppress(ClusterError):
        await steps[-1](database, now)
    assert await kept(database) == once
