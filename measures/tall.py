"""Tables with headings in a column and numbers to the right: our own template, and what people write themselves."""

from __future__ import annotations

from measures import headers
from measures.chosen import (
    HEADING_ROWS,
    Selection,
    Wanted,
    about_headings,
    at,
    has_number,
    mended,
    period_beside,
    placed,
    refused,
    wrong_practice,
)
from measures.headers import normal
from measures.mapping import How, Match, Matcher
from measures.period import fits, span_of
from measures.table import SheetCells

Column = tuple[int, dict[int, Match]]


def column_of(sheet: SheetCells, matcher: Matcher) -> Column:
    """The column with most known headings that have something else to their right, and their meanings by row."""
    found: dict[int, dict[int, Match]] = {}
    for row, cells in enumerate(sheet.rows[:HEADING_ROWS]):
        matches = [(column, match) for column, cell in enumerate(cells) if (match := matcher.match(cell))]
        for place, (column, match) in enumerate(matches):
            if {other.field_id for _, other in matches[place + 1 :]} <= {match.field_id}:
                found.setdefault(column, {})[row] = match
    return max(found.items(), key=lambda item: (score(item[1]), -item[0]), default=(0, {}))


def score(rows: dict[int, Match]) -> int:
    """How much is known: certain fields weigh most."""
    sure = {match.field_id for match in rows.values() if match.how in (How.EXACT, How.LEARNED)}
    guessed = {match.field_id for match in rows.values() if match.how is How.GUESS}
    return 10 * len(sure) + 6 * len(guessed - sure)


def select_tall(sheet: SheetCells, matcher: Matcher, wanted: Wanted) -> Selection:
    """The numbers beside the headings."""
    column, rows = column_of(sheet, matcher)
    counted = {row: match for row, match in rows.items() if match.counts}
    if not counted:
        return refused("no_numbers", sheet.where(min(rows), column + 1))
    answers = _answers(sheet, column, counted, wanted)
    if isinstance(answers, Selection):
        return answers
    twice = _twice(sheet, counted, answers)
    if twice is not None:
        words = matcher.package.field(counted[twice].field_id).short.model_dump()
        return refused("named_twice", sheet.where(twice, column), field=words)
    if all(at(sheet, row, answers) is None for row in counted):
        return refused("no_numbers", sheet.where(min(counted), answers))
    doubts = about_headings({(row, column): match for row, match in rows.items()}, sheet, matcher)
    for row, cells in enumerate(sheet.rows[:HEADING_ROWS]):
        if len(cells) > column and headers.is_ydernummer(cells[column]):
            given = at(sheet, row, answers)
            if given is not None and headers.read_ydernummer(given) != wanted.ydernummer:
                return wrong_practice(sheet, row, answers, wanted.ydernummer)
            doubts += mended(given, sheet.where(row, answers))
    return Selection(
        {match.field_id: placed(sheet, row, answers) for row, match in counted.items()},
        (),
        doubts,
        period_beside(sheet),
        0,
        {match.field_id: (*placed(sheet, row, answers), match.per) for row, match in rows.items() if not match.counts},
        {normal(at(sheet, row, column)): match.field_id for row, match in counted.items() if match.how is How.GUESS},
    )


def _answers(sheet: SheetCells, column: int, rows: dict[int, Match], wanted: Wanted) -> int | Selection:
    """The column with the answers: the one with most numbers, of several the one headed with the wanted time."""
    width = max(len(row) for row in sheet.rows)
    filled = {c: sum(has_number(at(sheet, row, c)) for row in rows) for c in range(column + 1, width)}
    most = max(filled.values(), default=0)
    if not most:
        return column + 1
    fullest = [c for c, count in filled.items() if count == most]
    if len(fullest) > 1 and most > 1:
        timed = [c for c in fullest if wanted.period and _headed(sheet, c, min(rows), wanted)]
        if len(timed) == 1:
            return timed[0]
        return refused("several_columns", sheet.where(min(rows), fullest[1]))
    return fullest[0]


def _headed(sheet: SheetCells, column: int, above: int, wanted: Wanted) -> bool:
    spans = [span_of(at(sheet, row, column)) for row in range(above)]
    return any(span is not None and wanted.period is not None and fits(span, wanted.period) for span in spans)


def _twice(sheet: SheetCells, rows: dict[int, Match], answers: int) -> int | None:
    """The row that names a field a second time with another number."""
    seen: dict[str, object] = {}
    for row, match in rows.items():
        said = at(sheet, row, answers)
        if seen.setdefault(match.field_id, said) != said:
            return row
    return None
