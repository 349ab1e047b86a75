"""Which people words name, women or an age, and whether a field asks for the same ones."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from measures.packages.package import DataField, Package
from measures.reading.headers import normal
from measures.tables.modifiers import AGE, AND_OVER

WOMEN = frozenset(["kvinde", "kvinder", "kvinderne", "woman", "women", "female", "females", "pige", "piger", "girls"])
MEN = frozenset(["mand", "maend", "maendene", "man", "men", "male", "males", "dreng", "drenge", "boys"])
EVERY_AGE = re.compile(r"\b(?:alle aldre|alle aldersgrupper|all ages)\b")
BOTH_SEXES = re.compile(r"\b(?:begge koen|both sexes|alle koen|maend og kvinder|men and women)\b")
OLDER = re.compile(r"\b(?:over|derover|opefter|above|mindst|plus|aeldre|older)\b")
YOUNGER = re.compile(r"\b(?:under|derunder|below|yngre|younger)\b")
YEARS = re.compile(r"(?<![\d.])\d{1,3}(?!\d|\.\s?\w)")
"""Of an age: no calendar year, no day of a date and no thousands."""
SEX, AGED = "sex", "age"


def people_in(words: str) -> dict[str, frozenset[str]]:
    """The people that words name, by sex and by age; an empty set for all of them. "Mænd 65+" is men, and 65+:
    those of 65, over 65 and under 65 are three."""
    said = normal(words)
    found: dict[str, frozenset[str]] = {}
    sexes = {"f" for _ in WOMEN & set(said.split())} | {"m" for _ in MEN & set(said.split())}
    if sexes or BOTH_SEXES.search(said):
        found[SEX] = frozenset(sexes) if len(sexes) == 1 else frozenset()
    if EVERY_AGE.search(said):
        found[AGED] = frozenset()
    elif AGE.search(said) or AND_OVER.search(words):
        side = "+" if AND_OVER.search(words) or OLDER.search(said) else "-" if YOUNGER.search(said) else ""
        found |= {AGED: frozenset(each + side for each in ages)} if (ages := YEARS.findall(words)) else {}
    return found


def names_people(words: str) -> bool:
    """Whether words choose people by sex or age."""
    return any(people_in(words).values())


def asks_for(field: DataField, words: str) -> bool:
    """Whether a field's own words name the people that words in a row name: "Antal 65+" and "65+ år"."""
    people, own = people_in(words), _asked(field)
    named = {sort: each for sort, each in people.items() if each}
    return bool(named) and all(each <= own.get(sort, frozenset()) for sort, each in named.items())


def asks_for_others(field: DataField, words: str) -> bool:
    """Whether a field's own words name other people than words in a row, or all of them."""
    own = _asked(field)
    return any(sort in own and not each <= own[sort] for sort, each in people_in(words).items())


def stands_alone(package: Package) -> bool:
    """Whether the numbers are held against nothing but each other: no list size on file, no range, no reference."""
    measured = any(each.references or each.usual for each in package.measures)
    return not measured and not any(each.from_practice for each in package.fields)


def same_for_all(rows: Sequence[int], said: Iterable[object]) -> bool:
    """Whether every one of several rows says the same: then it tells no practice's numbers from another's."""
    return len(rows) > 1 and len(set(said)) == 1


def _asked(field: DataField) -> dict[str, frozenset[str]]:
    """The people that a field asks for, by its label; by its other names where the label names none."""
    found: dict[str, frozenset[str]] = {}
    for words in (field.label.da, field.label.en, field.short.da, field.short.en, *field.aliases):
        for sort, each in people_in(words).items():
            found.setdefault(sort, each)
    return found
