"""How often right numbers are questioned, and how many wrong ones are caught: in practices made here, and in real ones.

Real practices are cut to Danish list sizes: as many patients as a drawn list has, without putting any back.

python -m tests.measures.checking.plausibility_figures
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

import numpy as np

from measures.checking.plausibility import CHANGED, TYPED_AGAIN, UNUSUAL, doubts
from measures.checking.standing_out import standing_out
from measures.disclosure.privacy import DisclosureRules
from measures.packages.package import Measure, load
from tests.bench.row import Row
from tests.measures.disclosure.groups import DATA, pairs, usable_groups
from tests.measures.disclosure.groups import groups as real_groups

Pair = tuple[int, int]
KOL = load("kol")
MIDDLE, TELLS, SMALLEST, LARGEST = 3200, 0.5, 900, 12_000
"""List sizes: log-normal, between these."""
CLUSTERS = 200
FEWEST = 6
MATTERS = 0.20


def at_most(name: str, figure: float, most: float) -> Row:
    return Row(name, f"{figure:.2f}", f"≤ {most:g}", figure <= most)


def at_least(name: str, figure: float, least: float) -> Row:
    return Row(name, f"{figure:.2f}", f"≥ {least:g}", figure >= least)


def list_size(chance: np.random.Generator) -> int:
    return int(np.clip(np.exp(chance.normal(np.log(MIDDLE), TELLS)), SMALLEST, LARGEST))


def made(middle: float, spread: float, wholes: Callable[[np.random.Generator], int], seed: int) -> Iterator[list[Pair]]:
    """Clusters whose practices differ by `spread` on the logit scale around `middle`."""
    chance = np.random.default_rng(seed)
    for _ in range(CLUSTERS):
        cluster = []
        for _ in range(int(chance.integers(FEWEST, 25))):
            whole = wholes(chance)
            share = 1 / (1 + np.exp(-(np.log(middle / (1 - middle)) + chance.normal(0, spread))))
            cluster.append((int(chance.binomial(whole, share)), whole))
        yield cluster


def real(seed: int) -> Iterator[list[Pair]]:
    """COPD in real groups of a cluster's size, cut to Danish lists."""
    chance = np.random.default_rng(seed)
    for values in usable_groups("copd", "2017_18"):
        if len(values) >= FEWEST:
            yield [cut(pair, list_size(chance), chance) for pair in values.values()]


def cut(pair: Pair, size: int, chance: np.random.Generator) -> Pair:
    part, whole = pair
    size = min(size, whole)
    return int(chance.hypergeometric(part, whole - part, size)), size


def wrong(number: int, chance: random.Random) -> dict[str, int]:
    """What a slip of the finger makes of a number."""
    digits = str(number)
    place = chance.randrange(len(digits))
    return {
        "a zero too many": int(digits + "0"),
        "a digit twice": int(digits[: place + 1] + digits[place:]),
        "a digit lost": int(digits[:place] + digits[place + 1 :] or "0"),
        "another digit": int(digits[:place] + str(chance.randrange(10)) + digits[place + 1 :]),
        "a quarter for a year": number // 4,
        "three years for one": number * 3,
    }


def asked(measure: Measure, pair: Pair, before: Pair | None = None) -> set[str]:
    """The questions at entry about one value and, if there is one, the value before."""
    package = KOL.keeping([measure.id]).model_copy(update={"measures": (measure,)})
    values, earlier = (
        {measure.numerator: each[0], measure.denominator: each[1]} if each else None for each in (pair, before)
    )
    return {each.code for each in doubts(values or {}, package, None, earlier, {})}


def flagged(measure: Measure, cluster: list[Pair]) -> set[int]:
    """Who would be asked before sending."""
    values = {key: {measure.numerator: part, measure.denominator: whole} for key, (part, whole) in enumerate(cluster)}
    return set(standing_out([measure], values, DisclosureRules()))


def moved(cluster: list[Pair], key: int, instead: Pair) -> float:
    """By how much the pooled value moves with one number instead of the right one."""
    parts, wholes = (sum(each[place] for each in cluster) for place in (0, 1))
    right, now = parts / wholes, (parts - cluster[key][0] + instead[0]) / (wholes - cluster[key][1] + instead[1])
    return abs(now / right - 1)


