"""A list that is saved late: nobody is written to before the morning, unless that is asked for. All through Slack."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

import pytest

from cluster.clock import COPENHAGEN
from handlers.onboarding.ids import Action
from workspace import Desk, Workspace

Settle = Callable[[], Awaitable[None]]
LIST = "Ydernummer;Praksis;Navn;E-mail\n057584;Lægehuset Nord;Bo Friis;bo@nord.example\n"
FRIDAY_EVENING = datetime(2026, 5, 8, 21, 30, tzinfo=COPENHAGEN)
MONDAY_MORNING = datetime(2026, 5, 11, 8, 0, tzinfo=COPENHAGEN)


@pytest.fixture
async def preview(world: Workspace, desk: Desk, settle: Settle) -> tuple[str, str, dict[str, Any]]:
    """The coordinator and Bo, and what the coordinator sees of a list that was sent on a Friday evening."""
    kirsten = world.add_person("Kirsten Dahl", email="kirsten@nord.example")
    bo = world.add_person("Bo Friis", email="bo@nord.example")
    channel = world.add_channel("klynge", members=[kirsten, bo])
    await desk.clock_to(FRIDAY_EVENING)
    await desk.join(channel, world.bot_user_id, kirsten)
    await settle()
    await desk.upload(kirsten, world.bot_user_id, "medlemmer.csv", LIST.encode())
    await settle()
    return kirsten, bo, (await desk.dm(kirsten))[-1]


@pytest.mark.long
async def test_evening_list_waits_for_the_morning(
    world: Workspace, desk: Desk, settle: Settle, preview: tuple[str, str, dict[str, Any]]
) -> None:
    kirsten, bo, message = preview
    assert "De nye medlemmer hører fra mig mandag den 11. maj kl. 08.00." in str(message["blocks"])
    await desk.act(kirsten, message, Action.ROSTER_SAVE)
    await settle()
    assert "skriver jeg til mandag den 11. maj kl. 08.00" in (await desk.dm(kirsten))[-1]["text"]
    assert await desk.dm(bo) == []
    await desk.clock_to(MONDAY_MORNING)
    await settle()
    assert len(await desk.dm(bo)) == 1


@pytest.mark.long
async def test_evening_list_is_told_at_once_when_that_is_asked_for(
    desk: Desk, settle: Settle, preview: tuple[str, str, dict[str, Any]]
) -> None:
    kirsten, bo, message = preview
    await desk.act(kirsten, message, Action.ROSTER_SAVE_NOW)
    await settle()
    assert len(await desk.dm(bo)) == 1
