"""What listens: health for those who watch over us, members' calendars and, in http mode, Slack's requests."""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.signature import SignatureVerifier

from bot.receiving.calendars import Calendars
from bot.receiving.health import Health
from bot.receiving.signed import UnsignedRequest, read_signed
from handlers.calendars.feeds import PATH

if TYPE_CHECKING:
    from bot.settings import Settings

PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8"


class Http:
    """The web server."""

    def __init__(self, settings: Settings, app: AsyncApp, health: Health, calendars: Calendars) -> None:
        self._settings = settings
        self._app = app
        self._health = health
        self._calendars = calendars
        self._runner: web.AppRunner | None = None
        self.url = ""

    async def open(self) -> None:
        """Listen; port 0 takes any free one."""
        site = web.Application()
        site.router.add_get("/healthz", self._alive)
        site.router.add_get("/readyz", self._is_ready)
        site.router.add_get("/metrics", self._metrics)
        if self._settings.public_url and self._settings.role != "worker":
            site.router.add_get(PATH + "/{token}.ics", self._calendars.answer)
        if self._settings.mode == "http" and self._settings.role != "worker":
            site.router.add_post("/slack/events", self._slack)
        self._runner = web.AppRunner(site, access_log=None, handle_signals=False)
        await self._runner.setup()
        await web.TCPSite(self._runner, self._settings.host, self._settings.port).start()
        host, port = self._runner.addresses[0][:2]
        self.url = f"http://{host}:{port}"

    async def close(self) -> None:
        """Finish the requests in hand and listen no more."""
        if self._runner is not None:
            await self._runner.cleanup()

    async def _alive(self, _request: web.Request) -> web.Response:
        return web.json_response({"alive": True})

    async def _is_ready(self, _request: web.Request) -> web.Response:
        missing = await self._health.missing()
        return web.json_response({"ready": not missing, "missing": missing}, status=503 if missing else 200)

    async def _metrics(self, request: web.Request) -> web.Response:
        token = self._settings.metrics_token.get_secret_value()
        shown = request.headers.get("Authorization", "").encode(errors="surrogateescape")
        if token and not hmac.compare_digest(shown, f"Bearer {token}".encode()):
            return web.Response(status=401, headers={"WWW-Authenticate": "Bearer"})
        return web.Response(body=await self._health.page(), headers={"Content-Type": PROMETHEUS})

    async def _slack(self, request: web.Request) -> web.Response:
        try:
            verifier = SignatureVerifier(self._settings.slack_signing_secret.get_secret_value())
            read_signed(verifier, await request.read(), request.headers)
            asked = await to_bolt_request(request)
        except UnsignedRequest as refused:
            return web.Response(status=refused.status)
        except (AttributeError, LookupError, RecursionError, TypeError, ValueError):  # Bolt looks into it already
            return web.Response(status=400)
        return await to_aiohttp_response(await self._app.async_dispatch(asked))
