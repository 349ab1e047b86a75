"""The chart of a follow-up: before and after, of the practice and of the cluster."""

from __future__ import annotations

from dataclasses import dataclass, replace

from measures.charts.chart import value_scale
from measures.charts.followup import Change, ClusterChange, limits_of, moved_beyond_years
from measures.charts.graph import ChartTable, Graph, read_aloud
from measures.charts.words.amounts import amount_text, value_text
from measures.drawing.forms.dumbbell import Dumbbell, End, Pair
from measures.drawing.forms.frame import Frame
from measures.packages.package import Measure, text
from measures.texts import Texts

FEW = 20
LEAST_ROOM = 0.1
"""Around the marks, so that a change of a few percentage points does not fill the picture."""


@dataclass(frozen=True, slots=True)
class Between:
    """Whose change it is, and what the two rounds are called: their periods."""

    practice: str
    before: str
    after: str
    held_back: str = ""
    """Why nothing may be said of the change (`measures.charts.periods.held_back`): then only the numbers are shown."""


def without_verdict(own: Change | None, cluster: ClusterChange | None) -> tuple[Change | None, ClusterChange | None]:
    """The numbers of both times, and nothing of the change between them."""
    return (
        replace(own, change=None) if own is not None else None,
        replace(cluster, typical=None) if cluster is not None else None,
    )


def compose_change(
    measure: Measure,
    own: Change | None,
    cluster: ClusterChange | None,
    between: Between,
    t: Texts,
    *,
    extreme: bool = False,
) -> Graph:
    """The before–after chart. `own` None: the cluster alone, for the meeting. `extreme` as `followup.was_extreme`.

    Raises ValueError when there is neither.
    """
    if own is None and cluster is None:
        raise ValueError("nothing to show before and after")
    if between.held_back:
        own, cluster = without_verdict(own, cluster)
    short = _short(measure, own, cluster, t, extreme=extreme, held=bool(between.held_back))
    cautions = cautions_of(measure, own, cluster, t, extreme=extreme and not between.held_back)
    cautions = (between.held_back, *cautions) if between.held_back else cautions
    pairs = []
    if own is not None:
        pairs.append(Pair(t("You"), _end(measure, own.before, t), _end(measure, own.after, t)))
    if cluster is not None:
        ends = [End(share, value_text(share, measure, t)) for share in (cluster.before, cluster.after)]
        pairs.append(Pair(t("The cluster"), ends[0], ends[1], own=False))
    marks = [mark for pair in pairs for end in (pair.first, pair.second) for mark in _marks(end)]
    if measure.per == 100:
        marks += [max(0.0, min(marks) - LEAST_ROOM), min(1.0, max(marks) + LEAST_ROOM)]
    headline = f"{text(measure.title, t.lang)}: {short}."
    table = _table(measure, own, cluster, between, t)
    count = (
        (t.n("{n} practice both times", "{n} practices both times", cluster.same),) if cluster and cluster.same else ()
    )
    periods = t("{before} and {after}", before=between.before, after=between.after)
    foot = (*([between.practice] if own is not None else []), periods, *count)
    picture = Dumbbell(
        Frame(text(measure.title, t.lang), short, cautions[:1], foot),
        tuple(pairs),
        (t("Before"), t("After")),
        value_scale(measure, marks, t),
    )
    together = (cluster_sentence(measure, cluster, t),) if cluster is not None else ()
    return Graph(headline, read_aloud(headline, table, *together, *cautions), table, picture)


def cautions_of(
    measure: Measure, own: Change | None, cluster: ClusterChange | None, t: Texts, *, extreme: bool
) -> tuple[str, ...]:
    """What one must not conclude, the most important first."""
    said = []
    if extreme and own is not None:
        said.append(
            t("You were far from the cluster the first time. Such numbers often move towards the middle by themselves.")
        )
    if own is not None and is_of_few(own):
        said.append(t("The number is based on few patients, so it may vary a lot from year to year."))
    if cluster is not None and not cluster.same:
        said.append(t("The cluster's two numbers do not come from quite the same practices."))
    if measure.kind == "proportion":
        said.append(
            t("Many patients are counted both times, so the uncertainty shown is more likely too wide than too narrow.")
        )
    said.append(t("A change does not show what caused it."))
    return tuple(said)


def is_of_few(own: Change) -> bool:
    """Whether one of the two numbers is built on so few patients that it moves by itself."""
    return own.change is not None and min(own.before[1], own.after[1]) < FEW


def is_better(measure: Measure, own: Change) -> bool:
    """Whether the practice clearly moved in the direction that is good, where anybody knows it: then it is praised."""
    grew = own.after[0] * own.before[1] > own.before[0] * own.after[1]
    return is_clear(measure, own) and measure.direction == ("higher" if grew else "lower")


