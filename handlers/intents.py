"""What somebody who needs help is writing about, as far as a short answer needs to know. Nothing is done on it.

Every feature says which words it is meant by (``Feature.intents``); the first sense that fits is taken.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from cluster.meetings import typed_words as w

UNKNOWN = "unknown"
MOST = 400
"""Words; longer texts are about more than one thing."""


@dataclass(frozen=True)
class Sense:
    """One way to mean something. Words are parted by blanks; however æ, ø and å are written."""

    place: int
    """Senses are tried in the order of their places."""
    words: str = ""
    """Any of these …"""
    beside: str = ""
    """… together with any of these, if there are some, …"""
    only: str | None = None
    """… and no words but those of ``words`` and these, unless None."""
    phrases: tuple[str, ...] = ()
    """Or any of these in the text, in small letters …"""
    begins: tuple[str, ...] = ()
    """… or at its beginning."""


@dataclass(frozen=True)
class Intent:
    """Something that is asked for in people's own words, and the short answer to it."""

    senses: tuple[Sense, ...]
    examples: tuple[str, ...]
    """What people write, Danish and English; a house test holds that it is understood."""
    answer: str = ""
    """English, marked with N_. Empty where the help itself is the answer."""


def is_question(words: str) -> bool:
    """Whether words begin as a question does."""
    first = w.folded(words.split(maxsplit=1)[0].strip(",.:!")) if words.split() else ""
    return first in w.ASKING


def intent_of(words: str, intents: Mapping[str, Intent]) -> str:
    """The name of what is meant, or ``unknown``."""
    known = {w.folded(word.strip(" .,;:!?()\"'»«")) for word in words.split()[:MOST]} - {""}
    text = " ".join(words.casefold().split())
    tried = sorted(((sense, name) for name, intent in intents.items() for sense in intent.senses), key=_place)
    return next((name for sense, name in tried if _fits(sense, known, text)), UNKNOWN)


def _place(tried: tuple[Sense, str]) -> int:
    return tried[0].place


def _fits(sense: Sense, known: set[str], text: str) -> bool:
    if any(phrase in text for phrase in sense.phrases) or (sense.begins and text.startswith(sense.begins)):
        return True
    words = _folded(sense.words)
    if not known & words or (sense.beside and not known & _folded(sense.beside)):
        return False
    return sense.only is None or known <= words | _folded(sense.only)


@cache
def _folded(words: str) -> frozenset[str]:
    return w.folded_set(words)
