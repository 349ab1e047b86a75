"""From what was measured to a country that grows: which of Slack, processor and database binds, and for how long."""

from collections.abc import Sequence

from tests.scale.country import CLUSTERS, MEMBERS
from tests.scale.database import Stored
from tests.scale.drawing import Drawn
from tests.scale.waves import Sent, least

TIMES = (1, 3, 10, 30, 100)
MEASURES = 3
"""Charts that a member gets in a round of the kind that is shipped."""


def table(sent: Sequence[Sent], stored: Sequence[Stored], drawn: Drawn) -> list[dict[str, object]]:
    """A line for each wave, size and way of being at home in Slack."""
    claims = {each.database: each.claimed_per_second for each in stored}
    lines: list[dict[str, object]] = []
    for wave in [*sent, _with_charts(sent[-1])]:
        work = wave.cpu_ms_each + (_draws(wave) * (drawn.composed_ms + drawn.drawn_ms))
        for times in TIMES:
            people = MEMBERS * times
            minutes = {
                "Slack, one workspace": least(people * max(1, _draws(wave)), wave.per_minute),
                "Slack, one each": least(-(-people // (CLUSTERS * times)) * max(1, _draws(wave)), wave.per_minute),
                "one core": people * work / 60_000,
                "SQLite": people / claims["SQLite"] / 60,
                "PostgreSQL": people / claims["PostgreSQL"] / 60,
            }
            lines.append({"wave": wave.wave, "×": times, "people": people, **_rounded(minutes), **_binding(minutes)})
    return lines


def _draws(wave: Sent) -> int:
    return {"a chart each": 1, "all charts": MEASURES}.get(wave.wave, 0)


def _with_charts(one: Sent) -> Sent:
    """The wave of a whole round's charts: every picture is an upload of its own."""
    return Sent("all charts", one.people, 0, 0, 0, one.cpu_ms_each * MEASURES, one.per_minute)


def _rounded(minutes: dict[str, float]) -> dict[str, object]:
    return {name: f"{value:.1f}" for name, value in minutes.items()}


def _binding(minutes: dict[str, float]) -> dict[str, object]:
    """In one workspace with SQLite, and in a workspace for each cluster with PostgreSQL and one core."""
    one = {name: minutes[name] for name in ("Slack, one workspace", "one core", "SQLite")}
    many = {name: minutes[name] for name in ("Slack, one each", "one core", "PostgreSQL")}
    return {"binds one": max(one, key=lambda name: one[name]), "binds many": max(many, key=lambda name: many[name])}
