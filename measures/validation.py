"""From a table or typed numbers to a verdict: refuse, ask, or accept – with a reason for each in code and place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from measures import plausibility
from measures.counts import Reading, read_count
from measures.package import Package
from measures.period import years_in
from measures.problems import Level, Problem, Where, show
from measures.selection import select
from measures.table import Cell, Table

Values = Mapping[str, int | None]
Period = tuple[date, date]

REFUSED_READINGS = {
    Reading.SUPPRESSED: "suppressed",
    Reading.PERCENT: "percent_not_count",
    Reading.NOT_WHOLE: "not_whole",
    Reading.NEGATIVE: "negative",
    Reading.FORMULA_ERROR: "formula_error",
    Reading.UNREADABLE: "unreadable",
}


@dataclass(frozen=True, slots=True)
class PracticeFacts:
    """What is on file about the practice that sends: its ydernummer, list size (None when unknown) and lægesystem."""

    ydernummer: str
    listed: int | None = None
    system: str | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was read and what is wrong with it. `problems` refuse, `questions` want an answer, `notes` only tell."""

    values: dict[str, int | None]
    problems: tuple[Problem, ...] = ()
    questions: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()

    @property
    def ok(self) -> bool:
        """Nothing stops the numbers from being used."""
        return not self.problems

    @property
    def needs_answer(self) -> bool:
        """The numbers can be used when the sender says that they are right."""
        return self.ok and bool(self.questions)


def check(
    table: Table,
    package: Package,
    practice: PracticeFacts,
    previous: Values | None = None,
    period: Period | None = None,
) -> Verdict:
    """The verdict on a file for one practice. `previous` holds its numbers of the round before, for comparison."""
    nothing: dict[str, int | None] = dict.fromkeys((item.id for item in package.fields), None)
    private = _personal(table)
    if private:
        return Verdict(nothing, problems=private)
    chosen = select(table, package, practice.ydernummer)
    if chosen.problems:
        return Verdict(nothing, problems=chosen.problems)
    values, places, found = dict(nothing), dict[str, Where](), list[Problem]()
    for field_id, (cell, where) in chosen.cells.items():
        places[field_id] = where
        values[field_id], problem = _read(field_id, cell, where, package)
        if problem:
            found.append(problem)
    if wrong := _wrong_period(chosen.period_cell, period):
        found.append(wrong)
    if chosen.other_rows:
        found.append(Problem("other_rows_ignored", Level.INFO, params={"n": chosen.other_rows}))
    if any(sheet.hidden for sheet in table.sheets):
        found.append(Problem("hidden_sheet_ignored", Level.INFO))
    return _verdict(values, package, practice, previous, places=places, found=found)


def check_values(
    values: Values,
    package: Package,
    practice: PracticeFacts,
    previous: Values | None = None,
    period: Period | None = None,  # noqa: ARG001 - same shape as check; typed numbers carry no period
) -> Verdict:
    """The verdict on numbers typed in a form or a message. Fields left out are missing."""
    whole = {item.id: values.get(item.id) for item in package.fields}
    found = [
        Problem("negative", Level.BLOCK, found=show(value), params=_names(field_id, package))
        for field_id, value in whole.items()
        if value is not None and value < 0
    ]
    return _verdict(whole, package, practice, previous, places={}, found=found)


def _verdict(
    values: dict[str, int | None],
    package: Package,
    practice: PracticeFacts,
    previous: Values | None,
    *,
    places: Mapping[str, Where],
    found: list[Problem],
) -> Verdict:
    stopped = {problem.params.get("id") for problem in found if problem.level is Level.BLOCK}
    for item in package.fields:
        if values[item.id] is None and item.id not in stopped:
            if item.from_practice and practice.listed:
                values[item.id] = practice.listed
                params = _names(item.id, package) | {"listed": practice.listed}
                found.append(Problem("listed_from_register", Level.INFO, params=params))
            else:
                code = "missing_value" if item.id in places else "missing_field"
                found.append(Problem(code, Level.WARN, places.get(item.id), params=_names(item.id, package)))
    if not any(problem.level is Level.BLOCK for problem in found):
        if plausibility.is_useless(values, package):
            found.append(Problem("nothing_to_use", Level.BLOCK))
        else:
            found.extend(plausibility.doubts(values, package, practice.listed, previous, places))
    return Verdict(
        values,
        tuple(problem for problem in found if problem.level is Level.BLOCK),
        tuple(problem for problem in found if problem.level is Level.WARN),
        tuple(problem for problem in found if problem.level is Level.INFO),
    )


def _personal(table: Table) -> tuple[Problem, ...]:
    if table.personal:
        return tuple(Problem("cpr", Level.BLOCK, where) for where in table.personal)
    if table.suspicion:
        code, where = table.suspicion
        return (Problem(code, Level.BLOCK, where if where.sheet or where.row else None),)
    return ()


def _read(field_id: str, cell: Cell, where: Where, package: Package) -> tuple[int | None, Problem | None]:
    count = read_count(cell)
    names = _names(field_id, package)
    if count.reading is Reading.ASSUMED:
        return count.value, Problem("assumed", Level.WARN, where, show(cell), params=names | {"value": count.value})
    if code := REFUSED_READINGS.get(count.reading):
        return None, Problem(code, Level.BLOCK, where, show(cell), params=names)
    return count.value, None


def _wrong_period(cell: tuple[Cell, Where] | None, period: Period | None) -> Problem | None:
    """A year written in the file that the round doesn't touch."""
    if cell is None or period is None:
        return None
    years = years_in(cell[0])
    if not years or any(period[0].year <= year <= period[1].year for year in years):
        return None
    expected = str(period[1].year)
    return Problem("wrong_period", Level.BLOCK, cell[1], show(cell[0]), expected)


def _names(field_id: str, package: Package) -> dict[str, object]:
    return {"id": field_id, "field": package.field(field_id).label.model_dump()}
