"""What the cells beside a row's numbers say against it: only some of the people, a unit, a time that names no year."""

from __future__ import annotations

from collections.abc import Iterable

from measures.layouts.wide import Headings, is_only_time
from measures.packages.package import DataField, Package
from measures.reading import headers
from measures.reading.headers import normal
from measures.reading.problems import Level, Problem, Where, show
from measures.reading.table import Cell, SheetCells
from measures.tables.beside import Beside, as_time, between, is_limited, is_vague, whose
from measures.tables.chosen import Placed, Wanted, at
from measures.tables.heading_matcher import Matcher
from measures.tables.modifiers import (
    AIMS,
    EXAMPLE,
    LONGEST,
    NOT,
    OTHERS,
    PART,
    PER_CENT,
    Sort,
    is_unit,
    modifier_of,
    unit_of,
)
from measures.tables.names import is_same_practice
from measures.tables.period import span_of, span_under
from measures.tables.things import counts_it, is_draft, lone_thing

LABELS, WIDEST = 6, 12
"""This many cells at the start of a row may say what it is, and that many of a tall table's."""
SHARES = frozenset({"prev", "previous", "lower", "upper", "ci"})
FEW = 3
"""Words in a cell that names a time; more are a remark."""
MODIFYING = NOT | PART | OTHERS | EXAMPLE | PER_CENT


def limits_of(sheet: SheetCells, row: int, headings: Headings, wanted: Wanted) -> list[Problem]:
    """The first cell that says so, as a question; a sum or mean is told of elsewhere."""
    apart = (headings.number, headings.name, *headings.columns)
    for column, cell in enumerate(sheet.rows[row][:LABELS]):
        if column in apart or cell is None or headers.is_total(cell):
            continue
        heading = at(sheet, headings.last, column)
        is_owner = isinstance(cell, str) and wanted.name and is_same_practice(cell, wanted.name, wanted.ydernummer)
        if is_owner:
            continue
        if headers.is_period(heading):
            asks = wanted.period is not None and span_under(cell) is None
        else:
            asks = is_limited(str(heading or ""), cell) or (column < min(headings.columns) and _is_part(cell))
        if asks:
            return [_doubt(heading, cell, sheet.where(row, column))]
    return changed(sheet, row, headings, (c for c in range(WIDEST) if c not in apart), wanted)[:1]


def changed(
    sheet: SheetCells, row: int, headings: Headings, columns: Iterable[int], wanted: Wanted, *, limits: bool = False
) -> list[Problem]:
    """What in these columns of a row makes its numbers drafts, aims or another time's; with `limits` also what says
    that they are one doctor's or one group's, "Læge: NN"."""
    found = []
    for column in columns:
        cell, heading = at(sheet, row, column), at(sheet, headings.last, column)
        if not isinstance(cell, str) or not any(map(str.isalpha, cell)) or headers.is_total(cell):
            continue
        undated = headers.is_period(heading) and wanted.period is not None and span_under(cell) is None
        if undated or is_changed(cell) or (limits and is_limited(str(heading or ""), cell)):
            found.append(_doubt(heading, cell, sheet.where(row, column)))
    return found


def is_changed(cell: Cell) -> bool:
    """Whether words in a row make its numbers drafts, what one aims at, or those of a time without a year."""
    if not isinstance(cell, str) or len(cell) > LONGEST or headers.is_total(cell):
        return False
    vague = span_of(cell) is None and is_vague(cell) and len(cell.split()) <= FEW
    return is_draft(cell) or vague or (is_modifying(cell) and bool(AIMS & set(normal(cell).split())))


def is_modifying(label: Cell) -> bool:
    """Whether words are nothing but a time, a unit or some of the people: "2025", "Pct.", "Heraf kvinder"."""
    words = {word for word in normal("" if label is None else label).split() if not word.isdigit()}
    unit = is_unit(label) and unit_of(label) is not None
    return unit or is_only_time(label) or (bool(words) and words <= MODIFYING)


def _is_part(cell: Cell) -> bool:
    is_some = isinstance(cell, str) and any(map(str.isalpha, cell)) and modifier_of(cell).has(Sort.PART)
    return is_some or (is_unit(cell) and unit_of(cell) is not None)


def _doubt(heading: Cell, cell: Cell, where: Where) -> Problem:
    said = f"{heading}: {cell}" if isinstance(heading, str) else str(cell)
    return Problem("title_doubt", Level.WARN, where, show(said, 60))


def bounds_of(sheet: SheetCells, row: int, headings: Headings) -> tuple[Placed, ...]:
    """The time between a row's first and last day, where columns of their own say them."""
    columns = [c for c, cell in enumerate(sheet.rows[headings.last]) if headers.is_bound(cell)]
    spans = [(span, sheet.where(row, c)) for c in columns if (span := span_under(at(sheet, row, c)))]
    return between(spans)


