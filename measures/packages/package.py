"""Klyngepakker: what a cluster can measure, read from one checked TOML file each."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationError

from measures.decimals import MOST_PLACES
from measures.packages.bounds import beyond
from measures.packages.faults import Fault, from_schema, placed, plain
from measures.packages.lines import lines_of
from measures.packages.material import NUMBERS, Case, PackageKind, Publication, asks_for_numbers
from measures.packages.measure_kinds import OF_WHOLE, is_drawn
from measures.packages.parts import (
    AgendaSlot,
    BothLanguages,
    ChangePick,
    Code,
    DataField,
    Guide,
    Guideline,
    Id,
    Measure,
    PackagePart,
    Reference,
    Source,
    Steps,
)
from measures.packages.routes import guides_from
from measures.packages.rules import faults as rule_faults
from measures.packages.syntax import OTHER_KINDS, stranger, syntax_fault
from measures.packages.systems import OTHER
from measures.texts import choose

HERE = Path(__file__).parent / "shipped"
FIRST = "kol"
"""Suggested first: its numbers can be found by every practice in its own system, and it hurts nobody."""

NOBODY = re.compile(r"(?i)(?:$|[-–?.]+$|(?:ikke|ingen|endnu|nobody|no one|not|none|never|aldrig)(?![^\W\d_]))")
"""How people write that nobody has checked a package."""

MOST_PICKS = 7
"""Of a list of ten in Slack, less "nothing" and "something else"."""


Confirmable = Code | Reference | Guideline | Publication


class PackageError(Exception):
    """A package that can't be used; `faults` holds everything wrong with it, in the order of the file."""

    def __init__(self, name: str, faults: tuple[Fault, ...]) -> None:
        self.name, self.faults = name, faults
        super().__init__(f"{name}: " + "; ".join(self.problems))

    @property
    def problems(self) -> list[str]:
        """The faults in English, one line each."""
        return [plain(fault) for fault in self.faults]


class Package(PackagePart):
    """A klyngepakke: everything a cluster needs to take up one topic, with numbers or without."""

    id: Id
    kind: PackageKind = "numbers"
    """What the meeting works with; only `numbers` asks practices for any."""
    version: Annotated[str, Field(min_length=1, max_length=20)]
    owner: str
    reviewed: date
    next_review: date
    authored_by: str
    checked_by: str = ""
    """Who has looked at it professionally; blank, or words such as "ingen", when nobody has."""
    sensitivity: Literal["low", "medium", "high"]
    lead_time_days: Annotated[int, Field(ge=0, le=3650)] = 0
    follow_up_after_days: Annotated[int, Field(ge=0, le=3650)] = 0
    needs_consent: bool = False
    """Whether the source hands out numbers only when every practice of the cluster has said yes."""
    staff_suitable: bool = False
    title: BothLanguages
    why: BothLanguages
    population: BothLanguages | None = None
    source: BothLanguages | None = None
    partner: BothLanguages | None = None
    """Who is visited, talked with, interviewed or talks."""
    ask: Annotated[tuple[BothLanguages, ...], Field(max_length=8)] = ()
    """What they are asked, or what is looked at."""
    cases: Annotated[tuple[Case, ...], Field(max_length=4)] = ()
    look_up: Annotated[tuple[BothLanguages, ...], Field(max_length=6)] = ()
    """What differs from place to place, and is to be looked up before the meeting."""
    literature: Annotated[tuple[Publication, ...], Field(max_length=6)] = ()
    sources: tuple[Source, ...] = ()
    topics: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    """Areas of DSAM or of the clinical registers that it lies in."""
    eases: BothLanguages | None = None
    """How it can ease the working day of a practice."""
    guideline: tuple[Guideline, ...] = ()
    codes: tuple[Code, ...] = ()
    companions: tuple[str, ...] = ()
    """Ids of other packages worth looking at together with this one."""
    practice_headings: Annotated[tuple[str, ...], Field(max_length=20)] = ()
    """Headings under which the source's files say whose a row is, where they are not the usual ones."""
    changes: Annotated[tuple[ChangePick, ...], Field(max_length=MOST_PICKS)] = ()
    """What practices may choose when they say what they change; without any, what fits every topic."""
    fields: Annotated[tuple[DataField, ...], Field(max_length=40)] = ()
    measures: Annotated[tuple[Measure, ...], Field(max_length=20)] = ()
    find: dict[str, Steps] = Field(default_factory=dict)
    guides: dict[str, Guide] = Field(default_factory=dict)
    questions: Annotated[tuple[BothLanguages, ...], Field(min_length=1, max_length=8)]
    agenda: Annotated[tuple[AgendaSlot, ...], Field(min_length=1)]
    cautions: Annotated[tuple[BothLanguages, ...], Field(min_length=1)]

    def field(self, field_id: str) -> DataField:
        """The field with that id."""
        return next(item for item in self.fields if item.id == field_id)

    def measure(self, measure_id: str) -> Measure:
        """The measure with that id."""
        return next(item for item in self.measures if item.id == measure_id)

    def places(self, field_id: str) -> int:
        """How many decimals a field's number may have: none unless it is an amount, and none where a measure shows it
        as a group of people (parts of a whole, answers)."""
        item = self.field(field_id)
        if item.kind != "amount" or any(each.kind in OF_WHOLE and field_id in each.fields for each in self.measures):
            return 0
        return MOST_PLACES if item.decimals is None else item.decimals

    def guide(self, system_id: str) -> Guide:
        """The guide for a lægesystem, or the general one when there is none."""
        return self.guides.get(system_id) or self.guides.get(OTHER) or next(iter(self.guides.values()))

    def other_ways(self, system_id: str) -> tuple[Guide, ...]:
        """The guides to places outside the practice's own lægesystem, less the one already given for it."""
        own = self.guide(system_id)
        return tuple(guide for guide in self.guides.values() if guide.name and guide is not own)

    @property
    def asks(self) -> bool:
        """Whether practices are asked for numbers with it."""
        return self.kind == NUMBERS

    @property
    def is_checked(self) -> bool:
        """Whether somebody has looked at it professionally. Only then may it be called reviewed."""
        return NOBODY.match(self.checked_by.strip()) is None

    def to_confirm(self) -> tuple[Confirmable, ...]:
        """What nobody has checked yet: shown to the coordinator as "bekræft kode" before the numbers are asked for."""
        lines = [line for measure in self.measures for line in measure.references]
        facts: tuple[Confirmable, ...] = (*self.codes, *lines, *self.guideline, *self.literature)
        return tuple(each for each in facts if not each.verified)

    def keeping(self, measure_ids: Collection[str]) -> Package:
        """The package with only those measures, and only the fields that they need."""
        kept = tuple(each for each in self.measures if each.id in measure_ids)
        needed = {name for each in kept for name in each.fields}
        fields = tuple(each for each in self.fields if each.id in needed)
        return self.model_copy(update={"measures": kept, "fields": fields})


