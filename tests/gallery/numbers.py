"""Invented numbers for any package, always the same: from one practice to a full cluster, awkward on request."""

import random
from collections.abc import Callable

from measures.charts.shared import groupings_of
from measures.disclosure.grouping import Grouping
from measures.packages.measure_kinds import MEASURE_KINDS
from measures.packages.package import Measure, Package

Replies = dict[int, dict[str, int | None]]


def kept(package: Package, *releases: Replies) -> dict[str, Grouping]:
    """The groups that are frozen with the last of these releases, one after the other."""
    found: dict[str, Grouping] = {}
    for number in range(1, len(releases) + 1):
        found = groupings_of(package.measures, releases[:number], found)
    return found


def invent(package: Package, size: int, twist: Callable[[dict[str, int | None], int], None] | None = None) -> Replies:
    """Replies of that many practices that fit the package's measures: no part larger than its whole."""
    chance = random.Random(f"{package.id}:{size}")
    replies: Replies = {}
    for practice in range(1, size + 1):
        reply: dict[str, int | None] = {field.id: chance.randint(1500, 8000) for field in package.fields}
        for field in package.fields:
            if field.kind == "percent":
                reply[field.id] = chance.randint(20, 90)
        for measure in package.measures:
            _fit(measure, reply, chance)
        if twist is not None:
            twist(reply, practice)
        replies[practice] = reply
    return replies


def _fit(measure: Measure, reply: dict[str, int | None], chance: random.Random) -> None:
    pairs = [(point.numerator, point.denominator) for point in measure.points]
    pairs += [(stratum.numerator, stratum.denominator) for stratum in measure.strata]
    if measure.denominator and measure.numerator:
        pairs.append((measure.numerator, measure.denominator))
    for part, whole in pairs:
        most = reply[whole] or 1
        share = chance.uniform(0.25, 0.9) if measure.per == 100 else chance.uniform(0.01, 0.12)
        if MEASURE_KINDS[measure.kind].id in {"mean", "median", "amount"} and measure.per == 1:
            share = chance.uniform(3, 14) if measure.kind == "mean" else 0
        reply[part] = round(most * share) if share else chance.randint(3, 21)
    if measure.kind in {"composition", "histogram"}:
        whole = reply.get(measure.denominator) or 900
        for number, part in enumerate(measure.parts):
            reply[part] = round(whole * chance.uniform(0.4, 0.6) / 1.7**number)
    if measure.kind == "agreement":
        first = chance.randint(20, 90)
        reply[measure.parts[0]], reply[measure.parts[1]] = first, first + chance.randint(-15, 15)
    if measure.kind == "count":
        reply[measure.numerator] = chance.randint(0, 40)
    for item in measure.items:
        for answer in item.answers:
            reply[answer] = chance.randint(0, 3)
