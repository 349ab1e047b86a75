"""The list of all meetings, and the coordinator's card of a date poll, of the largest cluster: processor time."""

import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path

from sqlalchemy import select

from cluster.polls import answers
from cluster.year import listing
from handlers.polls.views import desk
from handlers.year.views import listing as views
from locales import texts_for
from storage.database import Database
from storage.migrate import migrate
from storage.models import Cluster, Member, Poll, PollAnswer, PollDate
from storage.unit_of_work import Look, UnitOfWork, look
from tests.bench.row import Row
from tests.conftest import T0
from tests.handlers.overview.large import large_cluster

MARK = 0.05
TIMES = 30
OLD = 40
"""Meetings of ten years, four a year."""
DATES = 8
Work = Callable[[Look], Awaitable[object]]


async def rows() -> list[Row]:
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite+aiosqlite:///{Path(folder) / 'klynge.db'}")
        await migrate(database)
        async with UnitOfWork(database) as uow:
            await large_cluster(uow, T0, past=OLD)
            await _poll(uow)
            await uow.commit()
        found = {name: await _median(database, work) for name, work in WORK.items()}
        await database.close()
    return [Row(name, f"{took * 1000:.0f} ms", f"≤ {MARK * 1000:.0f} ms", took <= MARK) for name, took in found.items()]


async def _poll(uow: UnitOfWork) -> None:
    """Eight dates, and an answer of every member to each."""
    cluster = (await uow.session.scalars(select(Cluster))).one()
    about = {"cluster_id": cluster.id, "kind": "topic", "title": "KOL", "created_at": T0}
    poll = Poll(**about, answer_by=T0 + timedelta(days=7))
    uow.session.add(poll)
    await uow.session.flush()
    people = (await uow.session.scalars(select(Member))).all()
    for n in range(DATES):
        starts = T0 + timedelta(days=20 + n)
        date = PollDate(poll_id=poll.id, starts_at=starts, ends_at=starts + timedelta(hours=2))
        uow.session.add(date)
        await uow.session.flush()
        said = ("yes", "if_needed", "no")
        uow.session.add_all(
            PollAnswer(poll_date_id=date.id, member_id=each.id, suits=said[(n + each.id) % 3], answered_at=T0)
            for each in people
        )


async def _list(state: Look) -> object:
    cluster = (await state.session.scalars(select(Cluster))).one()
    found = await listing.of_cluster(state, cluster.id, T0)
    return views.led_window(found, cluster, texts_for("da"), now=T0, registers=True)


async def _board(state: Look) -> object:
    poll = (await state.session.scalars(select(Poll))).one()
    return desk.desk(await answers.count(state, poll), texts_for("da"), obstacles={})


WORK: dict[str, Work] = {
    "list of all meetings, 73 doctors, ten years behind": _list,
    "card of a date poll, 73 doctors, eight dates": _board,
}


async def _median(database: Database, work: Work) -> float:
    took = []
    for _ in range(TIMES):
        began = time.process_time()
        async with look(database) as state:
            await work(state)
        took.append(time.process_time() - began)
    return statistics.median(took)
