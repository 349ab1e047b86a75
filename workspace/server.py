"""One loopback port for everything: Web API, uploads, downloads, sockets, the desk and the page."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING

from aiohttp import web

from workspace.desk import control, desk, story
from workspace.state.errors import Json, SlackError
from workspace.web import api, downloads, responses

if TYPE_CHECKING:
    from workspace.world import Workspace

PAGE = Path(__file__).with_name("page")
LARGEST = 256 * 1024 * 1024
LOOPBACK = {"127.0.0.1", "localhost"}
Route = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Server:
    """Serves a workspace on 127.0.0.1; nobody outside this machine can reach it.

    Another workspace may take the place of the one that is served: pages that are open find it at the same address.
    """

    def __init__(self, world: Workspace) -> None:
        self.world = world
        self._runner: web.AppRunner | None = None
        self.url = ""

    @property
    def api_url(self) -> str:
        return f"{self.url}/api/"

    async def start(self, port: int) -> None:
        self._runner = web.AppRunner(self._app(), access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", port)
        await site.start()
        taken = self._runner.addresses[0][1]
        self.url = self.world.url = f"http://127.0.0.1:{taken}"

    def put(self, world: Workspace) -> None:
        """Serve another workspace from now on; whoever put the one before closes it."""
        world.url = self.url
        self.world = world

    async def close(self) -> None:
        await self.world.close()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    def _app(self) -> web.Application:
        app = web.Application(client_max_size=LARGEST, middlewares=[_refuse_strangers])
        app.router.add_route("*", "/api/{method}", self._bound(api.handle))
        app.router.add_post("/upload/{ticket}", self._bound(downloads.receive_upload))
        app.router.add_get("/files-pri/{file}/{name}", self._bound(downloads.send_private))
        app.router.add_get("/files-cdn/{file}/{name}", self._bound(_granted))
        app.router.add_get("/foreign/{file}/{name}", self._bound(_foreign))
        app.router.add_get("/socket", self._bound(_socket))
        app.router.add_post("/response/{ticket}", self._bound(responses.receive))
        app.router.add_post("/desk/upload", _refusals(self._bound(desk.receive_files)))
        app.router.add_get("/desk/file/{file}", _refusals(self._bound(desk.show_file)))
        app.router.add_get("/desk/events", self._bound(desk.events))
        for name, handler in {**desk.GET, **control.GET, **story.GET}.items():
            app.router.add_get(f"/desk/{name}", _refusals(self._json(handler)))
        for name, handler in {**desk.POST, **control.POST, **story.POST}.items():
            app.router.add_post(f"/desk/{name}", _refusals(self._json(handler)))
        for name, handler in control.DELETE.items():
            app.router.add_delete(f"/desk/{name}", _refusals(self._json(handler)))
        if PAGE.is_dir():
            app.router.add_get("/", _index)
            app.router.add_static("/page/", PAGE)
        return app

    def _bound(self, handler: Callable[[Workspace, web.Request], Awaitable[web.StreamResponse]]) -> Route:
        async def route(request: web.Request) -> web.StreamResponse:
            return await handler(self.world, request)

        return route

    def _json(self, handler: desk.Handler) -> Route:
        """A desk handler as a route: arguments from the query or the JSON body, `ok` added to the answer."""

        async def route(request: web.Request) -> web.StreamResponse:
            args: Json = dict(request.query)
            if request.method == "POST" and request.can_read_body:
                try:
                    body = json.loads(await request.read() or b"{}")
                except ValueError:
                    raise SlackError("invalid_json") from None
                if not isinstance(body, dict):
                    raise SlackError("json_not_object")
                args |= body
            return api.answer({"ok": True} | await handler(self.world, args))

        return route


@web.middleware
async def _refuse_strangers(request: web.Request, handler: Route) -> web.StreamResponse:
    """A web page elsewhere must not act here through the reader's browser: own host and own origin only."""
    host = request.host.rpartition(":")[0] or request.host
    origin = request.headers.get("Origin")
    if host not in LOOPBACK or (origin and origin.rpartition("//")[2] != request.host):
        raise web.HTTPForbidden(text="only from this machine")
    return await handler(request)


def _refusals(route: Route) -> Route:
    """Refusals of the desk as answers."""

    async def careful(request: web.Request) -> web.StreamResponse:
        try:
            return await route(request)
        except SlackError as refused:
            return api.answer(refused.body())

    return careful


async def _granted(world: Workspace, request: web.Request) -> web.StreamResponse:
    return downloads.send_granted(world, request)


async def _foreign(world: Workspace, request: web.Request) -> web.StreamResponse:
    return downloads.send_foreign(world, request)


async def _socket(world: Workspace, request: web.Request) -> web.StreamResponse:
    return await world.sockets.handle(request)


async def _index(_request: web.Request) -> web.FileResponse:
    return web.FileResponse(PAGE / "index.html")
