"""Kinds of messages, whom each is for and what else is true of it: one without an audience cannot be written down.

Every room says what it can owe in its ``room.py``; ``cluster.rooms`` puts them together.
"""

from __future__ import annotations

from enum import Enum, StrEnum, auto
from typing import Self


class Audience(Enum):
    """Whom a kind of message is for."""

    ANYBODY = auto()
    """What stands where something was and says nothing of it, or asks by itself what its reader may see: also for those
    who have left."""
    LEFT = auto()
    """Whoever has just left, about nothing but their own part; not one who has come back meanwhile."""
    CHANNEL = auto()
    """The cluster's channel: counts and what the cluster has agreed, no names of who has not answered, no numbers."""
    SELF = auto()
    """Whoever did something: the answer to it, and what concerns nobody else."""
    MEMBER = auto()
    """A member of the cluster."""
    LEADER = auto()
    """Who runs the cluster now: names, lists and sheets."""
    LISTED = auto()
    """Who is down at the practice, confirmed or not: what it is asked for."""
    PRACTICE = auto()
    """Who is confirmed in the practice and does not only look on: its numbers, charts, history and consent."""
    PRACTICE_AND_LEADERS = auto()
    """News of a practice without its numbers: its people, and who runs the cluster now."""


class Trait(Enum):
    """What is true of some kinds: each says it of itself, and nobody keeps a list of them."""

    REMINDS = auto()
    """A reminder: a ``Policy`` says when, and what is due on one day is said to a member in one message."""
    STANDS = auto()
    """A card that a coordinator works from: whoever runs the cluster next gets it, while there is work in it."""
    FOR_DEPUTIES = auto()
    """Such a card that whoever becomes a deputy gets too."""
    COMPARES = auto()
    """Has pictures made from the numbers of several practices: where it stands is kept as long as it can be wrong."""
    ANEW = auto()
    """Said once to each member, and once more to one who has been gone and comes back."""


class MessageKind(StrEnum):
    """Kinds of messages of one room: ``CARD = "meeting.card", Audience.MEMBER, Trait.ANEW``."""

    audience: Audience
    traits: frozenset[Trait]

    def __new__(cls, value: str, audience: Audience, *traits: Trait) -> Self:
        """A message that says not whom it is for would go to whoever it was once meant for."""
        kind = str.__new__(cls, value)
        kind._value_ = value
        kind.audience = audience
        kind.traits = frozenset(traits)
        return kind
