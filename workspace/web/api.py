"""The Web API's front door: arguments from wherever slack_sdk put them, tokens, scopes, rates, failures, answers."""

from __future__ import annotations

import asyncio
import json
import time
from typing import TYPE_CHECKING, Any

from aiohttp import web

from workspace.methods import METHODS
from workspace.methods.call import Call, Method
from workspace.state.errors import Json, SlackError
from workspace.state.failures import Failure

if TYPE_CHECKING:
    from workspace.world import Workspace

BODY = web.ResponseKey("BODY", object)
"""What was answered, for the traffic record."""


PAGE = (
    "<!DOCTYPE html><html><head><title>Bad gateway</title></head><body><h1>Slack is having trouble</h1></body></html>"
)


class CutError(Exception):
    """The answer is to be a broken connection; ``torn`` when it breaks in the middle of the answer."""

    def __init__(self, *, torn: bool = False) -> None:
        super().__init__()
        self.torn = torn


async def handle(world: Workspace, request: web.Request) -> web.StreamResponse:
    """One call of one method."""
    name = request.match_info["method"]
    started = time.perf_counter()
    args: Json = {}
    try:
        args = await arguments(request)
        response = await _answer(world, name, args)
    except SlackError as refused:
        response = answer(refused.body())
    except CutError as cut:
        _record(world, name, args, None, started)
        return await cut_off(request, cut)
    _record(world, name, args, response, started)
    return response


async def arguments(request: web.Request) -> Json:
    """The query string, then a form or JSON body, then the bearer token; later ones win."""
    args: Json = dict(request.query)
    if request.method == "POST":
        if request.content_type == "application/json":
            try:
                body = json.loads(await request.read() or b"{}")
            except ValueError:
                raise SlackError("invalid_json") from None
            if not isinstance(body, dict):
                raise SlackError("json_not_object")
            args |= body
        elif request.content_type in {"application/x-www-form-urlencoded", "multipart/form-data"}:
            args |= {key: value for key, value in (await request.post()).items() if isinstance(value, str)}
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme == "Bearer" and token:
        args["token"] = token
    return args


def answer(body: Json, status: int = 200, headers: dict[str, str] | None = None) -> web.Response:
    """A JSON answer of the Web API."""
    text = json.dumps(body, ensure_ascii=False)
    response = web.Response(text=text, status=status, content_type="application/json", headers=headers)
    response[BODY] = body
    return response


async def _answer(world: Workspace, name: str, args: Json) -> web.Response:
    method = METHODS.get(name)
    if method is None:
        raise SlackError("unknown_method", req_method=name)
    check_token(world, method, str(args.get("token") or ""))
    failure = world.failures.take(name)
    if failure and failure.when == "before":
        struck = await fail(failure)
        if struck is not None:
            return struck
    wait = world.rates.refuse(name, _place(world, str(args.get("channel") or "")))
    if wait:
        return answer({"ok": False, "error": "ratelimited"}, 429, {"Retry-After": str(wait)})
    body = {"ok": True} | method.answer(Call(world, args))
    if failure and failure.when == "after":
        struck = await fail(failure)
        if struck is not None:
            return struck
    scopes = ",".join(world.settings.scopes)
    return answer(body, headers={"x-oauth-scopes": scopes, "x-slack-req-id": world.ids.secret()})


def _place(world: Workspace, channel: str) -> str:
    """A person and the direct message with them are one place for the rate limits."""
    conversation = world.conversations.direct(channel, world.bot_user_id) if channel[:1] == "U" else None
    return conversation.id if conversation else channel


def check_token(world: Workspace, method: Method, token: str) -> None:
    """Refuse a missing, unknown, revoked or wrong kind of token, and one without the scope."""
    if method.token == "none":
        return
    if not token:
        raise SlackError("not_authed")
    world.check_revoked(token)
    kinds = {world.bot_token: "bot", world.app_token: "app"}
    if token not in kinds:
        raise SlackError("invalid_auth")
    if method.token not in {"any", kinds[token]}:
        raise SlackError("not_allowed_token_type")
    granted = world.settings.scopes
    if method.scopes and not any(scope in granted for scope in method.scopes):
        raise SlackError("missing_scope", needed=",".join(method.scopes), provided=",".join(granted))


async def fail(failure: Failure) -> web.Response | None:
    """Strike a call the way the rule says; None when it was only delayed."""
    if failure.delay:
        await asyncio.sleep(failure.delay)
    if failure.reset or failure.torn:
        raise CutError(torn=failure.torn)
    if failure.page:
        return web.Response(status=failure.status or 200, text=PAGE, content_type="text/html")
    if failure.retry_after is not None:
        return answer({"ok": False, "error": "ratelimited"}, 429, {"Retry-After": str(failure.retry_after)})
    if failure.error:
        return answer({"ok": False, "error": failure.error}, failure.status or 200)
    if failure.status:
        return web.Response(status=failure.status, text=f"HTTP {failure.status}")
    return None


async def cut_off(request: web.Request, cut: CutError) -> web.StreamResponse:
    """Break the connection, at once or after half an answer."""
    response = web.StreamResponse(headers={"Content-Type": "application/json", "Content-Length": "1000"})
    if cut.torn:
        await response.prepare(request)
        await response.write(b'{"ok": tr')
    if request.transport is not None:
        request.transport.abort()
    return response if cut.torn else web.Response(status=500)


def _record(world: Workspace, name: str, args: Json, response: web.Response | None, started: float) -> None:
    body: Any = None if response is None else response.get(BODY)
    world.traffic.record(
        "in",
        "api",
        name,
        status=response.status if response else 0,
        ok=bool(body and body.get("ok")),
        error=(body or {}).get("error") if response else "connection_reset",
        ms=(time.perf_counter() - started) * 1000,
        request={key: value for key, value in args.items() if key != "token"},
        response=body,
    )
