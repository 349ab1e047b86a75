"""Reading a list of members: which columns it has, what each row says, and what is wrong with it. Pure.

One row is one person in one practice. Who somebody is, is never guessed: a number that is no ydernummer or an e-mail
address in two practices leaves the row out and says so.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from cluster.members import as_email
from measures.systems import OTHER, find_system
from measures.table import Cell, SheetCells, Table

COLUMNS: dict[str, tuple[str, ...]] = {
    "ydernummer": ("ydernummer", "ydernr", "yder nr", "yder", "provider number", "practice number"),
    "practice": (
        "praksis",
        "praksisnavn",
        "praksis navn",
        "lægehus",
        "klinik",
        "kliniknavn",
        "practice",
        "practice name",
    ),
    "list_size": ("patienter", "antal patienter", "sikrede", "antal sikrede", "tilmeldte", "patients", "list size"),
    "system": ("lægesystem", "journalsystem", "system", "edb system", "record system"),
    "name": ("navn", "læge", "lægens navn", "medlem", "name", "doctor", "member"),
    "email": ("e mail", "email", "mail", "mailadresse", "e mailadresse", "e mail adresse", "email address"),
    "title": ("titel", "stilling", "lægetype", "title", "position"),
    "role": ("rolle", "rolle i klyngen", "role"),
    "contact": ("kontakt", "kontaktperson", "dataansvarlig", "contact", "contact person"),
}
ROLE_NAMES = {
    "coordinator": ("koordinator", "klyngekoordinator", "coordinator"),
    "deputy": ("stedfortræder", "suppleant", "deputy"),
    "observer": ("observatør", "observer", "gæst", "guest", "sekretær", "secretary"),
    "member": ("medlem", "member", "læge", "doctor", ""),
}
YES = {"ja", "x", "1", "yes", "j", "y", "true", "sand"}
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")
_HEADER_SEARCHED = 15
EXAMPLE = "eksempel@eksempel.dk"
"""The e-mail address in the empty list that we hand out: its row is passed over."""
LEAVES_OUT = {"ydernummer_wrong", "name_missing", "email_two_practices"}


@dataclass(frozen=True)
class RosterRow:
    """One person in one practice. ``name`` is empty when the practice has nobody yet (a vacant ydernummer)."""

    row: int
    ydernummer: str
    practice: str
    list_size: int | None = None
    system: str | None = None
    name: str = ""
    email: str | None = None
    title: str = ""
    role: str | None = None
    contact: bool = False


@dataclass(frozen=True)
class Flaw:
    """Something to look at in one row of the list: a code and the row as the sender's spreadsheet numbers it."""

    code: str
    row: int
    params: dict[str, Any] = field(default_factory=dict)

    @property
    def leaves_out(self) -> bool:
        """Whether the row is left out because of it."""
        return self.code in LEAVES_OUT


@dataclass(frozen=True)
class Roster:
    """A list as read: the rows that can be used, and the flaws in row order."""

    rows: tuple[RosterRow, ...]
    flaws: tuple[Flaw, ...] = ()

    def stored(self) -> list[dict[str, Any]]:
        """Plain data to keep until the coordinator says yes."""
        return [{"row": asdict(row)} for row in self.rows] + [{"flaw": asdict(flaw)} for flaw in self.flaws]

    @classmethod
    def restored(cls, kept: Sequence[dict[str, Any]]) -> Roster:
        """The list as it was kept."""
        rows = tuple(RosterRow(**each["row"]) for each in kept if "row" in each)
        return cls(rows, tuple(Flaw(**each["flaw"]) for each in kept if "flaw" in each))


def is_roster(table: Table) -> bool:
    """Whether a file looks like a list of members rather than a practice's numbers."""
    return _find_header(table) is not None


def read_roster(table: Table) -> Roster:
    """What a list of members says. A table that is none gives an empty roster."""
    found = _find_header(table)
    if found is None:
        return Roster(())
    sheet, start, places = found
    rows: list[RosterRow] = []
    flaws: list[Flaw] = []
    for index, cells in enumerate(sheet.rows[start + 1 :], start + 1):
        said = {name: _words(cells[place]) for name, place in places.items() if place < len(cells)}
        if any(said.values()) and not _is_total(said) and said.get("email") != EXAMPLE:
            row, wrong = _read_row(index + 1, said)
            flaws += wrong
            rows += [row] if row else []
    rows, across = _look_across(rows)
    return Roster(tuple(rows), tuple(sorted((*flaws, *across), key=lambda flaw: flaw.row)))


