"""Random files with a known truth, read as a member's would be: how many wrong numbers are kept, how many clear ones
are accepted."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass
from typing import NamedTuple

from measures.limits import Limits
from measures.package import load
from measures.problems import Refused
from measures.reader import read
from measures.validation import Verdict, check
from tests.measures.generator.decoys import ABOUT_A_FIELD, DECOYS, HARMLESS
from tests.measures.generator.draft import PERIOD, Draft, plain

CLEAR_MARK = 0.9


class Row(NamedTuple):
    """One figure against its mark."""

    name: str
    figure: float
    mark: float
    holds: bool


@dataclass(frozen=True)
class Trial:
    """One file with what was made of it."""

    draft: Draft
    data: bytes
    verdict: Verdict | None

    @property
    def silent(self) -> bool:
        """Whether the numbers were kept without a question."""
        return self.verdict is not None and self.verdict.ok and not self.verdict.questions

    @property
    def wrong(self) -> dict[str, int]:
        """The numbers that were kept without a question and are not true."""
        if not self.silent or self.verdict is None:
            return {}
        kept = {name: value for name, value in self.verdict.values.items() if value is not None}
        register = {each.params["id"] for each in self.verdict.notes if each.code == "listed_from_register"}
        return {name: value for name, value in kept.items() if name not in register and self.draft.truth[name] != value}


def draw(dice: random.Random) -> Draft:
    """A random file: a plain one, with harmless things around it and up to two decoys in it."""
    while True:
        draft = plain(dice)
        changes = [*dice.sample(HARMLESS, dice.randint(0, 2)), *dice.sample(DECOYS, dice.choice((0, 1, 1, 1, 2)))]
        if sum(change in ABOUT_A_FIELD for change in changes) > 1:
            continue  # two at once, and nobody could say what is true
        try:
            fits = [change(draft) for change in changes]
        except (ValueError, IndexError):
            continue
        if all(fits):
            draft.made = [change.__name__ for change in changes]
            return draft


def attempt(dice: random.Random) -> Trial:
    """One file, drawn and read."""
    draft = draw(dice)
    data, _ = draft.data()
    try:
        table = read(data, Limits())
    except Refused:
        return Trial(draft, data, None)
    return Trial(draft, data, check(table, load("kol"), draft.facts, period=PERIOD))


def run(n: int, seed: int) -> list[Row]:
    """So many files: how many wrong numbers were kept without a question, what share of the clear ones was accepted."""
    wrong, clear, accepted = 0, 0, 0
    for number in range(n):
        trial = attempt(random.Random(f"{seed}/{number}"))
        wrong += len(trial.wrong)
        if trial.draft.clear:
            clear += 1
            accepted += trial.silent
    share = accepted / clear if clear else 1.0
    return [
        Row("wrong numbers kept without a question", wrong, 0, wrong == 0),
        Row("clear files accepted without a question", round(share, 4), CLEAR_MARK, share >= CLEAR_MARK),
    ]


def blame(n: int, seed: int) -> tuple[Counter[str], Counter[str]]:
    """What wrong numbers were kept through, and what clear files were asked about: for whoever mends it."""
    wrong: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    for number in range(n):
        trial = attempt(random.Random(f"{seed}/{number}"))
        if trial.wrong:
            wrong[f"{number}: {'+'.join(trial.draft.made)}"] += len(trial.wrong)
        if trial.draft.clear and not trial.silent:
            found = trial.verdict.problems or trial.verdict.questions if trial.verdict else ()
            asked[f"{'+'.join(trial.draft.made)}: {sorted({each.code for each in found})}"] += 1
    return wrong, asked
