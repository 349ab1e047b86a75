"""Numbers that may be right but are worth a question before they are compared with others'."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from measures.package import Measure, Package
from measures.problems import Level, Problem, Where

Values = Mapping[str, int | None]

SMALL_BASE = 20
SMALL_COUNT = 5
LIST_DIFFERS = 0.10
CHANGED = 0.50


def is_useless(values: Values, package: Package) -> bool:
    """Whether not one measure can be made from the numbers."""
    return not any(
        values.get(measure.numerator) is not None and values.get(measure.denominator) for measure in package.measures
    )


def doubts(
    values: Values,
    package: Package,
    listed: int | None,
    previous: Values | None,
    places: Mapping[str, Where],
) -> Iterator[Problem]:
    """What refuses (a part larger than its whole) and what asks, for numbers that can be read."""
    impossible = list(_impossible(values, package, places))
    yield from impossible
    if impossible:
        return
    yield from _list_size(values, package, listed, places)
    yield from _small(values, package, places)
    yield from _against_previous(values, package, previous or {}, places)


def _impossible(values: Values, package: Package, places: Mapping[str, Where]) -> Iterator[Problem]:
    for measure in package.measures:
        part, whole = values.get(measure.numerator), values.get(measure.denominator)
        if measure.kind == "proportion" and part is not None and whole is not None and part > whole:
            yield Problem(
                "part_larger_than_whole",
                Level.BLOCK,
                places.get(measure.numerator),
                params=_both(measure, package) | {"part": part, "whole": whole},
            )


def _list_size(values: Values, package: Package, listed: int | None, places: Mapping[str, Where]) -> Iterator[Problem]:
    for item in package.fields:
        value = values.get(item.id)
        if item.from_practice and listed and value is not None and abs(value - listed) > LIST_DIFFERS * listed:
            params = {"id": item.id, "field": item.label.model_dump(), "value": value, "listed": listed}
            yield Problem("list_size_differs", Level.WARN, places.get(item.id), params=params)


def _small(values: Values, package: Package, places: Mapping[str, Where]) -> Iterator[Problem]:
    asked: set[str] = set()
    for measure in package.measures:
        part, whole = values.get(measure.numerator), values.get(measure.denominator)
        if part is None or whole is None:
            continue
        if whole < SMALL_BASE and measure.denominator not in asked:
            asked.add(measure.denominator)
            params = _field(measure.denominator, package) | {"value": whole, "least": SMALL_BASE}
            yield Problem("small_base", Level.WARN, places.get(measure.denominator), params=params)
        elif part < SMALL_COUNT <= SMALL_BASE <= whole and measure.numerator not in asked:
            asked.add(measure.numerator)
            code = "zero_count" if part == 0 else "small_count"
            params = _field(measure.numerator, package) | {"value": part}
            yield Problem(code, Level.WARN, places.get(measure.numerator), params=params)


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
