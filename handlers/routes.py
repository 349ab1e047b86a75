"""The routing table's vocabulary: what is answered at once, what is kept first, and what a form needs."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field

from cluster.notices import Owed
from handlers.message import Message
from handlers.turn import Checker, Handler, Suggester, Tools
from locales import Texts
from storage.unit_of_work import Look, UnitOfWork


@dataclass(frozen=True)
class Direct:
    """Answered while Slack waits (three seconds): opens a form or shows what is. Changes nothing."""

    run: Handler


@dataclass(frozen=True)
class Kept:
    """Stored in the inbox before it is acknowledged, then worked on: everything that changes something."""

    run: Handler


@dataclass(frozen=True)
class Form:
    """A form sent in: ``check`` answers with field errors while Slack waits, ``apply`` is worked from the inbox."""

    apply: Handler
    check: Checker | None = None


Route = Direct | Kept


@dataclass(frozen=True)
class Rendering:
    """What a renderer may look at: the owed row, the reader's texts, the state as it is now."""

    owed: Owed
    t: Texts
    tools: Tools
    state: Look
    errors: Mapping[str, str] = field(default_factory=dict)
    """Every feature's sentences for refusals, by code."""

    @property
    def number(self) -> int:
        """The id in the row's subject: 7 of ``meeting:7``."""
        return self.owed.number


Renderer = Callable[[Rendering], Awaitable[Message | None]]
"""None means: no longer true, drop it (a reminder for a cancelled meeting)."""

Step = Callable[[UnitOfWork, Owed, Tools], Awaitable[None]]
"""Something to do at an hour; runs in the transaction that marks the row as done, so it commits nothing itself."""


@dataclass(frozen=True)
class Routes:
    """What one feature listens to and can say."""

    commands: dict[str, Route] = field(default_factory=dict)
    """Sub-commands of ``/klynge`` in Danish and English: ``møde``, ``meeting`` …"""
    actions: dict[str, Route] = field(default_factory=dict)
    forms: dict[str, Form] = field(default_factory=dict)
    events: dict[str, Route] = field(default_factory=dict)
    """Event types; messages to the bot are ``message`` and ``message.file_share``."""
    suggestions: dict[str, Suggester] = field(default_factory=dict)
    """Action id of a menu with more choices than Slack shows → those that fit what was typed (``turn.words``)."""
    notices: dict[str, Renderer] = field(default_factory=dict)
    """Kind of owed row → its sentences."""
    steps: dict[str, Step] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    """Code of a ClusterError → English sentence (marked with N_), translated when it is said."""
    heavy: set[str] = field(default_factory=set)
    """Names from above that take their time: files to read, charts to draw. They never hold up the conversation."""


def merge(parts: Iterable[Routes]) -> Routes:
    """One table of all; the same name twice is a mistake in the code."""
    merged = Routes()
    for part in parts:
        for name in ("commands", "actions", "forms", "events", "suggestions", "notices", "steps", "errors"):
            target, source = getattr(merged, name), getattr(part, name)
            if doubled := target.keys() & source.keys():
                raise ValueError(f"{name} routed twice: {sorted(doubled)}")
            target.update(source)
        merged.heavy.update(part.heavy)
    return merged
