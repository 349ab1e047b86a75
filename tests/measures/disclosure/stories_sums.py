"""Stories of rounds about parts and answers: who comes, leaves and corrects, and what each chart of it showed.

The rule that is used, and two that look right: the attacker of `attack_sums` must find something with these.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from measures.charts.comparing import values_drawn
from measures.charts.shared import groupings_of, shared_of
from measures.disclosure.grouping import Grouping
from measures.disclosure.hiding import published
from measures.disclosure.suppression import LEAST, Groups, Row
from measures.packages.package import Measure, load
from measures.packages.values import Answers, Parts, Value, apart, value_of
from tests.measures.disclosure.attack_sums import Small, Sums, small_counts

Reply = Mapping[str, int | None]
Replies = dict[int, Reply]
DEEDS = ("come", "come", "leave", "correct", "correct", "swap", "came and left", "nudge")


def measures() -> list[Measure]:
    """An ordered scale, ordered bands, parts in no order."""
    answers = load("stop_op").measure("answers")
    return [
        answers.model_copy(update={"items": answers.items[:1]}),
        load("polyfarmaci").measure("bands"),
        load("uvi").measure("mix"),
    ]


@dataclass
class Story:
    """Answers as they stood at each release, and who had left by then."""

    measure: Measure
    releases: list[Replies]
    gone: list[set[int]]


def story(seed: int, renewals: int | None = None) -> Story:
    """The same for a seed. Few people in each practice, so that there is something to find."""
    chance = random.Random(seed)
    measure = chance.choice(measures())
    names = measure.items[0].answers if measure.items else measure.parts
    most = 5 if measure.items else chance.choice((5, 12, 40))

    def reply() -> Reply:
        people = chance.randint(1, most)
        given = chance.choices(range(len(names)), weights=[chance.random() + 0.05 for _ in names], k=people)
        return {name: given.count(place) for place, name in enumerate(names)}

    now: Replies = {key: reply() for key in range(chance.randint(3, 14))}
    left: set[int] = set()
    told = Story(measure, [dict(now)], [set()])
    for _ in range(chance.randint(0, 3) if renewals is None else renewals):
        deed = chance.choice(DEEDS)
        few = chance.sample(sorted(now), min(len(now), chance.randint(3, 5)))
        fresh = range(max({*now, *left}) + 1, max({*now, *left}) + chance.randint(4, 6))
        if deed in {"leave", "swap"} and len(now) > len(few) + 2:
            left |= set(few)
            now = {key: each for key, each in now.items() if key not in left}
        if deed in {"come", "swap", "came and left"}:
            now |= {key: reply() for key in fresh}
        if deed == "correct":
            now |= {key: reply() for key in few}
        if deed == "nudge":
            place = chance.randrange(len(names))
            now |= {key: {**now[key], names[place]: (now[key][names[place]] or 0) + 1} for key in few}
        told.releases.append(dict(now))
        told.gone.append(set(left))
        if deed == "came and left":
            left |= set(fresh)
            now = {key: each for key, each in now.items() if key not in left}
            told.releases.append(dict(now))
            told.gone.append(set(left))
    return told


Charts = Callable[[Story], Iterator[tuple[Mapping[int, Row], Callable[[int | None], Groups]]]]
"""For each release that shows anything: the rows, and the groups on a viewer's own chart; None is the projector."""


def ours(told: Story) -> Iterator[tuple[Mapping[int, Row], Callable[[int | None], Groups]]]:
    """The groups that are frozen with the release, for everybody."""
    among, kept = {told.measure.id: told.measure}, dict[str, Grouping]()
    for number, gone in enumerate(told.gone, 1):
        releases = told.releases[:number]
        kept = groupings_of([told.measure], releases, kept)
        shared = shared_of(told.measure, among, releases, gone=gone, kept=kept)
        if shared.value is not None:
            states = values_drawn(told.measure, releases, among, kept=kept[told.measure.id])
            yield rows_of(told.measure, states[-1]), lambda _, groups=shared.groups[0]: groups


def for_each_viewer(told: Story) -> Iterator[tuple[Mapping[int, Row], Callable[[int | None], Groups]]]:
    """A rule that looks right: own charts look to the viewer, the projector to everybody, each step by itself."""
    return _step_by_step(told, lambda viewer, everybody: everybody if viewer is None else [viewer])


def for_everybody(told: Story) -> Iterator[tuple[Mapping[int, Row], Callable[[int | None], Groups]]]:
    """A rule that looks nearly right: the projector's groups on every chart."""
    return _step_by_step(told, lambda _, everybody: everybody)


