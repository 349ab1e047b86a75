"""A file for all practices on its way: rows by practice, headings, what stands around, and what is true of each."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from measures.checking.validation import PracticeFacts
from tests.measures.generator import pages
from tests.measures.generator.subjects import Cell, Subject, Truth, any_subject, kol, written

PLACE_WORDS = "Havnen Torvet Eg Møllen Skoven Broen Parken Stationen Bakken Søen Kirken Åen Strandvejen Vesterbro"
PLACES = PLACE_WORDS.split()
KINDS = ("Lægehuset", "Lægerne", "Lægeklinikken", "Lægecentret")
SURNAME_WORDS = "Holm Friis Krogh Bach Lund Dahl Juhl Skov Winther Bruun Toft Kjær"
SURNAMES = SURNAME_WORDS.split()
STRANGERS = ["Solsikken", "Fyrtårnet", "Engdraget", "Kornblomsten", "Rosenhøj", "Bøgebakken", "Ørnereden"]
TOWNS = ("Viborg", "Skive", "Randers", "Horsens")
NUMBER_HEADS = (
    ("Ydernummer", "Ydernr.", "Yder nr.", "Ydernr"),
    ("Practice number", "Provider number", "Practice code"),
)
NAME_HEADS = (("Praksis", "Praksisnavn", "Klinik", "Lægehus"), ("Practice", "Practice name", "Clinic name"))
BOTH_HEADS = (("Praksis", "Yder", "Ydernummer", "Klinik"), ("Practice", "Clinic", "Provider number"))
SHAPES = ("{number} {name}", "{number} - {name}", "{name} ({number})", "{name}, {number}", "{number}: {name}")
Line = dict[str, Cell]
"""A row: cells by what their column holds."""


@dataclass
class Region:
    """The practices, the columns by what they hold with their headings, and the rows.

    `clear`: a careful person would not ask. `truth` is what may be kept of each practice, None for a number that must
    not be; at first all that is real.
    """

    dice: random.Random
    subject: Subject
    practices: list[PracticeFacts]
    real: dict[str, Truth]
    """The numbers of each practice."""
    columns: list[str]
    heads: dict[str, str]
    lines: list[Line]
    english: bool = False
    whose: str = "number"
    """How the file says whose a row is: "number", "name", "two" columns, or "both" in a cell."""
    titles: list[list[Cell]] = field(default_factory=list)
    bands: list[Line] = field(default_factory=list)
    units: list[Line] = field(default_factory=list)
    tail: list[list[Cell]] = field(default_factory=list)
    sheets: list[pages.Page] = field(default_factory=list)
    sheet: str = "Ark1"
    hidden_lines: list[Line] = field(default_factory=list)
    hidden_columns: set[str] = field(default_factory=set)
    percent: set[str] = field(default_factory=set)
    ragged: list[tuple[Line, int, Cell]] = field(default_factory=list)
    """Rows that get one cell more, at a place."""
    clear: bool = True
    book: str = ""
    """The kind of workbook; "" for text."""
    mark: str = ";"
    split: str = ""
    """What tells several rows of a practice apart, once they are."""
    made: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.truth = {number: dict(values) for number, values in self.real.items()}

    def say(self, danish: str, english: str) -> str:
        """A word in the file's language."""
        return english if self.english else danish

    def pick(self, danish: tuple[str, ...], english: tuple[str, ...]) -> str:
        """One of several words in the file's language."""
        return self.dice.choice(english if self.english else danish)

    def owner(self, facts: PracticeFacts) -> Line:
        """The cells that say whose a row is."""
        number = facts.ydernummer
        plain: Cell = int(number) if self.book and self.dice.random() < 0.5 else number
        if self.whose == "both":
            return {"both": self._shape.format(number=number, name=facts.name)}
        cells: Line = {"number": plain, "name": facts.name}
        return {key: cell for key, cell in cells.items() if key in self.columns}

    @property
    def _shape(self) -> str:
        return SHAPES[len(self.practices) % len(SHAPES)]

    @property
    def owners(self) -> list[str]:
        """The columns that say whose a row is."""
        return [key for key in ("number", "name", "both") if key in self.columns]

    @property
    def label(self) -> str:
        """The column in which a row's words stand."""
        return next(key for key in ("name", "both", "number") if key in self.columns)

    def of(self, facts: PracticeFacts) -> list[Line]:
        """The rows of a practice."""
        return [line for line in self.lines if line.get("of") == facts.ydernummer]

    def add(self, key: str, head: str, at: int | None = None) -> None:
        """One more column."""
        self.columns.insert(len(self.columns) if at is None else at, key)
        self.heads[key] = head

    def nothing_true(self, *practices: PracticeFacts) -> None:
        """Nothing may be kept: of these practices, or of any."""
        for facts in practices or self.practices:
            self.truth[facts.ydernummer] = dict.fromkeys(self.subject.fields)
        self.clear = False

    def not_true(self, field_id: str) -> None:
        """No practice's number of a field may be kept."""
        for values in self.truth.values():
            values[field_id] = None
        self.clear = False

    def numbers(self, values: Truth) -> Line:
        """A practice's numbers as they stand in cells."""
        return {key: self.cell(key, value) for key, value in values.items()}

    def cell(self, key: str, value: float | None) -> Cell:
        """A number as this file writes it: amounts with decimals, guesses in per cent."""
        mark = "" if self.book else "." if self.mark == "," else ","
        in_per_cent = bool(len(self.practices) % 2)
        return written(self.subject, key, value, self.dice, mark=mark, in_per_cent=in_per_cent)

    def grid(self) -> pages.Rows:
        """All rows as they stand in the sheet."""
        below = [*self.units, *self.lines]
        head = [
            *([band.get(key) for key in self.columns] for band in self.bands),
            [self.heads[k] for k in self.columns],
        ]
        rows = [[line.get(key) for key in self.columns] for line in below]
        for line, at, cell in self.ragged:
            rows[next(n for n, each in enumerate(below) if each is line)].insert(at, cell)
        return [*self.titles, *head, *rows, *self.tail]

    def data(self) -> bytes:
        """The file."""
        if not self.book:
            return pages.text(self.grid(), self.mark, self.dice)
        above = len(self.titles) + len(self.bands) + 1 + len(self.units)
        hidden = [above + n for n, line in enumerate(self.lines) if any(line is each for each in self.hidden_lines)]
        columns = [n for n, key in enumerate(self.columns) if key in self.hidden_columns]
        shares = [
            (above + n, at) for n in range(len(self.lines)) for at, k in enumerate(self.columns) if k in self.percent
        ]
        own = pages.Page(self.sheet, self.grid(), False, hidden, columns, shares)
        everything = [own, *self.sheets]
        self.dice.shuffle(everything)
        if all(page.hidden for page in everything[:1]):
            everything.sort(key=lambda page: page.hidden)
        return pages.book(everything, self.book)


