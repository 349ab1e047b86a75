"""Bad weather: any call may fail in any way, events come twice, and sockets are replaced, all the time and by chance.

Only what the program must put right by itself. A window that does not open is for the person to try again, and has
tests of its own.
"""

from __future__ import annotations

import asyncio
import random
from typing import Any

from workspace import Desk

METHODS = (
    "chat.postMessage",
    "chat.update",
    "conversations.open",
    "conversations.history",
    "views.publish",
    "files.getUploadURLExternal",
    "files.completeUploadExternal",
    "files.info",
    "upload",
    "download",
)
FAULTS: tuple[dict[str, Any], ...] = (
    {"status": 500, "chance": 0.01},
    {"status": 503, "when": "after", "chance": 0.005},
    {"error": "internal_error", "when": "after", "chance": 0.005},
    {"retry_after": 1, "chance": 0.005},
    {"reset": True, "when": "after", "chance": 0.002},
    {"torn": True, "when": "after", "chance": 0.002},
    {"page": True, "chance": 0.002},
    {"delay": 0.2, "chance": 0.01},
)
ENDLESS = 10**9
CHANGE_SECONDS = 3.0


async def storm(desk: Desk, chance: random.Random) -> None:
    """Until cancelled."""
    for method in METHODS:
        for fault in FAULTS:
            await desk.fail(method, times=ENDLESS, **fault)
    await desk.delivery(duplicate_next=ENDLESS)
    while True:
        await asyncio.sleep(chance.uniform(0.3, 1.0) * CHANGE_SECONDS)
        await desk.sockets(disconnect="refresh_requested")


def struck(traffic: list[dict[str, Any]]) -> int:
    """How many calls have failed."""
    return sum(row["direction"] == "in" and row["kind"] != "socket" and not row["ok"] for row in traffic)
