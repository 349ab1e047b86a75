"""The suppression run: what an attacker on sums of people finds in thousands of rounds, and what is left to show.

python -m tests.measures.disclosure.suppression_run [how many stories]
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator

from measures.disclosure.suppression import Row as Counts
from measures.disclosure.suppression import in_order, is_safe
from tests.bench.row import Row
from tests.measures.disclosure.stories_sums import RULES, attacked, joined, ours, story

FULL = 3000
LEAST_SHOWN = {6: 1.5, 10: 2.3, 20: 3.3}
"""Groups of five answers that a cluster of that many practices is to see, in the mean."""
BANDS = (0.52, 0.3, 0.12, 0.04, 0.02)
"""Patients with many medicines, by how many."""


def rows(stories: int = FULL) -> list[Row]:
    """Figures with their marks; at full size in less than a minute and a half on one core."""
    clusters = max(20, stories // 10)
    return [*_attacks(stories), *_shown(clusters), *_renewed(clusters)]


def _attacks(stories: int) -> Iterator[Row]:
    """The rules that look right are tried on a tenth of the stories: they show that the attacker works."""
    for name, rule in RULES.items():
        tried = stories if rule is ours else max(20, stories // 10)
        found = sum(bool(attacked(story(seed), rule)) for seed in range(tried))
        mark, holds = ("0", found == 0) if rule is ours else ("finds some", found > 0)
        yield Row(f"small counts found: {name}", f"{found} of {tried} rounds", mark, holds)


def _shown(clusters: int) -> Iterator[Row]:
    """What is left to show of answers that 1 to 5 people in each practice gave."""
    for size, least in LEAST_SHOWN.items():
        shown = before = middle = 0
        for seed in range(clusters):
            state = _answers(size, random.Random(f"{size}:{seed}"))
            groups = in_order(state)
            shown, before = shown + len(groups), before + len(joined([state], [0], ordered=True))
            middle += any(group[0] == 3 for group in groups)
        figure = f"{shown / clusters:.1f} of 5, who agrees in {100 * middle / clusters:.0f} %"
        name = f"answers told apart, {size} practices (for the viewer alone {before / clusters:.1f})"
        yield Row(name, figure, f"≥ {least}", shown / clusters >= least)


def _renewed(clusters: int) -> Iterator[Row]:
    """How often three newcomers are taken in at once where something was shown; else they wait. No mark: it is told."""
    for name, invent in (("answers of 1 to 5 people", _answers), ("200 patients in bands", _bands)):
        drawn = shown = 0
        for seed in range(clusters):
            after = invent(13, random.Random(f"{name}:{seed}"))
            first = {key: after[key] for key in range(10)}
            groups = in_order(first)
            shown += len(groups) > 1
            drawn += len(groups) > 1 and is_safe(groups, [first, after])
        yield Row(
            f"three newcomers to ten drawn at once, {name}", f"{100 * drawn / max(1, shown):.0f} %", "–", shown > 0
        )


def _answers(practices: int, chance: random.Random) -> dict[int, Counts]:
    weights = [chance.random() + 0.1 for _ in range(5)]
    return {key: _drawn(weights, chance.randint(1, 5), chance) for key in range(practices)}


def _bands(practices: int, chance: random.Random) -> dict[int, Counts]:
    return {key: _drawn(BANDS, chance.randint(100, 300), chance) for key in range(practices)}


def _drawn(weights: tuple[float, ...] | list[float], people: int, chance: random.Random) -> Counts:
    given = chance.choices(range(len(weights)), weights, k=people)
    return tuple(given.count(place) for place in range(len(weights)))


def main(stories: int) -> None:
    """The table."""
    for row in rows(stories):
        print(f"{row.name}: {row.figure} (mark {row.mark}) {'holds' if row.holds else 'FAILS'}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else FULL)
