"""What a viewer may see. This module decides it; everything that draws or writes is handed its result only.

The promises (docs/privacy.md):
1. A practice always sees its own numbers, however small.
2. Others reach a viewer only as a sorted list of rounded values: no id, no numerator, no denominator, no interval, no
   order that means anything. Letters and names come on top only as the cluster and each practice chose
   (`measures.disclosure.openness`).
3. Others are drawn from `MIN_CONTRIBUTORS` contributing practices; the mean is given from `MIN_FOR_MEAN`. A cluster may
   raise the first limit, never lower it. Neither is given when one or two practices are nearly all of the patients.
4. With fewer than `CLAMP_BELOW` contributors the lowest and highest of the others are drawn at the second lowest and
   second highest value.
5. A practice that gave no numbers sees nothing of the others.
6. What others and the mean are made from stays frozen until a renewal hides everybody (`measures.disclosure.hiding`):
whatever a
   viewer compares, no fewer than three practices differ together. So late replies, corrections and withdrawals are
   never found by subtraction.
7. When a practice among the frozen ones no longer wants to be there, nothing of the others is shown any more.
8. When a number among them was plainly wrong, nothing of the others is shown until the comparison is drawn without it
   (`measures.charts.recalling`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import TypeVar

from measures.decimals import added, exact, ratio
from measures.disclosure.hiding import MIN_FOR_MEAN, State, hides

MIN_CONTRIBUTORS = 5
CLAMP_BELOW = 8
MOST_OF_TWO = Fraction(9, 10)
LEAST_OF_REST = Fraction(1, 10)

Id = TypeVar("Id")
Pair = tuple[float, float]
"""A part and its whole; counts of people are whole, amounts may have decimals (`measures.decimals`)."""


class Openness(StrEnum):
    """How open the cluster chose to be. Names need each practice's own consent as well: see
    `measures.disclosure.openness`."""

    CLOSED = "closed"
    LETTERS = "letters"
    CHOSEN = "chosen"
    OPEN = "open"


class Withheld(StrEnum):
    """Why the others, or the mean too, are not shown."""

    NO_OWN_NUMBERS = "no_own_numbers"
    TOO_FEW_FOR_MEAN = "too_few_for_mean"
    TOO_FEW_FOR_OTHERS = "too_few_for_others"
    SOMEBODY_LEFT = "somebody_left"
    RECALLED = "recalled"
    DOMINATED = "dominated"


@dataclass(frozen=True, slots=True)
class DisclosureRules:
    """The cluster's own choices. `min_practices` below the floor counts as the floor."""

    min_practices: int = MIN_CONTRIBUTORS
    openness: Openness = Openness.CLOSED

    @property
    def contributors_needed(self) -> int:
        return max(MIN_CONTRIBUTORS, self.min_practices)


@dataclass(frozen=True, slots=True)
class Comparison:
    """What one viewer may see of one measure. Shares are plain fractions (0.74), `others` and `mean` rounded for `per`.

    `own` is the viewer's exact (numerator, denominator), or None when the practice has given none. `contributors`
    counts the practices behind the comparison, the viewer's own included.
    """

    own: Pair | None
    mean: float | None
    others: tuple[float, ...] | None
    contributors: int
    per: int
    withheld_reason: Withheld | None = None


def comparison(
    own_id: Id,
    values: Mapping[Id, Pair],
    rules: DisclosureRules = DisclosureRules(),
    *,
    per: int = 100,
    own: Pair | None = None,
    gone: Collection[Id] = (),
    recalled: bool = False,
) -> Comparison:
    """The view of one practice on `values`, the (frozen) numerators and denominators by practice.

    `per` is the measure's unit (100 or 1,000): others are rounded to whole units of it. `own` gives the viewer's
    present numbers when they are newer than the frozen ones or not among them; they change nothing in what is shown of
    others. `gone` are practices that no longer want to be used: their numbers can't be taken out alone without showing
    what they were, so nothing of the others is shown; nor while the comparison is `recalled`.
    Pairs without a denominator contribute nothing.
    """
    usable = contributing(values)
    mine = own if own is not None else values.get(own_id)
    if mine is None or mine[1] <= 0:
        return Comparison(mine, None, None, len(usable), per, Withheld.NO_OWN_NUMBERS)
    contributors = len(usable | {own_id: mine})
    if recalled:
        return Comparison(mine, None, None, contributors, per, Withheld.RECALLED)
    if min(contributors, len(usable)) < MIN_FOR_MEAN:
        return Comparison(mine, None, None, contributors, per, Withheld.TOO_FEW_FOR_MEAN)
    if not usable.keys().isdisjoint(gone) or own_id in gone:
        return Comparison(mine, None, None, contributors, per, Withheld.SOMEBODY_LEFT)
    if is_dominated(usable.values()):
        return Comparison(mine, None, None, contributors, per, Withheld.DOMINATED)
    mean = rounded(_share(usable.values()), _mean_unit(per))
    if min(contributors, len(usable)) < rules.contributors_needed:
        return Comparison(mine, mean, None, contributors, per, Withheld.TOO_FEW_FOR_OTHERS)
    others = sorted(rounded(ratio(*pair), per) for key, pair in usable.items() if key != own_id)
    if contributors < CLAMP_BELOW:
        others = clamped(others)
    return Comparison(mine, mean, tuple(others), contributors, per)


