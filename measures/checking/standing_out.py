"""Numbers that stand out from the others', looked at once, on the very set that charts are about to be drawn from.

Leave-one-out, on the scale of `measures.checking.scale`: a practice's distance to the median of the others, against
how far they lie from each other. How far practices usually lie apart counts as four practices, so that five others are
enough; median and MAD, so that two wrong numbers don't hide each other. Sources: selective editing
(Hidiroglou & Berthelot 1986), z-scores with over-dispersion (Spiegelhalter 2005).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from math import inf, sqrt
from statistics import median
from typing import TypeVar

from measures.charts.comparing import NEVER, Recalls, frozen, is_recalled
from measures.checking.plausibility import TYPE_AGAIN, beyond
from measures.checking.scale import OF_PEOPLE, ScalePoint, spread_of
from measures.disclosure.privacy import DisclosureRules, Pair, comparison, contributing
from measures.packages.package import Measure

Id = TypeVar("Id")
Values = Mapping[str, float | None]
FEWEST_OTHERS = 5
FAR = 3.5
MOVES, MOVES_MUCH = 0.05, 0.20
"""How much of the pooled value one practice moves: worth a question, and too much to draw unanswered."""
PRIOR = 4
"""This many practices the package's spread counts as."""
NORMAL_MAD = 1.4826


@dataclass(frozen=True, slots=True)
class StandsOut:
    """One practice's number in one measure. `gross`: too far out to be drawn while nobody has said that it is right."""

    measure_id: str
    gross: bool


def standing_out(
    measures: Collection[Measure],
    values: Mapping[Id, Values],
    rules: DisclosureRules,
    *,
    before: Sequence[Mapping[Id, Values]] = (),
    gone: Collection[Id] = (),
    recalls: Recalls = NEVER,
) -> dict[Id, list[StandsOut]]:
    """By practice, where it stands out. Only where that measure's charts would show the others at all.

    `values`, `before`, `gone` and `recalls` as `measures.charts.comparing.compare`'s.
    """
    found: dict[Id, list[StandsOut]] = {}
    for measure in measures:
        drawn = contributing(frozen(measure, [*before, values], recalls))
        viewer = next(iter(drawn), None)
        if viewer is None or len(drawn) <= FEWEST_OTHERS:
            continue
        if (
            comparison(viewer, drawn, rules, per=measure.per, gone=gone, recalled=is_recalled(measure, recalls)).others
            is None
        ):
            continue
        for key, (far, moved) in _distances(measure, drawn).items():
            if far > FAR and moved > MOVES:
                gross = moved > MOVES_MUCH or beyond(measure, _point(measure, drawn[key])) == TYPE_AGAIN
                found.setdefault(key, []).append(StandsOut(measure.id, gross))
    return found


def _point(measure: Measure, pair: Pair) -> ScalePoint:
    people = measure.kind in OF_PEOPLE
    return ScalePoint("", min(pair) if people else pair[0], pair[1], people, measure.kind in {"proportion", "rate"})


def _distances(measure: Measure, drawn: Mapping[Id, Pair]) -> dict[Id, tuple[float, float]]:
    """By practice |z| against the others, and by how much of their pooled value it moves that value."""
    at = {key: _point(measure, pair) for key, pair in drawn.items()}
    found = {}
    for key, own in at.items():
        others = [each for other, each in at.items() if other != key]
        n = len(others)
        middle = median(each.g for each in others)
        mad = NORMAL_MAD * median(abs(each.g - middle) for each in others)
        between = max(0.0, mad**2 * (1 + 1.3 / n) - median(each.v for each in others))
        tau = (PRIOR * spread_of(measure) ** 2 + (n - 1) * between) / (n + 3)
        far = abs(own.g - middle) / sqrt(own.v + tau * (1 + 1.57 / n))
        found[key] = (far, _moved(own, others))
    return found


def _moved(own: ScalePoint, others: Sequence[ScalePoint]) -> float:
    part, whole = sum(each.part for each in others), sum(each.whole for each in others)
    if not part:
        return inf if own.part else 0.0
    return abs((part + own.part) / (whole + own.whole) * whole / part - 1)
