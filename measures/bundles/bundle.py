"""Files that hold all practices of a cluster, from a region or a municipality: one verdict for each practice.

Rows are known by practice number, or by the sender's own names of practices; a name that is only alike needs a click,
and is remembered. Rows of practices outside the cluster are counted and never kept.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from measures.bundles.choice import choice_of, choice_of_sheets
from measures.bundles.grouped import PracticeRow, one_row
from measures.bundles.owners import Owners, is_namesake_prone
from measures.bundles.page import Lines, SheetOfMany, elsewhere, lines_of, of_known_size, page_of, selection_of
from measures.bundles.virtual import has_columns_beside, laid_out
from measures.checking.validation import Period, PracticeFacts, Verdict, judge, personal
from measures.layouts.selection import fitting_sheets, has_numbers, knowing
from measures.layouts.shapes import named_in_both
from measures.layouts.wide import headings_of, nothing_own
from measures.layouts.wide_rows import rows_of
from measures.packages.package import Package
from measures.reading.headers import normal
from measures.reading.problems import Level, Problem, Where, show
from measures.reading.style import decimal_mark
from measures.reading.table import Table
from measures.tables.chosen import Wanted, at, words_at
from measures.tables.evidence import Answers
from measures.tables.heading_matcher import Matcher
from measures.tables.period import span_of
from measures.tables.readings import Values

FIRST_ROWS = 200
"""Enough to see whether a file has several rows."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """What a file says about each practice of the cluster.

    `problems` stop the whole file. `guessed` are the sender's names of practices that were only alike, with the
    practice number: kept once somebody has said yes, and given back as `matches`. `strangers` counts rows of others.
    """

    verdicts: Mapping[str, Verdict] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()
    choice: Problem | None = None
    """What the sender can choose once for all practices (`Problem.options`); given back as `answers`."""
    guessed: Mapping[str, str] = field(default_factory=dict)
    strangers: int = 0

    @property
    def usable(self) -> dict[str, dict[str, float | None]]:
        """The numbers that nothing stops, by practice number: the good part of a file with faults."""
        return {number: verdict.values for number, verdict in self.verdicts.items() if verdict.ok}


def read_many(
    table: Table,
    package: Package,
    practices: Sequence[PracticeFacts],
    *,
    previous: Mapping[str, Values] | None = None,
    period: Period | None = None,
    learned: Mapping[str, str] | None = None,
    matches: Mapping[str, str] | None = None,
    answers: Answers | None = None,
) -> Bundle:
    """A verdict for each practice that is in the file. `learned` are headings and `matches` names confirmed before,
    `answers` what the sender chose where the file left a choice."""
    if private := personal(table):
        return Bundle(problems=private)
    matcher = Matcher(package, learned)
    owners = Owners(practices, matches or {})
    sent = table.sheets
    table = replace(table, sheets=tuple(laid_out(sheet, matcher, owners) for sheet in sent))
    known = [number for number in knowing(table, matcher) if has_numbers(table.sheets[number], matcher)]
    if not known:
        expected = ", ".join(item.short.da for item in package.fields)
        return Bundle(problems=(Problem("no_known_columns", Level.BLOCK, expected=expected),))
    answers = answers or {}
    mark, fitting = decimal_mark(table), fitting_sheets(table, known, period)
    fitting = [answers["s"]] if answers.get("s") in fitting else fitting
    if not fitting:
        return Bundle(problems=(Problem("example_sheet", Level.BLOCK, Where(table.sheets[known[0]].name)),))
    if twice := next(filter(None, (named_in_both(sent[number], matcher) for number in fitting)), None):
        return Bundle(problems=(twice,))
    pages = [page_of(table.sheets[number], matcher, owners, period, mark, number) for number in fitting]
    stops = [stop for page in pages if (stop := nothing_own(page.sheet, page.headings, package))]
    if len(stops) == len(pages):
        return Bundle(problems=(stops[0],))
    named = [page for page in pages if page.whose.named] or [page for page in pages if page.whose.columns]
    if not named:
        return Bundle(problems=(_nobody_known(pages[0]),))
    read = [_Reader(page, owners, matcher, period, previous or {}, answers).read() for page in named]
    if not any(bundle.verdicts for bundle in read):
        return Bundle(problems=(_nobody_known(named[0]),))
    whole = _together(read, named)
    missing = [
        Problem("practice_missing", Level.INFO, params={"name": facts.name or facts.ydernummer})
        for facts in practices
        if facts.ydernummer not in whole.verdicts
    ]
    if whole.problems:
        return whole
    notes = (*whole.notes, *missing)
    stops = [problem for verdict in whole.verdicts.values() for problem in verdict.problems]
    choice = choice_of(named[0].sheet, stops) if len(named) == 1 else None
    return replace(whole, notes=notes, choice=choice)


def read_bundle(
    table: Table,
    package: Package,
    practices: Sequence[PracticeFacts],
    period: Period,
    learned: Mapping[str, str],
    matches: Mapping[str, str],
    answers: Answers,
) -> Bundle:
    """As `read_many`, for another process: everything by its place."""
    return read_many(table, package, practices, period=period, learned=learned, matches=matches, answers=answers)


def is_about_many(table: Table, package: Package) -> bool:
    """Whether a file has several rows that can be several practices': worth reading as a file about all of them."""
    if table.personal:
        return False
    matcher = Matcher(package)
    found = [(table.sheets[number], headings_of(table.sheets[number], matcher)) for number in knowing(table, matcher)]
    return any(
        (headings.columns and len(rows_of(sheet, headings, FIRST_ROWS)) > 1) or has_columns_beside(sheet, matcher)
        for sheet, headings in found
    )


