"""Small notes that something changed, for the page and for tests that wait: never the change itself."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

from workspace.state.errors import Json


class Subscription:
    """One listener's mailbox; notes about the same thing that nobody has read yet are folded into one."""

    def __init__(self, person: str | None) -> None:
        self.person = person
        self.ended = False
        self._waiting: dict[tuple[str, str | None], Json] = {}
        self._filled = asyncio.Event()

    def put(self, note: Json) -> None:
        self._waiting[(note["kind"], note.get("channel"))] = note
        self._filled.set()

    def end(self) -> None:
        self.ended = True
        self._filled.set()

    async def take(self) -> list[Json]:
        """All unread notes, oldest first; waits for the first one. Empty only at the end."""
        await self._filled.wait()
        return self.drain()

    def drain(self) -> list[Json]:
        """All unread notes, oldest first, without waiting."""
        self._filled.clear()
        taken, self._waiting = list(self._waiting.values()), {}
        return sorted(taken, key=lambda note: int(note["seq"]))


class Notes:
    """Numbers every change and tells those who may know."""

    def __init__(self) -> None:
        self.seq = 0
        self._closed = False
        self._subscriptions: set[Subscription] = set()

    def subscribe(self, person: str | None) -> Subscription:
        """Notes that concern `person`; None hears everything."""
        subscription = Subscription(person)
        if self._closed:
            subscription.end()
        self._subscriptions.add(subscription)
        return subscription

    def close(self) -> None:
        """No more notes: listeners stop waiting."""
        self._closed = True
        for subscription in self._subscriptions:
            subscription.end()

    def unsubscribe(self, subscription: Subscription) -> None:
        self._subscriptions.discard(subscription)

    def tell(self, kind: str, *, channel: str | None = None, people: Iterable[str] | None = None) -> None:
        """Note a change of `kind`; `people` limits who hears of it."""
        self.seq += 1
        note: Json = {"seq": self.seq, "kind": kind}
        if channel:
            note["channel"] = channel
        wanted = None if people is None else set(people)
        for subscription in self._subscriptions:
            if wanted is None or subscription.person is None or subscription.person in wanted:
                subscription.put(note)
