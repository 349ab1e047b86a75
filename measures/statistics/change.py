"""Change between two rounds: of one practice, and of a cluster whose practices answered twice."""

from __future__ import annotations

from typing import Any

from measures.statistics.intervals import Estimate, like_input, normal_quantile, proportion_interval


def change_ratio(
    events_before: Any, exposure_before: Any, events_after: Any, exposure_after: Any, level: float = 0.95
) -> Estimate:
    """The rate after over the rate before (0.8 = a fifth lower), with the score interval of two Poisson rates.

    Scalars or arrays of one shape. The interval is the set of ratios that the score test does not refuse; it is the
    same as Wilson's interval of the share of all events that came after. As statsmodels' `confint_poisson_2indep(…,
    compare="ratio", method="score")`; its `sqrtcc` can leave out the estimate and is not used. No events before: the
    ratio is infinite (none at all: nan) and so is the upper limit.
    For two independent periods. A stock measure counts mostly the same patients twice: the interval is then too wide,
    and the change is better described than tested. A practice chosen because it was extreme moves towards the middle
    by itself.
    Raises ValueError for negative events or an exposure that is not positive.
    """
    import numpy as np

    before, after = np.asarray(events_before, dtype=float), np.asarray(events_after, dtype=float)
    first, second = np.asarray(exposure_before, dtype=float), np.asarray(exposure_after, dtype=float)
    if not np.all((first > 0) & (second > 0)):
        raise ValueError("a rate needs an exposure above 0")
    if not np.all((before >= 0) & (after >= 0)):
        raise ValueError("a count can't be negative")
    exposed = second / first
    total = before + after
    low, high = (np.asarray(share) for share in proportion_interval(after, np.where(total > 0, total, 1.0), level))
    high = np.where(total > 0, high, 1.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        value, lower, upper = after / before / exposed, low / (1 - low) / exposed, high / (1 - high) / exposed
    return Estimate(like_input(value), like_input(lower), like_input(upper))


def difference_of_proportions(
    events_1: Any, population_1: Any, events_2: Any, population_2: Any, level: float = 0.95
) -> Estimate:
    """The first share minus the second, −1 to 1, with Newcombe's interval built from two Wilson intervals.

    Scalars or arrays of one shape; each person counted at most once. Source: Newcombe 1998, method 10; statsmodels'
    `confint_proportions_2indep(…, method="newcomb")`. Not for the same patients counted twice (a register before and
    after): that is no two independent samples, and the interval is then too wide.
    """
    import numpy as np

    first = np.asarray(events_1, dtype=float) / np.asarray(population_1, dtype=float)
    second = np.asarray(events_2, dtype=float) / np.asarray(population_2, dtype=float)
    low_1, high_1 = (np.asarray(limit) for limit in proportion_interval(events_1, population_1, level))
    low_2, high_2 = (np.asarray(limit) for limit in proportion_interval(events_2, population_2, level))
    value = first - second
    low = value - np.sqrt((first - low_1) ** 2 + (high_2 - second) ** 2)
    high = value + np.sqrt((high_1 - first) ** 2 + (second - low_2) ** 2)
    return Estimate(like_input(value), like_input(np.clip(low, -1, 1)), like_input(np.clip(high, -1, 1)))


def median_change(before: Any, after: Any, level: float = 0.95, *, seed: int = 1, draws: int = 5000) -> Estimate:
    """A cluster's typical change: the median over its practices of after minus before, with a bootstrap interval.

    `before` and `after` are the same practices' rates in the same order, at least five of them; the unit is theirs.
    Paired, so it holds for stock measures too. The interval is the bootstrap's percentiles, the same for the same
    seed; with few practices it is somewhat too narrow. It does not tell the cluster's own doing from what happened
    everywhere: a comparison group does.
    Raises ValueError for fewer than five pairs.
    """
    import numpy as np

    first, second = np.asarray(before, dtype=float), np.asarray(after, dtype=float)
    if first.ndim != 1 or first.shape != second.shape or first.size < 5:
        raise ValueError("a change over a cluster needs at least five practices, each before and after")
    normal_quantile(level)
    change = second - first
    drawn = np.random.default_rng(seed).integers(0, change.size, (draws, change.size))
    low, high = np.quantile(np.median(change[drawn], axis=1), [(1 - level) / 2, (1 + level) / 2])
    return Estimate(float(np.median(change)), float(low), float(high))
