"""Packages found by what they are about: by title, topic, code, measure or any other word of theirs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from cluster.meetings.typed_words import folded
from cluster.packages.own_packages import Offer
from measures.packages.package import BothLanguages, Package

WORD = re.compile(r"[^\W_][\w+-]*")
SHORTEST = 3
"""Letters of a word that may be the beginning of a longer one: ``smerte`` finds ``smertebehandling``."""
NAMED, ABOUT, MENTIONED = 3, 2, 1
"""How well a word fits: it is in the title or the id; it is a topic or a code; it stands somewhere in the text."""
MILD_FIRST = ("low", "medium", "high")


def words_of(text: str) -> list[str]:
    """The words of a text, folded."""
    return [folded(each) for each in WORD.findall(text)]


def search(offers: Sequence[Offer], typed: str) -> list[Offer]:
    """Those in which every typed word is found, the best first; all of them when nothing is typed."""
    wanted = words_of(typed)
    if not wanted:
        return list(offers)
    scored = [(score, offer) for offer in offers if (score := _score(offer.package, wanted))]
    return [offer for _, offer in sorted(scored, key=lambda each: -each[0])]


def mild_first(offers: Iterable[Offer]) -> list[Offer]:
    """The least sensitive first, the others as they stand."""
    return sorted(offers, key=lambda each: MILD_FIRST.index(each.package.sensitivity))


def companions(package: Package, offers: Iterable[Offer]) -> list[Offer]:
    """What is worth looking at together with it: what it names, and what names it."""
    others = [each for each in offers if each.package.id != package.id]
    return [each for each in others if each.package.id in package.companions or package.id in each.package.companions]


def meant_by(packages: Iterable[Package], text: str) -> Package | None:
    """The one package that a text names, by its id or by its title up to the colon; None when there is none, or more.

    Topics are no names: "kvalitet" is one of a package about much else.
    """
    said = set(words_of(text))
    found = [each for each in packages if any(name and said.issuperset(name) for name in _names(each))]
    return found[0] if len(found) == 1 else None


def _names(package: Package) -> list[list[str]]:
    heads = [each.partition(":")[0] for each in _both(package.title)]
    return [words_of(package.id), *map(words_of, heads)]


def _score(package: Package, wanted: Sequence[str]) -> int:
    known = _known(package)
    best = [max((rank for rank, words in known if _has(words, each)), default=0) for each in wanted]
    return sum(best) if all(best) else 0


def _has(words: frozenset[str], wanted: str) -> bool:
    return wanted in words or (len(wanted) >= SHORTEST and any(each.startswith(wanted) for each in words))


@lru_cache(maxsize=512)
def _read(texts: tuple[tuple[int, str], ...]) -> tuple[tuple[int, frozenset[str]], ...]:
    return tuple((rank, frozenset(words_of(text))) for rank, text in texts)


def _known(package: Package) -> tuple[tuple[int, frozenset[str]], ...]:
    """The words of a package, by how well they tell what it is about."""
    return _read(tuple(_texts(package)))


def _texts(package: Package) -> Iterator[tuple[int, str]]:
    yield NAMED, " ".join([package.id, *_both(package.title)])
    codes = [each.code for each in package.codes]
    meanings = [word for each in package.codes for word in _both(each.meaning)]
    yield ABOUT, " ".join([*package.topics, *codes, *meanings, *package.sources])
    shown = [word for each in package.measures for word in _both(each.title)]
    asked = [word for each in package.fields for word in (*_both(each.label), *_both(each.short), *each.aliases)]
    cases = [word for each in package.cases for word in (*_both(each.title), *_both(each.text))]
    rest = [*_both(package.why), *_both(package.source), *_both(package.partner), *shown, *asked, *cases]
    yield MENTIONED, " ".join(rest)


def _both(words: BothLanguages | None) -> tuple[str, ...]:
    return (words.da, words.en) if words is not None else ()
