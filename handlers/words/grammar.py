"""The templates of all features together: what a message means, or which few things it may be about.

A sentence is understood when every word of it is used by a template; two meanings are two, and asked about. Nothing is
weighed against anything, and no word is dropped but those of ``IDLE``, which change no meaning.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from pathlib import Path

from cluster.meetings import typed_words as w
from cluster.meetings.typed_answers import TONES
from handlers.words.net import Net, Passage
from handlers.words.slots import READERS
from handlers.words.spelling import GUARDED, Vocabulary
from handlers.words.templates import reader, vocabulary
from measures.checking.chat import EMOJI

RULES = Path(__file__).with_name("rules.toml")
LANGUAGES = ("da", "en")
MOST_WORDS, MOST_LETTERS = 25, 300
"""Whoever writes more than this writes about several things."""
MOST_SLIPS = 2
TOKEN = re.compile(r"\d{1,2}[./-]\d{1,2}(?:[./-]\d{2,4})?(?!\w)|[^\W_]+(?:['´`’][^\W_]+)*|[👍👎]")
SENTENCE = re.compile(r"(?<![.!?;\n])[.!?;\n]+(?=\s|$)")
CLAUSE = re.compile(r"[,;:]|\s(?:og|and)\s|(?<![.!?])[.!?]+(?=\s|$)|\n")
QUOTED = re.compile(r"^[^\S\n]*(?:>|&gt;)|[»«“”„‘‚‹›\"]", re.MULTILINE)
IDLE = w.folded_set(
    "hej hejsa hi hello dav godmorgen goddag kære dear klyngebot bot please venligst lige egentlig mon vel jo da så "
    "dog nu også altså just tak thanks du okay ok undskyld sorry forresten btw now also actually bare venlig"
)
"""Words that a sentence means the same without, wherever they stand."""
NOT = w.folded_set("ikke ik ikk aldrig undlad not never don't dont")
"""Beside a word that tells of a change, they say that it is not wanted."""
NEEDED = 0.5
"""What the words of a message must weigh together to be likely to be about something."""


@dataclass(frozen=True)
class Heard:
    """What a sentence means: an intent by name, and what its slots hold."""

    name: str
    slots: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Sentences:
    """A file of templates: how an intent is said, and sentences that must be understood so."""

    name: str
    say: tuple[str, ...]
    test: tuple[str, ...]
    near: frozenset[str] = frozenset()
    """Words that make the intent likely where no template fits, folded."""


def read_file(path: Path) -> Sentences:
    """A file's templates and test sentences, of both languages."""
    with path.open("rb") as file:
        data = tomllib.load(file)
    parts = [data[language] for language in LANGUAGES]
    return Sentences(
        path.stem,
        tuple(each for part in parts for each in part["say"]),
        tuple(each for part in parts for each in part["test"]),
        frozenset(w.folded(word) for word in data.get("near", "").split()),
    )


class Grammar:
    """The merged templates."""

    def __init__(self, files: Iterable[Path]) -> None:
        with RULES.open("rb") as file:
            parse = reader(tomllib.load(file))
        self._net = Net()
        self._shares: dict[str, dict[str, float]] = {}
        """Intent → word → in how large a part of its templates it stands."""
        self.sentences = [read_file(path) for path in files]
        for each in self.sentences:
            pieces = [parse(template) for template in each.say]
            for piece in pieces:
                self._net.add(piece, each.name)
            counted = Counter(word for piece in pieces for word in set(vocabulary(piece)))
            shares = {word: count / len(pieces) for word, count in counted.items()}
            self._shares[each.name] = shares | dict.fromkeys(each.near, 1.0)
        self._vocabulary = Vocabulary(set().union(*self._shares.values()))

    def read(self, text: str) -> list[Heard]:
        """Everything that a message may mean: nothing, one thing, or several, of which must be asked."""
        if len(text) > MOST_LETTERS or len(words := words_of(text)) > MOST_WORDS or not words:
            return []
        if whole := self._read_words(words):
            return whole
        for cut in (SENTENCE, CLAUSE):
            parts = [words_of(part) for part in cut.split(text)]
            meant = [self._read_words(part) for part in parts if set(part) - IDLE]
            if len(meant) > 1 and all(len(each) == 1 for each in meant):
                return list({each[0].name: each[0] for each in meant}.values())
        return []

    def likely(self, text: str) -> list[str]:
        """Names of intents that share telling words with a message, the most telling first."""
        known: set[str] = set()
        for word in words_of(text[:MOST_LETTERS])[:MOST_WORDS]:
            known |= self._vocabulary.kin(word)
        weights = {
            name: sum(self._weights[word] * shares[word] for word in known & shares.keys())
            for name, shares in self._shares.items()
        }
        return sorted((name for name, weight in weights.items() if weight >= NEEDED), key=lambda name: -weights[name])

    def refused(self, text: str) -> set[str]:
        """Names of intents that a message says are not wanted: a "not" stands beside a word that tells of them."""
        words = words_of(text[:MOST_LETTERS])[:MOST_WORDS]
        beside = {word for pair in pairwise(words) if NOT & set(pair) for word in pair} - NOT
        told = set().union(*(self._vocabulary.kin(word) for word in beside))
        return {each.name for each in self.sentences if told & each.near}

    @cached_property
    def _weights(self) -> Mapping[str, float]:
        """How much a word tells: the fewer intents say it, the more; small words nothing."""
        among = Counter(word for shares in self._shares.values() for word in shares)
        silent = IDLE | GUARDED | w.SUBJECT | w.ASKING | SMALL
        silent -= frozenset().union(*(each.near for each in self.sentences))
        return {
            word: 0.0 if word in silent else math.log(1 + len(self._shares) / count) for word, count in among.items()
        }

    def _read_words(self, words: Sequence[str]) -> list[Heard]:
        readings = [self._vocabulary.readings(word) for word in words]
        ways = self._net.ways(words, readings, [word in IDLE for word in words], READERS)
        ways = [way for way in ways if way.cost[0] <= MOST_SLIPS]
        return _cheapest(ways)


SMALL = w.folded_set(
    "er det den der en et i på til for af om med har kan skal vil mig min mit mine mine vores at og som dem de hvis "
    "have is the a an to of for on in at do does did are my our me we us you it this that can "
    "have has been be get give "
    "show vis få giv være bliver gør se alle"
)


def _cheapest(ways: Sequence[Passage]) -> list[Heard]:
    """Of all ways the cheapest of each meaning, and of the meanings the cheapest."""
    if not ways:
        return []
    least = min(way.cost for way in ways)
    found: dict[str, Heard] = {}
    for way in sorted(ways, key=lambda way: (len(way.slots), way.slots)):
        if way.cost == least:
            found.setdefault(way.name, Heard(way.name, dict(way.slots)))
    return list(found.values())


def words_of(text: str) -> list[str]:
    """The words of a message, folded; the marks are gone."""
    return [w.folded(found.group()) for found in TOKEN.finditer(EMOJI.sub(" ", text).translate(TONES))]


def is_quoted(text: str) -> bool:
    """Whether somebody's words are repeated in it, forwarded or in quotation marks."""
    return QUOTED.search(text) is not None


def is_question(text: str) -> bool:
    """Whether words begin as a question does."""
    first = words_of(text[:MOST_LETTERS])[:1]
    return bool(first) and first[0] in w.ASKING
