"""People who try every button, form, menu and command of the table with whatever ids they like."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterator
from functools import partial
from typing import Any

from handlers import TABLE
from workspace import Workspace
from workspace.delivery.delivery import Kind
from workspace.events.payloads import command_payload, interaction

Settle = Callable[[], Awaitable[None]]
Try = Callable[[str], Awaitable[None]]
AT_A_TIME = 10
"""Tries of each account before the answers are waited for: what waits is worked off in a minute on any machine."""
NAME = "Offer"
"""Stands in every name of the cluster that is tried."""
METADATA = "vote idea in member round assignment submission meeting cluster follows package sequence"
FIELDS = (
    "contact person meeting guest practice round measure measures list_size text name "
    "words package same_as choice deciders idea ideas"
)
EMPTY = {"type": "modal", "title": {"type": "plain_text", "text": "-"}, "blocks": []}


class Sweep:
    """Accounts that share the work: all press at once, so that the program works them off side by side.

    ``plain`` are the values that stand for ids: metadata holds them as numbers.
    """

    def __init__(self, world: Workspace, settle: Settle, accounts: list[str], *, plain: tuple[str, ...] = ()) -> None:
        self.world, self.settle, self.accounts, self.plain = world, settle, accounts, plain
        self.conversations = {each: world.open_direct(each, world.bot_user_id).id for each in accounts}
        self.failed: list[str] = []
        self.offered: list[Any] = []
        """What menus offered."""

    async def everything(self, values: tuple[str, ...], *, is_dealt: bool = False) -> None:
        """Each name of the table with each of these values, or with one if ``is_dealt``; the accounts share them."""
        pairs = list(self._pairs(values))
        await self.share(
            each
            for place, (value, metadata) in enumerate(pairs)
            for turn, each in enumerate(self._names(value, metadata, values))
            if not is_dealt or turn % len(pairs) == place
        )

    async def commands(self, channel: str) -> None:
        """Each command of the table, in a channel."""
        await self.share(partial(self.command, name, channel) for name in TABLE.commands)

    async def share(self, tries: Iterator[Try]) -> None:
        """Each account does its part, one after another, and waits for the answers now and then."""
        dealt, size = list(tries), AT_A_TIME * len(self.accounts)
        for first in range(0, len(dealt), size):
            batch = dealt[first : first + size]
            parts = (batch[n :: len(self.accounts)] for n in range(len(self.accounts)))
            await asyncio.gather(*map(self._one_by_one, self.accounts, parts))
            await self.settle()

    async def _one_by_one(self, account: str, tries: list[Try]) -> None:
        for each in tries:
            await each(account)

    def _pairs(self, values: tuple[str, ...]) -> Iterator[tuple[str, dict[str, Any]]]:
        for value in values:
            head = value.partition(":")[0]
            yield value, dict.fromkeys(METADATA.split(), int(head) if value in self.plain else value)
        yield values[0], {}

    def _names(self, value: str, metadata: dict[str, Any], values: tuple[str, ...]) -> Iterator[Try]:
        for name in TABLE.actions:
            if value == values[0]:
                yield partial(self.press, name, value, None)
            yield partial(self.press, name, value, metadata)
        for name in TABLE.forms:
            yield partial(self.send, name, value, metadata)
        for name in TABLE.suggestions:
            yield partial(self.type, name, value, metadata)

    async def press(
        self, name: str, value: str, metadata: dict[str, Any] | None, account: str, channel: str = ""
    ) -> None:
        """A button, in a window that holds this, else in a message."""
        if metadata is None:
            conversation = channel or self.conversations[account]
            container = {"type": "message", "channel_id": conversation, "message_ts": "1.1"}
            where = {"container": container, "channel": {"id": conversation}, "message": {}}
        else:
            where = {"view": self.view(account, "", value, metadata)}
        action = {"type": "button", "action_id": name, "value": value, "action_ts": self.world.fresh_ts()}
        await self.ask(account, "block_actions", f"button {name} {value[:9]}", actions=[action], **where)

    async def send(self, name: str, value: str, metadata: dict[str, Any], account: str) -> None:
        """A form."""
        view = self.view(account, name, value, metadata)
        await self.ask(account, "view_submission", f"form {name} {value[:9]}", view=view)

    async def type(self, name: str, value: str, metadata: dict[str, Any], account: str) -> None:
        """A menu that offers what fits."""
        about = {"action_id": name, "block_id": "b", "value": NAME[:3], "action_ts": self.world.fresh_ts()}
        view = self.view(account, "", value, metadata)
        body = await self.ask(account, "block_suggestion", f"menu {name} {value[:9]}", view=view, **about)
        self.offered += (body or {}).get("options") or []

    async def command(self, name: str, channel: str, account: str) -> None:
        """A command."""
        payload = command_payload(
            self.world,
            self.world.people.get(account),
            self.world.conversations.get(channel),
            command="/klynge",
            text=name,
            trigger_id=self.world.triggers.give(account),
            response_url="",
        )
        await self._deliver("slash_commands", "/klynge", payload, f"command {name}")

    def view(self, account: str, name: str, value: str, metadata: dict[str, Any]) -> dict[str, Any]:
        """A window whose ids and fields are all this."""
        ours = {f"{field}:{n}": value for n in (1, 2, 3, "x") for field in ("role", "place", "who")}
        fields = dict.fromkeys(FIELDS.split(), value) | ours | {f"who.{n}": value for n in (1, 2, "x", value)}
        state = {key: {key: {"type": "plain_text_input", "value": said}} for key, said in fields.items()}
        about = {
            "type": "modal",
            "id": self.world.views.open(account, EMPTY).id,
            "hash": self.world.fresh_ts(),
            "callback_id": name,
            "blocks": [{"type": "input", "block_id": "text"}],
        }
        return about | {"private_metadata": json.dumps(metadata), "state": {"values": state}}

    async def ask(self, account: str, kind: str, what: str, **more: Any) -> Any:
        """Tell the program; what it answers at once."""
        trigger = self.world.triggers.give(account)
        payload = interaction(self.world, kind, self.world.people.get(account)) | {"trigger_id": trigger} | more
        return await self._deliver("interactive", kind, payload, what)

    async def _deliver(self, envelope: Kind, kind: str, payload: dict[str, Any], what: str) -> Any:
        """Note when the program does not take it."""
        body, failed = await self.world.deliveries.ask(envelope, kind, payload)
        if failed or "gik galt" in json.dumps(body, ensure_ascii=False):
            self.failed.append(what)
        return body
