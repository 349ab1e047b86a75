"""What the fields of a package are called where somebody types them, names with digits and marks in them too."""

from __future__ import annotations

import re

from measures.checking.reply_words import ENDINGS, FILLERS
from measures.packages.package import DataField, Package
from measures.reading import headers
from measures.tables.fields import names_of

SHORTEST_START = 4
STAND_IN = "ʘ"
"""A letter of no language that is written here."""


class Names:
    """What the fields of a package are called, looked up once a message."""

    def __init__(self, package: Package) -> None:
        self._exact: dict[str, DataField] = {}
        self._known: list[tuple[str, str, DataField]] = []
        for item in package.fields:
            for name in sorted(names_of(item)):
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

    def says(self, words: str) -> bool:
        """Whether the words are in the name of a field."""
        wanted = headers.normal(words)
        return any(f" {wanted} " in f" {name} " for name, _, _ in self._known)


def _is_name(name: str, wanted: str) -> bool:
    """Whether it begins or ends otherwise only; what a number tells apart, "type 2" and "type 1", is another name."""
    if wanted.startswith(name) and len(name) >= SHORTEST_START:
        return wanted[len(name) :] in ENDINGS
    return name.startswith(wanted) and not any(sign.isdigit() for sign in name[len(wanted) :])


class OddNames:
    """Names such as "40+" and "ACE/ARB" that would be taken apart: each has a word to stand in for it meanwhile."""

    def __init__(self, package: Package, parting: re.Pattern[str]) -> None:
        names = {
            _key(name)
            for item in package.fields
            for name in (item.label.da, item.label.en, item.short.da, item.short.en, *item.aliases)
            if any(character.isdigit() for character in name) or parting.search(name)
        }
        longest_first = sorted(names, key=lambda name: (-len(name), name))
        self._words = {
            name: STAND_IN + chr(ord("a") + n // 26) + chr(ord("a") + n % 26) for n, name in enumerate(longest_first)
        }
        self._pattern = re.compile(
            rf"(?<![\w.,])(?:{'|'.join(map(_shape, longest_first))})(?![\w+%]|[.,]\d)", re.IGNORECASE
        )

    def hide(self, text: str) -> str:
        """The text with the words that stand in."""
        if not self._words:
            return text
        return self._pattern.sub(lambda found: f" {self._words.get(_key(found.group()), '')} ", text)

    def show(self, words: str) -> str:
        """The names again."""
        if STAND_IN in words:
            for name, word in self._words.items():
                words = words.replace(word, name)
        return words


def _key(name: str) -> str:
    """A name as it is looked up: a dash of any kind is a blank, and blanks around other marks don't count."""
    return " ".join(re.sub("[-–‐‑]", " ", name.casefold()).split())


def _shape(name: str) -> str:
    return re.escape(name).replace(r"\ ", r"[ \u00a0]?[ \u00a0–‐‑-][ \u00a0]?")
