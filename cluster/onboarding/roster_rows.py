"""Reading a list of members: which columns it has, what each row says, and what is wrong with it. Pure.

One row is one person in one practice. Who somebody is, is never guessed: a number that is no ydernummer or an e-mail
address in two practices leaves the row out and says so.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from cluster.members.members import as_email
from cluster.onboarding import roster_headings, roster_names
from cluster.onboarding.roster_headings import RosterHeadings
from measures.packages.systems import OTHER, find_system
from measures.reading.headers import read_ydernummer
from measures.reading.table import Cell, Table

ROLE_NAMES = {
    "coordinator": ("koordinator", "klyngekoordinator", "coordinator"),
    "deputy": ("stedfortræder", "suppleant", "deputy"),
    "observer": ("observatør", "observer", "gæst", "guest", "sekretær", "secretary"),
    "member": ("medlem", "member", "læge", "doctor", ""),
}
YES = {"ja", "x", "1", "yes", "j", "y", "true", "sand"}
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")
EXAMPLE = "eksempel@eksempel.dk"
"""The e-mail address in the empty list that we hand out: its row is passed over."""
LEAVES_OUT = {
    *("ydernummer_wrong", "name_missing", "email_two_practices", "row_twice"),
    *("people_in_one_cell", "name_is_practice", "person_ended", "no_person"),
}
WHERE = ("ydernummer", "practice", "list_size", "system")
"""What is said of a practice, and in many lists once for all its people."""


@dataclass(frozen=True)
class RosterRow:
    """One person in one practice. ``name`` is empty when the practice has nobody yet (a vacant ydernummer), and
    ``ydernummer`` when the list doesn't say where somebody works: the person is asked on arrival."""

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


def is_email(written: str) -> bool:
    """Whether it has the shape of an e-mail address."""
    return _EMAIL.fullmatch(written) is not None


def is_roster(table: Table) -> bool:
    """Whether a file looks like a list of members rather than a practice's numbers."""
    return roster_headings.find(table) is not None


def read_roster(table: Table) -> Roster:
    """What a list of members says. A table that is none gives an empty roster.

    Raises ClusterError where two readings are possible: several sheets with people, two columns of names.
    """
    found = roster_headings.settle(table)
    if found is None:
        return Roster(())
    rows: list[RosterRow] = []
    flaws: list[Flaw] = []
    above: dict[str, str] = {}
    for index, cells in enumerate(found.below, found.row + 1):
        said = {name: _words(cells[place]) for name, place in found.places.items() if place < len(cells)}
        if not any(said.values()):
            above = {}
        if not any(said.values()) or _is_total(said) or _is_heading(said) or said.get("email") == EXAMPLE:
            continue
        said["name"] = roster_names.name_of(said)
        said["email"] = roster_names.address_of(said.get("email", ""))
        if code := roster_names.is_nobody(said):
            flaws.append(Flaw(code, index + 1, {"name": said["name"][:255]}))
            continue
        if above and _is_written_once(found, said, above):
            said |= {name: above.get(name, "") for name in WHERE}
            flaws += [Flaw("practice_from_above", index + 1)] if not _is_merged(found, index) else []
        above = said
        row, wrong = _read_row(index + 1, said)
        flaws += wrong
        rows += [row] if row else []
    rows, across = _look_across(rows)
    return Roster(tuple(rows), tuple(sorted((*flaws, *across), key=lambda flaw: flaw.row)))


def _is_written_once(found: RosterHeadings, said: dict[str, str], above: dict[str, str]) -> bool:
    """Whether a person's practice is said further up: merged cells, or blank below its first row, its name repeated
    or not. A blank row ends a practice."""
    if "ydernummer" not in found.places or not said["name"] or said.get("ydernummer"):
        return False
    same = bool(said.get("practice")) and said["practice"].casefold() == above.get("practice", "").casefold()
    return same or not any(said.get(name) for name in WHERE)


def _is_merged(found: RosterHeadings, index: int) -> bool:
    area = found.sheet.merged_at(index, found.places["ydernummer"])
    return area is not None and area[0] < index


def _words(cell: Cell) -> str:
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return " ".join(str(cell if cell is not None else "").split())


