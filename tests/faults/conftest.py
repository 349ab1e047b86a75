"""A cluster with a meeting ahead, its people, and a Slack that is about to fail."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from bot.app import Runtime
from bot.settings import Settings
from cluster.clock import MovableClock
from tests.faults.village import Village
from workspace import Desk, Workspace


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """A short lease and quick ticks: what broke is tried again soon."""
    return settings.model_copy(update={"lease_seconds": 3, "tick_seconds": 0.1})


@pytest.fixture
async def village(
    world: Workspace,
    desk: Desk,
    bot: Runtime,
    clock: MovableClock,
    a_cluster: Callable[..., Awaitable[Any]],
) -> Village:
    """Five practices that have been invited to a meeting; everything is calm."""
    made = Village(world, desk, bot, clock, await a_cluster(5))
    await made.call_meeting()
    return made
