"""Reading numbers that someone typed in a message: `KOL 130, spirometri 96` or `130 kol / 96 spiro / 70 planer`."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass

from measures import headers
from measures.counts import Reading, read_count
from measures.cpr import has_cpr
from measures.package import DataField, Package
from measures.pasted import read_pasted

SEPARATORS = re.compile(r"[;/|\n()]+|,(?!\d)|(?<!\d),|\s+(?:og|and|samt)\s+|\s&\s|(?<=[^\d\s])\.\s")
NUMBER = r"-?\d{1,3}(?:[. \u00a0\u202f]\d{3})+(?![\d])|-?\d+(?:[.,]\d+)?\s*%?"
TOKEN = re.compile(rf"(?P<number>(?<![\w]){NUMBER})|(?P<word>[^\W\d_][\w\-]*)")
FILLERS = {
    "vi",
    "har",
    "er",
    "i",
    "alt",
    "antal",
    "med",
    "vores",
    "mine",
    "tal",
    "hej",
    "så",
    "ca",
    "stk",
    "the",
    "we",
    "have",
    "is",
    "are",
}
STAND_IN = "ʘ"
"""A letter of no language that is written here."""
SHORTEST_START = 4


@dataclass(frozen=True, slots=True)
class ReplyNumbers:
    """What a typed message says. `values` by field; words nobody knows; and pieces that could mean several things.

    `personal` is true when the text held something like a CPR number; then nothing else is filled and the text must go.
    """

    values: dict[str, int]
    unknown_words: tuple[str, ...] = ()
    ambiguous: tuple[str, ...] = ()
    personal: bool = False

    @property
    def is_clear(self) -> bool:
        """Numbers were found and nothing was left over."""
        return bool(self.values) and not self.unknown_words and not self.ambiguous


def read_reply(text: str, package: Package) -> ReplyNumbers:
    """The numbers in a typed or pasted message. Nothing is guessed: what isn't clear comes back as such."""
    if has_cpr(text):
        return ReplyNumbers({}, personal=True)
    if (table := read_pasted(text, package)) is not None:
        return ReplyNumbers(table)
    values: dict[str, int] = {}
    unknown: list[str] = []
    ambiguous: list[str] = []
    stood_in = _odd_names(package)
    for said, number in _pairs(_hide(text, stood_in)):
        words = _show(said, stood_in)
        fields = fields_for(words, package)
        count = read_count(number) if number else None
        if count is None and len(fields) == 1 and fields[0].id in values:
            continue  # said again in another way: "KOL 130 (R95)"
        if count is None or not words:
            ambiguous.append(words or number)
        elif not fields:
            unknown.append(words)
        elif (
            len(fields) > 1
            or count.reading is not Reading.NUMBER
            or count.value is None
            or values.get(fields[0].id, count.value) != count.value
        ):
            ambiguous.append(f"{words} {number}")
        else:
            values[fields[0].id] = count.value
    return ReplyNumbers(values, tuple(dict.fromkeys(unknown)), tuple(dict.fromkeys(ambiguous)))


def fields_for(words: str, package: Package) -> list[DataField]:
    """The fields that the words may mean: an exact name, else a name that begins with them."""
    exact = headers.field_of(words, package)
    if exact:
        return [exact]
    wanted = headers.normal(words)
    if len(wanted) < SHORTEST_START:
        return []
    return [item for item in package.fields if any(_begins(name, wanted) for name in headers.names_of(item))]


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
    for name, word in stood_in.items():
        words = words.replace(word, name)
    return words


def _begins(name: str, wanted: str) -> bool:
    return name.startswith(wanted) or (wanted.startswith(name) and len(name) >= SHORTEST_START)


def _pairs(text: str) -> list[tuple[str, str]]:
    """Words with the number that belongs to them, in either order; a lonely one has an empty partner."""
    pairs: list[tuple[str, str]] = []
    for piece in SEPARATORS.split(text):
        tokens = [(match.lastgroup or "", match.group().strip()) for match in TOKEN.finditer(piece)]
        runs: list[tuple[str, str]] = []
        for kind, value in tokens:
            if kind == "word" and value.casefold() in FILLERS:
                continue
            if kind == "word" and runs and runs[-1][0] == "word":
                runs[-1] = ("word", f"{runs[-1][1]} {value}")
            else:
                runs.append((kind, value))
        pairs += _paired(runs)
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
