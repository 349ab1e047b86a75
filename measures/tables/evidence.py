"""Where a number stands, and what else in the file could have been it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from measures.reading.problems import Level, Option, Problem, Where
from measures.reading.table import Cell
from measures.tables.period import Span


@dataclass(frozen=True, slots=True)
class Evidence:
    """A cell that may answer a field: where it stands, under which heading as written, from when as far as that says.

    `fits` is false for a cell that says of itself that it is something else: another time, a part, another's number.
    """

    field_id: str
    cell: Cell
    where: Where
    heading: str = ""
    span: Span | None = None
    fits: bool = True
    others: tuple[Evidence, ...] = ()
    """Every other cell that names the field, when this one was chosen."""

    def as_data(self) -> dict[str, object]:
        """The place as it is kept beside the number: no cell's content, only where it stands and under what."""
        where = self.where
        return {"sheet": where.sheet, "row": where.row, "column": where.column, "heading": self.heading}


Answers = Mapping[str, int]
"""What the sender chose where the file left a choice: the option's kind, and its number in the file from 0."""


def read_answers(text: str) -> dict[str, int]:
    """Answers as they come back from buttons, `s1,f2.7`; what isn't one is left out."""
    found: dict[str, int] = {}
    for part in text.split(","):
        kind, _, number = part.rpartition(".")
        if kind and number.isdecimal() and len(number) < 8:
            found[kind] = int(number)
    return found


def choose(
    code: str, kind: str, options: Mapping[int, Option], answers: Answers, where: Where | None, **params: object
) -> int | Problem:
    """The number of the option that was chosen, or the question. An answer that is no option is asked again."""
    given = answers.get(kind)
    if given is not None and given in options:
        return given
    return Problem(code, Level.BLOCK, where, params={"n": len(options), **params}, options=tuple(options.values()))
