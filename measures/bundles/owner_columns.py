"""Which columns of a file for all practices say whose a row is: by their heading, or by what stands below it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from measures.bundles.owners import NOBODY, Owners, OwnerSaid
from measures.layouts.wide import Headings
from measures.reading.headers import normal, read_ydernummer
from measures.reading.owner_headings import may_say_whose, says_name, says_number
from measures.reading.table import SheetCells
from measures.tables.chosen import at

COLUMNS = 40
"""Whose a row is stands among the first; a workbook may have hundreds."""
SHORTEST = 3
"""Figures of a practice number under a heading that does not say so: 1 and 65 are something else."""
FEWEST = 2
"""This many practices must be named below a heading that says nothing, or something else."""


@dataclass(frozen=True, slots=True)
class Whose:
    """The columns with numbers and with names; and how many practices of the cluster they name."""

    columns: tuple[int, ...] = ()
    named: int = 0
    """How many practices of the cluster stand there; none when only a heading announces them."""

    def said(self, sheet: SheetCells, row: int, owners: Owners) -> OwnerSaid:
        """What the row's own cells say: a number before a name, and whether the two disagree."""
        all_said = [said for column in self.columns if (said := owners.said(at(sheet, row, column))) != NOBODY]
        known = [said for said in all_said if said.number or said.other]
        first = next((said for said in known if said.by_number or said.other), next(iter(known), None))
        if first is None:
            return next(iter(all_said), NOBODY)
        name = next((said for said in all_said if said is not first and said.name), None)
        if name is None:
            return first
        clash = name.number if name.number not in (None, first.number) else first.clash
        is_sum = first.is_sum or name.is_sum
        return OwnerSaid(first.number, first.other, name.name, is_sum=is_sum, by_number=first.by_number, clash=clash)


def whose_of(sheet: SheetCells, headings: Headings, rows: Sequence[int], owners: Owners, own: Collection[str]) -> Whose:
    """The columns that say whose. `own` are normal headings that the package names for it.

    What a heading announces comes first; else a column counts when several practices of the cluster stand in it.
    """
    width = min(COLUMNS, max((len(sheet.rows[row]) for row in rows), default=0))
    announced: dict[int, int] = {}
    found: dict[int, int] = {}
    for column in range(width):
        if column in headings.columns or column == headings.period:
            continue
        titles = [at(sheet, row, column) for row in range(headings.first, headings.last + 1)]
        sure = _sure(sheet, headings, column, own)
        asks = sure or any(may_say_whose(each) for each in titles)
        count = len({said for row in rows if (said := _known(sheet, row, column, owners, sure=sure))})
        if asks:
            announced[column] = count
        if count >= (1 if asks else FEWEST):
            found[column] = count + (1000 if sure else 0)
    if not found:
        surely = [column for column in announced if _sure(sheet, headings, column, own)]
        return Whose(tuple(surely or list(announced)[:1]))
    best = max(found.values())
    chosen = [column for column, count in found.items() if count >= 1000 or (best < 1000 and count == best)]
    extra = [column for column in announced if column not in chosen and _sure(sheet, headings, column, own)]
    return Whose(tuple(sorted({*chosen, *extra})), best % 1000)


def _sure(sheet: SheetCells, headings: Headings, column: int, own: Collection[str]) -> bool:
    titles = [at(sheet, row, column) for row in range(headings.first, headings.last + 1)]
    return any(says_number(each) or says_name(each) or normal(each or "") in own for each in titles)


def _known(sheet: SheetCells, row: int, column: int, owners: Owners, *, sure: bool) -> str | None:
    cell = at(sheet, row, column)
    said = owners.said(cell)
    if not sure and read_ydernummer(cell) is not None and len(str(cell).strip()) < SHORTEST:
        return None
    return said.number
