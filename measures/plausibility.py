"""Numbers that may be right but are worth a question before they are compared with others'."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from statistics import median

from measures.counts import read_count
from measures.kinds import KINDS, PAIR
from measures.kinds_values import value_of
from measures.package import Measure, Package
from measures.problems import Level, Problem, Where, show
from measures.table import Cell

Values = Mapping[str, int | None]
Rates = Mapping[str, tuple[Cell, Where, int]]

SMALL_BASE = 20
SMALL_COUNT = 5
LIST_DIFFERS = 0.10
CHANGED = 0.50
RATE_DIFFERS = 0.05
FAR_SPREADS = 3.0
FAR_SHARE = 0.50
FEWEST_OTHERS = 5


def is_useless(values: Values, package: Package) -> bool:
    """Whether not one measure can be made from the numbers."""
    among = {measure.id: measure for measure in package.measures}
    return not any(value_of(measure, values, among) is not None for measure in package.measures)


def doubts(
    values: Values,
    package: Package,
    listed: int | None,
    previous: Values | None,
    places: Mapping[str, Where],
    rates: Rates | None = None,
) -> Iterator[Problem]:
    """What refuses (a part larger than its whole) and what asks, for numbers that can be read."""
    impossible = list(_impossible(values, package, places))
    yield from impossible
    if impossible:
        return
    asked_for = [item for item in package.fields if not item.from_practice and values.get(item.id) is not None]
    if len(asked_for) > 1 and not any(values[item.id] for item in asked_for):
        yield Problem("all_zero", Level.WARN)
        return
    yield from _list_size(values, package, listed, places)
    yield from _small(values, package, places)
    yield from _other_units(values, package, rates or {})
    yield from _against_previous(values, package, previous or {}, places)


def far_from_others(values: Values, package: Package, others: Sequence[Values]) -> Iterator[Problem]:
    """Shares far from the middle of the cluster: more than three spreads, or half of it, away. For those who may know.

    Says only that the number lies far off, never where the others lie.
    """
    for measure in _pairs(package):
        own = value_of(measure, values)
        shares = [found.share for each in others if (found := value_of(measure, each)) and hasattr(found, "share")]
        if own is None or not hasattr(own, "share") or len(shares) < FEWEST_OTHERS:
            continue
        middle = median(shares)
        spread = 1.4826 * median(abs(share - middle) for share in shares)
        distance = abs(own.share - middle)
        if distance > FAR_SPREADS * spread and distance > FAR_SHARE * middle:
            names = {"id": measure.numerator, "measure": measure.title.model_dump()}
            yield Problem("far_from_others", Level.WARN, params=names)


def _pairs(package: Package) -> list[Measure]:
    return [measure for measure in package.measures if KINDS[measure.kind].needs >= PAIR]


def _impossible(values: Values, package: Package, places: Mapping[str, Where]) -> Iterator[Problem]:
    for measure in package.measures:
        whole = values.get(measure.denominator)
        if measure.kind == "proportion":
            part = values.get(measure.numerator)
            if part is not None and whole is not None and part > whole:
                params = _both(measure, package) | {"part": part, "whole": whole}
                where = places.get(measure.numerator)
                yield Problem("part_larger_than_whole", Level.BLOCK, where, params=params)
        elif measure.parts and measure.denominator and whole is not None:
            total = sum(values.get(name) or 0 for name in measure.parts)
            if total > whole:
                params = _field(measure.denominator, package) | {"part": total, "whole": whole}
                yield Problem("parts_exceed_whole", Level.BLOCK, places.get(measure.denominator), params=params)


def _list_size(values: Values, package: Package, listed: int | None, places: Mapping[str, Where]) -> Iterator[Problem]:
    for item in package.fields:
        value = values.get(item.id)
        if item.from_practice and listed and value is not None and abs(value - listed) > LIST_DIFFERS * listed:
            params = {"id": item.id, "field": item.label.model_dump(), "value": value, "listed": listed}
            yield Problem("list_size_differs", Level.WARN, places.get(item.id), params=params)


def _small(values: Values, package: Package, places: Mapping[str, Where]) -> Iterator[Problem]:
    asked: set[str] = set()
    for measure in _pairs(package):
        part, whole = values.get(measure.numerator), values.get(measure.denominator)
        if part is None or whole is None:
            continue
        if whole < SMALL_BASE and measure.denominator not in asked:
            asked.add(measure.denominator)
            params = _field(measure.denominator, package) | {"value": whole, "least": SMALL_BASE}
            yield Problem("small_base", Level.WARN, places.get(measure.denominator), params=params)
        elif part < SMALL_COUNT and whole >= SMALL_BASE and measure.numerator not in asked:
            asked.add(measure.numerator)
            code = "zero_count" if part == 0 else "small_count"
            params = _field(measure.numerator, package) | {"value": part}
            yield Problem(code, Level.WARN, places.get(measure.numerator), params=params)


def _other_units(values: Values, package: Package, rates: Rates) -> Iterator[Problem]:
    """A column per 1,000 or per cent beside the counts, which says something else than they do."""
    for measure in _pairs(package):
        cell, where, per = rates.get(measure.numerator, (None, Where(), 0))
        part, whole = values.get(measure.numerator), values.get(measure.denominator)
        count = read_count(cell)
        said = count.decimal if count.decimal is not None else count.value
        if said is None or not per or part is None or not whole or per != measure.per:
            continue
        computed = part / whole * per
        if isinstance(cell, int | float) and per == 100 and said <= 1 < computed:
            said *= 100  # a spreadsheet keeps 74 % as 0.74
        if abs(said - computed) > max(RATE_DIFFERS * computed, 0.5):
            params = _field(measure.numerator, package) | {"value": round(computed, 1), "per": per}
            yield Problem("rate_differs", Level.WARN, where, show(cell), params=params)


def _against_previous(
    values: Values, package: Package, previous: Values, places: Mapping[str, Where]
) -> Iterator[Problem]:
    both = [item for item in package.fields if values.get(item.id) is not None and previous.get(item.id) is not None]
    asked_for = [item for item in both if not item.from_practice]
    if len(asked_for) > 1 and all(values[item.id] == previous[item.id] for item in asked_for):
        yield Problem("same_as_last", Level.WARN)
        return
    for item in both:
        now, before = values[item.id], previous[item.id]
        if now is not None and before and abs(now - before) > CHANGED * before:
            params = _field(item.id, package) | {"value": now, "before": before}
            yield Problem("changed_much", Level.WARN, places.get(item.id), params=params)


def _field(field_id: str, package: Package) -> dict[str, object]:
    return {"id": field_id, "field": package.field(field_id).label.model_dump()}


def _both(measure: Measure, package: Package) -> dict[str, object]:
    whole = package.field(measure.denominator).label.model_dump()
    return _field(measure.numerator, package) | {"whole_field": whole}
