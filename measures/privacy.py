"""What a viewer may see. The one module that decides it; everything that draws or writes is handed its result only.

The promises (docs/privacy.md):
1. A practice always sees its own numbers, however small.
2. Others reach a viewer only as a sorted list of rounded values: no id, no numerator, no denominator, no interval, no
   order that means anything.
3. Others are drawn from `MIN_CONTRIBUTORS` contributing practices; the mean is given from `MIN_FOR_MEAN`. A cluster may
   raise the first limit, never lower it.
4. With fewer than `CLAMP_BELOW` contributors the lowest and highest of the others are drawn at the second lowest and
   second highest value.
5. A practice that gave no numbers sees nothing of the others.
6. The values that others and the mean are made from stay frozen until `may_renew`, so that no two charts differ by one
   or two practices.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import TypeVar

MIN_CONTRIBUTORS = 5
MIN_FOR_MEAN = 3
CLAMP_BELOW = 8
MIN_NEW_TO_RENEW = 3

Id = TypeVar("Id")
Pair = tuple[int, int]


class Openness(StrEnum):
    """How open the cluster chose to be. Whatever it chose, this module draws others without marks; more openness needs
    each practice's own consent and never comes from here by itself."""

    CLOSED = "closed"
    LETTERS = "letters"
    SHOWN = "shown"
    OPEN = "open"


class Withheld(StrEnum):
    """Why the others, or the mean too, are not shown."""

    NO_OWN_NUMBERS = "no_own_numbers"
    TOO_FEW_FOR_MEAN = "too_few_for_mean"
    TOO_FEW_FOR_OTHERS = "too_few_for_others"


@dataclass(frozen=True, slots=True)
class Rules:
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
    rules: Rules = Rules(),
    *,
    per: int = 100,
    own: Pair | None = None,
) -> Comparison:
    """The view of one practice on `values`, the (frozen) numerators and denominators by practice.

    `per` is the measure's unit (100 or 1,000): others are rounded to whole units of it. `own` gives the viewer's
    present numbers when they are newer than the frozen ones or not among them; they change nothing in what is shown of
    others.
    Pairs without a denominator contribute nothing.
    """
    usable = {key: pair for key, pair in values.items() if pair[1] > 0}
    mine = own if own is not None else values.get(own_id)
    if mine is None or mine[1] <= 0:
        return Comparison(mine, None, None, len(usable), per, Withheld.NO_OWN_NUMBERS)
    contributors = len(usable | {own_id: mine})
    if min(contributors, len(usable)) < MIN_FOR_MEAN:
        return Comparison(mine, None, None, contributors, per, Withheld.TOO_FEW_FOR_MEAN)
    numerators, denominators = (sum(column) for column in zip(*usable.values(), strict=True))
    mean = _rounded(Fraction(numerators, denominators), _mean_unit(per))
    if min(contributors, len(usable)) < rules.contributors_needed:
        return Comparison(mine, mean, None, contributors, per, Withheld.TOO_FEW_FOR_OTHERS)
    others = sorted(_rounded(Fraction(*pair), per) for key, pair in usable.items() if key != own_id)
    if contributors < CLAMP_BELOW:
        others = [min(max(value, others[1]), others[-2]) for value in others]
    return Comparison(mine, mean, tuple(others), contributors, per)


def may_renew(frozen_ids: Collection[Id], current_ids: Collection[Id], closed: bool = False) -> bool:
    """Whether the values behind others and mean may be taken afresh, for all viewers at once.

    The ids are those of replies (a corrected reply has a new id). Nothing frozen yet: yes. Otherwise three new replies
    are needed: with one, subtracting the sums gives that practice exactly; with two, each of them finds the other.
    Closing the round is no excuse: a chart made at close can be subtracted from the one before just as well, so it
    renews only when nothing has changed or three replies are new.
    """
    if not frozen_ids:
        return True
    new = len(set(current_ids) - set(frozen_ids))
    gone = len(set(frozen_ids) - set(current_ids))
    if new == 0 and gone == 0:
        return closed
    return new >= MIN_NEW_TO_RENEW


def _mean_unit(per: int) -> int:
    """The mean is given as it is written: whole percent, or one decimal per 1,000."""
    return per if per <= 100 else per * 10


def _rounded(share: Fraction, unit: int) -> float:
    """Half away from zero on exact fractions, so that the same numbers always give the same mark."""
    return int(share * unit + Fraction(1, 2)) / unit