def _nobody_known(page: SheetOfMany) -> Problem:
    """The numbers are known, and whose they are is not."""
    if not page.whose.columns:
        return Problem("owner_missing", Level.BLOCK, Where(page.sheet.name))
    column = page.whose.columns[0]
    heading = words_at(page.sheet, page.headings.last, column) or words_at(page.sheet, page.headings.first, column)
    said = {at(page.sheet, row, column) for row in page.rows} - {None}
    place = page.sheet.where(page.headings.last, column)
    params = {"heading": heading, "column": place.column, "n": len(said)}
    return Problem("owner_unknown", Level.BLOCK, Where(page.sheet.name), params=params)


def _together(read: Sequence[Bundle], pages: Sequence[SheetOfMany]) -> Bundle:
    """Several sheets as one, where each practice stands in one of them only and none is another time's."""
    if len(read) == 1:
        return read[0]
    counts = [number for bundle in read for number in bundle.verdicts]
    dated = any(span_of(page.sheet.name or "") for page in pages)
    if dated or len(counts) != len(set(counts)):
        stop = choice_of_sheets({page.number: page.sheet.name or "" for page in pages}, len(set(counts)))
        return Bundle(problems=(stop,), choice=stop if stop.options else None)
    verdicts = {number: verdict for bundle in read for number, verdict in bundle.verdicts.items()}
    guessed = {name: number for bundle in read for name, number in bundle.guessed.items()}
    notes = tuple(note for bundle in read for note in bundle.notes)
    return Bundle(verdicts, (), notes, guessed=guessed, strangers=sum(bundle.strangers for bundle in read))


def _rounded_by_column(verdict: Verdict) -> Verdict:
    """Rounding is a question about a column, the same for every practice; each number's own is a note."""
    rounded = [each for each in verdict.questions if each.code == "rounded"]
    columns = {str(each.params["id"]): each for each in rounded}
    asked = [
        Problem(
            "column_rounded",
            Level.WARN,
            Where(each.where.sheet, None, each.where.column) if each.where else None,
            params={"id": name, "field": each.params["field"]},
        )
        for name, each in columns.items()
    ]
    left = [each for each in verdict.questions if each not in rounded]
    notes = (*verdict.notes, *(replace(each, level=Level.INFO) for each in rounded))
    return replace(verdict, questions=(*left, *asked), notes=notes)