def of_clusters(name: str, measure: Measure, clusters: list[list[Pair]], limits: dict[str, float]) -> list[Row]:
    """The figures of one measure in one set of clusters."""
    chance = random.Random(1)
    numbers = [pair for cluster in clusters for pair in cluster]
    codes = [asked(measure, pair) for pair in numbers]
    held = [flagged(measure, cluster) for cluster in clusters]
    rows = [
        at_most(f"{name}: right numbers asked about at entry, %", share(codes, bool_of(UNUSUAL, *TYPED_AGAIN)), 0.5),
        at_most(f"{name}: right numbers to be typed again, %", share(codes, bool_of(*TYPED_AGAIN)), 0.3),
        at_most(f"{name}: right numbers held, %", 100 * sum(map(len, held)) / len(numbers), limits["numbers"]),
        at_most(f"{name}: clusters held without an error, %", share(held, bool), limits["clusters"]),
    ]
    caught: dict[str, list[bool]] = {}
    for cluster in clusters:
        key = chance.randrange(len(cluster))
        for kind, number in wrong(cluster[key][0], chance).items():
            instead = (number, cluster[key][1])
            refused = number > cluster[key][1]
            if not refused and moved(cluster, key, instead) <= MATTERS:
                continue
            at_entry = refused or bool(asked(measure, instead) & {UNUSUAL, *TYPED_AGAIN})
            before_sending = refused or key in flagged(measure, [*cluster[:key], instead, *cluster[key + 1 :]])
            caught.setdefault("any", []).append(at_entry or before_sending)
            if kind == "a zero too many":
                caught.setdefault("entry", []).append(at_entry)
                caught.setdefault("held", []).append(before_sending)
    rows.append(at_least(f"{name}: errors that move the mean over 20 %, caught, %", share(caught["any"], bool), 85))
    for step, words in (("entry", "asked about at entry"), ("held", "held before sending")):
        if step in caught:
            rows.append(at_least(f"{name}: a zero too many, {words}, %", share(caught[step], bool), limits[step]))
    return rows


def ranged(measure: Measure, clusters: list[list[Pair]]) -> Measure:
    """The measure with a range from these practices' own mean, as where only a national mean is public."""
    parts, wholes = (sum(pair[place] for cluster in clusters for pair in cluster) for place in (0, 1))
    usual = {"low": parts / wholes / 6, "high": parts / wholes * 3}
    return measure.model_copy(update={"usual": measure.usual and measure.usual.model_copy(update=usual)})


def bool_of(*wanted: str) -> Callable[[set[str]], bool]:
    return lambda codes: bool(codes & set(wanted))


def share(found: list, counts: Callable) -> float:  # type: ignore[type-arg]
    """Per cent of what was found that counts."""
    return 100 * sum(map(counts, found)) / len(found)


def changes(seed: int) -> Row:
    """Two years of the same real practices: how many right changes are asked about."""
    chance = np.random.default_rng(seed)
    asked_about = []
    for practices in real_groups().values():
        first, second = (pairs(practices, "copd", year) for year in ("2017_18", "2018_19"))
        for key in first:
            size = list_size(chance)
            before, after = cut(first[key], size, chance), cut(second[key], size, chance)
            asked_about.append(CHANGED in asked(KOL.measure("prevalence"), after, before))
    return at_most(
        "real practices, COPD: right changes from one year to the next asked about, %", share(asked_about, bool), 0.1
    )


def figures(seed: int = 1) -> list[Row]:
    """Every figure; those of real practices only where the files are."""
    prevalence, spirometry = KOL.measure("prevalence"), KOL.measure("spirometry")
    limits = {"numbers": 0.5, "clusters": 6.0, "entry": 95.0, "held": 95.0}
    rough = limits | {"held": 85.0}  # as far apart as practices get, six to a cluster among them
    rows = of_clusters("made here, per 1,000", prevalence, list(made(0.037, 0.5, list_size, seed)), rough)
    known = list(made(0.68, 0.7, lambda chance: int(chance.integers(40, 240)), seed + 1))
    rows += of_clusters("made here, per cent", spirometry, known, limits)
    if DATA.exists():
        practices = list(real(seed + 2))
        rows += of_clusters("real practices, COPD", ranged(prevalence, practices), practices, limits)
        rows.append(changes(seed + 3))
    return rows


if __name__ == "__main__":
    for row in figures():
        print(f"{'holds' if row.holds else 'FAILS'}  {row.name}: {row.figure} ({row.mark})")
