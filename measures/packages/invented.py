"""Made-up numbers for any package, always the same: what pictures are tried with, and a trial round is made of."""

from __future__ import annotations

import random

from measures.packages.measure_kinds import MEASURE_KINDS
from measures.packages.package import Measure, Package

Invented = dict[str, int | None]


def invent(package: Package, size: int) -> dict[int, Invented]:
    """Replies of that many practices that fit the package's measures: no part larger than its whole."""
    chance = random.Random(f"{package.id}:{size}")
    replies: dict[int, Invented] = {}
    for practice in range(1, size + 1):
        reply: Invented = {field.id: chance.randint(1500, 8000) for field in package.fields}
        for field in package.fields:
            if field.kind == "percent":
                reply[field.id] = chance.randint(20, 90)
        for measure in package.measures:
            _fit(measure, reply, chance)
        for _ in package.measures:
            _mend(package, reply)
        replies[practice] = reply
    return replies


def _fit(measure: Measure, reply: Invented, chance: random.Random) -> None:
    for part, whole in _pairs(measure):
        most = reply[whole] or 1
        share = chance.uniform(0.25, 0.9) if measure.per == 100 else chance.uniform(0.01, 0.12)
        if MEASURE_KINDS[measure.kind].id in {"mean", "median", "amount"} and measure.per == 1:
            share = chance.uniform(3, 14) if measure.kind == "mean" else 0
        reply[part] = round(most * share) if share else chance.randint(3, 21)
    if measure.kind in {"composition", "histogram"}:
        base = reply.get(measure.denominator) or 900
        for number, part in enumerate(measure.parts):
            reply[part] = round(base * chance.uniform(0.4, 0.6) / 1.7**number)
    if measure.kind == "agreement":
        first = chance.randint(20, 90)
        reply[measure.parts[0]], reply[measure.parts[1]] = first, first + chance.randint(-15, 15)
    if measure.kind == "count":
        reply[measure.numerator] = chance.randint(0, 40)
    for item in measure.items:
        for answer in item.answers:
            reply[answer] = chance.randint(0, 3)


def _pairs(measure: Measure) -> list[tuple[str, str]]:
    """Parts and their wholes."""
    pairs = [(point.numerator, point.denominator) for point in measure.points]
    pairs += [(stratum.numerator, stratum.denominator) for stratum in measure.strata]
    if measure.denominator and measure.numerator:
        pairs.append((measure.numerator, measure.denominator))
    return pairs


def _mend(package: Package, reply: Invented) -> None:
    """A field of several measures was fitted to the last of them: what outgrew its whole is made smaller again."""
    for measure in package.measures:
        for part, whole in _pairs(measure) if measure.kind == "proportion" else ():
            if (reply[part] or 0) > (reply[whole] or 0):
                reply[part] = (reply[whole] or 0) * 3 // 4
        most = reply.get(measure.denominator) or 0
        together = sum(reply[part] or 0 for part in measure.parts)
        if measure.kind in {"composition", "histogram"} and 0 < most < together:
            for part in measure.parts:
                reply[part] = (reply[part] or 0) * most // together
