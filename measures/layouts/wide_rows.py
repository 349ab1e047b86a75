"""The rows of a wide table: which one is the practice's, and which cell of it answers which field."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from measures.layouts.moved import about_moved
from measures.layouts.row_labels import LABELS, bounds_of, different, limits_of, over_columns
from measures.layouts.torn import torn, whole_row
from measures.layouts.wide import Headings, headings_of, nothing_own
from measures.reading import headers
from measures.reading.counts import ReadCell, read_count
from measures.reading.headers import normal
from measures.reading.problems import Level, Option, Problem, Where, show
from measures.reading.table import SheetCells
from measures.tables.beside import beside
from measures.tables.chosen import (
    Placed,
    Selection,
    Wanted,
    about_headings,
    at,
    column_hidden,
    mended,
    placed,
    refused,
    row_hidden,
    words_at,
    wrong_practice,
)
from measures.tables.columns import NamedPlace, picked
from measures.tables.evidence import Evidence, choose
from measures.tables.heading_matcher import Certainty, Match, Matcher
from measures.tables.modifiers import Sort, modifier_of
from measures.tables.names import branch_of, is_same_practice
from measures.tables.period import Span, fits, nearest, overlaps, span_under

DATA_ROWS = 5000
"""More than there are practices in the country."""
UNKNOWN = (ReadCell.MISSING, ReadCell.UNREADABLE)


def rows_of(sheet: SheetCells, headings: Headings, most: int = DATA_ROWS) -> list[int]:
    """Rows below the headings that hold a number, or a sign for one, under them."""
    columns = headings.columns
    below = range(headings.below, min(len(sheet.rows), headings.last + most))
    filled = [row for row in below if any(at(sheet, row, column) is not None for column in columns)]
    told = [row for row in filled if any(read_count(at(sheet, row, c)).reading not in UNKNOWN for c in columns)]
    return told or filled


def total_label(sheet: SheetCells, row: int, headings: Headings) -> str:
    """The words that make a row a sum, a mean or somebody else's; "" when it is an ordinary one."""
    labels = [cell for column, cell in enumerate(sheet.rows[row][:LABELS]) if column not in headings.columns]
    return next((str(cell) for cell in labels if headers.is_total(cell)), "")


def select_wide(sheet: SheetCells, matcher: Matcher, wanted: Wanted) -> Selection:
    """The wanted practice's cells."""
    headings = headings_of(sheet, matcher)
    rows = rows_of(sheet, headings)
    table = {*range(headings.first, headings.below), *rows}
    around = beside(sheet, table, headings.first, wanted, matcher.package)
    if stops := tuple(problem for problem in around.problems if problem.level is Level.BLOCK):
        return Selection(problems=stops[:1])
    if refusal := nothing_own(sheet, headings, matcher.package):
        return Selection(problems=(refusal,))
    chosen = _own(sheet, rows, headings, wanted)
    if isinstance(chosen, Selection):
        return chosen
    chosen = different(sheet, _of_period(sheet, chosen, headings, wanted), headings)
    if not chosen:
        place = sheet.where(headings.below, 0)
        return refused("no_numbers", Where(place.sheet, place.row), n=0)
    row = _chosen_row(sheet, chosen, headings, wanted)
    if isinstance(row, Problem):
        return Selection(problems=(row,))
    read = read_row(sheet, row, headings, matcher, wanted, others=len(rows) - 1)
    if read.problems:
        return read
    doubts = (
        *read.doubts,
        *around.problems,
        *over_columns(sheet, rows, headings, matcher),
        *_of_row(sheet, row, headings, wanted),
    )
    return _with(read, doubts, (*around.times, *read.times))


def _with(read: Selection, doubts: tuple[Problem, ...], times: tuple[Placed, ...]) -> Selection:
    doubts = tuple({(each.code, each.where, each.found, str(each.params)): each for each in doubts}.values())
    return Selection(read.cells, (), doubts, times, read.other_rows, read.rates, read.guessed, read.sources)


def _own(sheet: SheetCells, rows: list[int], headings: Headings, wanted: Wanted) -> list[int] | Selection:
    """The rows that can be the practice's: by number, by name, else all that are no sums or means of others."""
    if headings.number is not None:
        number = headings.number
        owner = _carried(sheet, rows, number, headings)
        own = [row for row in rows if headers.read_ydernummer(owner[row]) == wanted.ydernummer]
        numbered = [row for row in rows if at(sheet, row, number) is not None]
        if own or not numbered:
            return own or _plain(sheet, rows, headings)
        return wrong_practice(sheet, numbered[0], number, wanted.ydernummer)
    numbered = [row for row in rows if _says_number(sheet, row, headings, wanted.ydernummer)]
    if numbered:
        return numbered
    if headings.name is not None and wanted.name:
        owner = _carried(sheet, rows, headings.name, headings)
        exact = [row for row in rows if normal(owner[row] or "") == normal(wanted.name)]
        own = exact or [row for row in rows if is_same_practice(str(owner[row]), wanted.name, wanted.ydernummer)]
        own = sorted({*own, *(row for row in rows if branch_of(str(owner[row])) == normal(wanted.name))})
        if own:
            return own
    return _plain(sheet, rows, headings)


