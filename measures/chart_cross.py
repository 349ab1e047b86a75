"""The chart of two measures against each other: the practice and the cluster as a whole, never the others one by one.

A pair of values recognises a practice far better than either does, so the others are not drawn, however many they are.
"""

from __future__ import annotations

from measures.chart import About, Chart, frame_of, value_scale
from measures.finding import amount_text, aside, value_text
from measures.forms.scatter import Scatter
from measures.graph import read_aloud
from measures.kinds_values import Cross
from measures.package import Measure, Package, text
from measures.texts import Texts


def compose_cross(
    measure: Measure, package: Package, own: Cross, cluster: Cross | None, contributors: int, about: About, t: Texts
) -> Chart:
    """The chart of a scatter. `cluster` is made of the pooled values of both measures."""
    across, up = package.measure(measure.across), package.measure(measure.up)
    own_words = tuple(
        f"{text(each.title, t.lang)}: {amount_text(value.share, each, t)}"
        for each, value in ((across, own.across), (up, own.up))
    )
    short = t(
        "{across} and {up}",
        across=value_text(own.across.share, across, t),
        up=value_text(own.up.share, up, t),
    )
    beside = ""
    cluster_point, cluster_said = None, ("", "")
    if cluster is not None:
        cluster_point = cluster.across.share, cluster.up.share
        cluster_said = value_text(cluster_point[0], across, t), value_text(cluster_point[1], up, t)
        beside = t("{across} and {up}", across=cluster_said[0], up=cluster_said[1])
        short = t("You {own} – the cluster {cluster}", own=short, cluster=beside)
    headline = f"{text(measure.sentence, t.lang)}: {short[:1].lower()}{short[1:]}."
    detail = "; ".join(own_words) + "."
    finding = aside(measure, package, t, headline=headline, short=short, detail=detail, alone=cluster is None)
    table = [
        (t("Measure"), text(measure.title, t.lang)),
        (t("Period"), about.period),
        (t("Practice"), about.practice),
        *(
            (
                text(each.title, t.lang),
                amount_text(value.share, each, t),
                *([t("the cluster {share}", share=said)] if said else []),
            )
            for each, value, said in ((across, own.across, cluster_said[0]), (up, own.up, cluster_said[1]))
        ),
        (t("Practices that answered"), t.number(contributors)),
        (t("Your numbers were sent"), about.submitted),
    ]
    points = [(own.across.share, own.up.share), *([cluster_point] if cluster_point else [])]
    picture = Scatter(
        frame=frame_of(measure, finding, about, t, count=(t.n("{n} practice", "{n} practices", contributors),)),
        own=points[0],
        own_words=(t("You"),),
        cluster=cluster_point,
        cluster_words=(t("The cluster"),),
        others=(),
        across=value_scale(across, [0.0, *(point[0] for point in points)], t),
        across_name=text(across.title, t.lang),
        up=value_scale(up, [0.0, *(point[1] for point in points)], t),
        up_name=text(up.title, t.lang),
    )
    return Chart(headline, read_aloud(headline, tuple(table)), tuple(table), picture, measure.id, finding)
