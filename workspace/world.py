"""The workspace itself: everything in memory, put together in one place, and the surface that tests use."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from workspace.delivery.delivery import Deliveries
from workspace.delivery.signed import SignedPosts
from workspace.delivery.sockets import Sockets
from workspace.events.scheduled import Schedule
from workspace.events.views import Views
from workspace.state.clock import Clock, Pace, settable
from workspace.state.conversations import Conversation, Conversations, Kind
from workspace.state.errors import Json, SlackError
from workspace.state.failures import Failures
from workspace.state.files import Files
from workspace.state.ids import Ids
from workspace.state.notes import Notes
from workspace.state.people import COLOURS, People, Person
from workspace.state.rates import Rates
from workspace.state.settings import Settings
from workspace.state.traffic import Traffic
from workspace.state.triggers import Triggers

if TYPE_CHECKING:
    from workspace.desk.story import Story
    from workspace.server import Server

BOT_NAME = "klyngebot"


class Workspace:
    """State and rules of one Slack workspace with one app in it. `serve` puts it on a loopback port."""

    def __init__(
        self,
        clock: Clock | None = None,
        seed: int = 1,
        *,
        name: str = "Klynge",
        domain: str = "klynge",
        enterprise_id: str | None = None,
    ) -> None:
        self.clock = settable(clock)
        self.pace = Pace()
        self.ids = Ids(seed)
        self.name, self.domain = name, domain
        self.enterprise_id = enterprise_id  # the Enterprise Grid that the workspace belongs to
        self.team_id, self.app_id = self.ids.fresh("T"), self.ids.fresh("A")
        self.bot_id, self.bot_user_id = self.ids.fresh("B"), self.ids.fresh("U")
        self.bot_token = f"xoxb-{self.ids.number(12)}-{self.ids.secret(24)}"
        self.app_token = f"xapp-1-{self.app_id}-{self.ids.number()}-{self.ids.secret(48)}"
        self.signing_secret = self.ids.secret()
        self.client_id = f"{self.ids.number(11)}.{self.ids.number()}"
        self.client_secret = self.ids.secret()
        self.verification_token = self.ids.secret(24)
        self._http_target: str | None = None
        self.url = "http://127.0.0.1:0"
        self.commands: list[Json] = []
        self.story: Story | None = None
        self.refused_tokens: dict[str, str] = {}  # token → the error every call with it gets
        self.install_codes: set[str] = set()
        self.settings = Settings()
        self.notes = Notes()
        self.traffic = Traffic(self.now, lambda: self.notes.tell("traffic"))
        self.failures = Failures(lambda: self.notes.tell("failure"), seed)
        self.rates = Rates(self.settings, self.pace)
        self.people = People()
        self.conversations = Conversations()
        self.files = Files()
        self.views = Views(self)
        self.triggers = Triggers(self.ids, self.settings, self.now)
        self.schedule = Schedule(self)
        self.sockets = Sockets(self)
        self.posts = SignedPosts(self)
        self.deliveries = Deliveries(self)
        self._last_ts = 0
        self._background: set[asyncio.Task[Any]] = set()
        self.people.add(self._bot())

    @property
    def http_target(self) -> str | None:
        """Where signed HTTP goes; None means Socket Mode."""
        return self._http_target

    @http_target.setter
    def http_target(self, url: str | None) -> None:
        self._http_target = url
        self.sockets.wake()  # what waits for a socket may go by HTTP now

    def now(self) -> datetime:
        """The story's time."""
        return self.clock.now()

    def epoch(self) -> int:
        return int(self.now().timestamp())

    def fresh_ts(self) -> str:
        """A message timestamp: the story's time, but always later than the one before."""
        self._last_ts = max(self._last_ts + 1, int(self.now().timestamp() * 1_000_000))
        return f"{self._last_ts // 1_000_000}.{self._last_ts % 1_000_000:06d}"

    def add_person(
        self,
        name: str,
        *,
        email: str | None = None,
        tz: str = "Europe/Copenhagen",
        locale: str = "da-DK",
        admin: bool = False,
        guest: bool = False,
        real_name: str | None = None,
        display_name: str | None = None,
        stranger: bool = False,
        team_id: str | None = None,
        enterprise_id: str | None = None,
        user_id: str | None = None,
    ) -> str:
        """A new account, and its direct message with the bot; returns the id.

        With a `team_id` (and an `enterprise_id`, in an Enterprise Grid) the account is of another workspace.
        """
        shown = real_name or name
        handle = ".".join(name.lower().split())
        person = Person(
            id=user_id or self.ids.fresh("W" if enterprise_id or self.enterprise_id else "U"),
            name=handle,
            real_name=shown,
            display_name=shown if display_name is None else display_name,
            email=email,
            tz=tz,
            locale=locale,
            colour=COLOURS[len(self.people.by_id) % len(COLOURS)],
            updated=self.epoch(),
            admin=admin,
            guest=guest,
            stranger=stranger,
            team_id=self.ids.fresh("T") if stranger and team_id is None else team_id,
            enterprise_id=enterprise_id if team_id else enterprise_id or self.enterprise_id,
        )
        self.people.add(person)
        self.open_direct(person.id, self.bot_user_id)
        self.notes.tell("people")
        return person.id

    def add_channel(self, name: str, members: Iterable[str] = (), private: bool = False) -> str:
        """A new channel with members; returns the id."""
        people = {self.people.get(member).id: None for member in members}
        creator = next(iter(people), self.bot_user_id)
        kind: Kind = "private" if private else "channel"
        conversation = Conversation(self.ids.fresh("C"), name, kind, creator, self.epoch(), people)
        self.conversations.add(conversation)
        self.notes.tell("channel", channel=conversation.id)
        return conversation.id

    def open_direct(self, one: str, other: str) -> Conversation:
        """The direct message of two accounts, opened when it is not there yet."""
        found = self.conversations.direct(one, other)
        if found is None:
            pair: dict[str, None] = {one: None, other: None}
            found = Conversation(self.ids.fresh("D"), "directmessage", "im", one, self.epoch(), pair)
            self.conversations.add(found)
            self.notes.tell("channel", channel=found.id, people=pair)
        return found

    def conversation_for(self, target: str, speaker: str) -> Conversation:
        """The conversation meant by a conversation id, a `#name` or a user id (its direct message with the speaker)."""
        if target[:1] in {"U", "W"}:
            return self.open_direct(speaker, self.people.get(target, "channel_not_found").id)
        if target.startswith("#"):
            named = [
                conversation
                for conversation in self.conversations.by_id.values()
                if conversation.kind != "im" and conversation.name == target[1:]
            ]
            return self.conversations.seen_by(named[0].id if named else "", speaker)
        return self.conversations.seen_by(target, speaker)

    def is_own(self, person: Person) -> bool:
        """Whether an account is of the organisation that the app is installed in."""
        if person.team_id in (None, self.team_id):
            return True
        return self.enterprise_id is not None and person.enterprise_id == self.enterprise_id

    def is_shared(self, conversation: Conversation) -> bool:
        """Whether somebody from another organisation is in a conversation (Slack Connect)."""
        return any(not self.is_own(self.people.by_id[each]) for each in conversation.members)

    def kinds(self) -> dict[str, str]:
        """What each conversation is, for the shapes of files."""
        return {conversation.id: conversation.kind for conversation in self.conversations.by_id.values()}

    def kinds_of(self, conversation_ids: Iterable[str]) -> dict[str, str]:
        """The same for some conversations only."""
        return {conversation_id: self.conversations.by_id[conversation_id].kind for conversation_id in conversation_ids}

    def move_clock(self, moment: datetime) -> None:
        """Put the story's time to `moment`; scheduled messages that are due are posted."""
        self.clock.move_to(moment)
        self.schedule.post_due()
        self.notes.tell("clock")

    def keep(self, task: asyncio.Task[Any]) -> None:
        """Hold on to work that goes on after a call was answered."""
        self._background.add(task)
        task.add_done_callback(self._background.discard)

    async def close(self) -> None:
        """Stop everything that runs by itself."""
        self.notes.close()
        for task in list(self._background):
            task.cancel()
        await asyncio.gather(*self._background, return_exceptions=True)
        await self.deliveries.close()
        await self.sockets.close()
        await self.posts.close()

    async def serve(self, port: int = 0) -> Server:
        """Listen on 127.0.0.1 only; port 0 takes a free one."""
        from workspace.server import Server

        server = Server(self)
        await server.start(port)
        return server

    def _bot(self) -> Person:
        return Person(
            id=self.bot_user_id,
            name=BOT_NAME,
            real_name="Klyngebot",
            display_name="Klyngebot",
            email=None,
            tz="America/Los_Angeles",
            locale="en-US",
            colour="4a154b",
            updated=self.epoch(),
            is_bot=True,
            bot_id=self.bot_id,
            app_id=self.app_id,
        )

    def check_revoked(self, token: str) -> None:
        """Refuse a token that was revoked."""
        if token in self.refused_tokens:
            raise SlackError(self.refused_tokens[token])

    def everything(self) -> dict[str, Any]:
        """All state there is, for assertions."""
        from workspace.desk.seen import dump

        return dump(self)
