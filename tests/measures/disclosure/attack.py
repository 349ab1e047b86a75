"""An attacker: from every chart that one or two members ever get, it tries to work out another practice's value.

It is given more than a real one would have: it knows which practices each chart was made from, who was late, who
corrected (and that corrections are small) and who left, and – for sums – everybody's exact number of patients. What it
may find, by design, is the mean of the rest, values that are the same for everybody in a group, and a rest so small
that zero is all it can be.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import combinations, pairwise
from math import inf

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_array

from measures.disclosure.hiding import hides_beside_names, may_show_subgroup, published
from measures.disclosure.openness import marks, revealed
from measures.disclosure.privacy import CLAMP_BELOW, Comparison, DisclosureRules, Pair, benchmark, comparison, projected
from measures.statistics.shrinkage import leading

Element = tuple[int, int]
"""A practice and which of its versions: the first number it gave is 0, a corrected one 1. Where it went back to an
earlier number, it is that one again."""


@dataclass(frozen=True)
class View:
    """One chart: who got it, what it was made from (known to the attacker as ids and versions only), what it showed."""

    viewer: int
    circle: frozenset[Element]
    seen: Comparison


@dataclass(frozen=True)
class Found:
    """A value that the attacker worked out, and how: ``leak``, or by design: all are ``alike``, or have ``few``."""

    element: Element
    share: float
    why: str


States = Sequence[Mapping[int, Pair]]
Policy = Callable[[States, States], States]


@dataclass
class Round:
    """Answers, corrections and withdrawals as a cluster meets them, and every chart its members get."""

    rules: DisclosureRules = field(default_factory=DisclosureRules)
    per: int = 100
    policy: Policy = published
    answers: dict[int, Pair] = field(default_factory=dict)
    versions: dict[int, list[Pair]] = field(default_factory=dict)
    gone: set[int] = field(default_factory=set)
    releases: list[dict[int, Pair]] = field(default_factory=list)
    beside: list[dict[int, Pair]] = field(default_factory=list)
    views: list[View] = field(default_factory=list)
    watched: set[int] | None = None
    """Whose charts are kept; everybody's when None."""
    shows: list[int] = field(default_factory=list)
    """Who chose to be named, who did so first first."""
    named: frozenset[int] = frozenset()
    once: set[int] = field(default_factory=set)
    told: set[Element] = field(default_factory=set)
    """Numbers that some chart has shown by name."""
    careless: bool = False
    """Name whoever wants it, whatever that tells of the rest."""
    gross: set[int] = field(default_factory=set)
    """Who corrected by more than a little: the attacker knows that too, for a comparison was recalled."""

    @property
    def states(self) -> States:
        """What charts were made from, the present set last."""
        return self.policy(self.releases, self.beside)

    def answer(self, practice: int, pair: Pair) -> None:
        """A practice answers or corrects; after the release charts are renewed, or made for that practice alone."""
        self.answers[practice] = pair
        known = self.versions.setdefault(practice, [])
        if known[-1:] != [pair]:
            known.append(pair)
        self.gone.discard(practice)
        if self.releases:
            self.renew(only=practice)

    def renew(self, only: int | None = None) -> None:
        """Charts for everybody when something may move, and the first time; else for one practice that is late."""
        now = {key: pair for key, pair in self.answers.items() if key not in self.gone}
        if not self.releases or self._moves(now):
            self.releases.append(now)
            only = None
            self.settle()
        states = self.states
        for viewer in [only] if only is not None else sorted(now):
            self.show(viewer, states[-1] if states else {})

    def _moves(self, now: Mapping[int, Pair]) -> bool:
        states, after = self.states, self.policy([*self.releases, now], self.beside)
        if after[-1:] == states[-1:]:
            return False
        named = self.named & set(self.shows)
        return self.careless or not self.once or hides_beside_names(states, after[-1], named=named, once=self.once)

    def choose(self, practice: int, *, name: bool = True) -> None:
        """A practice chooses to be named, or takes that back; the next charts show it."""
        self.shows = [key for key in self.shows if key != practice] + [practice] * name
        self.settle()
        self.renew_names()

    def settle(self) -> None:
        """Who is named from now on."""
        states = self.states
        drawn = states and projected(states[-1], self.rules, per=self.per, gone=self.gone).others is not None
        willing = [key for key in self.shows if key not in self.gone]
        if self.careless and states:
            self.named = frozenset(states[-1].keys() & set(willing))
        elif not drawn:
            self.named &= set(willing)
        else:
            self.named = revealed(self.rules, [*self.beside, *states], willing, self.once)
        self.once |= self.named
        if drawn:
            self.told |= {(key, self.versions[key].index(states[-1][key])) for key in self.named}

    def renew_names(self) -> None:
        """Everybody fetches new charts."""
        for viewer in self.states[-1].keys() & self.answers.keys() if self.states else ():
            self.show(viewer, self.states[-1])

    def divide(self, group: set[int], *, carelessly: bool = False) -> None:
        """Charts for a subgroup and for its complement, when that is allowed."""
        states = self.states
        if not states or not (carelessly or may_show_subgroup([*self.beside, *states], group)):
            return
        for part in (group, states[-1].keys() - group):
            self.beside.append({key: pair for key, pair in states[-1].items() if key in part})
            for viewer in self.beside[-1].keys() & self.answers.keys():
                self.show(viewer, self.beside[-1])

    def point_out(self) -> None:
        """The achievable benchmark for everybody, when that is allowed; the attacker knows whose it is."""
        states = self.states
        value = benchmark(states, per=self.per, beside=self.beside)
        if value is None:
            return
        keys, pairs = list(states[-1]), list(states[-1].values())
        top = {keys[place]: pairs[place] for place in leading([x for x, _ in pairs], [n for _, n in pairs])}
        self.beside.append(top)
        for viewer in self.answers:
            seen = Comparison(self.answers[viewer], value, None, len(top), self.per)
            self.views.append(View(viewer, self._circle(top), seen))

    def show(self, viewer: int, values: Mapping[int, Pair]) -> None:
        """One practice gets a chart."""
        if self.watched is not None and viewer not in self.watched:
            return
        own = self.answers.get(viewer)
        seen = comparison(viewer, values, self.rules, per=self.per, own=own, gone=self.gone)
        self.views.append(View(viewer, self._circle(values), seen))
        if self.named and seen.others is not None:
            rest = {key: pair for key, pair in values.items() if key not in self.named}
            given = marks(viewer, values, self.rules, per=self.per, own=own, named=self.named, gone=self.gone)
            bare = tuple(mark.value for mark in given if mark.practice is None)
            self.views[-1] = View(viewer, self._circle(values), replace(seen, others=None))
            self.views.append(View(viewer, self._circle(rest), replace(seen, mean=None, others=bare)))

    def look_back(self, carelessly: Mapping[int, Pair] | None = None) -> None:
        """Everybody looks at the own numbers over time: beside them stands the mean that the round's charts show now,
        and no mark of another. `carelessly`: the mean of these."""
        states = [*self.states, *([carelessly] if carelessly else [])]
        for viewer in self.answers if states else ():
            seen = comparison(viewer, states[-1], self.rules, per=self.per, own=self.answers[viewer], gone=self.gone)
            self.views.append(View(viewer, self._circle(states[-1]), replace(seen, others=None)))

    def pair(self, element: Element) -> Pair:
        return self.versions[element[0]][element[1]]

    def corrections(self, practice: int, one: int, other: int) -> int:
        """How many corrections lie at least between two versions of a practice's numbers."""
        given = self.versions[practice]
        ones, others = ([n for n, pair in enumerate(given) if pair == given[version]] for version in (one, other))
        return min(abs(first - second) for first in ones for second in others)

    def _circle(self, values: Mapping[int, Pair]) -> frozenset[Element]:
        return frozenset((key, self.versions[key].index(pair)) for key, pair in values.items())


