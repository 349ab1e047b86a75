"""A file of one practice on its way: headings, rows, titles, and what is true of it."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from measures.checking.validation import PracticeFacts
from tests.measures.generator import pages
from tests.measures.generator.subjects import PERIOD, YEAR, Cell, Subject, Truth, any_subject, kind_of, kol, written

__all__ = ["PERIOD", "YEAR", "Cell", "Draft", "Truth", "plain"]
OWNER = (("Ydernummer", "Ydernr.", "Yder nr.", "Ydernr"), ("Practice number", "Provider number"))


@dataclass
class Draft:
    """Columns by what they hold, rows below them, and what stands around. `clear`: a careful person would not ask."""

    dice: random.Random
    subject: Subject
    facts: PracticeFacts
    truth: Truth
    keys: list[str]
    """What each column holds: a field, or "owner", "period", "" for something nobody asks for."""
    heads: list[str]
    rows: list[list[Cell]]
    titles: list[list[Cell]] = field(default_factory=list)
    bands: list[list[Cell]] = field(default_factory=list)
    tail: list[list[Cell]] = field(default_factory=list)
    sheets: list[tuple[str, list[list[Cell]]]] = field(default_factory=list)
    sheet: str = "Ark1"
    hidden_columns: set[int] = field(default_factory=set)
    hidden_rows: set[int] = field(default_factory=set)
    percent: set[int] = field(default_factory=set)
    clear: bool = True
    tall: bool = False
    book: str = ""
    """The kind of workbook; "" for text."""
    mark: str = ";"
    english: bool = False
    made: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.own = self.rows[0]
        """The row that holds the truth."""
        self.real = dict(self.truth)

    def say(self, danish: str, english: str) -> str:
        """A word in the file's language."""
        return english if self.english else danish

    def pick(self, danish: tuple[str, ...], english: tuple[str, ...]) -> str:
        """One of several words in the file's language."""
        return self.dice.choice(english if self.english else danish)

    @property
    def counts(self) -> list[str]:
        """The fields that hold numbers of people or events, and that the list size can't stand in for."""
        return [key for key in self.subject.asked if kind_of(self.subject, key) == "count"]

    def cell(self, key: str, value: float | None) -> Cell:
        """A number as this file writes it."""
        mark = "" if self.book else "." if self.mark == "," else ","
        return written(self.subject, key, value, self.dice, mark=mark, in_per_cent=self.english)

    def column(self, key: str) -> int:
        """Where a field stands."""
        return self.keys.index(key)

    def add(self, key: str, head: str, value: Cell, at: int | None = None) -> int:
        """One more column, with one value for all rows."""
        place = len(self.keys) if at is None else at
        self.keys.insert(place, key)
        self.heads.insert(place, head)
        for row in self.rows:
            row.insert(place, value)
        for band in self.bands:
            band.insert(place, None)
        return place

    def nothing_true(self) -> None:
        """The file holds nothing that may be kept."""
        self.truth = dict.fromkeys(self.truth)
        self.clear = False

    def grid(self) -> list[list[Cell]]:
        """All rows as they stand in the sheet."""
        table: list[list[Cell]] = [*self.bands, list(self.heads), *self.rows]
        if self.tall:
            table = [list(cells) for cells in zip(*table, strict=True)]
        return [*self.titles, *table, *self.tail]

    def data(self) -> tuple[bytes, str]:
        """The file and its name."""
        if not self.book:
            return pages.text(self.grid(), self.mark, self.dice), "tal.csv"
        grid = self.grid()
        shares = [
            (n, at) for n, row in enumerate(grid) for at in self.percent if at < len(row) and isinstance(row[at], float)
        ]
        own = pages.Page(self.sheet, grid, False, self.hidden_rows, self.hidden_columns, shares)
        everything = [own, *(pages.Page(name, rows) for name, rows in self.sheets)]
        self.dice.shuffle(everything)
        return pages.book(everything, self.book), f"tal.{self.book}"


def plain(dice: random.Random) -> Draft:
    """A file as a record system writes it, with nothing odd in it."""
    subject = kol() if dice.random() < 0.5 else any_subject(dice)
    truth, english = subject.draw(dice), dice.random() < 0.3
    number = f"{dice.randint(1, 8)}{dice.randint(0, 9999):04d}".zfill(6)
    facts = PracticeFacts(number, truth[subject.listed] if subject.listed else None, None, "Lægehuset Eg")
    keys = list(truth)
    dice.shuffle(keys)
    heads = subject.heads(dice, english)
    draft = Draft(dice, subject, facts, dict(truth), keys, [heads[key] for key in keys], [[None] * len(keys)])
    draft.english = english
    draft.tall = dice.random() < 0.35
    draft.book = dice.choice(pages.BOOKS) if dice.random() < 0.45 else ""
    draft.mark = dice.choice(";;;\t,")
    draft.own[:] = [draft.cell(key, truth[key]) for key in keys]
    if not draft.tall and dice.random() < 0.6:
        draft.add("owner", draft.pick(*OWNER), facts.ydernummer, 0)
    return draft
