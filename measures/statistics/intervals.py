"""Intervals of proportions, counts and rates, and the pooled rate. Scalars or arrays in, the same out."""

from __future__ import annotations

from collections.abc import Iterable
from statistics import NormalDist
from typing import TYPE_CHECKING, Any, NamedTuple, overload

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import ArrayLike, NDArray

    Array = NDArray[np.float64]

EXACT_BELOW = 10


class Interval(NamedTuple):
    """Lower and upper limit, in the unit of the function that made it."""

    low: Any
    high: Any


class Estimate(NamedTuple):
    """A value with its lower and upper limit, in the unit of the function that made it."""

    value: Any
    low: Any
    high: Any


def normal_quantile(level: float) -> float:
    """The two-sided standard normal quantile: 0.95 → 1.959964, 0.998 → 3.090232."""
    if not 0 < level < 1:
        raise ValueError("level must lie between 0 and 1")
    return NormalDist().inv_cdf(0.5 + level / 2)


@overload
def proportion_interval(events: float, population: float, level: float = 0.95) -> tuple[float, float]: ...
@overload
def proportion_interval(events: ArrayLike, population: ArrayLike, level: float = 0.95) -> tuple[Array, Array]: ...
def proportion_interval(events: Any, population: Any, level: float = 0.95) -> tuple[Any, Any]:
    """Wilson's score interval for a proportion, as shares in 0–1.

    `events` of `population` people, each counted at most once; level two-sided. Source: Wilson 1927 (as scipy's
    `binomtest(…).proportion_ci(method="wilson")`). Not for items or visits, where one person counts several times: use
    `rate_interval`.
    Raises ValueError when events are negative or exceed the population, or the population is not positive.
    """
    import numpy as np

    x, n = np.asarray(events, dtype=float), np.asarray(population, dtype=float)
    if not np.all((x >= 0) & (x <= n) & (n > 0)):
        raise ValueError("a proportion needs 0 ≤ events ≤ population and a population above 0")
    z = normal_quantile(level)
    centre, spread = 2 * x + z * z, z * np.sqrt(z * z + 4 * x * (1 - x / n))
    low, high = (centre - spread) / (2 * (n + z * z)), (centre + spread) / (2 * (n + z * z))
    low, high = np.where(x == 0, 0.0, np.clip(low, 0, 1)), np.where(x == n, 1.0, np.clip(high, 0, 1))
    return like_input(low), like_input(high)


@overload
def count_interval(events: float, level: float = 0.95) -> tuple[float, float]: ...
@overload
def count_interval(events: ArrayLike, level: float = 0.95) -> tuple[Array, Array]: ...
def count_interval(events: Any, level: float = 0.95) -> tuple[Any, Any]:
    """The interval of a Poisson count, in events: Byar's approximation from 10, exact (chi-square) below.

    Source: Byar as in Breslow & Day 1987; exact after Garwood 1936. Not for events that repeat in the same patient
    without widening. (R's `epitools::pois.byar` is another formula and gives other limits.)
    Raises ValueError when a count is negative.
    """
    import numpy as np
    from scipy.special import gammaincinv

    count = np.asarray(events, dtype=float)
    if not np.all(count >= 0):
        raise ValueError("a count can't be negative")
    z, tail = normal_quantile(level), (1 - level) / 2
    safe = np.maximum(count, 1.0)
    byar_low = safe * (1 - 1 / (9 * safe) - z / (3 * np.sqrt(safe))) ** 3
    byar_high = (count + 1) * (1 - 1 / (9 * (count + 1)) + z / (3 * np.sqrt(count + 1))) ** 3
    exact_low = np.where(count > 0, gammaincinv(safe, tail), 0.0)
    exact_high = gammaincinv(count + 1, 1 - tail)
    exact = count < EXACT_BELOW
    return like_input(np.where(exact, exact_low, byar_low)), like_input(np.where(exact, exact_high, byar_high))


def rate_interval(events: Any, exposure: Any, per: float = 1000, level: float = 0.95) -> tuple[Any, Any]:
    """The interval of a rate of events per `per` units of exposure, from the Poisson count. Events may exceed exposure.

    `events` and `exposure` (people, person-years) scalars or arrays of one shape; level two-sided; limits by
    `count_interval`. Not for a share of people (each counted once): use `proportion_interval`, even when shown per
    1,000. Too narrow for events that repeat in the same patient (prescriptions): there is no dispersion in it.
    Raises ValueError without a positive exposure.
    """
    import numpy as np

    units = np.asarray(exposure, dtype=float)
    if not np.all(units > 0):
        raise ValueError("a rate needs an exposure above 0")
    low, high = count_interval(events, level)
    return like_input(np.asarray(low) / units * per), like_input(np.asarray(high) / units * per)


def pooled(pairs: Iterable[tuple[float, float]]) -> float | None:
    """Sum of numerators over sum of denominators – not the mean of rates; None without any denominator."""
    numerators, denominators = 0.0, 0.0
    for numerator, denominator in pairs:
        numerators += numerator
        denominators += denominator
    return numerators / denominators if denominators else None


def like_input(values: Any) -> Any:
    """A plain float for what came as a scalar, an array for what came as one."""
    return float(values) if values.ndim == 0 else values
