"""Random files with a known truth, read as a member's would be: how many wrong numbers are kept, how many clear ones
are accepted."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from measures.checking.validation import Verdict, check
from measures.reading.limits import Limits
from measures.reading.problems import Refused
from measures.reading.reader import read
from tests.bench.row import Row
from tests.measures.generator.decoys import ABOUT_A_FIELD, ABOUT_SHEETS, DECOYS, HARMLESS
from tests.measures.generator.draft import PERIOD, Draft, plain
from tests.measures.generator.tally import Tally, wrong_in


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
        return wrong_in(self.verdict, self.draft.truth)


def draw(dice: random.Random) -> Draft:
    """A random file: a plain one, with harmless things around it and up to two decoys in it."""
    while True:
        draft = plain(dice)
        changes = [*dice.sample(HARMLESS, dice.randint(0, 2)), *dice.sample(DECOYS, dice.choice((0, 1, 1, 1, 2)))]
        if any(sum(change in group for change in changes) > 1 for group in (ABOUT_A_FIELD, ABOUT_SHEETS)):
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
    return Trial(draft, data, check(table, draft.subject.package, draft.facts, period=PERIOD))


def tally(numbers: Iterable[int], seed: int) -> Tally:
    """The files of these numbers: what was kept, and what was asked about."""
    found = Tally()
    for number in numbers:
        trial = attempt(random.Random(f"{seed}/{number}"))
        clear = trial.draft.clear
        found += Tally(1, len(trial.wrong), clear, clear and trial.silent)
    return found


def run(n: int, seed: int) -> list[Row]:
    """So many files: how many wrong numbers were kept without a question, what share of the clear ones was accepted."""
    return tally(range(n), seed).rows("own files")


def blame(n: int, seed: int) -> tuple[Counter[str], Counter[str]]:
    """What wrong numbers were kept through, and what clear files were asked about: for whoever fixes it."""
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