def beside_answers(sheet: SheetCells, rows: Iterable[int], head: int, apart: tuple[int, int], wanted: Wanted) -> Beside:
    """What stands beside the answers of a tall table; `apart` are the columns with its headings and its answers.

    `head` is the row that says what the columns hold. The first objection is told, and every time.
    """
    problems: list[Problem] = []
    times: list[Placed] = []
    for row in rows:
        for column, cell in enumerate(sheet.rows[row][:WIDEST]):
            if column in apart or cell is None:
                continue
            heading, where = at(sheet, head, column), sheet.where(row, column)
            if problem := whose(str(heading or ""), cell, where, wanted):
                problems.append(problem)
            elif headers.is_period(heading) and span_under(cell):
                times.append((as_time(cell), where))
            elif is_limited(str(heading or ""), cell) or (column < apart[1] and _is_other(cell)) or _is_said(cell):
                problems.append(_doubt(heading, cell, where))
    return Beside(tuple(problems[:1]), tuple(times))


def _is_said(cell: Cell) -> bool:
    """Whether words behind a number make it something else, whatever stands over them."""
    letters = isinstance(cell, str) and any(map(str.isalpha, cell))
    return letters and (is_changed(cell) or (is_modifying(cell) and _is_other(cell)))


def _is_other(cell: Cell) -> bool:
    sorts = (Sort.OTHERS, Sort.NOT, Sort.PART, Sort.EXAMPLE)
    return isinstance(cell, str) and any(map(str.isalpha, cell)) and modifier_of(cell).has(*sorts)


def _is_doubtful(cell: str, column: int, headings: Headings, package: Package) -> bool:
    """Whether a band's words leave open whether its numbers are meant: a time without a year, a draft, a thing."""
    after = [each for each in sorted(headings.columns) if each >= column]
    item = [package.field(headings.columns[each].field_id) for each in after[:1]]
    thing = lone_thing(cell)
    vague = modifier_of(cell).span is None and is_vague(cell)
    return vague or is_draft(cell) or (bool(thing and item) and not counts_it(item, thing))


def over_columns(sheet: SheetCells, rows: Iterable[int], headings: Headings, matcher: Matcher) -> list[Problem]:
    """Times without a year over the headings, and words right below them that make the numbers something else."""
    for row in headings.bands:
        for column, cell in enumerate(sheet.rows[row]):
            if isinstance(cell, str) and len(cell) <= LONGEST and _is_doubtful(cell, column, headings, matcher.package):
                return [Problem("title_doubt", Level.WARN, sheet.where(row, column), show(cell, 60))]
    below = headings.below
    if below in rows or below >= len(sheet.rows):
        return []
    said = [(at(sheet, below, c), sheet.where(below, c), each.field_id) for c, each in headings.columns.items()]
    return [
        Problem("title_doubt", Level.WARN, where, show(cell, 60))
        for cell, where, field_id in said
        if _is_other(cell)
        or is_draft(cell)
        or _counts_else(cell, matcher.package.field(field_id))
        or _is_share(cell, matcher.package.field(field_id))
    ][:1]


def _is_share(cell: Cell, item: DataField) -> bool:
    """Whether a code below a heading, "KOL_PCT" or "KOL_LOWER", makes the numbers a share or a limit of one."""
    words = set(normal(cell).split()) if isinstance(cell, str) and len(cell) <= LONGEST else set()
    return item.kind != "percent" and bool(words) and (unit_of(cell) is not None or bool(words & SHARES))


def _counts_else(cell: Cell, item: DataField) -> bool:
    thing = lone_thing(cell)
    return bool(thing) and not counts_it([item], thing)


def different(sheet: SheetCells, rows: Iterable[int], headings: Headings) -> list[int]:
    """The first of the rows that say the same, hidden ones too: somebody may have filtered too much away.

    As many men as women are two rows; a sum that comes to the same as the only other row is none.
    """
    apart = (headings.number, headings.name, headings.period, *headings.columns)
    seen: dict[tuple[Cell, ...], dict[tuple[Cell, ...], int]] = {}
    for row in rows:
        labels = [c for column, c in enumerate(sheet.rows[row][:LABELS]) if column not in apart and isinstance(c, str)]
        words = () if any(map(headers.is_total, labels)) else tuple(labels)
        numbers = tuple(at(sheet, row, column) for column in headings.counted)
        seen.setdefault(numbers, {}).setdefault(words, row)
    worded = ({words: row for words, row in same.items() if words} or same for same in seen.values())
    return sorted(row for same in worded for row in same.values())
