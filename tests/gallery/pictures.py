"""Every form with ordinary and awkward data, as graphs: what `make gallery` shows and the tests try."""

from collections.abc import Iterator
from dataclasses import dataclass

from locales.texts import Texts, texts_for
from measures.chart import About, compose
from measures.charts import chart_of
from measures.graph import Graph
from measures.package import Measure, Package, available, load
from measures.privacy import Comparison, Rules
from tests.gallery.numbers import Replies, invent

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
    yield from of_awkward_numbers(t)


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
        if name in {"zeros", "tiny-n", "all"}:
            graph = compose(spirometry, kol, seen, ABOUT.period, ABOUT.submitted, t, LONG.practice, "bars")
            yield Exhibit(f"bars-{name}", graph.headline, graph)


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
    graph = chart_of(measure, package, own, replies, Rules(), about, t, own=replies[own])
    assert graph is not None, (package.id, measure.id)
    return Exhibit(name, f"{package.id}: {measure.id}", graph)
