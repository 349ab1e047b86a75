"""Keeps within Slack's pace: allowances per method, about a message a second in each conversation, and Retry-After."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.metrics import Metrics
from bot.running.lease import require_held
from bot.running.outage import asked_pause
from storage.allowances import Limit

POST = "chat_postMessage"
TIER_3, TIER_4 = 50, 100
PER_MINUTE = {
    "views_publish": TIER_4,
    "files_getUploadURLExternal": TIER_4,
    "files_completeUploadExternal": TIER_4,
    "files_info": TIER_4,
}
"""Slack's tiers for the methods that the sender uses; all others are of tier 3."""
CHANNEL_BURST, CHANNEL_PER_MINUTE = 3, 60
WORKSPACE_PER_MINUTE = 300
BURST_SHARE = 0.95
"""Of what Slack allows at once: calls overtake each other on their way, and a refused one keeps all from calling."""
MARGIN = 0.1
"""Seconds that whoever has to wait waits longer, for the same reason."""
LONGEST_WAIT = 5.0
DEFAULT_RETRY_AFTER = 30.0


class TooFast(Exception):
    """Not now: there is no allowance for ``seconds``. Nothing was sent."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"{seconds:.1f}")
        self.seconds = seconds


class Allowances(Protocol):
    """Where the tokens are: in this process, or in the database that several share."""

    async def take(self, limits: Sequence[Limit], *, longest: float) -> float:
        """Take one token of each bucket; how long to wait for them. When longer than ``longest``, none is taken."""

    async def block(self, name: str, seconds: float) -> None:
        """Nobody takes of this bucket for a while."""

    async def blocked(self, name: str) -> float:
        """Seconds for which nobody may take of this bucket; 0 or less when everybody may."""


@dataclass
class Bucket:
    """Holds ``burst`` tokens and gains ``rate`` of them a second; whoever comes too early waits the debt off."""

    burst: float
    rate: float
    tokens: float
    at: float
    blocked_until: float = 0.0

    def wait(self, now: float) -> float:
        """Seconds until the next token is there."""
        self.tokens = min(self.burst, self.tokens + (now - self.at) * self.rate)
        self.at = now
        return max(0.0, (1 - self.tokens) / self.rate, self.blocked_until - now)


class OwnAllowances:
    """The allowances of a process that is alone.

    Measured on the monotonic clock: a rehearsal that moves the calendar moves no allowance.
    """

    def __init__(self) -> None:
        self._buckets: dict[str, Bucket] = {}

    async def take(self, limits: Sequence[Limit], *, longest: float) -> float:
        """As `Allowances` says."""
        now = asyncio.get_running_loop().time()
        buckets = [self._bucket(limit, now) for limit in limits]
        wait = max(bucket.wait(now) for bucket in buckets)
        if wait <= longest:
            for bucket in buckets:
                bucket.tokens -= 1
        return wait

    async def block(self, name: str, seconds: float) -> None:
        """As `Allowances` says."""
        if name in self._buckets:
            self._buckets[name].blocked_until = asyncio.get_running_loop().time() + seconds

    async def blocked(self, name: str) -> float:
        """As `Allowances` says."""
        return self._buckets[name].blocked_until - asyncio.get_running_loop().time()

    def _bucket(self, limit: Limit, now: float) -> Bucket:
        if limit.name not in self._buckets:
            self._buckets[limit.name] = Bucket(limit.burst, limit.rate, limit.burst, now)
        return self._buckets[limit.name]


class CallPace:
    """How fast which method may be called."""

    def __init__(self, allowances: Allowances, factor: float = 1.0) -> None:
        self._allowances = allowances
        self._factor = factor

    async def turn(self, method: str, channel: str | None) -> None:
        """Wait for our turn; TooFast when that is too long to stand waiting."""
        wait = await self._allowances.take(self._limits(method, channel), longest=LONGEST_WAIT)
        if wait > LONGEST_WAIT:
            raise TooFast(wait)
        if wait > 0:
            await asyncio.sleep(wait + MARGIN)
            if (left := await self._allowances.blocked(method)) > 0:  # Slack said so while we stood waiting
                raise TooFast(left)

    async def block(self, method: str, seconds: float) -> None:
        """Slack said when to come back."""
        await self._allowances.block(method, seconds)

    def _limits(self, method: str, channel: str | None) -> list[Limit]:
        if method == POST:
            return [
                self._limit(method, BURST_SHARE * WORKSPACE_PER_MINUTE, WORKSPACE_PER_MINUTE),
                self._limit(f"{method}:{channel}", CHANNEL_BURST, CHANNEL_PER_MINUTE),
            ]
        per_minute = PER_MINUTE.get(method, TIER_3)
        return [self._limit(method, BURST_SHARE * per_minute, per_minute)]

    def _limit(self, name: str, burst: float, per_minute: float) -> Limit:
        return Limit(name, burst * self._factor, per_minute * self._factor / 60)


class PacedLine:
    """The sender's way to Slack: every call in its turn, and never again before Slack allows it."""

    def __init__(self, slack: AsyncWebClient, pace: CallPace, metrics: Metrics) -> None:
        self.slack = slack
        self._pace = pace
        self._metrics = metrics

    async def call(self, method: str, *, channel: str | None = None, **arguments: Any) -> dict[str, Any]:
        """Slack's answer to ``method`` (named as slack_sdk names it); TooFast when it answers "ratelimited"."""
        await self._pace.turn(method, channel)
        require_held()
        if channel is not None:
            arguments["channel"] = channel
        try:
            answer = await getattr(self.slack, method)(**arguments)
        except SlackApiError as error:
            if error.response.get("error") != "ratelimited":
                self._metrics.called(method, "refused")
                raise
            self._metrics.called(method, "ratelimited")
            seconds = asked_pause(error).total_seconds() or DEFAULT_RETRY_AFTER
            await self._pace.block(method, seconds)
            raise TooFast(seconds) from None
        except Exception:
            self._metrics.called(method, "unreachable")
            raise
        self._metrics.called(method, "ok")
        data: dict[str, Any] = answer.data
        return data
