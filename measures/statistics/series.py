"""Series in time: signals of a run chart, and limits of individual values."""

from __future__ import annotations

import math
from itertools import groupby, pairwise
from statistics import fmean, median
from typing import Any, NamedTuple


class RunSignals(NamedTuple):
    """What a run chart shows. A signal: `longest_run` above its limit, or `crossings` below theirs."""

    longest_run: int
    longest_run_limit: int
    crossings: int
    crossings_limit: int

    @property
    def is_signal(self) -> bool:
        """Whether the series moved by more than chance would make it."""
        return self.longest_run > self.longest_run_limit or self.crossings < self.crossings_limit


class NaturalLimits(NamedTuple):
    """The centre of a series and its natural limits, in the unit of the values."""

    centre: float
    low: float
    high: float


def run_signals(values: Any) -> RunSignals:
    """The Anhøj rules: unusually long runs on one side of the median, or unusually few crossings of it.

    `values` in time order, one per period; missing ones left out. Points on the median count neither way. A signal is a
    longest run above round(log2(n)) + 3 or fewer crossings than the 5 % quantile of Binomial(n − 1, ½), n being the
    points off the median. Source: Anhøj & Olesen 2014; qicharts2. From 10–12 points: with fewer no trend is to be
    spoken of, and the rules hardly ever find one.
    Raises ValueError without a value.
    """
    from scipy.stats import binom

    series = [float(value) for value in values]
    if not series:
        raise ValueError("a series needs at least one value")
    middle = median(series)
    sides = [value > middle for value in series if value != middle]
    runs = [len(list(run)) for _, run in groupby(sides)]
    n = len(sides)
    if n == 0:
        return RunSignals(0, 0, 0, 0)
    return RunSignals(
        longest_run=max(runs),
        longest_run_limit=round(math.log2(n)) + 3,
        crossings=len(runs) - 1,
        crossings_limit=int(binom.ppf(0.05, n - 1, 0.5)) if n > 1 else 0,
    )


def xmr(values: Any, *, screened: bool = False) -> NaturalLimits:
    """An XmR chart: the mean ± 2.66 times the mean moving range (2.66 = 3/1.128).

    `values` in time order, at least two; the unit is theirs, and the limits may lie outside what is possible (below 0,
    above 100 %). `screened` leaves out moving ranges of 3.267 times their mean and more before averaging, as
    NHSRplotthedots does, so that one jump does not widen the limits. Source: Wheeler 1993. Fewer than 13 points give
    trial limits only; not for values that depend on each other from one period to the next.
    """
    series = [float(value) for value in values]
    if len(series) < 2:
        raise ValueError("moving ranges need at least two values")
    ranges = [abs(after - before) for before, after in pairwise(series)]
    mean_range = fmean(ranges)
    if screened and mean_range > 0:
        mean_range = fmean(each for each in ranges if each < 3.267 * mean_range)
    centre = fmean(series)
    return NaturalLimits(centre, centre - 3 / 1.128 * mean_range, centre + 3 / 1.128 * mean_range)
