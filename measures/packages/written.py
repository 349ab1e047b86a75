"""A package written as TOML again, whole or with less in it: how a round keeps what it was begun with."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from measures.packages.bounds import LARGEST
from measures.packages.faults import Fault
from measures.packages.package import HERE, BothLanguages, Package, PackageError, drawable, parse, read, text
from measures.reading.cpr import has_cpr

BARE = re.compile(r"[A-Za-z0-9_-]+")


def written(package: Package) -> str:
    """TOML that `parse` reads as the same package: what its file said, and nothing that it left out."""
    told = package.model_dump(exclude_unset=True, exclude_none=True)
    return "".join(f"{key} = {_value(value)}\n" for key, value in told.items())


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, dict):
        inner = ", ".join(
            f"{key if BARE.fullmatch(key) else json.dumps(key)} = {_value(each)}" for key, each in value.items()
        )
        return "{" + inner + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_value, value)) + "]"
    return value.isoformat() if isinstance(value, date) else str(value)


def adapted(
    package: Package, measure_ids: Collection[str], references: Collection[str], questions: Sequence[str], lang: str
) -> Package:
    """The package with these measures, these reference lines (`measure:place`) and these working questions.

    A question that was written again is the same in both languages.
    """
    known = {text(said, lang): said for said in package.questions}
    kept = package.keeping(measure_ids)
    measures = tuple(
        measure.model_copy(
            update={
                "references": tuple(
                    line for place, line in enumerate(measure.references) if f"{measure.id}:{place}" in references
                )
            }
        )
        for measure in kept.measures
    )
    asked = tuple(known.get(each) or BothLanguages(da=each, en=each) for each in questions)
    return kept.model_copy(update={"measures": measures, "questions": asked or package.questions})


def lacking(package: Package, measure_ids: Collection[str]) -> tuple[str, str] | None:
    """A chosen measure and the one it can't do without, which was not chosen; None when all is well."""
    for measure in package.measures:
        if measure.id in measure_ids:
            for other in (*measure.built_on, measure.beside):
                if other and other not in measure_ids:
                    return measure.id, other
    return None


@dataclass(frozen=True, slots=True)
class PackageRead:
    """A package file as it was found: its text, and either the package or everything wrong with it."""

    text: str
    package: Package | None = None
    faults: tuple[Fault, ...] = ()
    personal: bool = False
    """Something in it looks like a CPR number: then nothing else is told of it."""


def read_own(data: bytes) -> PackageRead:
    """Judge a package file that somebody sent. Never raises, so that it can be done in another process."""
    if len(data) > LARGEST:
        return PackageRead("", faults=(Fault("too_large", params={"most": LARGEST // 1000}, line=1),))
    source = data.decode("utf-8-sig", errors="replace")
    if has_cpr(source):
        return PackageRead("", personal=True)
    try:
        package = read(data)
    except PackageError as error:
        return PackageRead("", faults=error.faults)
    return PackageRead(source, usable(package))


def usable(package: Package) -> Package:
    """The package with what works from request to chart today; the whole of it when nothing does."""
    shown = drawable(package)
    return package if len(shown) in (0, len(package.measures)) else package.keeping(shown)


def source_of(package_id: str) -> str:
    """The file of a shipped package, to begin one's own with."""
    return (HERE / f"{package_id}.toml").read_text(encoding="utf-8")


__all__ = ["PackageRead", "adapted", "lacking", "parse", "read_own", "source_of", "usable", "written"]
