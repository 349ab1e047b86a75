"""The headings of tables with numbers below: in one row or two, under bands, over a row of units."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from measures.layouts.moved import moved_columns
from measures.packages.package import Package
from measures.reading import headers
from measures.reading.headers import normal
from measures.reading.problems import Level, Problem
from measures.reading.table import SheetCells
from measures.tables.chosen import HEADING_ROWS, at, has_number
from measures.tables.heading_codes import is_code, named_twice
from measures.tables.heading_matcher import Certainty, Match, Matcher
from measures.tables.modifiers import NOTHING, Modifier, Sort, is_unit, modifier_of, own_modifier, unit_of
from measures.tables.people import asks_for, names_people
from measures.tables.period import is_day, overlaps, span_of
from measures.tables.things import counts_it, counts_people

STEM = 6
"""This many letters make "kommune" and "kommunens" one word."""
BANDS = 3
"""This many rows over the headings may say something of the columns below."""


@dataclass(frozen=True, slots=True)
class Headings:
    """The headings of a wide table: their first and last row, each column's meaning, and who and when.

    `columns` holds also those that are not the field itself (`Match.counts` is false); `units` is the row of units
    below the headings, if there is one.
    """

    last: int
    columns: dict[int, Match] = field(default_factory=dict)
    rows: dict[int, int] = field(default_factory=dict)
    """The row each column's heading stands in."""
    number: int | None = None
    name: int | None = None
    period: int | None = None
    first: int = 0
    units: int | None = None
    bands: tuple[int, ...] = ()
    """The rows over the headings that say something of some columns."""
    moved: dict[int, int] = field(default_factory=dict)
    """Columns with numbers whose heading stands one to the left, over an empty column; with the heading's."""

    def heading_of(self, column: int) -> int:
        """The column that a column's heading stands in."""
        return self.moved.get(column, column)

    @property
    def counted(self) -> dict[int, str]:
        """The fields by column, without columns that are something else."""
        return {column: match.field_id for column, match in self.columns.items() if match.counts}

    @property
    def below(self) -> int:
        """The first row that may hold numbers."""
        return (self.last if self.units is None else self.units) + 1

    @property
    def score(self) -> int:
        """How much is known: certain fields weigh most."""
        sure = {match.field_id for match in self.columns.values() if match.is_sure}
        guessed = {match.field_id for match in self.columns.values() if match.certainty is Certainty.GUESS}
        return 10 * len(sure) + 6 * len(guessed - sure)


def headings_of(sheet: SheetCells, matcher: Matcher) -> Headings:
    """The headings, also in two rows with merged cells above, with what bands and units make of them."""
    found = _plain_headings(sheet, matcher)
    labels = {column for column, match in found.columns.items() if _holds_words(sheet, found, column, match)}
    if labels:
        found = replace(found, columns={c: match for c, match in found.columns.items() if c not in labels})
    if not found.columns:
        return found
    found = _under_bands(sheet, _with_figures(sheet, found, matcher), matcher)
    moved = moved_columns(sheet, found.rows, found.below)
    if not moved:
        return found
    to = {heading: column for column, heading in moved.items()}
    columns = {to.get(column, column): match for column, match in found.columns.items()}
    rows = {to.get(column, column): row for column, row in found.rows.items()}
    return replace(found, columns=columns, rows=rows, moved=moved)


def _with_figures(sheet: SheetCells, found: Headings, matcher: Matcher) -> Headings:
    """With headings that are figures, where the package itself has such a name: a code, `7113`, or a group, `-29`."""
    columns, rows = dict(found.columns), dict(found.rows)
    for column, cell in enumerate(sheet.rows[found.last]):
        if column in columns or isinstance(cell, bool) or not isinstance(cell, int | float):
            continue
        match = matcher.match(str(int(cell)) if float(cell).is_integer() else str(cell))
        if (
            match
            and match.certainty is Certainty.EXACT
            and match.field_id not in {each.field_id for each in columns.values()}
        ):
            columns[column], rows[column] = match, found.last
    return replace(found, columns=columns, rows=rows)


def _holds_words(sheet: SheetCells, found: Headings, column: int, match: Match) -> bool:
    """Whether a column that is only likely to be a field holds words and no number: "Gruppe" is not "Gruppe 1"."""
    if match.is_sure or not match.counts:
        return False
    below = [at(sheet, row, column) for row in range(found.last + 1, min(len(sheet.rows), found.last + HEADING_ROWS))]
    return any(isinstance(cell, str) for cell in below) and not any(map(has_number, below))