class _Reader:
    """Reads one sheet: every practice's row, then its verdict."""

    def __init__(
        self,
        page: SheetOfMany,
        owners: Owners,
        matcher: Matcher,
        period: Period | None,
        previous: Mapping[str, Values],
        answers: Answers,
    ) -> None:
        self.page, self.owners, self.matcher = page, owners, matcher
        self.period, self.previous, self.answers = period, previous, answers
        self.guessed: dict[str, str] = {}
        self.asked: list[Problem] = []

    def read(self) -> Bundle:
        lines = lines_of(self.page, self.owners)
        self._likely(lines)
        page = self.page
        chosen = {
            number: one_row(page.sheet, rows, page.headings, page.whose.columns, self.period, self.answers)
            for number, rows in lines.own.items()
        }
        self._namesakes({number: row for number, row in chosen.items() if isinstance(row, int)})
        verdicts: dict[str, Verdict] = {}
        for number, facts in self.owners.practices.items():
            if number in lines.unsure and (number not in chosen or lines.unsure[number][1].number):
                verdicts[number] = self._refused(self._clash(*lines.unsure[number], facts))
            elif number in chosen:
                verdicts[number] = self._verdict(chosen[number], facts)
                self._other_size(verdicts[number], chosen[number], facts)
        return Bundle(verdicts, (), tuple(self.asked), guessed=self.guessed, strangers=len(lines.strangers))

    def _likely(self, lines: Lines) -> None:
        """Names of strangers that are nearly a practice's: their rows are its, once somebody says yes."""
        names = [said.name for _, said in lines.strangers if said.other is None]
        likely = self.owners.likely(names, {*lines.own, *lines.unsure})
        for row, said in [each for each in lines.strangers if each[1].name in likely and each[1].other is None]:
            number = likely[said.name]
            if number not in lines.own:
                self._ask(said.name, number, row, self._words(row, said.name))
            lines.own.setdefault(number, []).append(PracticeRow(row, said.is_sum))
            lines.strangers.remove((row, said))

    def _namesakes(self, rows: dict[str, int]) -> None:
        """Practices known by name only that may be another's: under another town than the others, or with a name that
        many have, and nothing else on file to hold them against."""
        away = elsewhere(self.page, rows)
        fields = [self.matcher.package.field(name) for name in self.page.headings.counted.values()]
        has_list_size = any(each.from_practice for each in fields)
        listed = {number: size for number in rows if (size := self.owners.practices[number].listed)}
        sized = set(listed) if has_list_size else of_known_size(self.page, rows, listed)
        for number, row in rows.items():
            name = self._by_name_only(row)
            if not name or number in self.guessed.values():
                continue
            facts = self.owners.practices[number]
            unknown = is_namesake_prone(facts.name) and number not in sized
            key = normal(f"{name} {away.get(number, '')}")
            if (number in away or unknown) and self.owners.confirmed(key) != number:
                said = " · ".join(filter(None, (self._words(row, name), show(away.get(number, "")))))
                self._ask(key, number, row, said)

    def _other_size(self, verdict: Verdict, row: int | Problem, facts: PracticeFacts) -> None:
        """A practice known by name only, of another size than on file: whoever sent the file is asked too."""
        number = facts.ydernummer
        differs = any(each.code == "list_size_differs" for each in verdict.questions)
        name = self._by_name_only(row) if differs and isinstance(row, int) else ""
        known = number in self.guessed.values() or self.owners.confirmed(name) == number
        if name and isinstance(row, int) and not known:
            self._ask(name, number, row, self._words(row, name))

    def _by_name_only(self, row: int) -> str:
        """The name in a row without a number, the one that is a practice's before any other words, as a code of the
        sender's own; "" when a number says whose it is."""
        said = [self.owners.said(at(self.page.sheet, row, column)) for column in self.page.whose.columns]
        if any(each.number and (not each.name or each.by_number) for each in said):
            return ""
        return next((each.name for each in sorted(said, key=lambda each: each.number is None) if each.name), "")

    def _ask(self, name: str, number: str, row: int, said: str) -> None:
        self.guessed[name] = number
        where = self.page.sheet.where(row, self.page.whose.columns[0])
        params = {"name": self.owners.practices[number].name, "id": number}
        self.asked.append(Problem("name_guessed", Level.WARN, where, said, params=params))

    def _words(self, row: int, name: str) -> str:
        """The name as it stands in the file."""
        cells = (at(self.page.sheet, row, column) for column in self.page.whose.columns)
        return next((show(cell, 60) for cell in cells if cell is not None and name in normal(cell)), name)

    def _clash(self, row: int, _said: object, facts: PracticeFacts) -> Problem:
        where = self.page.sheet.where(row, self.page.whose.columns[0])
        return Problem("owner_clash", Level.BLOCK, where, params={"name": facts.name or facts.ydernummer})

    def _verdict(self, row: int | Problem, facts: PracticeFacts) -> Verdict:
        if isinstance(row, Problem):
            return self._refused(replace(row, found=facts.ydernummer))
        wanted = Wanted(facts.ydernummer, facts.name, self.period, self.answers)
        chosen = selection_of(self.page, row, self.matcher, wanted)
        if chosen.problems:
            return self._refused(*chosen.problems)
        before = self.previous.get(facts.ydernummer)
        verdict = judge(chosen, self.matcher.package, facts, before, self.period, notes=[], hidden_are_final=True)
        return _rounded_by_column(verdict)

    def _refused(self, *problems: Problem) -> Verdict:
        return Verdict(dict.fromkeys((item.id for item in self.matcher.package.fields), None), tuple(problems))
