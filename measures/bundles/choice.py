"""What whoever sent a file for all practices can choose in it: a column, the rows with some words, or a sheet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from measures.bundles.grouped import BY_WORDS
from measures.reading.problems import Level, Option, Problem, Where
from measures.reading.table import SheetCells
from measures.tables.chosen import at

CHOICES = ("named_twice", "rows_apart")
"""What can be chosen once for all practices, in this order."""
MOST = 12
"""More than that nobody looks through in a message."""


def choice_of(sheet: SheetCells, problems: Iterable[Problem]) -> Problem | None:
    """The first choice that some practices' rows leave, with the candidates of all of them; None when there is none,
    or too many."""
    open_ = [problem for problem in problems if problem.options]
    for code in CHOICES:
        of_code = [problem for problem in open_ if problem.code == code]
        if of_code:
            kind = _kind(of_code[0].options[0])
            options = [each for problem in of_code for each in problem.options if _kind(each) == kind]
            different = _different(sheet, options)
            params = {"n": len(different), **of_code[0].params} | {"values": ""}
            fits = 1 < len(different) <= MOST
            return Problem(code, Level.BLOCK, None, params=params, options=tuple(different)) if fits else None
    return None


def choice_of_sheets(names: Mapping[int, str], practices: int) -> Problem:
    """Which of several sheets is meant; `names` by the sheets' numbers."""
    options = tuple(Option(f"s.{number}", Where(name)) for number, name in names.items())
    params = {"n": len(names), "practices": practices}
    return Problem("several_sheets", Level.BLOCK, params=params, options=options if len(options) <= MOST else ())


def _kind(option: Option) -> str:
    return option.key.rpartition(".")[0]


def _different(sheet: SheetCells, options: list[Option]) -> list[Option]:
    """Each column, or each of the words that tell rows apart, once."""
    found: dict[object, Option] = {}
    for option in options:
        kind, _, number = option.key.rpartition(".")
        if kind.startswith(BY_WORDS):
            found.setdefault(at(sheet, int(number), int(kind[len(BY_WORDS) :])), option)
        else:
            where = option.where
            found.setdefault(number, replace(option, where=Where(where.sheet, None, where.column)))
    return list(found.values())