def _find_header(table: Table) -> tuple[SheetCells, int, dict[str, int]] | None:
    for sheet in sorted(table.sheets, key=lambda each: each.hidden):
        for index, cells in enumerate(sheet.rows[:_HEADER_SEARCHED]):
            places: dict[str, int] = {}
            for place, cell in enumerate(cells):
                if name := _column(cell):
                    places.setdefault(name, place)
            if "ydernummer" in places and "name" in places and ("practice" in places or "email" in places):
                return sheet, index, places
    return None


def _column(cell: Cell) -> str | None:
    written = " ".join(re.sub(r"[^\w]+", " ", str(cell or "")).casefold().split())
    return next((name for name, aliases in COLUMNS.items() if written in aliases), None)


def _words(cell: Cell) -> str:
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return " ".join(str(cell if cell is not None else "").split())


def _is_total(said: dict[str, str]) -> bool:
    return any(words.casefold().rstrip(":") in {"i alt", "ialt", "total", "sum"} for words in said.values())


def _read_row(number: int, said: dict[str, str]) -> tuple[RosterRow | None, list[Flaw]]:
    flaws: list[Flaw] = []
    digits = said.get("ydernummer", "").removesuffix(".0")
    if not re.fullmatch(r"\d{1,6}", digits) or not int(digits):
        return None, [Flaw("ydernummer_wrong", number)]
    if not said.get("name") and (said.get("email") or said.get("title") or said.get("role")):
        return None, [Flaw("name_missing", number)]
    if len(digits) < 6:
        flaws.append(Flaw("ydernummer_padded", number, {"ydernummer": digits.zfill(6)}))
    list_size, email, role = _size(said.get("list_size", "")), as_email(said.get("email")), _role(said.get("role", ""))
    if said.get("list_size") and list_size is None:
        flaws.append(Flaw("list_size_unreadable", number))
    if said.get("name") and not email:
        flaws.append(Flaw("email_missing", number))
    if email and not _EMAIL.fullmatch(email):
        email = None
        flaws.append(Flaw("email_wrong", number))
    if said.get("role") and role is None:
        flaws.append(Flaw("role_unknown", number))
    system = find_system(said["system"]).id if said.get("system") else None
    if system == OTHER and said["system"].casefold() not in {"andet", "anden", "other"}:
        flaws.append(Flaw("system_unknown", number))
    row = RosterRow(
        row=number,
        ydernummer=digits.zfill(6),
        practice=said.get("practice", "")[:255],
        list_size=list_size,
        system=system,
        name=said.get("name", "")[:255],
        email=email,
        title=said.get("title", "").casefold()[:64],
        role=role,
        contact=said.get("contact", "").casefold() in YES,
    )
    return row, flaws


def _size(written: str) -> int | None:
    bare = re.sub(r"[\s. ]", "", written)
    return int(bare) if re.fullmatch(r"\d{1,5}", bare) and int(bare) else None


def _role(written: str) -> str | None:
    wanted = written.casefold()
    return next((role for role, names in ROLE_NAMES.items() if wanted and wanted in names), None)


def _look_across(rows: list[RosterRow]) -> tuple[list[RosterRow], list[Flaw]]:
    """What only shows when rows are held together: one person in two practices, one practice said two ways."""
    flaws: list[Flaw] = []
    practices_of: dict[str, set[str]] = {}
    for row in rows:
        if row.email:
            practices_of.setdefault(row.email, set()).add(row.ydernummer)
    kept: list[RosterRow] = []
    seen: set[tuple[str, str]] = set()
    first: dict[str, RosterRow] = {}
    for row in rows:
        if row.email and len(practices_of[row.email]) > 1:
            flaws.append(Flaw("email_two_practices", row.row))
            continue
        if row.name and (person := (row.ydernummer, row.email or row.name.casefold())) in seen:
            flaws.append(Flaw("row_twice", row.row))
            continue
        if row.name:
            seen.add(person)
        told = first.setdefault(row.ydernummer, row)
        if told is not row and any(_differ(getattr(told, it), getattr(row, it)) for it in ("practice", "list_size")):
            flaws.append(Flaw("practice_two_ways", row.row, {"ydernummer": row.ydernummer}))
        kept.append(row)
    return kept, flaws


def _differ(one: object, other: object) -> bool:
    return bool(one) and bool(other) and one != other
