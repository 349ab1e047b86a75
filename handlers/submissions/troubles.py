"""Problems found by validation, made fit for keeping until they are said, and for saying."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from locales import Texts
from measures.checking.sentences import describe_all
from measures.checking.validation import Verdict
from measures.reading.problems import Level, Option, Problem, Where
from measures.sheets.masking import masked, option_words

PERSONAL = frozenset({"cpr", "patient_list", "plo_format"})
"""Codes of content about patients: nothing of the file is kept, and it must be deleted in Slack."""
ABOUT_THE_FILE = frozenset({"wrong_period", "wrong_practice", "heading_guessed", "part_row"})
"""Codes whose words are known to us: a time, a number of a practice, a heading that nearly is one of ours."""


def kept(problems: Iterable[Problem]) -> list[dict[str, Any]]:
    """Problems as they may be stored: places, codes and numbers, never a cell's words."""
    return [_kept(problem) for problem in problems]


def _kept(problem: Problem) -> dict[str, Any]:
    return {
        "code": problem.code,
        "level": problem.level.value,
        "where": _place(problem.where),
        "found": problem.found if problem.code in ABOUT_THE_FILE else masked(problem.found),
        "expected": problem.expected,
        "params": dict(problem.params),
        "options": [[each.key, _place(each.where), option_words(each)] for each in problem.options],
    }


def _place(where: Where | None) -> list[str | int | None] | None:
    return [where.sheet, where.row, where.column] if where else None


def sources(verdict: Verdict) -> dict[str, dict[str, Any]]:
    """Where each number of a verdict stood, as it is kept beside it: a place, the heading that we know, and whether it
    was rounded or comes from what we had on file."""
    rounded = {each.params["id"]: each.found for each in verdict.notes if each.code == "rounded"}
    found: dict[str, dict[str, Any]] = {}
    for name, source in verdict.sources.items():
        where = source.where
        found[name] = {"sheet": where.sheet, "cell": where.cell, "heading": source.heading}
        if name in rounded:
            found[name]["rounded"] = rounded[name]
    for note in verdict.notes:
        if note.code == "listed_from_register":
            found[str(note.params["id"])] = {"register": True}
    return found


MOST_OPTIONS = 12
"""More places than that nobody looks through in a message."""


def options_in(stored: Iterable[Mapping[str, Any]]) -> tuple[Option, ...]:
    """The places that the sender can choose between; none when that is not the only trouble, or there are too many."""
    found = restored(stored)
    options = found[0].options if len(found) == 1 else ()
    return options if 1 < len(options) <= MOST_OPTIONS else ()


def restored(stored: Iterable[Mapping[str, Any]]) -> list[Problem]:
    """The problems that were stored."""
    return [
        Problem(
            each["code"],
            Level(each["level"]),
            Where(*each["where"]) if each["where"] else None,
            each["found"],
            each["expected"],
            each["params"],
            tuple(Option(key, Where(*place), said) for key, place, said in each.get("options", ())),
        )
        for each in stored
    ]


def sentences(stored: Iterable[Mapping[str, Any]], t: Texts) -> list[str]:
    """What was stored, as sentences in the reader's language."""
    return describe_all(restored(stored), t)