NEAR = 3
"""The attacker takes it that a correction moves a mark by that many units at most."""


def attack(round_: Round, attackers: Sequence[int]) -> list[Found]:
    """Everything these members, putting their charts together, can work out about practices that are not theirs.

    Numbers that some chart has shown by name are known to them anyhow.
    """
    mine = [view for view in round_.views if view.viewer in attackers]
    views = [view for view in mine if view.seen.mean is not None or view.seen.others is not None]
    elements = set().union(*(view.circle for view in views)) if views else set()
    known = {element for element in elements if element[0] in attackers} | (elements & round_.told)
    cells: dict[tuple[int, ...], list[Element]] = {}
    histories: dict[int, list[int]] = {}
    names: dict[Element, int] = {}
    for practice in {element[0] for element in elements - known}:
        versions = [next((n for key, n in view.circle if key == practice), -1) for view in views]
        drawn = [version for version in dict.fromkeys(versions) if version >= 0]
        histories[practice] = [drawn.index(version) if version >= 0 else -1 for version in versions]
        names.update({(practice, version): number for number, version in enumerate(drawn)})
    for element in sorted(elements - known):
        # one who corrected is told apart from one who came or left by its whole history, not by this version alone
        cells.setdefault((names[element], *histories[element[0]]), []).append(element)
    groups = list(cells.values())
    means = [view for view in views if view.seen.mean is not None]
    return _by_marks(round_, views, groups, known) + _by_sums(round_, means, groups, known)


