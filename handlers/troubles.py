"""Problems found by validation, made fit for keeping until they are said, and for saying."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from locales import Texts
from measures.masking import masked
from measures.problems import Level, Problem, Where
from measures.sentences import describe_all

PERSONAL = frozenset({"cpr", "patient_list", "plo_format"})
"""Codes of content about patients: nothing of the file is kept, and it must be deleted in Slack."""
ABOUT_THE_FILE = frozenset({"wrong_period", "wrong_practice", "heading_guessed"})
"""Codes whose words are known to us: a time, a number of a practice, a heading that nearly is one of ours."""


def kept(problems: Iterable[Problem]) -> list[dict[str, Any]]:
    """Problems as they may be stored: places, codes and numbers, never a cell's words."""
    return [_kept(problem) for problem in problems]


def _kept(problem: Problem) -> dict[str, Any]:
    where = problem.where
    return {
        "code": problem.code,
        "level": problem.level.value,
        "where": [where.sheet, where.row, where.column] if where else None,
        "found": problem.found if problem.code in ABOUT_THE_FILE else masked(problem.found),
        "expected": problem.expected,
        "params": dict(problem.params),
    }


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
        )
        for each in stored
    ]


def sentences(stored: Iterable[Mapping[str, Any]], t: Texts) -> list[str]:
    """What was stored, as sentences in the reader's language."""
    return describe_all(restored(stored), t)
