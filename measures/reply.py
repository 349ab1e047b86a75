"""Reading numbers that someone typed in a message: `KOL 130, spirometri 96` or `130 kol / 96 spiro / 70 planer`."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass

from measures import headers
from measures.chat import plain, without_signs
from measures.counts import Reading, read_count
from measures.cpr import has_cpr
from measures.package import DataField, Package
from measures.pasted import read_pasted
from measures.reply_words import ABOUT, ALTERNATIVE, ENDINGS, FILLERS, OPPOSITE

SEPARATORS = re.compile(r"[;/|\n()&!?]+|,(?!\d)|(?<!\d),| (?:og|and|samt|men|but) |(?<=[^\d\s])\. ")
NUMBER = r"-?\d{1,3}(?:\.\d{3})+(?!\d)|-?\d{1,2}(?: \d{3})+(?!\d)|-?\d+(?:[.,]\d+)?(?: ?[%‰])?"
"""Blanks part thousands after one or two digits only: "130 200" may be two numbers."""
TOKEN = re.compile(rf"(?P<number>(?<!\w)[<>≤≥±]?(?:{NUMBER})\+?)|(?P<word>[^\W\d_][\w\-]*)")
STRUCK = re.compile(r"~[^~\n]+~")
ROUGHLY = re.compile(r"[~≈]|\b(?:ca|approx)\.", re.IGNORECASE)
BOUND = re.compile(r"([<>≤≥±]) ")
STAND_IN = "ʘ"
"""A letter of no language that is written here."""
SHORTEST_START = 4


@dataclass(frozen=True, slots=True)
class ReplyNumbers:
    """What a typed message says. `values` by field; words nobody knows; and pieces that could mean several things.

    `rough` names the fields whose number was said to be about right. `touched` names the fields that were spoken of
    without a number that could be read: whatever was said of them before no longer holds.
    `personal` is true when the text held something like a CPR number; then nothing else is filled and the text must go.
    """

    values: dict[str, int]
    unknown_words: tuple[str, ...] = ()
    ambiguous: tuple[str, ...] = ()
    personal: bool = False
    rough: tuple[str, ...] = ()
    touched: tuple[str, ...] = ()

    @property
    def is_clear(self) -> bool:
        """Numbers were found and nothing was left over."""
        return bool(self.values) and not self.unknown_words and not self.ambiguous


@dataclass(frozen=True, slots=True)
class _Pair:
    """Words with the number that belongs to them, as written; either may be empty."""

    words: str
    number: str
    rough: bool = False


def read_reply(text: str, package: Package) -> ReplyNumbers:
    """The numbers in a typed or pasted message. Nothing is guessed: what isn't clear comes back as such.

    Reads once from left to right: the work grows with the length of the text and no faster.
    """
    text = plain(text)
    if has_cpr(text):
        return ReplyNumbers({}, personal=True)
    if (table := read_pasted(text, package)) is not None:
        return ReplyNumbers(table)
    return _Reader(package).read(_own_words(text))


def _own_words(text: str) -> str:
    """Without quoted lines, what was struck out, emoji and addresses; one blank between words."""
    lines = [line for line in text.splitlines() if not line.lstrip().startswith(">")]
    said = STRUCK.sub(" ", without_signs("\n".join(lines)))
    said = ROUGHLY.sub(" ca ", said)
    return BOUND.sub(r"\1", "\n".join(" ".join(line.split()) for line in said.split("\n")))


class _Reader:
    """Takes one message apart."""

    def __init__(self, package: Package) -> None:
        self._names = _Names(package)
        self._stood_in = _odd_names(package)
        self._values: dict[str, int] = {}
        self._unknown: list[str] = []
        self._ambiguous: list[str] = []
        self._rough: list[str] = []
        self._last = ""
        """The field of the number right before."""

    def read(self, text: str) -> ReplyNumbers:
        for pair in _pairs(_hide(text, self._stood_in)):
            self._take(_Pair(_show(pair.words, self._stood_in), pair.number, pair.rough))
        left = " ".join(self._unknown + self._ambiguous)
        touched = {item.id for word in dict.fromkeys(left.split()) for item in self._names.fields(word)}
        return ReplyNumbers(
            self._values,
            tuple(dict.fromkeys(self._unknown)),
            tuple(dict.fromkeys(self._ambiguous)),
            rough=tuple(each for each in dict.fromkeys(self._rough) if each in self._values),
            touched=tuple(sorted(touched - self._values.keys())),
        )

    def _take(self, pair: _Pair) -> None:
        words, number, before = pair.words, pair.number, self._last
        fields = self._names.fields(words)
        count = read_count(number) if number else None
        self._last = ""
        if count is None and len(fields) == 1 and fields[0].id in self._values:
            return  # said again in another way: "KOL 130 (R95)"
        if count is None and before and self._turns_round(words):
            self._ambiguous.append(f"{self._values.pop(before)} {words}")  # "spirometri 40 (mangler)"
        elif count is None or not words:
            self._ambiguous.append(words or number)
        elif not fields and before and words.casefold() in ALTERNATIVE:
            self._ambiguous.append(f"{self._values.pop(before)} {words} {number}")  # "KOL 130 eller 140"
        elif not fields:
            self._unknown.append(words)
        elif (
            len(fields) > 1
            or count.reading is not Reading.NUMBER
            or count.value is None
            or self._values.get(fields[0].id, count.value) != count.value
        ):
            self._ambiguous.append(f"{words} {number}")
        else:
            self._last = fields[0].id
            self._values[self._last] = count.value
            self._rough += [self._last] if pair.rough else []

    def _turns_round(self, words: str) -> bool:
        """Whether words without a number speak against the number before them, and not of a field of their own."""
        said = words.casefold().split()
        return bool(OPPOSITE & set(said)) and not any(self._names.fields(each) for each in said)


class _Names:
    """What the fields of a package are called, looked up once a message."""

    def __init__(self, package: Package) -> None:
        self._exact: dict[str, DataField] = {}
        self._known: list[tuple[str, str, DataField]] = []
        for item in package.fields:
            for name in sorted(headers.names_of(item)):
                bare = " ".join(each for each in name.split() if each not in FILLERS)
                self._exact.setdefault(name, item)
                self._known.append((name, bare, item))

    def fields(self, words: str) -> list[DataField]:
        """The fields that the words may mean: an exact name, else a name that begins with them or has another ending.

        Any other word beside a name makes it another thing: "spirometri mangler" is not "spirometri".
        """
        wanted = headers.normal(words)
        if wanted in self._exact:
            return [self._exact[wanted]]
        if len(wanted) < SHORTEST_START:
            return []
        found = [item for name, bare, item in self._known if bare == wanted or _is_name(name, wanted)]
        return list({item.id: item for item in found}.values())


def _is_name(name: str, wanted: str) -> bool:
    if wanted.startswith(name) and len(name) >= SHORTEST_START:
        return wanted[len(name) :] in ENDINGS
    return name.startswith(wanted)


def _odd_names(package: Package) -> dict[str, str]:
    """Names such as "40+" and "ACE/ARB" that would be taken apart, each with a word to stand in for it meanwhile."""
    names = {
        " ".join(name.casefold().split())
        for item in package.fields
        for name in (item.label.da, item.label.en, item.short.da, item.short.en, *item.aliases)
        if any(character.isdigit() for character in name) or SEPARATORS.search(name)
    }
    longest_first = sorted(names, key=lambda name: (-len(name), name))
    return {name: STAND_IN + chr(ord("a") + n // 26) + chr(ord("a") + n % 26) for n, name in enumerate(longest_first)}


def _hide(text: str, stood_in: dict[str, str]) -> str:
    if not stood_in:
        return text
    names = "|".join(re.escape(name).replace(r"\ ", r"[ \u00a0]+") for name in stood_in)
    pattern = re.compile(rf"(?<![\w.,])(?:{names})(?![\w+%]|[.,]\d)", re.IGNORECASE)
    return pattern.sub(lambda found: f" {stood_in.get(' '.join(found.group().casefold().split()), '')} ", text)


def _show(words: str, stood_in: dict[str, str]) -> str:
    if STAND_IN in words:
        for name, word in stood_in.items():
            words = words.replace(word, name)
    return words


def _pairs(text: str) -> list[_Pair]:
    """Words with the number that belongs to them, in either order; a lonely one has an empty partner."""
    pairs: list[_Pair] = []
    for piece in SEPARATORS.split(text):
        runs: list[tuple[str, list[str]]] = []
        is_rough = False
        for match in TOKEN.finditer(piece):
            kind, value = match.lastgroup or "", match.group().strip()
            if kind == "word" and value.casefold() in ABOUT:
                is_rough = True
            elif kind == "word" and value.casefold() in FILLERS:
                continue
            elif kind == "word" and runs and runs[-1][0] == "word":
                runs[-1][1].append(value)
            else:
                runs.append((kind, [value]))
        pairs += [_Pair(words, number, is_rough) for words, number in _paired([(k, " ".join(v)) for k, v in runs])]
    return pairs


def _paired(runs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Pair runs two by two when words and numbers alternate; otherwise each stands alone."""
    kinds = [kind for kind, _ in runs]
    alternate = len(runs) % 2 == 0 and all(a != b for a, b in itertools.pairwise(kinds))
    if not alternate:
        return [(value, "") if kind == "word" else ("", value) for kind, value in runs]
    found = []
    for (kind, first), (_, second) in zip(runs[::2], runs[1::2], strict=True):
        found.append((first, second) if kind == "word" else (second, first))
    return found
