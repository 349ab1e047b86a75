"""A file of one practice on its way: headings, rows, titles, and what is true of it."""

from __future__ import annotations

import csv
import random
from dataclasses import dataclass, field
from datetime import date
from io import BytesIO, StringIO

import xlsxwriter

from measures.validation import PracticeFacts

YEAR = 2026
PERIOD = (date(YEAR, 1, 1), date(YEAR, 12, 31))
NAMES = {
    "listed": ("Tilmeldte", "Tilmeldte patienter", "Antal tilmeldte", "gruppe 1", "Listestørrelse"),
    "copd": ("KOL", "Patienter med KOL", "R95", "Antal KOL-patienter", "KOL (R95)"),
    "spirometry": ("Spirometri", "LFU", "Spirometri seneste 12 mdr", "KOL med spirometri", "lungefunktion"),
    "care_plan": ("Forløbsplan", "Aktive forløbsplaner", "Antal forløbsplaner", "planer", "KOL med forløbsplan"),
}
OWNER = ("Ydernummer", "Ydernr.", "Yder nr.", "Ydernr")
Cell = str | int | float | None
Truth = dict[str, int | None]


@dataclass
class Draft:
    """Columns by what they hold, rows below them, and what stands around. `clear`: a careful person would not ask."""

    dice: random.Random
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
    book: bool = False
    mark: str = ";"
    made: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.own = self.rows[0]
        """The row that holds the truth."""

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
            buffer = StringIO()
            csv.writer(buffer, delimiter=self.mark).writerows(self.grid())
            return buffer.getvalue().encode("utf-8-sig" if self.dice.random() < 0.3 else "utf-8"), "tal.csv"
        made = BytesIO()
        with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
            sheets = [(self.sheet, self.grid()), *self.sheets]
            for name, rows in sorted(sheets, key=lambda _: self.dice.random()):
                page = book.add_worksheet(name)
                for number, row in enumerate(rows):
                    for place, cell in enumerate(row):
                        if cell is not None:
                            is_share = name == self.sheet and place in self.percent and isinstance(cell, float)
                            page.write(number, place, cell, *([book.add_format({"num_format": "0 %"})] * is_share))
                if name == self.sheet:
                    for place in self.hidden_columns:
                        page.set_column(place, place, None, None, {"hidden": True})
                    for number in self.hidden_rows:
                        page.set_row(number, None, None, {"hidden": True})
        return made.getvalue(), "tal.xlsx"


def values(dice: random.Random) -> Truth:
    """Numbers that nobody would ask about: a list of a usual size, with the shares that are usual."""
    listed = dice.randint(2500, 8500)
    copd = int(listed * dice.uniform(0.018, 0.03))
    return {
        "listed": listed,
        "copd": copd,
        "spirometry": int(copd * dice.uniform(0.6, 0.85)),
        "care_plan": int(copd * dice.uniform(0.4, 0.6)),
    }


def plain(dice: random.Random) -> Draft:
    """A file as a record system writes it, with nothing odd in it."""
    truth = values(dice)
    facts = PracticeFacts(
        f"{dice.randint(1, 8)}{dice.randint(0, 9999):04d}".zfill(6), truth["listed"], None, "Lægehuset Eg"
    )
    keys = list(truth)
    dice.shuffle(keys)
    heads = [dice.choice(NAMES[key]) for key in keys]
    own: list[Cell] = [truth[key] for key in keys]
    draft = Draft(dice, facts, dict(truth), keys, heads, [own])
    draft.tall = dice.random() < 0.35
    draft.book = dice.random() < 0.35
    draft.mark = dice.choice(";;;\t,")
    if not draft.tall and dice.random() < 0.6:
        draft.add("owner", dice.choice(OWNER), facts.ydernummer, 0)
    return draft
