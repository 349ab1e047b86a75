"""From where to where a measure is drawn: said by its package, so that every practice and every round share one axis.

An axis around the marks would differ from viewer to viewer and tell where the marks beyond it lie. This one depends on
nobody's answers; only where a package says nothing at all does it follow the cluster's mean, which all are told.
"""

from __future__ import annotations

from measures.drawing.forms.frame import Scale, axis
from measures.packages.package import Measure
from measures.texts import Texts

AROUND_MEAN = 2.5
"""How far beyond the cluster's mean an axis goes that no package says."""


def fixed_scale(measure: Measure, t: Texts, shared: float | None) -> Scale:
    """The axis of a measure with one value. `shared`: what everybody is told of the cluster, or a number alone."""
    low, high, ticks = axis(*_ends(measure, shared), measure.per, 1.0 if measure.kind == "proportion" else None)
    return Scale(tuple(zip(ticks, said_ticks(measure, ticks, t), strict=True)), low, high)


def said_ticks(measure: Measure, ticks: tuple[float, ...], t: Texts) -> tuple[str, ...]:
    """The round figures as they are written."""
    decimals = 0 if all(abs(tick * measure.per - round(tick * measure.per)) < 1e-9 for tick in ticks) else 1
    if measure.per == 100:
        return tuple(t.percent(tick, decimals) for tick in ticks)
    return tuple(t.number(tick * measure.per, decimals) for tick in ticks)


def _ends(measure: Measure, shared: float | None) -> tuple[float, float]:
    if measure.axis is not None:
        return measure.axis.low, measure.axis.high
    if measure.per == 100:
        return 0.0, 1.0
    if measure.usual is not None:
        return measure.usual.low, measure.usual.high
    return 0.0, AROUND_MEAN * (shared or 1 / measure.per)
