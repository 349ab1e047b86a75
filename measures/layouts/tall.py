"""Tables with headings in a column and numbers to the right: our own template, and what people write themselves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from measures.layouts.row_labels import beside_answers, is_modifying
from measures.layouts.shifted import says_who, unheaded_number
from measures.layouts.wide import is_line, is_only_time, under
from measures.packages.package import Package
from measures.reading import headers
from measures.reading.headers import normal
from measures.reading.problems import Level, Option, Problem, Where, show
from measures.reading.table import SheetCells
from measures.tables.beside import beside, is_limited, is_vague
from measures.tables.chosen import (
    HEADING_ROWS,
    Placed,
    Selection,
    Wanted,
    about_headings,
    at,
    column_hidden,
    has_number,
    placed,
    refused,
    row_hidden,
    words_at,
)
from measures.tables.columns import NamedPlace, picked
from measures.tables.evidence import Evidence, choose
from measures.tables.heading_matcher import Certainty, Match, Matcher
from measures.tables.modifiers import LONGEST, NOTHING, Modifier, Sort, is_unit, modifier_of, unit_of
from measures.tables.names import is_same_practice, other_practice_in
from measures.tables.period import Span, is_day, nearest, span_of
from measures.tables.things import counts_it, is_draft, lone_thing

Column = tuple[int, dict[int, Match]]
HEAD_ROWS = 3
"""This many rows over the first heading may say what the columns hold."""


def column_of(sheet: SheetCells, matcher: Matcher) -> Column:
    """The column with most known headings that have something else to their right, and their meanings by row."""
    found: dict[int, dict[int, Match]] = {}
    for row, cells in enumerate(sheet.rows[:HEADING_ROWS]):
        matches = [(column, match) for column, cell in enumerate(cells) if (match := matcher.match(cell))]
        for place, (column, match) in enumerate(matches):
            if {other.field_id for _, other in matches[place + 1 :]} <= {match.field_id}:
                found.setdefault(column, {})[row] = match
    return max(found.items(), key=lambda item: (score(item[1]), -item[0]), default=(0, {}))


def score(rows: Mapping[int, Match]) -> int:
    """How much is known: certain fields weigh most."""
    sure = {match.field_id for match in rows.values() if match.is_sure}
    guessed = {match.field_id for match in rows.values() if match.certainty is Certainty.GUESS}
    return 10 * len(sure) + 6 * len(guessed - sure)


@dataclass(frozen=True, slots=True)
class _Answers:
    """The columns with numbers to the right of the headings, each with what stands over it; `first` row of all that."""

    said: Mapping[int, Modifier]
    words: Mapping[int, str]
    heads: tuple[int, ...]


def select_tall(sheet: SheetCells, matcher: Matcher, wanted: Wanted) -> Selection:
    """The numbers beside the headings."""
    column, rows = column_of(sheet, matcher)
    rows = _in_sections(sheet, without_titles(sheet, column, rows), matcher)
    counted = {row: match for row, match in rows.items() if match.counts}
    answers = _answers(sheet, column, rows)
    top = _top(sheet, rows)
    around = beside(sheet, {*range(top, min(rows)), *rows, *answers.heads}, min(rows), wanted, matcher.package)
    if stops := tuple(problem for problem in around.problems if problem.level is Level.BLOCK):
        return Selection(problems=stops[:1])
    if not counted and any(match.certainty is Certainty.OTHER for match in rows.values()):
        return refused("not_own_columns", sheet.where(min(rows), column))
    if not counted or not answers.said:
        return refused("no_numbers", sheet.where(min(counted or rows), column + 1))
    chosen = _column(sheet, answers, min(counted), wanted, matcher.package)
    if isinstance(chosen, Problem):
        return Selection(problems=(chosen,))
    said = answers.said[chosen]
    meant = {row: under(match, said, matcher) for row, match in rows.items()}
    meant = {row: _in_unit(sheet, row, column, chosen, match) for row, match in meant.items()}
    if not any(match.counts for match in meant.values()):
        per = next((match.per for match in meant.values() if match.certainty is Certainty.UNIT), None)
        where = sheet.where(min(rows), chosen)
        return refused("only_rates", where, per=per) if per is not None else refused("not_own_columns", where)
    over = sheet.where(max(answers.heads, default=0), chosen)
    doubts = _head_doubts(answers.words[chosen], over, wanted, matcher.package)
    head = max(answers.heads, default=min(rows))
    meant = _own_rows(sheet, meant, head, wanted)
    named = [row for row, match in meant.items() if match.counts]
    rowwise = beside_answers(sheet, named, head, (column, chosen), wanted)
    doubts = (*doubts, *rowwise.problems, *_heads(sheet, (column, chosen), rows, answers))
    if stops := tuple(problem for problem in doubts if problem.level is Level.BLOCK):
        return Selection(problems=stops)
    told = ((*around.problems, *doubts), (*around.times, *rowwise.times))
    return _read(sheet, matcher, wanted, (column, meant), chosen, told)


def _heads(sheet: SheetCells, columns: tuple[int, int], rows: Mapping[int, Match], answers: _Answers) -> list[Problem]:
    """What stands among or over the names of the fields and may change the numbers below: "Kvinder", "2025", or
    another column's head over the answers. `columns`: names, answers."""
    names, chosen = columns
    among = [
        row
        for row in range(min(rows), max(rows))
        if row not in rows and any(map(has_number, sheet.rows[row][names + 1 :]))
    ]
    said = [(row, names) for row in (*answers.heads, *among) if _may_head(at(sheet, row, names))]
    said += [(row, chosen) for row in range(max(rows) + 1, len(sheet.rows)) if says_who(sheet, row, columns)]
    said += unheaded_number(sheet, rows, answers.heads, names)
    heads = {words for column, words in answers.words.items() if column != chosen} - {"", answers.words[chosen]}
    said += [(row, chosen) for row in among if words_at(sheet, row, chosen) in heads]
    return [Problem("title_doubt", Level.WARN, sheet.where(*place), show(at(sheet, *place), 60)) for place in said]


