"""The rehearsed story, played against a bot process that is killed in the middle of its work, again and again."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from sqlalchemy import select

from bot.app import Runtime
from bot.rehearsal.cast import Cast
from bot.rehearsal.play import Play
from bot.rehearsal.stage import CHANNEL, Stage
from bot.rehearsal.story import OPENING, play_through
from cluster.clock import MovableClock
from storage.database import Database
from storage.inbox import waiting
from storage.migrate import migrate
from storage.models import Outbox
from storage.outbox import due
from tests.crash.process import Process
from tests.crash.weather import storm, struck
from workspace import Desk, Workspace

Json = dict[str, Any]
LEASE_SECONDS = 3
LIKELY = 0.4
"""Of the times when the bot gets something to do, how many end with a kill, until there have been enough."""
LOOKS = 5
LOOK_AGAIN = 0.03
"""Seconds: who looks at the database more often takes the processor from the bot."""
NOTICED = 10.0


@dataclass
class Killed:
    """Stands where the story expects the running program: says when it is idle, and kills it while it is not."""

    world: Workspace
    database: Database
    calendar: MovableClock
    bot: Process
    chance: random.Random
    left: int
    shown: Path
    """Where the bot says which moment it lives in: one that is behind would do the right thing at the wrong hour."""
    points: Counter[str] = field(default_factory=Counter)
    _looks: int | None = None
    """How many more looks at a busy bot before it is killed; None when it is spared this time."""
    _was_idle: bool = True

    async def idle(self) -> bool:
        """Whether nothing is left to do. A look at a busy bot may be its last."""
        came_in = await waiting(self.database)
        goes_out = await due(self.database, now=self.calendar.now())
        if not came_in and not goes_out:
            self._was_idle = True
            return self.world.sockets.count > 0 and self._knows_the_hour()
        if self._was_idle:
            self._was_idle = False
            self._looks = self.chance.randrange(LOOKS) if self.chance.random() < LIKELY else None
        if self._looks is not None and self.left and self.world.sockets.count:
            self._looks -= 1
            if self._looks < 0:
                await self._kill("working" if came_in else "sending")
        await asyncio.sleep(LOOK_AGAIN)
        return False

    def _knows_the_hour(self) -> bool:
        return self.shown.exists() and self.shown.read_text() == self.calendar.now().isoformat()

    async def _kill(self, point: str) -> None:
        self._looks = None
        self.left -= 1
        self.points[point] += 1
        await self.bot.kill()
        async with asyncio.timeout(NOTICED):
            await self._unheard()
        await self.bot.start()

    async def _unheard(self) -> None:
        """Until Slack knows that nobody listens: what people do before goes to a socket with nobody behind it."""
        while True:
            if not self.world.sockets.count:
                return
            await asyncio.sleep(0.01)


@dataclass(frozen=True)
class Ending:
    """How the story ended."""

    differences: list[str]
    lost: list[str]
    doubled: list[str]
    kills: int
    points: Counter[str]
    failed_calls: int
    unheard: list[str]
    """What people did and Slack showed as failed; they did it again."""


class Patient(Desk):
    """People who press once more when Slack shows that it did not get through."""

    unheard: list[str]

    async def act(self, as_: str, target: Json | str, action_id: str, **state: Any) -> Json:
        """Use an element, again if need be."""
        return await self._insist(action_id, lambda: super(Patient, self).act(as_, target, action_id, **state))

    async def submit(self, as_: str, view: Json | str | None = None, values: Json | None = None) -> Json:
        """Send a window, again if need be."""
        return await self._insist("submit", lambda: super(Patient, self).submit(as_, view, values))

    async def command(self, as_: str, channel: str, line: str) -> Json:
        """Type a command, again if need be."""
        return await self._insist(line, lambda: super(Patient, self).command(as_, channel, line))

    async def _insist(self, what: str, doing: Callable[[], Awaitable[Json]]) -> Json:
        answer = await doing()
        if answer.get("failed"):
            self.unheard.append(f"{what}: {answer['failed']}")
            answer = await doing()
        return answer


async def play(company: Cast, folder: Path, *, kills: int, seed: int, bad_weather: bool = False) -> Ending:
    """The whole story with at most that many kills, and in bad weather if asked."""
    calendar = MovableClock(OPENING, stopped=True)
    world = Workspace(clock=calendar, seed=seed, name="Klynge Vestfjord")
    ids = {doctor.name: world.add_person(name=doctor.name, email=doctor.email) for doctor in company.doctors}
    channel = world.add_channel(CHANNEL, list(ids.values()))
    world.commands = [{"command": "/klynge", "description": "Klyngebot", "usage_hint": ""}]
    world.settings.rate_limits = False
    async with AsyncExitStack() as stack:
        server = await world.serve(port=0)
        stack.push_async_callback(server.close)
        database = Database(f"sqlite+aiosqlite:///{folder / 'klynge.db'}")
        stack.push_async_callback(database.close)
        await migrate(database)
        shown = folder / "clock"
        bot = Process(
            "tests.crash.story_bot", [server.url, str(shown)], _environment(world, database), folder / "bot.log"
        )
        stack.push_async_callback(bot.kill)
        await bot.start()
        desk = await stack.enter_async_context(Patient(server.url))
        desk.unheard = []
        if bad_weather:
            raging = asyncio.create_task(storm(desk, random.Random(seed)))
            stack.callback(raging.cancel)
        killed = Killed(world, database, calendar, bot, random.Random(seed), kills, shown)
        runtime = cast("Runtime", killed)
        stage = Stage(company, world, desk, runtime, calendar, channel, server.url, ids)
        await stage.settle()
        acts = Play(stage)
        await play_through(acts, folder)
        lost, doubled = await _account(desk, database)
        failed = struck(await desk.traffic())
        points = killed.points
        return Ending(acts.differences, lost, doubled, points.total(), points, failed, desk.unheard)


async def _account(desk: Desk, database: Database) -> tuple[list[str], list[str]]:
    """Rows that were promised against messages that stand in Slack, by the token that each carries; what is said with
    its file, in one message that Slack makes, by the file's id."""
    seen: Counter[str] = Counter()
    for room in (await desk.everything())["channels"]:
        for message in room["messages"]:
            payload: dict[str, Any] = (message.get("metadata") or {}).get("event_payload") or {}
            seen[payload.get("token", "")] += 1
            seen.update(file["id"] for file in message.get("files") or [])
    async with database.read() as session:
        posts = (await session.scalars(select(Outbox).where(Outbox.how == "post"))).all()
        bad = (await session.scalars(select(Outbox).where(Outbox.state.in_(("dead", "missed"))))).all()
    times = {row.id: seen[row.token] or sum(seen[file["id"]] for file in row.file_ids) for row in posts}
    lost = [f"{row.kind} {row.key}" for row in posts if row.state == "sent" and not times[row.id]]
    lost += [f"{row.state}: {row.kind} {row.error}" for row in bad]
    doubled = [f"{row.kind} {row.key}" for row in posts if times[row.id] > 1]
    return lost, doubled


def _environment(world: Workspace, database: Database) -> dict[str, str]:
    return {
        "KLYNGE_SLACK_BOT_TOKEN": world.bot_token,
        "KLYNGE_SLACK_APP_TOKEN": world.app_token,
        "KLYNGE_SLACK_API_URL": f"{world.url}/api/",
        "KLYNGE_DATABASE_URL": str(database.url),
        "KLYNGE_PORT": "0",
        "KLYNGE_LEASE_SECONDS": str(LEASE_SECONDS),
        "KLYNGE_TICK_SECONDS": "0.2",
        "KLYNGE_PACE_FACTOR": "1000",
        "KLYNGE_LOG_LEVEL": "WARNING",
    }
