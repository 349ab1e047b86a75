"""The stage: the Slack stand-in, the unchanged bot on a database of its own, and the people who act."""

from __future__ import annotations

import asyncio
import logging
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from pydantic import SecretStr

from bot.app import Runtime, build
from bot.rehearsal.cast import Cast, Doctor
from bot.settings import Settings
from cluster.clock import MovableClock
from handlers import TABLE
from handlers.overview.help import usage_hint
from locales import LANGUAGES, N_, texts_for
from workspace import Desk, Workspace
from workspace.desk.story import Story
from workspace.server import Server

Json = dict[str, Any]
CHANNEL = "klynge-vestfjord"
PATIENCE = 180.0
"""Seconds: the charts of sixty practices take their time on a busy machine."""
BREATH = 0.002
REHEARSAL_PACE = 50
"""How much faster than Slack's limits a rehearsal sends; its stand-in does not count."""


@dataclass
class Stage:
    """What a rehearsal acts with. People are known by name, buttons by action id."""

    cast: Cast
    world: Workspace
    desk: Desk
    runtime: Runtime
    calendar: MovableClock
    channel: str
    page_url: str
    ids: dict[str, str] = field(default_factory=dict)
    """Name → Slack user id."""

    def id_of(self, who: Doctor | str) -> str:
        """The Slack user of a person of the play."""
        return self.ids[who if isinstance(who, str) else who.name]

    async def settle(self) -> None:
        """Wait until the app has taken everything, worked it off and sent what is due."""
        still = 0
        async with asyncio.timeout(PATIENCE):
            while still < 2:  # twice in a row: an answer may just have caused the next one
                taken = self.world.deliveries.waiting == 0
                still = still + 1 if taken and await self.runtime.idle() else 0
                await asyncio.sleep(BREATH)

    async def move_to(self, moment: datetime) -> None:
        """Let the story's time come, and what is due with it."""
        await self.desk.clock_to(moment)
        await self.settle()

    async def command(self, who: Doctor | str, line: str) -> Json:
        """Type a slash command in the direct message with the bot; the ephemeral answer."""
        answer = await self.desk.command(self.id_of(who), self.world.bot_user_id, line)
        await self.settle()
        return answer

    async def press(self, who: Doctor | str, action: str, **state: Any) -> Json:
        """Use the newest element with this action id that the person sees in the direct message.

        ``option`` chooses in a menu by what it says.
        """
        message = await self.newest_with(who, action)
        if "option" in state:
            state["selected_option"] = _value_of(message, action, state.pop("option"))
        answer = await self.desk.act(self.id_of(who), message, action, **state)
        await self.settle()
        return answer

    async def send_form(self, who: Doctor | str, values: Json) -> Json:
        """Fill in the window on top and send it; ``errors`` in the answer are shown at the fields."""
        answer = await self.desk.submit(self.id_of(who), None, values)
        await self.settle()
        return answer

    async def say(self, who: Doctor | str, text: str) -> None:
        """Write to the bot."""
        await self.desk.say(self.id_of(who), self.world.bot_user_id, text)
        await self.settle()

    async def send_file(self, who: Doctor | str, name: str, data: bytes, *, thread_ts: str | None = None) -> None:
        """Drop a file in the direct message with the bot."""
        await self.desk.upload(self.id_of(who), self.world.bot_user_id, name, data, thread_ts=thread_ts)
        await self.settle()

    async def seen_by(self, who: Doctor | str) -> list[Json]:
        """What is in the person's direct message with the bot."""
        return await self.desk.messages(self.id_of(who), self.world.bot_user_id)

    async def newest_with(self, who: Doctor | str, action: str) -> Json:
        """The newest message that holds an element; LookupError when the person sees none."""
        messages = await self.seen_by(who)
        found = next((each for each in reversed(messages) if _holds(each, action)), None)
        if found is None:
            raise LookupError(f"{who} sees nothing called {action}")
        return found


def _holds(message: Json, action: str) -> bool:
    if message.get("deleted"):
        return False
    elements = [each for block in message.get("blocks") or [] for each in _elements(block)]
    return any(element.get("action_id") == action for element in elements)


