"""How the tests of topics look at windows."""

from __future__ import annotations

from typing import Any

from tests.handlers.meetings.kit import Room, words
from workspace import Desk


async def window(desk: Desk, person: str) -> dict[str, Any]:
    """The window on top."""
    found = await desk.top_view(person)
    assert found is not None
    return found


async def seen(desk: Desk, person: str) -> str:
    """What the window on top says."""
    return words((await window(desk, person))["view"])


async def say(room: Room, person: str, said: str) -> None:
    """Write to the bot, and wait for what comes of it."""
    channels = (await room.desk.state(person))["channels"]
    direct = next(channel["id"] for channel in channels if channel["kind"] == "im")
    await room.desk.say(person, direct, said)
    await room.settle()


async def press_in_window(room: Room, person: str, action: str, value: object) -> None:
    """Press the button of one suggestion in the window on top."""
    view = await window(room.desk, person)
    block = next(
        each["block_id"]
        for each in view["view"]["blocks"]
        for element in each.get("elements", [])
        if element.get("action_id") == action and element.get("value") == str(value)
    )
    await room.desk.act(person, view, action, block_id=block)
    await room.settle()