def projected(
    values: Mapping[Id, Pair],
    rules: DisclosureRules = DisclosureRules(),
    *,
    per: int = 100,
    gone: Collection[Id] = (),
    recalled: bool = False,
) -> Comparison:
    """What a projector may show to everybody at once: all contributors as marks, and nobody's own.

    The same limits as in `comparison`; whoever is there and has a chart sees nothing here that is not on it. So
    two at each end are drawn at the third's place in a small cluster: one alone would show the lowest what lies next
    to it, which its own chart hides.
    """
    usable = contributing(values)
    if recalled:
        return Comparison(None, None, None, len(usable), per, Withheld.RECALLED)
    if len(usable) < MIN_FOR_MEAN:
        return Comparison(None, None, None, len(usable), per, Withheld.TOO_FEW_FOR_MEAN)
    if not usable.keys().isdisjoint(gone):
        return Comparison(None, None, None, len(usable), per, Withheld.SOMEBODY_LEFT)
    if is_dominated(usable.values()):
        return Comparison(None, None, None, len(usable), per, Withheld.DOMINATED)
    mean = rounded(_share(usable.values()), _mean_unit(per))
    if len(usable) < rules.contributors_needed:
        return Comparison(None, mean, None, len(usable), per, Withheld.TOO_FEW_FOR_OTHERS)
    everybody = sorted(rounded(ratio(*pair), per) for pair in usable.values())
    if len(usable) < CLAMP_BELOW:
        everybody = clamped(everybody, 2)
    return Comparison(None, mean, tuple(everybody), len(usable), per)


def benchmark(
    published: Sequence[State[Id, Pair]],
    lower_is_better: bool = False,
    *,
    per: int = 100,
    beside: Sequence[State[Id, Pair]] = (),
) -> float | None:
    """The achievable benchmark of the present set, rounded; None unless three practices make it and three don't.

    For people counted at most once. `published` are the sets that charts were made from, the present one last; `beside`
    are subgroups shown as well.
    """
    from measures.statistics.shrinkage import leading

    if not published or not contributing(published[-1]):
        return None
    tops: list[State[Id, Pair]] = []
    for usable in filter(None, map(contributing, published)):
        events, people = ([pair[place] for pair in usable.values()] for place in (0, 1))
        keys = list(usable)
        tops.append({keys[place]: usable[keys[place]] for place in leading(events, people, lower_is_better)})
    if not hides([*published, *beside, *tops]) or is_dominated(tops[-1].values()):
        return None
    return rounded(_share(tops[-1].values()), _mean_unit(per))


def is_dominated(pairs: Iterable[Pair]) -> bool:
    """Whether the pooled share is nearly one practice's own, and the second largest could work out the largest's.

    So it is when the two largest have over 90 % of the patients, or the rest less than a tenth of the largest (the
    (n, k) and p % rules of official statistics, with the limits that ACRO uses).
    """
    first, second, *rest = *sorted((exact(size) for _, size in pairs), reverse=True), 0, 0
    return first + second > MOST_OF_TWO * (first + second + sum(rest)) or sum(rest) < LEAST_OF_REST * first


def contributing(values: Mapping[Id, Pair]) -> dict[Id, Pair]:
    """Those that have somebody to count among."""
    return {key: pair for key, pair in values.items() if pair[1] > 0}


def _share(pairs: Iterable[Pair]) -> Fraction:
    numerators, denominators = (added(column) for column in zip(*pairs, strict=True))
    return ratio(numerators, denominators)


def clamped(ordered: list[float], outermost: int = 1) -> list[float]:
    """The outermost drawn at their neighbours' place."""
    if len(ordered) <= outermost:
        return ordered
    return [min(max(value, ordered[outermost]), ordered[-1 - outermost]) for value in ordered]


def _mean_unit(per: int) -> int:
    """The mean is given as it is written: whole percent, or one decimal per 1,000."""
    return per if per <= 100 else per * 10


def rounded(share: Fraction, unit: int) -> float:
    """Half away from zero on exact fractions, so that the same numbers always give the same mark."""
    return int(share * unit + Fraction(1, 2)) / unit