def _is_total(said: dict[str, str]) -> bool:
    return any(words.casefold().rstrip(":") in {"i alt", "ialt", "total", "sum"} for words in said.values())


def _is_heading(said: dict[str, str]) -> bool:
    """Whether the headings are said again, as at the top of a new page."""
    return said.get("ydernummer", "").casefold().startswith("yder") and roster_headings.is_heading(said.get("name", ""))


def _read_row(number: int, said: dict[str, str]) -> tuple[RosterRow | None, list[Flaw]]:
    flaws: list[Flaw] = []
    written = said.get("ydernummer", "").removesuffix(".0")
    number_, unsaid = read_ydernummer(written), "ydernummer" not in said or not any(said.get(name) for name in WHERE)
    if not unsaid and (number_ is None or not int(number_)):
        return None, [Flaw("ydernummer_wrong", number, {"name": said.get("name", "")[:255]})]
    if not said.get("name") and (said.get("email") or said.get("title") or said.get("role")):
        return None, [Flaw("name_missing", number)]
    if unsaid:
        flaws.append(Flaw("practice_unsaid", number))
    elif number_ is not None and number_ != written:
        code = "ydernummer_padded" if written.isdigit() else "ydernummer_mended"
        flaws.append(Flaw(code, number, {"ydernummer": number_}))
    list_size, email, role = _size(said.get("list_size", "")), as_email(said.get("email")), _role(said.get("role", ""))
    if said.get("list_size") and list_size is None:
        flaws.append(Flaw("list_size_unreadable", number))
    if said.get("name") and not email:
        flaws.append(Flaw("email_missing", number))
    if email and not is_email(email):
        email = None
        flaws.append(Flaw("email_wrong", number))
    if said.get("role") and role is None:
        flaws.append(Flaw("role_unknown", number))
    system = find_system(said["system"]).id if said.get("system") else None
    if system == OTHER and said["system"].casefold() not in {"andet", "anden", "other"}:
        flaws.append(Flaw("system_unknown", number))
    row = RosterRow(
        row=number,
        ydernummer="" if unsaid else number_ or "",
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
    """Whole patients: 6200, 6.200, 6 200, and 6200.0 or 6200,0 as other programs write it."""
    found = re.fullmatch(r"(\d{1,5}|\d{1,2}[\s.]\d{3})(?:[.,]0+)?", written)
    bare = re.sub(r"\D", "", found[1]) if found else ""
    return int(bare) if bare and int(bare) else None


def _role(written: str) -> str | None:
    wanted = written.casefold()
    return next((role for role, names in ROLE_NAMES.items() if wanted and wanted in names), None)


def _look_across(rows: list[RosterRow]) -> tuple[list[RosterRow], list[Flaw]]:
    """What only shows when rows are held together: one person in two practices, one practice said two ways, and people
    with one mailbox, of whom none can be found in Slack by it."""
    flaws: list[Flaw] = []
    owners: dict[str, set[str]] = {}
    practices_of: dict[str, set[str]] = {}
    for row in rows:
        if row.email:
            owners.setdefault(row.email, set()).add(row.name.casefold())
            practices_of.setdefault(row.email, set()).add(row.ydernummer)
    kept: list[RosterRow] = []
    seen: set[tuple[str, str]] = set()
    first: dict[str, RosterRow] = {}
    for row in rows:
        if row.email and len(owners[row.email]) > 1:
            flaws.append(Flaw("email_shared", row.row))
            row = replace(row, email=None)  # noqa: PLW2901
        elif row.email and len(practices_of[row.email]) > 1:
            flaws.append(Flaw("email_two_practices", row.row, {"name": row.name}))
            continue
        if row.name and (person := (row.ydernummer, row.email or row.name.casefold())) in seen:
            flaws.append(Flaw("row_twice", row.row, {"name": row.name}))
            continue
        if row.name:
            seen.add(person)
        told = first.setdefault(row.ydernummer, row)
        is_other = any(_differ(getattr(told, it), getattr(row, it)) for it in ("practice", "list_size"))
        if row.ydernummer and told is not row and is_other:
            flaws.append(Flaw("practice_two_ways", row.row, {"ydernummer": row.ydernummer}))
        kept.append(row)
    return kept, flaws


def _differ(one: object, other: object) -> bool:
    return bool(one) and bool(other) and one != other
