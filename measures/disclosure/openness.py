"""What of the others may be known besides their marks: letters, and the names of those who chose to show themselves.

Beside `measures.disclosure.privacy`, which decides whether there are marks at all. The promises (docs/privacy.md):
1. A letter is drawn by chance for each round and measure and is told to its own practice alone.
2. A name is shown only while that practice's own consent holds.
3. Open means everybody or nobody. Chosen means those who chose it, as long as everybody else stays hidden among at
   least three practices that were never named, from whoever keeps every chart.
4. In a small cluster, where outermost marks are drawn closer, names take five others without, or everybody's.
"""

from __future__ import annotations

import random
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from measures.decimals import ratio
from measures.disclosure.hiding import MIN_HIDDEN, State, cells
from measures.disclosure.privacy import (
    CLAMP_BELOW,
    MIN_CONTRIBUTORS,
    Comparison,
    DisclosureRules,
    Openness,
    Pair,
    clamped,
    comparison,
    contributing,
    projected,
    rounded,
)

ALPHABET = "ABCDEFGHJKLMNPRSTUVWXYZ"
"""Without I, O and Q, which look like 1 and 0 on a chart."""

Id = TypeVar("Id")


@dataclass(frozen=True, slots=True)
class Mark:
    """One of the others: its rounded value, and a letter or the practice where the openness ladder lets it be known."""

    value: float
    letter: str | None = None
    practice: Any = None


@dataclass(frozen=True, slots=True)
class Known:
    """What a measure's charts may tell of who is who: letters, whom `revealed` names, and what those are called."""

    letters: Mapping[Any, str] = field(default_factory=dict)
    named: Collection[Any] = ()
    names: Mapping[Any, str] = field(default_factory=dict)


NOBODY = Known()


def marks(
    own_id: Id,
    values: Mapping[Id, Pair],
    rules: DisclosureRules,
    *,
    per: int = 100,
    own: Pair | None = None,
    letters: Mapping[Id, str] | None = None,
    named: Collection[Id] = (),
    gone: Collection[Id] = (),
    recalled: bool = False,
) -> tuple[Mark, ...]:
    """The others with what may be known of each, lowest first; nothing where `comparison` shows no others.

    `named` is the answer of `revealed`; `letters` those of this round and measure, used on that rung only. Whoever is
    named is drawn at the practice's own value; the unnamed are clamped among themselves.
    """
    seen = comparison(own_id, values, rules, per=per, own=own, gone=gone, recalled=recalled)
    others = {key: pair for key, pair in contributing(values).items() if key != own_id}
    return _marked(seen, others, rules, letters or {}, named, outermost=1)


def projector_marks(
    values: Mapping[Id, Pair],
    rules: DisclosureRules,
    *,
    per: int = 100,
    letters: Mapping[Id, str] | None = None,
    named: Collection[Id] = (),
    gone: Collection[Id] = (),
    recalled: bool = False,
) -> tuple[Mark, ...]:
    """All marks for the projector with what may be known of each: nothing that is not on a private chart as well."""
    seen = projected(values, rules, per=per, gone=gone, recalled=recalled)
    return _marked(seen, contributing(values), rules, letters or {}, named, outermost=2)


def _marked(
    seen: Comparison,
    pairs: Mapping[Id, Pair],
    rules: DisclosureRules,
    letters: Mapping[Id, str],
    named: Collection[Id],
    *,
    outermost: int,
) -> tuple[Mark, ...]:
    if seen.others is None:
        return ()
    if rules.openness is Openness.LETTERS and letters:
        keys = sorted(pairs, key=lambda key: ratio(*pairs[key]))
        lettered = [Mark(value, letters.get(key)) for key, value in zip(keys, seen.others, strict=True)]
        return tuple(sorted(lettered, key=lambda mark: (mark.value, mark.letter or "")))
    if rules.openness not in {Openness.CHOSEN, Openness.OPEN}:
        return tuple(Mark(value) for value in seen.others)
    shares = {key: rounded(ratio(*pair), seen.per) for key, pair in pairs.items()}
    unnamed = sorted(value for key, value in shares.items() if key not in named)
    if seen.contributors < CLAMP_BELOW:
        unnamed = clamped(unnamed, outermost)
    known = [Mark(value, practice=key) for key, value in shares.items() if key in named]
    return tuple(sorted([Mark(value) for value in unnamed] + known, key=lambda mark: mark.value))


def revealed(
    rules: DisclosureRules, published: Sequence[State[Id, Any]], shows: Sequence[Id], once: Collection[Id] = ()
) -> frozenset[Id]:
    """The practices that may be named, by what the cluster chose and who consents now.

    `published` are the sets that charts were made from, the present one last; `shows` are the practices whose consent
    to be shown holds, who said so first first; `once` those that were named at any time: colleagues still know them.
    Open: everybody, or – when a single consent is missing – nobody. Chosen: one after the other, so that a coordinator
    can go first and nobody's name goes when another's comes, as long as those without a name hide each other.
    """
    here = set(published[-1]) if published else set()
    if rules.openness is Openness.OPEN:
        return frozenset(here) if here and here <= set(shows) else frozenset()
    if rules.openness is not Openness.CHOSEN:
        return frozenset()
    wanting = sorted((key for key in shows if key in here), key=lambda key: key not in once)
    named: set[Id] = set()
    for cell in cells(published):
        willing = [key for key in wanting if key in cell]
        if cell <= set(willing) and (len(here) >= CLAMP_BELOW or here <= set(wanting)):
            named |= cell
            continue
        for place, key in enumerate(willing, 1):
            rest = cell - set(willing[:place])
            if len(rest) < MIN_HIDDEN or 0 < len(rest - set(once)) < MIN_HIDDEN:
                break
            named.add(key)
    while len(here) < CLAMP_BELOW and named and 0 < len(here - named) < MIN_CONTRIBUTORS:
        named.discard(next(key for key in reversed(wanting) if key in named))
    return frozenset(named)


def letters(ids: Iterable[Id], chance: random.Random) -> dict[Id, str]:
    """A letter for each practice, drawn afresh: call it for each round and measure, with `random.SystemRandom()`.

    Give it every practice that was asked, not only those that answered: a letter drawn later would tell who was late.
    """
    order = list(ids)
    pool = [first + second for first in ("", *ALPHABET) for second in ALPHABET][: len(order)]
    chance.shuffle(pool)
    return dict(zip(order, pool, strict=True))