RULES: dict[str, Charts] = {
    "own charts for their viewer, the projector for all": for_each_viewer,
    "the projector's groups for all": for_everybody,
    "one grouping, kept (ours)": ours,
}


def values_in(measure: Measure, replies: Replies) -> dict[int, Value]:
    """What each practice gave."""
    return {key: found for key, reply in replies.items() if (found := value_of(measure, reply)) is not None}


def people_in(replies: Replies) -> int:
    """How many answers or patients there are in all."""
    return sum(sum(count or 0 for count in reply.values()) for reply in replies.values())


def rows_of(measure: Measure, state: Mapping[int, Any]) -> dict[int, Row]:
    """The rows of the one question."""
    found: dict[int, Row] = {}
    for key, value in state.items():
        if isinstance(value, Answers):
            found[key] = value.items[0]
        elif isinstance(value, Parts):
            found[key] = (*value.counts, value.rest) if measure.denominator else value.counts
    return found


def attacked(told: Story, rule: Charts) -> list[Small]:
    """What each of the practices works out from its own charts and the projector's."""
    charts = list(rule(told))
    viewers = set().union(*told.releases)
    found: list[Small] = []
    for viewer in sorted(viewers):
        views = [Sums(state, groups_for(None)) for state, groups_for in charts]
        views += [Sums(state, groups_for(viewer)) for state, groups_for in charts if viewer in state]
        found += small_counts(list({(tuple(sorted(v.state.items())), v.groups): v for v in views}.values()), viewer)
    return found


def _step_by_step(
    told: Story, whom: Callable[[int | None, Collection[int]], Collection[int]]
) -> Iterator[tuple[Mapping[int, Row], Callable[[int | None], Groups]]]:
    drawn: list[Mapping[int, Row]] = []
    for number, gone in enumerate(told.gone, 1):
        values = (values_in(told.measure, release) for release in told.releases[:number])
        drawn = [rows_of(told.measure, state) for state in published(values, apart=apart)]
        if not drawn or len(drawn[-1]) < 3 or not gone.isdisjoint(drawn[-1]):
            continue
        states, everybody = tuple(drawn), set().union(*drawn)

        def groups_for(viewer: int | None, states: Any = states, everybody: Any = everybody) -> Groups:
            return joined(states, whom(viewer, everybody), ordered=told.measure.kind != "composition")

        yield states[-1], groups_for


def joined(states: Sequence[Mapping[int, Row]], viewers: Collection[int], *, ordered: bool) -> Groups:
    """Small counts joined one after the other, with their smaller neighbour or in a pool, for each chart's step."""
    width = len(next(iter(states[0].values())))
    groups: list[tuple[int, ...]] = [(place,) for place in range(width)]
    pool: set[int] = set()
    before: Mapping[int, Row] = {}
    for state in states:
        come, left = ({key: a[key] for key in a.keys() - b.keys()} for a, b in ((state, before), (before, state)))
        for step in (come, left):
            if step:
                others = ([row for key, row in step.items() if key != viewer] for viewer in step if viewer in viewers)
                seen = [_added(step.values()), *map(_added, others)]
                _join(groups, seen) if ordered else _fill(pool, seen, width)
        before = state
    if ordered or not pool:
        return tuple(groups)
    return (*((place,) for place in range(width) if place not in pool), tuple(sorted(pool)))


def _join(groups: list[tuple[int, ...]], seen: Sequence[Row]) -> None:
    while len(groups) > 1:
        sums = [[sum(row[place] for place in group) for group in groups] for row in seen]
        small = [(each[n], n) for each in sums for n in range(len(groups)) if 0 < each[n] < LEAST]
        if not small:
            return
        here = min(small)[1]
        other = min(
            (n for n in (here - 1, here + 1) if 0 <= n < len(groups)), key=lambda n: (sums[0][n] == 0, sums[0][n])
        )
        first, last = sorted((here, other))
        groups[first : last + 1] = [groups[first] + groups[last]]


def _fill(pool: set[int], seen: Sequence[Row], width: int) -> None:
    while len(pool) < width:
        outside = [place for place in range(width) if place not in pool]
        if small := {place for place in outside if any(0 < row[place] < LEAST for row in seen)}:
            pool |= small
        elif any(0 < sum(row[place] for place in pool) < LEAST for row in seen):
            pool.add(min(outside, key=lambda place: (seen[0][place] == 0, seen[0][place])))
        else:
            return


def _added(rows: Iterable[Row]) -> Row:
    return tuple(sum(column) for column in zip(*rows, strict=True))
