"""What is done with what came in: at once, after it was kept, or when a form is sent; and with plain words."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

from handlers.turn import Checker, Handler, Turn


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
    is_kept: bool = True
    """False: it is never stored, for it carries who sent it. ``apply`` runs while Slack waits, and what it answers
    comes in place of the form."""


Route = Direct | Kept


@dataclass(frozen=True)
class Intent:
    """Something that is asked for in people's own words, and what is done then.

    ``Direct`` shows what is asked for, or asks before anything changes; ``Kept`` only owes files and pictures that the
    reader could fetch by a command. What the slots of the sentence hold stands in ``turn.state``.
    """

    sentences: Path
    """The templates and their test sentences (``handlers.words.grammar``); the file is called as the intent is."""
    run: Route
    label: str = ""
    """What a button calls it when words are only likely to mean it; English, marked with N_. Empty: no button."""
    leads: bool = False
    """Only for those who run the cluster; the others are told who does."""
    about: Callable[[Turn], Awaitable[str]] | None = None
    """What the answer is about (``meeting:7``), where it is a card that is to show the state as it will be."""
    changes: bool = False
    """It asks before something changes: never done of words that were quoted."""
    everywhere: bool = False
    """It answers for all clusters of the reader, or for none; any other answer says which of several it is about."""
    is_small_talk: bool = False
    """Kind words, answered kindly and not too often; looked at when they are neither numbers nor an answer."""


def sentences(room: str, name: str) -> Path:
    """The file of an intent, in the folder beside a room's module: ``sentences(__file__, "next_meeting")``."""
    return Path(room).with_name("sentences") / f"{name}.toml"