def _carried(sheet: SheetCells, rows: Iterable[int], column: int, headings: Headings) -> dict[int, object]:
    """Whose each row is; what is written once for several rows goes on until the next, or a sum."""
    found: dict[int, object] = {}
    last: object = None
    for row in rows:
        cell = at(sheet, row, column)
        if cell is not None:
            last = cell
        elif total_label(sheet, row, headings):
            last = None
        found[row] = last
    return found


def _says_number(sheet: SheetCells, row: int, headings: Headings, ydernummer: str) -> bool:
    cells = (cell for column, cell in enumerate(sheet.rows[row][:LABELS]) if column not in headings.columns)
    return any(headers.read_ydernummer(cell) == ydernummer for cell in cells if len(str(cell)) >= len(ydernummer) - 1)


def _plain(sheet: SheetCells, rows: list[int], headings: Headings) -> list[int]:
    """Without means and other people's rows; and without a sum that says the same as the only other row."""
    ordinary = [row for row in rows if not total_label(sheet, row, headings)]
    sums = [row for row in rows if row not in ordinary and headers.is_sum(total_label(sheet, row, headings))]
    if len(ordinary) == 1 and headings.name is None:
        return ordinary + sums
    return ordinary or sums or rows


def _of_period(sheet: SheetCells, rows: list[int], headings: Headings, wanted: Wanted) -> list[int]:
    """Of several rows for different times, the one that is asked for; a row that says no time may be from any."""
    if len(rows) < 2 or headings.period is None or wanted.period is None:
        return rows
    spans = {row: span for row in rows if (span := row_span(sheet, row, headings))}
    near = nearest(spans, wanted.period)
    if not near:
        return rows  # the rest say another time, so nobody knows what a row without one is from
    return [row for row in rows if row in near or row not in spans] or rows


def row_span(sheet: SheetCells, row: int, headings: Headings) -> Span | None:
    """The time that a row says it is from."""
    return span_under(at(sheet, row, headings.period)) if headings.period is not None else None


def _chosen_row(sheet: SheetCells, rows: list[int], headings: Headings, wanted: Wanted) -> int | Problem:
    if len(rows) == 1:
        return rows[0]
    options = {row: Option(f"r.{row}", whole_row(sheet, row), _label(sheet, row, headings, rows)) for row in rows}
    return choose("several_rows", "r", options, wanted.answers, whole_row(sheet, rows[1]))


def _label(sheet: SheetCells, row: int, headings: Headings, among: list[int]) -> str:
    """What tells a row from the others: the cells beside its numbers that differ, else its first number."""
    width = max(len(sheet.rows[each]) for each in among)
    apart = [
        words_at(sheet, row, column)
        for column in range(width)
        if column not in headings.columns and len({at(sheet, each, column) for each in among}) > 1
    ]
    return " · ".join(word for word in apart[:3] if word)


def _of_row(sheet: SheetCells, row: int, headings: Headings, wanted: Wanted) -> list[Problem]:
    """What in the chosen row itself speaks against it: a sum, a mean, another's name, cells that don't fit."""
    found = []
    label = total_label(sheet, row, headings) or _others_label(sheet, row, headings)
    if _is_owned(sheet, row, headings, wanted):
        label = _against_owner(sheet, row, headings)
    if label:
        found.append(Problem("total_row", Level.WARN, whole_row(sheet, row), show(label, 60)))
    if headings.name is not None and headings.number is None and wanted.name:
        said = at(sheet, row, headings.name)
        if isinstance(said, str) and not label and not is_same_practice(said, wanted.name, wanted.ydernummer):
            where = sheet.where(row, headings.name)
            found.append(Problem("other_practice", Level.WARN, where, show(said, 60), wanted.name))
    told = [str(each.found) for each in found if each.code == "total_row"]
    limits = limits_of(sheet, row, headings, wanted)
    found += [each for each in limits if not any(said in str(each.found) for said in told)]
    if row_hidden(sheet, row):
        found.append(Problem("hidden_row", Level.WARN, whole_row(sheet, row)))
    return found


