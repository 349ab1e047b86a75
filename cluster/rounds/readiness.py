"""How far a round is from its charts: who has answered, and what the charts would hold."""

from __future__ import annotations

from dataclasses import dataclass

from cluster.rounds import standing
from measures.disclosure.hiding import MIN_FOR_MEAN


@dataclass(frozen=True)
class Readiness:
    """Whether a round can be released, and what the charts would hold."""

    tally: standing.RoundTally
    contributing: int
    """Practices whose numbers may be used: given, and with a consent that holds."""
    drawn: int
    """Those of them whom the others would be drawn from: without the few that a file's sender could single out."""
    needed: int
    """Practices from which the others are drawn."""
    share: int
    """Per cent of the practices that must have answered for a release by itself."""

    @property
    def by_itself(self) -> bool:
        """Whether the rule for a release at the deadline is met."""
        enough = self.tally.answered * 100 >= self.share * self.tally.total
        return enough and self.drawn >= self.needed

    @property
    def shows_others(self) -> bool:
        """Whether charts would show the other practices."""
        return self.drawn >= self.needed

    @property
    def shows_mean(self) -> bool:
        """Whether charts would show the cluster as a whole."""
        return self.drawn >= MIN_FOR_MEAN
