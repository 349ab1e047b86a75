"""Funnel limits, and how much more practices differ than chance alone would make them."""

from __future__ import annotations

from typing import Any, Literal, NamedTuple

from measures.statistics.intervals import Interval, like_input, normal_quantile

FEWEST_FOR_DISPERSION = 10
"""With fewer practices φ from the group itself is unstable: borrow it from the region or from earlier rounds."""


class Dispersion(NamedTuple):
    """`phi`: the mean squared residual (1 = chance alone). `tau2`: the variance between practices beyond chance, on the
    scale of the residuals (arcsine of the root for proportions, square root for ratios)."""

    phi: float
    tau2: float


def funnel_limits(
    centre: float,
    denominators: Any,
    kind: Literal["proportion", "ratio", "rate"],
    level: float = 0.95,
    *,
    phi: float = 1.0,
    tau2: float = 0.0,
) -> Interval:
    """Where a practice of that size would lie by chance alone around `centre`, in the unit of `centre`.

    `denominators` scalar or array: people for a proportion (centre 0–1), expected events for a ratio (centre mostly 1),
    exposure for a rate (centre in events per unit of it). Plain limits are exact quantiles of the binomial or the
    Poisson distribution, interpolated after Spiegelhalter 2005 so that the curve has no steps.
    With `phi` above 1 (multiplicative) or `tau2` above 0 (additive), from `dispersion`, the limits are widened on the
    residuals' own scale and taken back: sin² for proportions, the square for ratios – not 1 ± z·s.
    Plain limits on crude rates of practices are wrong by default: patients differ, and over half the practices fall
    outside. Not for a practice's own interval: use `proportion_interval` or `rate_interval`.
    Raises ValueError for a centre or denominators outside what the kind allows.
    """
    import numpy as np

    size = np.asarray(denominators, dtype=float)
    if kind not in ("proportion", "ratio", "rate"):
        raise ValueError(f"no funnel of kind {kind!r}")
    if not np.all(size > 0) or not 0 < centre < (1 if kind == "proportion" else float("inf")):
        raise ValueError("a funnel needs denominators above 0 and a centre inside the possible")
    if phi > 1 or tau2 > 0:
        low, high = _widened(centre, size, kind, normal_quantile(level), max(phi, 1.0), max(tau2, 0.0))
    else:
        normal_quantile(level)
        low, high = (_quantile(centre, size, kind, share) for share in ((1 - level) / 2, (1 + level) / 2))
    return Interval(like_input(low), like_input(high))


def dispersion(
    observed: Any, expected: Any, kind: Literal["ratio", "proportion"], winsorise: float = 0.1
) -> Dispersion:
    """φ and τ² of a group of practices, from winsorised residuals; one value per practice in.

    For `"ratio"`, `expected` are the expected events and the centre is 1: z = 2(√O − √E). For `"proportion"`,
    `expected` is the population and the centre the pooled share: z = 2√n(asin√p − asin√p₀). The outermost `winsorise`
    of the residuals at each end are set to their quantile, φ = Σz²/k, and τ² is DerSimonian & Laird's, 0 when φ is no
    more than chance. Source: Spiegelhalter 2005 and 2012; the CQC method of FunnelPlotR.
    Below `FEWEST_FOR_DISPERSION` practices φ is unstable and should come from elsewhere. φ may be below 1: limits are
    never narrowed by it.
    Raises ValueError for fewer than two practices or impossible numbers.
    """
    import numpy as np

    count, base = np.asarray(observed, dtype=float), np.asarray(expected, dtype=float)
    if kind not in ("ratio", "proportion"):
        raise ValueError(f"no dispersion of kind {kind!r}")
    if count.ndim != 1 or count.shape != base.shape or count.size < 2:
        raise ValueError("dispersion needs one value for each of at least two practices")
    if not np.all((count >= 0) & (base > 0)) or (kind == "proportion" and not np.all(count <= base)):
        raise ValueError("observed can't be negative or above the population, and expected must be above 0")
    if not 0 <= winsorise < 0.5:
        raise ValueError("winsorise less than half at each end")
    if kind == "ratio":
        residual = 2 * (np.sqrt(count) - np.sqrt(base))
    else:
        residual = 2 * np.sqrt(base) * (np.arcsin(np.sqrt(count / base)) - np.arcsin(np.sqrt(count.sum() / base.sum())))
    residual = np.clip(residual, *np.quantile(residual, [winsorise, 1 - winsorise]))
    k, weight = count.size, 4 * base
    phi = float((residual**2).sum() / k)
    spare = weight.sum() - (weight**2).sum() / weight.sum()
    tau2 = float((k * phi - (k - 1)) / spare) if k * phi > k - 1 else 0.0
    return Dispersion(phi, tau2)


def _quantile(centre: float, size: Any, kind: str, share: float) -> Any:
    """Spiegelhalter's interpolated quantile of the exact distribution, as a share or ratio."""
    import numpy as np
    from scipy.stats import binom, poisson

    chance = binom(np.round(size), centre) if kind == "proportion" else poisson(centre * size)
    count = chance.ppf(share)
    reached, before = chance.cdf(count), chance.cdf(count - 1)
    found = (count - (reached - share) / (reached - before)) / size
    return np.clip(found, 0, 1 if kind == "proportion" else None)


def _widened(centre: float, size: Any, kind: str, z: float, phi: float, tau2: float) -> tuple[Any, Any]:
    import numpy as np

    spread = z * np.sqrt(phi / (4 * size) + tau2)
    if kind == "proportion":
        middle = np.arcsin(np.sqrt(centre))
        return np.sin(np.maximum(middle - spread, 0)) ** 2, np.sin(np.minimum(middle + spread, np.pi / 2)) ** 2
    middle = np.sqrt(centre)
    return np.maximum(middle - spread, 0) ** 2, (middle + spread) ** 2
