"""The country on a stand-in that keeps Slack's limits: clusters, members, and waves of messages to all of them."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import cast

from sqlalchemy import func, insert, select

from bot import log
from bot.app import Runtime, build
from bot.settings import Settings
from cluster.notices import BULK, owe
from handlers import TABLE
from handlers.feature import Feature, Notice, Rendering, merge
from handlers.message import Attachment, Message
from storage.database import Database
from storage.models import Cluster, Member, Outbox
from storage.unit_of_work import UnitOfWork
from tests.own_kinds import Kinds
from tests.scale.leaping import START, LeapingLoop, LoopClock
from workspace import Workspace

CLUSTERS, MEMBERS = 115, 3256
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(12_000)
TICK = 5.0


@dataclass(frozen=True)
class Country:
    """The running program and its stand-in."""

    runtime: Runtime
    world: Workspace
    loop: LeapingLoop

    async def wave(self, kind: str, *, people: int) -> "Wave":
        """One message of a kind to each of that many members, until the last has arrived."""
        async with UnitOfWork(self.runtime.database) as uow:
            members = await uow.session.execute(select(Member.id, Member.cluster_id).order_by(Member.id).limit(people))
            for member_id, cluster_id in members.all():
                key = f"{kind}:{self.loop.time():.0f}:{member_id}"
                now = self.runtime.tools.clock.now()
                await owe(uow, kind, key=key, now=now, urgency=BULK, member_id=member_id, cluster_id=cluster_id)
            await uow.commit()
        before, began, worked = self.refusals(), self.loop.time(), time.process_time()
        while await self._waiting():
            await asyncio.sleep(TICK)
            self.runtime.wake()
        return Wave(people, self.loop.time() - began, time.process_time() - worked, self.refusals() - before)

    async def _waiting(self) -> bool:
        async with self.runtime.database.read() as session:
            rows = select(func.count()).select_from(Outbox).where(Outbox.state == "waiting")
            return bool(await session.scalar(rows))

    def refusals(self) -> int:
        """How often Slack has said "too fast" so far."""
        families = self.runtime.metrics.registry.collect()
        samples = [sample for family in families for sample in family.samples]
        return int(sum(each.value for each in samples if each.name == "klynge_rate_limited_total"))


@dataclass(frozen=True)
class Wave:
    """How long a wave took on the clock and in processor time (stand-in and all), and how often Slack refused."""

    people: int
    seconds: float
    worked: float
    refused: int


async def _text(rendering: Rendering) -> Message:
    return Message("Klyngen mødes torsdag den 7. maj kl. 19. Kommer du?")


async def _chart(rendering: Rendering) -> Message:
    picture = Attachment("kol.png", PICTURE, "KOL", "Din praksis ligger på 62 %.", inline=True)
    return Message("Dine tal om KOL", [{"type": "image", "slack_file": {"id": "kol.png"}, "alt_text": "x"}], [picture])


@asynccontextmanager
async def country(folder: Path, members: int = MEMBERS, *, known: bool = True) -> AsyncIterator[Country]:
    """A workspace of that many members, spread over clusters, with the program running in it.

    ``known``: whether the bot has written to everybody before, or has to open each conversation first.
    """
    loop = cast(LeapingLoop, asyncio.get_running_loop())
    log.set_up("ERROR", as_json=True)
    world = Workspace()
    loop.on_leap.append(world.pace.skip)
    world.settings.own_message_events = False
    server = await world.serve(port=0)
    settings = Settings(
        slack_bot_token=world.bot_token,
        slack_signing_secret=world.signing_secret,
        slack_api_url=f"{world.url}/api/",
        database_url=f"sqlite+aiosqlite:///{folder / 'country.db'}",
        mode="http",
        port=0,
        tick_seconds=60,
    )
    routes = merge(
        [*TABLE.features, Feature(notices={Kinds.SCALE_TEXT: Notice(_text), Kinds.SCALE_CHART: Notice(_chart)})]
    )
    async with build(settings, clock=LoopClock(loop), routes=routes) as runtime:
        await settle(runtime.database, world, members, known=known)
        yield Country(runtime, world, loop)
    await server.close()


async def settle(database: Database, world: Workspace, members: int, *, known: bool) -> None:
    """This many people in as many clusters as the country has for them."""
    clusters = max(1, round(members * CLUSTERS / MEMBERS))
    async with database.write() as session:
        rows = [
            {
                "id": number + 1,
                "team_id": world.team_id,
                "channel_id": f"C{number}",
                "name": f"Klynge {number}",
                "region": "Midt",
                "created_at": START - timedelta(days=1),
            }
            for number in range(clusters)
        ]
        await session.execute(insert(Cluster), rows)
        slack_ids = [world.add_person(f"Læge {number}") for number in range(members)]
        people = [
            {
                "cluster_id": number % clusters + 1,
                "slack_user_id": slack_id,
                "dm_channel_id": world.open_direct(slack_id, world.bot_user_id).id if known else None,
                "name": f"Læge {number}",
                "role": "member",
            }
            for number, slack_id in enumerate(slack_ids)
        ]
        await session.execute(insert(Member), people)
        await session.commit()
