"""From a table or typed numbers to a verdict: refuse, ask, or accept – with a reason for each in code and place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from measures.checking import plausibility
from measures.decimals import kept
from measures.layouts.selection import select
from measures.packages.package import DataField, Package
from measures.reading.problems import Level, Problem, Where, show
from measures.reading.table import Cell, Table
from measures.tables.chosen import Placed, Selection, Wanted
from measures.tables.evidence import Answers, Evidence
from measures.tables.period import fits, is_day, overlaps, span_of, written
from measures.tables.readings import Values, read_cells

Period = tuple[date, date]
LUMP_YEARS = 2
"""A span this much longer than what was asked for, in years, hides all development."""


@dataclass(frozen=True, slots=True)
class PracticeFacts:
    """What is on file about the practice that sends: ydernummer, list size (None when unknown), lægesystem, name."""

    ydernummer: str
    listed: int | None = None
    system: str | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was read and what is wrong with it. `problems` refuse, `questions` want an answer, `notes` only tell.

    `guessed` are headings read by likeness, with their fields: kept for the practice once it has said yes, and given
    back as `learned` the next time. `sources` says of each field that was found where its number stands.
    """

    values: dict[str, float | None]
    problems: tuple[Problem, ...] = ()
    questions: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()
    guessed: Mapping[str, str] = field(default_factory=dict)
    sources: Mapping[str, Evidence] = field(default_factory=dict)

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
    learned: Mapping[str, str] | None = None,
    answers: Answers | None = None,
) -> Verdict:
    """The verdict on a file for one practice. `previous` holds its numbers of the round before, for comparison;
    `answers` what the sender chose where the file left a choice (`Problem.options`)."""
    private = personal(table)
    if private:
        return Verdict(_nothing(package), problems=private)
    chosen = select(table, package, Wanted(practice.ydernummer, practice.name, period, answers or {}), learned)
    if chosen.problems:
        return Verdict(_nothing(package), problems=chosen.problems)
    notes = [Problem("hidden_sheet_ignored", Level.INFO)] if any(sheet.hidden for sheet in table.sheets) else []
    if chosen.other_rows:
        notes.append(Problem("other_rows_ignored", Level.INFO, params={"n": chosen.other_rows}))
    return judge(chosen, package, practice, previous, period, notes=notes)


def check_values(
    values: Values,
    package: Package,
    practice: PracticeFacts,
    previous: Values | None = None,
    period: Period | None = None,  # noqa: ARG001 - same shape as check; typed numbers carry no period
) -> Verdict:
    """The verdict on numbers typed in a form or a message. Fields left out are missing."""
    whole = {item.id: values.get(item.id) for item in package.fields}
    found = []
    for item in package.fields:
        value = whole[item.id]
        if value is not None and (code := _misfit(value, item, package.places(item.id))):
            params = _names(item.id, package) | {"places": package.places(item.id)}
            found.append(Problem(code, Level.BLOCK, found=show(value), params=params))
    return _verdict(whole, package, practice, previous, places={}, found=found)


def _misfit(value: float, item: DataField, places: int) -> str:
    """Why a typed number can't be a field's; blank when it can."""
    if value < 0:
        return "negative"
    if item.kind == "percent" and value > 100:
        return "percent_range"
    if kept(value, places) == value:
        return ""
    return "too_many_decimals" if places else "not_whole"


def judge(
    chosen: Selection,
    package: Package,
    practice: PracticeFacts,
    previous: Values | None,
    period: Period | None,
    *,
    notes: list[Problem],
    hidden_are_final: bool = False,
) -> Verdict:
    """The verdict on cells that were chosen. `hidden_are_final`: nobody here can put a number for `<5`."""
    values, places, found = read_cells(chosen, package, hidden_are_final=hidden_are_final)
    found = [*found, *_times_doubts(chosen.times, period), *chosen.doubts, *notes]
    return _verdict(values, package, practice, previous, places=places, found=found, chosen=chosen)


def without_faults(
    verdict: Verdict, package: Package, practice: PracticeFacts, previous: Values | None = None
) -> Verdict | None:
    """The verdict when the sender chooses to send what is right and leave out the rest; None when that can't be.

    Every refused field becomes a question, so the sender sees what is left out before saying yes.
    """
    names = {problem.params.get("id") for problem in verdict.problems}
    known = {item.id for item in package.fields}
    if not verdict.problems or not names <= known:
        return None
    rest = {key: None if key in names else value for key, value in verdict.values.items()}
    if plausibility.is_useless(rest, package):
        return None
    left = [
        Problem("left_out", Level.WARN, problem.where, params=_names(str(problem.params["id"]), package))
        for problem in {problem.params.get("id"): problem for problem in verdict.problems}.values()
    ]
    kept = [problem for problem in (*verdict.questions, *verdict.notes) if problem.params.get("id") not in names]
    again = _verdict(rest, package, practice, previous, places={}, found=[*left, *kept], stopped=names)
    sources = {name: each for name, each in verdict.sources.items() if again.values[name] is not None}
    return Verdict(again.values, again.problems, _once(again.questions), _once(again.notes), verdict.guessed, sources)


