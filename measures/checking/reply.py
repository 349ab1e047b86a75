"""Reading numbers that someone typed in a message: `KOL 130, spirometri 96` or `130 kol / 96 spiro / 70 planer`."""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection
from dataclasses import dataclass, replace

from measures.checking.chat import plain, without_signs
from measures.checking.pasted import read_pasted
from measures.checking.reply_heads import without_heads, without_signature
from measures.checking.reply_names import Names, OddNames
from measures.checking.reply_objections import objection
from measures.checking.reply_words import (
    ABOUT,
    ALTERNATIVE,
    ANNOUNCING,
    ARTICLES,
    FILLERS,
    NEW_NUMBERS,
    OPPOSITE,
    UNITS,
    YEARS,
)
from measures.packages.package import Package
from measures.reading.counts import ONE_NUMBER, number_of, read_count
from measures.reading.cpr import has_cpr

SEPARATORS = re.compile(r"(?:[;|\n()&!]|(?<!\d)/|/(?!\d))+|,(?!\d)|(?<!\d),| (?:og|and|samt|men|but) |(?<=[^\d\s])\. ")
"""A stroke between two numbers makes a share of them and parts nothing."""
NUMBER = (
    r"[-−+]?\d{1,3}(?:\.\d{3})+(?!\d)|[-−+]?\d{1,2}(?: \d{3})+(?!\d)"
    r"|[-−+]?\d+(?:[.,]\d+)?(?:/\d+)*(?: ?[%‰])?"
)
"""Blanks part thousands after one or two digits only: "130 200" may be two numbers."""
TOKEN = re.compile(rf"(?P<number>(?<![\w−#])[<>≤≥±≠]?(?:{NUMBER})[+<>≤≥]?)|(?P<word>[^\W\d_][\w\-]*)")
STRUCK = re.compile(r"~[^~\n]+~")
ROUGHLY = re.compile(r"[~≈]|\b(?:ca|approx)\.", re.IGNORECASE)
BOUND = re.compile(r"(?<=[<>≤≥±≠]) (?=\d)|(?<=\s\+) (?=\d)|(?<=\d) (?=[<>≤≥])")
SIGNS = (
    ("+/-", "±"),
    (">=", "≥"),
    ("=>", "≥"),
    ("<=", "≤"),
    ("=<", "≤"),
    ("!=", "≠"),
    ("->", " "),
    ("..", " "),
    ("…", " "),
)
"""Ways to write a bound with two signs, and marks that lead the eye only."""


@dataclass(frozen=True, slots=True)
class ReplyNumbers:
    """What a typed message says. `values` by field; words nobody knows; and pieces that could mean several things.

    `rough` names the fields whose number was said to be about right. `touched` names the fields that were spoken of
    without a number that could be read: whatever was said of them before no longer holds.
    `personal` is true when the text held something like a CPR number; then nothing else is filled and the text must go.
    """

    values: dict[str, float]
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
    follows: bool = False
    """Nothing but a blank parts it from a number before, whose unit or day it may be."""
    broken: bool = False
    """It comes from a piece whose words and numbers cannot be paired."""


def read_reply(text: str, package: Package, *, own: Collection[str] = (), years: Collection[int] = ()) -> ReplyNumbers:
    """The numbers in a typed or pasted message. Nothing is guessed: what isn't clear comes back as such.

    ``own`` is what the sender's practice is called, ``years`` those of the round: both may be said beside the numbers;
    any other owner or year speaks against them all. Reads once from left to right: the work grows with the length of
    the text and no faster.
    """
    text = plain(text)
    if has_cpr(text):
        return ReplyNumbers({}, personal=True)
    if (table := read_pasted(text, package)) is not None:
        return ReplyNumbers(table)
    return _Reader(package, years).read(_without_own(_own_words(text), own))


def _own_words(text: str) -> str:
    """Without quoted lines, what was struck out, emoji and addresses; one blank between words."""
    lines = [line for line in text.splitlines() if not line.lstrip().startswith(">")]
    said = STRUCK.sub(" ", without_signs("\n".join(lines)))
    said = ROUGHLY.sub(" ca ", said)
    for written, meant in SIGNS:
        said = said.replace(written, meant)
    return BOUND.sub("", "\n".join(" ".join(line.split()) for line in said.split("\n")))


