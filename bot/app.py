"""Puts the program together, starts its parts in order and stops them in reverse. Nothing else constructs anything."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, timedelta
from typing import TYPE_CHECKING

import aiohttp
import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from slack_sdk.web.async_client import AsyncWebClient

from bot.metrics import Metrics
from bot.receiving.calendars import Calendars
from bot.receiving.downloads import Downloads
from bot.receiving.gate import Gate
from bot.receiving.health import Health
from bot.receiving.http import Http
from bot.receiving.inbox import InboxWorker
from bot.receiving.slack import Identity, bolt, introduce, web_client
from bot.receiving.socket import Socket
from bot.running.compute import Compute
from bot.running.leader import Leader
from bot.running.retention import Retention
from bot.running.ticks import Ticks
from bot.running.timekeeping import Timekeeper
from bot.sending.outbox import Sender
from bot.sending.pacing import CallPace, OwnAllowances, PacedLine
from bot.sending.posting import Poster
from bot.sending.uploads import Uploads
from cluster.clock import Clock, SystemClock
from handlers.feature import FeatureTable
from handlers.turn import Tools
from storage import outbox as outbox_rows
from storage.allowances import SharedAllowances
from storage.database import Database
from storage.migrate import migrate
from storage.models import Outbox
from storage.unit_of_work import UnitOfWork, look

if TYPE_CHECKING:
    from bot.settings import Settings

log = structlog.get_logger()

LOG_SECONDS = 60
"""How long words that were deleted may stand in SQLite's log."""
RETENTION_SECONDS = 15 * 60
"""How often we ask whether the day's deleting is ours and not done yet."""
SLACK_TIMEOUT = aiohttp.ClientTimeout(total=30)


@dataclass(frozen=True)
class Runtime:
    """The running program."""

    settings: Settings
    database: Database
    tools: Tools
    identity: Identity
    inbox: InboxWorker
    sender: Sender
    http: Http
    socket: Socket | None
    metrics: Metrics
    leader: Leader

    @property
    def http_url(self) -> str:
        """Where health is asked for and, in http mode, where Slack sends to (``/slack/events``)."""
        return self.http.url

    async def idle(self) -> bool:
        """Whether everything told has been worked off and everything due by now has been sent."""
        if self.inbox.pump.is_busy or self.sender.pump.is_busy:  # no need to ask the database
            return False
        return await self.inbox.is_empty() and await self.sender.is_empty()

    def wake(self) -> None:
        """Look at once for what is due."""
        self.inbox.pump.wake()
        self.sender.pump.wake()


@asynccontextmanager
async def build(
    settings: Settings,
    *,
    clock: Clock | None = None,
    slack: AsyncWebClient | None = None,
    routes: FeatureTable | None = None,
    compute: Compute | None = None,
) -> AsyncIterator[Runtime]:
    """``async with build(settings) as runtime``: database → Slack → inbox and sender → HTTP → ticks → socket.

    A ``compute`` that is passed in is shared by several programs and goes on after this one.
    """
    from handlers import TABLE  # all features: loaded when there is a program to run, not with this module

    clock, routes = clock or SystemClock(), routes or TABLE
    async with AsyncExitStack() as stack:
        database = Database(settings.database_url, settings.database_pool)
        stack.push_async_callback(database.close)
        await migrate(database)
        http_session = await stack.enter_async_context(aiohttp.ClientSession(timeout=SLACK_TIMEOUT))
        slack = slack or web_client(settings, http_session)
        identity = await introduce(slack)
        metrics = Metrics()
        if compute is None:
            compute = Compute(metrics=metrics)
            stack.push_async_callback(compute.close)
        tools = Tools(
            slack=slack,
            home=identity.home,
            clock=clock,
            unit=lambda inbox_id: UnitOfWork(database, inbox_id=inbox_id, wall=clock.wall),
            look=lambda: look(database),
            download=Downloads(slack, http_session),
            compute=compute,
            table=routes,
            public_url=settings.public_url.rstrip("/"),
        )
        inbox = InboxWorker(
            database,
            tools,
            routes,
            lease=timedelta(seconds=settings.lease_seconds),
            metrics=metrics,
            only_quick=settings.role == "chat",
        )
        sender = _sender(settings, database, tools, routes, http_session, metrics)
        for pump in (sender.pump, inbox.pump):
            stack.push_async_callback(pump.stop)
            pump.start()
        gate = Gate(database, tools, routes, kept=inbox.pump.wake)
        app = bolt(settings, slack, identity, gate.receive)
        stack.push_async_callback(gate.drain)
        is_reached = settings.role != "worker"
        socket = Socket(settings, app, slack, metrics) if settings.mode == "socket" and is_reached else None
        health = Health(database, clock, metrics, socket, settings.lag_seconds)
        http = Http(settings, app, health, Calendars(database, clock))
        ticks = Ticks(
            database,
            clock,
            every=settings.tick_seconds,
            wake_inbox=inbox.pump.wake,
            wake_outbox=sender.pump.wake,
        )
        runtime = Runtime(settings, database, tools, identity, inbox, sender, http, socket, metrics, ticks.leader)
        database.on_commit(sender.pump.wake)
        clock.on_jump(runtime.wake)
        stack.push_async_callback(runtime.http.close)
        await runtime.http.open()
        retention = Retention(database, clock, ticks.leader, metrics, settings.keep_days, settings.keep_years)
        again = _start(stack, ticks, settings.tick_seconds, retention, database)

        def put_back() -> None:
            again()
            runtime.wake()

        lease = timedelta(seconds=settings.lease_seconds)
        timekeeper = Timekeeper(database, clock, lease=lease, every=settings.tick_seconds, put_back=put_back)
        stack.push_async_callback(timekeeper.close)
        timekeeper.open()
        if socket is not None:
            stack.push_async_callback(socket.close)
            await socket.open()
        log.info("started", mode=settings.mode, role=settings.role)
        yield runtime
        log.info("stopping")


def _sender(
    settings: Settings,
    database: Database,
    tools: Tools,
    routes: FeatureTable,
    http: aiohttp.ClientSession,
    metrics: Metrics,
) -> Sender:
    allowances = OwnAllowances() if database.is_sqlite else SharedAllowances(database)
    line = PacedLine(tools.slack, CallPace(allowances, settings.pace_factor), metrics)

    async def keep_files(row: Outbox) -> None:
        async with database.write() as session:
            await outbox_rows.mark(session, row.id, file_ids=row.file_ids, sent_channel=row.sent_channel)
            await session.commit()

    poster = Poster(database, tools, routes, line, Uploads(line, http, keep_files))
    return Sender(
        database,
        tools,
        routes,
        poster,
        lease=timedelta(seconds=settings.lease_seconds),
        metrics=metrics,
        only_quick=settings.role == "chat",
    )


def _start(
    stack: AsyncExitStack, ticks: Ticks, seconds: float, retention: Retention, database: Database
) -> Callable[[], None]:
    """Begin to tick; what is returned begins again, for those who wait for a moment of a calendar that was put back."""
    stack.push_async_callback(ticks.close)
    ticks.open()
    scheduler = AsyncIOScheduler(timezone=UTC)
    calls = (
        ("tick", ticks.tick, seconds),
        ("retention", retention.look, RETENTION_SECONDS),
        ("log", database.empty_log, LOG_SECONDS),
    )

    def begin() -> None:
        for name, call, every in calls:
            scheduler.add_job(
                call, "interval", seconds=every, id=name, replace_existing=True, coalesce=True, max_instances=1
            )

    begin()
    scheduler.start()
    stack.callback(scheduler.shutdown, wait=False)
    return begin
