"""One sheet of a file for all practices: its headings, its rows, whose they are, and what else the sheet says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from measures.bundles.grouped import PracticeRow, is_whole, labels_of, not_chosen, other_label, part_label
from measures.bundles.owner_columns import Whose, whose_of
from measures.bundles.owners import NOBODY, Owners, OwnerSaid
from measures.checking.plausibility import fits_list_size
from measures.layouts.row_labels import changed, over_columns
from measures.layouts.selection import is_doubtful_name
from measures.layouts.torn import whole_row
from measures.layouts.wide import Headings, headings_of
from measures.layouts.wide_rows import read_row, rows_of
from measures.reading.counts import read_count
from measures.reading.headers import normal
from measures.reading.problems import Level, Problem, Where, column_index, show
from measures.reading.style import is_ambiguous, is_ungrouped, mark_of
from measures.reading.table import Cell, SheetCells
from measures.tables.beside import Beside, beside
from measures.tables.chosen import Placed, Selection, Wanted, at, row_hidden
from measures.tables.heading_matcher import Matcher
from measures.tables.modifiers import AIMS, Sort, modifier_of, unit_of
from measures.tables.names import is_branch
from measures.tables.people import asks_for, asks_for_others, people_in, same_for_all, stands_alone
from measures.tables.period import Span, span_of

MOST_ROWS = 100_000
"""As many as a file may have (`measures.reading.limits`): none is left unread."""
PLACE_WORDS = """
by bynavn town city kommune municipality region adresse address post postnr postnummer zip county amt län area område
ccg icb distrikt district state sted land
"""
PLACES = frozenset(map(normal, PLACE_WORDS.split()))
"""Words of headings under which a namesake from elsewhere shows itself."""
COMMON_PLACE = 0.8
FEWEST_SAME_PLACE = 4


@dataclass(frozen=True, slots=True)
class SheetOfMany:
    """A sheet with its headings, the rows that hold numbers, and the columns that say whose they are."""

    sheet: SheetCells
    headings: Headings
    rows: tuple[int, ...]
    whose: Whose
    around: Beside
    mark: str
    number: int = 0
    """The sheet's place in the file."""
    marks: dict[int, str] = field(default_factory=dict)
    """By column, once asked for."""

    @property
    def labels(self) -> list[int]:
        """The columns with neither numbers that are asked for nor whose they are."""
        return labels_of(self.sheet, self.headings, self.whose.columns)


def page_of(
    sheet: SheetCells, matcher: Matcher, owners: Owners, period: Span | None, mark: str, number: int = 0
) -> SheetOfMany:
    """The sheet as far as it can be understood before anybody's row is chosen. `mark` is the file's decimal mark."""
    headings = headings_of(sheet, matcher)
    rows = tuple(rows_of(sheet, headings, MOST_ROWS)) if headings.columns else ()
    own = {normal(name) for name in matcher.package.practice_headings}
    table = {*range(headings.first, headings.below), *rows}
    around = beside(sheet, table, headings.first, Wanted("", "", period), matcher.package)
    found = (*around.problems, *over_columns(sheet, rows, headings, matcher))
    doubts = tuple({each.where: each for each in found if _is_of_all(each)}.values())
    if sheet.name and is_doubtful_name(sheet.name):
        doubts += (Problem("sheet_doubt", Level.WARN, Where(sheet.name), sheet.name),)
    times = (*around.times, *([(sheet.name, Where(sheet.name))] if sheet.name and span_of(sheet.name) else []))
    whose = whose_of(sheet, headings, rows, owners, own)
    return SheetOfMany(sheet, headings, rows, whose, Beside(doubts, times), mark, number)


def _is_of_all(problem: Problem) -> bool:
    """Whether a doubt about a title is one here too: a region's name over its practices is none."""
    is_area = modifier_of(problem.found).has(Sort.OTHERS) and not AIMS & set(normal(problem.found).split())
    return problem.code == "title_doubt" and (unit_of(problem.found) is not None or not is_area)


@dataclass(frozen=True, slots=True)
class Lines:
    """The rows by practice; rows of nobody in the cluster, with what they say; and practices whose row is unsure."""

    own: dict[str, list[PracticeRow]]
    strangers: list[tuple[int, OwnerSaid]]
    unsure: dict[str, tuple[int, OwnerSaid]]


