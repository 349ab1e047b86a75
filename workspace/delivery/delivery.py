"""Delivery to the app: at least once for events, in time or not at all for interactions.

All waiting here is `Pace`: the 3 seconds to acknowledge and the gaps between redeliveries ignore the story clock.
"""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from workspace.delivery.sockets import SocketLostError
from workspace.events.payloads import event_callback
from workspace.state.errors import Json, SlackError

if TYPE_CHECKING:
    from workspace.world import Workspace

Kind = Literal["events_api", "interactive", "slash_commands"]
REMEMBERED = 2_000


@dataclass
class Delivery:
    """One thing the app is told."""

    id: str
    kind: Kind
    name: str  # the event's type, the interaction's type or the command
    payload: Json
    state: str = "waiting"  # waiting, accepted, failed, missed

    def shape(self) -> Json:
        return {"id": self.id, "kind": self.kind, "name": self.name, "state": self.state}


@dataclass
class Outcome:
    """How one attempt ended: the app's answer, or why there was none."""

    accepted: bool
    body: Any = None
    reason: str | None = None
    final: bool = False  # the app asked for no retry
    lost: bool = False  # the connection broke; trying again is not counted as a retry
    status: int = 200


class Deliveries:
    """Sends what happens to the app, over sockets or by signed HTTP, and remembers it."""

    def __init__(self, world: Workspace) -> None:
        self._world = world
        self._tasks: set[asyncio.Task[Any]] = set()
        self._past: deque[Delivery] = deque(maxlen=REMEMBERED)
        self._waiting = 0
        self._duplicates = 0
        self._reorder = False
        self._held: asyncio.Future[None] | None = None

    @property
    def waiting(self) -> int:
        """Deliveries the app has not taken yet."""
        return self._waiting

    def past(self) -> list[Json]:
        return [delivery.shape() for delivery in self._past]

    def event(self, event: Json) -> None:
        """Tell the app of an event it subscribed to; returns at once."""
        if not self._subscribed(event):
            return
        payload = event_callback(self._world, event)
        delivery = self._begin("events_api", str(event["type"]), payload)
        self._launch(delivery, start=0)
        if self._duplicates:
            self._duplicates -= 1
            self._launch(delivery, start=0)

    async def ask(self, kind: Kind, name: str, payload: Json) -> tuple[Any, str | None]:
        """Send an interaction or command and wait for its answer.

        Returns (body, None), or (None, why): `operation_timeout` without an acknowledgement in 3 seconds,
        `dispatch_failed` when nobody is there or the answer is an error.
        """
        delivery = self._begin(kind, name, payload)
        self._waiting += 1
        deadline = self._world.pace.now() + self._world.settings.ack_seconds
        try:
            outcome = await self._attempt(delivery, 0, None)
            while outcome.lost and self._world.pace.now() < deadline:  # its connection broke: on to another
                outcome = await self._attempt(delivery, 0, None, deadline - self._world.pace.now())
        finally:
            self._settle()
        delivery.state = "accepted" if outcome.accepted else "failed"
        if outcome.accepted:
            return outcome.body, None
        return None, "operation_timeout" if outcome.reason in {"http_timeout", "timeout"} else "dispatch_failed"

    def duplicate_next(self, times: int) -> None:
        """The next `times` events are delivered twice with the same event_id."""
        self._duplicates = times

    def reorder(self) -> None:
        """The next event is overtaken by the one after it."""
        self._reorder = True

    def redeliver(self, delivery_id: str) -> Json:
        """Send a past event again as a retry; `last` is the latest one."""
        events = [delivery for delivery in self._past if delivery.kind == "events_api"]
        found = [each for each in events if each.id == delivery_id] or (events[-1:] if delivery_id == "last" else [])
        if not found:
            raise SlackError("no_such_delivery", detail=delivery_id)
        self._launch(found[0], start=1)
        return found[0].shape()

    async def close(self) -> None:
        """Stop trying."""
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _subscribed(self, event: Json) -> bool:
        wanted = self._world.settings.events
        kind = str(event["type"])
        return (f"message.{event.get('channel_type')}" if kind == "message" else kind) in wanted

    def _begin(self, kind: Kind, name: str, payload: Json) -> Delivery:
        delivery = Delivery(self._world.ids.fresh("Dl"), kind, name, payload)
        self._past.append(delivery)
        return delivery

    def _launch(self, delivery: Delivery, start: int) -> None:
        self._waiting += 1
        task = asyncio.get_running_loop().create_task(self._carry(delivery, start))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _carry(self, delivery: Delivery, start: int) -> None:
        """All attempts of one event."""
        try:
            await self._take_turn()
            delays = self._world.settings.retry_delays
            attempt, retries, reason = start, 0, ("http_timeout" if start else None)
            while True:
                outcome = await self._attempt(delivery, attempt, reason)
                if outcome.accepted:
                    delivery.state = "accepted"
                    return
                if outcome.reason == "missed":
                    delivery.state = "missed"
                    return
                if outcome.reason == "moved":
                    continue
                attempt, reason = attempt + 1, outcome.reason
                if outcome.lost:
                    continue
                if outcome.final or retries >= len(delays):
                    delivery.state = "failed"
                    return
                await self._world.pace.sleep(delays[retries])
                retries += 1
        finally:
            self._settle()

    async def _take_turn(self) -> None:
        """Hold one event back until the next has gone, when reordering was asked for."""
        if self._reorder:
            self._reorder = False
            self._held = asyncio.get_running_loop().create_future()
            await self._world.pace.within(self._held, 2.0)
            await asyncio.sleep(0.05)  # the one that overtakes is on its way; let it arrive
        elif self._held is not None and not self._held.done():
            self._held.set_result(None)
            self._held = None

    async def _attempt(
        self, delivery: Delivery, attempt: int, reason: str | None, patience: float | None = None
    ) -> Outcome:
        started = self._world.pace.now()
        by_http = self._world.http_target is not None
        if by_http:
            outcome = await self._by_http(delivery, attempt, reason)
        else:
            outcome = await self._by_socket(delivery, attempt, reason, patience)
        if outcome.reason == "moved":  # nothing was sent
            return outcome
        self._world.traffic.record(
            "out",
            "http" if by_http else "socket",
            delivery.name,
            status=outcome.status,
            ok=outcome.accepted,
            error=outcome.reason,
            ms=(self._world.pace.now() - started) * 1000,
            request={"delivery": delivery.id, "retry": attempt, "kind": delivery.kind, "payload": delivery.payload},
            response=outcome.body,
        )
        return outcome

    async def _by_http(self, delivery: Delivery, attempt: int, reason: str | None) -> Outcome:
        answer = await self._world.posts.send(delivery.kind, delivery.payload, attempt=attempt, reason=reason)
        accepted = answer.reason is None
        return Outcome(accepted, answer.body, answer.reason, answer.no_retry and not accepted, status=answer.status)

    async def _by_socket(self, delivery: Delivery, attempt: int, reason: str | None, patience: float | None) -> Outcome:
        settings, is_event = self._world.settings, delivery.kind == "events_api"
        if patience is None:
            patience = settings.missed_after if is_event else settings.ack_seconds
        is_open = await self._world.sockets.arrival(patience)
        if self._world.http_target is not None:
            return Outcome(False, reason="moved", lost=True, status=0)
        if not is_open:
            return Outcome(False, reason="missed" if is_event else "no_socket", status=0)
        try:
            body = await self._world.sockets.send(
                delivery.kind,
                delivery.payload,
                attempt=attempt,
                reason=reason,
                answerable=not is_event,
            )
        except SocketLostError:
            return Outcome(False, reason="timeout", lost=True, status=0)
        if body is None:
            return Outcome(False, reason="timeout", status=0)
        return Outcome(True, body or None)

    def _settle(self) -> None:
        self._waiting -= 1
        self._world.notes.tell("traffic")
