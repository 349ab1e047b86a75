"""What stands beside a table in its sheet: title lines, whose file it is, the time it is about, prints and notes."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from measures.packages.package import Package
from measures.reading import headers
from measures.reading.headers import normal
from measures.reading.problems import Level, Problem, Where, show
from measures.reading.table import Cell, SheetCells
from measures.tables import fields
from measures.tables.chosen import HEADING_ROWS, Placed, Wanted, at, placed
from measures.tables.modifiers import EXAMPLE, NOT, OTHERS, PART, Sort, is_unit, modifier_of, unit_of
from measures.tables.names import is_same_practice, other_practice_in
from measures.tables.people import BOTH_SEXES, EVERY_AGE
from measures.tables.period import MONTHS, Span, overlaps, span_of, span_under, written
from measures.tables.things import counts_it, is_draft, lone_thing

LONGEST_TITLE = 120
LONGEST_TEXT = 2000
"""So much of an explanation is looked through."""
ONLY = frozenset({"kun", "only", "alene", "udelukkende"})
NUMBER = re.compile(r"(?<![\d.,/-])[O0o]?\d{5,6}(?![\d.,/-])")
ELSE_WORDS = """
skabelon version vejledning copyright kilde source standard maal guideline retningslinje udviklet template
"""
ELSE = frozenset(ELSE_WORDS.split())
"""Words of lines whose year says nothing of the numbers."""
TIME_STARTS = ("udtr", "udskr", "opg", "dann", "rapport", "periode", "data", "tal", "print", "created", "gaeld", "hent")
ABOUT_ALL = (
    "kun ",
    "only ",
    "omfatter ",
    "enhed ",
    "alle tal",
    "tal er",
    "tal i",
    "tallene",
    "all numbers",
    "all figures",
    "numbers are",
    "figures are",
)
"""How a line below a table begins that is about all of its numbers."""
LIMIT_STARTS = """
filter udvalg afgraens stikproeve kohorte laege behandler kliniker koen alder filial gruppe patientgruppe status
afdeling afsnit satellit satelit lokation matrikel team hold underenhed sygeplejerske branch department
sex gender age doctor physician cohort sample selection subgroup
"""
LIMITS = tuple(LIMIT_STARTS.split())
DOCTORS = frozenset(("laege", "laegen", "laeger", "laegenavn", "laegeid", "laegens navn"))
"""Of words that begin with "læge", those that name one doctor: "lægehus" and "lægekapaciteter" don't."""
"""How a line begins that says which patients, or whose, were counted."""
EVERYBODY = frozenset(
    ("alle", "alt", "all", "ingen", "intet", "none", "begge", "hele praksis", "praksis", "persons", "personer")
)
SOME = re.compile(r"\b(?:stikproeve\w*|over \d\d?|under \d\d?|\d\d? ?(?:aar|aarige)|testdata|test|kladde)\b")
VAGUE = re.compile(
    r"\b(?:sidste aar|forrige aar|aaret foer|i fjor|forrige|last year|previous year|uge \d\d?|week \d\d?"
    r"|[kq][1-4]|[1-4] kv|[1-4] kvartal|[12] halvaar)\b"
)
"""Times that name no year, so that nobody can say whether they are meant."""
LONG_MONTHS = frozenset(MONTHS)
SHORT_YEAR = re.compile(r"['’´`]\d\d\b|\b(\d\d)/(\d\d)\b|\b[kq][1-4][- /]\d\d\b")
LABELLED = re.compile(r"\s*([^:=;]{2,40}?)\s*[:=]\s*(\S.*)")


@dataclass(frozen=True, slots=True)
class Beside:
    """`problems` refuse or ask; `times` are the cells that say when the numbers are from."""

    problems: tuple[Problem, ...] = ()
    times: tuple[Placed, ...] = ()


def beside(sheet: SheetCells, table: Collection[int], first: int, wanted: Wanted, package: Package) -> Beside:
    """What the sheet says outside the rows of `table` (its headings and its numbers), which begins in row `first`."""
    problems: list[Problem] = []
    times: list[Placed] = []
    bounds: list[tuple[Span, Where]] = []
    for row, cells in enumerate(sheet.rows[: HEADING_ROWS + first]):
        if row in table:
            continue
        said = [column for column, cell in enumerate(cells) if cell is not None]
        for label, value, where in _labelled(sheet, row, said):
            problem = whose(label, value, where, wanted)
            problems += [problem] if problem else []
            if (row < first or len(said) == 2) and is_limited(label, value) and not _is_own(value, wanted):
                problems.append(Problem("title_doubt", Level.WARN, where, show(f"{label}: {value}", 60)))
            if headers.is_period(label) and span_under(value):
                times.append((as_time(value), where))
            if headers.is_bound(label) and (span := span_under(value)):
                bounds.append((span, where))
        if row < first and len(said) in {1, 2} and not any(headers.is_period(at(sheet, row, each)) for each in said):
            times += _title_times(sheet, row, said)
        if row < first and len(said) == 1:
            problem = _title(at(sheet, row, said[0]), sheet.where(row, said[0]), wanted, package)
            problems += [problem] if problem else []
        elif row > first and len(said) == 1:
            times += _title_times(sheet, row, said) if _tells_time(at(sheet, row, said[0])) else ()
            problems += _below(at(sheet, row, said[0]), sheet.where(row, said[0]))
        elif row > first and len(said) == 2 and not headers.is_label(at(sheet, row, said[0])):
            note, where = at(sheet, row, said[1]), sheet.where(row, said[1])
            times += _title_times(sheet, row, said[1:]) if _tells_time(note) and not _is_else(sheet, row, said) else ()
            problems += _below(note, where) or _below(f"{at(sheet, row, said[0])} {note}", where)
        if len(said) == 1:
            problems += long_line(at(sheet, row, said[0]), sheet.where(row, said[0]), wanted, over=row < first)
    return Beside(tuple(problems), (*times, *between(bounds)))


