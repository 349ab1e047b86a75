"""Tables with headings in a row and numbers below: what a record system or a region exports."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from measures import headers
from measures.chosen import (
    HEADING_ROWS,
    Placed,
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
from measures.counts import Reading, read_count
from measures.headers import normal
from measures.mapping import How, Match, Matcher
from measures.period import fits, span_of
from measures.problems import Where
from measures.table import SheetCells

DATA_ROWS = 5000
"""More than there are practices in the country."""
SURE = (How.EXACT, How.LEARNED)
UNKNOWN = (Reading.MISSING, Reading.UNREADABLE)


@dataclass(frozen=True, slots=True)
class Headings:
    """The headings of a wide table: their last row, each column's meaning, and the columns that say who and when."""

    last: int
    columns: dict[int, Match] = field(default_factory=dict)
    rows: dict[int, int] = field(default_factory=dict)
    """The row each column's heading stands in."""
    number: int | None = None
    name: int | None = None
    period: int | None = None

    @property
    def counted(self) -> dict[int, str]:
        """The fields by column, without columns in other units."""
        return {column: match.field_id for column, match in self.columns.items() if match.counts}

    @property
    def score(self) -> int:
        """How much is known: certain fields weigh most."""
        sure = {match.field_id for match in self.columns.values() if match.how in SURE}
        guessed = {match.field_id for match in self.columns.values() if match.how is How.GUESS}
        return 10 * len(sure) + 6 * len(guessed - sure)


def headings_of(sheet: SheetCells, matcher: Matcher) -> Headings:
    """The headings, also when they stand in two rows with merged cells above."""
    best = Headings(0)
    for row in range(min(len(sheet.rows), HEADING_ROWS)):
        found = _headings(sheet, matcher, (row,))
        if found.score > best.score:
            best = found
    if not best.score:
        return best
    for rows in ((best.last - 1, best.last), (best.last, best.last + 1)):
        if rows[0] >= 0 and rows[1] < len(sheet.rows) and _is_words(sheet, rows[0]) and _is_words(sheet, rows[1]):
            both = _headings(sheet, matcher, rows)
            if both.score > best.score or (both.score == best.score and _tells_units(both, best)):
                return both
    return best


def _headings(sheet: SheetCells, matcher: Matcher, rows: tuple[int, ...]) -> Headings:
    columns: dict[int, Match] = {}
    places: dict[int, int] = {}
    top, last = rows[0], rows[-1]
    above: object = None
    for column in range(max(len(sheet.rows[row]) for row in rows)):
        own, child = at(sheet, top, column), at(sheet, last, column)
        above = own if own is not None else above
        if match := _meaning(matcher, above, own, child, is_band=top != last):
            columns[column], places[column] = match, last if child is not None else top
    return Headings(
        last,
        columns,
        places,
        *(_first(sheet, rows, asks) for asks in (headers.is_ydernummer, headers.is_practice, headers.is_period)),
    )


def _meaning(matcher: Matcher, above: object, own: object, child: object, *, is_band: bool) -> Match | None:
    """What a heading means, alone or under the merged one above it. Joined words are never guessed at."""
    alone = matcher.match(child)
    if not is_band or (alone and alone.how in SURE):
        return alone
    if child is None:
        return matcher.match(own)
    joined = matcher.match(f"{above} {child}") if above is not None else None
    return joined if joined and joined.how in (*SURE, How.UNIT) else alone


def _first(sheet: SheetCells, rows: tuple[int, ...], asks: Callable[[object], bool]) -> int | None:
    places = (column for row in reversed(rows) for column, cell in enumerate(sheet.rows[row]) if asks(cell))
    return next(places, None)


def _is_words(sheet: SheetCells, row: int) -> bool:
    """Whether a row may be a heading: some words, and no numbers but years."""
    cells = [cell for cell in sheet.rows[row] if cell is not None]
    return any(isinstance(cell, str) for cell in cells) and not any(
        has_number(cell) and span_of(cell) is None for cell in cells
    )


def _tells_units(both: Headings, single: Headings) -> bool:
    """Whether the second row makes a column something else than it seemed: a percentage, another time."""
    return any(both.columns.get(column) != match for column, match in single.columns.items())


def rows_of(sheet: SheetCells, headings: Headings) -> list[int]:
    """Rows below the headings that hold something under them; totals only when there is nothing else."""
    columns = headings.columns
    below = range(headings.last + 1, min(len(sheet.rows), headings.last + DATA_ROWS))
    filled = [row for row in below if any(at(sheet, row, column) is not None for column in columns)]
    plain = [row for row in filled if not any(headers.is_total(cell) for cell in sheet.rows[row][:6])] or filled
    told = [row for row in plain if any(read_count(at(sheet, row, c)).reading not in UNKNOWN for c in columns)]
    return told or plain