def _plain_headings(sheet: SheetCells, matcher: Matcher) -> Headings:
    best = Headings(0)
    height = min(len(sheet.rows), HEADING_ROWS)
    for row in range(height):
        found = _headings(sheet, matcher, (row,))
        if (found.score, _width(sheet, row)) > (best.score, _width(sheet, best.last)) and found.score:
            best = found
    pairs = [(best.last - 1, best.last), (best.last, best.last + 1)]
    if not best.score:
        pairs = [(row, row + 1) for row in range(height - 1)]
    for rows in pairs:
        if rows[0] >= 0 and rows[1] < len(sheet.rows) and _is_words(sheet, rows[0]) and _is_words(sheet, rows[1]):
            both = _headings(sheet, matcher, rows)
            tells = best.score and both.score == best.score and not _is_title(sheet, rows[0])
            if both.score > best.score or (tells and _tells_units(both, best)):
                return both
    return best


def _is_title(sheet: SheetCells, row: int) -> bool:
    """Whether a row is one cell at its start: about the whole table, and no heading of a column."""
    return _width(sheet, row) == 1 and sheet.rows[row][0] is not None


def _width(sheet: SheetCells, row: int) -> int:
    """How many cells a row has: of two that know as much, a title stands alone and headings don't."""
    return sum(cell is not None for cell in sheet.rows[row]) if row < len(sheet.rows) else 0


def _headings(sheet: SheetCells, matcher: Matcher, rows: tuple[int, ...]) -> Headings:
    columns: dict[int, Match] = {}
    places: dict[int, int] = {}
    top, last = rows[0], rows[-1]
    above: object = None
    twice = top != last and named_twice(sheet, top, last)
    for column in range(max(len(sheet.rows[row]) for row in rows)):
        own, child = at(sheet, top, column), at(sheet, last, column)
        above = own if own is not None else above
        if match := _meaning(matcher, above, own, child, is_band=top != last):
            columns[column], places[column] = match, last if child is not None else top
        elif twice and is_code(child) and (worded := matcher.match(own)) and worded.is_sure:
            columns[column], places[column] = worded, top
    number, name, period = (
        _first(sheet, rows, asks) for asks in (headers.is_ydernummer, headers.is_practice, headers.is_period)
    )
    return Headings(last, columns, places, number, name, period, first=top)


def _meaning(matcher: Matcher, above: object, own: object, child: object, *, is_band: bool) -> Match | None:
    """What a heading means, alone or under the merged one above it. Joined words are never guessed at."""
    alone = matcher.match(child)
    if not is_band:
        return alone
    if child is None:
        return matcher.match(own)
    joined = matcher.match(f"{above} {child}") if above is not None else None
    if joined and (joined.is_sure or joined.certainty is Certainty.UNIT) and not (alone and alone.is_sure):
        return joined
    says_more = alone is not None and matcher.match(above) is None and not headers.is_label(above)
    return under(alone, modifier_of(above), matcher) if says_more and alone is not None else alone


def _first(sheet: SheetCells, rows: Sequence[int], asks: Callable[[object], bool]) -> int | None:
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


def _under_bands(sheet: SheetCells, found: Headings, matcher: Matcher) -> Headings:
    """The headings with what stands over and under them: a year, a unit, "uden", "Region"."""
    bands = tuple(row for row in range(max(found.first - BANDS, 0), found.first) if _is_band(sheet, row))
    below = found.last + 1
    while _is_units(sheet, below, found):
        below += 1
    units = below - 1 if below > found.last + 1 else None
    columns = {}
    for column, match in found.columns.items():
        over = NOTHING
        for row in reversed(bands):
            over |= _band_at(sheet, row, column)
        columns[column] = under(match, over, matcher)
        told = (unit_of(at(sheet, row, column)) for row in range(found.last + 1, below))
        if (unit := next((each for each in told if each is not None), None)) is not None:
            columns[column] = replace(columns[column], certainty=Certainty.UNIT, per=unit)
    number, name, period = (
        _first(sheet, bands, asks) if place is None else place
        for place, asks in (
            (found.number, headers.is_ydernummer),
            (found.name, headers.is_practice),
            (found.period, headers.is_period),
        )
    )
    return replace(found, columns=columns, bands=bands, units=units, number=number, name=name, period=period)


