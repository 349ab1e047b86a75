"""Bytes in and out: the upload URL, url_private with its login page, and redirects on command."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from aiohttp import web

from workspace.state.errors import SlackError
from workspace.state.failures import Failure
from workspace.state.files import File
from workspace.web.api import CutError, cut_off, fail

if TYPE_CHECKING:
    from workspace.world import Workspace

LOGIN = (
    "<!DOCTYPE html><html lang='en-US'><head><title>Sign in | Slack</title></head>"
    "<body><h1>Sign in to Klynge</h1><form action='/'><input name='email'></form></body></html>"
)


async def receive_upload(world: Workspace, request: web.Request) -> web.StreamResponse:
    """The POST to the upload URL: raw bytes or one multipart file."""
    failure = world.failures.take("upload")
    if failure and failure.when == "before":
        struck = await _struck(failure, request)
        if struck is not None:
            return struck
    try:
        data = await _sent(request)
    except ConnectionError:  # whoever sent it is gone: nothing arrived
        return web.Response(status=400)
    file = world.files.receive(request.match_info["ticket"], data)
    status = 200 if file else 400
    world.traffic.record(
        "in", "upload", "upload", status=status, ok=bool(file), request={"file": file and file.id, "bytes": len(data)}
    )
    if failure and failure.when == "after":
        struck = await _struck(failure, request)
        if struck is not None:
            return struck
    return web.Response(text=f"OK - {len(data)}" if file else "bad upload", status=status)


async def _sent(request: web.Request) -> bytes:
    if request.content_type != "multipart/form-data":
        return await request.read()
    found = [part for part in (await request.post()).values() if isinstance(part, web.FileField)]
    return found[0].file.read() if found else b""


async def send_private(world: Workspace, request: web.Request) -> web.StreamResponse:
    """url_private: the bytes for the app's token, otherwise Slack's login page with HTTP 200."""
    failure = world.failures.take("download")
    if failure:
        struck = await _struck(failure, request) or _redirected(world, failure, request)
        if struck is not None:
            return _noted(world, request, struck)
    return send_granted(world, request)


def send_granted(world: Workspace, request: web.Request) -> web.StreamResponse:
    """The same without failures: also the address a redirect within Slack leads to."""
    file = _file(world, request)
    if file is None:
        return _noted(world, request, web.Response(status=404, text="File not found"))
    if not _may_download(world, request):
        return _noted(world, request, web.Response(text=LOGIN, content_type="text/html"))
    return _noted(world, request, bytes_of(file))


def send_foreign(world: Workspace, request: web.Request) -> web.StreamResponse:
    """Somebody else's server: notes whether a token was brought along, which must never happen."""
    file = _file(world, request)
    response = bytes_of(file) if file else web.Response(status=404)
    return _noted(world, request, response, name="foreign")


def bytes_of(file: File) -> web.Response:
    """A file as a download; the name is quoted for the header."""
    disposition = f"attachment; filename*=UTF-8''{quote(file.name)}"
    return web.Response(
        body=file.data,
        content_type=file.mimetype,
        headers={"Content-Disposition": disposition, "X-Content-Type-Options": "nosniff"},
    )


def _may_download(world: Workspace, request: web.Request) -> bool:
    token = request.headers.get("Authorization", "").removeprefix("Bearer ").strip()
    try:
        world.check_revoked(token)
    except SlackError:
        return False
    return token == world.bot_token and "files:read" in world.settings.scopes


def _file(world: Workspace, request: web.Request) -> File | None:
    try:
        return world.files.get(request.match_info["file"].rpartition("-")[2])
    except SlackError:
        return None


async def _struck(failure: Failure, request: web.Request) -> web.StreamResponse | None:
    try:
        return await fail(failure)
    except CutError as cut:
        return await cut_off(request, cut)


def _redirected(world: Workspace, failure: Failure, request: web.Request) -> web.Response | None:
    if failure.login:
        return web.Response(text=LOGIN, content_type="text/html")
    if failure.redirect is None:
        return None
    rest = f"{request.match_info['file']}/{quote(request.match_info['name'])}"
    places = {
        "slack": f"{world.url}/files-cdn/{rest}",
        "foreign": f"{world.url.replace('127.0.0.1', 'localhost')}/foreign/{rest}",
    }
    location = places.get(failure.redirect, failure.redirect)
    return web.Response(status=302, headers={"Location": location})


def _noted(
    world: Workspace, request: web.Request, response: web.StreamResponse, name: str = "url_private"
) -> web.StreamResponse:
    wrong = response.content_type == "text/html"
    world.traffic.record(
        "in",
        "download",
        name,
        status=response.status,
        ok=response.status == 200 and not wrong,
        error="login_page" if wrong else None,
        request={"path": request.path, "token_sent": "Authorization" in request.headers},
        response={"bytes": response.content_length, "type": response.content_type},
    )
    return response
