"""Connections to PostgreSQL: everything that one process may have in hand leaves some for the door."""

from __future__ import annotations

import asyncio

import pytest
from sqlalchemy import func, select, text

from bot.settings import Settings, SettingsError
from cluster.notices import owe
from handlers import errors
from handlers.feature import Feature, Kept, Notice, Rendering, merge
from handlers.message import Message
from handlers.operations import news
from handlers.turn import Turn
from storage.models import Inbox
from storage.unit_of_work import UnitOfWork
from tests.own_kinds import Kinds
from tests.replicas.conftest import Company
from workspace import Workspace

SMALLEST = 20
IN_HAND = 8
"""What each pump works at once."""

pytestmark = pytest.mark.postgres


class Busy:
    """Handlers and renderers that hold their connection until they are let go."""

    def __init__(self) -> None:
        self.count = 0
        self.let_go = asyncio.Event()

    async def hear(self, turn: Turn) -> None:
        async with turn.unit() as uow:
            await uow.session.execute(text("SELECT 1"))
            await self._stay()
            await uow.commit()

    async def say(self, rendering: Rendering) -> Message:
        await rendering.state.session.execute(text("SELECT 1"))
        await self._stay()
        return Message("ord")

    async def _stay(self) -> None:
        self.count += 1
        await self.let_go.wait()


def test_pool_too_small_for_what_is_in_hand_is_refused() -> None:
    with pytest.raises(SettingsError) as caught:
        Settings(slack_bot_token="xoxb-1", slack_app_token="xapp-1", database_pool=SMALLEST - 1)
    assert len(caught.value.problems) == 1


async def test_arrival_is_kept_while_everything_else_holds_a_connection(company: Company, world: Workspace) -> None:
    busy = Busy()
    mine = Feature(events={"message": Kept(busy.hear)}, notices={Kinds.NOTICE: Notice(busy.say)})
    people = [world.add_person(f"Læge {n + 2}") for n in range(IN_HAND + 1)]
    await company.join(routes=merge([errors.feature, news.feature, mine]), database_pool=SMALLEST)
    async with UnitOfWork(company.database) as uow:
        for person in people[:IN_HAND]:
            await owe(uow, "test.notice", key=person, now=company.clock.now(), channel_id=person, urgency=1)
        await uow.commit()
    for person in people[:IN_HAND]:
        await company.desk.say(person, world.bot_user_id, "ord")

    async def all_busy() -> bool:
        return busy.count == 2 * IN_HAND

    await company.until(all_busy)
    await company.desk.say(people[IN_HAND], world.bot_user_id, "ord")

    async def is_kept() -> bool:
        async with company.database.read() as session:
            return await session.scalar(select(func.count()).select_from(Inbox)) == IN_HAND + 1

    try:
        assert await company.until(is_kept, seconds=10) < 3
    finally:
        busy.let_go.set()
