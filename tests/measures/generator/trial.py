"""Random files with a known truth, read as a member's would be: how many wrong numbers are kept, how many clear ones
are accepted."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from measures.limits import Limits
from measures.package import load
from measures.problems import Refused
from measures.reader import read
from measures.validation import Verdict, check
from tests.bench.row import Row
from tests.measures.generator.decoys import ABOUT_A_FIELD, DECOYS, HARMLESS
from tests.measures.generator.draft import PERIOD, Draft, plain

CLEAR_MARK = 0.9


@dataclass(frozen=True)
class Tally:
    """What came of some files; two can be added."""

    files: int = 0
    wrong: int = 0
    clear: int = 0
    accepted: int = 0

    def __add__(self, more: Tally) -> Tally:
        return Tally(
            self.files + more.files, self.wrong + more.wrong, self.clear + more.clear, self.accepted + more.accepted
        )

    def rows(self, about: str) -> list[Row]:
        """Both figures with their marks."""
        share = self.accepted / self.clear if self.clear else 1.0
        return [
            Row(f"{about}: wrong numbers kept in silence", f"{self.wrong} in {self.files}", "0", self.wrong == 0),
            Row(
                f"{about}: clear ones accepted without a question",
                f"{share:.1%} of {self.clear}",
                f"≥ {CLEAR_MARK:.0%}",
                share >= CLEAR_MARK,
            ),
        ]


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
