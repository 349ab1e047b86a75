"""Cells made fit for repeating: whatever could be a name is masked, counts and known headings are left."""

from __future__ import annotations

import re

from measures.reading import headers
from measures.reading.headers import normal
from measures.reading.problems import Option
from measures.reading.table import Cell
from measures.tables import fields
from measures.tables.heading_matcher import EMPTY_WORDS, UNIT_WORDS, Certainty, Matcher
from measures.tables.modifiers import COUNTING, EXAMPLE, NOT, OTHERS, PART, PER_CENT
from measures.tables.period import MONTHS
from measures.tables.things import is_laid_aside, lone_thing

WORD = re.compile(r"[^\W\d_]+")
_WORDS_FOR_NONE = {"ca", "cirka", "ukendt", "ingen", "nul", "ved", "ikke", "mangler", "na", "ja"}
_WORDS_AROUND_NUMBERS = {"nej", "over", "under", "pct", "procent", "stk", "antal", "ref", "div", "value"}
HARMLESS = _WORDS_FOR_NONE | _WORDS_AROUND_NUMBERS
"""Words of a cell that may be repeated. Any other could be a name, so its letters are masked."""
WORDS_OF_TIME = MONTHS.keys() | {"kvartal", "kvt", "kv", "quarter", "qtr", "k", "q", "halvår", "half", "m", "til", "to"}
KNOWN_WORDS = PART | OTHERS | NOT | EXAMPLE | PER_CENT | COUNTING | {normal(name) for name in headers.TOTALS} | {"alt"}
"""Words over a column or before a row that are nobody's name."""
MOST_DIGITS = 8
"""A day has that many; a number about a person has more."""
HIDDEN = "•••"


def masked(found: str | None) -> str | None:
    """A cell's content with its words masked: a name typed into the wrong cell must not be kept."""
    if found is None:
        return None
    return WORD.sub(lambda word: word.group() if _is_harmless(word.group()) else "•" * len(word.group()), found)


def _is_harmless(word: str) -> bool:
    """Whether a word can be repeated wherever it stands: it says what numbers are, and is nobody's name."""
    return word.casefold() in HARMLESS or normal(word) in KNOWN_WORDS or is_laid_aside(word) or bool(lone_thing(word))


def option_words(option: Option) -> str:
    """What stands at a place that can be chosen, when nobody's name can be in it; "" when one can.

    A heading (`f…`) is one that the package knows.
    """
    if option.key.startswith("f"):
        return option.said
    words = set(normal(option.said).split())
    plain = {word for word in words if not word.isdigit()} - KNOWN_WORDS - {normal(word) for word in WORDS_OF_TIME}
    return "" if plain or not words else option.said


def shown(cell: Cell, matcher: Matcher) -> Cell:
    """A cell as it may be handed back: a number, a time, a known heading or a mark; anything else is dots."""
    if isinstance(cell, int | float) or cell is None:
        return cell if cell is None or abs(cell) < 10**MOST_DIGITS else HIDDEN
    if sum(character.isdigit() for character in cell) > MOST_DIGITS:
        return HIDDEN
    words = {word.casefold() for word in WORD.findall(cell)}
    return cell if words <= HARMLESS | WORDS_OF_TIME or _is_heading(cell, matcher) else HIDDEN


def _is_heading(cell: str, matcher: Matcher) -> bool:
    wanted = normal(cell)
    if headers.is_plain_heading(wanted) or (headers.is_total(cell) and " " not in wanted):
        return True
    match = matcher.match(cell)
    if match is not None and match.certainty is Certainty.UNIT:
        known = {word for item in matcher.package.fields for name in fields.names_of(item) for word in name.split()}
        return set(wanted.split()) <= known | UNIT_WORDS | EMPTY_WORDS
    return match is not None
