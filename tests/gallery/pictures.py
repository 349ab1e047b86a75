"""Every form with ordinary and awkward data, as graphs: what `make gallery` shows and the tests try."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from locales.texts import Texts, texts_for
from measures.charts.change import Between, compose_change
from measures.charts.chart import About, compose
from measures.charts.chart_of import chart_of
from measures.charts.comparing import compare, frozen
from measures.charts.courses.over_time import Point, compose_over_time
from measures.charts.courses.series import compose_series
from measures.charts.followup import ClusterChange, change_of
from measures.charts.funnel import compose_funnel
from measures.charts.graph import Graph
from measures.charts.marked import mark
from measures.charts.projector import projector_chart
from measures.disclosure.openness import Known, letters
from measures.disclosure.privacy import Comparison, DisclosureRules, Openness
from measures.packages.package import Measure, Package, available, load
from measures.packages.values import Ratio, Series
from tests.gallery.numbers import Replies, invent, kept

ABOUT = About("Lægehuset Søndergade", "1. marts 2025 – 28. februar 2026", "7. april 2026")
LONG = About("Lægerne i Det Gamle Apotek ved Banegårdspladsen, Sønder Broby", ABOUT.period, ABOUT.submitted)


@dataclass(frozen=True)
class Exhibit:
    name: str
    about: str
    graph: Graph


def exhibits(lang: str = "da") -> Iterator[Exhibit]:
    t = texts_for(lang)
    yield from of_every_kind(t)
    yield from of_awkward_dots(t)
    yield from of_openness(t)
    yield from of_awkward_numbers(t)
    yield from of_changes(t)
    yield from of_courses(t)
    yield from of_funnels(t)
    yield from of_runs(t)
    yield from of_trials(t)


def of_changes(t: Texts) -> Iterator[Exhibit]:
    """Before and after: a clear change, none, few patients, and the cluster alone."""
    kol = load("kol")
    between = Between(ABOUT.practice, "2025", "2026")
    spirometry, prevalence = kol.measure("spirometry"), kol.measure("prevalence")
    cluster = ClusterChange(0.61, 0.66, 14, None)
    cases = {
        "clear": (spirometry, change_of(spirometry, (60, 130), (98, 132)), cluster),
        "none": (spirometry, change_of(spirometry, (60, 130), (66, 132)), ClusterChange(0.61, 0.66, 0, None)),
        "tiny": (spirometry, change_of(spirometry, (0, 3), (4, 4)), cluster),
        "same": (prevalence, change_of(prevalence, (60, 3000), (60, 3000)), ClusterChange(0.021, 0.021, 5, None)),
        "cluster": (spirometry, None, cluster),
    }
    for name, (measure, own, others) in cases.items():
        graph = compose_change(measure, own, others, between, t, extreme=name == "clear")
        yield Exhibit(f"change-{name}", graph.headline, graph)


def of_courses(t: Texts) -> Iterator[Exhibit]:
    """One's own numbers over time: two rounds that share months, four years, many, and one beyond the axis."""
    kol = load("kol")
    years = [
        Point(t.month(date(n, 12, 31)), f"{n}", date(n, 1, 1), date(n, 12, 31), (0, 1), None) for n in range(2014, 2026)
    ]
    numbers = ((61, 130), (70, 132), (98, 131), (112, 140), (90, 133), (101, 129))
    several = [
        replace(each, own=own, cluster=0.6 + n / 50)
        for n, (each, own) in enumerate(zip(years[-6:], numbers, strict=True))
    ]
    shared = replace(several[0], start=date(2020, 5, 1), end=date(2021, 4, 30), label=t.month(date(2021, 4, 30)))
    cases = {
        "shared-months": ("spirometry", [shared, several[1]]),
        "four": ("spirometry", [*several[:2], replace(several[2], cluster=None), several[3]]),
        "twelve": ("spirometry", [replace(each, own=(50 + 4 * n, 130)) for n, each in enumerate(years)]),
        "beyond": (
            "prevalence",
            [replace(each, own=(60 + 90 * n, 1500), cluster=0.03) for n, each in enumerate(several[:5])],
        ),
    }
    for name, (measure, points) in cases.items():
        graph = compose_over_time(kol.measure(measure), points, ABOUT.practice, t)
        yield Exhibit(f"over-time-{name}", graph.headline, graph)


