"""A whole cluster's private charts against a new pyplot figure for each, with the same marks and words."""

from io import BytesIO

from locales.texts import texts_for
from measures.chart import Chart, compose, render_chart
from measures.package import load
from measures.privacy import Rules, comparison
from tests.bench.row import Row, ratio

PRACTICES = 24


def cluster() -> list[Chart]:
    package, t = load("kol"), texts_for("da")
    measure = package.measures[0]
    values = {number: (60 + 7 * number, 3000 + 40 * number) for number in range(PRACTICES)}
    return [
        compose(
            measure,
            package,
            comparison(number, values, Rules(), per=measure.per),
            "1. marts 2025 – 28. februar 2026",
            "7. april 2026",
            t,
            "Jeres praksis",
        )
        for number in values
    ]


def naive(chart: Chart) -> bytes:
    import matplotlib.pyplot as plt  # noqa: TID251 - what everybody writes first, to be compared with

    picture = chart.picture
    figure, axes = plt.subplots(figsize=(10.8, 12), dpi=100)
    axes.plot(range(len(picture.others)), picture.others, "o", color="#B0B0B0")
    axes.errorbar([len(picture.others)], [picture.own], [[picture.own - picture.low], [picture.high - picture.own]])
    for line in picture.lines:
        axes.axhline(line.share)
        axes.text(0, line.share, f"{line.label} {line.value}", fontsize=24)
    axes.set_title("\n".join((picture.headline, picture.title, *picture.subtitle)), fontsize=26)
    out = BytesIO()
    figure.savefig(out)
    plt.close(figure)
    return out.getvalue()


async def rows() -> list[Row]:
    charts = cluster()
    times, own, _ = ratio(lambda: [render_chart(each) for each in charts], lambda: [naive(each) for each in charts], 3)
    largest = max(len(render_chart(each)) for each in charts)
    return [
        Row(
            "private charts of a cluster against naive pyplot",
            f"{times:.1f} × ({own / PRACTICES * 1000:.1f} ms each)",
            "≥ 30 ×",
            times >= 30,
        ),
        Row("largest chart", f"{largest / 1024:.1f} KB", "≤ 16 KB", largest <= 16 * 1024),
    ]
