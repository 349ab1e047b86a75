"""Which field does a heading mean? What is certain maps itself; what is only likely is suggested and needs a click."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from measures.packages.package import Package
from measures.reading import headers
from measures.reading.headers import normal
from measures.tables import fields
from measures.tables.modifiers import NOT, THOUSANDS
from measures.tables.period import MONTHS, Span, span_of

LIKELY, LEAD = 85, 10
"""A suggestion needs this likeness, out of 100, and this lead over the next field."""
SHORTEST_GUESS = 4
SAME_WORD = 0.75
UNIT_WORDS = frozenset(
    {"%", "‰", "pct", "procent", "percent", "andel", "share", "pr", "per", "promille", "rate", "1000"}
)
EMPTY_WORDS = frozenset({"antal", "stk", "n", "no", "number", "count", "tal", "af", "of", "med", "with", "i", "the"})
SOFT = "pt ptt pts pat patient patienter patients personer borgere vores jeres praksis for"
SOFT_WORDS = EMPTY_WORDS | frozenset(SOFT.split())
"""Words that seldom make a heading another thing: what is the same but for them is asked about."""
SUMMED = re.compile(r"(?:sum(?:men)?|total) (?:af|of) (?=.)")
"""What a pivot table writes before the name of what it has added up."""
COUNTED = re.compile(r"(?:antal|count|count distinct|tal) (?:af|of) (?=.)")
"""... or counted: how many rows, which need not be what stood in them."""
_MONTH = "|".join(sorted(map(normal, MONTHS), key=len, reverse=True))
DATED = re.compile(
    r"\b(?:i |in |pr |per )?("
    r"(?:[12] )?(?:19|20)\d\d (?:\d\d|20\d\d)"
    r"|(?:19|20)\d\d(?: ?[kqm] ?\d\d?| (?:kvartal|kvt) [1-4])?"
    r"|(?:[kq] ?[1-4]|[1-4] (?:kvartal|kvt|kv|quarter|q)|[12] (?:halvaar|half)"
    rf"|(?:\d\d? )?(?:{_MONTH})) (?:19|20)\d\d)\b"
)
"""A time in a normal heading: 2026, 2026k1, 2017 18, 1 kvartal 2026, maj 2026."""
OPPOSITE_STARTS = ("u", "ikke", "non", "un", "in", "mis")


class Certainty(StrEnum):
    """How sure a match is."""

    EXACT = "exact"
    LEARNED = "learned"  # the practice said so once
    GUESS = "guess"  # needs a click
    UNCLEAR = "unclear"  # two fields are equally likely: force a choice
    UNIT = "unit"  # the field in another unit: per 1,000, per cent
    OTHER = "other"  # the field's name under words that make it something else: a part, the opposite, a region


@dataclass(frozen=True, slots=True)
class Match:
    """What a heading means: its field, how sure that is, the time it names, and for UNCLEAR the other field."""

    field_id: str
    certainty: Certainty
    span: Span | None = None
    other: str = ""
    per: int = 0
    """For UNIT: 100, 1,000, or 0 when it isn't said."""
    own: bool = False
    """Whether the package itself has the time in the heading's name."""

    @property
    def is_sure(self) -> bool:
        """Whether nobody needs to be asked."""
        return self.certainty in (Certainty.EXACT, Certainty.LEARNED)

    @property
    def counts(self) -> bool:
        """Whether the column holds the field's own numbers."""
        return self.is_sure or self.certainty is Certainty.GUESS


