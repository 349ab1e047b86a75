"""A whole cluster's private charts: against a new pyplot figure for each with the same strokes, and against the floor.

The floor is what no drawing can beat: copying a finished plane and encoding it with Pillow as a palette PNG of as few
bits. Set-up is included: every run makes its letters and marks from scratch. Loading the libraries is a row of its own.
"""

import statistics
import subprocess
import sys
from collections.abc import Callable
from io import BytesIO

from locales.texts import texts_for
from measures.charts.chart import Chart, compose, render_all
from measures.disclosure.privacy import DisclosureRules, comparison
from measures.drawing import letters, raster
from measures.drawing.forms.frame import flow
from measures.drawing.forms.lanes import Lanes, stacks
from measures.drawing.letters import wrap
from measures.drawing.raster import SCALE
from measures.packages.package import load
from tests.bench.row import Row, ratio

PRACTICES = 24
MANY = 2000
LARGEST = 16 * 1024


def cluster(size: int = PRACTICES, measure_id: str = "spirometry") -> list[Chart]:
    package, t = load("kol"), texts_for("da")
    measure = package.measure(measure_id)
    whole = 3000 if measure.per == 1000 else 100
    values = {number: (48 + 5 * number * 17 % 80, whole + 9 * number) for number in range(size)}
    return [
        compose(
            measure,
            package,
            comparison(number, values, DisclosureRules(), per=measure.per),
            "1. marts 2025 – 28. februar 2026",
            "7. april 2026",
            t,
            f"Lægehuset Søndergade {number}",
        )
        for number in values
    ]


def naive(chart: Chart) -> bytes:
    """What everybody writes first, with the same words and marks: subplots, plot, errorbar, axvline, text, savefig."""
    import matplotlib.pyplot as plt  # noqa: TID251 - to be compared with

    picture = chart.picture
    assert isinstance(picture, Lanes)
    assert picture.own is not None
    assert picture.own.share is not None
    frame, own, scale = picture.frame, picture.own, picture.scale
    figure, axes = plt.subplots(figsize=(10.8, 12), dpi=100 * SCALE)
    figure.subplots_adjust(0.06, 0.2, 0.94, 0.74)
    if picture.band is not None:
        axes.axvspan(*picture.band, 0, 0.35, color="#E4EFF7")
    spread = [[own.share - own.low], [own.high - own.share]]
    axes.errorbar([own.share], [0.85], xerr=spread, fmt="o", color="#0072B2", markersize=30, capsize=12, linewidth=5)
    axes.text(scale.low, 0.97, own.words, color="#0072B2", fontsize=26, weight="bold")
    if picture.before is not None:
        axes.text(scale.low, 0.7, picture.before.words, fontsize=26)
    axes.text(scale.low, 0.42, picture.others_words, fontsize=26)
    levels = stacks([value * 1000 for value in picture.others], 35)
    heights = [0.03 + 0.05 * level for level in levels]
    axes.plot(picture.others, heights, "o", color="#6E6E6E", markerfacecolor="white", markersize=24)
    for line in picture.lines:
        axes.axvline(line.share, color="#1F1F1F", linestyle="--" if line.kind == "reference" else "-")
        at = 1.02 if line.kind == "reference" else -0.1
        axes.text(line.share, at, f"{line.label} {line.value}", fontsize=26, weight="bold")
    axes.set_xlim(scale.low, scale.high)
    axes.set_ylim(0, 1)
    axes.set_xticks([value for value, _ in scale.ticks], [said for _, said in scale.ticks], fontsize=26)
    axes.set_yticks([])
    axes.grid(axis="x")
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    figure.text(0.04, 0.95, frame.title, fontsize=26, color="#0072B2", weight="bold")
    figure.text(0.04, 0.86, "\n".join(wrap(frame.headline, 48, 980, "bold")), fontsize=34, weight="bold")
    figure.text(0.04, 0.82, "\n".join(frame.notes), fontsize=26)
    figure.text(0.04, 0.03, "\n".join(flow(frame.foot, 980)), fontsize=26)
    out = BytesIO()
    figure.savefig(out)
    plt.close(figure)
    return out.getvalue()


def naive_all(charts: list[Chart]) -> list[bytes]:
    return [naive(each) for each in charts]


def from_cold(charts: list[Chart]) -> list[bytes]:
    """Set-up included: no letter and no mark is there yet."""
    for made in (
        letters.letter,
        letters.width,
        letters.known,
        letters._known,
        letters._advance,
        raster._words,
        raster._mark,
    ):
        made.cache_clear()
    return render_all(charts)


def floor(charts: list[Chart]) -> Callable[[], object]:
    """Copying and encoding alone, for the same pictures."""
    from PIL import Image

    from measures.drawing.palette import COLOURS, rgb
    from measures.drawing.png import LEVELS
    from measures.drawing.raster import Raster

    planes = []
    for chart in charts:
        canvas = Raster()
        chart.picture.draw(canvas)
        planes.append(canvas.plane)
    table = [part for colour in COLOURS[:16] for part in rgb(colour)]

    def encode() -> None:
        for plane in planes:
            image = Image.fromarray(plane.copy(), "P")
            image.putpalette(table)
            image.save(BytesIO(), "PNG", bits=4, compress_level=LEVELS[0])

    return encode


def from_the_start(way: str) -> float:
    """Seconds of processor time that a new process takes for the cluster's charts, from loading on."""
    code = (
        "import time; from tests.bench import charts; made = charts.cluster(); began = time.process_time();"
        f"charts.{way}(made); print(time.process_time() - began)"
    )
    return float(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout)


def memory_growth() -> float:
    """MiB that the process grows by while it draws many charts, after a first cluster."""
    code = (
        "import resource; from tests.bench import charts; made = charts.cluster() + charts.cluster(35, 'prevalence');"
        "top = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024;"
        "charts.render_all(made); before = top();"
        f"[each.render() for _ in range({MANY} // len(made) + 1) for each in made]; print(top() - before)"
    )
    return float(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout)


async def rows() -> list[Row]:
    charts = cluster()
    times, own, _ = ratio(lambda: from_cold(charts), lambda: naive_all(charts), 3)
    above = ratio(floor(charts), lambda: from_cold(charts), 7)[0]
    starts = [from_the_start("naive_all") / from_the_start("render_all") for _ in range(3)]
    with_start = statistics.median(starts)
    largest = max(
        len(picture)
        for size in (PRACTICES, 35)
        for measure in ("prevalence", "spirometry", "care_plan")
        for picture in render_all(cluster(size, measure))
    )
    grown = memory_growth()
    return [
        Row(
            "private charts of a cluster against naive pyplot",
            f"{times:.1f} × ({own / PRACTICES * 1000:.1f} ms each)",
            "≥ 30 ×",
            times >= 30,
        ),
        Row("the same from a new process, loading included", f"{with_start:.1f} ×", "no mark", True),
        Row("the same against copying and encoding alone", f"{above:.2f} ×", "≤ 1.5 ×", above <= 1.5),
        Row("largest chart of 24 and 35 practices", f"{largest / 1024:.1f} KB", "≤ 16 KB", largest <= LARGEST),
        Row(f"memory growth over {MANY} charts", f"{grown:.2f} MiB", "≤ 1 MiB", grown <= 1),
    ]
