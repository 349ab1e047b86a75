"""Words that say what was counted, visits rather than people, and words that say the numbers are not final."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from measures.reading.headers import normal

if TYPE_CHECKING:  # the reader's process starts without the packages
    from measures.packages.parts import DataField

ALONE = """
gennemsnitsalder middelalder medianalder besoeg ydelse konsultation kontakt recept indlaeggelse henvisning kroner
beloeb udgift omkostning honorar visit
encounter consultation prescription service referral admission
"""
"""Things that a line may name alone and mean as what was counted."""
AFTER_NUMBER = """
undersoegelse proeve maaling pakning opkald haendelse episode aktivitet diagnose journalnotat notat behandling tid
time minut dag laege ansat behandler sygeplejerske pris contact test sample event dose ddd cost price hour minute day
doctor nurse
"""
"""Things that are meant so only behind "antal": alone they are the name of a group of columns as well."""
ENDINGS = r"(?:er|erne|en|et|e|ne|r|rne|s|ter|terne|te)?"
COUNT_OF = r"(?:antal|sum af|summen af|number of|no of|count of)"
_ANY, _LONE = ("|".join(sorted(words.split(), key=len, reverse=True)) for words in (ALONE + AFTER_NUMBER, ALONE))
NUMBER_OF = re.compile(rf"\b{COUNT_OF} (?:[a-z]+ )?({_ANY}){ENDINGS}\b")
LONE = re.compile(rf"({_LONE}){ENDINGS}")
BESIDE_WORDS = "antal i alt pr for af aar aaret alle sum stk number of per total all the tal data"
BESIDE = frozenset(BESIDE_WORDS.split())
LONGEST = 120
PEOPLE = re.compile(r"patient|person|\b(?:people|borger|boern|kvinder|maend|women|men|children|tilmeldte)")
DRAFT = re.compile(
    r"\b(?:test(?:udtraek|data|tal|fil|koersel)\w*|foreloebig\w*|udkast\w*|kladde\w*|skoen|estimat\w*|estimere\w*|midlertidig\w*|usikre?|arbejdsversion\w*|draft"
    r"|preliminary|provisional|ufuldstaendig\w*|mangelfuld\w*|incomplete|not final"
    r"|ikke (?:helt )?(?:endelig\w*|kvalitetssikre\w*|valider\w*|faerdig\w*|godkendt\w*|komplet\w*))\b"
)
"""What makes numbers something that somebody will correct."""
OLD = re.compile(r"\b(?:gammel|gamle|gammelt|arkiv\w*|backup\w*|old|archive\w*|historik|historisk\w*|forrige|test)\b")
"""What makes a sheet one that is kept for its own sake."""


def thing_of(cell: object) -> str:
    """What a line or a band says was counted, behind a word such as "antal"; "" when it names no such thing."""
    if not isinstance(cell, str) or len(cell) > LONGEST:
        return ""
    found = NUMBER_OF.search(normal(cell))
    return found[1] if found else ""


def lone_thing(cell: object) -> str:
    """As `thing_of`, also for a thing that stands alone: "Besøg", "Ydelser 2026"."""
    if not isinstance(cell, str) or len(cell) > LONGEST:
        return ""
    words = [word for word in normal(cell).split() if word not in BESIDE and not word.isdigit()]
    found = LONE.fullmatch(words[0]) if len(words) == 1 else None
    return thing_of(cell) or (found[1] if found else "")


def counts_it(items: Iterable[DataField], thing: str) -> bool:
    """Whether a field is about that thing itself, by its names, or by its help when it is not about people: then the
    word changes nothing."""
    return any(
        thing in _names(item) or (not counts_people(item) and thing in normal(f"{item.help.da} {item.help.en}"))
        for item in items
    )


def counts_people(item: DataField) -> bool:
    """Whether a field's name says that it counts people, so that a number of visits is another thing."""
    return PEOPLE.search(_names(item)) is not None


def _names(item: DataField) -> str:
    return normal(f"{item.label.da} {item.label.en} {item.short.da} {item.short.en}")


def is_draft(cell: object) -> bool:
    """Whether words say that the numbers are not final."""
    return isinstance(cell, str) and DRAFT.search(normal(cell)) is not None


def is_laid_aside(name: str) -> bool:
    """Whether a sheet's name says that its numbers are not the ones in use: "Gammel", "Kladde", "Arkiv"."""
    return is_draft(name) or OLD.search(normal(name)) is not None
