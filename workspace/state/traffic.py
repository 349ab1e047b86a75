"""Everything that crossed the wire between Slack and the app, for the inspector and for tests."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable
from datetime import datetime
from itertools import islice
from typing import Any

from workspace.state.errors import Json

KEPT = 20_000
LONGEST = 2_000
TOKEN = re.compile(r"\bx(?:oxb|oxp|app|oxe|oxr)-[A-Za-z0-9-]{6,}")
SECRET_KEYS = frozenset({"token", "client_secret", "authorization", "access_token", "refresh_token", "code"})


class Traffic:
    """A bounded record; rows are masked and cut when read, so that recording stays cheap."""

    def __init__(self, now: Callable[[], datetime], told: Callable[[], None]) -> None:
        self._now = now
        self._told = told
        self._rows: deque[Json] = deque(maxlen=KEPT)
        self.seq = 0

    def record(
        self,
        direction: str,
        kind: str,
        method: str,
        *,
        status: int = 200,
        ok: bool = True,
        error: str | None = None,
        ms: float = 0.0,
        request: Any = None,
        response: Any = None,
    ) -> None:
        """One exchange: `in` is the app calling Slack, `out` is Slack calling the app."""
        self.seq += 1
        self._rows.append(
            {
                "seq": self.seq,
                "at": self._now().isoformat(),
                "direction": direction,
                "kind": kind,
                "method": method,
                "status": status,
                "ok": ok,
                "error": error,
                "ms": round(ms, 2),
                "request": request,
                "response": response,
            }
        )
        self._told()

    def after(self, seq: int) -> list[Json]:
        """The rows later than `seq`, oldest first, as they were recorded: mask them before anybody looks."""
        skip = max(0, seq - (self.seq - len(self._rows)))
        return list(islice(self._rows, skip, None))


def masked(value: Any, key: str = "") -> Any:
    """A copy fit to be looked at: no tokens, no bytes, no text longer than `LONGEST`."""
    if isinstance(value, dict):
        return {str(k): masked(v, str(k).lower()) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [masked(item) for item in value]
    if isinstance(value, bytes):
        return f"<{len(value)} bytes>"
    if isinstance(value, str):
        if key in SECRET_KEYS and value:
            return "•••"
        text = TOKEN.sub("•••", value)
        return text if len(text) <= LONGEST else text[:LONGEST] + f"… ({len(text)} characters)"
    return value
