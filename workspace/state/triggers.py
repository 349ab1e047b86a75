"""What an interaction gives the app to answer with: trigger ids (modals) and response URLs (messages)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from workspace.state.errors import SlackError
from workspace.state.ids import Ids
from workspace.state.settings import Settings

KEPT = 5_000


@dataclass
class Trigger:
    person: str
    born: datetime
    from_view: str | None
    used: bool = False


@dataclass
class ReplyTicket:
    """Where an answer to a response URL goes."""

    person: str
    channel: str
    born: datetime
    message_ts: str | None
    thread_ts: str | None
    ephemeral: bool
    uses: int = 0


class Triggers:
    """Both live by the story clock: moving it past their time expires them."""

    def __init__(self, ids: Ids, settings: Settings, now: Callable[[], datetime]) -> None:
        self._ids, self._settings, self._now = ids, settings, now
        self._triggers: dict[str, Trigger] = {}
        self._tickets: dict[str, ReplyTicket] = {}

    def give(self, person: str, from_view: str | None = None) -> str:
        """A trigger for something `person` did just now."""
        trigger_id = f"{self._ids.number()}.{self._ids.number()}.{self._ids.secret()}"
        self._triggers[trigger_id] = Trigger(person, self._now(), from_view)
        _forget_oldest(self._triggers)
        return trigger_id

    def exchange(self, trigger_id: str) -> Trigger:
        """Use a trigger up, or refuse it the way Slack does."""
        trigger = self._triggers.get(trigger_id)
        if trigger is None:
            raise SlackError("invalid_trigger_id")
        if trigger.used:
            raise SlackError("exchanged_trigger_id")
        if self._now() - trigger.born > timedelta(seconds=self._settings.trigger_seconds):
            raise SlackError("expired_trigger_id")
        trigger.used = True
        return trigger

    def give_reply(
        self, person: str, channel: str, *, message_ts: str | None, thread_ts: str | None, ephemeral: bool
    ) -> str:
        """A ticket for the end of a response URL."""
        ticket = self._ids.secret(24)
        self._tickets[ticket] = ReplyTicket(person, channel, self._now(), message_ts, thread_ts, ephemeral)
        _forget_oldest(self._tickets)
        return ticket

    def use_reply(self, ticket: str) -> ReplyTicket:
        """Count one use of a response URL: five within half an hour."""
        found = self._tickets.get(ticket)
        if found is None:
            raise SlackError("invalid_url")
        if self._now() - found.born > timedelta(minutes=self._settings.response_url_minutes):
            raise SlackError("expired_url")
        if found.uses >= self._settings.response_url_uses:
            raise SlackError("used_url")
        found.uses += 1
        return found


def _forget_oldest(kept: dict[str, Any]) -> None:
    while len(kept) > KEPT:
        del kept[next(iter(kept))]
