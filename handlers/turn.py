"""One turn in a conversation: somebody did something, here is who, where and with what."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import wraps
from typing import TYPE_CHECKING, Any, Protocol

from slack_sdk.web.async_client import AsyncWebClient

from cluster.clock import Clock
from cluster.errors import ClusterError
from cluster.evaluations.urn import Urn
from cluster.members.members import LEADERS
from cluster.members.organisations import OURS, Account, Home
from handlers.message import Message
from locales import Texts
from storage.models import Cluster, Member
from storage.unit_of_work import Look, UnitOfWork

if TYPE_CHECKING:
    from handlers.feature import FeatureTable


class Drawer(Protocol):
    """Runs heavy, pure work (charts, workbooks) away from the event loop."""

    async def __call__(self, work: Callable[..., Any], /, *args: Any) -> Any:
        """The result of ``work(*args)``, computed in another process."""


@dataclass(frozen=True)
class Download:
    """A file that was fetched."""

    data: bytes
    name: str
    """As Slack says it now; needed for its ending only."""


@dataclass(frozen=True)
class Tools:
    """What handlers may use of the outside world. Built in ``bot.app``, nowhere else."""

    slack: AsyncWebClient
    home: Home
    clock: Clock
    unit: Callable[[int | None], UnitOfWork]
    """A unit of work; with an inbox id its commit also settles that inbox row."""
    look: Callable[[], AbstractAsyncContextManager[Look]]
    """A read-only look at the state."""
    download: Callable[[str], Awaitable[Download]]
    """A file that a member sent, by Slack's id of it; ClusterError when it is too large or not to be had."""
    compute: Drawer
    table: FeatureTable
    """What all features say of themselves."""
    public_url: str
    """Where people's own programs reach us, without a slash at the end; empty where nobody can."""
    urn: Urn = field(default_factory=Urn)
    """Anonymous answers that are not kept yet."""


@dataclass(frozen=True)
class Turn:
    """Somebody did something. ``name`` is the route (``møde``, ``meeting.rsvp``), ``body`` Slack's payload."""

    kind: str
    name: str
    body: dict[str, Any]
    tools: Tools
    user_id: str
    team_id: str
    """The workspace that the bot is installed in, whoever acts."""
    channel_id: str
    t: Texts
    organisation: str = OURS
    """Whose account it is that acts."""
    member: Member | None = None
    cluster: Cluster | None = None
    names_cluster: bool = False
    """Whether channel, button, window or thread say which cluster it is about, of several; else it is the newest."""
    inbox_id: int | None = None
    words: str = ""
    """What followed the sub-command, the text of a message, or what is typed in a menu that offers what fits."""
    value: str = ""
    """The button's value or the chosen option."""
    state: dict[str, Any] = field(default_factory=dict)
    """A form's answers by action id, already plain: text, ISO date, ``HH:MM``, option value, list of values or files.
    Left empty is ``""`` (``[]`` for lists)."""
    metadata: dict[str, Any] = field(default_factory=dict)
    """The form's private metadata: ids only."""
    _units: list[UnitOfWork] = field(default_factory=list)

    @property
    def is_settled(self) -> bool:
        """Whether this turn's work is kept: one of its units was committed."""
        return any(unit.committed for unit in self._units)

    @property
    def account(self) -> Account:
        """Who acts, as Slack knows them."""
        return Account(self.user_id, self.organisation)

    @property
    def now(self) -> datetime:
        """The calendar moment of this turn."""
        return self.tools.clock.now()

    @property
    def trigger_id(self) -> str:
        """Slack's three-second ticket for opening a window."""
        return str(self.body.get("trigger_id", ""))

    def unit(self) -> UnitOfWork:
        """The unit of work of this turn: its commit also settles the inbox row, so commit once."""
        unit = self.tools.unit(self.inbox_id)
        self._units.append(unit)
        return unit

    def look(self) -> AbstractAsyncContextManager[Look]:
        """A read-only look at the state."""
        return self.tools.look()

    def require_member(self) -> Member:
        """The member who acts, or a friendly refusal."""
        if self.member is None:
            raise ClusterError("person.unknown")
        return self.member

    def require_coordinator(self) -> Member:
        """The coordinator (or deputy) who acts, or a friendly refusal."""
        member = self.require_member()
        if member.role not in LEADERS:
            raise ClusterError("role.coordinator_only")
        return member

    def require_cluster(self) -> Cluster:
        """The cluster this happens in."""
        if self.cluster is None:
            raise ClusterError("cluster.unknown")
        return self.cluster

    async def open(self, view: dict[str, Any]) -> None:
        """Open a window on this turn's trigger; on top of the one that was pressed in, which is come back to."""
        slack = self.tools.slack
        await (slack.views_push if self._window() else slack.views_open)(trigger_id=self.trigger_id, view=view)

    async def show(self, view: dict[str, Any]) -> None:
        """Put a view in the window that was pressed in, or open one."""
        if shown := self._window():
            await self.tools.slack.views_update(view_id=shown["id"], view=view)
        else:
            await self.open(view)

    def _window(self) -> dict[str, Any]:
        """The window that was pressed in; empty on a page and in a message."""
        shown: dict[str, Any] = self.body.get("view") or {}
        return shown if shown.get("type") == "modal" else {}


Handler = Callable[[Turn], Awaitable[Message | None]]


@dataclass(frozen=True)
class ShownAgain:
    """A form that is shown once more, with more in it, before anything is kept."""

    view: dict[str, Any]


Checker = Callable[[Turn], Awaitable[dict[str, str] | ShownAgain | None]]
"""What is wrong, by field; or the form once more."""
Suggester = Callable[[Turn], Awaitable[Sequence[tuple[str, str]]]]
"""Value and label of each choice."""


def led(run: Handler) -> Handler:
    """A handler that is only run for those who lead."""

    @wraps(run)
    async def asked(turn: Turn) -> Message | None:
        turn.require_coordinator()
        return await run(turn)

    return asked


def entered(run: Handler) -> Handler:
    """A command's handler behind a button of the start page, whose value is the cluster that the page spoke of."""

    @wraps(run)
    async def asked(turn: Turn) -> Message | None:
        if turn.cluster is None or turn.value != str(turn.cluster.id):
            raise ClusterError("id.unknown")
        return await run(replace(turn, value=""))

    return asked