def _value_of(message: Json, action: str, label: str) -> str:
    offered = {each["text"]["text"].casefold(): str(each["value"]) for each in _options(message, action)}
    return offered[label.casefold()]


def options_of(message: Json, action: str) -> list[str]:
    """What is written beside the choices of a menu or a list."""
    return [str(each["text"]["text"]) for each in _options(message, action)]


def _options(message: Json, action: str) -> list[Json]:
    elements = [each for block in message["blocks"] for each in _elements(block) if each.get("action_id") == action]
    return list(elements[0]["options"])


def label_of(message: Json, action: str) -> str:
    """What is written on a button, or in an empty menu."""
    found = (each for block in message["blocks"] for each in _elements(block) if each.get("action_id") == action)
    element = next(found)
    return str((element.get("text") or element.get("placeholder") or {}).get("text", ""))


def _elements(block: Json) -> list[Json]:
    found = list(block.get("elements", [])) if block["type"] == "actions" else []
    return found + [block[name] for name in ("accessory", "element") if name in block]


def typed_command() -> Json:
    """The bot's command with the hint that Slack shows, and every word that may follow it."""
    words = [
        {
            "word": command.names[0],
            "about": {language: texts_for(language)(command.help[0].what) for language in LANGUAGES},
        }
        for command in sorted(TABLE.said, key=lambda one: one.told.place if one.told else 0)
        if command.help and command.names[0]
    ]
    return {
        "command": "/klynge",
        "description": texts_for("da")(N_("Meetings and data of the cluster")),
        "usage_hint": usage_hint(TABLE),
        "words": words,
    }


def _free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


@asynccontextmanager
async def stage(
    cast: Cast,
    folder: Path,
    *,
    start: datetime,
    seed: int,
    port: int = 0,
    stopped: bool = True,
    mode: Literal["socket", "http"] = "socket",
    database_url: str = "",
    ready: Callable[[str], None] | None = None,
    server: Server | None = None,
    story: Story | None = None,
) -> AsyncIterator[Stage]:
    """Everything up and running, nobody onboard yet. ``stopped`` keeps the calendar still between moves.

    A ``server`` that is passed in goes on after this stage; until then it serves what is here, and tells ``story``.
    """
    calendar = MovableClock(start, stopped=stopped)
    world = Workspace(clock=calendar, seed=seed, name="Klynge Vestfjord")
    ids = {doctor.name: world.add_person(name=doctor.name, email=doctor.email) for doctor in cast.doctors}
    channel = world.add_channel(CHANNEL, list(ids.values()))
    world.commands, world.story = [typed_command()], story
    world.settings.rate_limits = False
    if stopped:  # played headless: a crowded machine changes no transcript
        world.settings.change({"ack_seconds": 20.0, "trigger_seconds": 20.0})
    async with AsyncExitStack() as stack:
        server_is_given = server is not None
        if server is None:
            server = await world.serve(port=port)
            stack.push_async_callback(server.close)
        else:
            server.put(world)
            stack.push_async_callback(world.close)
        port_of_bot = _free_port() if server_is_given else 0  # on a page people may want the calendar, too
        settings = Settings(
            slack_bot_token=SecretStr(world.bot_token),
            slack_app_token=SecretStr(world.app_token),
            slack_signing_secret=SecretStr(world.signing_secret),
            slack_api_url=server.api_url,
            database_url=database_url or f"sqlite+aiosqlite:///{folder / 'klynge.db'}",
            mode=mode,
            port=port_of_bot,
            public_url=f"http://127.0.0.1:{port_of_bot}" if port_of_bot else "",
            tick_seconds=1,
            pace_factor=REHEARSAL_PACE,
            log_level="WARNING",
            log_json=False,
        )
        logging.getLogger("apscheduler").setLevel(logging.WARNING)
        runtime = await stack.enter_async_context(build(settings, clock=calendar))
        if mode == "http":
            world.http_target = f"{runtime.http_url}/slack/events"
        desk = await stack.enter_async_context(Desk(server.url))
        if ready is not None:
            ready(server.url)
        yield Stage(cast, world, desk, runtime, calendar, channel, server.url, ids)
