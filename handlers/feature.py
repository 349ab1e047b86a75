"""What a feature says of itself, in one object: what it listens to, what it can say, and what is told about it.

``handlers.table`` puts the features of all rooms together; help, pages and checks are made from that.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from operator import attrgetter
from typing import TypeVar

from cluster.message_kinds import Audience, MessageKind
from cluster.notices import Owed
from handlers.at_home import HomeBlock, HomeLine
from handlers.doors import Door, entrances
from handlers.message import Message
from handlers.routes import Direct, Form, Intent, Kept, Route, sentences
from handlers.turn import Suggester, Tools, led
from handlers.undoing import Undoing
from handlers.words.grammar import Grammar
from locales import Texts
from storage.unit_of_work import Look, UnitOfWork

__all__ = ["Direct", "Form", "Intent", "Kept", "Route", "sentences"]

K = TypeVar("K", bound=str)
T = TypeVar("T")


@dataclass(frozen=True)
class HelpLine:
    """A line of the help: something that can be done here."""

    place: int
    """The lines stand in the order of their places."""
    what: str
    """English, marked with N_; of a command without its name."""
    leads: bool = False
    """Only for those who run the cluster."""


@dataclass(frozen=True)
class Told:
    """What the pages say of a command: English, marked with N_; the pages are Danish, by the catalogue."""

    place: int
    """The order of the work. Commands of the same ten share a line of README."""
    coordinator: str
    """In the table of all commands, ``docs/koordinator.md``."""
    readme: str = ""
    member: str = ""
    """In the table for members, ``docs/medlem.md``."""
    hint: int = 0
    """Its place in what Slack shows while ``/klynge`` is typed; 0 for those that are not shown there."""


@dataclass(frozen=True)
class Command:
    """What can be written after ``/klynge``."""

    names: tuple[str, ...]
    """The Danish one first, then the English one where it is another: ``møde``, ``meeting``."""
    run: Route
    told: Told | None = None
    leads: bool = False
    """Only for those who run the cluster; the others get a kind refusal, whatever ``run`` asks."""
    begins: bool = False
    """Of one that leads: also for whoever may begin a cluster where none is yet, so ``run`` asks who it is."""
    help: tuple[HelpLine, ...] = ()
    door: Door | None = None

    @property
    def route(self) -> Route:
        """What is done when it is written."""
        return replace(self.run, run=led(self.run.run)) if self.leads and not self.begins else self.run


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

Work = Callable[[UnitOfWork, Owed, Tools], Awaitable[None]]
"""Something to do at an hour; runs in the transaction that marks the row as done, so it commits nothing itself."""


@dataclass(frozen=True)
class Notice:
    """What is said to somebody."""

    render: Renderer
    ahead: str = ""
    """What the coordinator's plan calls it, where it may be owed for a later hour; English, marked with N_."""


@dataclass(frozen=True)
class Step:
    """What is done at its hour, without a word."""

    run: Work
    ahead: str | None
    """What the coordinator's plan calls it; None for what only moves things inside the program."""
    can_be_stopped: bool = False


@dataclass(frozen=True)
class AboutPerson:
    """What the page about a person says of a feature: English, marked with N_."""

    headings: Mapping[str, tuple[int, str]] = field(default_factory=dict)
    """Table → its place on the page and what it is called; of rows that somebody only had a hand in, the table with the
    column that says so: ``meeting (created_by)``."""
    columns: Mapping[str, str] = field(default_factory=dict)
    """Column → what it is called, for those that no other feature has (``handlers.members.views.own_data_words``)."""
    messages: Mapping[str, str] = field(default_factory=dict)
    """The beginning of a kind of messages → what they are about."""

    @property
    def by_place(self) -> dict[str, str]:
        """The headings, the most telling first."""
        return {table: said for table, (_, said) in sorted(self.headings.items(), key=lambda each: each[1])}


@dataclass(frozen=True)
class Feature:
    """Everything about one feature: what it listens to, what it can say, what is told about it."""

    commands: Sequence[Command] = ()
    hints: Sequence[HelpLine] = ()
    """Lines of the help about what is done without a command."""
    actions: Mapping[str, Route] = field(default_factory=dict)
    forms: Mapping[str, Form] = field(default_factory=dict)
    events: Mapping[str, Route] = field(default_factory=dict)
    """Event types; messages to the bot are ``message`` and ``message.file_share``."""
    suggestions: Mapping[str, Suggester] = field(default_factory=dict)
    """Action id of a menu with more choices than Slack shows → those that fit what was typed (``turn.words``)."""
    notices: Mapping[MessageKind, Notice] = field(default_factory=dict)
    """Kind of owed row → its sentences. Whom it is for, the kind says (``cluster.message_kinds``)."""
    steps: Mapping[str, Step] = field(default_factory=dict)
    home: Sequence[HomeBlock] = ()
    """What it shows on a person's own page …"""
    home_lines: Sequence[HomeLine] = ()
    """… and tells those who run the cluster there."""
    intents: Mapping[str, Intent] = field(default_factory=dict)
    """What is asked for in people's own words, by the name of it, which is the name of its file of sentences."""
    log: Mapping[str, str] = field(default_factory=dict)
    """What is noted → the sentence that colleagues read of it, with ``{who}`` and ``{subject}``."""
    withheld: Mapping[str, str] = field(default_factory=dict)
    """The same for what is noted for a data protection officer or whoever runs the bot: told to the person alone."""
    undoings: Mapping[str, Undoing] = field(default_factory=dict)
    """What somebody changes → how it is put back within ten minutes, or why it can't be."""
    about_person: AboutPerson = AboutPerson()
    errors: Mapping[str, str] = field(default_factory=dict)
    """Code of a ClusterError → English sentence (marked with N_), translated when it is said."""
    heavy: Iterable[str] = ()
    """Names from above that take their time: files to read, charts to draw. They never hold up the conversation."""


