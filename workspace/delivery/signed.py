"""HTTP mode: signed POSTs to the app, and the ones it must refuse."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import aiohttp

from workspace.state.clock import real_now
from workspace.state.errors import Json, SlackError

if TYPE_CHECKING:
    from workspace.world import Workspace

JSON_TYPE = "application/json"
FORM_TYPE = "application/x-www-form-urlencoded"


@dataclass
class Answer:
    """What the app answered to one POST; `reason` is Slack's retry reason when it was no good answer."""

    status: int
    body: Any = None
    reason: str | None = None
    no_retry: bool = False


class SignedPosts:
    """Signs and posts. The signature's time is the real one: the app checks it against its own machine."""

    def __init__(self, world: Workspace) -> None:
        self._world = world
        self._session: aiohttp.ClientSession | None = None

    async def send(self, kind: str, payload: Json, *, attempt: int = 0, reason: str | None = None) -> Answer:
        """One POST; never raises, the reason tells what went wrong."""
        body, content_type = encoded(kind, payload)
        headers = self.headers(body, content_type)
        if attempt:
            headers |= {"x-slack-retry-num": str(attempt), "x-slack-retry-reason": reason or "unknown_error"}
        posting = asyncio.ensure_future(self._post(body, headers))
        if not await self._world.pace.within(posting, self._world.settings.ack_seconds):
            posting.cancel()
            return Answer(0, reason="http_timeout")
        return posting.result()

    def headers(self, body: bytes, content_type: str, *, age: float = 0.0, secret: str | None = None) -> dict[str, str]:
        """The headers of a signed request, `age` seconds old."""
        stamp = str(int(real_now().timestamp() - age))
        base = b"v0:" + stamp.encode() + b":" + body
        signature = hmac.new((secret or self._world.signing_secret).encode(), base, hashlib.sha256).hexdigest()
        return {
            "content-type": content_type,
            "user-agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
            "x-slack-request-timestamp": stamp,
            "x-slack-signature": f"v0={signature}",
        }

    async def send_suspicious(self, how: str, payload: Json) -> int:
        """A harmless event that the app must refuse; returns the HTTP status it answered."""
        body, content_type = encoded("events_api", payload)
        headers = self.headers(body, content_type)
        if how == "unsigned":
            headers = {"content-type": content_type}
        elif how == "wrong":
            headers = self.headers(body, content_type, secret="0" * 32)
        elif how == "stale":
            headers = self.headers(body, content_type, age=6 * 60)
        elif how == "tampered":
            body = body.replace(b'"event_time"', b'"event_Time"')
        elif how != "signed":
            raise SlackError("bad_choice", detail=how)
        answer = await self._post(body, headers)
        return answer.status

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def _post(self, body: bytes, headers: dict[str, str]) -> Answer:
        if self._session is None:
            self._session = aiohttp.ClientSession()
        try:
            async with self._session.post(
                str(self._world.http_target), data=body, headers=headers, allow_redirects=False
            ) as response:
                raw = await response.read()
                reason = None if 200 <= response.status < 300 else "http_error"
                no_retry = response.headers.get("x-slack-no-retry") == "1"
                return Answer(response.status, _decoded(raw, response.content_type), reason, no_retry)
        except (aiohttp.ClientError, ConnectionError, TimeoutError):
            return Answer(0, reason="connection_failed")


def encoded(kind: str, payload: Json) -> tuple[bytes, str]:
    """Events go as JSON, interactions as a form with one `payload`, commands as a form."""
    if kind == "events_api":
        return json.dumps(payload).encode(), JSON_TYPE
    if kind == "interactive":
        return urlencode({"payload": json.dumps(payload)}).encode(), FORM_TYPE
    fields = {key: str(value).lower() if isinstance(value, bool) else value for key, value in payload.items()}
    return urlencode(fields).encode(), FORM_TYPE


def _decoded(raw: bytes, content_type: str) -> Any:
    if not raw:
        return None
    if content_type == JSON_TYPE:
        try:
            return json.loads(raw)
        except ValueError:
            return None
    return {"text": raw.decode(errors="replace")}
