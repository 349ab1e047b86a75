"""A verdict on a file as plain data: for programs, and for people at a command line."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from measures.checking.sentences import describe
from measures.checking.validation import Period, PracticeFacts, Verdict, check
from measures.packages.package import Package
from measures.reading.headers import read_ydernummer
from measures.reading.intake import read_table
from measures.reading.limits import Limits
from measures.reading.problems import Problem, Refused, repair_of
from measures.texts import Texts

ACCEPTED, NEEDS_ANSWER, REFUSED = "accepted", "needs_answer", "refused"


def try_file(
    data: bytes,
    name: str,
    package: Package,
    practice: PracticeFacts,
    period: Period | None,
    limits: Limits | None = None,
) -> Verdict:
    """The verdict on a file as its sender would get it. Without a practice number, the file's own is believed."""
    try:
        table = read_table(data, name, limits)
    except Refused as refused:
        return Verdict(dict.fromkeys((item.id for item in package.fields), None), (refused.problem,))
    verdict = check(table, package, practice, period=period)
    if not practice.ydernummer and (own := _number_in(verdict)):
        return check(table, package, replace(practice, ydernummer=own), period=period)
    return verdict


def _number_in(verdict: Verdict) -> str | None:
    found = [problem.found for problem in verdict.problems if problem.code == "wrong_practice"]
    return read_ydernummer(found[0]) if found else None


def outcome(verdict: Verdict) -> str:
    """What became of the file, in one word."""
    if not verdict.ok:
        return REFUSED
    return NEEDS_ANSWER if verdict.needs_answer else ACCEPTED


def as_data(verdict: Verdict, package: Package, t: Texts) -> dict[str, Any]:
    """The verdict as JSON can hold it; every problem with its code, its place and its sentence."""
    return {
        "outcome": outcome(verdict),
        "package": package.id,
        "values": verdict.values,
        "problems": [_told(problem, t) for problem in verdict.problems],
        "questions": [_told(problem, t) for problem in verdict.questions],
        "notes": [_told(problem, t) for problem in verdict.notes],
    }


def _told(problem: Problem, t: Texts) -> dict[str, Any]:
    where = problem.where
    return {
        "code": problem.code,
        "level": problem.level.value,
        "repair": repair_of(problem.code),
        "sheet": where.sheet if where else None,
        "row": where.row if where else None,
        "column": where.column if where else None,
        "found": problem.found,
        "expected": problem.expected,
        "message": describe(problem, t),
    }


__all__ = ["ACCEPTED", "NEEDS_ANSWER", "REFUSED", "as_data", "outcome", "try_file"]
