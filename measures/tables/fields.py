"""The names of a package's own fields: headings that mean one without asking."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the reader's process starts without the packages
    from measures.packages.package import DataField
from measures.reading.headers import normal


def names_of(field: DataField) -> frozenset[str]:
    """Every heading that means this field without asking."""
    said = (field.id, field.label.da, field.label.en, field.short.da, field.short.en, *field.aliases)
    return frozenset(normal(name) for name in said)