def of_funnels(t: Texts) -> Iterator[Exhibit]:
    """The coordinator's funnel, inside and outside."""
    kol = load("kol")
    for measure_id, size in (("spirometry", 24), ("prevalence", 35)):
        measure = kol.measure(measure_id)
        replies = invent(kol, size)
        values = frozen(measure, [replies])
        for own in (1, 4):
            seen = compare(measure, own, replies, DisclosureRules())
            graph = compose_funnel(measure, seen, values, ABOUT, t)
            assert graph is not None
            yield Exhibit(f"funnel-{measure_id}-{own}", graph.headline, graph)


def of_runs(t: Texts) -> Iterator[Exhibit]:
    """A run chart with a shift, one without, and one with holes."""
    package = load("spirometri")
    trend = package.measure("years")
    rows = {
        "shift": [52, 55, 51, 53, 54, 50, 53, 70, 72, 69, 74, 71, 73, 75],
        "none": [52, 70, 51, 69, 54, 71, 53, 68, 55, 70, 50, 72, 53, 69],
        "holes": [52, None, 51, 69, None, None, 53, 68],
    }
    for name, counts in rows.items():
        times = [f"{2019 + number // 4}K{number % 4 + 1}" for number in range(len(counts))]
        points = tuple(
            trend.points[0].model_copy(update={"label": trend.points[0].label.model_copy(update={"da": at, "en": at})})
            for at in times
        )
        own = Series(tuple(Ratio(count, 1000, 1000) if count is not None else None for count in counts))
        graph = compose_series(trend.model_copy(update={"points": points}), package, own, None, 1, ABOUT, t)
        yield Exhibit(f"run-{name}", graph.headline, graph)


def of_every_kind(t: Texts) -> Iterator[Exhibit]:
    """The first shipped measure of each kind, in clusters of 1, 5 and 24 practices."""
    seen: set[str] = set()
    for package in available():
        for measure in package.measures:
            if measure.kind in seen:
                continue
            seen.add(measure.kind)
            for size in (1, 5, 24):
                yield _exhibit(f"{measure.kind}-{size}", package, measure, invent(package, size), t)


def of_awkward_dots(t: Texts) -> Iterator[Exhibit]:
    """The default form at its limits."""
    kol = load("kol")
    spirometry, prevalence = kol.measure("spirometry"), kol.measure("prevalence")
    for own in (1, 18, 35):
        yield _exhibit(f"dots-35-own-{own}", kol, spirometry, invent(kol, 35), t, own=own)
    yield _exhibit("dots-long-name", kol, prevalence, invent(kol, 35), t, about=LONG)
    cases = {
        "zeros": Comparison((0, 40), 0.02, (0.0,) * 11, 12, 100),
        "ties": Comparison((30, 60), 0.5, (0.5,) * 11, 12, 100),
        "tiny-n": Comparison((1, 3), 0.62, (0.4, 0.55, 0.6, 0.7, 0.9), 6, 100),
        "all": Comparison((80, 80), 0.91, (0.7, 0.8, 0.9, 0.95, 1.0, 1.0), 7, 100),
        "lowest": Comparison((40, 400), 0.8, (0.7, 0.75, 0.8, 0.82, 0.85, 0.9, 0.9), 8, 100),
        "near-reference": Comparison((177, 200), 0.89, (0.8, 0.85, 0.88, 0.9, 0.92), 6, 100),
    }
    for name, seen in cases.items():
        graph = compose(spirometry, kol, seen, ABOUT.period, ABOUT.submitted, t, ABOUT.practice)
        yield Exhibit(f"dots-{name}", graph.headline, graph)


NAMES = (
    "Lægehuset Søndergade",
    "Lægerne i Det Gamle Apotek ved Banegårdspladsen, Sønder Broby",
    "Ådalens Lægepraksis",
    "Læge Mette Østergård-Christoffersen",
    "Klinik Vest",
)


