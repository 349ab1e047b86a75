"""Charts of the same number at several times. Words about a trend only where the rules for run charts find one."""

from __future__ import annotations

from statistics import median

from measures.charts.chart import About, Chart, frame_of, value_scale
from measures.charts.graph import ChartTable, read_aloud
from measures.charts.words.amounts import amount_text, value_text
from measures.charts.words.finding import aside
from measures.drawing.forms.trend import Course, Trend
from measures.packages.package import Measure, Package, text
from measures.packages.values import Ratio, Series
from measures.statistics.rates import run_signals
from measures.texts import Texts

FEWEST_FOR_SIGNALS = 12
"""Fewer points hardly ever show a signal, and words about a trend would be guesses."""


def compose_series(
    measure: Measure, package: Package, own: Series, cluster: Series | None, contributors: int, about: About, t: Texts
) -> Chart:
    """The chart of a trend. With twelve points or more it is a run chart with its median instead of the cluster."""
    times = tuple(text(point.label, t.lang) for point in measure.points)
    known = [(time, point) for time, point in zip(times, own.points, strict=True) if point is not None]
    first, last = known[0][1].share, known[-1][1].share
    run = len(known) >= FEWEST_FOR_SIGNALS
    short = t("From {first} to {last}", first=value_text(first, measure, t), last=value_text(last, measure, t))
    detail = _signals([point.share for _, point in known], t) if run else too_few(len(known), t)
    headline = f"{text(measure.sentence, t.lang)}: {short}."
    finding = aside(measure, package, t, headline=headline, short=short, detail=detail, alone=cluster is None)
    table = _table(measure, own, cluster, times, about, contributors, t)
    beside = None if run or cluster is None else _course(cluster, t("The cluster"), measure, t)
    middle = median(point.share for _, point in known)
    line = (middle, t("Your median"), value_text(middle, measure, t)) if run else None
    values = [point.share for series in (own, cluster) if series for point in series.points if point is not None]
    picture = Trend(
        frame=frame_of(
            measure,
            finding,
            about,
            t,
            notes=(detail,) if run else (),
            count=(t.n("{n} practice", "{n} practices", contributors),) if beside else (),
        ),
        times=times,
        own=_course(own, t("You"), measure, t),
        cluster=beside,
        median=line,
        scale=value_scale(measure, values, t),
    )
    return Chart(headline, read_aloud(headline, table, detail), table, picture, measure.id, finding)


def _signals(values: list[float], t: Texts) -> str:
    if run_signals(values).is_signal:
        return t("The level has shifted by more than chance would explain.")
    return t("No change beyond what chance could explain.")


def too_few(count: int, t: Texts) -> str:
    """That nothing is said of a trend."""
    return t.n("{n} time is too few to speak of a trend.", "{n} times are too few to speak of a trend.", count)


def _course(series: Series, label: str, measure: Measure, t: Texts) -> Course:
    shares = tuple(point.share if point is not None else None for point in series.points)
    last = next(share for share in reversed(shares) if share is not None)
    return Course(shares, label, value_text(last, measure, t))


def _table(
    measure: Measure,
    own: Series,
    cluster: Series | None,
    times: tuple[str, ...],
    about: About,
    contributors: int,
    t: Texts,
) -> ChartTable:
    beside = cluster.points if cluster is not None else (None,) * len(times)
    rows = [
        (
            time,
            _said(mine, measure, t),
            *([t("the cluster {share}", share=_said(theirs, measure, t))] if theirs else []),
        )
        for time, mine, theirs in zip(times, own.points, beside, strict=True)
    ]
    return (
        (t("Measure"), text(measure.title, t.lang)),
        (t("Period"), about.period),
        (t("Practice"), about.practice),
        *rows,
        (t("Practices that answered"), t.number(contributors)),
        (t("Your numbers were sent"), about.submitted),
    )


def _said(point: Ratio | None, measure: Measure, t: Texts) -> str:
    return amount_text(point.share, measure, t) if point is not None else t("no number")
