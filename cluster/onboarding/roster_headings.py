"""Which columns a list of members has: its heading row, and whose name stands in which column. Pure."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cluster.errors import ClusterError
from measures.reading.problems import column_letter
from measures.reading.table import Cell, SheetCells, Table

LIST_SIZES = ("antal tilmeldte", "tilmeldte patienter", "antal tilmeldte patienter", "listestørrelse", "patienttal")
COLUMNS: dict[str, tuple[str, ...]] = {
    "ydernummer": (
        *("ydernummer", "ydernr", "yder nr", "yder no", "yder", "praksis nr", "praksisnr", "praksisnummer"),
        *("provider number", "provider no", "practice number", "practice no", "practice id"),
    ),
    "practice": (
        "praksis",
        "praksisnavn",
        "praksis navn",
        "navn på praksis",
        "praksissens navn",
        "lægehus",
        "lægepraksis",
        "klinik",
        "kliniknavn",
        "ydernavn",
        *("klinikkens navn", "lægehusets navn", "praksis klinik", "klinik praksis"),
        *("practice", "practice name", "clinic", "clinic name", "surgery"),
    ),
    "list_size": (
        "patienter",
        "antal patienter",
        "sikrede",
        "antal sikrede",
        "tilmeldte",
        "patients",
        "list size",
        *LIST_SIZES,
    ),
    "system": ("lægesystem", "journalsystem", "system", "edb system", "record system"),
    "first_name": ("fornavn", "fornavne", "fornavn e", "first name", "given name"),
    "middle_name": ("mellemnavn", "mellemnavne", "mellemnavn e", "middle name"),
    "last_name": ("efternavn", "efternavne", "efternavn e", "last name", "surname", "family name"),
    "name": (
        *(
            "navn",
            "fulde navn",
            "læge",
            "lægens navn",
            "lægenavn",
            "navn læge",
            "navn på læge",
            "medlem",
            "medlemsnavn",
        ),
        *("deltager", "deltagernavn", "personnavn", "name", "full name", "doctor", "doctor name", "gp", "member"),
    ),
    "email": (
        *("e mail", "email", "mail", "mailadresse", "e mailadresse", "emailadresse", "e mail adresse", "email adresse"),
        *("mail adresse", "e post", "epost", "arbejdsmail", "arbejds mail", "arbejdsemail", "mail arbejde"),
        *("e mail arbejde", "lægens e mail", "lægens mail", "email address", "e mail address", "work email"),
    ),
    "title": ("titel", "stilling", "stillingsbetegnelse", "lægetype", "title", "position", "job title"),
    "status": ("status", "medlemsstatus", "aktiv", "membership status"),
    "role": ("rolle", "rolle i klyngen", "role"),
    "contact": ("kontakt", "kontaktperson", "dataansvarlig", "contact", "contact person"),
}
_PRACTICE_WORDS = re.compile(r"læge(hus|rne|klinik|praksis|center)|klinik|praksis|hus\b|center|clinic|surgery", re.I)
_SEARCHED = 15
"""Rows in which the headings are looked for."""
MOST_ROWS = 2000
"""More than the people of any cluster, counted before anything is read: a longer list is something else."""


@dataclass(frozen=True)
class RosterHeadings:
    """Where the headings stand, and the column of each thing; ``names`` are all columns headed as a person's name."""

    sheet: SheetCells
    row: int
    places: dict[str, int]
    names: tuple[int, ...]

    @property
    def below(self) -> Sequence[tuple[Cell, ...]]:
        """The rows below the headings."""
        return self.sheet.rows[self.row + 1 :]


def find(table: Table) -> RosterHeadings | None:
    """The headings of a list of members, from the first sheet that has some; hidden sheets last."""
    return next(_all(table), None)


def settle(table: Table) -> RosterHeadings | None:
    """As `find`, certain of the sheet, its length and whose name is where; a friendly refusal where that is open."""
    found = find(table)
    if found is None:
        return None
    rivals = [each.sheet.name or "" for each in _all(table) if each.sheet.hidden == found.sheet.hidden]
    if len(rivals) > 1:
        raise ClusterError("roster.several_sheets", sheets=", ".join(rivals))
    if len(found.below) > MOST_ROWS:
        raise ClusterError("roster.too_long", rows=len(found.below), most=MOST_ROWS)
    _refuse_doubled(found)
    return found if len(found.names) < 2 else _tell_apart(found)


def _refuse_doubled(found: RosterHeadings) -> None:
    """Two columns with one heading say the same in every row, or it is asked which of them counts."""
    said = [(place, _column(cell)) for place, cell in enumerate(found.sheet.rows[found.row])]
    for place, what in said:
        first = found.places.get(what or "", place)
        if what == "name" or first == place:
            continue
        if any(_at(row, first) != _at(row, place) for row in found.below if _at(row, place)):
            columns = ", ".join(map(column_letter, (first, place)))
            raise ClusterError("roster.two_columns", columns=columns, row=found.row + 1)


def _all(table: Table) -> Iterator[RosterHeadings]:
    for sheet in sorted(table.sheets, key=lambda each: each.hidden):
        for index, cells in enumerate(sheet.rows[:_SEARCHED]):
            places: dict[str, int] = {}
            names: list[int] = []
            for place, cell in enumerate(cells):
                if what := _column(cell):
                    places.setdefault(what, place)
                    names += [place] if what == "name" else []
            if _is_of_members(places):
                yield RosterHeadings(sheet, index, places, tuple(names))
                break


def _is_of_members(places: dict[str, int]) -> bool:
    someone = "name" in places or {"first_name", "last_name"} <= places.keys()
    return someone and ("email" in places or {"ydernummer", "practice"} <= places.keys())


def _column(cell: Cell) -> str | None:
    written = " ".join(re.sub(r"[\W_]+", " ", str(cell or "")).casefold().split())
    return next((name for name, aliases in COLUMNS.items() if written in aliases), None)


def is_heading(words: str) -> bool:
    """Whether these words are the heading of a column that is known."""
    return _column(words) is not None


def _tell_apart(found: RosterHeadings) -> RosterHeadings:
    """Of two columns headed as names, the practice's and the person's; refused when the rows don't say."""
    _, *others = found.names
    if len(others) == 1 and "practice" not in found.places:
        practices = [column for column in found.names if _holds_practices(found, column)]
        if len(practices) == 1:
            [practice] = practices
            [person] = (column for column in found.names if column != practice)
            return RosterHeadings(
                found.sheet, found.row, found.places | {"practice": practice, "name": person}, (person,)
            )
    columns = [column_letter(column) for column in found.names]
    raise ClusterError("roster.two_names", columns=", ".join(columns), row=found.row + 1)


def _holds_practices(found: RosterHeadings, column: int) -> bool:
    """Whether practices stand there: most of it are words for one, or each ydernummer has one and several people."""
    said = [(_at(row, found.places.get("ydernummer")), _at(row, column)) for row in found.below]
    words = [name for _, name in said if name]
    if words and sum(bool(_PRACTICE_WORDS.search(name)) for name in words) > len(words) / 2:
        return True
    by_number: dict[str, list[str]] = defaultdict(list)
    for number, name in said:
        by_number[number].append(name)
    several = [names for number, names in by_number.items() if number and len(names) > 1]
    return bool(several) and all(len(set(names)) == 1 for names in several)


def _at(row: tuple[Cell, ...], place: int | None) -> str:
    return "" if place is None or place >= len(row) else str(row[place] if row[place] is not None else "").strip()