def _without_own(text: str, own: Collection[str]) -> str:
    names = "|".join(re.escape(name) for name in sorted(own, key=len, reverse=True) if name.strip())
    return re.sub(rf"(?<!\w)(?:{names})(?!\w)", " ", text, flags=re.IGNORECASE) if names else text


class _Reader:
    """Takes one message apart."""

    def __init__(self, package: Package, years: Collection[int]) -> None:
        self._names = Names(package)
        self._places = package.places
        self._odd = OddNames(package, SEPARATORS)
        self._years = years
        self._values: dict[str, float] = {}
        self._unknown: list[str] = []
        self._ambiguous: list[str] = []
        self._rough: list[str] = []
        self._spoilt: set[str] = set()
        """Fields of which two things were said."""
        self._year = ""
        """Another year than the round's, that stood beside the numbers."""
        self._last = ""
        """The field of the number right before."""
        self._is_strange = False
        """What stands right before is no field's: its number may belong to the next name, "type 1 diabetes 12"."""

    def read(self, text: str) -> ReplyNumbers:
        hidden = NEW_NUMBERS.sub("", self._odd.hide(text))
        unsigned = without_signature(hidden, self._is_name)
        against = objection(hidden[len(unsigned) :], self._names.says)
        hidden, head = without_heads(unsigned, self._is_name, self._years)
        against = head or against or objection(hidden, self._names.says)
        for pair in () if against else _joined(_pairs(hidden)):
            self._take(replace(pair, words=self._odd.show(pair.words)))
        if against or (self._year and self._values):
            return ReplyNumbers({}, ambiguous=(self._odd.show(against or self._year),))
        left = " ".join(self._unknown + self._ambiguous)
        touched = {item.id for word in dict.fromkeys(left.split()) for item in self._names.fields(word)}
        return ReplyNumbers(
            self._values,
            tuple(dict.fromkeys(self._unknown)),
            tuple(dict.fromkeys(self._ambiguous)),
            rough=tuple(each for each in dict.fromkeys(self._rough) if each in self._values),
            touched=tuple(sorted(touched - self._values.keys())),
        )

    def _is_name(self, words: str) -> bool:
        return bool(self._names.fields(self._odd.show(words).strip()))

    def _take(self, pair: _Pair) -> None:
        words, number, before = pair.words, pair.number, "" if pair.broken else self._last
        fields = self._names.fields(words)
        count = read_count(number) if number else None
        said = set(words.casefold().split())
        self._last, was_strange = "", pair.follows and self._is_strange
        self._is_strange = was_strange or not fields
        if not fields and count is not None and count.value in YEARS:
            self._take_year(f"{words} {number}".strip(), count.value)
        elif count is None and len(fields) == 1 and fields[0].id in self._values and not pair.broken:
            return  # said again in another way: "KOL 130 (R95)"
        elif count is None and before and self._turns_round(words):
            self._spoil(before, words)  # "spirometri 40 (mangler)"
        elif count is None and words and said <= ANNOUNCING:
            return
        elif not words and before and count is not None and count.reading in ONE_NUMBER:
            self._spoil(before, number)  # "KOL 130 / 140"
        elif count is None or not words:
            self._ambiguous.append(words or number)
            self._last = before if count is None and not fields else ""  # "40 (Bo) 48 (Lise)"
        elif not fields and before and (pair.follows or said <= ALTERNATIVE):
            self._spoil(before, f"{words} {number}")  # "KOL 130 eller 140", "PPI 20 mg 310"
        elif not fields:
            self._unknown.append(words)
        elif len(fields) > 1 or (value := number_of(number, self._places(fields[0].id))) is None:
            self._ambiguous.append(f"{words} {number}")
        elif self._values.get(fields[0].id, value) != value:
            self._spoil(fields[0].id, f"{words} {number}")
        elif was_strange or fields[0].id in self._spoilt:
            self._ambiguous.append(f"{words} {number}")
        else:
            self._last = fields[0].id
            self._values[self._last] = value
            self._rough += [self._last] if pair.rough else []

    def _take_year(self, words: str, year: int | None) -> None:
        if year not in self._years:
            self._year = words

    def _spoil(self, field: str, words: str) -> None:
        """Two things were said of a field: neither is taken."""
        self._ambiguous.append(f"{self._values.pop(field)} {words}")
        self._spoilt.add(field)

    def _turns_round(self, words: str) -> bool:
        """Whether words without a number speak against the number before them, and not of a field of their own."""
        said = words.casefold().split()
        return bool(OPPOSITE & set(said)) and not any(self._names.fields(each) for each in said)


