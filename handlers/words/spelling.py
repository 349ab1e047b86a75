"""Words as people type them: without æ, ø and å, and with one letter wrong, missing, doubled or in the wrong place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import product

from cluster.meetings.typed_words import WAYS, folded_set

SHORTEST = 4
"""Letters of a word in which a slip may be seen: shorter ones are too near to each other."""
STEM, ENDING = 5, 3
"""Letters that forms of one word have in common, and those by which they may be longer or shorter."""
FIRMER = 6
"""Shorter words than this begin with the right letter."""
GUARDED = folded_set(
    "ikke ik ikk aldrig ingen intet hverken næppe undlad drop afbud uden not never no none without nobody don't dont "
    "måske nok tror hvis vist næsten maybe perhaps if think unless medmindre burde ville kunne should would could "
    "han hun de du andre nogen anden he she they kom kommet var havde blev meldte svarede sendte came was were had "
    "sent answered igår yesterday flyttet aflyst sendt moved cancelled hvem hvad hvor hvornår who what where when "
    "mine min mit dine din dit sine sin sit vores jeres mode made her here there then than them "
    "kommer kommet mener menes"
)
"""Words that mean what they say: none of them is somebody's slip of the finger."""


class Vocabulary:
    """The words of the templates, found by what was typed."""

    def __init__(self, words: Iterable[str]) -> None:
        self._ways: dict[str, set[str]] = {}
        self._near: dict[str, set[str]] = {}
        self._stems: dict[str, set[str]] = {}
        for word in words:
            for way in _ways(word):
                self._ways.setdefault(way, set()).add(word)
            if len(word) >= STEM:
                self._stems.setdefault(word[:STEM], set()).add(word)
            short = _short(word)
            if len(short) >= SHORTEST:
                for less in _deletions(short):
                    self._near.setdefault(less, set()).add(word)

    def readings(self, typed: str) -> Mapping[str, int]:
        """The words that a typed one may be (folded), with how many letters are put right: 0, or 1 when no other is."""
        if known := self._ways.get(typed):
            return dict.fromkeys(known, 0)
        short = _short(typed)
        if len(short) < SHORTEST or typed in GUARDED or any(sign.isdigit() for sign in typed):
            return {}
        near = {
            word for less in _deletions(short) for word in self._near.get(less, ()) if _is_slip(short, _short(word))
        }
        return dict.fromkeys(near, 1)

    def kin(self, typed: str) -> set[str]:
        """The words that a typed one may be, or be another form of: ``opgaven`` of ``opgaver``. Too wide to act on."""
        found = set(self.readings(typed))
        if found or len(typed) < STEM:
            return found
        return {word for word in self._stems.get(typed[:STEM], ()) if abs(len(word) - len(typed)) <= ENDING}


def _short(word: str) -> str:
    """A folded word with one sign for each letter, as slips are made."""
    return word.replace("ae", "æ").replace("oe", "ø").replace("aa", "å")


def _ways(word: str) -> Iterator[str]:
    """A folded word as it is typed without the three letters: ``moedet`` also as ``modet``."""
    pieces: list[tuple[str, ...]] = []
    place = 0
    pairs = {ways[0]: ways for ways in WAYS.values()}
    while place < len(word):
        pair = word[place : place + 2]
        pieces.append(pairs.get(pair, (word[place],)))
        place += len(pieces[-1][0])
    for letters in product(*pieces):
        yield "".join(letters)


def _deletions(word: str) -> Iterator[str]:
    yield word
    for place in range(len(word)):
        yield word[:place] + word[place + 1 :]


def _is_slip(typed: str, word: str) -> bool:
    """Whether one letter is wrong, missing, too many, or two have changed places."""
    if abs(len(typed) - len(word)) > 1 or (min(len(typed), len(word)) < FIRMER and typed[0] != word[0]):
        return False
    first = next((n for n, (one, other) in enumerate(zip(typed, word, strict=False)) if one != other), None)
    if first is None:
        return True
    rest, other = typed[first:], word[first:]
    swapped = rest[1::-1] + rest[2:] if len(rest) > 1 else rest
    return rest[1:] == other[1:] or rest[1:] == other or rest == other[1:] or swapped == other
