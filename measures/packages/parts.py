"""What a klyngepakke is made of: fields to ask for, measures to show, guides, references, codes."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from measures.decimals import MOST_PLACES
from measures.packages.measure_kinds import MEASURE_KINDS

KindId = Literal[
    "proportion",
    "rate",
    "amount",
    "standardised",
    "mean",
    "median",
    "count",
    "composition",
    "histogram",
    "trend",
    "scatter",
    "agreement",
    "questionnaire",
    "estimate",
]
Source = Literal[
    "forløbsplan",
    "ordiprax",
    "ydelser",
    "lægesystem",
    "spørgeskema",
    "kommune",
    "region",
    "optælling",
    "hospital",
    "fmk",
    "andet",
]
Lang = Literal["da", "en"]
Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]


Year = Annotated[int, Field(ge=1900, le=2200)]


class PackagePart(BaseModel):
    """The base of everything in a package: unchangeable, and a misspelt key is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class BothLanguages(PackagePart):
    """The same words in Danish and English."""

    da: Annotated[str, Field(min_length=1)]
    en: Annotated[str, Field(min_length=1)]


class DataField(PackagePart):
    """One number that a practice is asked for. `from_practice` means the list size on file may stand in for it.

    A `count` is of people or events, and whole; an `amount` (doses, hours, money, posts) is kept with its decimals, at
    most `decimals` of them (`Package.places`); a `percent` is a guess from 0 to 100.
    """

    id: Id
    label: BothLanguages
    short: BothLanguages
    aliases: Annotated[tuple[str, ...], Field(max_length=100)] = ()
    kind: Literal["count", "amount", "percent"] = "count"
    decimals: Annotated[int, Field(ge=0, le=MOST_PLACES)] | None = None
    help: BothLanguages
    from_practice: bool = False


class Reference(PackagePart):
    """A line to look at, never a pass mark. `year` is when the source was read; `verified` false until checked.

    `value` is a plain share also for numbers per 1,000: 350 per 1,000 is written 0.35. `standard` is what it is called
    in the middle of a sentence, where it is one that practices are meant to reach.
    """

    label: BothLanguages
    value: Annotated[float, Field(ge=0, allow_inf_nan=False)]
    source: str
    year: Year
    verified: bool
    standard: BothLanguages | None = None


class Usual(PackagePart):
    """Between which shares nearly all practices lie: what a number is held against before it is kept.

    `low` and `high` are plain shares as in `Reference`. `spread` is how far practices of one cluster lie from each
    other and `yearly` how far one moves in a year beyond chance: both standard deviations on the scale of
    docs/measures.md. `year` is when the source was read; `verified` false until the range was checked against it.
    """

    low: Annotated[float, Field(ge=0, allow_inf_nan=False)]
    high: Annotated[float, Field(gt=0, allow_inf_nan=False)]
    spread: Annotated[float, Field(gt=0, le=5)] | None = None
    yearly: Annotated[float, Field(gt=0, le=5)] | None = None
    source: Annotated[str, Field(min_length=1)]
    year: Year
    verified: bool


class Axis(PackagePart):
    """From where to where a measure is drawn, as plain shares: the same for every practice and every round."""

    low: Annotated[float, Field(ge=0, allow_inf_nan=False)]
    high: Annotated[float, Field(gt=0, allow_inf_nan=False)]


class TrendPoint(PackagePart):
    """One time in a trend."""

    label: BothLanguages
    numerator: str
    denominator: str


class Stratum(PackagePart):
    """One age or sex group of a standardised rate; `weight` is its size in the standard population."""

    label: BothLanguages
    numerator: str
    denominator: str
    weight: Annotated[int, Field(gt=0, le=1_000_000_000)]


class Item(PackagePart):
    """One question; `answers` are the fields with the number of people behind each answer of the scale, in order."""

    label: BothLanguages
    answers: tuple[str, ...]


