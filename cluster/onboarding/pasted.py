"""Lines that somebody pasted or typed, one person a line, as the list of members that they are. Pure.

Between the parts stand tabs, semicolons or commas. A first line of headings says what is what; without one the parts
say it themselves – an address, a ydernummer, a practice's name – or it is asked for the headings.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from cluster.errors import ClusterError
from cluster.members import titles
from cluster.onboarding import roster_headings
from cluster.onboarding.roster_names import ADDRESS, PRACTICE
from cluster.onboarding.roster_rows import ROLE_NAMES, YES, Flaw, Roster, read_roster
from measures.packages.systems import OTHER, find_system
from measures.reading.headers import read_ydernummer
from measures.reading.table import SheetCells, Table

SEPARATORS = ("\t", ";", ",")
Lines = list[list[str]]
"""The parts of each line; a line with nothing between its parts, and a blank one, has none."""
TITLES = {*titles.DECIDING, *titles.NOT_DECIDING}
ROLES = {name for names in ROLE_NAMES.values() for name in names if name}
SIZE = re.compile(r"\d{1,2}[.\s]?\d{3}|\d{3}")
TELEPHONE = re.compile(r"(?:\+|00)?\d[\d\s]{7,}")
HEADING = {
    "ydernummer": "Ydernummer",
    "practice": "Praksis",
    "list_size": "Patienter",
    "system": "Lægesystem",
    "name": "Navn",
    "email": "E-mail",
    "title": "Titel",
    "role": "Rolle",
    "contact": "Kontaktperson",
}


def looks_like_list(words: str) -> bool:
    """Whether a message can be meant for nothing else: several people, or one with where they work."""
    lines = _parted(words)
    if roster_headings.find(_table(lines)) is not None:
        return True
    about = [line for line in lines if any(_is_address(part) for part in line)]
    others = sum(1 for line in lines if line and line not in about)
    return others <= len(about) and (
        len(about) > 1 or any(len(line) > 2 and any(map(_is_place, line)) for line in about)
    )


def read_pasted(words: str) -> Roster:
    """What the lines say; rows are numbered as the lines are.

    Raises ClusterError where they hold nobody, and where it can't be told what their parts are.
    """
    lines = _parted(words)
    stray = [n for n, line in enumerate(words.splitlines(), 1) if line.strip() and not lines[n - 1]]
    if roster_headings.find(_table(lines)) is None:
        stray += [n for n, line in enumerate(lines, 1) if line and not any(map(_is_sign, line))]
        lines = [[] if n in stray else line for n, line in enumerate(lines, 1)]
        headings = _headings(lines)
        roster = read_roster(_table([headings, *lines]))
        rows = [replace(row, row=row.row - 1) for row in roster.rows]
        flaws = [replace(flaw, row=flaw.row - 1) for flaw in roster.flaws]
    else:
        roster = read_roster(_table(lines))
        rows, flaws = [*roster.rows], [*roster.flaws]
    if not rows:
        raise ClusterError("roster.pasted_nobody")
    flaws += [Flaw("no_person", n) for n in stray]
    return Roster(tuple(rows), tuple(sorted(flaws, key=lambda flaw: flaw.row)))


def _parted(words: str) -> Lines:
    lines = words.splitlines()
    written = [line for line in lines if line.strip()]
    has = {mark: sum(mark in line for line in written) for mark in SEPARATORS}
    between = next((mark for mark in SEPARATORS if written and has[mark] * 2 >= len(written)), None)
    if between is None:
        return [[] for _ in lines]
    return [
        [" ".join(part.split()) for part in next(csv.reader([line], delimiter=between, skipinitialspace=True), [])]
        if between in line
        else []
        for line in lines
    ]


def _table(lines: Sequence[Sequence[str]]) -> Table:
    return Table("csv", (SheetCells(None, tuple(tuple(part or None for part in line) for line in lines)),))


def _is_address(part: str) -> bool:
    return ADDRESS.fullmatch(part) is not None


def _is_place(part: str) -> bool:
    """Whether it is a number or a name of a practice, or what somebody is in one; talk has commas, and is signed."""
    is_number = re.fullmatch(r"[\dOo]{5,6}", part) is not None
    return is_number or part.casefold() in TITLES or PRACTICE.search(part) is not None


def _is_sign(part: str) -> bool:
    """Whether it shows that a line is about somebody: an address or a number of a practice."""
    return "@" in part or read_ydernummer(part) is not None


def _headings(lines: Lines) -> list[str]:
    """What each part is, of lines that don't say it. Raises ClusterError when that can't be told."""
    width = max(map(len, lines), default=0)
    columns = [[line[place] for line in lines if place < len(line) and line[place]] for place in range(width)]
    found = [_kind(values) for values in columns]
    _tell_numbers_apart(found, columns)
    _tell_names_apart(found, columns)
    counts = Counter(each for each in found if each)
    if "name" not in counts or not ("email" in counts or {"ydernummer", "practice"} <= counts.keys()):
        raise ClusterError("roster.pasted_nobody")
    if max(counts.values()) > 1:
        raise ClusterError("roster.pasted_unclear")
    return [HEADING.get(each, "") for each in found]


def _kind(values: Sequence[str]) -> str:
    """What a column holds by itself: ``number`` and ``text`` are told apart beside the others."""
    small = [value.casefold() for value in values]
    if not values:
        return ""
    if any("@" in value for value in values):
        if not all("@" in value for value in values):  # a part is missing in some line, and all behind it moved up
            raise ClusterError("roster.pasted_unclear")
        return "email"
    for kind, known in (("title", TITLES), ("role", ROLES), ("contact", YES | {"nej", "no"})):
        if all(value in known for value in small) and not (kind == "contact" and set(small) <= {"1"}):
            return kind
    if all(TELEPHONE.fullmatch(value) for value in values):
        return ""
    if all(read_ydernummer(value) or SIZE.fullmatch(value) for value in values):
        return "number"
    if all(find_system(value).id != OTHER for value in values):
        return "system"
    return "text"


def _tell_numbers_apart(found: list[str], columns: Sequence[Sequence[str]]) -> None:
    """A ydernummer has six figures, or five where its nought was lost; patients are at most five."""
    numbers = [place for place, kind in enumerate(found) if kind == "number"]
    sure = [place for place in numbers if all(re.fullmatch(r"[\dOo]{6}", value) for value in columns[place])]
    likely = sure or [place for place in numbers if all(re.fullmatch(r"[\dOo]{5,6}", each) for each in columns[place])]
    sizes = [place for place in numbers if all(SIZE.fullmatch(value) for value in columns[place])]
    for place in numbers:
        if likely == [place]:
            found[place] = "ydernummer"
        elif place in sizes and len(numbers) == 2 and len(likely) == 1:
            found[place] = "list_size"
        else:
            raise ClusterError("roster.pasted_unclear")


def _tell_names_apart(found: list[str], columns: Sequence[Sequence[str]]) -> None:
    """The only words are people's names; of two columns one is the practices' by its words, or by the order that we
    ask for: name, e-mail, practice."""
    words = [place for place, kind in enumerate(found) if kind == "text"]
    of_practices = [place for place in words if _are_practices(columns[place])]
    if len(words) == 2 and len(of_practices) != 1 and words == [0, 2] and found[1] == "email" and not of_practices:
        of_practices = [2]
    if len(words) > 2 or len(of_practices) != len(words) - 1:
        raise ClusterError("roster.pasted_unclear" if words else "roster.pasted_nobody")
    for place in words:
        found[place] = "practice" if place in of_practices else "name"


def _are_practices(values: Sequence[str]) -> bool:
    return sum(PRACTICE.search(value) is not None for value in values) * 2 > len(values)
