"""Numbers that may be right but are worth a question before they are kept.

Judged from what the sender and the public know: the numbers themselves, what the practice gave before, its list size,
and what the package says is usual. Never from what others gave: a question here would tell of them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from math import sqrt

from measures.checking.amounts import amount, usual_range
from measures.checking.scale import ScalePoint, points, yearly_of
from measures.decimals import added
from measures.packages.measure_kinds import MEASURE_KINDS, PAIR
from measures.packages.package import Measure, Package
from measures.packages.values import value_of
from measures.reading.counts import read_count
from measures.reading.problems import Level, Problem, Where, show
from measures.reading.table import Cell

Values = Mapping[str, float | None]
Rates = Mapping[str, tuple[Cell, Where, int]]

SMALL_BASE = 20
SMALL_COUNT = 5
LIST_DIFFERS = 0.10
CHANGED_SPREADS = 3.5
RATE_DIFFERS = 0.05
BEYOND, FAR_BEYOND = 1.5, 3.0
"""How many times outside the usual range a number is asked about, and typed again."""
MOST_PER_1000 = 0.5
"""A share told per 1,000 is rare; without a range, more than half is typed again."""
FROM_HISTORY = frozenset({"trend", "questionnaire"})
"""Kinds that hold several times or questions: held against their range only."""
TYPE_AGAIN, OVER_HALF, UNUSUAL, CHANGED = "type_again", "over_half", "unusual", "changed_much"
TYPED_AGAIN = frozenset({TYPE_AGAIN, OVER_HALF})
"""Questions that no click answers: the same number must be typed once more. Their `params` hold `id` and `value`."""
ABOUT_A_VALUE = TYPED_AGAIN | {UNUSUAL, CHANGED}
"""Questions about what a measure comes to; `params["fields"]` are those it is made from."""


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
    unusual = list(_unusual(values, package, listed, places))
    yield from unusual
    asked = {str(each.params["id"]) for each in unusual}
    yield from _small(values, package, places, asked)
    yield from _other_units(values, package, rates or {})
    yield from _against_previous(values, package, previous or {}, places, asked)


def _pairs(package: Package) -> list[Measure]:
    return [measure for measure in package.measures if MEASURE_KINDS[measure.kind].needs >= PAIR]


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
            total = added(values.get(name) or 0 for name in measure.parts)
            if total > whole:
                params = _field(measure.denominator, package) | {"part": total, "whole": whole}
                yield Problem("parts_exceed_whole", Level.BLOCK, places.get(measure.denominator), params=params)


def fits_list_size(value: float, listed: int) -> bool:
    """Whether a list size may be the one on file, some time before or after."""
    return abs(value - listed) <= LIST_DIFFERS * listed


def _list_size(values: Values, package: Package, listed: int | None, places: Mapping[str, Where]) -> Iterator[Problem]:
    for item in package.fields:
        value = values.get(item.id)
        if item.from_practice and listed and value is not None and not fits_list_size(value, listed):
            params = {"id": item.id, "field": item.label.model_dump(), "value": value, "listed": listed}
            yield Problem("list_size_differs", Level.WARN, places.get(item.id), params=params)


def _unusual(values: Values, package: Package, listed: int | None, places: Mapping[str, Where]) -> Iterator[Problem]:
    """Values outside what the package says is usual: asked about once a number, far outside typed again.

    A number that is to be typed again is not asked about in what it is the whole of, too.
    """
    found: dict[str, tuple[str, Measure, ScalePoint]] = {}
    for measure in package.measures:
        for point in points(measure, values):
            if code := beyond(measure, point):
                name = _to_blame(measure, point, package, listed)
                if name not in found or (code == TYPE_AGAIN and found[name][0] != TYPE_AGAIN):
                    found[name] = (code, measure, point)
    typed = {name for name, (code, _, _) in found.items() if code == TYPE_AGAIN}
    for name, (code, measure, point) in found.items():
        if code == TYPE_AGAIN or measure.denominator not in typed:
            params = _field(name, package) | {"value": values.get(name), "said": amount(measure, point)}
            params |= {"fields": list(measure.fields)}
            params |= {"usual": usual_range(measure)} if measure.usual else {}
            where = places.get(name)
            yield Problem(code if measure.usual else OVER_HALF, Level.WARN, where, params=params)


def beyond(measure: Measure, point: ScalePoint) -> str:
    """How far a value lies outside what is usual: not, asked about, or typed again.

    Chance alone never asks: the whole 95 % interval must lie outside, and for typing again the value far outside.
    """
    usual = measure.usual
    if usual is None:
        rare = measure.kind == "proportion" and measure.per == 1000
        return TYPE_AGAIN if rare and point.share > MOST_PER_1000 else ""
    low, high = point.limits
    if usual.low / BEYOND <= high and low <= usual.high * BEYOND:
        return ""
    far = point.share < usual.low / FAR_BEYOND or point.share > usual.high * FAR_BEYOND
    return TYPE_AGAIN if far else UNUSUAL


def _to_blame(measure: Measure, point: ScalePoint, package: Package, listed: int | None) -> str:
    """The field to look at: the part, or the list size when that is what makes it unusual."""
    whole = next((item for item in package.fields if item.id == measure.denominator), None)
    if whole is None or not whole.from_practice or not listed or fits_list_size(point.whole, listed):
        return point.field
    mended = replace(point, part=min(point.part, listed) if point.people else point.part, whole=listed)
    return point.field if beyond(measure, mended) else whole.id


def _small(values: Values, package: Package, places: Mapping[str, Where], known: Collection[str]) -> Iterator[Problem]:
    asked: set[str] = set(known)
    for measure in _pairs(package):
        part, whole = values.get(measure.numerator), values.get(measure.denominator)
        if part is None or whole is None:
            continue
        is_large = whole >= SMALL_BASE or (whole > 0 and package.places(measure.denominator) > 0)
        if not is_large and measure.denominator not in asked:
            asked.add(measure.denominator)
            params = _field(measure.denominator, package) | {"value": whole, "least": SMALL_BASE}
            yield Problem("small_base", Level.WARN, places.get(measure.denominator), params=params)
        elif (
            part < SMALL_COUNT and is_large and not package.places(measure.numerator) and measure.numerator not in asked
        ):
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
    values: Values, package: Package, previous: Values, places: Mapping[str, Where], asked: Collection[str]
) -> Iterator[Problem]:
    both = [item for item in package.fields if values.get(item.id) is not None and previous.get(item.id) is not None]
    asked_for = [item for item in both if not item.from_practice]
    if len(asked_for) > 1 and all(values[item.id] == previous[item.id] for item in asked_for):
        yield Problem("same_as_last", Level.WARN)
        return
    told: set[str] = set(asked)
    for measure in package.measures:
        now, before = (points(measure, each) for each in (values, previous))
        if measure.kind in FROM_HISTORY or len(now) != len(before):
            continue
        for one, other in zip(now, before, strict=True):
            far = CHANGED_SPREADS * sqrt(one.v + other.v + yearly_of(measure) ** 2)
            if one.field not in told and abs(one.g - other.g) > far:
                told.add(one.field)
                params = _field(one.field, package) | {"fields": list(measure.fields), "value": values.get(one.field)}
                params |= {"said": amount(measure, one), "before": amount(measure, other)}
                yield Problem(CHANGED, Level.WARN, places.get(one.field), params=params)


def _field(field_id: str, package: Package) -> dict[str, object]:
    return {"id": field_id, "field": package.field(field_id).label.model_dump()}


def _both(measure: Measure, package: Package) -> dict[str, object]:
    whole = package.field(measure.denominator).label.model_dump()
    return _field(measure.numerator, package) | {"whole_field": whole}