@dataclass(frozen=True)
class FeatureTable:
    """All features together, by the names that Slack and the outbox know things by."""

    features: Sequence[Feature]
    commands: Mapping[str, Route]
    """Sub-commands of ``/klynge`` by each of their names."""
    actions: Mapping[str, Route]
    forms: Mapping[str, Form]
    events: Mapping[str, Route]
    suggestions: Mapping[str, Suggester]
    notices: Mapping[str, Notice]
    audiences: Mapping[str, Audience]
    steps: Mapping[str, Step]
    home: Sequence[HomeBlock]
    home_lines: Sequence[HomeLine]
    intents: Mapping[str, Intent]
    log: Mapping[str, str]
    withheld: Mapping[str, str]
    undoings: Mapping[str, Undoing]
    about_person: AboutPerson
    errors: Mapping[str, str]
    heavy: frozenset[str]

    @cached_property
    def grammar(self) -> Grammar:
        """What people's own words mean, of all features together."""
        return Grammar(intent.sentences for intent in self.intents.values())

    @property
    def said(self) -> list[Command]:
        """Every command once, however many names it has."""
        return [command for feature in self.features for command in feature.commands]

    @property
    def ahead(self) -> dict[str, str]:
        """What the plan calls the kinds that it shows."""
        told: list[tuple[str, Notice | Step]] = [*self.notices.items(), *self.steps.items()]
        return {kind: one.ahead for kind, one in told if one.ahead}

    @property
    def stoppable(self) -> frozenset[str]:
        """The steps that a coordinator may stop."""
        return frozenset(kind for kind, step in self.steps.items() if step.can_be_stopped)

    @property
    def hints(self) -> list[HelpLine]:
        """What can be done without a command."""
        return [line for feature in self.features for line in feature.hints]


def gather(parts: Iterable[Feature]) -> Feature:
    """The feature of a room that has several; ValueError for a name that two of them use."""
    parts = list(parts)
    return Feature(
        commands=[command for part in parts for command in part.commands],
        hints=[line for part in parts for line in part.hints],
        actions=_joined("actions", [part.actions for part in parts]),
        forms=_joined("forms", [part.forms for part in parts]),
        events=_joined("events", [part.events for part in parts]),
        suggestions=_joined("suggestions", [part.suggestions for part in parts]),
        notices=_joined("notices", [part.notices for part in parts]),
        steps=_joined("steps", [part.steps for part in parts]),
        home=sorted((block for part in parts for block in part.home), key=attrgetter("place")),
        home_lines=sorted((line for part in parts for line in part.home_lines), key=attrgetter("place")),
        intents=_joined("intents", [part.intents for part in parts]),
        log=_joined("log", [part.log for part in parts]),
        withheld=_joined("withheld", [part.withheld for part in parts]),
        undoings=_joined("undoings", [part.undoings for part in parts]),
        about_person=AboutPerson(
            headings=_joined("headings", [part.about_person.headings for part in parts]),
            columns=_joined("columns", [part.about_person.columns for part in parts]),
            messages=_joined("messages", [part.about_person.messages for part in parts]),
        ),
        errors=_joined("errors", [part.errors for part in parts]),
        heavy=[name for part in parts for name in part.heavy],
    )


def merge(features: Iterable[Feature]) -> FeatureTable:
    """One table of all; ValueError for a name that is used twice: a mistake in the code."""
    features = list(features)
    whole = gather(features)
    return FeatureTable(
        features=features,
        commands=_joined("commands", [dict.fromkeys(command.names, command.route) for command in whole.commands]),
        actions=_joined("actions", [whole.actions, entrances(whole.commands)]),
        forms=whole.forms,
        events=whole.events,
        suggestions=whole.suggestions,
        notices={kind.value: notice for kind, notice in whole.notices.items()},
        audiences={kind.value: kind.audience for kind in whole.notices},
        steps=whole.steps,
        home=whole.home,
        home_lines=whole.home_lines,
        intents=whole.intents,
        log=whole.log,
        withheld=whole.withheld,
        undoings=whole.undoings,
        about_person=whole.about_person,
        errors=whole.errors,
        heavy=frozenset(whole.heavy),
    )


def _joined(name: str, parts: Iterable[Mapping[K, T]]) -> dict[K, T]:
    joined: dict[K, T] = {}
    for part in parts:
        if doubled := joined.keys() & part.keys():
            raise ValueError(f"{name} said twice: {sorted(doubled)}")
        joined.update(part)
    return joined
