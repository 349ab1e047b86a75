"""What a random file is about: a package, the headings it may be written under, and numbers nobody would ask about."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from math import exp, log

from measures.checking.validation import PracticeFacts, check_values
from measures.packages.package import Package, available, load
from measures.reading.headers import normal
from measures.tables.fields import names_of
from tests.measures.generator import invented

YEAR = 2026
PERIOD = (date(YEAR, 1, 1), date(YEAR, 12, 31))
Cell = str | int | float | None
Truth = dict[str, float | None]
POOL, TRIES = 24, 400
"""Sets of numbers that a package's files are made from, and how many are thrown away to find them."""
ANOTHER_TIME = frozenset({"spirometri"})
"""Packages that ask for other years too: nobody could say what an old year's column is."""
LARGE = 60
"""From here on an amount has a decimal."""
WHOLES = ("listed", "women", "children", "due", "consultations", "changed")


@dataclass(frozen=True)
class Subject:
    """A package, with ready sets of numbers that it asks nothing about."""

    package: Package
    pool: tuple[dict[str, float], ...]

    @property
    def fields(self) -> tuple[str, ...]:
        """Every field."""
        return tuple(item.id for item in self.package.fields)

    @property
    def asked(self) -> tuple[str, ...]:
        """The fields that the list size on file can't stand in for."""
        return tuple(item.id for item in self.package.fields if not item.from_practice)

    @property
    def listed(self) -> str | None:
        """The field that it can stand in for."""
        return next((item.id for item in self.package.fields if item.from_practice), None)

    def draw(self, dice: random.Random) -> Truth:
        """Numbers of a practice."""
        return dict(dice.choice(self.pool))

    def near(self, truth: Mapping[str, float | None], dice: random.Random) -> Truth:
        """Numbers as likely as these, and every one another: so alike that nothing but their place tells."""
        share = dice.choice((0.93, 0.95, 1.04, 1.06))
        found: Truth = {}
        for item in self.package.fields:
            own = truth[item.id] or 0
            value = max(1, round(own * share))
            value = min(value, 99) if item.kind == "percent" else value
            found[item.id] = value if value != own else own + (1 if share > 1 or own < 2 else -1)
        return found

    def heads(self, dice: random.Random, english: bool) -> dict[str, str]:
        """A heading for each field, each of those that the package itself names."""
        taken: set[str] = set()
        found = {}
        for item in self.package.fields:
            words = [item.label.en, item.short.en] if english else [item.label.da, item.short.da]
            aliases = [] if english else list(item.aliases)
            names = [*words, *words, *(each[:1].upper() + each[1:] for each in aliases)]
            free = [name for name in names if normal(name) not in taken]
            found[item.id] = dice.choice(free or [item.label.da])
            taken |= names_of(item)
        return found


def kind_of(subject: Subject, field_id: str) -> str:
    """Whether a field is a count, an amount or a percent."""
    return subject.package.field(field_id).kind


def is_about_people(subject: Subject, field_id: str) -> bool:
    """Whether a field says that it counts people, so that a number of services over it is another thing."""
    label = subject.package.field(field_id).label
    return "patient" in f"{label.da} {label.en}".lower()


def is_about_women(subject: Subject, field_id: str) -> bool:
    """Whether "Kvinder" over a field says what it says itself."""
    label = subject.package.field(field_id).label
    return "kvinder" in label.da.lower() or "women" in label.en.lower()


def written(
    subject: Subject, field_id: str, value: float | None, dice: random.Random, *, mark: str, in_per_cent: bool
) -> Cell:
    """A number as a file writes it: an amount with its decimals, a guess in per cent. `mark` is "" in a workbook.

    Where the package keeps no decimals of an amount, the file has one that is rounded away.
    """
    kind = kind_of(subject, field_id)
    if value is None or kind == "count":
        return value
    if kind == "percent":
        return f"{value} %" if in_per_cent else value
    if value >= LARGE and not subject.package.places(field_id):
        value += dice.randint(-4, 4) / 10
    return str(value).replace(".", mark) if mark and not float(value).is_integer() else value


def kol() -> Subject:
    """The package that most files are about."""
    return _subject("kol")


def any_subject(dice: random.Random) -> Subject:
    """A shipped package, or one that was made up."""
    if dice.random() < 0.5:
        return dice.choice(shipped())
    return made_up(dice.randint(1, invented.MOST))


@cache
def shipped() -> tuple[Subject, ...]:
    """The packages that come with it, and ask for one time only."""
    return tuple(_subject(each.id) for each in available() if each.id not in ANOTHER_TIME)


@cache
def made_up(number: int) -> Subject:
    """A package that was made up, always the same for the same number."""
    package = invented.package(random.Random(f"package {number}"))
    return Subject(package, _pool(package))


@cache
def _subject(package_id: str) -> Subject:
    package = load(package_id)
    return Subject(package, _pool(package))


def _pool(package: Package) -> tuple[dict[str, float], ...]:
    dice = random.Random(f"pool of {package.id}")
    found: list[dict[str, float]] = []
    for _ in range(TRIES):
        values = _values(package, dice)
        listed = next((values[item.id] for item in package.fields if item.from_practice), None)
        verdict = check_values(values, package, PracticeFacts("012345", listed))
        if verdict.ok and not verdict.questions:
            found.append(_with_decimals(values, package, dice))
        if len(found) == POOL:
            break
    return tuple(found)


def _values(package: Package, dice: random.Random) -> dict[str, int]:
    """Numbers within what the package says is usual, wholes before their parts."""
    values: dict[str, int] = {}
    for item in package.fields:
        if item.kind == "percent":
            values[item.id] = dice.randint(5, 95)
        elif item.id.startswith(WHOLES):
            values[item.id] = dice.randint(2500, 8500)
    values |= {m.denominator: dice.randint(300, 900) for m in package.measures if m.parts and m.denominator}
    values |= {m.numerator: dice.randint(5, 20) for m in package.measures if m.kind == "median"}
    pairs = [(m.numerator, m.denominator, m.usual) for m in package.measures if m.denominator and m.numerator]
    pairs += [(p.numerator, p.denominator, m.usual) for m in package.measures for p in (*m.points, *m.strata)]
    for _ in range(3):
        for part, whole, usual in pairs:
            if part not in values and whole in values:
                low, high = (max(usual.low, 0.02), usual.high) if usual else (0.2, 0.8)
                share = exp(dice.uniform(log(low * 1.2), log(max(high * 0.8, low * 1.3))))
                values[part] = max(1, round(values[whole] * share))
    for measure in package.measures:
        whole = values.get(measure.denominator, 0)
        for number, name in enumerate(measure.parts):
            values[name] = min(values.get(name, 10**6), round((whole or 600) * dice.uniform(0.3, 0.5) / 1.5**number))
        values |= {name: dice.randint(4, 9) for item in measure.items for name in item.answers}
    return {item.id: values.get(item.id, dice.randint(25, 90)) for item in package.fields}


def _with_decimals(values: Mapping[str, int], package: Package, dice: random.Random) -> dict[str, float]:
    """The large amounts with a decimal, where the package keeps it."""
    return {
        name: value + dice.randint(-4, 4) / 10 if value >= LARGE and package.places(name) else value
        for name, value in values.items()
    }