def _pairs(text: str) -> list[_Pair]:
    """Words with the number that belongs to them, in either order; a lonely one has an empty partner."""
    pairs: list[_Pair] = []
    for sentence in SEPARATORS.split(text):
        *asked, told = sentence.split("?")
        for piece in asked:
            pairs += _broken(_runs(piece)[0])
        runs, is_rough = _runs(told)
        pairs += [replace(pair, rough=is_rough) for pair in _paired(runs)]
    return pairs


def _joined(pairs: list[_Pair]) -> list[_Pair]:
    """Names and numbers that stand apart and take turns all the way, each in a line of its own or in brackets."""
    first = pairs[::2]
    rest = pairs[1::2]
    if len(first) != len(rest) or any(each.broken for each in pairs):
        return pairs
    if all(each.words and not each.number for each in first) and all(each.number and not each.words for each in rest):
        return [
            replace(one, number=two.number, rough=one.rough or two.rough) for one, two in zip(first, rest, strict=True)
        ]
    if all(each.number and not each.words for each in first) and all(each.words and not each.number for each in rest):
        return [
            replace(two, number=one.number, rough=one.rough or two.rough) for one, two in zip(first, rest, strict=True)
        ]
    return pairs


Run = tuple[str, str]
"""`word` or `number`, and what was written."""


def _runs(piece: str) -> tuple[list[Run], bool]:
    """Words and numbers in turn, without those that say nothing; whether one of those says "about"."""
    runs: list[tuple[str, list[str]]] = []
    is_rough = False
    has_number = any(sign.isdigit() for sign in piece)
    for match in TOKEN.finditer(piece):
        kind, value = match.lastgroup or "", match.group().strip()
        word = value.casefold() if kind == "word" else ""
        if word in ABOUT:
            is_rough = True
        elif word in FILLERS or (word in ANNOUNCING and has_number and not runs):
            continue
        elif kind == "word" and runs and runs[-1][0] == "word":
            runs[-1][1].append(value)
        else:
            runs.append((kind, [value]))
    return [(kind, " ".join(values)) for kind, values in runs], is_rough


def _paired(runs: list[Run]) -> list[_Pair]:
    """Pair runs two by two when words and numbers alternate; otherwise each stands alone."""
    kinds = [kind for kind, _ in runs]
    if kinds == ["word", "number", "word"] and set(runs[2][1].casefold().split()) <= UNITS:
        runs, kinds = runs[:2], kinds[:2]
    if len(runs) == 1:
        return [_Pair(runs[0][1], "") if kinds[0] == "word" else _Pair("", runs[0][1])]
    if len(runs) % 2 or any(a == b for a, b in itertools.pairwise(kinds)) or any(map(_is_share, runs[1:-1])):
        return _broken(runs)
    found: list[_Pair] = []
    for (kind, first), (_, second) in zip(runs[::2], runs[1::2], strict=True):
        found.append(_Pair(first, second, follows=bool(found)) if kind == "word" else _Pair(second, first))
    return found


def _is_share(run: Run) -> bool:
    said = set(run[1].casefold().split())
    return run[0] == "word" and bool(said & ALTERNATIVE) and said <= ALTERNATIVE | ARTICLES


def _broken(runs: list[Run]) -> list[_Pair]:
    return [_Pair(value, "", broken=True) if kind == "word" else _Pair("", value, broken=True) for kind, value in runs]
