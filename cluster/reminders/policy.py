"""What a feature says of its reminders, as data: when, at most how many, and what becomes of them meanwhile."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import Enum, auto

AT_ONCE = timedelta(0)


class Anchor(Enum):
    """What the moment of a reminder is counted from."""

    DEADLINE = auto()
    """So long before the answer is wanted."""
    NEXT = auto()
    """So long before the reminder that comes after it."""
    START = auto()
    """This many workdays after the asking."""


class Fit(Enum):
    """Where a moment goes that falls when people are not at work."""

    BEFORE = auto()
    """To the last hour of the workday before."""
    AFTER = auto()
    """To the first hour of the next workday."""
    NEAR = auto()
    """Before if that is in time, else after."""
    MORNING = auto()
    """Always to the policy's hour: of that day, or of the workday before."""


class Leave(Enum):
    """What becomes of a reminder to somebody who is away."""

    LEFT_OUT = auto()
    WAITS = auto()
    """It is said on the return, whatever has passed then."""
    WAITS_IN_TIME = auto()
    """It is said on the return, or at its hour to who is back only after the deadline."""


@dataclass(frozen=True)
class Timing:
    """One reminder: how far from its anchor, and where it may lie."""

    anchor: Anchor = Anchor.DEADLINE
    days: int = 0
    """By the calendar on the wall, so that summer time moves nothing."""
    elapsed: timedelta = AT_ONCE
    fit: Fit = Fit.BEFORE
    peace: timedelta = AT_ONCE
    """Never sooner than this after the asking."""
    rest: timedelta = AT_ONCE
    """Never later than this before the deadline."""
    gap: int = 0
    """Never fewer days than this before the one that follows, also where quiet weeks move it."""


@dataclass(frozen=True)
class Pace:
    """The reminders of an asking that leaves at least so much time, the last first; one without room ends the row."""

    points: tuple[Timing, ...]
    lead: timedelta = timedelta.min


@dataclass(frozen=True)
class Snoozing:
    """How "remind me later" goes."""

    kind: str
    """What is said at the hour that was chosen."""
    unknown: str
    """Code of the refusal of a choice that there is not."""
    too_late: str
    """Code of the refusal of a moment after the deadline."""
    hour: int = 0
    """Not before this hour of the day."""
    squeezes: bool = False
    """Whether a moment after the deadline becomes the deadline's morning."""
    holds_nudges: bool = False
    """Whether who sleeps is left in peace by the coordinator's wish too."""


@dataclass(frozen=True)
class Escalation:
    """When the coordinators hear who has not answered; one of the two."""

    before: timedelta | None = None
    """So long before the deadline, or half-way when there is less time."""
    after_last: timedelta | None = None
    """So long after the last reminder, if that is before the deadline."""


@dataclass(frozen=True)
class Policy:
    """Everything that one kind of reminders differs in from the others."""

    kind: str
    paces: tuple[Pace, ...]
    """The first that an asking leaves time for; none, and there are no reminders."""
    planned_key: str
    """Key of a planned reminder in the outbox: ``remind:{about}:{n}:{who}``; ``id`` is the number in the subject."""
    leave: Leave
    most: int = 3
    hour: int = 0
    """Of reminders that come in the morning."""
    overtaken_by: timedelta = AT_ONCE
    """A reminder whose successor is due within this is left out: after an outage one is said and not three."""
    asks_late: bool = False
    """Whether what a coordinator or the member wished for is said after the deadline too."""
    nudge_key: str = ""
    snooze_key: str = ""
    snoozing: Snoozing | None = None
    escalation: Escalation | None = None
    numbered: str = "number"
    """The name of a planned reminder's number in its params."""

    @property
    def kinds(self) -> tuple[str, ...]:
        """Every kind of message that is a reminder under this policy."""
        own = (self.kind,)
        return own if self.snoozing is None or self.snoozing.kind in own else (*own, self.snoozing.kind)