def _by_marks(round_: Round, views: Sequence[View], cells: list[list[Element]], known: set[Element]) -> list[Found]:
    """Marks are counted: how many of each value must lie in each cell? A cell with one value only is found out."""
    shown = [view for view in views if view.seen.others is not None]
    if not shown:
        return []
    unit = round_.per
    marks = sorted({value for view in shown for value in view.seen.others or ()})
    bins = _bins(marks)
    owned = Counter(
        (number, _bin(Fraction(*round_.pair(element)), unit, marks))
        for number, view in enumerate(shown)
        for element in view.circle & known
        if element[0] != view.viewer
    )
    inside = [[bool(set(cell) & view.circle) for cell in cells] for view in shown]
    equal, at_most = [], []
    for number, view in enumerate(shown):
        count = Counter(view.seen.others)
        for allowed, places, exactly in _promises(count, marks, bins, clamped=view.seen.contributors < CLAMP_BELOW):
            row = np.zeros((len(cells), len(bins)))
            row[np.ix_([c for c, member in enumerate(inside[number]) if member], places)] = 1
            rest = allowed - sum(owned[number, place] for place in places)
            (equal if exactly else at_most).append((row.ravel(), rest))
    for number, cell in enumerate(cells):
        row = np.zeros((len(cells), len(bins)))
        row[number] = 1
        equal.append((row.ravel(), len(cell)))
    edges = _edges(bins, unit)
    for place in [place for place, (lowest, highest) in enumerate(edges) if lowest > highest + 1e-9]:  # no room there
        row = np.zeros((len(cells), len(bins)))
        row[:, place] = 1
        equal.append((row.ravel(), 0))
    at_most += _corrected_a_little(round_, cells, edges)
    found = []
    for number, cell in enumerate(cells):
        containing = [Counter(view.seen.others) for view, members in zip(shown, inside, strict=True) if members[number]]
        for place, value in enumerate(marks):
            if not containing or any(count[value] < len(cell) for count in containing):
                continue
            aim = np.zeros((len(cells), len(bins)))
            aim[number, 2 * place + 1] = 1
            if _least(aim.ravel(), equal, at_most) > len(cell) - 0.5:
                found += [Found(element, value, "leak" if len(cell) == 1 else "alike") for element in cell]
    return found


def _promises(
    count: Counter[float], marks: list[float], bins: list[float], *, clamped: bool
) -> list[tuple[int, list[int], bool]]:
    """What a list of others says: that many in these bins, exactly or at most. Clamped: one may lie beyond each end."""
    places = list(range(len(bins)))
    if not clamped or len(count) == 0:
        return [(count[bins[place]] if place % 2 else 0, [place], True) for place in places]
    low, high = min(count), max(count)
    below, above = [p for p in places if bins[p] < low], [p for p in places if bins[p] > high]
    said = [(count[bins[p]] if p % 2 else 0, [p], True) for p in places if low < bins[p] < high]
    said += [(1, below, False), (1, above, False)]
    at_low, at_high = [2 * marks.index(low) + 1], [2 * marks.index(high) + 1]
    if low == high:
        return [*said, (count[low], [*below, *at_low, *above], True)]
    return [*said, (count[low], [*below, *at_low], True), (count[high], [*at_high, *above], True)]