def plain(dice: random.Random) -> Region:
    """A file as a region's system writes it, with nothing odd in it."""
    subject = kol() if dice.random() < 0.4 else any_subject(dice)
    whose = dice.choice(("number", "number", "name", "two", "both"))
    practices = _practices(dice, dice.randint(3, 8), alone=whose == "name" and not subject.listed)
    numbers = dice.sample(subject.pool, len(practices))
    truth = {facts.ydernummer: dict(values) for facts, values in zip(practices, numbers, strict=True)}
    if subject.listed:
        practices = [
            PracticeFacts(each.ydernummer, truth[each.ydernummer][subject.listed], None, each.name)
            for each in practices
        ]
    english = dice.random() < 0.3
    columns = list(subject.fields)
    dice.shuffle(columns)
    heads = subject.heads(dice, english)
    region = Region(dice, subject, practices, truth, columns, heads, [], english)
    region.whose = whose
    region.book = dice.choice(pages.BOOKS) if dice.random() < 0.5 else ""
    region.mark = dice.choice(";;;\t,")
    _begin(region)
    for facts in practices:
        region.lines.append({"of": facts.ydernummer, **region.owner(facts), **region.numbers(truth[facts.ydernummer])})
    return region


def _begin(region: Region) -> None:
    number, name, both = (region.pick(*words) for words in (NUMBER_HEADS, NAME_HEADS, BOTH_HEADS))
    if region.whose in ("number", "two"):
        region.add("number", number, 0)
    if region.whose in ("name", "two"):
        region.add("name", name, region.dice.randint(0, 1) if region.whose == "two" else 0)
    if region.whose == "both":
        region.add("both", both, 0)


def _practices(dice: random.Random, size: int, *, alone: bool) -> list[PracticeFacts]:
    """Practices; `alone`: with names that no other practice in the country has."""
    numbers = dice.sample(range(10_000, 99_999), size)
    places, names = dice.sample(PLACES, size), dice.sample(SURNAMES, size)
    found = []
    for number, place, name in zip(numbers, places, names, strict=True):
        kind = dice.choice(KINDS)
        called = f"{kind} {name} og {place}" if alone or dice.random() < 0.5 else f"{kind} {place}"
        found.append(PracticeFacts(f"{number:06d}", None, None, called))
    return found


def stranger(region: Region) -> PracticeFacts:
    """A practice that is none of the cluster's."""
    taken = {facts.ydernummer for facts in region.practices}
    number = next(each for each in iter(lambda: f"{region.dice.randint(10_000, 99_999):06d}", "") if each not in taken)
    return PracticeFacts(number, None, None, f"{region.dice.choice(KINDS)} {region.dice.choice(STRANGERS)}")


def other(region: Region, facts: PracticeFacts) -> Line:
    """A row like a practice's own with other numbers in it: another time's, or somebody else's."""
    values = region.subject.near(region.real[facts.ydernummer], region.dice)
    return {"of": facts.ydernummer, **region.owner(facts), **region.numbers(values)}