def is_clear(measure: Measure, own: Change) -> bool:
    """Whether a change is more than chance, and more than practices move from one year to the next."""
    return own.is_far_from_none and not is_of_few(own) and moved_beyond_years(measure, own)


def cluster_sentence(measure: Measure, cluster: ClusterChange, t: Texts) -> str:
    """The cluster's change in words: from whom, and whether it is more than chance."""
    first, last = (value_text(share, measure, t) for share in (cluster.before, cluster.after))
    if not cluster.same:
        return t("The cluster as a whole went from {first} to {last}.", first=first, last=last)
    said = t.n(
        "The {n} practice that gave numbers both times went from {first} to {last} together.",
        "The {n} practices that gave numbers both times went from {first} to {last} together.",
        cluster.same,
        first=first,
        last=last,
    )
    if cluster.is_told_apart is None:
        return said
    if cluster.is_told_apart:
        more = t("Most of them moved the same way, more than chance would explain.")
    else:
        more = t("That can't be told apart from no change.")
    return f"{said} {more}"


def _short(
    measure: Measure, own: Change | None, cluster: ClusterChange | None, t: Texts, *, extreme: bool, held: bool
) -> str:
    if held:
        first, last = _ends(measure, own, cluster, t)
        return t("{last} now, {first} last time", first=first, last=last)
    if own is None:
        shares = (cluster.before, cluster.after) if cluster is not None else ()
        first, last = (value_text(share, measure, t) for share in shares)
        return t("The cluster went from {first} to {last}", first=first, last=last)
    first, last = (value_text(pair[0] / pair[1], measure, t) for pair in (own.before, own.after))
    if own.change is None:
        return t("From {first} to {last}", first=first, last=last)
    if extreme and own.is_told_apart:
        return t("From {first} to {last}", first=first, last=last)
    if is_better(measure, own):
        return t("Well done: from {first} to {last} – more than chance would explain", first=first, last=last)
    if is_clear(measure, own):
        return t("From {first} to {last} – more than chance would explain", first=first, last=last)
    if own.is_told_apart:
        return t("From {first} to {last}", first=first, last=last)
    return t("From {first} to {last} – can't be told apart from no change", first=first, last=last)


def _ends(measure: Measure, own: Change | None, cluster: ClusterChange | None, t: Texts) -> tuple[str, str]:
    if own is not None:
        shares = (own.before[0] / own.before[1], own.after[0] / own.after[1])
    else:
        shares = (cluster.before, cluster.after) if cluster is not None else (0.0, 0.0)
    return value_text(shares[0], measure, t), value_text(shares[1], measure, t)


def _end(measure: Measure, pair: tuple[float, float], t: Texts) -> End:
    low, high = limits_of(measure, pair) or (None, None)
    return End(pair[0] / pair[1], value_text(pair[0] / pair[1], measure, t), low, high)


def _marks(end: End) -> list[float]:
    return [mark for mark in (end.value, end.low, end.high) if mark is not None]


def _table(
    measure: Measure, own: Change | None, cluster: ClusterChange | None, between: Between, t: Texts
) -> ChartTable:
    rows: list[tuple[str, ...]] = [
        (t("Measure"), text(measure.title, t.lang)),
        (t("Before"), between.before),
        (t("After"), between.after),
    ]
    if own is not None:
        rows.append(
            (
                between.practice,
                *(amount_text(pair[0] / pair[1], measure, t, given=True) for pair in (own.before, own.after)),
            )
        )
        counts = (
            t("{part} of {whole}", part=t.given(pair[0]), whole=t.given(pair[1])) for pair in (own.before, own.after)
        )
        rows.append((t("Counted"), *counts))
        if own.change is not None:
            rows.append((t("Change with 95% confidence interval"), change_text(measure, own, t)))
    if cluster is not None:
        rows.append((t("The cluster"), *(amount_text(share, measure, t) for share in (cluster.before, cluster.after))))
    return tuple(rows)


def change_text(measure: Measure, own: Change, t: Texts) -> str:
    """The change with its interval: in percentage points, per 1,000, or in per cent of what it was."""
    if own.change is None:
        return ""
    if own.scale == "ratio":
        value, low, high = (_signed((part - 1) * 100, t) for part in own.change)
        return t("{value}% ({low} to {high}%)", value=value, low=low, high=high)
    value, low, high = (_signed(part * measure.per, t) for part in own.change)
    if measure.per == 100:
        return t("{value} percentage points ({low} to {high})", value=value, low=low, high=high)
    return t("{value} per {per} ({low} to {high})", value=value, low=low, high=high, per=t.number(measure.per))


def _signed(value: float, t: Texts) -> str:
    if value in (float("inf"), float("-inf")):
        return "∞"
    return f"{'+' if value > 0 else '−' if value < 0 else ''}{t.number(abs(value), 0 if abs(value) >= 10 else 1)}"