def lines_of(page: SheetOfMany, owners: Owners) -> Lines:
    """Whose each row is. What is written once for several rows goes on below it; sums of all are nobody's."""
    lines = Lines({}, [], {})
    carried: dict[str, list[PracticeRow]] = {}
    for row, said, goes_on in _owned(page, owners):
        if said.clash:
            lines.unsure.setdefault(said.clash, (row, said))
        if said.number and said.clash:
            lines.unsure.setdefault(said.number, (row, said))
        elif said.number:
            target = carried if goes_on else lines.own
            target.setdefault(said.number, []).append(PracticeRow(row, said.is_sum))
        elif said != NOBODY and not said.is_grand_total:
            lines.strangers.append((row, said))
    if 2 * len(carried) >= len(lines.own):  # one blank among full ones is no group
        for number, more in _without_last_sum(page, carried).items():
            lines.own.setdefault(number, []).extend(more)
    return lines


def _owned(page: SheetOfMany, owners: Owners) -> Iterator[tuple[int, OwnerSaid, bool]]:
    """Each row with numbers, what it says of whose it is, and whether that was said above it."""
    filled, labels, last, heads = set(page.rows), page.labels, NOBODY, NOBODY
    for row in range(page.headings.below, (page.rows[-1] if page.rows else -1) + 1):
        said = page.whose.said(page.sheet, row, owners)
        if said == NOBODY:
            if row in filled and _goes_on(page, row, labels):
                yield row, last, True
            continue
        if heads.number and not said.number and _is_part(page, row):
            yield row, heads, False
            continue
        heads = said if said.number and row not in filled else NOBODY
        last = NOBODY if said.is_sum else said
        if row in filled:
            yield row, said, False


def _is_part(page: SheetOfMany, row: int) -> bool:
    """Whether a row in the same column names a part of the practice written above without numbers: "Kvinder"."""
    cells = [at(page.sheet, row, column) for column in page.whose.columns]
    words = [cell for cell in cells if isinstance(cell, str)]
    return bool(words) and all(modifier_of(word).has(Sort.PART) and not is_whole(word) for word in words)


def _without_last_sum(page: SheetOfMany, carried: dict[str, list[PracticeRow]]) -> dict[str, list[PracticeRow]]:
    """Without a sum that only one of several groups has: it stands below all of them, and is everybody's."""
    sums = [
        (number, line)
        for number, lines in carried.items()
        for line in lines
        if any(is_whole(at(page.sheet, line.row, column)) for column in page.labels)
    ]
    if len(sums) != 1 or len(carried) < 2:
        return carried
    number, line = sums[0]
    return carried | {number: [each for each in carried[number] if each is not line]}


def _goes_on(page: SheetOfMany, row: int, labels: Sequence[int]) -> bool:
    """Whether a row without an owner belongs to the one above: it has a label of its own, or the cells are merged."""
    merged = any(page.sheet.merged_at(row, column) for column in page.whose.columns)
    return merged or any(at(page.sheet, row, column) is not None for column in labels)


def selection_of(page: SheetOfMany, row: int, matcher: Matcher, wanted: Wanted) -> Selection:
    """A practice's cells, with what the sheet and the row say against them."""
    chosen = read_row(page.sheet, row, page.headings, matcher, wanted)
    if chosen.problems:
        return chosen
    doubts = [*chosen.doubts, *page.around.problems]
    place = whole_row(page.sheet, row)
    if label := other_label(page.sheet, row, page.headings, page.whose.columns):
        doubts.append(Problem("total_row", Level.WARN, place, show(label, 60)))
    is_meant = partial(_is_meant, page, matcher)
    part = part_label(page.sheet, row, page.headings, page.whose.columns, is_meant)
    if label := part or not_chosen(page.sheet, row, wanted.answers):
        doubts.append(Problem("part_row", Level.WARN, place, show(label, 60)))
    owned = (at(page.sheet, row, column) for column in page.whose.columns)
    if branch := next((cell for cell in owned if isinstance(cell, str) and is_branch(cell, wanted.name)), ""):
        doubts.append(Problem("part_row", Level.WARN, place, show(branch, 60)))
    if not label:
        apart = [c for c in page.labels if not is_meant(c, at(page.sheet, row, c))]
        said = changed(page.sheet, row, page.headings, page.labels, wanted)
        doubts += (said or changed(page.sheet, row, page.headings, apart, wanted, limits=True))[:1]
    if row_hidden(page.sheet, row):
        doubts.append(Problem("hidden_row", Level.WARN, place))
    times = (*page.around.times, *chosen.times)
    cells, styled = _in_style(page, chosen, matcher)
    return replace(chosen, cells=cells, doubts=(*doubts, *styled), times=times, mark=page.mark)


