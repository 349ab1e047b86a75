"""Files that hold all practices of a cluster, from a region or a municipality: one verdict for each practice.

Rows are known by practice number, or by the sender's own names of practices; a name that is only alike needs a click,
and is remembered. Rows of practices outside the cluster are counted and never kept.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from measures import headers
from measures.chosen import Wanted, at
from measures.headers import normal
from measures.mapping import LEAD, LIKELY, Matcher
from measures.package import Package
from measures.problems import Level, Problem, show
from measures.readings import Values
from measures.selection import fitting_sheets, has_numbers, knowing
from measures.table import SheetCells, Table
from measures.validation import Period, PracticeFacts, Verdict, judge, personal
from measures.wide import Headings, headings_of
from measures.wide_rows import read_row, rows_of, total_label

COMMON_WORDS = frozenset(
    {"lægehuset", "lægehus", "lægerne", "læge", "lægeklinik", "klinik", "praksis", "lægepraksis", "i", "s", "v", "ved"}
)


@dataclass(frozen=True, slots=True)
class Bundle:
    """What a file says about each practice of the cluster.

    `problems` stop the whole file. `guessed` are the sender's names of practices that were only alike, with the
    practice number: kept once somebody has said yes, and given back as `matches`. `strangers` counts rows of others.
    """

    verdicts: Mapping[str, Verdict] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()
    guessed: Mapping[str, str] = field(default_factory=dict)
    strangers: int = 0

    @property
    def usable(self) -> dict[str, dict[str, int | None]]:
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
) -> Bundle:
    """A verdict for each practice that is in the file. `learned` are headings and `matches` names confirmed before."""
    if private := personal(table):
        return Bundle(problems=private)
    matcher = Matcher(package, learned)
    sheets = _sheets(table, matcher, period)
    if not sheets:
        expected = ", ".join(item.short.da for item in package.fields)
        return Bundle(problems=(Problem("no_known_columns", Level.BLOCK, expected=expected),))
    if len(sheets) > 1:
        return Bundle(problems=(Problem("several_sheets", Level.BLOCK, params={"n": len(sheets)}),))
    sheet, headings = sheets[0], headings_of(sheets[0], matcher)
    owners = _Owners(practices, matches or {})
    rows: dict[str, list[int]] = {}
    asked: list[Problem] = []
    strangers = 0
    for row in (row for row in rows_of(sheet, headings) if not total_label(sheet, row, headings)):
        number, problem = owners.owner(sheet, row, headings)
        asked += [problem] if problem else []
        if number is None:
            strangers += 1
        else:
            rows.setdefault(number, []).append(row)
    verdicts = {
        facts.ydernummer: _verdict(sheet, rows[facts.ydernummer], headings, matcher, facts, previous or {}, period)
        for facts in practices
        if facts.ydernummer in rows
    }
    missing = [
        Problem("practice_missing", Level.INFO, params={"name": facts.name or facts.ydernummer})
        for facts in practices
        if facts.ydernummer not in rows
    ]
    return Bundle(verdicts, (), (*asked, *missing), owners.guessed, strangers)


def read_bundle(
    table: Table,
    package: Package,
    practices: Sequence[PracticeFacts],
    period: Period,
    learned: Mapping[str, str],
    matches: Mapping[str, str],
) -> Bundle:
    """As `read_many`, for another process: everything by its place."""
    return read_many(table, package, practices, period=period, learned=learned, matches=matches)


def is_about_many(table: Table, package: Package) -> bool:
    """Whether a file has several rows and says whose each is: worth reading as a file about all practices."""
    if table.personal:
        return False
    matcher = Matcher(package)
    found = [(table.sheets[number], headings_of(table.sheets[number], matcher)) for number in knowing(table, matcher)]
    return any(_says_whose(headings) and len(rows_of(sheet, headings)) > 1 for sheet, headings in found)


def _sheets(table: Table, matcher: Matcher, period: Period | None) -> list[SheetCells]:
    """The sheets that say whose numbers they hold, and by their name can be meant."""
    known = [number for number in knowing(table, matcher) if has_numbers(table.sheets[number], matcher)]
    whose = [number for number in known if _says_whose(headings_of(table.sheets[number], matcher))]
    return [table.sheets[number] for number in fitting_sheets(table, whose, period)]


def _says_whose(headings: Headings) -> bool:
    return headings.number is not None or headings.name is not None


def _verdict(
    sheet: SheetCells,
    rows: list[int],
    headings: Headings,
    matcher: Matcher,
    facts: PracticeFacts,
    previous: Mapping[str, Values],
    period: Period | None,
) -> Verdict:
    package = matcher.package
    if len(rows) > 1:
        where = sheet.where(rows[1], headings.number if headings.number is not None else headings.name or 0)
        params = {"n": len(rows)}
        twice = Problem("practice_twice", Level.BLOCK, where, facts.ydernummer, params=params)
        return Verdict(dict.fromkeys((item.id for item in package.fields), None), (twice,))
    chosen = read_row(sheet, rows[0], headings, matcher, Wanted(facts.ydernummer, facts.name, period))
    if chosen.problems:
        return Verdict(dict.fromkeys((item.id for item in package.fields), None), chosen.problems)
    before = previous.get(facts.ydernummer)
    return judge(chosen, package, facts, before, period, notes=[], hidden_are_final=True)


class _Owners:
    """Whose row is this?"""

    def __init__(self, practices: Sequence[PracticeFacts], matches: Mapping[str, str]) -> None:
        self.practices = {facts.ydernummer: facts for facts in practices}
        self.matches = dict(matches)
        self.guessed: dict[str, str] = {}

    def owner(self, sheet: SheetCells, row: int, headings: Headings) -> tuple[str | None, Problem | None]:
        """The practice number of a row's owner, and a question when it was only alike."""
        if headings.number is not None:
            number = headers.read_ydernummer(at(sheet, row, headings.number))
            if number is not None:
                return (number, None) if number in self.practices else (None, None)
        if headings.name is None:
            return None, None
        said = at(sheet, row, headings.name)
        name = normal(said or "")
        exact = [number for number, facts in self.practices.items() if name and normal(facts.name) == name]
        known = self.matches.get(name) or (exact[0] if len(exact) == 1 else None)
        if known in self.practices:
            return known, None
        likely = self._likely(name)
        where = sheet.where(row, headings.name)
        if likely is None:
            return None, None
        self.guessed[name] = likely
        params = {"name": self.practices[likely].name, "id": likely}
        return likely, Problem("name_guessed", Level.WARN, where, show(said), params=params)

    def _likely(self, name: str) -> str | None:
        """The one practice whose name is nearly this, common words aside."""
        ranked = sorted(
            ((_likeness(name, normal(facts.name)), number) for number, facts in self.practices.items() if facts.name),
            reverse=True,
        )
        if not ranked or ranked[0][0] < LIKELY or (len(ranked) > 1 and ranked[0][0] - ranked[1][0] < LEAD):
            return None
        return ranked[0][1]


def _likeness(one: str, other: str) -> float:
    ways = [(one, other), (_particular(one), _particular(other))]
    return max(SequenceMatcher(None, a, b).ratio() * 100 if a and b else 0.0 for a, b in ways)


def _particular(name: str) -> str:
    """A practice's name without the words that many share."""
    common = {normal(word) for word in COMMON_WORDS}
    return " ".join(word for word in name.split() if word not in common)