class Matcher:
    """Matches headings with the fields of a package, with what the practice has confirmed before.

    `learned` has normal headings as keys, and a field's id or "" (never a field) as values.
    """

    def __init__(self, package: Package, learned: Mapping[str, str] | None = None) -> None:
        self.package = package
        self._learned = dict(learned or {})
        self._names = {name: item.id for item in reversed(package.fields) for name in fields.names_of(item)}
        own = (name for item in package.fields for name in (item.id, *item.label.model_dump().values()))
        self._own = frozenset(normal(name) for name in own)
        self._soft = {_without(name, SOFT_WORDS): field_id for name, field_id in self._names.items()}
        self._known: dict[str, Match | None] = {}

    def match(self, heading: object) -> Match | None:
        """The meaning of a heading; None when it has none here. Only text can be a heading."""
        if not isinstance(heading, str):
            return None
        wanted = normal(heading)
        if not wanted or len(wanted) > 120:
            return None
        if wanted not in self._known:
            self._known[wanted] = self._find(wanted)
        return self._known[wanted]

    def _find(self, wanted: str) -> Match | None:
        if wanted in self._learned:
            said = self._learned[wanted]
            known = said in {item.id for item in self.package.fields}
            return Match(said, Certainty.LEARNED) if known else None
        if field_id := self._names.get(wanted):
            dated = None if wanted in self._own else DATED.search(wanted)  # a time in an alias says when, as any does
            scaled = THOUSANDS.search(wanted) is not None and wanted not in self._own
            how = (
                Certainty.GUESS if scaled else Certainty.EXACT
            )  # numbers in thousands are asked about once, whoever named them
            return Match(field_id, how, _time(dated) if dated else None, own=dated is not None)
        if (summed := SUMMED.sub("", wanted, count=1)) != wanted:
            return self._find(summed)
        if (counted := COUNTED.sub("", wanted, count=1)) != wanted and counted in self._names:
            return Match(self._names[counted], Certainty.GUESS)
        if headers.is_plain_heading(wanted):
            return None
        if found := self._dated(wanted):
            return found
        words = wanted.split()
        if units := _units(words):
            return self._in_unit(words, units)
        if (field_id := self._names.get(_bare(words))) is not None:
            return Match(field_id, Certainty.EXACT)
        return self._guess(wanted)

    def _dated(self, wanted: str) -> Match | None:
        dated = DATED.search(wanted)
        rest = DATED.sub(" ", wanted).split()
        if not dated:
            return None
        if field_id := self._names.get(" ".join(rest)) or self._names.get(_bare(rest)):
            return Match(field_id, Certainty.EXACT, _time(dated))
        units = _units(rest)
        if units and (found := self._in_unit(rest, units)):
            return Match(found.field_id, Certainty.UNIT, _time(dated), per=found.per)
        return None

    def _in_unit(self, words: list[str], units: list[int]) -> Match | None:
        before, after = words[: units[0]], words[units[-1] + 1 :]
        for part in (before, after):
            field_id = self._names.get(" ".join(part)) or self._names.get(_bare(part))
            if field_id:
                per = 1000 if "‰" in words or "promille" in words or "1000" in _joined(words) else 0
                return Match(field_id, Certainty.UNIT, per=per or (0 if "pr" in words or "per" in words else 100))
        return None

    def _guess(self, wanted: str) -> Match | None:
        if (soft := _without(wanted, SOFT_WORDS)) and soft in self._soft:
            return Match(self._soft[soft], Certainty.GUESS)
        if len(wanted) < SHORTEST_GUESS:
            return None
        best: dict[str, float] = {}
        for name, field_id in self._names.items():
            if _at_most(wanted, name) * 100 >= LIKELY - LEAD and _same_words(wanted, name):
                likeness = SequenceMatcher(None, wanted, name).ratio()
                best[field_id] = max(best.get(field_id, 0.0), likeness * 100)
        ranked = sorted(best.items(), key=lambda item: -item[1])
        if not ranked or ranked[0][1] < LIKELY:
            return None
        if len(ranked) > 1 and ranked[0][1] - ranked[1][1] < LEAD:
            return Match(ranked[0][0], Certainty.UNCLEAR, other=ranked[1][0])
        return Match(ranked[0][0], Certainty.GUESS)


def _units(words: list[str]) -> list[int]:
    """The places of words that make a number something else than a count, the number after "pr." with them."""
    places = [place for place, word in enumerate(words) if word in UNIT_WORDS or word.endswith("%")]
    while places and places[-1] + 1 < len(words) and words[places[-1] + 1].isdigit():
        places.append(places[-1] + 1)
    return places


def _same_words(wanted: str, name: str) -> bool:
    """Whether the two differ in spelling only: "uden" is not "med", "under" is not "over", 64 is not 79."""
    others = name.split()
    if NOT & set(wanted.split()) != NOT & set(others):
        return False
    return all(
        word in EMPTY_WORDS or any(word == other if word.isdigit() else _alike(word, other) for other in others)
        for word in wanted.split()
    )


def _alike(word: str, other: str) -> bool:
    if any(word == start + other or other == start + word for start in OPPOSITE_STARTS):
        return False  # "ukontrolleret" is spelt nearly as its opposite
    return _at_most(word, other) >= SAME_WORD and SequenceMatcher(None, word, other).ratio() >= SAME_WORD


def _at_most(one: str, other: str) -> float:
    """The greatest likeness that the lengths alone allow: most pairs need no closer look."""
    return 2 * min(len(one), len(other)) / (len(one) + len(other))


def _without(name: str, words: frozenset[str]) -> str:
    return " ".join(word for word in name.split() if word not in words)


def _time(dated: re.Match[str]) -> Span | None:
    """The time in a heading; two years in a row, `2017 18`, were written with a stroke between them."""
    return span_of(re.sub(r"((?:19|20)\d\d) (\d\d(?:\d\d)?)$", r"\1/\2", dated[1]))


def _joined(words: list[str]) -> str:
    return " ".join(words).replace("1 000", "1000")


def _is_none(words: list[str]) -> bool:
    """Whether "no" says none ("No COPD") and not number ("No. of COPD patients")."""
    return words[0] == "no" and words[1:] != ["of"]


def _bare(words: list[str]) -> str:
    """The heading without words such as "antal" at its ends."""
    first, last = 0, len(words)
    while first < last and words[first] in EMPTY_WORDS and not _is_none(words[first : first + 2]):
        first += 1
    while last > first and words[last - 1] in EMPTY_WORDS:
        last -= 1
    return " ".join(words[first:last])
