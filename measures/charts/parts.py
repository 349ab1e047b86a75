"""Charts of how a whole is made up: parts beside each other, or ordered bands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from measures.charts.chart import About, Chart, frame_of
from measures.charts.graph import ChartTable, read_aloud
from measures.charts.shared import Shared
from measures.charts.words.finding import aside, recalled_words
from measures.disclosure.hiding import MIN_FOR_MEAN
from measures.disclosure.suppression import Groups
from measures.drawing.forms.frame import Frame, Scale, axis
from measures.drawing.forms.histogram import Histogram
from measures.drawing.forms.parts import DrawnPart
from measures.drawing.forms.parts import PartsPicture as Picture
from measures.packages.package import Measure, Package, text
from measures.packages.values import Parts
from measures.texts import Texts

FEW = 20


def compose_parts(
    measure: Measure,
    package: Package,
    own: Parts,
    shared: Shared,
    contributors: int,
    about: About,
    t: Texts,
) -> Chart:
    """The chart of a composition or a histogram, with everybody's together where that may be shown."""
    few = shared.value is not None and shared.is_small
    cluster = None if few else shared.as_kind(Parts)
    groups = shared.groups[0] if cluster is not None else ()
    rows, short = rows_of(measure, package, own, cluster, t, groups)
    whole = t.number(own.whole)
    headline = f"{text(measure.sentence, t.lang)}: {short}."
    detail = t("Your numbers come to {whole} in all.", whole=whole)
    if own.whole < FEW:
        detail = f"{detail} {t('The number is built on few patients, so it may change a lot from year to year.')}"
    finding = aside(measure, package, t, headline=headline, short=short, detail=detail, alone=cluster is None)
    together = groups_in_words(measure, package, cluster, groups, t) if cluster is not None else ()
    table = _table(measure, rows, about, t, whole=whole, contributors=contributors, together=together)
    notes: tuple[str, ...] = ()
    if few:
        notes = (t("The cluster's parts could point to a few people, so they are not shown."),)
    elif shared.recalled:
        notes = (recalled_words(t),)
    elif cluster is None and len(shared.practices) < MIN_FOR_MEAN:
        notes = (t("Too few practices have answered for a comparison. You see only your own number."),)
    elif cluster is None:
        notes = (t("The cluster's parts could point to one practice, so they are not shown."),)
    elif together:
        notes = (t("Where the cluster's number could point to a few people, it is not shown by itself."),)
    count = (t("{whole} in all", whole=whole), t.n("{n} practice", "{n} practices", contributors))
    frame = frame_of(measure, finding, about, t, notes=notes, count=count)
    picture = parts_picture(measure, frame, rows, t("You"), t)
    return Chart(headline, read_aloud(headline, table, detail), table, picture, measure.id, finding)


def rows_of(
    measure: Measure, package: Package, own: Parts, cluster: Parts | None, t: Texts, groups: Groups = ()
) -> tuple[tuple[DrawnPart, ...], str]:
    """The parts with their shares, and the sentence about the largest. Of the cluster's, those that stand alone."""
    labels = _labels(measure, package, (own, cluster), t)
    shares = _shares(own, len(labels))
    known = _shares(cluster, len(labels)) if cluster is not None else ()
    hidden = {place for group in groups if len(group) > 1 for place in group}
    others = [known[place] if known and place not in hidden else None for place in range(len(labels))]
    rows = tuple(
        DrawnPart(label, share, t.percent(share), other, t.percent(other) if other is not None else "")
        for label, share, other in zip(labels, shares, others, strict=True)
    )
    return rows, _largest(rows, t)


def cluster_rows(
    measure: Measure, package: Package, cluster: Parts, groups: Groups, t: Texts
) -> tuple[tuple[DrawnPart, ...], str]:
    """The cluster's own bars, for the projector: a group of parts is one bar."""
    labels = _labels(measure, package, (cluster,), t)
    shares = _shares(cluster, len(labels))
    merged = groups or tuple((place,) for place in range(len(labels)))
    rows = tuple(
        DrawnPart(_joined([labels[place] for place in here]), total, t.percent(total))
        for group in merged
        if (here := [place for place in group if place < len(labels)])
        for total in [sum(shares[place] for place in here)]
    )
    return rows, _largest(rows, t)


def groups_in_words(
    measure: Measure, package: Package, cluster: Parts, groups: Groups, t: Texts
) -> tuple[tuple[str, str], ...]:
    """Parts of the cluster that are known together only, each group with its share."""
    labels = _labels(measure, package, (cluster,), t)
    shares = _shares(cluster, len(labels))
    shown = [[place for place in group if place < len(labels)] for group in groups]
    return tuple(
        (_joined([labels[place] for place in here]), t.percent(sum(shares[place] for place in here)))
        for here in shown
        if len(here) > 1
    )


def _largest(rows: tuple[DrawnPart, ...], t: Texts) -> str:
    largest = max(rows, key=lambda row: row.share)
    return t("{part} is the largest part: {share}", part=largest.label, share=largest.said)


def _labels(measure: Measure, package: Package, given: Iterable[Parts | None], t: Texts) -> list[str]:
    labels = [text(package.field(name).short, t.lang) for name in measure.parts]
    return [*labels, t("Other")] if any(each is not None and each.rest for each in given) else labels


def _joined(labels: Sequence[str]) -> str:
    """Several parts as one: ``10–14 + 15 og derover``."""
    return " + ".join(labels)


def parts_picture(
    measure: Measure, frame: Frame, rows: tuple[DrawnPart, ...], head: str, t: Texts
) -> Histogram | Picture:
    """Bands for a histogram, rows for a composition; `head` says whose the bars are."""
    if measure.kind != "histogram":
        return Picture(frame, rows, head, t("The cluster"))
    low, high, ticks = axis(0.0, max(max(row.share, row.cluster or 0.0) for row in rows), 100, 1.0)
    scale = Scale(tuple((tick, t.percent(tick)) for tick in ticks), low, high)
    return Histogram(frame, rows, scale, t("The cluster"))


def _shares(parts: Parts, size: int) -> tuple[float, ...]:
    return (*parts.shares, 0.0)[:size]


def _table(
    measure: Measure,
    rows: tuple[DrawnPart, ...],
    about: About,
    t: Texts,
    *,
    whole: str,
    contributors: int,
    together: Iterable[tuple[str, str]],
) -> ChartTable:
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
        *((label, t("the cluster {share}", share=share)) for label, share in together),
        (t("In all"), whole),
        (t("Practices that answered"), t.number(contributors)),
        (t("Your numbers were sent"), about.submitted),
    )
