"""Of several rows that a file has for one practice, the one that is meant; or what tells them apart."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from measures.layouts.torn import whole_row
from measures.layouts.wide import Headings
from measures.reading.counts import read_count
from measures.reading.cpr import has_cpr
from measures.reading.headers import is_sum, is_total, normal
from measures.reading.problems import Level, Option, Problem, show
from measures.reading.table import SheetCells
from measures.tables.chosen import at, row_hidden, words_at
from measures.tables.evidence import Answers
from measures.tables.modifiers import Sort, is_thousands, is_unit, modifier_of, unit_of
from measures.tables.period import Span, nearest, span_of, span_under

LABELS = 30
"""This many columns are looked at for words that tell rows apart."""
MOST_VALUES = 6
"""Of what tells rows apart, that many are shown."""
DECIMAL = re.compile(r"\s*-?\d+(?:[.,]\d+)+\s*")
"""Also figures with several points, "1.12.2.2395": a place in somebody's list, and no ages."""
BY_WORDS = "a"
"""Begins an answer that says which words' rows are meant: with the column behind it, then a row that has them."""
NO_ANSWERS: Answers = {}
ENDS = (" i alt", " ialt", " total", " totalt", " samlet", " all", " alle")


@dataclass(frozen=True, slots=True)
class PracticeRow:
    """A row of a practice; `is_sum` when the practice's own cell says that it is the sum of its rows."""

    row: int
    is_sum: bool = False


def one_row(
    sheet: SheetCells,
    lines: Sequence[PracticeRow],
    headings: Headings,
    owners: Sequence[int],
    period: Span | None,
    answers: Answers = NO_ANSWERS,
) -> int | Problem:
    """The row of a practice: of the period; of those left the whole, if the rest are its parts; else the refusal.

    `owners` are the columns that say whose a row is; `answers` what the sender chose where words tell rows apart.
    """
    lines = _chosen(sheet, lines, answers)
    shown = [line for line in lines if not row_hidden(sheet, line.row)] or list(lines)
    left = _distinct(sheet, _in_time(sheet, shown, headings, owners, period), headings, owners)
    if len(left) == 1:
        return left[0].row
    apart = _apart(sheet, left, labels_of(sheet, headings, owners)) or _apart(sheet, left, owners)
    wholes = [line for line in left if line.is_sum or _is_whole(sheet, line.row, apart)]
    if len(wholes) == 1 and _has_parts(sheet, wholes[0], left, headings):
        return wholes[0].row
    return _refused(sheet, left, headings, apart)


def _chosen(sheet: SheetCells, lines: Sequence[PracticeRow], answers: Answers) -> Sequence[PracticeRow]:
    """The rows with the words that were chosen; all of a practice that has none such (`not_chosen`)."""
    for column, row in _picks(answers):
        lines = [line for line in lines if at(sheet, line.row, column) == at(sheet, row, column)] or lines
    return lines


def _picks(answers: Answers) -> Iterator[tuple[int, int]]:
    """The columns in which words were chosen, each with a row that has them."""
    for kind, row in answers.items():
        if kind.startswith(BY_WORDS) and kind[len(BY_WORDS) :].isdecimal():
            yield int(kind[len(BY_WORDS) :]), row


def not_chosen(sheet: SheetCells, row: int, answers: Answers) -> str:
    """The words of a row where the sender chose others, "Kontrol" for "Ny": the practice has none such; else ""."""
    for column, like in _picks(answers):
        if like < len(sheet.rows) and at(sheet, row, column) not in (None, at(sheet, like, column)):
            return _word(sheet, row, column)
    return ""


def labels_of(sheet: SheetCells, headings: Headings, owners: Sequence[int]) -> list[int]:
    """The columns that hold neither numbers that are asked for, nor whose they are."""
    width = min(LABELS, max((len(row) for row in sheet.rows[headings.first : headings.last + 1]), default=0))
    return [column for column in range(width) if column not in headings.columns and column not in owners]


def is_whole(cell: object) -> bool:
    """Whether a label says that a row is all of something: "I alt", "Years, total", "Alle"."""
    said = normal(cell) if isinstance(cell, str) else ""
    return bool(said) and (is_sum(cell) or said.endswith(ENDS))


def is_plain_label(word: str) -> bool:
    """Whether a label is one that groups have, such as "Kvinder", "65+ år" or "2026", and can't be anybody's name."""
    return is_whole(word) or bool(modifier_of(word).sorts) or span_of(word) is not None or word.strip().isdigit()


def _in_time(
    sheet: SheetCells, lines: list[PracticeRow], headings: Headings, owners: Sequence[int], period: Span | None
) -> list[PracticeRow]:
    """The rows from the period where they say from when; all of them where they don't, or none is from it.

    A row that says no time may be from any.
    """
    column = _period_column(sheet, lines, headings, owners)
    if len(lines) < 2 or column is None or period is None:
        return lines
    spans = {line: span_under(at(sheet, line.row, column)) for line in lines}
    same = [line for line, span in spans.items() if span == period]
    dated = {line: span for line, span in spans.items() if span}
    near = same or nearest(dated, period)
    if not near and len(dated) < len(lines):
        return lines  # the rest say another time, so nobody knows what a row without one is from
    left = [line for line in lines if line in near or line not in dated]
    return left or [lines[0]]  # none of them: the period is refused where the row is judged


def _period_column(
    sheet: SheetCells, lines: list[PracticeRow], headings: Headings, owners: Sequence[int]
) -> int | None:
    if headings.period is not None:
        return headings.period
    for column in labels_of(sheet, headings, owners):
        cells = [at(sheet, line.row, column) for line in lines]
        if len(set(cells)) > 1 and all(_is_time(cell) for cell in cells):
            return column
    return None