class Measure(PackagePart):
    """One comparable number or picture. `measures.packages.measure_kinds` tells which keys its kind needs.

    `sentence` is the start of the headline, with `{value}` in it where there is one value; `direction` is None when
    nobody knows what is good. A companion or balancing measure names the measure it goes `beside`. `counted` is the
    same in counts, with `{part}` and `{whole}`; `action` the one thing to do about it.
    """

    id: Id
    title: BothLanguages
    sentence: BothLanguages
    counted: BothLanguages | None = None
    praise: BothLanguages | None = None
    action: BothLanguages | None = None
    kind: KindId = "proportion"
    numerator: str = ""
    denominator: str = ""
    parts: tuple[str, ...] = Field(default=(), max_length=12)
    points: tuple[TrendPoint, ...] = ()
    strata: tuple[Stratum, ...] = ()
    items: tuple[Item, ...] = ()
    scale: tuple[BothLanguages, ...] = Field(default=(), max_length=10)
    across: str = ""
    up: str = ""
    guess: str = ""
    actual: str = ""
    unit: BothLanguages | None = None
    per: Literal[1, 100, 1000] = 100
    direction: Literal["higher", "lower"] | None = None
    role: Literal["main", "companion", "balancing"] = "main"
    beside: str = ""
    definition: BothLanguages
    caution: BothLanguages
    references: tuple[Reference, ...] = Field(default=(), max_length=2)
    usual: Usual | None = None
    axis: Axis | None = None

    @model_validator(mode="before")
    @classmethod
    def _usual_per(cls, given: Any) -> Any:
        """The unit that the kind usually has, when none is written."""
        kind = MEASURE_KINDS.get(str(given.get("kind", "proportion"))) if isinstance(given, dict) else None
        if kind and "per" not in given:
            return given | {"per": kind.pers[0]}
        return given

    @property
    def fields(self) -> tuple[str, ...]:
        """Every field that the measure is made from, each once."""
        pairs = [(point.numerator, point.denominator) for point in self.points]
        pairs += [(stratum.numerator, stratum.denominator) for stratum in self.strata]
        named = [self.numerator, self.denominator, *self.parts, *(one for pair in pairs for one in pair)]
        named += [answer for item in self.items for answer in item.answers] + [self.guess]
        return tuple(dict.fromkeys(name for name in named if name))

    @property
    def built_on(self) -> tuple[str, ...]:
        """The other measures that it can't be made without."""
        return tuple(name for name in (self.across, self.up, self.actual) if name)


class Steps(PackagePart):
    """Steps in both languages."""

    da: Annotated[tuple[str, ...], Field(min_length=1)]
    en: Annotated[tuple[str, ...], Field(min_length=1)]


class Guide(PackagePart):
    """How to find the numbers in one place, step by step; unverified until someone tried it there.

    `name` says where when the place isn't the practice's own lægesystem.
    """

    steps: dict[Lang, tuple[str, ...]]
    verified: bool
    name: BothLanguages | None = None


class AgendaSlot(PackagePart):
    """A slot in the suggested agenda."""

    minutes: Annotated[int, Field(gt=0, le=1440)]
    title: BothLanguages
    kind: Literal["welcome", "data", "talk", "group", "plenum", "point", "break"] | None = None
    """What it is to the plan of a meeting; the time for numbers (`data`) is protected."""


class ChangePick(PackagePart):
    """Something that a practice may decide to do differently, offered to it at the end of the meeting."""

    id: Id
    kind: Literal["work", "procedure", "medicine", "teaching"]
    text: BothLanguages


class Code(PackagePart):
    """A code that the numbers are found by. Until it is verified, the coordinator sees "bekræft kode"."""

    code: str
    system: Literal["icpc", "atc", "ydelse"]
    meaning: BothLanguages
    verified: bool


class Guideline(PackagePart):
    """One sentence of what is recommended, with its source and the year it was read."""

    text: BothLanguages
    source: str
    year: Year
    verified: bool
