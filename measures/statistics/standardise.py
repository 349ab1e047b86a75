"""Standardised rates: what a population's age and sex would lead one to expect, taken out."""

from __future__ import annotations

from typing import Any

from measures.statistics.intervals import EXACT_BELOW, Estimate, count_interval, like_input


def direct_rate(
    events: Any, population: Any, standard: Any, per: float = 100_000, level: float = 0.95
) -> Estimate | None:
    """A directly standardised rate per `per` people, with Dobson's limits around Byar's count interval.

    `events` and `population` by stratum (age band, sex) along the last axis; `standard` the standard population of the
    same strata, in any unit. One row gives floats – and None below 10 events, where the limits don't hold; several rows
    (places × strata) give arrays, with nan for those rows. Source: Dobson, Kuulasmaa, Eberle & Scherer 1991, as in
    OHID's PHEindicatormethods `calculate_dsr`.
    For clusters and regions; a practice of 1,600 patients is too small: use `indirect_ratio`. Not for events that
    repeat in the same patient: the limits are then too narrow.
    Raises ValueError when a stratum has a negative count or nobody in it, or the standard population is empty.
    """
    import numpy as np

    count, people = np.asarray(events, dtype=float), np.asarray(population, dtype=float)
    weight = np.asarray(standard, dtype=float)
    if count.ndim == 0 or count.shape != people.shape or weight.shape != count.shape[-1:]:
        raise ValueError("events, population and standard need the same strata along the last axis")
    if not np.all(count >= 0) or not np.all(people > 0):
        raise ValueError("every stratum needs events of 0 or more and a population above 0")
    if not np.all(weight >= 0) or weight.sum() <= 0:
        raise ValueError("the standard population needs people in it")
    share = weight / weight.sum()
    total = count.sum(axis=-1)
    enough = total >= EXACT_BELOW
    if count.ndim == 1 and not enough:
        return None
    rate = (share * count / people).sum(axis=-1)
    variance = (share**2 * count / people**2).sum(axis=-1)
    low, high = (np.asarray(limit) for limit in count_interval(total, level))
    scale = np.sqrt(variance / np.where(enough, total, 1.0))
    found = (rate, np.maximum(rate + scale * (low - total), 0), rate + scale * (high - total))
    return Estimate(*(like_input(np.where(enough, value, np.nan) * per) for value in found))


def indirect_ratio(
    events: Any, population: Any, reference_events: Any, reference_population: Any, level: float = 0.95
) -> Estimate:
    """Observed over expected events (1 = as the reference), with Byar's limits, exact below 10 events.

    `events` and `population` by stratum along the last axis (one row, or practices × strata); `events` may also be the
    totals alone, one per row: the strata of the events are not needed. `reference_events` and `reference_population` by
    stratum give the rates that are expected. Source: Breslow & Day 1987; OHID's `calculate_ISRatio`.
    Stable in a single practice. Two practices' ratios are each comparable with the reference, not strictly with each
    other, because each is weighted by its own patients.
    Raises ValueError when nothing is expected or a stratum of the reference has nobody in it.
    """
    import numpy as np

    people = np.asarray(population, dtype=float)
    cases, base = np.asarray(reference_events, dtype=float), np.asarray(reference_population, dtype=float)
    if people.ndim == 0 or cases.shape != base.shape or cases.shape != people.shape[-1:]:
        raise ValueError("population and reference need the same strata along the last axis")
    if not np.all(people >= 0) or not np.all(cases >= 0) or not np.all(base > 0):
        raise ValueError("populations and events can't be negative, and the reference needs people in every stratum")
    expected = (people * cases / base).sum(axis=-1)
    if not np.all(expected > 0):
        raise ValueError("nothing is expected: the ratio has no meaning")
    observed = np.asarray(events, dtype=float)
    if observed.shape == people.shape:
        observed = observed.sum(axis=-1)
    elif observed.shape != expected.shape:
        raise ValueError("events need the population's strata, or one total for each row")
    low, high = count_interval(observed, level)
    return Estimate(*(like_input(np.asarray(value) / expected) for value in (observed, low, high)))