def _is_time(cell: object) -> bool:
    """Whether a cell under any heading can be nothing but a time."""
    if isinstance(cell, str) and not cell.strip().isdigit():
        return span_under(cell) is not None
    return cell is not None and len(str(cell)) == len("2026") and span_under(cell) is not None


def _distinct(
    sheet: SheetCells, lines: list[PracticeRow], headings: Headings, owners: Sequence[int]
) -> list[PracticeRow]:
    """The first of rows that say the same, words and numbers: none for men and none for women are two rows."""
    seen: dict[tuple[object, ...], PracticeRow] = {}
    worded = labels_of(sheet, headings, owners)
    for line in lines:
        words = [cell for column in worded if _is_worded(cell := at(sheet, line.row, column))]
        numbers = [at(sheet, line.row, column) for column in headings.counted]
        seen.setdefault((line.is_sum, *words, *numbers), line)
    return list(seen.values())


def _apart(sheet: SheetCells, lines: list[PracticeRow], among: Sequence[int]) -> list[int]:
    """Of these columns those whose words differ between the rows; running numbers only when there is nothing else."""
    said = {column: {at(sheet, line.row, column) for line in lines} for column in among}
    several = [column for column in among if len(said[column] - {None}) > 1]  # not what is written once for all
    columns = several or [column for column in among if len(said[column]) > 1]
    worded = [column for column in columns if any(_is_worded(at(sheet, line.row, column)) for line in lines)]
    return worded or columns


def _is_worded(cell: object) -> bool:
    return isinstance(cell, str) and any(letter.isalpha() for letter in cell)


def _is_count(cell: object) -> bool:
    is_number = isinstance(cell, int | float) or (isinstance(cell, str) and cell.strip().isdigit())
    return is_number and not _is_time(cell)


def _is_whole(sheet: SheetCells, row: int, apart: list[int]) -> bool:
    """Whether everything that tells the row apart says "all"; a blank there says nothing."""
    cells = [at(sheet, row, column) for column in apart]
    said = [cell for cell in cells if cell is not None]
    return bool(said) and all(is_whole(cell) for cell in said)


def _has_parts(sheet: SheetCells, whole: PracticeRow, lines: list[PracticeRow], headings: Headings) -> bool:
    """Whether no other row has more than the whole, in any number that is asked for."""
    for column in headings.counted:
        most = _amount(sheet, whole.row, column)
        others = [_amount(sheet, line.row, column) for line in lines if line is not whole]
        if most is not None and any(each is not None and each > most for each in others):
            return False
        if most is None and any(each is not None for each in others):
            return False
    return True


def _amount(sheet: SheetCells, row: int, column: int) -> float | None:
    count = read_count(at(sheet, row, column))
    return count.decimal if count.decimal is not None else count.value


def _refused(sheet: SheetCells, lines: list[PracticeRow], headings: Headings, apart: list[int]) -> Problem:
    place = whole_row(sheet, lines[1].row)
    params: dict[str, object] = {"n": len(lines)}
    if not apart:
        return Problem("practice_twice", Level.BLOCK, place, params=params)
    column = apart[0]
    values = dict.fromkeys(_word(sheet, line.row, column) for line in lines)
    shown = [value for value in values if value][:MOST_VALUES]
    heading = words_at(sheet, headings.last, column) or words_at(sheet, headings.first, column)
    params |= {"column": sheet.where(lines[1].row, column).column, "heading": heading, "values": ", ".join(shown)}
    if any(_is_count(at(sheet, line.row, column)) for line in lines):  # others' numbers are no words to choose among
        return Problem("rows_apart", Level.BLOCK, place, params=params)
    options = tuple(
        Option(f"{BY_WORDS}{column}.{line.row}", sheet.where(line.row, column), _word(sheet, line.row, column))
        for line in {at(sheet, line.row, column): line for line in reversed(lines)}.values()
    )
    return Problem("rows_apart", Level.BLOCK, place, params=params, options=options[::-1])


def _word(sheet: SheetCells, row: int, column: int) -> str:
    cell = at(sheet, row, column)
    return "" if cell is None or has_cpr(str(cell)) else show(cell)


def part_label(
    sheet: SheetCells, row: int, headings: Headings, owners: Sequence[int], is_meant: Callable[[int, str], bool]
) -> str:
    """A label that makes the row only some of the people, "Kvinder"; "" when there is none, or `is_meant` by the
    fields: it is asked with the column and its words."""
    cells = [(column, at(sheet, row, column)) for column in labels_of(sheet, headings, owners)]
    units = (str(cell) for _, cell in cells if unit_of(cell) is not None and (is_unit(cell) or is_thousands(cell)))
    if unit := next(units, ""):
        return unit
    for column, cell in cells:
        if not isinstance(cell, str) or is_whole(cell) or DECIMAL.fullmatch(cell) or not is_plain_label(cell):
            continue
        if modifier_of(cell).has(Sort.PART) and not is_meant(column, cell):
            return cell
    return ""


def other_label(sheet: SheetCells, row: int, headings: Headings, owners: Sequence[int]) -> str:
    """A label in the row that makes it a mean or somebody else's; "" when there is none. A sum can be its own."""
    cells = (at(sheet, row, column) for column in (*labels_of(sheet, headings, owners), *owners))
    return next((str(cell) for cell in cells if is_total(cell) and not is_whole(cell)), "")
