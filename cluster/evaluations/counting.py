"""Answers to an evaluation, counted: what is added together before it is kept, and what may be told of it."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil, floor
from typing import Any

QUESTIONS = ("learning", "company", "sparring", "speaker", "data", "benefit")
"""The five criteria of a good meeting, and the benefit of it all."""
SCALE = (1, 2, 3, 4, 5)
SKIPPED = 0
MARKS = ("time", "benefit", "few")
"""What a critical voice may tick: too much time, too little in it, too few who carry it."""
LEAST = 5
"""Answers to a question, and people who are added together at once; of fewer nothing is kept or told."""
COMMENTS_FROM = 10
FEW = 3
"""Of fewer ticks is only said that they are fewer."""
LONGEST = 500


@dataclass(frozen=True)
class Ballot:
    """One person's answers."""

    answers: Mapping[str, int]
    marks: frozenset[str] = frozenset()
    comment: str = ""


@dataclass(frozen=True)
class Tally:
    """Answers of several people, added together."""

    ballots: int
    counts: Mapping[str, Mapping[str, int]]
    comments: Sequence[str]


EMPTY = Tally(0, {}, ())


@dataclass(frozen=True)
class QuestionTold:
    """What is told of a question: the counts, or else only between what the mean lies."""

    counts: Mapping[str, int]
    low: int
    high: int


@dataclass(frozen=True)
class ToldAnswers:
    """What is told of an evaluation."""

    ballots: int
    questions: Mapping[str, QuestionTold]
    marks: Mapping[str, int]
    comments: Sequence[str]


def as_told(kept: Mapping[str, Any]) -> ToldAnswers | None:
    """As it was kept; None when nothing may be told."""
    if not kept:
        return None
    questions = {
        name: QuestionTold(each.get("counts", {}), each.get("low", 0), each.get("high", 0))
        for name, each in kept["questions"].items()
    }
    return ToldAnswers(kept["ballots"], questions, kept["marks"], kept["comments"])


def is_mixed(ballots: Sequence[Ballot]) -> bool:
    """Whether nothing was answered by all of these alike: else adding them together would tell what each has said."""
    alike = [question for question in QUESTIONS if len({each.answers.get(question, SKIPPED) for each in ballots}) == 1]
    rated = [question for question in alike if ballots[0].answers.get(question, SKIPPED) != SKIPPED]
    return not rated and not frozenset.intersection(*(each.marks for each in ballots))


def added(before: Tally, ballots: Sequence[Ballot], chance: random.Random) -> Tally:
    """With these in it. What all of them answered alike is kept as one of two neighbouring answers."""
    counts = {question: dict(given) for question, given in before.counts.items()}
    for question in QUESTIONS:
        given = [each.answers.get(question, SKIPPED) for each in ballots]
        for answer in given:
            key = _blurred(answer) if len(set(given)) == 1 and answer else str(answer)
            counts.setdefault(question, {})[key] = counts.get(question, {}).get(key, 0) + 1
    everybodys = frozenset.intersection(*(each.marks for each in ballots))
    for mark in MARKS:
        ticked = sum(mark in each.marks for each in ballots)
        counts.setdefault("marks", {})[mark] = counts.get("marks", {}).get(mark, 0) + ticked - (mark in everybodys)
    comments = [*before.comments, *(each.comment for each in ballots if each.comment)]
    chance.shuffle(comments)
    return Tally(before.ballots + len(ballots), counts, comments)


def _blurred(answer: int) -> str:
    low = answer - 1 if answer > SCALE[2] else answer
    return f"{low}-{low + 1}"


def told(tally: Tally, chance: random.Random) -> dict[str, Any]:
    """What may be told of it: each question that five have answered, ticks, and comments when ten have answered."""
    if tally.ballots < LEAST:
        return {}
    found = {question: _of(tally.counts.get(question, {})) for question in QUESTIONS}
    ticks = tally.counts.get("marks", {})
    comments = list(tally.comments) if tally.ballots >= COMMENTS_FROM else []
    chance.shuffle(comments)
    return {
        "ballots": tally.ballots,
        "questions": {question: each for question, each in found.items() if each is not None},
        "marks": {mark: min(n, tally.ballots - 1) for mark, n in ticks.items() if n >= FEW},
        "comments": comments,
    }


def _of(counts: Mapping[str, int]) -> dict[str, Any] | None:
    """One question: the counts when ten have answered it and not all alike, else only between what the mean lies."""
    ends = [(*map(int, key.split("-")), n) if "-" in key else (int(key), int(key), n) for key, n in counts.items()]
    rated = [(low, high, n) for low, high, n in ends if low != SKIPPED]
    n = sum(each[2] for each in rated)
    if n < LEAST:
        return None
    is_blurred = any(low != high for low, high, _ in rated)
    if n >= 2 * LEAST and not is_blurred and len(rated) > 1:
        return {"n": n, "counts": {str(low): many for low, _, many in sorted(rated)}}
    low = floor(sum(each[0] * each[2] for each in rated) / n)
    high = ceil(sum(each[1] * each[2] for each in rated) / n)
    if low == high:
        low, high = (low - 1, high) if high > SCALE[2] else (low, high + 1)
    return {"n": n, "low": low, "high": high}
