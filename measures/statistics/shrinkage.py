"""What many practices together tell about each: shrunken shares, how sure a rank is, the achievable benchmark."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

from measures.statistics.intervals import Interval, normal_quantile

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

DRAWS = 5000
MOST_ALIKE = 1e8
"""The largest α + β: practices that differ by no more than chance are drawn to their common share."""


class Shrunken(NamedTuple):
    """The beta distribution that the practices' true shares come from, and each practice's shrunken share."""

    alpha: float
    beta: float
    means: Any


def shrink(events: Any, population: Any) -> Shrunken:
    """Beta-binomial maximum likelihood: α, β and each practice's (x + α)/(n + α + β).

    `events` of `population`, one per practice, each person counted once. Small practices are drawn most towards the
    common share α/(α + β). For rank ranges and for choosing a benchmark – never shown to a practice as its number.
    Where practices differ by no more than chance, α + β runs to its limit and all means are nearly the same.
    Raises ValueError for fewer than two practices, or when there are no events or nothing but events.
    """
    import numpy as np
    from scipy.optimize import minimize
    from scipy.special import betaln

    x, n = _practices(events, population)
    share = float(x.sum() / n.sum())
    if len(x) < 2 or not 0 < share < 1:
        raise ValueError("shrinkage needs at least two practices, with some events and not only events")

    def unlikely(guess: Any) -> float:
        mean, size = 1 / (1 + math.exp(-guess[0])), math.exp(guess[1])
        alpha, beta = mean * size, (1 - mean) * size
        return -float(np.sum(betaln(x + alpha, n - x + beta) - betaln(alpha, beta)))

    logit = math.log(share / (1 - share))
    bounds = [(logit - 8, logit + 8), (math.log(1e-3), math.log(MOST_ALIKE))]
    starts = [(logit, math.log(size)) for size in (5.0, 100.0, 5000.0)]
    best = min((minimize(unlikely, start, bounds=bounds, method="L-BFGS-B") for start in starts), key=lambda r: r.fun)
    mean, size = 1 / (1 + math.exp(-best.x[0])), math.exp(best.x[1])
    alpha, beta = mean * size, (1 - mean) * size
    return Shrunken(alpha, beta, (x + alpha) / (n + alpha + beta))


def rank_range(events: Any, population: Any, level: float = 0.95, *, seed: int = 1) -> Interval:
    """The lowest and highest rank that each practice may well have; 1 is the lowest share.

    Arrays of one whole number per practice. The true shares are drawn 5,000 times from Beta(x + α, n − x + β), with α
    and β of `shrink`, and ranked; the range holds `level` of the ranks. The same seed gives the same ranges. Source:
    Goldstein & Spiegelhalter 1996; Marshall & Spiegelhalter 1998. Say the range, never the rank: in a cluster it mostly
    covers half the places. Raises as `shrink`.
    """
    import numpy as np

    x, n = _practices(events, population)
    found = shrink(x, n)
    normal_quantile(level)
    drawn = np.random.default_rng(seed).beta(x + found.alpha, n - x + found.beta, (DRAWS, len(x)))
    ranks = drawn.argsort(axis=1).argsort(axis=1) + 1
    low = np.quantile(ranks, (1 - level) / 2, axis=0, method="lower").astype(int)
    high = np.quantile(ranks, (1 + level) / 2, axis=0, method="higher").astype(int)
    return Interval(low, high)


def achievable_benchmark(events: Any, population: Any, lower_is_better: bool = False) -> float:
    """Kiefe's achievable benchmark of care, as a share in 0–1: what the best practices with a tenth of the patients do.

    Practices are ranked by (x + 1)/(n + 2), so that a tiny one does not lead by luck, and taken from the top until they
    hold at least 10 % of the patients; the benchmark is their pooled share. With `lower_is_better` they are ranked by
    what did not happen, and the benchmark is still the share of events. Source: Weissman et al. 1999, Kiefe et al.
    2001. In a cluster the top tenth is one or two practices: `measures.disclosure.privacy.benchmark` says whether it
    may be shown. Not where nobody knows which direction is better. Raises ValueError without a practice or for
    impossible numbers.
    """
    x, n = _practices(events, population)
    top = leading(x, n, lower_is_better)
    return float(x[top].sum() / n[top].sum())


def leading(events: Any, population: Any, lower_is_better: bool = False) -> NDArray[np.intp]:
    """The places, best first, of the practices that `achievable_benchmark` is made from."""
    import numpy as np

    x, n = _practices(events, population)
    good = n - x if lower_is_better else x
    order = np.argsort(-(good + 1) / (n + 2), kind="stable")
    held = np.cumsum(n[order])
    return order[: int(np.searchsorted(held, held[-1] / 10, side="left")) + 1]


def _practices(events: Any, population: Any) -> tuple[Any, Any]:
    import numpy as np

    x, n = np.asarray(events, dtype=float), np.asarray(population, dtype=float)
    if x.ndim != 1 or x.shape != n.shape or not x.size:
        raise ValueError("one number of events and one population for each practice")
    if not np.all((x >= 0) & (x <= n) & (n > 0)):
        raise ValueError("a proportion needs 0 ≤ events ≤ population and a population above 0")
    return x, n