def without_field(
    verdict: Verdict, field_id: str, package: Package, practice: PracticeFacts, previous: Values | None = None
) -> Verdict:
    """The verdict when a column that was read as this field turns out to be something else: the field is missing."""
    rest = verdict.values | {field_id: None}
    kept = [each for each in (*verdict.questions, *verdict.notes) if each.params.get("id") != field_id]
    again = _verdict(rest, package, practice, previous, places={}, found=[*kept])
    sources = {name: each for name, each in verdict.sources.items() if again.values[name] is not None}
    return Verdict(again.values, again.problems, _once(again.questions), _once(again.notes), verdict.guessed, sources)


def personal(table: Table) -> tuple[Problem, ...]:
    """What in a file is about persons; then nothing of it may be kept."""
    if table.personal:
        return tuple(Problem("cpr", Level.BLOCK, where) for where in table.personal)
    if table.suspicion:
        code, where = table.suspicion
        return (Problem(code, Level.BLOCK, where if where.sheet or where.row else None),)
    return ()


def _verdict(
    values: dict[str, float | None],
    package: Package,
    practice: PracticeFacts,
    previous: Values | None,
    *,
    places: Mapping[str, Where],
    found: list[Problem],
    chosen: Selection | None = None,
    stopped: set[object] | None = None,
) -> Verdict:
    stopped = (stopped or set()) | {problem.params.get("id") for problem in found if problem.level is not Level.INFO}
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
            rates = chosen.rates if chosen else {}
            found.extend(plausibility.doubts(values, package, practice.listed, previous, places, rates))
    by_level = {level: tuple(problem for problem in found if problem.level is level) for level in Level}
    stops, asks, tells = by_level[Level.BLOCK], by_level[Level.WARN], by_level[Level.INFO]
    kept = {name: each for name, each in chosen.sources.items() if values[name] is not None} if chosen else {}
    return Verdict(values, stops, asks, tells, chosen.guessed if chosen else {}, kept)


def _times_doubts(times: Sequence[Placed], period: Period | None) -> list[Problem]:
    """What the times in the file say against the period: the first that refuses, else one question.

    A wider time, the year in a heading, asks nothing when a closer one is the period; a month within it does.
    """
    found = [(cell, problem) for cell in times for problem in _period_doubts(cell, period)]
    stops = [problem for _, problem in found if problem.level is Level.BLOCK]
    fitting = period is not None and any((span := span_of(cell)) and fits(span, period) for cell, _ in times)
    asked = [problem for (cell, _), problem in found if not fitting or _is_within(cell, period)]
    return stops[:1] or asked[:1]


def _is_within(cell: Cell, period: Period | None) -> bool:
    span = span_of(cell)
    return span is not None and period is not None and period[0] <= span[0] and span[1] <= period[1]


def _period_doubts(cell: tuple[Cell, Where] | None, period: Period | None) -> list[Problem]:
    """A time in the file that isn't the round's: refused when they have nothing in common, else asked about."""
    span = span_of(cell[0]) if cell else None
    if cell is None or span is None or period is None:
        return []
    expected = {"expected_from": period[0].isoformat(), "expected_to": period[1].isoformat()}
    found = written(span)
    if not overlaps(span, period):
        return [Problem("wrong_period", Level.BLOCK, cell[1], found, str(period[1].year), expected)]
    if span[1].year - span[0].year >= period[1].year - period[0].year + LUMP_YEARS:
        return [Problem("period_lump", Level.WARN, cell[1], found, params=expected)]
    if not is_day(span) and not fits(span, period):
        return [Problem("period_differs", Level.WARN, cell[1], found, params=expected)]
    return []


def _once(problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """Each problem once: the first, which has its place in the file."""
    return tuple({(problem.code, str(problem.params)): problem for problem in reversed(problems)}.values())[::-1]


def _nothing(package: Package) -> dict[str, float | None]:
    return dict.fromkeys((item.id for item in package.fields), None)


def _names(field_id: str, package: Package) -> dict[str, object]:
    return {"id": field_id, "field": package.field(field_id).label.model_dump()}