def select_wide(sheet: SheetCells, matcher: Matcher, wanted: Wanted) -> Selection:
    """The wanted practice's cells."""
    headings = headings_of(sheet, matcher)
    rows = rows_of(sheet, headings)
    chosen = rows
    if headings.number is not None:
        number = headings.number
        chosen = [row for row in rows if headers.read_ydernummer(at(sheet, row, number)) == wanted.ydernummer]
        numbered = [row for row in rows if at(sheet, row, number) is not None]
        if not chosen and numbered:
            return wrong_practice(sheet, numbered[0], number, wanted.ydernummer)
        chosen = chosen or rows
    elif headings.name is not None and wanted.name and len(rows) > 1:
        name = headings.name
        chosen = [row for row in rows if normal(at(sheet, row, name) or "") == normal(wanted.name)] or rows
    chosen = _of_period(sheet, chosen, headings, wanted)
    if len(chosen) != 1:
        place = sheet.where(chosen[1] if chosen else headings.last + 1, 0)
        return refused("several_rows" if chosen else "no_numbers", Where(place.sheet, place.row), n=len(chosen))
    return read_row(sheet, chosen[0], headings, matcher, wanted, others=len(rows) - 1)


def _of_period(sheet: SheetCells, rows: list[int], headings: Headings, wanted: Wanted) -> list[int]:
    """Of several rows for different times, the one that is asked for."""
    if len(rows) < 2 or headings.period is None or wanted.period is None:
        return rows
    spans = {row: span_of(at(sheet, row, headings.period)) for row in rows}
    return [row for row, span in spans.items() if span and fits(span, wanted.period)] or rows


def read_row(
    sheet: SheetCells, row: int, headings: Headings, matcher: Matcher, wanted: Wanted, others: int = 0
) -> Selection:
    """One row's cells by field."""
    columns = dict(_columns(sheet, row, headings, wanted))
    twice = _twice(columns)
    if twice is not None:
        words = matcher.package.field(columns[twice].field_id).short.model_dump()
        return refused("named_twice", sheet.where(headings.rows[twice], twice), field=words)
    cells = {match.field_id: placed(sheet, row, column) for column, match in columns.items() if match.counts}
    rates = {
        match.field_id: (*placed(sheet, row, column), match.per)
        for column, match in columns.items()
        if match.how is How.UNIT
    }
    named = {(headings.rows[column], column): match for column, match in columns.items()}
    doubts = about_headings(named, sheet, matcher)
    if headings.number is not None:
        doubts += mended(*placed(sheet, row, headings.number))
    guessed = {
        normal(at(sheet, headings.rows[column], column)): match.field_id
        for column, match in columns.items()
        if match.how is How.GUESS
    }
    return Selection(cells, (), doubts, _when(sheet, row, headings, columns), others, rates, guessed)


def _columns(sheet: SheetCells, row: int, headings: Headings, wanted: Wanted) -> Iterator[tuple[int, Match]]:
    """Each column once: the one from the wanted time where headings name times, one of two that say the same."""
    by_field: dict[str, list[int]] = {}
    for column, match in headings.columns.items():
        if match.counts:
            by_field.setdefault(match.field_id, []).append(column)
        else:
            yield column, match
    for columns in by_field.values():
        matches = [(column, headings.columns[column]) for column in columns]
        if len(matches) > 1 and wanted.period:
            period = wanted.period
            matches = [each for each in matches if each[1].span and fits(each[1].span, period)] or matches
        if len({at(sheet, row, column) for column, _ in matches}) == 1:
            matches = matches[:1]
        yield from matches


def _twice(columns: dict[int, Match]) -> int | None:
    seen: set[str] = set()
    for column, match in sorted(columns.items()):
        if match.counts and match.field_id in seen:
            return column
        if match.counts:
            seen.add(match.field_id)
    return None


def _when(sheet: SheetCells, row: int, headings: Headings, columns: dict[int, Match]) -> Placed | None:
    if headings.period is not None:
        return placed(sheet, row, headings.period)
    if beside := period_beside(sheet):
        return beside
    dated = [column for column, match in columns.items() if match.counts and match.span]
    return placed(sheet, headings.rows[dated[0]], dated[0]) if dated else None
