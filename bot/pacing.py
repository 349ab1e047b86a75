"""Keeps within Slack's pace: allowances per method, about one message a second in each conversation, and Retry-After.

Measured on the monotonic clock: a rehearsal that moves the calendar moves no allowance.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.metrics import Metrics

POST = "chat_postMessage"
PER_MINUTE = {
    "chat_update": 50,
    "conversations_open": 50,
    "conversations_history": 50,
    "conversations_replies": 50,
    "files_delete": 50,
    "views_publish": 100,
    "files_getUploadURLExternal": 100,
    "files_completeUploadExternal": 100,
    "files_info": 100,
}
"""Slack's tiers 3 and 4 for the methods that the sender uses."""
CHANNEL_BURST, CHANNEL_PER_MINUTE = 3, 60
WORKSPACE_PER_MINUTE = 300
LONGEST_WAIT = 5.0
DEFAULT_RETRY_AFTER = 30.0


class TooFast(Exception):
    """Not now: there is no allowance for ``seconds``. Nothing was sent."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"{seconds:.1f}")
        self.seconds = seconds


class NoAnswer(OSError):
    """Something answered, but it was not Slack's API."""


@dataclass
class Bucket:
    """Holds ``burst`` tokens and gains ``rate`` of them a second; who comes too early waits the debt off."""

    burst: float
    rate: float
    tokens: float
    at: float

    def wait(self, now: float) -> float:
        """Seconds until the next token is there."""
        self.tokens = min(self.burst, self.tokens + (now - self.at) * self.rate)
        self.at = now
        return max(0.0, (1 - self.tokens) / self.rate)


class Pace:
    """Buckets, and the methods that Slack told us to leave alone for a while."""

    def __init__(self, factor: float = 1.0) -> None:
        self._factor = factor
        self._buckets: dict[str, Bucket] = {}
        self._blocked: dict[str, float] = {}

    async def turn(self, method: str, channel: str | None) -> None:
        """Wait for our turn; TooFast when that is too long to stand waiting."""
        now = asyncio.get_running_loop().time()
        buckets = self._wanted(method, channel, now)
        wait = max([self._blocked.get(method, 0.0) - now, *(bucket.wait(now) for bucket in buckets)])
        if wait > LONGEST_WAIT:
            raise TooFast(wait)
        for bucket in buckets:
            bucket.tokens -= 1
        if wait > 0:
            await asyncio.sleep(wait)

    def block(self, method: str, seconds: float) -> None:
        """Slack said when to come back."""
        self._blocked[method] = asyncio.get_running_loop().time() + seconds

    def _wanted(self, method: str, channel: str | None, now: float) -> list[Bucket]:
        if method == POST:
            return [
                self._bucket(f"{method}:{channel}", CHANNEL_BURST, CHANNEL_PER_MINUTE, now),
                self._bucket(method, WORKSPACE_PER_MINUTE, WORKSPACE_PER_MINUTE, now),
            ]
        per_minute = PER_MINUTE.get(method)
        return [self._bucket(method, per_minute, per_minute, now)] if per_minute else []

    def _bucket(self, name: str, burst: float, per_minute: float, now: float) -> Bucket:
        if name not in self._buckets:
            burst *= self._factor
            self._buckets[name] = Bucket(burst, per_minute * self._factor / 60, burst, now)
        return self._buckets[name]


class Line:
    """The sender's way to Slack: every call in its turn, and never again before Slack allows it."""

    def __init__(self, slack: AsyncWebClient, pace: Pace, metrics: Metrics) -> None:
        self.slack = slack
        self._pace = pace
        self._metrics = metrics

    async def call(self, method: str, *, channel: str | None = None, **arguments: Any) -> dict[str, Any]:
        """Slack's answer to ``method`` (named as slack_sdk names it); TooFast when it answers "ratelimited"."""
        await self._pace.turn(method, channel)
        if channel is not None:
            arguments["channel"] = channel
        try:
            answer = await getattr(self.slack, method)(**arguments)
        except SlackApiError as error:
            if error.response.get("error") != "ratelimited":
                self._metrics.called(method, "refused")
                raise
            self._metrics.called(method, "ratelimited")
            headers = {name.lower(): value for name, value in error.response.headers.items()}
            seconds = float(headers.get("retry-after", DEFAULT_RETRY_AFTER))
            self._pace.block(method, seconds)
            raise TooFast(seconds) from None
        except AttributeError:  # slack_sdk's own stumble over an answer that is not JSON, such as a gateway's page
            self._metrics.called(method, "unreachable")
            raise NoAnswer(method) from None
        except Exception:
            self._metrics.called(method, "unreachable")
            raise
        self._metrics.called(method, "ok")
        data: dict[str, Any] = answer.data
        return data
