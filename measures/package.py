"""Klyngepakker: what a cluster can measure, read from one checked TOML file each."""

from __future__ import annotations

import tomllib
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from measures.texts import choose

HERE = Path(__file__).parent / "packages"


class PackageError(Exception):
    """A package that can't be used; `problems` lists everything wrong with it, one line each."""

    def __init__(self, name: str, problems: list[str]) -> None:
        super().__init__(f"{name}: " + "; ".join(problems))
        self.name = name
        self.problems = problems


class Part(BaseModel):
    """The base of everything in a package: unchangeable, and a misspelt key is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Said(Part):
    """The same words in Danish and English."""

    da: Annotated[str, Field(min_length=1)]
    en: Annotated[str, Field(min_length=1)]


class DataField(Part):
    """One number that a practice is asked for. `from_practice` means the list size on file may stand in for it."""

    id: str
    label: Said
    short: Said
    aliases: tuple[str, ...] = ()
    kind: Literal["count"] = "count"
    help: Said
    from_practice: bool = False


class Reference(Part):
    """A line to look at, never a pass mark. `year` is when the source was read; `verified` false until checked."""

    label: Said
    value: Annotated[float, Field(ge=0)]
    source: str
    year: int
    verified: bool


class Measure(Part):
    """One comparable number: numerator over denominator, shown per 100 (as %) or per 1,000.

    `sentence` is the start of the headline with `{value}` in it; `direction` is None when nobody knows what is good.
    """

    id: str
    title: Said
    sentence: Said
    praise: Said | None = None
    numerator: str
    denominator: str
    kind: Literal["proportion", "rate"] = "proportion"
    per: Literal[100, 1000] = 100
    direction: Literal["higher", "lower"] | None = None
    definition: Said
    caution: Said
    references: tuple[Reference, ...] = Field(default=(), max_length=2)


class Guide(Part):
    """How to find the numbers in one lægesystem, step by step; unverified until someone tried it in that system."""

    steps: dict[Literal["da", "en"], tuple[str, ...]]
    verified: bool


class Step(Part):
    """A slot in the suggested agenda."""

    minutes: Annotated[int, Field(gt=0)]
    title: Said


class Package(Part):
    """A klyngepakke: everything a cluster needs to take up one topic."""

    id: str
    version: str
    owner: str
    reviewed: date
    next_review: date
    authored_by: str
    checked_by: str
    sensitivity: Literal["low", "medium", "high"]
    lead_time_days: Annotated[int, Field(ge=0)]
    follow_up_after_days: Annotated[int, Field(ge=0)]
    title: Said
    why: Said
    population: Said
    source: Said
    fields: Annotated[tuple[DataField, ...], Field(min_length=1)]
    measures: Annotated[tuple[Measure, ...], Field(min_length=1)]
    guides: dict[str, Guide]
    questions: tuple[Said, ...]
    agenda: tuple[Step, ...]
    cautions: tuple[Said, ...]

    @model_validator(mode="after")
    def _holds_together(self) -> Package:
        known = {item.id for item in self.fields}
        wrong = [
            f"measure {m.id}: unknown field {f}"
            for m in self.measures
            for f in (m.numerator, m.denominator)
            if f not in known
        ]
        wrong += [f"guide {name} is missing" for name in ("modul", "andet") if name not in self.guides]
        wrong += [
            f"measure {m.id}: sentence needs {{value}}"
            for m in self.measures
            if "{value}" not in m.sentence.da + m.sentence.en
        ]
        if self.next_review <= self.reviewed:
            wrong.append("next_review must be after reviewed")
        if wrong:
            raise ValueError("; ".join(wrong))
        return self

    def field(self, field_id: str) -> DataField:
        """The field with that id."""
        return next(item for item in self.fields if item.id == field_id)

    def measure(self, measure_id: str) -> Measure:
        """The measure with that id."""
        return next(item for item in self.measures if item.id == measure_id)

    def guide(self, system_id: str) -> Guide:
        """The guide for a lægesystem, or the general one when there is none."""
        return self.guides.get(system_id) or self.guides["andet"]


def text(words: Said, lang: str) -> str:
    """Words of a package in the reader's language."""
    return choose(words.model_dump(), lang)


def parse(source: str, name: str = "package") -> Package:
    """Read a package from TOML text; raises PackageError with every problem found."""
    try:
        return Package.model_validate(tomllib.loads(source))
    except tomllib.TOMLDecodeError as error:
        raise PackageError(name, [str(error)]) from error
    except ValidationError as error:
        found = [f"{'.'.join(map(str, item['loc'])) or 'package'}: {item['msg']}" for item in error.errors()]
        raise PackageError(name, found) from error


@lru_cache(maxsize=64)
def load(package_id: str) -> Package:
    """A shipped package by id; raises KeyError when there is none of that name."""
    path = HERE / f"{package_id}.toml"
    if not package_id.isidentifier() or not path.is_file():
        raise KeyError(package_id)
    return parse(path.read_text(encoding="utf-8"), package_id)


def available() -> list[Package]:
    """All shipped packages, by id."""
    return [load(path.stem) for path in sorted(HERE.glob("*.toml"))]
