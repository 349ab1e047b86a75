"""The desk from outside: how tests, rehearsals and scripts act as people, over HTTP like the page."""

from __future__ import annotations

import asyncio
import contextlib
import inspect
import io
import time
from collections.abc import Callable
from datetime import datetime
from typing import Any, Self

import aiohttp

Json = dict[str, Any]


class DeskError(Exception):
    """The desk refused; `code` is its error and `body` the whole answer."""

    def __init__(self, body: Json) -> None:
        super().__init__(f"{body.get('error')}: {body.get('detail', '')}".rstrip(": "))
        self.code = str(body.get("error"))
        self.body = body


class Desk:
    """Acts and looks as anybody in the workspace. Use as `async with Desk(server.url) as desk`."""

    def __init__(self, url: str) -> None:
        self.url = url.rstrip("/")
        self._session: aiohttp.ClientSession | None = None
        self._changed = asyncio.Event()
        self._listener: asyncio.Task[None] | None = None
        self._listening = asyncio.Event()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def stop(self) -> None:
        """Let go of the connections."""
        if self._listener is not None:
            self._listener.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._listener
            self._listener = None
        if self._session is not None:
            await self._session.close()
            self._session = None

    # what people do

    async def say(self, as_: str, channel: str, text: str, thread_ts: str | None = None) -> str:
        """Write a message; a user id as channel means the direct message. Returns its ts."""
        body = await self.post("say", {"as": as_, "channel": channel, "text": text, "thread_ts": thread_ts})
        return str(body["ts"])

    async def upload(
        self, as_: str, channel: str | None, name: str, data: bytes, *, thread_ts: str | None = None, text: str = ""
    ) -> Json:
        """Send a file into a conversation, or without one for a file_input; returns {files, channel?, ts?}."""
        form = aiohttp.FormData()
        for key, value in {"as": as_, "channel": channel, "thread_ts": thread_ts, "text": text}.items():
            if value:
                form.add_field(key, value)
        form.add_field("file", io.BytesIO(data), filename=name, content_type="application/octet-stream")
        async with self._http().post(f"{self.url}/desk/upload", data=form) as response:
            return _checked(await response.json())

    async def command(self, as_: str, channel: str, line: str) -> Json:
        """Run a slash command given as typed: `/klynge møde`."""
        name, _, text = line.partition(" ")
        return await self.post("command", {"as": as_, "channel": channel, "command": name, "text": text})

    async def act(self, as_: str, target: Json | str, action_id: str, **state: Any) -> Json:
        """Use an element of a message (as from `messages`) or of a view (as from `state`, or its id)."""
        return await self.post("act", {"as": as_, "action_id": action_id, **_place(target), **state})

    async def options(self, as_: str, target: Json | str, action_id: str, value: str) -> list[Json]:
        """What an external select offers for a typed value."""
        body = await self.post("options", {"as": as_, "action_id": action_id, "value": value, **_place(target)})
        found: list[Json] = body["options"]
        return found

    async def fill(self, as_: str, view: Json | str, action_id: str, state: Any, block_id: str | None = None) -> None:
        """Put something into an input without submitting."""
        more = {"block_id": block_id} if block_id else {}
        await self.post("fill", {"as": as_, "action_id": action_id, "state": state, **_place(view), **more})

    async def submit(self, as_: str, view: Json | str | None = None, values: Json | None = None) -> Json:
        """Submit a modal (the top one when none is named) with plain values or full states."""
        return await self.post("submit", {"as": as_, "values": values, **await self._top_place(as_, view)})

    async def close(self, as_: str, view: Json | str | None = None, *, everything: bool = False) -> Json:
        """Close a modal (the top one when none is named), or the whole stack."""
        return await self.post("close", {"as": as_, "all": everything, **await self._top_place(as_, view)})

    async def home(self, as_: str) -> None:
        """Open the App Home."""
        await self.post("home", {"as": as_})

    async def join(self, channel: str, user: str, inviter: str | None = None) -> None:
        await self.post("join", {"channel": channel, "user": user, "inviter": inviter})

    async def leave(self, channel: str, user: str) -> None:
        await self.post("leave", {"channel": channel, "user": user})

    async def edit_message(self, as_: str, channel: str, ts: str, text: str) -> None:
        await self.post("edit_message", {"as": as_, "channel": channel, "ts": ts, "text": text})

    async def delete_message(self, as_: str, channel: str, ts: str) -> None:
        await self.post("delete_message", {"as": as_, "channel": channel, "ts": ts})

    async def delete_file(self, as_: str, file: str) -> None:
        await self.post("delete_file", {"as": as_, "file": file})

    async def person(self, **about: Any) -> str:
        """A new account, with the arguments of `Workspace.add_person`."""
        return str((await self.post("person", about))["user"])

    async def channel(self, name: str, members: list[str], *, private: bool = False) -> str:
        return str((await self.post("channel", {"name": name, "members": members, "private": private}))["channel"])

    async def deactivate(self, user: str) -> None:
        await self.post("deactivate", {"user": user})

    async def presence(self, user: str, *, active: bool) -> None:
        await self.post("presence", {"user": user, "active": active})

    async def reload(self, as_: str) -> None:
        """Reload that person's client: ephemeral messages are gone."""
        await self.post("reload", {"as": as_})

    # what people see

    async def people(self) -> list[Json]:
        found: list[Json] = (await self.get("people"))["people"]
        return found

    async def state(self, as_: str) -> Json:
        return await self.get("state", {"as": as_})

    async def messages(self, as_: str, channel: str) -> list[Json]:
        """The messages of a conversation in time order, replies among them."""
        found: list[Json] = (await self.get("messages", {"as": as_, "channel": channel}))["messages"]
        return found

    async def dm(self, as_: str) -> list[Json]:
        """The messages of that person's direct message with the bot."""
        bot = next(person["id"] for person in await self.people() if person["is_bot"])
        return await self.messages(as_, bot)

    async def top_view(self, as_: str) -> Json | None:
        """The modal on top, as {id, hash, view}, or None."""
        views: list[Json] = (await self.state(as_))["views"]
        return views[-1] if views else None

    async def file(self, as_: str, file: str) -> bytes:
        """The bytes of a file that person may see."""
        async with self._http().get(f"{self.url}/desk/file/{file}", params={"as": as_}) as response:
            if response.content_type == "application/json":
                raise DeskError(await response.json())
            return await response.read()

    async def everything(self) -> Json:
        """All state of the workspace, metadata included."""
        return await self.get("everything")

    # the machinery

    async def clock(self) -> Json:
        return await self.get("clock")

    async def clock_to(self, moment: datetime | str) -> Json:
        """Put the story's time to a moment."""
        return await self.post("clock", {"to": moment if isinstance(moment, str) else moment.isoformat()})

    async def forward(self, seconds: float) -> Json:
        return await self.post("clock", {"forward": seconds})

    async def jump(self, where: str = "next morning") -> Json:
        return await self.post("clock", {"jump": where})

    async def pace(self, seconds: float) -> None:
        """Let waiting time pass at once: acknowledgement windows, redelivery gaps and rate windows."""
        await self.post("clock", {"pace": seconds})

    async def fail(self, method: str, **how: Any) -> None:
        """Let the next call of a method fail: error, status, retry_after, delay, reset, when, times."""
        await self.post("failures", {"method": method, **how})

    async def failures(self) -> list[Json]:
        found: list[Json] = (await self.get("failures"))["failures"]
        return found

    async def clear_failures(self) -> None:
        await self._request("DELETE", "failures", {}, None)

    async def sockets(self, **what: Any) -> int:
        """`disconnect="refresh_requested"`, `silence=True` or `drop=True`; returns how many connections."""
        return int((await self.post("sockets", what))["sockets"])

    async def delivery(self, **what: Any) -> Json:
        """`duplicate_next=n`, `redeliver="last"` or `reorder=True`."""
        return await self.post("delivery", what)

    async def deliveries(self) -> list[Json]:
        found: list[Json] = (await self.get("deliveries"))["deliveries"]
        return found

    async def unsigned(self, how: str = "unsigned") -> int:
        """Send the app a request it must refuse (unsigned, wrong, stale, tampered); its HTTP status."""
        return int((await self.post("unsigned", {"how": how}))["status"])

    async def settings(self, **wanted: Any) -> Json:
        """The settings, after changing the named ones."""
        found: Json = (await (self.post("settings", wanted) if wanted else self.get("settings")))["settings"]
        return found

    async def target(self, url: str | None) -> None:
        """Deliver by signed HTTP to a URL, or by Socket Mode."""
        await self.post("target", {"url": url})

    async def revoke(self, kind: str = "tokens") -> None:
        await self.post("revoke", {"kind": kind})

    async def install(self) -> str:
        """A code for oauth.v2.access."""
        return str((await self.post("install", {}))["code"])

    async def traffic(self, after: int = 0) -> list[Json]:
        found: list[Json] = (await self.get("traffic", {"after": after}))["traffic"]
        return found

    async def pending(self) -> Json:
        return await self.get("pending")

    async def settled(self, timeout: float = 10) -> None:  # noqa: ASYNC109 - passed on to wait_for
        """Wait until the app has taken every event."""

        async def is_taken() -> bool:
            return bool((await self.pending())["deliveries"] == 0)

        await self.wait_for(is_taken, timeout)

    async def wait_for(
        self,
        predicate: Callable[[], Any],
        timeout: float = 10,  # noqa: ASYNC109 - the caller's patience, with its own message
    ) -> Any:
        """Ask again at every change in the workspace until the answer (awaited if need be) is true-ish; returns it."""
        deadline = time.monotonic() + timeout
        await self._listen(timeout)
        while True:
            self._changed.clear()
            asked = predicate()
            found = await asked if inspect.isawaitable(asked) else asked
            if found:
                return found
            left = deadline - time.monotonic()
            try:
                await asyncio.wait_for(self._changed.wait(), max(left, 0.0))
            except TimeoutError:
                raise TimeoutError(f"waited {timeout} s for {getattr(predicate, '__qualname__', predicate)}") from None

    async def get(self, name: str, args: Json | None = None) -> Json:
        return await self._request("GET", name, args or {}, None)

    async def post(self, name: str, body: Json) -> Json:
        return await self._request("POST", name, {}, {key: value for key, value in body.items() if value is not None})

    async def _request(self, verb: str, name: str, args: Json, body: Json | None) -> Json:
        params = {key: str(value) for key, value in args.items()}
        async with self._http().request(verb, f"{self.url}/desk/{name}", params=params, json=body) as response:
            return _checked(await response.json())

    async def _top_place(self, as_: str, view: Json | str | None) -> Json:
        if view is None:
            view = await self.top_view(as_)
        if view is None:
            raise DeskError({"error": "no_open_view", "detail": as_})
        return _place(view)

    async def _listen(self, patience: float) -> None:
        if self._listener is None or self._listener.done():
            self._listening.clear()
            self._listener = asyncio.create_task(self._hear())
        await asyncio.wait_for(self._listening.wait(), patience)

    async def _hear(self) -> None:
        timeout = aiohttp.ClientTimeout(total=None)
        async with self._http().get(f"{self.url}/desk/events", timeout=timeout) as response:
            async for line in response.content:
                self._listening.set()
                if line.startswith(b"data:"):
                    self._changed.set()

    def _http(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=60))
        return self._session


def _place(target: Json | str) -> Json:
    if isinstance(target, str):
        return {"view_id": target}
    if "ts" in target:
        return {"channel": target["channel"], "ts": target["ts"]}
    return {"view_id": target["id"]}


def _checked(body: Json) -> Json:
    if not body.get("ok"):
        raise DeskError(body)
    return body
