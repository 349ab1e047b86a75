"""The chart of two measures against each other: the practice and the cluster as a whole, never the others one by one.

A pair of values recognises a practice far better than either does, so the others are not drawn, however many they are.
"""

from __future__ import annotations

from measures.charts.chart import About, Chart, frame_of, value_scale
from measures.charts.graph import read_aloud
from measures.charts.words.amounts import value_text
from measures.charts.words.finding import aside
from measures.drawing.forms.scatter import Scatter
from measures.packages.package import Measure, Package, text
from measures.packages.values import Cross
from measures.texts import Texts


def compose_cross(
    measure: Measure, package: Package, own: Cross, cluster: Cross | None, contributors: int, about: About, t: Texts
) -> Chart:
    """The chart of a scatter. `cluster` is made of the pooled values of both measures."""
    across, up = package.measure(measure.across), package.measure(measure.up)
    points = [(own.across.share, own.up.share)]
    if cluster is not None:
        points.append((cluster.across.share, cluster.up.share))
    rows: list[tuple[str, ...]] = []
    for each, place in ((across, 0), (up, 1)):
        beside = [t("the cluster {share}", share=value_text(point[place], each, t)) for point in points[1:]]
        rows.append((text(each.title, t.lang), value_text(points[0][place], each, t), *beside))
    notes = tuple(f"{row[0]}: {', '.join(row[1:])}." for row in rows)
    short, detail = text(measure.sentence, t.lang), " ".join(notes)
    finding = aside(measure, package, t, headline=f"{short}.", short=short, detail=detail, alone=cluster is None)
    table = (
        (t("Measure"), text(measure.title, t.lang)),
        (t("Period"), about.period),
        (t("Practice"), about.practice),
        *rows,
        (t("Practices that answered"), t.number(contributors)),
        (t("Your numbers were sent"), about.submitted),
    )
    count = (t.n("{n} practice", "{n} practices", contributors),)
    picture = Scatter(
        frame=frame_of(measure, finding, about, t, notes=notes, count=count),
        own=points[0],
        own_words=(t("You"),),
        cluster=points[1] if cluster is not None else None,
        cluster_words=(t("The cluster"),),
        others=(),
        across=value_scale(across, [0.0, *(point[0] for point in points)], t),
        across_name=text(across.title, t.lang),
        up=value_scale(up, [0.0, *(point[1] for point in points)], t),
        up_name=text(up.title, t.lang),
    )
    return Chart(finding.headline, read_aloud(finding.headline, table), table, picture, measure.id, finding)
