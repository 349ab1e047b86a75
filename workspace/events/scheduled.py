"""Messages scheduled for later: posted when the story reaches their time; those with metadata silently are not."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workspace.state.errors import Json, SlackError

if TYPE_CHECKING:
    from workspace.world import Workspace

FURTHEST = 120 * 24 * 3600
WINDOW, MOST_IN_WINDOW = 300, 30


@dataclass
class Scheduled:
    id: str
    channel: str
    post_at: int
    created: int
    text: str
    blocks: list[Json] | None
    thread_ts: str | None
    has_metadata: bool


class Schedule:
    """All scheduled messages that are not due yet."""

    def __init__(self, world: Workspace) -> None:
        self._world = world
        self.waiting: dict[str, Scheduled] = {}
        self._watch: asyncio.Task[None] | None = None

    def add(
        self, channel: str, post_at: int, text: str, blocks: list[Json] | None, **more: Json | str | None
    ) -> Scheduled:
        """Keep a message for `post_at`; refuses the past, more than 120 days, and more than 30 in 5 minutes."""
        now = self._world.epoch()
        if post_at <= now:
            raise SlackError("time_in_past")
        if post_at > now + FURTHEST:
            raise SlackError("time_too_far")
        near = [one for one in self.waiting.values() if one.channel == channel and abs(one.post_at - post_at) < WINDOW]
        if len(near) >= MOST_IN_WINDOW:
            raise SlackError("restricted_too_many")
        made = Scheduled(
            id=self._world.ids.fresh("Q"),
            channel=channel,
            post_at=post_at,
            created=now,
            text=text,
            blocks=blocks,
            thread_ts=str(more["thread_ts"]) if more.get("thread_ts") else None,
            has_metadata=bool(more.get("metadata")),
        )
        self.waiting[made.id] = made
        if self._watch is None or self._watch.done():
            self._watch = asyncio.get_running_loop().create_task(self._tick())
            self._world.keep(self._watch)
        return made

    def remove(self, scheduled_id: str, channel: str) -> None:
        found = self.waiting.get(scheduled_id)
        if found is None or found.channel != channel:
            raise SlackError("invalid_scheduled_message_id")
        del self.waiting[scheduled_id]

    def post_due(self) -> None:
        """Post what the story's time has reached, earliest first."""
        from workspace.events.posting import Draft, post

        now = self._world.epoch()
        for each in sorted(self.waiting.values(), key=lambda one: one.post_at):
            if each.post_at > now:
                continue
            del self.waiting[each.id]
            if each.has_metadata:
                continue  # Slack's documented bug: never posted, and nobody is told
            conversation = self._world.conversations.get(each.channel)
            draft = Draft(each.text, blocks=each.blocks, thread_ts=each.thread_ts, bot=True)
            post(self._world, conversation, self._world.bot_user_id, draft)

    async def _tick(self) -> None:
        """Look every second, as long as anything waits: the story's clock may run by itself."""
        while self.waiting:
            await asyncio.sleep(1)
            self.post_due()
