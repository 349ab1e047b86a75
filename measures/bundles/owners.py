"""Whose is a row in a file for all practices? By number, name, or both in one cell; a likely name is asked about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from measures.checking.validation import PracticeFacts
from measures.reading.headers import is_total, normal, read_ydernummer
from measures.reading.table import Cell
from measures.tables.heading_matcher import LEAD, LIKELY
from measures.tables.names import LONGEST, branch_of, likeness, particular

NUMBER_FIRST = re.compile(r"\A\W*(?:[A-Za-zÆØÅæøå]{1,2}[-. ]?)?(\d{2,6})\b\W*(.*)")
"""`0114 Upplands Väsby`, `K-3001 Halden`, `057584 - Lægehuset Havnen`."""
NUMBER_LAST = re.compile(r"\A(?=.*[^\W\d_])(.*\w)\W+(\d{3,6})\W*")
"""`Lægehuset Havnen (057584)`."""
SUM_FIRST = re.compile(r"(?:i alt|ialt|total|totalt|subtotal|sum|samlet)(?: for| i)? (.+)")
SUM_LAST = re.compile(r"\A(.+?) (?:i alt|ialt|total|totalt|subtotal|sum|samlet|all|alle)")
COMMON_WORDS = """
practice surgery surgeries medical centre center clinic health group pms gp kommune municipality hospital the
"""
COMMON = frozenset(COMMON_WORDS.split())
"""Words that practices elsewhere share, and that a file may leave out."""
MANY_NAMES = 400
"""With more strangers than that a name must share a whole word with a practice's to be held against it."""


@dataclass(frozen=True, slots=True)
class OwnerSaid:
    """What an owner's cell says: a practice of the cluster, or only a number or name of another; a sum of its rows."""

    number: str | None = None
    other: str | None = None
    """A practice number that is none of the cluster's."""
    name: str = ""
    """The normal name, as far as there is one."""
    is_sum: bool = False
    by_number: bool = False
    """A number says it, whatever name stands with it."""
    clash: str | None = None
    """The practice that the name means while the number means another."""

    @property
    def is_grand_total(self) -> bool:
        """Whether it is a sum or mean of all, or a region's row."""
        return self.is_sum and self.number is None and not self.name


NOBODY = OwnerSaid()


def core_of(name: str) -> str:
    """What is a practice's own in its name: without the words that many share, here and elsewhere."""
    return " ".join(word for word in particular(name).split() if word not in COMMON)


def is_namesake_prone(name: str) -> bool:
    """Whether there may well be another of that name: a kind of practice and one word, "Lægehuset Havnen"."""
    core = core_of(name).split()
    return len(core) == 1 and core[0].isalpha() and core != normal(name).split()


class Owners:
    """Knows the practices of a cluster by number and name. `matches` are names that were confirmed before."""

    def __init__(self, practices: Sequence[PracticeFacts], matches: Mapping[str, str]) -> None:
        self.practices = {facts.ydernummer: facts for facts in practices}
        self._matches = {name: number for name, number in matches.items() if number in self.practices}
        self._names: dict[str, str | None] = {}
        for facts in practices:
            for name in {normal(facts.name), particular(facts.name), core_of(facts.name)} - {""}:
                taken = self._names.get(name, facts.ydernummer)
                self._names[name] = facts.ydernummer if taken == facts.ydernummer else None
        self._known: dict[Cell, OwnerSaid] = {}

    def said(self, cell: Cell) -> OwnerSaid:
        """What the cell says of whose the row is."""
        if cell is None or isinstance(cell, bool):
            return NOBODY
        if cell not in self._known:
            self._known[cell] = self._read(cell)
        return self._known[cell]

    def confirmed(self, name: str) -> str | None:
        """The practice that a normal name was said to mean."""
        return self._matches.get(name)

    def _read(self, cell: Cell) -> OwnerSaid:
        number = read_ydernummer(cell)
        if number is not None:
            return OwnerSaid(number, by_number=True) if number in self.practices else OwnerSaid(other=number)
        text = str(cell).strip()
        name = normal(text) if len(text) <= LONGEST else ""
        if not name:
            return NOBODY
        if found := self._named(name):
            return OwnerSaid(found, name=name)
        if both := self._number_and_name(text):
            return both
        for shape in (SUM_LAST, SUM_FIRST):
            match = shape.fullmatch(name)
            if match and (found := self._named(match[1])):
                return OwnerSaid(found, name=match[1], is_sum=True)
        if (whole := branch_of(text)) and (found := self._named(whole)):
            return OwnerSaid(found, name=name)
        return OwnerSaid(is_sum=True) if is_total(text) else OwnerSaid(name=name)

    def _named(self, name: str) -> str | None:
        return self._matches.get(name) or self._names.get(name) or self._names.get(particular(name))

    def _number_and_name(self, text: str) -> OwnerSaid | None:
        for shape, number_at, name_at in ((NUMBER_FIRST, 1, 2), (NUMBER_LAST, 2, 1)):
            match = shape.fullmatch(text)
            if match is None or not normal(match[name_at]):
                continue
            number, name = match[number_at].zfill(6), normal(match[name_at])
            meant = self._named(name)
            if number in self.practices:
                clash = meant if meant not in (None, number) else None
                return OwnerSaid(number, name=name, by_number=True, clash=clash)
            if meant is not None and len(match[number_at]) >= len("1234"):
                return OwnerSaid(other=number, name=name, clash=meant)
        return None

    def likely(self, names: Iterable[str], taken: Iterable[str]) -> dict[str, str]:
        """Names of strangers that are nearly a practice's, each for one that is not in the file otherwise.

        Numbers in names must agree, and neither another name nor another practice may be nearly as near.
        """
        strangers = list(dict.fromkeys(name for name in names if name))
        by_word: dict[str, list[str]] = {}
        for name in strangers if len(strangers) > MANY_NAMES else ():
            for word in set(name.split()):
                by_word.setdefault(word, []).append(name)
        free = {number: facts for number, facts in self.practices.items() if number not in set(taken) and facts.name}
        found: dict[str, str] = {}
        for number, facts in free.items():
            near = strangers
            if by_word:
                near = list(
                    dict.fromkeys(name for word in core_of(facts.name).split() for name in by_word.get(word, ()))
                )
            ranked = sorted(((self._near(name, facts.name), name) for name in near[:MANY_NAMES]), reverse=True)
            if not ranked or ranked[0][0] < LIKELY or (len(ranked) > 1 and ranked[0][0] - ranked[1][0] < LEAD):
                continue
            others = (self._near(ranked[0][1], each.name) for other, each in free.items() if other != number)
            if ranked[0][0] - max(others, default=0.0) >= LEAD:
                found[ranked[0][1]] = number
        return found

    @staticmethod
    def _near(said: str, name: str) -> float:
        own = normal(name)
        if re.findall(r"\d+", said) != re.findall(r"\d+", own):
            return 0.0
        return likeness(said, own)