def between(bounds: Sequence[tuple[Span, Where]]) -> tuple[Placed, ...]:
    """The time from a first to a last day that stand in cells of their own; none where neither does."""
    if not bounds:
        return ()
    first, last = min(span[0] for span, _ in bounds), max(span[1] for span, _ in bounds)
    return ((f"{first.isoformat()} - {last.isoformat()}", bounds[-1][1]),)


def as_time(value: Cell) -> Cell:
    """A time that only its heading makes readable (`202511`), as one that can be read alone."""
    if span_of(value) is not None and not re.fullmatch(r"\d{6}|\d{8}", str(value)):
        return value
    span = span_under(value)
    return f"{span[0].isoformat()} - {span[1].isoformat()}" if span else value


def _labelled(sheet: SheetCells, row: int, said: list[int]) -> Iterator[tuple[str, Cell, Where]]:
    """Labels with their values: in the next filled cell, in the same behind a colon, or, under nothing but labels,
    in the row below."""
    if len(said) > 1 and all(headers.is_label(at(sheet, row, column)) for column in said):
        if row + 1 < len(sheet.rows):
            yield from ((str(at(sheet, row, c)), at(sheet, row + 1, c), sheet.where(row + 1, c)) for c in said)
        return
    for place, column in enumerate(said):
        cell = at(sheet, row, column)
        if not isinstance(cell, str) or len(cell) > LONGEST_TITLE:
            continue
        if (parts := LABELLED.match(cell)) and normal(parts[1]):
            yield parts[1], parts[2], sheet.where(row, column)
        elif place + 1 < len(said):
            yield cell.rstrip(": "), at(sheet, row, said[place + 1]), sheet.where(row, said[place + 1])


def whose(label: str, value: Cell, where: Where, wanted: Wanted) -> Problem | None:
    """A practice number or name in the head that is not the sender's."""
    if headers.is_ydernummer(label) and (len(str(value)) > len("2026") or span_of(value) is None) and value is not None:
        found = headers.read_ydernummer(str(value).split()[0] if str(value).strip() else value)
        if found != wanted.ydernummer:
            return Problem("wrong_practice", Level.BLOCK, where, show(value), wanted.ydernummer)
        if headers.is_mended(value):
            return Problem("number_mended", Level.INFO, where, show(value), found)
    elif headers.is_practice(label) and wanted.name and isinstance(value, str):
        same = is_same_practice(value, wanted.name, wanted.ydernummer)
        return None if same else Problem("other_practice", Level.WARN, where, show(value, 60), wanted.name)
    return None


def _title_times(sheet: SheetCells, row: int, said: list[int]) -> Iterator[Placed]:
    cell = at(sheet, row, said[-1])
    words = set(normal(" ".join(str(at(sheet, row, column)) for column in said)).split())
    if isinstance(cell, str | int) and not isinstance(cell, bool) and len(str(cell)) <= LONGEST_TITLE:
        text = NUMBER.sub(" ", cell) if isinstance(cell, str) else cell
        is_year = isinstance(cell, str) or 1990 <= cell <= 2100
        if is_year and span_of(text) and not words & ELSE and len(said) == 1:
            yield (text if isinstance(text, int) else text.strip()), sheet.where(row, said[-1])
        elif not words & ELSE and len(said) == 2 and _tells_time(at(sheet, row, said[0])):
            if is_year and span_of(text):
                yield placed(sheet, row, said[-1])
            elif span_under(cell):
                yield as_time(cell), sheet.where(row, said[-1])


def _is_else(sheet: SheetCells, row: int, said: list[int]) -> bool:
    return bool(ELSE & set(normal(at(sheet, row, said[0])).split()))


def _tells_time(label: Cell) -> bool:
    """Whether a line such as "Udtrukket; 2-5-2026" or "Rapport for; 2025" speaks of the time of the file."""
    return isinstance(label, str) and normal(label).startswith(TIME_STARTS)


