"""A practice's own numbers round by round: points and their uncertainty, and no verdict on where they are going.

Of the cluster nothing is known here but what the charts of each round told this practice of it: the mean, or that it
may not be shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from measures.charts.axes import fixed_scale
from measures.charts.chart import reference_lines
from measures.charts.courses.series import too_few
from measures.charts.graph import ChartTable, Graph, read_aloud
from measures.charts.words.amounts import amount_text, counted, direction_words, value_text
from measures.charts.words.standing import interval, is_of_few
from measures.disclosure.privacy import Pair
from measures.drawing.forms.frame import Frame
from measures.drawing.forms.over_time import OverTime, PointMark
from measures.packages.package import Measure, text
from measures.texts import Texts

FEWEST_FOR_TREND = 5
"""With fewer points, one above the other says nothing: three rise or fall by chance in a third of all cases."""


@dataclass(frozen=True, slots=True)
class Point:
    """A round: what its period is called, shortly and in full, from when to when; the practice's own number in it, and
    the cluster's as its charts showed it."""

    label: str
    period: str
    start: date
    end: date
    own: Pair
    cluster: float | None


def compose_over_time(measure: Measure, points: Sequence[Point], practice: str, t: Texts) -> Graph:
    """The picture of points in the order of time; raises ValueError for fewer than two."""
    if len(points) < 2:
        raise ValueError("one point is no course")
    said = [value_text(each.own[0] / each.own[1], measure, t, given=True) for each in points]
    short = t("{last} now, {first} the first time", last=said[-1], first=said[0])
    notes = _notes(measure, points, t)
    headline = f"{text(measure.title, t.lang)}: {short}."
    table = _table(measure, points, practice, t)
    line = (t("Line: statistical uncertainty (95%)"),) if interval(measure, points[-1].own) else ()
    whose = practice[:1].upper() + practice[1:]
    picture = OverTime(
        frame=Frame(text(measure.title, t.lang), short, notes, (whose, *line)),
        own_name=t("Your numbers"),
        cluster_name=t("The cluster as a whole") if any(each.cluster is not None for each in points) else "",
        marks=tuple(_mark(measure, each, words, t) for each, words in zip(points, said, strict=True)),
        joined=tuple(_are_alike(one, two) for one, two in pairwise(points)),
        lines=reference_lines(measure, None, t),
        scale=fixed_scale(measure, t, points[-1].own[0] / points[-1].own[1]),
    )
    return Graph(headline, read_aloud(headline, table, *notes), table, picture)


def _mark(measure: Measure, point: Point, said: str, t: Texts) -> PointMark:
    share = point.own[0] / point.own[1]
    low, high = interval(measure, point.own) or (share, share)
    cluster = value_text(point.cluster, measure, t) if point.cluster is not None else "–"
    return PointMark(point.end.toordinal(), point.label, share, low, high, said, point.cluster, cluster)


def _are_alike(before: Point, after: Point) -> bool:
    """Whether two periods share no month, are as long, and of the same season: only then a line leads between them."""
    months = [_months(each) for each in (before, after)]
    return before.end < after.start and months[0] == months[1]


def _months(point: Point) -> tuple[int, ...]:
    """The months of the year that a period counts, each as often as it does."""
    first = 12 * point.start.year + point.start.month - 1
    after = point.end + timedelta(days=1)
    return tuple(sorted(each % 12 for each in range(first, 12 * after.year + after.month - 1)))


def _notes(measure: Measure, points: Sequence[Point], t: Texts) -> tuple[str, ...]:
    """How the points are to be taken, the most important first."""
    said = [f"{direction_words(measure, t)}."]
    if len(points) < FEWEST_FOR_TREND:
        said.append(too_few(len(points), t))
    if not all(_are_alike(one, two) for one, two in pairwise(points)):
        said.append(t("Periods that share months, or are of another season or length, are not joined by a line."))
    if any(is_of_few(measure, each.own) for each in points):
        said.append(t("Few patients: it swings."))
    if any(each.cluster is not None for each in points):
        said.append(t("The cluster is not quite the same practices every time."))
    return tuple(said)


def _table(measure: Measure, points: Sequence[Point], practice: str, t: Texts) -> ChartTable:
    rows: list[tuple[str, ...]] = [(t("Measure"), text(measure.title, t.lang)), (t("Practice"), practice)]
    for each in points:
        own = amount_text(each.own[0] / each.own[1], measure, t, given=True)
        made_from = counted(measure, each.own, t)
        if each.cluster is None:
            cluster = t("the cluster is not shown")
        else:
            cluster = t("the cluster as a whole {share}", share=value_text(each.cluster, measure, t))
        rows.append((each.period, f"{own} ({made_from})" if made_from else own, cluster))
    return tuple(rows)
