"""Charts of how a whole is made up: parts beside each other, or ordered bands."""

from __future__ import annotations

from measures.chart import About, Chart, frame_of
from measures.finding import aside
from measures.forms.frame import Frame, Scale, axis
from measures.forms.histogram import Histogram
from measures.forms.parts import Part
from measures.forms.parts import Parts as Picture
from measures.graph import Table, read_aloud
from measures.kinds_values import Parts
from measures.package import Measure, Package, text
from measures.texts import Texts

FEW = 20


def compose_parts(
    measure: Measure, package: Package, own: Parts, cluster: Parts | None, contributors: int, about: About, t: Texts
) -> Chart:
    """The chart of a composition or a histogram. `cluster` is everybody's together, None where it may not be shown."""
    rows, short = rows_of(measure, package, own, cluster, t)
    whole = t.number(own.whole)
    headline = f"{text(measure.sentence, t.lang)}: {short}."
    detail = t("Your numbers are {whole} in all.", whole=whole)
    if own.whole < FEW:
        detail = f"{detail} {t('The number is built on few patients, so it may change a lot from year to year.')}"
    finding = aside(measure, package, t, headline=headline, short=short, detail=detail, alone=cluster is None)
    table = _table(measure, rows, about, t, whole=whole, contributors=contributors)
    notes = (
        ()
        if cluster is not None
        else (t("Too few practices have answered for a comparison. You see your own number alone."),)
    )
    count = (t("{whole} in all", whole=whole), t.n("{n} practice", "{n} practices", contributors))
    frame = frame_of(measure, finding, about, t, notes=notes, count=count)
    picture = parts_picture(measure, frame, rows, t("You"), t)
    return Chart(headline, read_aloud(headline, table, detail), table, picture, measure.id, finding)


def rows_of(
    measure: Measure, package: Package, own: Parts, cluster: Parts | None, t: Texts
) -> tuple[tuple[Part, ...], str]:
    """The parts with their shares, and the sentence about the largest."""
    labels = [text(package.field(name).short, t.lang) for name in measure.parts]
    if own.rest or (cluster is not None and cluster.rest):
        labels.append(t("Other"))
    shares = _shares(own, len(labels))
    others = _shares(cluster, len(labels)) if cluster is not None else (None,) * len(labels)
    rows = tuple(
        Part(label, share, t.percent(share), other, t.percent(other) if other is not None else "")
        for label, share, other in zip(labels, shares, others, strict=True)
    )
    largest = max(rows, key=lambda row: row.share)
    return rows, t("{part} fills most: {share}", part=largest.label, share=largest.said)


def parts_picture(measure: Measure, frame: Frame, rows: tuple[Part, ...], head: str, t: Texts) -> Histogram | Picture:
    """Bands for a histogram, rows for a composition; `head` says whose the bars are."""
    if measure.kind != "histogram":
        return Picture(frame, rows, head, t("The cluster"))
    low, high, ticks = axis(0.0, max(max(row.share, row.cluster or 0.0) for row in rows), 100, 1.0)
    scale = Scale(tuple((tick, t.percent(tick)) for tick in ticks), low, high)
    return Histogram(frame, rows, scale, t("The cluster"))


def _shares(parts: Parts, size: int) -> tuple[float, ...]:
    return (*parts.shares, 0.0)[:size]


def _table(measure: Measure, rows: tuple[Part, ...], about: About, t: Texts, *, whole: str, contributors: int) -> Table:
    said = [
        (row.label, row.said, t("the cluster {share}", share=row.cluster_said))
        if row.cluster_said
        else (row.label, row.said)
        for row in rows
    ]
    return (
        (t("Measure"), text(measure.title, t.lang)),
        (t("Period"), about.period),
        (t("Practice"), about.practice),
        *said,
        (t("In all"), whole),
        (t("Practices that answered"), t.number(contributors)),
        (t("Your numbers were sent"), about.submitted),
    )
