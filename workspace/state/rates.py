"""Slack's pace: allowances per method by tier, and about one message a second in each channel.

Buckets fill by `Pace`, never by the story clock, so a jump to next morning neither trips nor empties them.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from workspace.state.clock import Pace
from workspace.state.settings import Settings

TIERS = {1: 1, 2: 20, 3: 50, 4: 100}
CHANNEL_BURST, CHANNEL_PER_MINUTE = 3, 60
WORKSPACE_BURST, WORKSPACE_PER_MINUTE = 300, 300  # Slack does not tell; some 300 a minute is what bots report
METHOD_TIER = {
    "conversations.list": 2,
    "users.list": 2,
    "conversations.create": 2,
    "reactions.remove": 2,
    "chat.update": 3,
    "chat.delete": 3,
    "chat.scheduleMessage": 3,
    "chat.deleteScheduledMessage": 3,
    "chat.scheduledMessages.list": 3,
    "conversations.open": 3,
    "conversations.info": 3,
    "conversations.history": 3,
    "conversations.replies": 3,
    "conversations.join": 3,
    "conversations.leave": 3,
    "conversations.invite": 3,
    "users.lookupByEmail": 3,
    "users.conversations": 3,
    "files.list": 3,
    "files.delete": 3,
    "bots.info": 3,
    "team.info": 3,
    "apps.connections.open": 3,
    "reactions.add": 3,
    "chat.postEphemeral": 4,
    "conversations.members": 4,
    "users.info": 4,
    "views.open": 4,
    "views.push": 4,
    "views.update": 4,
    "views.publish": 4,
    "files.getUploadURLExternal": 4,
    "files.completeUploadExternal": 4,
    "files.info": 4,
}


@dataclass
class Bucket:
    """Holds `burst` tokens and gains `per_minute` of them."""

    burst: float
    per_minute: float
    tokens: float
    at: float

    def wait(self, now: float) -> float:
        """Seconds until a token is there; 0 when one is there now."""
        self.tokens = min(self.burst, self.tokens + (now - self.at) * self.per_minute / 60)
        self.at = now
        return 0.0 if self.tokens >= 1 else (1 - self.tokens) * 60 / self.per_minute


class Rates:
    """Counts calls; says how long a caller has to stay away."""

    def __init__(self, settings: Settings, pace: Pace) -> None:
        self._settings, self._pace = settings, pace
        self._buckets: dict[str, Bucket] = {}

    def refuse(self, method: str, channel: str) -> int:
        """Whole seconds for Retry-After, or 0 when the call is within its allowance (and is then counted)."""
        if not self._settings.rate_limits:
            return 0
        now = self._pace.now()
        wanted = [self._bucket(key, burst, rate, now) for key, burst, rate in _allowances(method, channel)]
        longest = max((bucket.wait(now) for bucket in wanted), default=0.0)
        if longest > 0:
            return max(1, math.ceil(longest))
        for bucket in wanted:
            bucket.tokens -= 1
        return 0

    def _bucket(self, key: str, burst: float, per_minute: float, now: float) -> Bucket:
        factor = self._settings.rate_factor
        found = self._buckets.get(key)
        if found is None or found.per_minute != per_minute * factor:
            found = self._buckets[key] = Bucket(burst * factor, per_minute * factor, burst * factor, now)
        return found


def _allowances(method: str, channel: str) -> list[tuple[str, float, float]]:
    if method == "chat.postMessage":
        return [
            (f"post:{channel}", CHANNEL_BURST, CHANNEL_PER_MINUTE),
            ("post", WORKSPACE_BURST, WORKSPACE_PER_MINUTE),
        ]
    tier = METHOD_TIER.get(method)
    if tier is None:
        return []
    return [(method, TIERS[tier], TIERS[tier])]