def under(match: Match, said: Modifier, matcher: Matcher) -> Match:
    """A heading's meaning under a band, or beside words, that say something of it.

    What the field says of itself changes nothing: "Kvinder" over a field about women.
    """
    if match.span and said.span and not is_day(said.span) and not overlaps(said.span, match.span):
        return replace(match, certainty=Certainty.OTHER)  # "KOL 2026" under "2025": nobody knows which is true
    match = replace(match, span=match.span or (said.span if said.span and not is_day(said.span) else None))
    item = matcher.package.field(match.field_id)
    own = own_modifier(f"{item.label.da} {item.label.en}") if said.sorts else NOTHING
    if said.has(Sort.UNIT) and not (own.has(Sort.UNIT) and own.per == said.per) and item.kind != "percent":
        return replace(match, certainty=Certainty.UNIT, per=said.per)
    if any(word[:STEM] not in {each[:STEM] for each in own.others} for word in said.others):
        return replace(match, certainty=Certainty.OTHER)  # "Region" over what a field counts of its municipality
    if any(said.has(sort) and not own.has(sort) for sort in (Sort.NOT, Sort.PART, Sort.OTHERS, Sort.EXAMPLE)):
        return replace(match, certainty=Certainty.OTHER)
    if own.has(Sort.PART) and names_people(said.people) and not asks_for(item, said.people):
        return replace(match, certainty=Certainty.OTHER)  # "Women" over "65+": some, but not those that it asks for
    if said.thing and counts_people(item) and not counts_it([item], said.thing):
        return replace(match, certainty=Certainty.OTHER)
    return match


def _is_band(sheet: SheetCells, row: int) -> bool:
    """Whether a row over the headings says something of columns, and is no title and no line with a label."""
    said = [(column, cell) for column, cell in enumerate(sheet.rows[row]) if cell is not None]
    if not said or is_line(sheet, row):
        return False
    column, cell = said[0]
    return len(said) > 1 or column > 0 or is_unit(cell) or (is_only_time(cell) and not modifier_of(cell).sorts)


def is_line(sheet: SheetCells, row: int) -> bool:
    """Whether a row is a line with a label and its value: whose file this is, or from when."""
    said = [cell for cell in sheet.rows[row] if cell is not None]
    if not said or len(said) > 2:
        return False
    label, value = said[0], said[-1]
    if headers.is_ydernummer(label):
        return len(said) == 1 or len(str(value).strip()) > len("2026")
    return headers.is_practice(label) or headers.is_period(label)


def is_only_time(cell: object) -> bool:
    """Whether a cell holds a time, and a word at most: "2025", "Året 2025"."""
    words = normal(cell).split()
    return span_of(cell) is not None and len(words) <= 3 and sum(word.isalpha() for word in words) <= 1


def _band_at(sheet: SheetCells, row: int, column: int) -> Modifier:
    """What a band says of a column: its cell over it, or the nearest to the left, which is merged or stands for all."""
    places = (at(sheet, row, place) for place in range(column, -1, -1))
    return modifier_of(next((cell for cell in places if cell is not None), None))


def _is_units(sheet: SheetCells, row: int, found: Headings) -> bool:
    cells = [cell for column in found.columns if (cell := at(sheet, row, column)) is not None]
    return bool(cells) and all(map(is_unit, cells))


def nothing_own(sheet: SheetCells, headings: Headings, package: Package) -> Problem | None:
    """The refusal when all known headings, but those of what is on file anyway, stand under words that make them
    something else."""
    asked = {column: m for column, m in headings.columns.items() if not package.field(m.field_id).from_practice}
    columns = asked or headings.columns
    if any(match.counts or match.certainty is Certainty.UNCLEAR for match in columns.values()):
        return None
    column, match = next(iter(columns.items()))
    where = sheet.where(headings.rows[column], headings.heading_of(column))
    rates = [each.per for each in columns.values() if each.certainty is Certainty.UNIT]
    if rates:
        return Problem("only_rates", Level.BLOCK, where, params={"per": rates[0]})
    return Problem("not_own_columns", Level.BLOCK, where, params={"field": match.field_id})
