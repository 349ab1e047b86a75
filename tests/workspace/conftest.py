"""A served workspace with two doctors and a channel, and the real Bolt app in one mode or both."""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from tests.workspace.kit import T0, Place, Running, answering, listening
from workspace import Desk, Workspace, WorkspaceClock


@pytest.fixture
async def place() -> AsyncIterator[Place]:
    world = Workspace(clock=WorkspaceClock(T0, ticking=False))
    # A crowded machine may stand still for three seconds, and what is sent twice then says nothing about us.
    world.settings.change({"ack_seconds": 20.0, "trigger_seconds": 20.0})
    anne = world.add_person(name="Anne Holm", email="anne@example.dk")
    bo = world.add_person(name="Bo Lind", email="bo@example.dk", locale="en-US")
    channel = world.add_channel("klynge", [anne, bo, world.bot_user_id])
    world.commands = [{"command": "/klynge", "description": "Klyngen", "usage_hint": "[møde]"}]
    server = await world.serve()
    client = AsyncWebClient(world.bot_token, base_url=server.api_url)
    async with Desk(server.url) as desk:
        yield Place(world, server, desk, client, anne, bo, channel)
    await server.close()


@pytest.fixture(params=["socket", "http"])
async def running(request: pytest.FixtureRequest, place: Place) -> AsyncIterator[Running]:
    """Starts a Bolt app in the mode of this run; every test that uses it runs in both."""
    async with AsyncExitStack() as stack:

        async def start(app: AsyncApp) -> None:
            await stack.enter_async_context((listening if request.param == "socket" else answering)(place, app))

        yield start


@pytest.fixture
async def socketed(place: Place) -> AsyncIterator[Running]:
    """Starts a Bolt app under Socket Mode."""
    async with AsyncExitStack() as stack:

        async def start(app: AsyncApp) -> None:
            await stack.enter_async_context(listening(place, app))

        yield start


@pytest.fixture
def closed_port() -> int:
    """A port where nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