def _against_owner(sheet: SheetCells, row: int, headings: Headings) -> str:
    """The words that make an owned row a mean or others' numbers, or a sum in place of the name; "" when none do."""
    for column, cell in enumerate(sheet.rows[row][:LABELS]):
        if column in (headings.number, *headings.columns) or not headers.is_total(cell):
            continue
        heading = normal(words_at(sheet, headings.last, column))
        is_place = bool(heading) and normal(str(cell)).startswith(heading)  # "Region Midtjylland" under "Region"
        if not is_place and (column == headings.name or not headers.is_sum(cell)):
            return str(cell)
    return ""


def _others_label(sheet: SheetCells, row: int, headings: Headings) -> str:
    """The words at the start of a row that make it an example, a target or others' numbers; "" when there are none."""
    apart = (headings.number, headings.period, *headings.columns)
    labels = [cell for column, cell in enumerate(sheet.rows[row][:LABELS]) if column not in apart]
    sorts = (Sort.EXAMPLE, Sort.OTHERS, Sort.NOT)
    return next((str(cell) for cell in labels if isinstance(cell, str) and modifier_of(cell).has(*sorts)), "")


def _is_owned(sheet: SheetCells, row: int, headings: Headings, wanted: Wanted) -> bool:
    """Whether the row itself names the practice, by number or by name."""
    if headings.number is not None:
        return headers.read_ydernummer(at(sheet, row, headings.number)) == wanted.ydernummer
    name = at(sheet, row, headings.name) if headings.name is not None else None
    return isinstance(name, str) and bool(wanted.name) and is_same_practice(name, wanted.name, wanted.ydernummer)


def read_row(
    sheet: SheetCells, row: int, headings: Headings, matcher: Matcher, wanted: Wanted, others: int = 0
) -> Selection:
    """One row's cells by field."""
    if problem := torn(sheet, row, headings):
        return Selection(problems=(problem,))
    found = {
        column: NamedPlace(column, match, source_of(sheet, row, column, headings, match))
        for column, match in headings.columns.items()
    }
    hidden = frozenset(column for column in found if column_hidden(sheet, column))
    choice = picked(found, hidden, matcher.package, wanted)
    if choice.problem:
        return Selection(problems=(choice.problem,))
    cells = {each.source.field_id: (each.source.cell, each.source.where) for each in choice.chosen}
    rates = {
        match.field_id: (*placed(sheet, row, column), match.per)
        for column, match in headings.columns.items()
        if match.certainty is Certainty.UNIT
    }
    named = {each.place: each.match for each in choice.chosen}
    unclear = {place: match for place, match in headings.columns.items() if match.certainty is Certainty.UNCLEAR}
    said = {(headings.rows[c], headings.heading_of(c)): match for c, match in {**named, **unclear}.items()}
    doubts = (
        *about_headings(said, sheet, matcher),
        *choice.doubts,
        *about_moved(sheet, headings.rows, headings.moved, named, matcher),
    )
    if headings.number is not None:
        doubts += mended(*placed(sheet, row, headings.number))
    guessed = {
        normal(at(sheet, headings.rows[column], headings.heading_of(column))): match.field_id
        for column, match in named.items()
        if match.certainty is Certainty.GUESS
    }
    times = _times(sheet, row, headings, named, wanted)
    return Selection(cells, (), doubts, times, others, rates, guessed, {s.field_id: s for s in choice.sources})


def source_of(sheet: SheetCells, row: int, column: int, headings: Headings, match: Match) -> Evidence:
    """A cell of a row as a candidate for its field."""
    heading = words_at(sheet, headings.rows[column], headings.heading_of(column))
    return Evidence(
        match.field_id, at(sheet, row, column), sheet.where(row, column), heading, match.span, fits=match.counts
    )


def _times(
    sheet: SheetCells, row: int, headings: Headings, named: Mapping[int, Match], wanted: Wanted
) -> tuple[Placed, ...]:
    """What the row and its headings say of the time. A time that the package itself writes needs only to touch it.

    One that is the period speaks for the number against a wider title, "1998-2026".
    """
    found: list[Placed] = []
    if headings.period is not None and (span := row_span(sheet, row, headings)):
        cell, where = placed(sheet, row, headings.period)
        said = cell if isinstance(cell, str) and not cell.isdigit() else f"{span[0]} - {span[1]}"
        found.append((said, where))
    found += bounds_of(sheet, row, headings)
    for column, match in named.items():
        touches = match.own and match.span and wanted.period and overlaps(match.span, wanted.period)
        if match.span and (not touches or (wanted.period and fits(match.span, wanted.period))):
            where = sheet.where(headings.rows[column], headings.heading_of(column))
            found.append((f"{match.span[0].isoformat()} - {match.span[1].isoformat()}", where))
    return tuple(found)
