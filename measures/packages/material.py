"""What a meeting talks about where a package asks for no numbers: cases, what a partner is asked, what to read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal

from pydantic import Field

from measures.packages.faults import Fault
from measures.packages.parts import BothLanguages, PackagePart, Year

PackageKind = Literal["numbers", "cases", "visit", "dialogue", "interviews", "talk"]
NUMBERS = "numbers"
NEEDS: Mapping[str, tuple[str, ...]] = {
    "cases": ("cases",),
    "visit": ("partner", "ask"),
    "dialogue": ("partner", "ask"),
    "interviews": ("partner", "ask"),
    "talk": ("partner",),
}
"""What each kind of package without numbers is about; a case may stand in any of them, and among numbers."""
ABOUT_NUMBERS = ("fields", "measures", "find", "guides", "codes", "practice_headings", "needs_consent")
EXAMPLES = {
    "cases": "[[cases]]",
    "partner": 'partner = { da = "…", en = "…" }',
    "ask": 'ask = [{ da = "…", en = "…" }]',
}


class Case(PackagePart):
    """An invented patient: what is read aloud, what the groups answer, and how whoever chairs goes on, step by step."""

    title: BothLanguages
    text: BothLanguages
    questions: Annotated[tuple[BothLanguages, ...], Field(min_length=1, max_length=6)]
    steps: Annotated[tuple[BothLanguages, ...], Field(max_length=8)] = ()


class Publication(PackagePart):
    """Where it can be read. `address` is written without https://; `year` is when it was read, or when it is from."""

    title: Annotated[str, Field(min_length=1, max_length=200)]
    address: Annotated[str, Field(min_length=1, max_length=200)]
    year: Year
    verified: bool


def kind_faults(raw: Mapping[str, Any]) -> Iterator[Fault]:
    """What a package of its kind lacks, or has no use for."""
    kind = str(raw.get("kind", NUMBERS))
    for key in NEEDS.get(kind, ()):
        if not raw.get(key):
            yield Fault("package_needs", ("kind",), {"kind": kind, "key": key, "example": EXAMPLES[key]})
    for key in ABOUT_NUMBERS if kind in NEEDS else ():
        if raw.get(key):
            yield Fault("package_takes", (key,), {"kind": kind, "key": key})


def asks_for_numbers(raw: Mapping[str, Any]) -> bool:
    """Whether a file, however broken, is meant as a package with numbers."""
    return raw.get("kind", NUMBERS) not in NEEDS