def of_openness(t: Texts) -> Iterator[Exhibit]:
    """Letters and names: few practices, a full cluster, long names, bars, the projector."""
    kol, cards = load("kol"), load("medicinkort")
    for name, package, measure_id, size, rung, shown in (
        ("letters-6", kol, "spirometry", 6, Openness.LETTERS, 0),
        ("letters-12", kol, "spirometry", 12, Openness.LETTERS, 0),
        ("letters-35", kol, "prevalence", 35, Openness.LETTERS, 0),
        ("letters-bars-12", cards, "asked", 12, Openness.LETTERS, 0),
        ("letters-bars-35", cards, "asked", 35, Openness.LETTERS, 0),
        ("named-2-of-12", kol, "spirometry", 12, Openness.CHOSEN, 2),
        ("named-8-of-12", kol, "prevalence", 12, Openness.CHOSEN, 8),
        ("named-6-of-35", kol, "spirometry", 35, Openness.CHOSEN, 6),
        ("open-12", kol, "spirometry", 12, Openness.OPEN, 12),
        ("open-35", kol, "prevalence", 35, Openness.OPEN, 35),
        ("open-bars-12", cards, "asked", 12, Openness.OPEN, 12),
    ):
        measure, replies = package.measure(measure_id), invent(package, size)
        names = {key: NAMES[key % len(NAMES)] + (f" {key}" if key > len(NAMES) else "") for key in replies}
        drawn = letters(replies, random.Random(1)) if rung is Openness.LETTERS else {}
        known = Known(drawn, set(list(replies)[:shown]), names)
        graph = chart_of(measure, package, 3, replies, DisclosureRules(openness=rung), ABOUT, t, known=known)
        assert graph is not None
        yield Exhibit(name, graph.headline, graph)
        shared = projector_chart(
            measure, package, [replies], DisclosureRules(openness=rung), ABOUT.period, t, known=known
        )
        assert shared is not None
        yield Exhibit(f"room-{name}", shared.headline, shared)


def of_awkward_numbers(t: Texts) -> Iterator[Exhibit]:
    """The other forms with nothing, with one part, with few."""

    def emptied(reply: dict[str, int | None], practice: int) -> None:
        for name in reply:
            if name.startswith("band") or name in {"doac", "useful_1", "open_5"}:
                reply[name] = 0 if practice == 1 and not name.endswith(("5_9", "open_5")) else 3

    for package_id, measure_id in (("polyfarmaci", "bands"), ("atrieflimren", "mix"), ("stop_op", "answers")):
        package = load(package_id)
        yield _exhibit(f"{measure_id}-few", package, package.measure(measure_id), invent(package, 6, emptied), t)


def _exhibit(
    name: str, package: Package, measure: Measure, replies: Replies, t: Texts, own: int = 1, about: About = ABOUT
) -> Exhibit:
    graph = chart_of(
        measure, package, own, replies, DisclosureRules(), about, t, own=replies[own], kept=kept(package, replies)
    )
    assert graph is not None, (package.id, measure.id)
    return Exhibit(name, f"{package.id}: {measure.id}", graph)


def of_trials(t: Texts) -> Iterator[Exhibit]:
    """Made-up numbers that say so: the default form, bars, answers, and what stands on the screen."""
    words = t("TRIAL – made-up numbers")
    for package_id, measure_id in (("kol", "spirometry"), ("polyfarmaci", "bands"), ("stop_op", "answers")):
        package = load(package_id)
        measure, replies = package.measure(measure_id), invent(package, 8)
        for exhibit in (
            _exhibit(f"trial-{measure_id}", package, measure, replies, t),
            _on_screen(f"trial-room-{measure_id}", package, measure, replies, t),
        ):
            yield Exhibit(exhibit.name, exhibit.about, mark(exhibit.graph, words))


def _on_screen(name: str, package: Package, measure: Measure, replies: Replies, t: Texts) -> Exhibit:
    groups = kept(package, replies)
    graph = projector_chart(measure, package, [replies], DisclosureRules(), ABOUT.period, t, kept=groups)
    assert graph is not None, (package.id, measure.id)
    return Exhibit(name, f"{package.id}: {measure.id}", graph)
