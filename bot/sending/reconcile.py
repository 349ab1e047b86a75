"""Asks Slack whether an uncertain message has arrived, before it is sent again.

``chat.postMessage`` has no idempotency key, so each message carries an opaque token in its metadata. Only rows whose
earlier send may have been accepted are asked for, which is rare: no feature needs the history.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.sending.pacing import PacedLine

EVENT_TYPE = "klynge_notice"
MARGIN = timedelta(days=7)
"""How much Slack's clock and ours may differ. Ours may be put right at any moment, and what was due under the wrong one
must be found all the same; a week of one conversation is a page."""
PAGE = 200
MOST_PAGES = 10


@dataclass(frozen=True)
class SentMessage:
    """A message of ours that is in Slack."""

    ts: str
    card: str


def metadata(token: str, card: str, others: Iterable[tuple[str, str]] = ()) -> dict[str, Any]:
    """What a message carries so that it can be found again, also by what is said with it. The whole workspace may read
    it: opaque ids, no more."""
    payload = {"token": token, "card": card}
    if also := " ".join(f"{other}={name}" for other, name in others):
        payload["also"] = also
    return {"event_type": EVENT_TYPE, "event_payload": payload}


async def find_message(
    line: PacedLine, *, channel: str, thread_ts: str | None, token: str, since: datetime
) -> SentMessage | None:
    """The message with this token, posted since a moment (calendar time), perhaps among what was said together."""
    oldest = f"{(since - MARGIN).timestamp():.6f}"
    asked: dict[str, Any] = {"oldest": oldest, "limit": PAGE, "include_all_metadata": True}
    method = "conversations_history"
    if thread_ts:
        method, asked["ts"] = "conversations_replies", thread_ts
    for _ in range(MOST_PAGES):
        answer = await line.call(method, channel=channel, **asked)
        for message in answer.get("messages", []):
            payload = (message.get("metadata") or {}).get("event_payload") or {}
            if payload.get("token") == token:
                return SentMessage(ts=message["ts"], card=payload.get("card", ""))
            others = dict(each.split("=", 1) for each in str(payload.get("also", "")).split())
            if token in others:
                return SentMessage(ts=message["ts"], card=others[token])
        asked["cursor"] = (answer.get("response_metadata") or {}).get("next_cursor")
        if not asked["cursor"]:
            return None
    return None
