"""A bot with a few routes of its own, and a desk drawer to owe things from."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

import pytest

from bot.app import Runtime
from cluster.clock import MovableClock
from cluster.notices import Owed, owe
from cluster.overview.room import Kinds as Overview
from handlers import errors
from handlers.feature import Feature, FeatureTable, Notice, Rendering, Step, merge
from handlers.message import Message
from handlers.operations import news
from handlers.turn import Tools
from storage.models import Outbox
from storage.unit_of_work import UnitOfWork
from tests.bot.scene import Owe, Row, Scene, Script, Settle
from tests.own_kinds import Kinds
from workspace import Desk, Workspace


@pytest.fixture
def script() -> Script:
    return Script()


@pytest.fixture
def extra() -> Feature:
    """What a test module adds."""
    return Feature()


@pytest.fixture
def routes(script: Script, extra: Feature) -> FeatureTable:
    async def notice(rendering: Rendering) -> Message | None:
        return script.answer(rendering)

    async def step(uow: UnitOfWork, owed: Owed, tools: Tools) -> None:
        script.steps.append(owed.key)
        await owe(uow, "test.notice", key=f"after:{owed.key}", now=tools.clock.now(), member_id=owed.params["member"])

    kinds = (Kinds.NOTICE, Kinds.CARD, Overview.HOME)
    mine = Feature(notices=dict.fromkeys(kinds, Notice(notice)), steps={"test.step": Step(step, ahead=None)})
    return merge([errors.feature, news.feature, mine, extra])


@pytest.fixture
def owed(bot: Runtime, clock: MovableClock) -> Owe:
    """``await owed("key", member_id=…)`` owes a ``test.notice`` and answers the row's id."""

    async def make(key: str, *, kind: str = "test.notice", due_at: datetime | None = None, **more: Any) -> int:
        from sqlalchemy import select

        async with UnitOfWork(bot.database) as uow:
            await owe(uow, kind, key=key, now=clock.now(), due_at=due_at, **more)
            row_id = int(await uow.session.scalar(select(Outbox.id).where(Outbox.key == key)) or 0)
            await uow.commit()
        return row_id

    return make


@pytest.fixture
def row(bot: Runtime) -> Row:
    """The outbox row as it is now."""

    async def find(row_id: int) -> Outbox:
        async with bot.database.read() as session:
            found = await session.get(Outbox, row_id)
        assert found is not None
        return found

    return find


@pytest.fixture
async def scene(
    *,
    world: Workspace,
    desk: Desk,
    bot: Runtime,
    clock: MovableClock,
    settle: Settle,
    script: Script,
    owed: Owe,
    row: Row,
    a_cluster: Callable[..., Awaitable[Any]],
) -> Scene:
    """A cluster of two practices and the running bot."""
    return Scene(world, desk, bot, clock, settle, script, owed, row, await a_cluster(2))
