"""What several views give away together, and so when the values behind charts may be taken afresh.

A viewer keeps every chart: of each release of a round, of a subgroup and of the whole. Practices that were always in
the same sets with the same values can't be told apart by any sum or list of marks; here such groups are kept large.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any, TypeVar

MIN_FOR_MEAN = 3
MIN_HIDDEN = 3
"""A viewer in a group of three still can't tell the other two apart."""

Id = TypeVar("Id")
Value = TypeVar("Value")
State = Mapping[Id, Value]
Apart = Callable[[Any], tuple[object, ...]]
"""What of a value is shown by itself; three practices that correct three different parts hide nobody."""
Admits = Callable[[Sequence[State[Any, Any]]], bool]
"""Whether these sets, the last of them new, may all be shown as the first one was."""


@dataclass(frozen=True, slots=True)
class Recalled:
    """A measure's comparison that was recalled because a number in it was wrong.

    `made` is how many releases about the period there had been by then; `again` how many when it was drawn again
    `without` the practices that erred, the others as they were. `again` is None while nothing of it may be shown.
    """

    made: int
    again: int | None = None
    without: frozenset[Any] = frozenset()


def is_called_back(recalls: Iterable[Recalled]) -> bool:
    """Whether nothing of the others may be shown now."""
    return any(each.again is None for each in recalls)


def cells(published: Sequence[State[Id, Any]]) -> list[frozenset[Id]]:
    """The practices of these sets in groups: together are those that are in the same sets with the same values."""
    groups: dict[tuple[int, ...], set[Id]] = {}
    for key in set().union(*published):
        versions: list[Any] = []
        pattern = []
        for state in published:
            if key in state and state[key] not in versions:
                versions.append(state[key])
            pattern.append(versions.index(state[key]) + 1 if key in state else 0)
        groups.setdefault(tuple(pattern), set()).add(key)
    return [frozenset(group) for group in groups.values()]


def hides(published: Sequence[State[Id, Any]], *, known: Collection[Id] = (), once: Collection[Id] = ()) -> bool:
    """Whether nobody can be singled out by comparing these sets of practices and their values.

    Practices that are in the same sets with the same values can't be told apart. Each such group needs `MIN_HIDDEN`
    practices – a viewer in it still can't tell the other two apart. Practices that are `known` need no hiding and hide
    nobody; those that were known `once` are to be hidden, and hide nobody either.
    """
    for cell in cells(published):
        if not cell <= set(known) and len(cell - set(known) - set(once)) < MIN_HIDDEN:
            return False
    return True


def hides_beside_names(
    before: Sequence[State[Id, Any]], following: State[Id, Any], *, named: Collection[Id], once: Collection[Id]
) -> bool:
    """Whether a renewal from `before` to `following` hides everybody from those who know some practices by name.

    `named` are named now, `once` were named at any time. Of whoever was named, what was seen then is known and stays
    so; a number that came after the name was taken down needs hiding like everybody's.
    """
    last = before[-1] if before else {}
    same = {key for key in once if last.get(key) == following.get(key)}
    return hides([*before, following], known={*named, *same}, once={*once, *named})


def hides_apart(published: Sequence[State[Id, Any]], apart: Apart | None) -> bool:
    """Whether nobody can be singled out by anything that is shown of the values by itself."""
    if apart is None:
        return hides(published)
    split = [{key: apart(value) for key, value in state.items()} for state in published]
    width = max((len(parts) for state in split for parts in state.values()), default=0)
    return all(
        hides([{key: parts[place] for key, parts in state.items() if place < len(parts)} for state in split])
        for place in range(width)
    )


def published(
    releases: Iterable[State[Id, Value]],
    beside: Sequence[State[Id, Value]] = (),
    apart: Apart | None = None,
    admits: Admits | None = None,
    recalls: Sequence[Recalled] = (),
) -> list[State[Id, Value]]:
    """The sets that charts were really made from, when answers stood like `releases`, oldest first.

    The newest is the last. Newcomers, corrected numbers and those who left are each taken in as soon as that hides
    everybody, and wait until then; closing a round is no excuse. Sets too small to show anything are passed over.
    `beside` are subgroups that were shown as well, at any time; `apart` says what of a value is shown by itself;
    `admits` has a say in each renewal.
    Releases while a comparison was recalled are passed over. Once it is drawn without those who erred, their old
    numbers are taken as known: they hide nobody and need no hiding, so all earlier sets are held without them, and they
    come back only as newcomers among others.
    """
    states: list[State[Id, Value]] = []
    waiting = sorted((each for each in recalls if each.again is not None), key=lambda each: each.made)
    for place, release in enumerate(releases):
        while waiting and (waiting[0].again or 0) <= place:
            states = _without(states, waiting.pop(0).without)
        if any(each.made <= place and (each.again is None or place < each.again) for each in recalls):
            continue
        if len(release) < MIN_FOR_MEAN and not states:
            continue
        following = renewed(states, release, beside, apart, admits)
        if not states or following != states[-1]:
            states.append(following)
    for each in waiting:
        states = _without(states, each.without)
    return states


def _without(states: Sequence[State[Id, Value]], erred: Collection[Id]) -> list[State[Id, Value]]:
    return [{key: value for key, value in state.items() if key not in erred} for state in states]


def renewed(
    states: Sequence[State[Id, Value]],
    current: State[Id, Value],
    beside: Sequence[State[Id, Value]] = (),
    apart: Apart | None = None,
    admits: Admits | None = None,
) -> State[Id, Value]:
    """The set to draw from after `states`, with answers as in `current`; the last one when nothing may move."""
    if not states:
        return current
    last = states[-1]
    if current == last:
        return last
    for enter, correct, leave in sorted(product((True, False), repeat=3), key=sum, reverse=True):
        kept = {key: value for key, value in last.items() if not leave or key in current}
        mended = {key: current.get(key, value) if correct else value for key, value in kept.items()}
        newcomers = {key: value for key, value in current.items() if enter and key not in last}
        following = mended | newcomers
        if (
            following != last
            and hides_apart([*states, *beside, following], apart)
            and (admits is None or admits([*states, following]))
        ):
            return following
    return last


def may_show_subgroup(published: Sequence[State[Id, Any]], group: Collection[Id]) -> bool:
    """Whether a subgroup of the present set may get a mean of its own: only when its complement could too.

    `published` holds all sets compared so far, subgroups included, the present whole last. Others within a subgroup are
    drawn by `comparison` on it, from five practices.
    """
    part = {key: value for key, value in published[-1].items() if key in group}
    return 0 < len(part) < len(published[-1]) and hides([*published, part])
