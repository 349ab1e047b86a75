"""One call of a Web API method: its arguments, read as slack_sdk sends them, and the answers to bad ones."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from workspace.state.conversations import Conversation
from workspace.state.errors import Json, SlackError
from workspace.state.people import Person

if TYPE_CHECKING:
    from workspace.world import Workspace

Item = TypeVar("Item")


@dataclass(frozen=True)
class Call:
    """The arguments of one call and the workspace it is made in."""

    world: Workspace
    args: Json

    def text(self, name: str, default: str = "") -> str:
        value = self.args.get(name)
        return default if value is None else str(value)

    def needed(self, name: str, code: str = "invalid_arguments") -> str:
        """A string that must be there."""
        value = self.text(name)
        if not value:
            message = f"[ERROR] missing required field: {name}"
            raise SlackError(code, response_metadata={"messages": [message]})
        return value

    def flag(self, name: str, default: bool = False) -> bool:
        """A boolean in any of the forms clients send it: true, "true", 1, "1"."""
        value = self.args.get(name)
        return default if value is None else str(value).lower() in {"1", "true"}

    def number(self, name: str, default: int = 0) -> int:
        value = self.args.get(name)
        try:
            return default if value in {None, ""} else int(float(str(value)))
        except ValueError:
            raise SlackError("invalid_arguments") from None

    def parsed(self, name: str, code: str = "invalid_arguments") -> Any:
        """A structure: as it is when the call was JSON, parsed when it came as a string."""
        value = self.args.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return json.loads(value)
        except ValueError:
            raise SlackError(code) from None

    def conversation(self, name: str = "channel", *, member: bool = False) -> Conversation:
        """The conversation meant; with `member`, one the bot must be in."""
        conversation = self.world.conversations.seen_by(self.needed(name, "channel_not_found"), self.world.bot_user_id)
        if member and self.world.bot_user_id not in conversation.members:
            raise SlackError("not_in_channel")
        return conversation

    def person(self, name: str = "user", code: str = "user_not_found") -> Person:
        return self.world.people.get(self.needed(name, code), code)

    def page(self, items: Sequence[Item], default: int, most: int = 1000) -> tuple[list[Item], Json]:
        """One page of `items` and its response_metadata with the next cursor."""
        limit = max(1, min(self.number("limit", default) or default, most))
        start = self._start()
        more = start + limit < len(items)
        following = base64.b64encode(f"next:{start + limit}".encode()).decode() if more else ""
        return list(items[start : start + limit]), {"next_cursor": following}

    def _start(self) -> int:
        cursor = self.text("cursor")
        if not cursor:
            return 0
        try:
            return int(base64.b64decode(cursor).decode().removeprefix("next:"))
        except ValueError:
            raise SlackError("invalid_cursor") from None


@dataclass(frozen=True)
class Method:
    """How a method is answered, which scope it needs, and which kind of token."""

    answer: Callable[[Call], Json]
    scopes: tuple[str, ...] = ()  # one of these is enough
    token: str = "bot"  # "bot", "app", "any" or "none"
