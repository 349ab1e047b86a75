"""Names of practices: whether two are the same one, and whether a line of text names another."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from measures.reading.headers import normal, read_ydernummer

COMMON = """
lægehuset lægehus lægerne læge lægeklinik lægeklinikken klinik klinikken praksis lægepraksis lægecenter lægecentret
sundhedshus sundhedshuset i s is v ved aps ap
"""
COMMON_WORDS = frozenset(map(normal, COMMON.split()))
"""Words that many practices' names share."""
ALIKE = 0.85
LONGEST = 200
"""No practice has a longer name; to compare a cell of 32,767 characters with one takes seconds."""
BRANCH = re.compile(r"(.+?) (?:afdeling|afd|filial|satellit[a-z]*|branch|site|department)(?: \w+)?")
"""A practice's name with a part of it behind: its row is one of several of the practice."""
NAMES_ONE = re.compile(
    r"\b(?:lægehuset|lægerne|lægeklinikken|lægecentret|lægepraksis|klinikken|lægehus|lægeklinik)\s+(?P<after>[^\W\d_]\w*)"
    r"|(?<!\w)\d*(?P<before>[^\W\d_]\w*)\s+(?:lægehus|lægeklinik|lægecenter|lægepraksis)\b",
    re.IGNORECASE,
)
NO_NAMES = "i for har er og med som kan skal den det de alt tal data rapport fra til"
"""Words behind "lægehuset" that begin no name."""


def particular(name: str) -> str:
    """A practice's normal name without the words that many share."""
    return " ".join(word for word in normal(name).split() if word not in COMMON_WORDS)


def likeness(one: str, other: str) -> float:
    """How alike two names are, 0 to 100, common words aside."""
    ways = ((normal(one), normal(other)), (particular(one), particular(other)))
    return max(SequenceMatcher(None, a, b).ratio() * 100 if a and b else 0.0 for a, b in ways)


def is_same_practice(said: str, name: str, ydernummer: str = "") -> bool:
    """Whether a name in a file is this practice's: spelt nearly so, or with its number before it.

    Numbers in names must agree: "Lægehuset 2" is not "Lægehuset 3".
    """
    if len(said) > LONGEST:
        return False
    if ydernummer and any(read_ydernummer(part) == ydernummer for part in re.findall(r"\d+", said)):
        return True
    one, other = normal(said), normal(name)
    if one == other:
        return True
    if re.findall(r"\d+", one) != re.findall(r"\d+", other):
        return False
    a, b = particular(said), particular(name)
    if not a or not b:
        return False
    return a == b or SequenceMatcher(None, a, b).ratio() >= ALIKE or set(a.split()) <= set(b.split())


def branch_of(said: str) -> str:
    """The normal name of the practice that words name a part of, "Lægehuset Eg" for "Lægehuset Eg, afd. 2"; else ""."""
    found = BRANCH.fullmatch(normal(said)) if len(said) <= LONGEST else None
    return found[1] if found else ""


def is_branch(said: str, name: str) -> bool:
    """Whether words name a part of a practice rather than `name` itself."""
    return bool(branch_of(said)) and normal(said) != normal(name)


def other_practice_in(line: str, name: str) -> bool:
    """Whether a line of text names a practice, and not this one."""
    own = set(normal(name).split())
    for found in NAMES_ONE.finditer(line):
        word = found["after"] or found["before"]
        if word[:1].isupper() and normal(word) not in NO_NAMES.split():
            return normal(word) not in own
    return False
