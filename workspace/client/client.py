"""The desk from outside: how tests, rehearsals and scripts act as people, over HTTP like the page."""

from __future__ import annotations

import io
from typing import Any

import aiohttp

from workspace.client.machinery import Machinery
from workspace.client.wire import DeskError, Json, checked

WINDOW_SECONDS = 3
"""A window may come a little after Slack has its yes; a person waits for it before filling it in."""


class Desk(Machinery):
    """Acts and looks as anybody in the workspace. Use as `async with Desk(server.url) as desk`."""

    # what people do

    async def say(
        self, as_: str, channel: str, text: str, thread_ts: str | None = None, *, broadcast: bool = False
    ) -> str:
        """Write a message; a user id as channel means the direct message. Returns its ts."""
        said = {"as": as_, "channel": channel, "text": text, "thread_ts": thread_ts, "broadcast": broadcast}
        body = await self.post("say", said)
        return str(body["ts"])

    async def upload(
        self,
        as_: str,
        channel: str | None,
        name: str,
        data: bytes,
        *,
        thread_ts: str | None = None,
        text: str = "",
        **about: str,
    ) -> Json:
        """Send a file into a conversation, or without one for a file_input; returns {files, channel?, ts?}.

        ``about`` is what makes it another thing than an uploaded file: ``mode="snippet"``, ``subtype="slack_audio"``
        with its ``mimetype``, or ``mode="external"`` with ``external_url``.
        """
        form = aiohttp.FormData()
        for key, value in {"as": as_, "channel": channel, "thread_ts": thread_ts, "text": text, **about}.items():
            if value:
                form.add_field(key, value)
        form.add_field("file", io.BytesIO(data), filename=name, content_type="application/octet-stream")
        async with self.http().post(f"{self.url}/desk/upload", data=form) as response:
            return checked(await response.json())

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
        async with self.http().get(f"{self.url}/desk/file/{file}", params={"as": as_}) as response:
            if response.content_type == "application/json":
                raise DeskError(await response.json())
            return await response.read()

    async def everything(self) -> Json:
        """All state of the workspace, metadata included."""
        return await self.get("everything")

    async def _top_place(self, as_: str, view: Json | str | None) -> Json:
        if view is not None:
            return _place(view)
        try:
            found = await self.top_view(as_) or await self.wait_for(lambda: self.top_view(as_), WINDOW_SECONDS)
        except TimeoutError:
            raise DeskError({"error": "no_open_view", "detail": as_}) from None
        return _place(found)


def _place(target: Json | str) -> Json:
    if isinstance(target, str):
        return {"view_id": target}
    if "ts" in target:
        return {"channel": target["channel"], "ts": target["ts"]}
    return {"view_id": target["id"]}
