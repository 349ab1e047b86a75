"""Problems found by validation, made fit for keeping until they are said, and for saying."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from locales import Texts
from measures.problems import Level, Problem, Where
from measures.sentences import describe_all

PERSONAL = frozenset({"cpr", "patient_list", "plo_format"})
"""Codes of content about patients: nothing of the file is kept, and it must be deleted in Slack."""
ABOUT_THE_FILE = frozenset({"wrong_period", "wrong_practice"})
WORD = re.compile(r"[^\W\d_]+")
_WORDS_FOR_NONE = {"ca", "cirka", "ukendt", "ingen", "nul", "ved", "ikke", "mangler", "na", "ja"}
_WORDS_AROUND_NUMBERS = {"nej", "over", "under", "pct", "procent", "stk", "antal", "ref", "div", "value"}
HARMLESS = _WORDS_FOR_NONE | _WORDS_AROUND_NUMBERS
"""Words of a cell that may be repeated. Any other could be a name, so its letters are masked."""


def kept(problems: Iterable[Problem]) -> list[dict[str, Any]]:
    """Problems as they may be stored: places, codes and numbers, never a cell's words."""
    return [_kept(problem) for problem in problems]


def _kept(problem: Problem) -> dict[str, Any]:
    where = problem.where
    return {
        "code": problem.code,
        "level": problem.level.value,
        "where": [where.sheet, where.row, where.column] if where else None,
        "found": problem.found if problem.code in ABOUT_THE_FILE else _masked(problem.found),
        "expected": problem.expected,
        "params": dict(problem.params),
    }


def _masked(found: str | None) -> str | None:
    """A cell's content with its words masked: a name typed into the wrong cell must not be kept."""
    if found is None:
        return None
    return WORD.sub(
        lambda word: word.group() if word.group().casefold() in HARMLESS else "•" * len(word.group()), found
    )


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
