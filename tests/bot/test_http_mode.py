"""Under signed HTTP the same program hears the same things, and nobody else."""

from __future__ import annotations

import aiohttp
import pytest

from bot.settings import Settings
from handlers.routes import Kept, Routes
from handlers.turn import Turn
from tests.bot.scene import Scene
from workspace import Workspace

HEARD: list[str] = []


async def hear(turn: Turn) -> None:
    HEARD.append(turn.words)


@pytest.fixture
def extra() -> Routes:
    HEARD.clear()
    return Routes(events={"message": Kept(hear)})


@pytest.fixture
def settings(world: Workspace, database_url: str) -> Settings:
    return Settings(
        slack_bot_token=world.bot_token,
        slack_signing_secret=world.signing_secret,
        slack_api_url=f"{world.url}/api/",
        database_url=database_url,
        mode="http",
        port=0,
        tick_seconds=0.5,
        pace_factor=100,
    )


@pytest.fixture(autouse=True)
def target(scene: Scene) -> None:
    scene.world.http_target = f"{scene.bot.http_url}/slack/events"


async def test_signed_message_is_heard_once_though_told_twice(scene: Scene) -> None:
    await scene.desk.delivery(duplicate_next=1)
    await scene.desk.say(scene.coordinator, scene.world.bot_user_id, "hej")
    await scene.settle()
    assert HEARD == ["hej"]


async def test_command_is_answered_in_the_response(scene: Scene) -> None:
    answer = await scene.desk.command(scene.coordinator, scene.klynge.channel, "/klynge sludder")
    assert answer["response"]["text"] == "Det kender jeg ikke. Skriv /klynge hjælp for at se, hvad jeg kan."


@pytest.mark.parametrize("how", ["unsigned", "wrong", "stale"])
async def test_request_that_is_not_slacks_is_refused(scene: Scene, how: str) -> None:
    assert await scene.desk.unsigned(how) == 401
    await scene.settle()
    assert HEARD == []


async def test_health_is_told(scene: Scene) -> None:
    async with aiohttp.ClientSession() as session:
        async with session.get(f"{scene.bot.http_url}/healthz") as alive:
            assert (alive.status, await alive.json()) == (200, {"alive": True})
        async with session.get(f"{scene.bot.http_url}/readyz") as ready:
            assert (ready.status, await ready.json()) == (200, {"ready": True, "missing": []})