def _is_meant(page: SheetOfMany, matcher: Matcher, column: int, said: Cell) -> bool:
    """Whether the people that a row's label names are those the fields ask for; or every row's, where the numbers are
    held against nothing but each other and no field asks for other people."""
    counted = [matcher.package.field(name) for name in page.headings.counted.values()]
    fields = [each for each in counted if not each.from_practice] or counted
    if not isinstance(said, str) or not any(people_in(said).values()):
        return False
    if all(asks_for(each, said) for each in fields):
        return True
    same = same_for_all(page.rows, [at(page.sheet, row, column) for row in page.rows])
    return same and stands_alone(matcher.package) and not any(asks_for_others(each, said) for each in fields)


def _in_style(page: SheetOfMany, chosen: Selection, matcher: Matcher) -> tuple[dict[str, Placed], list[Problem]]:
    """The cells whose point can be a decimal's or a thousand's, as the column says; asked about once for the column."""
    cells, asked = dict(chosen.cells), []
    for name, (cell, where) in chosen.cells.items():
        if not is_ambiguous(cell, ""):
            continue
        column = column_index(where.column or "A")
        item, mark = matcher.package.field(name), _mark(page, column)
        mixed = mark != "." and any(is_ungrouped(at(page.sheet, row, column)) for row in page.rows)
        if (mark == "," and not mixed) or item.kind == "percent":
            continue
        if item.kind == "amount" and mark == ".":
            cells[name] = (float(str(cell)), where)
        elif mixed or "." in (page.mark, mark) or (item.kind == "amount" and not page.mark):
            cells[name] = (int(str(cell).strip().replace(".", "")), where)
            params = {"id": name, "field": item.label.model_dump()}
            asked.append(Problem("point_thousands", Level.WARN, Where(where.sheet, None, where.column), params=params))
    return cells, asked


def _mark(page: SheetOfMany, column: int) -> str:
    """The decimal mark that a column shows: `6.024` among `4.0401` is no thousand, nor is `1.234` among `163.97`."""
    if column not in page.marks:
        page.marks[column] = mark_of(at(page.sheet, row, column) for row in page.rows)
    return page.marks[column]


def elsewhere(page: SheetOfMany, rows: dict[str, int]) -> dict[str, str]:
    """Practices whose row stands under another place than nearly all others', with that place: namesakes, perhaps."""
    found: dict[str, str] = {}
    for column in page.labels:
        titles = (at(page.sheet, row, column) for row in range(page.headings.first, page.headings.last + 1))
        if not any(PLACES & set(normal(title).split()) for title in titles if isinstance(title, str)):
            continue
        said = {number: str(cell) for number, row in rows.items() if (cell := at(page.sheet, row, column)) is not None}
        counts = {place: list(said.values()).count(place) for place in set(said.values())}
        common = max(counts, key=lambda place: counts[place], default="")
        if counts.get(common, 0) < max(FEWEST_SAME_PLACE, COMMON_PLACE * len(said)):
            continue
        found |= {number: place for number, place in said.items() if place != common}
    return found


def of_known_size(page: SheetOfMany, rows: Mapping[str, int], listed: Mapping[str, int]) -> set[str]:
    """Practices whose row has the list size that is on file, in a column where nearly all have theirs, whatever its
    heading: nobody else's row, whoever else is called so.
    """
    found: set[str] = set()
    for column in (*page.labels, *page.headings.columns):
        said = {number: read_count(at(page.sheet, rows[number], column), page.mark).value for number in listed}
        sizes = {number: size for number, size in said.items() if size is not None}
        fitting = {number for number, size in sizes.items() if fits_list_size(size, listed[number])}
        if len(fitting) >= max(FEWEST_SAME_PLACE, COMMON_PLACE * len(sizes)):
            found |= fitting
    return found
