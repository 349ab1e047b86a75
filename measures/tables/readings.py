"""From chosen cells to numbers, each judged by what its field may hold."""

from __future__ import annotations

from collections.abc import Mapping

from measures.decimals import kept
from measures.packages.package import DataField, Package
from measures.reading.counts import Count, ReadCell, in_amounts, read_count
from measures.reading.problems import Level, Problem, Where, show
from measures.reading.style import is_ambiguous
from measures.reading.table import Cell
from measures.tables.chosen import Selection

Values = Mapping[str, float | None]

REFUSED = {
    ReadCell.SUPPRESSED: "suppressed",
    ReadCell.PERCENT: "percent_not_count",
    ReadCell.NOT_WHOLE: "not_whole",
    ReadCell.NEGATIVE: "negative",
    ReadCell.FORMULA_ERROR: "formula_error",
    ReadCell.UNREADABLE: "unreadable",
}
ROUNDING = 0.01
"""A number that rounding changes by more than this share of it is asked about."""
NOISE = 1e-4
"""Of what is lost beyond the decimals that are kept, as a share: nothing that anybody needs to be told."""
Found = tuple[float | None, Problem | None]


def read_cells(
    chosen: Selection, package: Package, *, hidden_are_final: bool
) -> tuple[dict[str, float | None], dict[str, Where], list[Problem]]:
    """The numbers by field, their places, and what is wrong with each."""
    values: dict[str, float | None] = dict.fromkeys((item.id for item in package.fields), None)
    places: dict[str, Where] = {}
    found: list[Problem] = []
    for item in package.fields:
        if item.id in chosen.cells:
            cell, where = chosen.cells[item.id]
            places[item.id] = where
            values[item.id], problem = _read(item, package.places(item.id), cell, where, hidden_are_final, chosen)
        elif item.id in chosen.rates and not item.from_practice:
            problem = _rate(item, *chosen.rates[item.id], final=hidden_are_final)
        else:
            problem = None
        if problem:
            found.append(problem)
    return values, places, found


def _rate(item: DataField, cell: Cell, where: Where, per: int, *, final: bool) -> Problem:
    """A field that is there in another unit only: refused, or left out where whoever is asked can't count again."""
    params = _names(item) | {"per": per}
    if final:
        code = "unit_left_out" if per else "ratio_left_out"
        return Problem(code, Level.WARN, Where(where.sheet, None, where.column), params=params)
    code = "unit_not_count" if per else "ratio_not_count"
    return Problem(code, Level.BLOCK, where, show(cell), params=params)


def _read(item: DataField, places: int, cell: Cell, where: Where, hidden_are_final: bool, chosen: Selection) -> Found:
    mark, mixed = chosen.mark, item.id in chosen.mixed
    count = read_count(cell, mark)
    if item.kind == "count" and in_amounts(cell):
        return None, Problem("unreadable", Level.BLOCK, where, show(cell), params=_names(item))
    if count.reading is ReadCell.NUMBER and item.kind == "percent":
        return _percent(item, float(count.value or 0), cell, where)
    if count.reading in (ReadCell.PERCENT, ReadCell.NOT_WHOLE) and count.decimal is not None and item.kind != "count":
        if item.kind == "percent":
            return _percent(item, count.decimal, cell, where, marked=count.reading is ReadCell.PERCENT)
        if count.reading is ReadCell.NOT_WHOLE:
            return _amount(item, places, count, cell, where)
    if (mixed or (item.kind == "amount" and is_ambiguous(cell, mark))) and count.value is not None:
        count = Count(ReadCell.ASSUMED, count.value)
    if count.reading is ReadCell.ASSUMED:
        return count.value, Problem(
            "assumed", Level.WARN, where, show(cell), params=_names(item) | {"value": count.value}
        )
    if count.reading is ReadCell.MARKED or (count.reading is ReadCell.SUPPRESSED and hidden_are_final):
        return None, Problem("not_shown", Level.WARN, where, show(cell), params=_names(item))
    return _plain(item, count, cell, where)


def _amount(item: DataField, places: int, count: Count, cell: Cell, where: Where) -> Found:
    """An amount with decimals, as it is where the field takes them; else rounded, and asked about when that counts."""
    number = count.decimal or 0.0
    value = kept(number, places)
    lost, params = abs(value - number), _names(item) | {"value": value}
    if not count.is_sure:
        return value, Problem("assumed", Level.WARN, where, show(cell), params=params)
    if places and lost <= NOISE * number:
        return value, None
    return value, Problem(
        "rounded", Level.WARN if lost > ROUNDING * number else Level.INFO, where, show(cell), params=params
    )


def _plain(item: DataField, count: Count, cell: Cell, where: Where) -> Found:
    if code := REFUSED.get(count.reading):
        return None, Problem(code, Level.BLOCK, where, show(cell), params=_names(item))
    return count.value, None


def _percent(item: DataField, share: float, cell: Cell, where: Where, *, marked: bool = False) -> Found:
    """A guess in whole per cent. A number below 1 may be a share that was meant as per cent, so it is asked about."""
    if share > 100:
        return None, Problem("percent_range", Level.BLOCK, where, show(cell), params=_names(item))
    if not marked and 0 < share < 1:
        value = _rounded(100 * share)
        return value, Problem("assumed", Level.WARN, where, show(cell), params=_names(item) | {"value": value})
    return _rounded(share), None


def _rounded(number: float) -> int:
    """Half up, as people round."""
    return int(number + 0.5)


def _names(item: DataField) -> dict[str, object]:
    return {"id": item.id, "field": item.label.model_dump()}
