"""The kinds of measures: what each must say in a package, how it is drawn, and what uncertainty it can have.

Every number a practice gives is a whole number (`counts`), so a kind is only a way of putting whole numbers together;
`measures.packages.values` does that. Being a balancing or companion measure is a role that any kind can have.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal


class ChartForm(StrEnum):
    """How a measure is drawn for one practice. Before–after and funnels are made from `DOTS` measures as well."""

    DOTS = "dots"
    COMPOSITION = "composition"
    HISTOGRAM = "histogram"
    TREND = "trend"
    DUMBBELL = "dumbbell"
    SCATTER = "scatter"
    LIKERT = "likert"


@dataclass(frozen=True, slots=True)
class MeasureKind:
    """One kind: the keys of `[[measures]]` it needs, those it may have besides, its units, its form and its interval.

    `drawn` says whether it works from request to chart; packages ask for nothing that can't be shown.
    """

    id: str
    needs: frozenset[str]
    form: ChartForm
    interval: Literal["wilson", "poisson", "direct", "none"] = "none"
    takes: frozenset[str] = frozenset()
    pers: tuple[int, ...] = (1,)
    least: int = 0
    """The fewest entries in its list of parts, points, strata or items."""
    drawn: bool = False


PAIR = frozenset({"numerator", "denominator"})
OF_WHOLE = frozenset({"standardised", "composition", "histogram", "agreement", "questionnaire"})
"""Kinds that show groups of people, whose sizes are whole numbers."""
UNIT = frozenset({"unit"})

MEASURE_KINDS: dict[str, MeasureKind] = {
    kind.id: kind
    for kind in (
        MeasureKind("proportion", PAIR, ChartForm.DOTS, "wilson", pers=(100, 1000), drawn=True),
        MeasureKind("rate", PAIR, ChartForm.DOTS, "poisson", UNIT, pers=(1000,), drawn=True),
        MeasureKind("amount", PAIR, ChartForm.DOTS, takes=UNIT, pers=(1, 1000), drawn=True),
        MeasureKind(
            "standardised", frozenset({"strata"}), ChartForm.DOTS, "direct", UNIT, pers=(1000,), least=2, drawn=True
        ),
        MeasureKind("mean", PAIR | UNIT, ChartForm.DOTS, drawn=True),
        MeasureKind("median", PAIR | UNIT, ChartForm.DOTS, drawn=True),
        MeasureKind("count", frozenset({"numerator"}), ChartForm.DOTS, takes=UNIT, drawn=True),
        MeasureKind(
            "composition",
            frozenset({"parts"}),
            ChartForm.COMPOSITION,
            takes=frozenset({"denominator"}),
            least=2,
            drawn=True,
        ),
        MeasureKind(
            "histogram",
            frozenset({"parts"}),
            ChartForm.HISTOGRAM,
            takes=frozenset({"denominator"}),
            least=3,
            drawn=True,
        ),
        MeasureKind(
            "trend", frozenset({"points"}), ChartForm.TREND, takes=UNIT, pers=(1, 100, 1000), least=3, drawn=True
        ),
        MeasureKind("scatter", frozenset({"across", "up"}), ChartForm.SCATTER, drawn=True),
        MeasureKind("agreement", frozenset({"parts"}), ChartForm.DUMBBELL, takes=UNIT, least=2, drawn=True),
        MeasureKind("questionnaire", frozenset({"items", "scale"}), ChartForm.LIKERT, least=1, drawn=True),
        MeasureKind("estimate", frozenset({"guess", "actual"}), ChartForm.DUMBBELL, drawn=True),
    )
}
"""What each kind puts together:

- proportion: people counted once in the numerator, out of the denominator; shown per 100 (%) or 1,000
- rate: events over people, per 1,000 (one person may have several)
- amount: a sum such as DDD over people, per 1,000 or per person; no interval, for doses are not independent events
- standardised: a rate in each stratum (age, sex), weighted with a standard population
- mean: a sum (minutes, days) over how many it was summed over; median: the middle value, and how many it is from
- count: one number as it is
- composition: parts of a whole; the whole is their sum, or `denominator` with the rest shown as "other"
- histogram: ordered bands that don't overlap
- trend: the same pair at several times
- scatter: two other measures against each other; estimate: a guess in whole per cent against another measure
- agreement: the same thing counted by two sources
- questionnaire: for each question, how many chose each answer of an ordered scale
"""

LISTS = frozenset({"parts", "points", "strata", "items"})
KEYS = frozenset().union(*(kind.needs | kind.takes for kind in MEASURE_KINDS.values()))
"""Every key that belongs to some kinds and not to others."""


def is_drawn(kind_id: str) -> bool:
    """Whether a measure of this kind works from request to chart today."""
    return MEASURE_KINDS[kind_id].drawn
