"""How long the waves of a round take, by the real program against a stand-in that keeps Slack's limits."""

import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.sending.pacing import PER_MINUTE, TIER_3, WORKSPACE_PER_MINUTE
from tests.scale.country import Country, country
from tests.scale.leaping import run

SHARE = 400
"""People in the simulated waves by default: beyond each allowance's first burst, so that the pace itself is seen."""
PLACE = "/dev/shm" if Path("/dev/shm").is_dir() else None
"""A folder without a disk below it: what is measured is waiting for Slack."""
FILES_PER_MINUTE = PER_MINUTE["files_getUploadURLExternal"]


@dataclass(frozen=True)
class Sent:
    """A wave: its time on the clock, the least that Slack allows, and what it took of a processor."""

    wave: str
    people: int
    minutes: float
    least: float
    refused: int
    cpu_ms_each: float
    per_minute: int
    """What Slack allows of the call that binds."""


@asynccontextmanager
async def _land(people: int, *, known: bool) -> AsyncIterator[Country]:
    with tempfile.TemporaryDirectory(dir=PLACE) as folder:
        async with country(Path(folder), people, known=known) as land:
            yield land


def least(people: int, per_minute: int) -> float:
    """Minutes for that many calls, of which the first burst goes at once."""
    return max(0.0, (people - per_minute) / per_minute)


def measure(people: int) -> list[Sent]:
    """First words to everybody, then any wave of text (invitations, reminders, asks), then a chart to each."""
    return [
        _sent("first words", people, "scale.text", TIER_3, known=False),
        _sent("text", people, "scale.text", WORKSPACE_PER_MINUTE),
        _sent("a chart each", people, "scale.chart", FILES_PER_MINUTE),
    ]


def _sent(wave: str, people: int, kind: str, per_minute: int, *, known: bool = True) -> Sent:
    async def send() -> Sent:
        async with _land(people, known=known) as land:
            done = await land.wave(kind, people=people)
        return Sent(
            wave,
            people,
            round(done.seconds / 60, 1),
            round(least(people, per_minute), 1),
            done.refused,
            round(done.worked / people * 1000, 1),
            per_minute,
        )

    found: Sent = run(send)
    return found
