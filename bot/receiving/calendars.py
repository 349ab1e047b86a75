"""Members' calendars ask here, each at an address that is a secret: it stands in no line of the log."""

from __future__ import annotations

import asyncio

import structlog
from aiohttp import web

from bot.log import describe
from cluster.clock import Clock
from handlers.calendars.serving import serve
from storage.database import Database
from storage.unit_of_work import look

log = structlog.get_logger()

AT_ONCE = 4
"""So many are answered at a time; whoever asks in a flood waits for himself and not before Slack."""
PATIENCE = 10.0
"""Seconds, waiting for one's turn included."""
AGAIN = 600
HEADERS = {
    "Cache-Control": "private, max-age=900",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
}


class Calendars:
    """Answers calendars. Neither the address nor what is behind it is told to anybody else."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._turns = asyncio.Semaphore(AT_ONCE)

    async def answer(self, request: web.Request) -> web.Response:
        """The member's entries; 304 when the calendar has them; 404 for an address that is nobody's."""
        try:
            async with asyncio.timeout(PATIENCE), self._turns, look(self._database) as state:
                seen = request.headers.get("If-None-Match", "")
                served = await serve(state, request.match_info["token"], seen=seen, now=self._clock.now())
        except Exception as error:
            log.warning("calendar.failed", error=describe(error))
            return web.Response(status=503, headers={"Retry-After": str(AGAIN), "Cache-Control": "no-store"})
        if served is None:
            return web.Response(status=404, headers={"Cache-Control": "no-store"})
        headers = HEADERS | {"ETag": served.mark}
        if served.content is None:
            return web.Response(status=304, headers=headers)
        return web.Response(body=served.content, content_type="text/calendar", charset="utf-8", headers=headers)
