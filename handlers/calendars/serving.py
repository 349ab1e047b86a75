"""What a calendar that asks is given: the member's own entries, as they stand now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from cluster.calendars import entries, feeds
from cluster.members import cluster_rules
from handlers.calendars.views.feed_file import events_of, feed_file, mark_of
from locales import texts_for
from storage.unit_of_work import Reading


@dataclass(frozen=True)
class Served:
    """An answer: its mark, and nothing more where the calendar has seen it already."""

    mark: str
    content: bytes | None


async def serve(state: Reading, token: str, *, seen: str, now: datetime) -> Served | None:
    """None for an address that is nobody's. ``seen``: the marks that the calendar says it has."""
    member = await feeds.reader(state, token)
    if member is None:
        return None
    cluster = await cluster_rules.get(state, member.cluster_id)
    name, t = cluster.name or "Klyngebot", texts_for(member.language)
    events = events_of(await entries.entries_of(state, member, now), t)
    mark = mark_of(events, name)
    if mark in seen.replace(",", " ").split():
        return Served(mark, None)
    return Served(mark, feed_file(events, name, now))
