"""The words that columns hold: what something is, how it stands, where it came from. Stored as they stand here."""

from __future__ import annotations

from enum import IntEnum, StrEnum


class Role(StrEnum):
    """What a member may do in the cluster."""

    COORDINATOR = "coordinator"
    DEPUTY = "deputy"
    MEMBER = "member"
    OBSERVER = "observer"


class Placing(StrEnum):
    """Why a member is not confirmed in a practice."""

    NEW = ""
    ASKED = "asked"
    """A colleague's yes is waited for."""
    REFUSED = "refused"
    """It is the wrong practice."""


class MeetingState(StrEnum):
    """How a meeting stands. Whether it is over is a question of the clock."""

    DRAFT = "draft"
    """Written down, and nobody has been told."""
    PLANNED = "planned"
    CANCELLED = "cancelled"


class Rsvp(StrEnum):
    """What somebody answers to an invitation."""

    YES = "yes"
    MAYBE = "maybe"
    ONLINE = "online"
    """Takes part from a screen in a meeting that has a place."""
    NO = "no"
    WAITS = "waits"
    """Would come, and all seats are taken; nobody chooses that."""


COMING = frozenset({Rsvp.YES, Rsvp.ONLINE})
"""Who takes part."""
EXPECTED = COMING | {Rsvp.MAYBE}
"""Who may: the meeting belongs in their calendars."""


class ItemKind(StrEnum):
    """What a point of an agenda is to the plan."""

    WELCOME = "welcome"
    DATA = "data"
    """The cluster's numbers: their time is protected."""
    TALK = "talk"
    GROUP = "group"
    PLENUM = "plenum"
    POINT = "point"
    """Anything else that is spoken about."""
    BREAK = "break"
    FOOD = "food"
    SOCIAL = "social"


class ItemState(StrEnum):
    """How a point of an agenda stands."""

    PROPOSED = "proposed"
    """Somebody wishes it; whoever runs the cluster has not said."""
    PLANNED = "planned"
    DONE = "done"
    LATER = "later"
    """Not reached, or put off: for the next meeting."""
    CARRIED = "carried"
    """Taken to another meeting."""


class PollState(StrEnum):
    """How a date poll stands."""

    OPEN = "open"
    CLOSED = "closed"
    """Nobody can answer any more, and no date has been chosen."""
    SETTLED = "settled"
    """A date was chosen, and the meeting called."""
    CANCELLED = "cancelled"


class Suits(StrEnum):
    """What somebody says to a date."""

    YES = "yes"
    IF_NEEDED = "if_needed"
    NO = "no"


class RoundState(StrEnum):
    """How a collection of numbers stands. Late data is still taken while released."""

    DRAFT = "draft"
    """Written down, and nobody has been asked; with an hour it is sent at that hour."""
    OPEN = "open"
    RELEASED = "released"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class SubmissionState(StrEnum):
    """How one version of a practice's numbers stands."""

    DRAFT = "draft"
    """Waits for the member's yes."""
    ACCEPTED = "accepted"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"
    DROPPED = "dropped"


class Source(StrEnum):
    """Where a practice's numbers came from."""

    FILE = "file"
    FORM = "form"
    REPLY = "reply"
    BUNDLE = "bundle"
    """A file for all practices."""
    NONE = "none"
    """ "Ingen data"."""


class ProposalState(StrEnum):
    """How something stands that was read, shown, and is saved when a coordinator says yes."""

    WAITING = "waiting"
    CONFIRMED = "confirmed"
    DROPPED = "dropped"


class AgreementState(StrEnum):
    """How an agreed change stands."""

    OPEN = "open"
    MEASURED = "measured"
    DROPPED = "dropped"


class Grade(StrEnum):
    """Who may ever know what somebody answers in an evaluation."""

    ANONYMOUS = "anonymous"
    """Nobody."""
    CONFIDENTIAL = "confidential"
    """The program, until it is over."""


class AppraisalState(StrEnum):
    """How an evaluation stands."""

    OPEN = "open"
    OVER = "over"


class CommitmentState(StrEnum):
    """How it stands with what a practice will change."""

    ASKED = "asked"
    NOTHING = "nothing"
    """It has that in hand already."""
    MEANT = "meant"
    GOING = "going"
    NOT_YET = "not_yet"
    DROPPED = "dropped"


class IdeaState(StrEnum):
    """How a suggested topic stands."""

    OPEN = "open"
    DROPPED = "dropped"
    """Taken out, by who suggested it or by who runs the cluster."""
    CHOSEN = "chosen"


class Deciders(StrEnum):
    """Who decides what a cluster takes up."""

    ALL = "everyone"
    BOARD = "board"
    COORDINATOR = "coordinator"


class VoteKind(StrEnum):
    """Whether a vote tells what is wished for, or which topic is taken up."""

    POLL = "poll"
    VOTE = "vote"


class VoteState(StrEnum):
    """How a vote stands."""

    OPEN = "open"
    CLOSED = "closed"
    STOPPED = "stopped"
    """Called off: nothing was counted."""


class Said(StrEnum):
    """A yes or a no that was asked for, or not yet said."""

    NOTHING = ""
    YES = "yes"
    NO = "no"


class InboxState(StrEnum):
    """How something stands that Slack told us."""

    WAITING = "waiting"
    DONE = "done"
    DEAD = "dead"
    DROPPED = "dropped"
    """Dead, and somebody let it lie."""


class OutboxState(StrEnum):
    """How something stands that we owe."""

    WAITING = "waiting"
    SENT = "sent"
    DROPPED = "dropped"
    """No longer true."""
    MISSED = "missed"
    """Too late."""
    DEAD = "dead"


class How(StrEnum):
    """What is done about something owed."""

    POST = "post"
    UPDATE = "update"
    """A card is drawn again where it stands."""
    EDIT = "edit"
    """An earlier message, named by ``row`` of the params, is drawn again where it stands."""
    HOME = "home"
    STEP = "step"
    """Nothing is said: something is done at an hour."""


class Urgency(IntEnum):
    """What goes first; there are no others, for each is claimed in its turn."""

    ANSWER = 1
    """To a person who waits."""
    ORDINARY = 5
    BULK = 9


WORDS: tuple[type[StrEnum], ...] = (
    Role, Placing, MeetingState, Rsvp, PollState, Suits, ItemKind, ItemState, RoundState, SubmissionState, Source,
    ProposalState, AgreementState, Grade, AppraisalState, CommitmentState, Said, InboxState, OutboxState, How,
    IdeaState, Deciders, VoteKind, VoteState,
)  # fmt: skip
