"""Words over, under and beside a heading that make its numbers something else than the field itself."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from measures.reading.headers import normal
from measures.tables.period import Span, span_of
from measures.tables.things import thing_of

LONGEST = 40
"""A band's or a column's words are few; longer ones are a title or an explanation."""


class Sort(StrEnum):
    """What sort of thing the words make of the numbers."""

    NOT = "not"  # the opposite: "uden", "ikke"
    PART = "part"  # only some of the people: men, an age
    OTHERS = "others"  # a region, a mean, a target
    UNIT = "unit"  # per cent, per 1,000
    EXAMPLE = "example"
    KEY = "key"  # a code or a running number


def _words(text: str) -> frozenset[str]:
    """Normal words, written with blanks between them."""
    return frozenset(text.split())


NOT = _words(
    "uden ikke ej mangler manglende without not no non never aldrig ingen fravalgt afvist aflyst ude uafklaret"
)
PART = _words(
    "maend kvinder mand kvinde maendene kvinderne men women man woman male female males females drenge piger boys "
    "girls heraf deraf kun"
)
AREAS = _words(
    "region regionen regionens regionsplan landet landsplan landets danmark kommunen kommune kommunens andre andres "
    "oevrige klyngen klyngens klynge nationalt national naboer naboklinik nabopraksis landstal regionstal klyngetal "
    "kommunetal midtjylland hovedstaden sjaelland syddanmark nordjylland"
)
"""Others than the practice; over a file for all practices they only say where those are."""
AIMS = _words(
    "gennemsnit gennemsnittet gns gnsn snit middel mean average avg median landsgennemsnit klyngegennemsnit "
    "regionsgennemsnit maal maaltal maalsaetning target targets goal goals forventet forventning expected benchmark "
    "standard budget budgettet budgetteret prognose prognoser forecast forecasts aendring aendringer stigning forskel "
    "difference differens udvikling change diff"
)
"""What nobody counted: a mean, what one hopes for, what has changed."""
OTHERS = AREAS | AIMS
EXAMPLE = _words("eksempel eksempler example examples demo testdata opdigtet opdigtede")
KEY = _words("kode koder code id nr nummer no ydelseskode diagnosekode icpc lb lbnr")
PER_CENT = _words("% pct procent percent pctpoint andel andele share proportion")
COUNTING = _words("antal stk n count number tal patienter personer pt pers i alt")
AGE = re.compile(
    r"(?:\d+ ?(?:aar|aarige|years|yrs))|\b(?:over|under) \d\d?\b|\b\d\d? \d\d?\b|\b\d\d plus\b|\b(?:alder|age)\b"
)
AND_OVER = re.compile(r"\b\d\d ?\+")
PER = re.compile(r"(?:pr|per|i|x) ?(?P<per>1 ?0{2,5}|1 000|100 ?000|10 ?000|1000|100)\b")
THOUSANDS = re.compile(
    r"\bx 1 ?000\b|\b(?:tusind|tusinde|tusinder|thousand|thousands|mio|millioner|millions|tkr|promille)\b|‰"
)


@dataclass(frozen=True, slots=True)
class Modifier:
    """What words say: their sorts, the unit as 100, 1,000 (or 0 when it isn't said), the time and the thing counted."""

    sorts: frozenset[Sort] = frozenset()
    per: int = 0
    span: Span | None = None
    thing: str = ""
    others: frozenset[str] = frozenset()
    """The words that make them others' numbers."""
    people: str = ""
    """The words that choose some of the people, as they are written."""

    def __or__(self, other: Modifier) -> Modifier:
        """Both together: what is nearer the number (the left) says the time."""
        sorts, thing = self.sorts | other.sorts, self.thing or other.thing
        others, people = self.others | other.others, f"{self.people} {other.people}".strip()
        return Modifier(sorts, self.per or other.per, self.span or other.span, thing, others, people)

    def has(self, *sorts: Sort) -> bool:
        """Whether the words make the numbers any of these."""
        return not self.sorts.isdisjoint(sorts)


NOTHING = Modifier()


def modifier_of(cell: object) -> Modifier:
    """What the words of a band, a heading's neighbour or a column say of the numbers there."""
    if cell is None or isinstance(cell, bool):
        return NOTHING
    span = span_of(cell)
    if not isinstance(cell, str) or len(cell) > LONGEST:
        return Modifier(span=span)
    said = normal(cell)
    words = set(said.split())
    sorts = {sort for sort, known in ((Sort.NOT, NOT), (Sort.PART, PART), (Sort.OTHERS, OTHERS)) if words & known}
    sorts |= {sort for sort, known in ((Sort.EXAMPLE, EXAMPLE), (Sort.KEY, KEY)) if words & known}
    if span is None and (AGE.search(said) or AND_OVER.search(cell)):
        sorts.add(Sort.PART)
    per = unit_of(cell)
    if per is not None:
        sorts.add(Sort.UNIT)
    people = cell if Sort.PART in sorts else ""
    return Modifier(frozenset(sorts), per or 0, span, thing_of(cell), frozenset(words & OTHERS), people)


def own_modifier(label: str) -> Modifier:
    """What a field's own words say of its numbers. "Heraf" only joins it to another: it chooses no people."""
    return modifier_of(re.sub(r"\b(?:heraf|deraf) ", "", normal(label))[:LONGEST])


def unit_of(cell: object) -> int | None:
    """The unit that words name: 100, 1,000 and so on, 0 for one that has no number; None when they name none."""
    if not isinstance(cell, str) or len(cell) > LONGEST:
        return None
    said = normal(cell)
    if found := PER.search(said):
        return int(found["per"].replace(" ", ""))
    if THOUSANDS.search(said):
        return 1000
    if set(said.split()) & PER_CENT or "%" in said or "per cent" in said:
        return 100
    return 0 if {"rate", "ratio", "indeks", "index"} & set(said.split()) else None


def is_thousands(cell: object) -> bool:
    """Whether a cell says nothing but that numbers are thousands or millions."""
    return isinstance(cell, str) and len(cell) <= LONGEST and THOUSANDS.fullmatch(normal(cell)) is not None


def is_unit(cell: object) -> bool:
    """Whether a cell holds nothing but the unit of the numbers below or beside it: "antal", "pct.", "pr. 1.000"."""
    if not isinstance(cell, str) or len(cell) > LONGEST:
        return False
    words = normal(cell).split()
    known = PER_CENT | COUNTING | {"pr", "per", "cent", "1000", "1", "000", "100", "‰", "promille", "rate"}
    has_number = any(word.isdigit() for word in words)
    return (
        bool(words)
        and all(word in known for word in words)
        and (not has_number or PER.search(normal(cell)) is not None)
    )
