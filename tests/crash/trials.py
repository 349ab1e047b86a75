"""Kills whatever can be killed while people talk to the bot, and counts what was lost, doubled or out of order.

``python -m tests.crash --trials 100`` prints a table and ``N trials: lost L, doubled D``, and fails unless all is well.
A trial is one thing that somebody killed. The stand-in, the people and the counting live in this process; the bots and
the database are others.
"""

from __future__ import annotations

import random
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.crash.postgres import Postgres
from tests.crash.sabotage import without
from tests.crash.session import Session
from tests.crash.steps import Point, every_point, strike_at
from tests.crash.tally import KINDS, Tally
from tests.crash.victims import BOT, DRAWING, LEADING, POSTGRESQL, WORKER

KILLS_A_SESSION = 5
STEPS = "bot, at every step"
MOST_STEPS = 0.4
"""Of all trials, how many are kills at exact steps rather than at random moments."""


@dataclass(frozen=True)
class Setting:
    """What is killed, and among how many bots on which database."""

    what: str
    on_postgresql: bool = False
    replicas: int = 1
    workers: int = 0
    points: tuple[Point, ...] = ()
    """For kills at exact steps: which ones; all when none are named."""

    @property
    def name(self) -> tuple[str, str, str]:
        """As it stands in the table."""
        return self.what, "PostgreSQL" if self.on_postgresql else "SQLite", str(self.replicas)


SETTINGS = (
    Setting(STEPS),
    Setting(STEPS, on_postgresql=True),
    Setting(BOT),
    Setting(BOT, on_postgresql=True),
    Setting(BOT, on_postgresql=True, replicas=3),
    Setting(LEADING, on_postgresql=True, replicas=3),
    Setting(WORKER, on_postgresql=True, replicas=3, workers=2),
    Setting(DRAWING),
    Setting(POSTGRESQL, on_postgresql=True),
    Setting(POSTGRESQL, on_postgresql=True, replicas=3),
)


@dataclass
class Report:
    """The account of each setting."""

    rows: list[tuple[Setting, Tally]] = field(default_factory=list)

    @property
    def total(self) -> Tally:
        """Everything together."""
        total = Tally()
        for _, tally in self.rows:
            total.join(tally)
        return total

    def table(self) -> str:
        """For the eye and for docs/testing.md."""
        heads = ("killed", "database", "bots", "trials", "kind", "promises", "lost", "doubled", "wrong order")
        lines = [heads, tuple("---" for _ in heads)]
        for setting, tally in self.rows:
            for number, kind in enumerate(KINDS):
                count = tally.kinds[kind]
                first = (*setting.name, str(tally.trials)) if number == 0 else ("", "", "", "")
                sums = (count.messages, len(count.lost), len(count.doubled), len(count.disordered))
                lines.append((*first, kind, *map(str, sums)))
        widths = [max(len(line[column]) for line in lines) for column in range(len(heads))]
        return "\n".join("| " + " | ".join(map(str.ljust, line, widths)) + " |" for line in lines)


def shares(trials: int, settings: Sequence[Setting], chance: random.Random) -> list[tuple[Setting, int]]:
    """How many trials each setting gets: exact steps never more than there are, everything else evenly."""
    exact = [setting for setting in settings if setting.what == STEPS]
    rest = [setting for setting in settings if setting.what != STEPS]
    most = int(trials * MOST_STEPS) if rest else trials
    given = {setting: min(len(setting.points or every_point()), most // len(exact)) for setting in exact}
    left = trials - sum(given.values())
    if not rest:
        return list(given.items())
    order = chance.sample(rest, len(rest))
    given |= {setting: left // len(rest) + (number < left % len(rest)) for number, setting in enumerate(order)}
    return [(setting, given[setting]) for setting in settings if given.get(setting)]


async def run(
    trials: int,
    *,
    seed: int,
    settings: Sequence[Setting] = SETTINGS,
    postgres: Postgres | None = None,
    sabotage: str = "",
    told: Callable[[Setting, Tally], None] = lambda _setting, _tally: None,
) -> Report:
    """All trials, in sessions of a few kills, each on a fresh database."""
    chance = random.Random(seed)
    report = Report()
    for setting, number in shares(trials, settings, chance):
        tally = Tally()
        for size in _portions(number, number if setting.what == STEPS else KILLS_A_SESSION):
            tally.join(await _session(setting, size, chance, postgres, sabotage))
        report.rows.append((setting, tally))
        told(setting, tally)
    return report


async def _session(
    setting: Setting, size: int, chance: random.Random, postgres: Postgres | None, sabotage: str
) -> Tally:
    forgetting = without(sabotage, is_sqlite=not setting.on_postgresql) if sabotage else []
    with tempfile.TemporaryDirectory() as folder:
        server = postgres if setting.on_postgresql else None
        made = Session(Path(folder), chance, setting.replicas, setting.workers, server, forgetting)
        async with made.open() as session:
            if setting.what != STEPS:
                return await session.strike(setting.what, size)
            points = setting.points or every_point()
            chosen = sorted(chance.sample(range(len(points)), size))
            return await strike_at(session, [points[place] for place in chosen])


def _portions(number: int, most: int) -> Iterator[int]:
    while number > 0:
        yield min(number, most)
        number -= most