class MeasuringPackage(Package):
    """One with numbers, and what it can't be without."""

    lead_time_days: Annotated[int, Field(ge=0, le=3650)]
    follow_up_after_days: Annotated[int, Field(ge=0, le=3650)]
    population: BothLanguages
    source: BothLanguages
    fields: Annotated[tuple[DataField, ...], Field(min_length=1, max_length=40)]
    measures: Annotated[tuple[Measure, ...], Field(min_length=1, max_length=20)]


def text(words: BothLanguages | None, lang: str) -> str:
    """Words of a package in the reader's language; nothing where it says nothing."""
    return choose(words.model_dump(), lang) if words is not None else ""


def _schema(raw: Mapping[str, Any]) -> type[Package]:
    return MeasuringPackage if asks_for_numbers(raw) else Package


def parse(source: str, name: str = "package") -> Package:
    """Read a package from TOML text; raises PackageError with every fault found, each with its line."""
    if fault := beyond(source) or stranger(source):
        raise PackageError(name, (fault,))
    try:
        raw = tomllib.loads(source)
    except (ValueError, RecursionError) as error:
        raise PackageError(name, (syntax_fault(source, error),)) from error
    faults = list(rule_faults(raw))
    package: Package | None = None
    schema = _schema(raw)
    try:
        package = schema.model_validate(raw)
    except ValidationError as error:
        faults += from_schema([dict(each) for each in error.errors()], schema)
    if faults or package is None:
        raise PackageError(name, placed(faults, lines_of(source)))
    return package.model_copy(update={"guides": guides_from(package.find) | package.guides})


def restored(source: str) -> Package:
    """A package that was found in order when it came, from its text: what has become stricter since is passed over."""
    raw = tomllib.loads(source)
    package = _schema(raw).model_validate(raw)
    return package.model_copy(update={"guides": guides_from(package.find) | package.guides})


def read(data: bytes, name: str = "package") -> Package:
    """As `parse`, from a file's bytes."""
    if data.startswith(OTHER_KINDS):
        raise PackageError(name, (Fault("other_file", line=1),))
    try:
        return parse(data.decode("utf-8-sig"), name)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise PackageError(name, (Fault("not_text", line=line),)) from error


@lru_cache(maxsize=128)
def whole(package_id: str) -> Package:
    """A shipped package by id with everything in it; raises KeyError when there is none of that name."""
    path = HERE / f"{package_id}.toml"
    if not package_id.isidentifier() or not path.is_file():
        raise KeyError(package_id)
    return read(path.read_bytes(), package_id)


@lru_cache(maxsize=128)
def load(package_id: str) -> Package:
    """A shipped package as it can be used from request to chart: nothing is asked for that can't be shown yet.

    Raises KeyError when there is none of that name, or nothing of it can be shown.
    """
    package = whole(package_id)
    shown = drawable(package)
    if not shown:
        raise KeyError(package_id)
    return package if len(shown) == len(package.measures) else package.keeping(shown)


def drawable(package: Package) -> list[str]:
    """The ids of the measures that work from request to chart, with all that they are built on."""
    drawn = {each.id for each in package.measures if is_drawn(each.kind)}
    return [each.id for each in package.measures if each.id in drawn and drawn.issuperset(each.built_on)]


def shipped() -> list[str]:
    """The ids of all packages that come with the program: the one to begin with, then by the alphabet."""
    return sorted((path.stem for path in HERE.glob("*.toml")), key=lambda name: (name != FIRST, name))


def available() -> list[Package]:
    """The shipped packages that numbers can be asked with today, in the order of `shipped`."""
    return [load(package_id) for package_id in shipped() if drawable(whole(package_id))]


def without_numbers() -> list[Package]:
    """The shipped packages that a meeting takes up without any number."""
    return [package for package in map(whole, shipped()) if not package.asks]


__all__ = [
    "AgendaSlot",
    "BothLanguages",
    "Case",
    "ChangePick",
    "Code",
    "DataField",
    "Guide",
    "Guideline",
    "Measure",
    "MeasuringPackage",
    "Package",
    "PackageError",
    "PackagePart",
    "Publication",
    "Reference",
    "available",
    "drawable",
    "load",
    "parse",
    "read",
    "restored",
    "shipped",
    "text",
    "whole",
    "without_numbers",
]
