"""190 real groups of practices, two years: what funnels would flag, and what charts give away.

python -m tests.measures.disclosure.groups
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from measures.disclosure.privacy import Pair
from measures.statistics.rates import Interval, dispersion, funnel_limits

DATA = Path(__file__).parents[3].parent / "shared" / "data" / "copd_asthma_practices_2017_19.csv"
YEARS = ("2017_18", "2018_19")
REGISTERS = ("copd", "asthma")
CLUSTER_SIZES = range(5, 36)
"""As large as Danish clusters are."""


@cache
def groups() -> dict[str, list[dict[str, int]]]:
    """The practices of each group, with their whole numbers by column."""
    found: dict[str, list[dict[str, int]]] = {}
    with DATA.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            numbers = {name: int(float(value)) for name, value in row.items() if name.startswith(("list_", *REGISTERS))}
            found.setdefault(row["ccg_code"], []).append(numbers)
    return found


def pairs(practices: list[dict[str, int]], register: str, year: str) -> dict[int, Pair]:
    """Patients on the register out of all listed, by practice."""
    return {key: (each[f"{register}_register_{year}"], each[f"list_{year}"]) for key, each in enumerate(practices)}


@dataclass
class Flagged:
    """How many of that many practices lie outside which limits."""

    practices: int = 0
    plain_95: int = 0
    plain_998: int = 0
    phi_95: int = 0
    phi_998: int = 0
    tau_998: int = 0


def flagged(register: str, year: str) -> Flagged:
    """Every group of a cluster's size against its own pooled share, plainly and adjusted for dispersion."""
    total = Flagged()
    for values in usable_groups(register, year):
        events, people = (np.array(column) for column in zip(*values.values(), strict=True))
        centre, share = float(events.sum() / people.sum()), events / people
        found = dispersion(events, people, "proportion")

        def outside(limits: Interval, share: np.ndarray = share) -> int:
            return int(((share < limits.low) | (share > limits.high)).sum())

        total.practices += len(share)
        total.plain_95 += outside(funnel_limits(centre, people, "proportion", 0.95))
        total.plain_998 += outside(funnel_limits(centre, people, "proportion", 0.998))
        total.phi_95 += outside(funnel_limits(centre, people, "proportion", 0.95, phi=found.phi))
        total.phi_998 += outside(funnel_limits(centre, people, "proportion", 0.998, phi=found.phi))
        total.tau_998 += outside(funnel_limits(centre, people, "proportion", 0.998, tau2=found.tau2))
    return total


def usable_groups(register: str, year: str) -> Iterator[dict[int, Pair]]:
    """The groups of a cluster's size."""
    for practices in groups().values():
        if len(practices) in CLUSTER_SIZES:
            yield pairs(practices, register, year)


def linked(register: str) -> tuple[float, float]:
    """How many practices a guess by nearest order finds again a year later, and how many chance would."""
    right, practices, chance = 0, 0, 0
    for each in groups().values():
        if len(each) in CLUSTER_SIZES:
            before, after = (
                sorted(range(len(each)), key=lambda key, year=year: _share(each[key], register, year)) for year in YEARS
            )
            right += sum(one == two for one, two in zip(before, after, strict=True))
            practices, chance = practices + len(each), chance + 1
    return right / practices, chance / practices


def guessed(register: str, year: str, size: int, draws: int = 20_000) -> tuple[float, float, float, int]:
    """If one member knew every colleague's exact list size, how well could it guess whose mark is whose?

    From the first chart alone, with that many practices at first of each group. Gives the mean probability of the truth
    with the cluster's mean, the same by chance, the share of practices that it is more than 90 % sure of, and how many
    practices there are.
    """
    chance = np.random.default_rng(size)
    truth, blind, sure, practices = 0.0, 0.0, 0, 0
    for values in usable_groups(register, year):
        if len(values) < size:
            continue
        events, people = (np.array(column[:size]) for column in zip(*values.values(), strict=True))
        marks = np.floor(events[1:] / people[1:] * 1000 + 0.5) / 1000
        mean = np.floor(events.sum() / people.sum() * 10_000 + 0.5) / 10_000
        order = np.array([chance.permutation(size - 1) for _ in range(draws)])
        spread = np.sqrt(((people[1:] * 0.001) ** 2).sum() / 12 + (people.sum() / 10_000) ** 2 / 12)
        off = ((marks[order] * people[1:]).sum(axis=1) - (mean * people.sum() - events[0])) / spread
        weight = np.exp(-0.5 * (off**2 - (off**2).min()))
        weight /= weight.sum()
        for place, mark in enumerate(marks):
            truth += weight[marks[order[:, place]] == mark].sum()
            blind += (marks == mark).mean()
            sure += max(weight[marks[order[:, place]] == value].sum() for value in set(marks)) > 0.9
            practices += 1
    return truth / practices, blind / practices, sure / practices, practices


def _share(numbers: dict[str, int], register: str, year: str) -> float:
    return numbers[f"{register}_register_{year}"] / numbers[f"list_{year}"]


def main() -> None:
    """The tables of docs/privacy.md and docs/measures.md."""
    print(f"{len(groups())} groups, {sum(map(len, groups().values()))} practices; below: groups of 5 to 35 practices")
    print("outside the limits   practices  plain 95 %  plain 99,8 %   φ 95 %  φ 99,8 %  τ² 99,8 %")
    for register in REGISTERS:
        for year in YEARS:
            each = flagged(register, year)
            counts = (each.plain_95, each.plain_998, each.phi_95, each.phi_998, each.tau_998)
            shares = "  ".join(f"{count:5} {100 * count / each.practices:4.1f}%" for count in counts)
            print(f"{register:6} {year:9} {each.practices:9}  {shares}")
    for register in REGISTERS:
        found, by_chance = linked(register)
        print(f"{register}: {found:.0%} found again in next year's order of marks, {by_chance:.1%} by chance")
    print("knowing every list size exactly, whose mark is whose (COPD):")
    for size in (8, 10, 12, 16, 24):
        truth, blind, sure, practices = guessed("copd", "2018_19", size)
        print(f"  {size:2} practices: {truth:.0%} right, {blind:.0%} by chance; sure of {sure:.1%} of {practices}")


if __name__ == "__main__":
    main()
