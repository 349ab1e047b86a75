"""Which date is best: the one that most practices can be at, of equal ones the one that most people can. Pure.

»If need be« counts half: a practice that only can if it must is half there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from storage.models import Member, PollDate
from storage.words import Suits


@dataclass(frozen=True)
class DateTally:
    """What was said to one date, by name; only for those who run the cluster."""

    date: PollDate
    people: Mapping[Suits | None, Sequence[Member]]
    covered: frozenset[int] = field(default_factory=frozenset)
    """Practices of which somebody can …"""
    halfway: frozenset[int] = field(default_factory=frozenset)
    """… and those of which somebody can only if need be."""

    def many(self, suits: Suits | None) -> int:
        """How many said so."""
        return len(self.people.get(suits, ()))

    @property
    def weight(self) -> tuple[int, int]:
        """What dates are ranked by, in halves."""
        people = 2 * self.many(Suits.YES) + self.many(Suits.IF_NEEDED)
        return 2 * len(self.covered) + len(self.halfway), people


def tally(date: PollDate, said: Iterable[tuple[Member, Suits | None]]) -> DateTally:
    """One date, counted."""
    people: dict[Suits | None, list[Member]] = {}
    for member, suits in said:
        people.setdefault(suits, []).append(member)
    covered = _practices(people.get(Suits.YES, ()))
    return DateTally(date, people, covered, _practices(people.get(Suits.IF_NEEDED, ())) - covered)


def ranked(tallies: Iterable[DateTally]) -> list[DateTally]:
    """The best first; of equal ones the earliest, without a word that it is better."""
    return sorted(tallies, key=lambda each: (*(-part for part in each.weight), each.date.starts_at, each.date.id))


def best(tallies: Iterable[DateTally]) -> list[DateTally]:
    """The best date; several where nothing is between them, none where nobody can at all."""
    found = ranked(tallies)
    return [each for each in found if each.weight == found[0].weight and any(each.weight)]


def _practices(people: Iterable[Member]) -> frozenset[int]:
    return frozenset(each.practice_id for each in people if each.practice_id is not None)