def _may_head(cell: object) -> bool:
    return isinstance(cell, str | int) and (is_modifying(cell) or is_draft(cell))


def _own_rows(sheet: SheetCells, rows: dict[int, Match], head: int, wanted: Wanted) -> dict[int, Match]:
    """The rows with the practice's own number in a column for it; all where none has."""
    places = [column for column, cell in enumerate(sheet.rows[head]) if headers.is_ydernummer(cell)]
    numbers = {row: {headers.read_ydernummer(at(sheet, row, column)) for column in places} for row in rows}
    return {row: match for row, match in rows.items() if wanted.ydernummer in numbers[row]} or rows


def _head_doubts(words: str, where: Where, wanted: Wanted, package: Package) -> tuple[Problem, ...]:
    """What stands over the column against it: another practice, a time that names no year, or visits for people."""
    number = headers.read_ydernummer(words) if len(words.strip()) in {5, 6} else None
    if number not in (None, wanted.ydernummer):
        return (Problem("wrong_practice", Level.BLOCK, where, show(words), wanted.ydernummer),)
    if wanted.name and other_practice_in(words, wanted.name):
        return (Problem("other_practice", Level.WARN, where, show(words, 60), wanted.name),)
    vague = len(words) <= LONGEST and span_of(words) is None and is_vague(words)
    thing = lone_thing(words)
    if vague or is_draft(words) or (thing and not counts_it(package.fields, thing)):
        return (Problem("title_doubt", Level.WARN, where, show(words, 60)),)
    return ()


def _read(
    sheet: SheetCells,
    matcher: Matcher,
    wanted: Wanted,
    headings: Column,
    answers: int,
    around: tuple[tuple[Problem, ...], tuple[Placed, ...]],
) -> Selection:
    column, rows = headings
    found = {row: NamedPlace(row, match, _source(sheet, row, column, answers, match)) for row, match in rows.items()}
    hidden = {row for row in rows if row_hidden(sheet, row)}
    choice = picked(found, hidden, matcher.package, wanted)
    if choice.problem:
        return Selection(problems=(choice.problem,))
    named = {each.place: each.match for each in choice.chosen}
    unclear = {row: match for row, match in rows.items() if match.certainty is Certainty.UNCLEAR}
    doubts = about_headings({(row, column): m for row, m in {**named, **unclear}.items()}, sheet, matcher)
    if column_hidden(sheet, answers):
        doubts += (Problem("hidden_column", Level.WARN, sheet.where(min(rows), answers), params={"field": ""}),)
    times = tuple(
        (f"{match.span[0].isoformat()} - {match.span[1].isoformat()}", sheet.where(row, column))
        for row, match in named.items()
        if match.span
    )
    return Selection(
        {each.source.field_id: (each.source.cell, each.source.where) for each in choice.chosen},
        (),
        (*doubts, *choice.doubts, *around[0]),
        (*around[1], *times),
        0,
        {m.field_id: (*placed(sheet, row, answers), m.per) for row, m in rows.items() if m.certainty is Certainty.UNIT},
        {normal(at(sheet, row, column)): m.field_id for row, m in named.items() if m.certainty is Certainty.GUESS},
        {source.field_id: source for source in choice.sources},
    )


def _source(sheet: SheetCells, row: int, column: int, answers: int, match: Match) -> Evidence:
    heading, where = words_at(sheet, row, column), sheet.where(row, answers)
    return Evidence(match.field_id, at(sheet, row, answers), where, heading, match.span, fits=match.counts)


def without_titles(sheet: SheetCells, column: int, rows: dict[int, Match]) -> dict[int, Match]:
    """Without known words that stand alone over the others: a title such as "KOL 2025" says nothing of one row."""
    answered = [row for row in rows if any(cell is not None for cell in sheet.rows[row][column + 1 :])]
    return {row: match for row, match in rows.items() if row in answered} if answered else rows


