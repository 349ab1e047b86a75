"""The statistics by name, for everything that counts. Scalars or arrays in, the same out; scipy loads when needed."""

from __future__ import annotations

from measures.statistics.change import change_ratio, difference_of_proportions, median_change
from measures.statistics.funnel import Dispersion, dispersion, funnel_limits
from measures.statistics.intervals import (
    Estimate,
    Interval,
    count_interval,
    normal_quantile,
    pooled,
    proportion_interval,
    rate_interval,
)
from measures.statistics.series import RunSignals, run_signals, xmr
from measures.statistics.shrinkage import Shrunken, achievable_benchmark, leading, rank_range, shrink
from measures.statistics.standardise import direct_rate, indirect_ratio

__all__ = [
    "Dispersion",
    "Estimate",
    "Interval",
    "RunSignals",
    "Shrunken",
    "achievable_benchmark",
    "change_ratio",
    "count_interval",
    "difference_of_proportions",
    "direct_rate",
    "dispersion",
    "funnel_limits",
    "indirect_ratio",
    "leading",
    "median_change",
    "normal_quantile",
    "pooled",
    "proportion_interval",
    "rank_range",
    "rate_interval",
    "run_signals",
    "shrink",
    "xmr",
]
