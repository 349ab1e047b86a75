"""Sentence templates, read: ``hvornår (mødes|ses) vi [igen]``, with ``<rules>`` and ``{slots}``.

One word after the other; ``(a|b)`` is one of several, ``[a]`` may be left out, ``<next>`` stands for a rule of
``rules.toml`` and ``{day}`` for whatever ``handlers.words.slots`` reads there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from cluster.meetings.typed_words import folded

PART = re.compile(r"\s*([()\[\]|]|<\w+>|\{\w+\}|[^\s()\[\]|<>{}]+)")
CLOSING = {"(": ")", "[": "]"}


@dataclass(frozen=True)
class WordPiece:
    """A word, folded."""

    text: str


@dataclass(frozen=True)
class Slot:
    """Something that is read from what stands there."""

    name: str


@dataclass(frozen=True)
class Row:
    """One after the other."""

    parts: tuple[Piece, ...]


@dataclass(frozen=True)
class Choice:
    """One of several; an empty row among them makes it optional."""

    of: tuple[Piece, ...]


Piece = WordPiece | Slot | Row | Choice
Rules = Mapping[str, str]


def vocabulary(piece: Piece) -> Iterator[str]:
    """Every word of a template."""
    match piece:
        case WordPiece(text):
            yield text
        case Row(parts) | Choice(parts):
            for part in parts:
                yield from vocabulary(part)


def reader(rules: Rules) -> Callable[[str], Piece]:
    """Reads the pieces of templates; ValueError for one that is badly written, LookupError for a rule that is none."""
    known: dict[str, Piece] = {}
    return lambda template: _parse(template, rules, known)


def _parse(template: str, rules: Rules, known: dict[str, Piece]) -> Piece:
    found = [match.group(1) for match in PART.finditer(template)]
    signs = iter(found)
    piece = _choice(signs, "", rules, known)
    if "".join(found) != "".join(template.split()):
        raise ValueError(f"not a template: {template}")
    return piece


def _choice(signs: Iterator[str], until: str, rules: Rules, known: dict[str, Piece]) -> Piece:
    rows: list[list[Piece]] = [[]]
    for sign in signs:
        if sign == until:
            break
        if sign == "|":
            rows.append([])
        elif sign in CLOSING:
            inner = _choice(signs, CLOSING[sign], rules, known)
            rows[-1].append(Choice((inner, Row(()))) if sign == "[" else inner)
        elif sign in CLOSING.values():
            raise ValueError(f"closed but never opened: {sign}")
        elif sign.startswith("<"):
            name = sign[1:-1]
            if name not in known:
                known[name] = _parse(rules[name], rules, known)
            rows[-1].append(known[name])
        elif sign.startswith("{"):
            rows[-1].append(Slot(sign[1:-1]))
        else:
            rows[-1].append(WordPiece(folded(sign)))
    else:
        if until:
            raise ValueError(f"opened and never closed: {until}")
    made = [Row(tuple(row)) for row in rows]
    return made[0] if len(made) == 1 else Choice(tuple(made))