def _top(sheet: SheetCells, rows: Mapping[int, Match]) -> int:
    """The row over the first heading when it holds a time or a unit alone, and so says something of all below."""
    over = min(rows) - 1
    said = [cell for cell in sheet.rows[over] if cell is not None] if over >= 0 else []
    return over if len(said) == 1 and (is_unit(said[0]) or is_only_time(said[0])) else min(rows)


def _in_sections(sheet: SheetCells, rows: dict[int, Match], matcher: Matcher) -> dict[int, Match]:
    """The headings under lines of words alone that say something of all below: "2025", "Mænd", "Eksempel"."""
    found: dict[int, Match] = {}
    over = NOTHING
    for row in range(_top(sheet, rows), max(rows) + 1):
        said = [cell for cell in sheet.rows[row] if cell is not None]
        if row in rows:
            found[row] = under(rows[row], over, matcher)
        elif len(said) == 1:
            over = modifier_of(said[0])
    return found


def _in_unit(sheet: SheetCells, row: int, column: int, answers: int, match: Match) -> Match:
    """The heading's meaning with the unit that stands in a cell of its own beside it: "%", "pr. 1.000"."""
    for place, cell in enumerate(sheet.rows[row]):
        if place not in (column, answers) and is_unit(cell) and (per := unit_of(cell)) is not None:
            return replace(match, certainty=Certainty.UNIT, per=per)
    return match


def _answers(sheet: SheetCells, column: int, rows: Mapping[int, Match]) -> _Answers:
    width = max(len(sheet.rows[row]) for row in rows)
    first = min(rows)
    columns = [c for c in range(column + 1, width) if any(has_number(at(sheet, row, c)) for row in rows)]
    heads = tuple(row for row in range(max(first - HEAD_ROWS, 0), first) if _is_head(sheet, row, column, columns))
    said: dict[int, Modifier] = {}
    words: dict[int, str] = {}
    for c in columns:
        over = NOTHING
        told = []
        for row in reversed(heads):
            place = _covering(sheet, row, c, column)
            if place is not None:
                over |= modifier_of(at(sheet, row, place))
                told.append(words_at(sheet, row, place))
        if over.span and is_day(over.span):
            over = replace(over, span=None)
        if not over.has(Sort.KEY):
            said[c], words[c] = over, " ".join(reversed(told))
    return _Answers(said, words, heads)


def _is_head(sheet: SheetCells, row: int, column: int, columns: list[int]) -> bool:
    """Whether a row over the headings names the columns, and is no line with a label and its value."""
    cells = sheet.rows[row]
    said = [cell for cell in cells if cell is not None]
    limits = len(said) == 2 and span_of(said[1]) is None and is_limited(str(said[0]), said[1])
    if is_line(sheet, row) or limits:
        return False
    return any(at(sheet, row, c) is not None for c in columns) and len(cells) > column + 1


def _covering(sheet: SheetCells, row: int, column: int, labels: int) -> int | None:
    """The cell of a head row over a column: its own, or the nearest to the left (merged), right of the headings."""
    return next((c for c in range(column, labels, -1) if at(sheet, row, c) is not None), None)


def _column(sheet: SheetCells, answers: _Answers, first: int, wanted: Wanted, package: Package) -> int | Problem:
    """The one column that is the practice's, from the wanted time, in whole numbers; else a question with them all."""
    said = answers.said
    left = list(said)
    own = [c for c in left if is_owner(answers.words[c], wanted)]
    left = own or [c for c in left if headers.read_ydernummer(answers.words[c]) is None] or left
    plain = [c for c in left if not said[c].has(Sort.UNIT, Sort.NOT, Sort.OTHERS, Sort.EXAMPLE)] or left
    plain = [c for c in plain if not said[c].thing or counts_it(package.fields, said[c].thing)] or plain
    timed = _in_time(plain, said, wanted.period)
    if len(timed) == 1:
        return timed[0]
    rows = range(first, min(len(sheet.rows), first + HEADING_ROWS))
    different = {tuple(at(sheet, row, c) for row in rows): c for c in reversed(timed)}
    if len(different) == 1:
        return timed[0]
    options = {c: Option(f"c.{c}", _whole_column(sheet, c), answers.words[c]) for c in timed}
    return choose("several_columns", "c", options, wanted.answers, sheet.where(first, timed[1]))


def _in_time(columns: list[int], said: Mapping[int, Modifier], period: Span | None) -> list[int]:
    if period is None:
        return columns
    spans = {c: span for c in columns if (span := said[c].span)}
    return sorted((*nearest(spans, period), *(c for c in columns if c not in spans))) or columns


def is_owner(words: str, wanted: Wanted) -> bool:
    """Whether a column's head names the practice that is asked for."""
    if not words:
        return False
    if headers.read_ydernummer(words) == wanted.ydernummer:
        return True
    return bool(wanted.name) and is_same_practice(words, wanted.name)


def _whole_column(sheet: SheetCells, column: int) -> Where:
    place = sheet.where(0, column)
    return Where(place.sheet, None, place.column)
