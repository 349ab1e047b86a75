"""»torsdag kan jeg, tirsdag hvis det må være, fredag ikke«: what somebody writes about the dates of a poll. Pure.

Words that are not ours make it doubtful: then nothing is noted, and the buttons are shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from cluster.meetings.typed_words import ABLE, MONTHS, NOT, WEEKDAYS, folded, folded_set
from storage.words import Suits

_TOKEN = re.compile(
    r"(?P<hours>\b(?:kl\.?|klokken|at)\s*\d[\d.:–-]*|\d{1,2}\s*[-–]\s*\d{1,2})"
    r"|(?P<day>\d{1,2})[/.](?P<month>\d{1,2})\.?|(?P<number>\d{1,2})\.?"
    r"|(?P<ends>[,;\n]|(?<=[a-z]{3})[.!](?=\s|$))|[^\W\d_]+(?:['’][a-z]+)?|\?"
)
_YES = ABLE | folded_set(
    "ja yes jo passer passe fint fine godt ok okay gerne works work suits good great perfekt perfect super"
)
_NO = NOT | folded_set("nej no optaget forhindret")
_NEED = folded_set("nødig nødigt nødvendigt nødvendig nødt nødstilfælde knap must needed need necessary helst")
_ALL = folded_set("alle begge all both allesammen")
_NONE = folded_set("ingen none neither")
_REST = folded_set("resten rest øvrige andre others")
_IF = folded_set("hvis if")
_ONLY = folded_set("kun only bare")
_BUT = folded_set("men but")
_AROUND = folded_set(
    "jeg i mig me det it er is are den d de dag dage dagen dagene dato datoer datoerne days day dates date the a og "
    "and i på on hvis if må være be godt også too also them dem af of for kl med to den til at klart sagtens can"
)
_ASKING = folded_set("hvornår hvem hvad hvor when who what where which hvilke hvilken") | {"?"}


@dataclass(frozen=True)
class HeardDates:
    """What was understood."""

    said: Mapping[date, Suits]
    is_sure: bool
    names_days: bool = True
    """Whether a day was named, and not only »all« or »none«."""
    days: frozenset[object] = frozenset()


@dataclass
class _Clause:
    is_contrast: bool = False
    """Whether it begins with »men«."""
    is_torn: bool = False
    """Whether it begins where the one before went on to another day after it had answered."""
    days: list[date] = field(default_factory=list)
    parts: list[list[str]] = field(default_factory=lambda: [[]])
    """The words before, between and after its days."""

    @property
    def words(self) -> set[str]:
        return {word for part in self.parts for word in part}

    @property
    def is_crossed(self) -> bool:
        """Whether of two days either may be what is answered: »jeg kan torsdag og tirsdag ikke«."""
        return len(self.days) > 1 and sum(_suits(part) is not None for part in self.parts) > 1


def read_dates(text: str, days: Sequence[date]) -> HeardDates | None:
    """What the words say of these dates; None when they name none of them."""
    clauses, is_strange = _clauses(text, days)
    named = [day for clause in clauses for day in clause.days]
    words = {word for clause in clauses for word in clause.words}
    if not named and not words & (_ALL | _NONE):
        return None
    if words & _ASKING:
        return None
    said: dict[date, Suits] = {}
    waiting: list[date] = []
    last: Suits | None = None
    sure = not is_strange
    for clause in clauses:
        spoken = clause.words
        suits = _suits(spoken)
        about = clause.days or (list(days) if spoken & (_ALL | _NONE) else [])
        if spoken & _REST:
            about = [day for day in days if day not in said and day not in waiting]
        if clause.is_crossed or ("helst" in spoken and not spoken & NOT):  # »helst torsdag« is no »nødigt«
            sure = False
        if suits is None:
            sure = sure and not clause.is_torn
            waiting += about
            continue
        if waiting and (clause.is_contrast or last not in (None, suits) or set(waiting) & set(about)):
            sure = False  # »torsdag, men ikke fredag«, »torsdag kan jeg, tirsdag, fredag ikke«, »alle, ikke fredag«
        about, waiting, last = [*waiting, *about], [], suits
        if not about or (suits == Suits.NO and spoken & _ALL):  # »ikke alle« is not none
            sure = False
        for day in about:
            sure = sure and said.get(day, suits) == suits
            said[day] = suits
        if spoken & _ONLY and suits == Suits.YES:
            said |= {day: Suits.NO for day in days if day not in about}
    sure = sure and not waiting and bool(said)
    return HeardDates(said, sure, bool(named), frozenset(named))


def _clauses(text: str, days: Sequence[date]) -> tuple[list[_Clause], bool]:
    """The parts of what was written, each with the days it names; and whether a day is none of these."""
    found, is_strange = [_Clause()], False
    tokens = list(_TOKEN.finditer(folded(text)))
    for place, match in enumerate(tokens):
        word, clause = match[0], found[-1]
        if match["ends"] or word in _BUT:
            found.append(_Clause(is_contrast=word in _BUT))
            continue
        if match["hours"]:  # another hour than the date's, maybe
            is_strange = True
            continue
        here = _named(match, tokens[place + 1][0] if place + 1 < len(tokens) else "", days)
        if here is not None:
            is_strange = is_strange or len(here) != 1
            fresh = [day for day in here if day not in clause.days]
            if fresh and clause.days and _suits(clause.parts[-1]) is not None:  # »torsdag kan jeg og tirsdag ikke«
                is_strange = is_strange or bool(_IF & clause.words)  # »torsdag, hvis tirsdag ikke«
                clause = _Clause(is_torn=True)
                found.append(clause)
            clause.days += fresh
            clause.parts.append([])
        elif word not in MONTHS:
            clause.parts[-1].append(word)
            known = _YES | _NO | _NEED | _ALL | _NONE | _REST | _ONLY | _AROUND | _ASKING
            is_strange = is_strange or word not in known
    return [each for each in found if each.words or each.days], is_strange


def _named(match: re.Match[str], following: str, days: Sequence[date]) -> list[date] | None:
    """The dates that a word may name; None where it names no day."""
    if match[0] in WEEKDAYS:
        return [day for day in days if day.weekday() == WEEKDAYS[match[0]]]
    if match["day"]:
        return [day for day in days if (day.day, day.month) == (int(match["day"]), int(match["month"]))]
    if match["number"]:
        month = MONTHS.get(following)
        return [day for day in days if day.day == int(match["number"]) and month in (None, day.month)]
    return None


def _suits(words: Iterable[str]) -> Suits | None:
    said = set(words)
    if said & (_NEED | _IF):
        return Suits.IF_NEEDED
    if said & (_NO | _NONE):
        return Suits.NO
    return Suits.YES if said & _YES else None
