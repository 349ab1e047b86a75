"""What a test of the running bot holds in its hands."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from bot.app import Runtime
from cluster.clock import MovableClock
from handlers.feature import Rendering
from handlers.message import Message
from storage.models import Outbox
from workspace import Desk, Workspace

Settle = Callable[[], Awaitable[None]]
Owe = Callable[..., Awaitable[int]]
Row = Callable[[int], Awaitable[Outbox]]


@dataclass
class Script:
    """What the renderer of ``test.notice`` answers, and what was asked of it and of the steps."""

    answer: Callable[[Rendering], Message | None] = field(default=lambda rendering: Message(f"no. {rendering.owed.id}"))
    steps: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Scene:
    """A cluster of two practices, the running bot, and everything a test of it needs."""

    world: Workspace
    desk: Desk
    bot: Runtime
    clock: MovableClock
    settle: Settle
    script: Script
    owed: Owe
    row: Row
    klynge: Any

    @property
    def coordinator(self) -> str:
        """Slack id of the coordinator."""
        return str(self.klynge.coordinator)

    @property
    def member_id(self) -> int:
        """Member id of the coordinator."""
        return int(self.klynge.member_ids[self.coordinator])

    async def texts(self, person: str = "") -> list[str]:
        """What is in somebody's conversation with the bot; the coordinator's when nobody is named."""
        return [message["text"] for message in await self.desk.dm(person or self.coordinator)]
