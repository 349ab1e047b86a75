"""Which of a package's own fields a heading names exactly."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the reader's process starts without the packages
    from measures.packages.package import DataField, Package
from measures.reading.headers import normal


def names_of(field: DataField) -> frozenset[str]:
    """Every heading that means this field without asking."""
    said = (field.id, field.label.da, field.label.en, field.short.da, field.short.en, *field.aliases)
    return frozenset(normal(name) for name in said)


def field_of(heading: object, package: Package) -> DataField | None:
    """The field that a heading names exactly or by an alias. Units and other words in it make it another thing."""
    wanted = normal(heading) if isinstance(heading, str) else ""
    if not wanted:
        return None
    return next((item for item in package.fields if wanted in names_of(item)), None)
