"""Small steps on an agenda in plain words: "sæt nyt om vagten på dagsordenen", "punkt 3 skal have 30 minutter". Pure.

Only whole sentences that begin with what is to be done are steps. Questions, negations and quotations never are, nor
what does not name the agenda or a point by its number.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

LONGEST = 200
"""Characters: whoever writes more writes about something else too."""


class What(StrEnum):
    """What is to be done."""

    ADD = "add"
    MOVE = "move"
    LENGTHEN = "lengthen"
    """By so many minutes; shorten by fewer than none."""
    SET_LENGTH = "set_length"
    REMOVE = "remove"
    LATER = "later"


@dataclass(frozen=True)
class TypedStep:
    """One step as it was written."""

    what: What
    title: str = ""
    """What is added, or the words that name a point …"""
    number: int | None = None
    """… or its number, the first being 1."""
    minutes: int | None = None
    place: int | None = None
    """Where it is moved to, the first being 1; 0 for the end."""


NOT = re.compile(r"\b(?:ikke|aldrig|ingen|intet|undlad|måske|hvis|not|never|don't|dont|maybe|if)\b", re.I)
QUOTED = re.compile(r"[>»«“”\"„]")
AGENDA = r"(?:dagsordenen|dagsordnen|dagsorden|programmet|the agenda|agendaen)"
MINUTES = r"(?P<minutes>\d{1,3})\s*(?:min\.?|minutter|minutes|minuts?)"
POINT = r"(?:punkt|point|item|nr\.?)\s*(?P<number>\d{1,2})"
WHICH = rf"(?:{POINT}|(?P<title>.+?))"
ON = rf"\s+(?:på|til|i|fra|af|on|to|from|off)\s+{AGENDA}"
AT_END = r"(?:til\s+sidst|sidst|nederst|bagerst|last|to the end)"
AT_START = r"(?:til\s+først|først|øverst|first|to the top)"
PATTERNS: tuple[tuple[What, str], ...] = (
    (
        What.LATER,
        rf"(?:udskyd|gem|flyt|postpone|move)\s+{WHICH}(?:{ON})?\s+(?:til|to)\s+(?:næste\s+møde|the\s+next\s+meeting)",
    ),
    (What.ADD, rf"(?:tilføj|sæt|skriv|læg|put|add)\s+(?P<title>.+?){ON}(?:,?\s*(?:i|med|for)?\s*\(?{MINUTES}\)?)?"),
    (What.REMOVE, rf"(?:fjern|slet|tag|drop|remove|delete|take)\s+{WHICH}(?:{ON})(?:\s+igen)?"),
    (What.REMOVE, rf"(?:fjern|slet|tag|remove|delete)\s+{POINT}(?P<title>)"),
    (
        What.MOVE,
        rf"(?:flyt|sæt|move|put)\s+{WHICH}(?:{ON})?\s+"
        rf"(?:{AT_START}(?P<start>)|{AT_END}(?P<end>)|(?:op\s+|ned\s+)?(?:til|som|to)\s+"
        r"(?:plads|punkt|nr\.?|number|place|item)\s*(?P<place>\d{1,2}))",
    ),
    (What.LENGTHEN, rf"(?:forlæng|extend|lengthen)\s+{WHICH}(?:{ON})?\s+(?:med|by)\s+{MINUTES}"),
    (What.LENGTHEN, rf"(?:giv|give)\s+{WHICH}\s+{MINUTES}\s+(?:mere|more|ekstra|extra)"),
    (What.LENGTHEN, rf"(?P<less>(?:forkort|shorten)\s+){WHICH}(?:{ON})?\s+(?:med|by)\s+{MINUTES}"),
    (What.SET_LENGTH, rf"(?:giv|give|sæt|set)\s+{WHICH}(?:{ON})?\s+(?:til\s+|to\s+)?{MINUTES}"),
    (What.SET_LENGTH, rf"{WHICH}\s+(?:skal\s+have|skal\s+vare|gets|shall\s+have|should\s+take)\s+{MINUTES}"),
)
_PATTERNS = [
    # what is read has one blank between its words: where a pattern could wander, it would take its time
    (what, re.compile(pattern.replace(r"\s+", " ").replace(r"\s*", " ?") + r"[.!]?", re.I))
    for what, pattern in PATTERNS
]
_NAMES_IT = re.compile(rf"{AGENDA}|\b{POINT}", re.I)
TRAILING = re.compile(rf"[, (]{{0,3}}\b{MINUTES}\)?$", re.I)


def read_step(words: str, *, about_agenda: bool = False) -> TypedStep | None:
    """The step that a message is; None when it is none, or more than one thing.

    ``about_agenda``: it was written where nothing else can be meant.
    """
    said = " ".join(words.split())
    if len(said) > LONGEST or "?" in said or NOT.search(said) or QUOTED.search(said):
        return None
    if not about_agenda and not _NAMES_IT.search(said):
        return None
    if about_agenda and not _NAMES_IT.search(said) and (found := _short(said)) is not None:
        return found
    for what, pattern in _PATTERNS:
        if (found_ := pattern.fullmatch(said)) is not None:
            return _step(what, found_.groupdict())
    return None


def _short(said: str) -> TypedStep | None:
    """``tilføj vagten 10 min`` where the agenda is not named."""
    found = re.fullmatch(rf"(?:tilføj|add)\s+(?P<title>.+?)(?:,?\s*\(?{MINUTES}\)?)?[.!]?", said, re.I)
    return _step(What.ADD, found.groupdict()) if found is not None else None


def _step(what: What, found: dict[str, str | None]) -> TypedStep | None:
    title, minutes = (found.get("title") or "").strip(" ,.:"), found.get("minutes")
    if what is What.ADD and minutes is None and (trailing := TRAILING.search(title)) is not None:
        title, minutes = title[: trailing.start()].strip(" ,.:"), trailing["minutes"]
    number = found.get("number")
    if not title and number is None:
        return None
    place = 1 if found.get("start") is not None else 0 if found.get("end") is not None else None
    if (named := found.get("place")) is not None:
        place = int(named)
    long = None if minutes is None else int(minutes)
    if long is not None and found.get("less"):
        long = -long
    return TypedStep(what, title, None if number is None else int(number), long, place)
