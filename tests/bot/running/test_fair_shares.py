"""One cluster's heavy work makes another wait for its turn, and no longer."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from sqlalchemy import update

from bot.app import Runtime
from handlers.feature import Feature, Kept
from handlers.turn import Turn
from storage.models import Cluster, Member
from storage.unit_of_work import UnitOfWork
from tests.bot.scene import Settle
from workspace import Desk, Workspace

MANY = 30
A_WHILE = 0.1
MOST = 12
"""Of the many's heavy things, how many may be done before the few's two: what was in hand, and a turn for each."""


class Work:
    """A handler that computes for a while, and what it has done for whom."""

    def __init__(self) -> None:
        self.done: list[str] = []

    async def run(self, turn: Turn) -> None:
        await turn.tools.compute(time.sleep, A_WHILE)
        assert turn.cluster is not None
        self.done.append(turn.cluster.name)
        async with turn.unit() as uow:
            await uow.commit()


@pytest.fixture
def work() -> Work:
    return Work()


@pytest.fixture
def extra(work: Work) -> Feature:
    return Feature(events={"message": Kept(work.run)}, heavy={"message"})


@pytest.mark.long
@pytest.mark.both_databases
async def test_thirty_heavy_things_of_one_cluster_leave_another_its_share(
    world: Workspace, desk: Desk, bot: Runtime, settle: Settle, work: Work, a_cluster: Callable[..., Awaitable[Any]]
) -> None:
    klynge = await a_cluster(MANY + 2, name="Mange")
    others = klynge.doctors[MANY:]
    async with UnitOfWork(bot.database) as uow:
        made = await uow.session.get_one(Cluster, klynge.id)
        few = Cluster(**{name: getattr(made, name) for name in ("team_id", "region", "created_at", "set_up_at")})
        few.name, few.channel_id = "Få", "C0FEW"
        uow.session.add(few)
        await uow.session.flush()
        theirs = Member.slack_user_id.in_(others)
        await uow.session.execute(update(Member).where(theirs).values(cluster_id=few.id, practice_id=None))
        await uow.commit()
    for doctor in klynge.doctors:
        await desk.say(doctor, world.bot_user_id, "regn")
    before = len(work.done)
    await settle()
    assert (work.done.count("Mange"), work.done.count("Få")) == (MANY, 2)
    assert [place for place, name in enumerate(work.done[before:]) if name == "Få"][-1] < MOST
