"""From the practices' stored values to what one practice may see of one measure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from measures.package import Measure
from measures.privacy import Comparison, Pair, Rules, comparison

Id = TypeVar("Id")
Values = Mapping[str, int | None]


def pair(measure: Measure, values: Values) -> Pair | None:
    """Numerator and denominator of a measure from a practice's values; None when one is missing or there is nobody."""
    numerator, denominator = values.get(measure.numerator), values.get(measure.denominator)
    if numerator is None or not denominator:
        return None
    return numerator, denominator


def compare(
    measure: Measure, own_id: Id, values: Mapping[Id, Values], rules: Rules, *, own: Values | None = None
) -> Comparison:
    """The view of one practice on one measure: `values` are the frozen replies by practice, `own` its present one."""
    pairs = {key: found for key, reply in values.items() if (found := pair(measure, reply)) is not None}
    mine = pair(measure, own) if own is not None else None
    return comparison(own_id, pairs, rules, per=measure.per, own=mine)