def _corrected_a_little(
    round_: Round, cells: list[list[Element]], edges: list[tuple[float, float]]
) -> list[tuple[np.ndarray, float]]:
    """Each practice's corrected mark lies close to the one before: below any line there are no fewer of one than of the
    other a little higher up. A mark in a gap may be anywhere in it, and there is no end to those above all others."""
    rows = []
    versions = [dict(cell) for cell in cells]
    pairs = [(one, two) for one, two in combinations(range(len(cells)), 2) if {*versions[one]} == {*versions[two]}]
    pairs = [(one, two) for one, two in pairs if round_.gross.isdisjoint(versions[one])]
    for number, other in pairs:
        most = max(round_.corrections(key, one, versions[other][key]) for key, one in versions[number].items())
        near = most * NEAR / round_.per
        for one, two in ((number, other), (other, number)):
            for place, (_, highest) in enumerate(edges):
                row = np.zeros((len(cells), len(edges)))
                row[one, : place + 1] = 1
                row[two, [spot for spot, (lowest, _) in enumerate(edges) if lowest <= highest + near + 1e-9]] = -1
                rows.append((row.ravel(), 0.0))
    return rows


def _edges(bins: list[float], per: int) -> list[tuple[float, float]]:
    """The lowest and the highest mark, of those that are drawn in whole units, that can be in each place."""
    around = [-1 / per, *bins, inf]
    return [
        (mark, mark) if place % 2 else (around[place] + 1 / per, around[place + 2] - 1 / per)
        for place, mark in enumerate(bins)
    ]


def _bins(marks: list[float]) -> list[float]:
    """Every mark that was ever seen, and the gaps beside them: a clamped practice may lie in one."""
    if not marks:
        return [0.0]
    gaps = [marks[0] - 1, *((low + high) / 2 for low, high in pairwise(marks)), marks[-1] + 1]
    return [value for gap, mark in zip(gaps, [*marks, None], strict=True) for value in (gap, mark) if value is not None]


def _bin(share: Fraction, unit: int, marks: list[float]) -> int:
    value = int(share * unit + Fraction(1, 2)) / unit
    below = sum(mark < value for mark in marks)
    return 2 * below + 1 if value in marks else 2 * below


def _by_sums(round_: Round, views: Sequence[View], cells: list[list[Element]], known: set[Element]) -> list[Found]:
    """Means times patients are sums: which sums must each cell have, and what is left for one practice of it?"""
    if not views or not cells:
        return []
    size = {element: round_.pair(element)[1] for cell in cells for element in cell}
    at_most = []
    for view in views:
        total = sum(round_.pair(element)[1] for element in view.circle)
        mine = sum(round_.pair(element)[0] for element in view.circle & known)
        half = 0.5 / (round_.per if round_.per <= 100 else round_.per * 10)
        row = np.array([float(bool(set(cell) & view.circle)) for cell in cells])
        mean = view.seen.mean or 0.0
        at_most += [(row, (mean + half) * total - mine), (-row, -((mean - half) * total - mine))]
    most = [float(sum(size[element] for element in cell)) for cell in cells]
    found = []
    for number, cell in enumerate(cells):
        aim = np.zeros(len(cells))
        aim[number] = 1
        low, high = _least(aim, [], at_most, most), -_least(-aim, [], at_most, most)
        for element in cell:
            least, largest = max(0.0, low - (most[number] - size[element])), min(float(size[element]), high)
            if (largest - least) / size[element] <= 1 / round_.per:
                why = "leak" if len(cell) == 1 else "few"
                found.append(Found(element, (least + largest) / 2 / size[element], why))
    return found


def _least(
    aim: np.ndarray,
    equal: list[tuple[np.ndarray, float]],
    at_most: list[tuple[np.ndarray, float]],
    most: list[float] | None = None,
) -> float:
    solved = linprog(
        aim,
        A_eq=csr_array(np.array([row for row, _ in equal])) if equal else None,
        b_eq=[value for _, value in equal] if equal else None,
        A_ub=csr_array(np.array([row for row, _ in at_most])) if at_most else None,
        b_ub=[value + 1e-6 for _, value in at_most] if at_most else None,
        bounds=[(0, value) for value in most] if most else (0, None),
    )
    assert solved.status == 0, solved.message
    return float(solved.fun)
