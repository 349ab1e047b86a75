"""The coordinator's funnel: how far practices of each size would lie apart by chance, and one's own practice in it.

Plain limits on crude rates are wrong by default – over half of all practices fall outside – so the limits are widened
by how much practices really differ, from the cluster itself when it is large enough, else borrowed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypeVar

from measures.charts.chart import About, value_scale
from measures.charts.graph import Graph, read_aloud
from measures.charts.words.amounts import amount_text, value_text
from measures.disclosure.privacy import Comparison, Pair
from measures.drawing.forms.frame import Frame, Line, Scale, axis
from measures.drawing.forms.funnel import Band, Funnel
from measures.packages.measure_kinds import MEASURE_KINDS
from measures.packages.package import Measure, text
from measures.statistics.funnel import FEWEST_FOR_DISPERSION, Dispersion
from measures.statistics.rates import dispersion, funnel_limits
from measures.texts import Texts

Id = TypeVar("Id")
STEPS = 60
OUTER = 0.998


def compose_funnel(
    measure: Measure,
    comparison: Comparison,
    values: Mapping[Id, Pair],
    about: About,
    t: Texts,
    *,
    borrowed: Dispersion | None = None,
) -> Graph | None:
    """The funnel of a proportion or a rate around the cluster's mean; None where there is none to be had.

    `values` are the frozen numerators and denominators; of them only the spread between all and the sizes' range are
    used. With fewer than ten practices the spread must be `borrowed` from the region or an earlier round.
    """
    if (
        MEASURE_KINDS[measure.kind].interval not in {"wilson", "poisson"}
        or comparison.own is None
        or not comparison.mean
    ):
        return None
    if comparison.mean >= 1 and measure.kind == "proportion":
        return None
    spread = _spread(measure, values, comparison.mean) if len(values) >= FEWEST_FOR_DISPERSION else borrowed
    if spread is None:
        return None
    spread = Dispersion(round(max(1.0, spread.phi) ** 0.5, 1) ** 2, spread.tau2)  # as it is written, and no finer
    part, whole = comparison.own
    low_size, high_size, ticks = axis(0.0, max(2.0 * whole, 40.0), 1, None)
    sizes = tuple(high_size * (step + 1) / STEPS for step in range(1, STEPS))
    kind: Literal["proportion", "rate"] = "proportion" if measure.kind == "proportion" else "rate"
    inner, outer = (funnel_limits(comparison.mean, sizes, kind, level, phi=spread.phi) for level in (0.95, OUTER))
    own_low, own_high = funnel_limits(comparison.mean, whole, kind, OUTER, phi=spread.phi)
    share = part / whole
    inside = own_low <= share <= own_high
    short = (
        t("{value} – no further from the cluster than practices usually are", value=value_text(share, measure, t))
        if inside
        else t("{value} – further from the cluster than practices usually are", value=value_text(share, measure, t))
    )
    mean = value_text(comparison.mean, measure, t)
    wider = t(
        "Practices differ {times} times as much as chance alone would explain.", times=t.number(spread.phi**0.5, 1)
    )
    headline = f"{text(measure.title, t.lang)}: {short}."
    table = (
        (t("Measure"), text(measure.title, t.lang)),
        (t("Period"), about.period),
        (about.practice, amount_text(share, measure, t)),
        (t("Counted"), t("{part} of {whole}", part=t.number(part), whole=t.number(whole))),
        (t("The cluster as a whole"), amount_text(comparison.mean, measure, t)),
        (
            t("99.8% limits at your size"),
            t("{low} to {high}", low=value_text(own_low, measure, t), high=amount_text(own_high, measure, t)),
        ),
        (t("Practices that answered"), t.number(comparison.contributors)),
    )
    top = max(share, float(max(outer.high[4:])), float(own_high))
    picture = Funnel(
        frame=Frame(
            text(measure.title, t.lang),
            short,
            (wider,) if spread.phi > 1 else (),
            (about.practice, about.period, t.n("{n} practice", "{n} practices", comparison.contributors)),
        ),
        sizes=sizes,
        inner=Band(_floats(inner.low), _floats(inner.high), t.percent(0.95)),
        outer=Band(_floats(outer.low), _floats(outer.high), t.percent(OUTER, 1)),
        centre=Line(comparison.mean, t("The cluster"), mean, "cluster"),
        own=(float(whole), share),
        own_words=(value_text(share, measure, t), t("{part} of {whole}", part=t.number(part), whole=t.number(whole))),
        scale=value_scale(measure, [0.0, top], t),
        across=Scale(tuple((tick, t.number(tick)) for tick in ticks), low_size, high_size),
        across_name=t("Practice size"),
    )
    return Graph(headline, read_aloud(headline, table, wider), table, picture)


def _spread(measure: Measure, values: Mapping[Id, Pair], mean: float) -> Dispersion:
    parts, wholes = zip(*(pair for pair in values.values() if pair[1] > 0), strict=True)
    if measure.kind == "proportion":
        return dispersion(parts, wholes, "proportion")
    return dispersion(parts, [mean * whole for whole in wholes], "ratio")


def _floats(values: object) -> tuple[float, ...]:
    import numpy as np

    return tuple(float(value) for value in np.asarray(values))