def _title(cell: Cell, where: Where, wanted: Wanted, package: Package) -> Problem | None:
    """A line over the table that names somebody else, or makes its numbers something else."""
    if not isinstance(cell, str) or len(cell) > LONGEST_TITLE:
        return None
    said = normal(cell)
    words = said.split()
    numbers = [headers.read_ydernummer(found) for found in NUMBER.findall(cell)]
    if any(word.startswith("yder") for word in words) and numbers and wanted.ydernummer not in numbers:
        return Problem("wrong_practice", Level.BLOCK, where, show(cell), wanted.ydernummer)
    if wanted.name and other_practice_in(cell, wanted.name) and wanted.ydernummer not in numbers:
        return Problem("other_practice", Level.WARN, where, show(cell, 60), wanted.name)
    found = modifier_of(cell)
    rest = set(words) - NOT - PART - OTHERS - EXAMPLE
    pure = all(word.isdigit() or len(word) < 3 for word in rest)
    named = {word for item in package.fields for name in fields.names_of(item) for word in name.split()}
    asks = (
        unit_of(cell) is not None
        or (found.has(Sort.NOT) and bool(rest & {word for word in named if len(word) > 2}))
        or (found.has(Sort.OTHERS, Sort.EXAMPLE, Sort.PART) and (pure or ONLY & set(words)))
        or found.has(Sort.EXAMPLE)
        or (found.span is None and (SOME.search(said) is not None or is_vague(cell)))
        or is_draft(cell)
        or _counts_else(cell, package)
    )
    return Problem("title_doubt", Level.WARN, where, show(cell, 60)) if asks else None


def _below(cell: Cell, where: Where) -> list[Problem]:
    """A line below the table that makes all its numbers something else: per cent, a region's, some of the people's."""
    if not isinstance(cell, str) or len(cell) > LONGEST_TITLE:
        return []
    if is_draft(cell):
        return [Problem("title_doubt", Level.WARN, where, show(cell, 60))]
    if not normal(cell).startswith(ABOUT_ALL):
        return []
    said, words = normal(cell), set(normal(cell).split())
    other = bool(words & (NOT | PART | OTHERS | EXAMPLE)) or SOME.search(said) is not None
    is_doubt = other or unit_of(said[-40:]) is not None
    return [Problem("title_doubt", Level.WARN, where, show(cell, 60))] if is_doubt else []


def long_line(cell: Cell, where: Where, wanted: Wanted, *, over: bool) -> list[Problem]:
    """A line too long for a title, with words in it that change all numbers: not final, only some, another year.

    What a long text mentions may be anything, so it is asked about and refuses nothing.
    """
    if not isinstance(cell, str) or len(cell) <= LONGEST_TITLE:
        return []
    text = cell[:LONGEST_TEXT]
    parts = re.split(r"[.;:!?]\s|\n", text)
    some = (each.strip() for each in parts if is_draft(each) or _is_only_some(each))
    if (said := next(some, "")) or not over:
        return [Problem("title_doubt", Level.WARN, where, show(said, 60))] if said else []
    years = [span for each in parts if not set(normal(each).split()) & ELSE and (span := span_of(each))]
    if wanted.period and years and not any(overlaps(span, wanted.period) for span in years):
        return [Problem("title_doubt", Level.WARN, where, written(years[0]))]
    return []


def _is_only_some(text: str) -> bool:
    words = set(normal(text).split())
    return bool(words & ONLY) and (bool(words & PART) or SOME.search(normal(text)) is not None)


def _counts_else(cell: str, package: Package) -> bool:
    """Whether a line says that something else was counted than any of the package's fields."""
    thing = lone_thing(cell)
    return bool(thing) and not counts_it(package.fields, thing)


def _is_own(value: Cell, wanted: Wanted) -> bool:
    """Whether a value is the practice's own name, whatever it is called there."""
    return isinstance(value, str) and bool(wanted.name) and is_same_practice(value, wanted.name, wanted.ydernummer)


def is_limited(label: str, value: Cell) -> bool:
    """Whether a labelled line over the table says that not everybody was counted: "Filter: kvinder", "Læge: NN"."""
    return (
        isinstance(value, str)
        and normal(label).startswith(LIMITS)
        and len(normal(label).split()) == 1
        and not headers.is_practice(label)
        and (not normal(label).startswith("laege") or normal(label) in DOCTORS)
        and normal(value) not in EVERYBODY
        and not normal(value).startswith(("alle ", "begge ", "hele "))
        and not normal(value).endswith((" i alt", " total", " in all"))
        and not (BOTH_SEXES.fullmatch(normal(value)) or EVERY_AGE.fullmatch(normal(value)))
        and not is_unit(value)
    )


def is_vague(cell: str) -> bool:
    """Whether a title names a time without a whole year: "uge 14", "marts", "KOL '25", "24/25"."""
    said = normal(cell)
    short = SHORT_YEAR.search(cell.casefold())
    follows = short is not None and (short[1] is None or int(short[2]) == (int(short[1]) + 1) % 100)
    return follows or VAGUE.search(said) is not None or bool(set(said.split()) & LONG_MONTHS)
