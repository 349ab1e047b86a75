"""What came of random files: wrong numbers that were kept, and clear ones that were accepted."""

from __future__ import annotations

from dataclasses import dataclass

from measures.checking.validation import Verdict
from tests.bench.row import Row
from tests.measures.generator.subjects import Truth

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
        """Both figures with their marks; only the first where no file was held to be clear."""
        kept = Row(f"{about}: wrong numbers kept in silence", f"{self.wrong} in {self.files}", "0", self.wrong == 0)
        if not self.clear:
            return [kept]
        share = self.accepted / self.clear
        figure, mark = f"{share:.1%} of {self.clear}", f"≥ {CLEAR_MARK:.0%}"
        return [kept, Row(f"{about}: clear ones accepted without a question", figure, mark, share >= CLEAR_MARK)]


def wrong_in(verdict: Verdict, truth: Truth) -> dict[str, int]:
    """The numbers of a verdict that are not true; what stands on file for one that is missing is not from the file."""
    kept = {name: value for name, value in verdict.values.items() if value is not None}
    register = {each.params["id"] for each in verdict.notes if each.code == "listed_from_register"}
    return {name: value for name, value in kept.items() if name not in register and truth[name] != value}
