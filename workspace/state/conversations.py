"""Channels and direct messages: who is in them and what was said, in order."""

from __future__ import annotations

import bisect
from dataclasses import dataclass, field
from typing import Literal

from workspace.state.errors import Json, SlackError
from workspace.state.messages import Message

Kind = Literal["channel", "private", "im"]


@dataclass
class Conversation:
    """One conversation. `timeline` stays sorted because timestamps only grow, so looking back is a bisection."""

    id: str
    name: str
    kind: Kind
    creator: str
    created: int
    members: dict[str, None] = field(default_factory=dict)
    archived: bool = False
    timeline: list[str] = field(default_factory=list)
    messages: dict[str, Message] = field(default_factory=dict)
    threads: dict[str, list[str]] = field(default_factory=dict)
    unread: dict[str, int] = field(default_factory=dict)

    def add(self, message: Message) -> None:
        """Keep a new message and count it as unread for everyone else here."""
        self.timeline.append(message.ts)
        self.messages[message.ts] = message
        if message.thread_ts and message.thread_ts != message.ts:
            self.threads.setdefault(message.thread_ts, []).append(message.ts)
        readers = [message.ephemeral_for] if message.ephemeral_for else list(self.members)
        for member in readers:
            if member != message.user:
                self.unread[member] = self.unread.get(member, 0) + 1

    def remove(self, ts: str) -> None:
        """Drop a message for good (an ephemeral one that was dismissed or reloaded away)."""
        self.messages.pop(ts, None)
        place = bisect.bisect_left(self.timeline, ts)
        if place < len(self.timeline) and self.timeline[place] == ts:
            del self.timeline[place]

    def replies(self, ts: str) -> list[Message]:
        """The living replies in the thread of `ts`, oldest first."""
        return [self.messages[each] for each in self.threads.get(ts, ()) if not self.messages[each].deleted]

    def between(self, oldest: str, latest: str, *, inclusive: bool) -> list[Message]:
        """Living messages in a time window, oldest first."""
        left, right = bisect.bisect_left, bisect.bisect_right
        start = (left if inclusive else right)(self.timeline, oldest) if oldest not in {"", "0"} else 0
        end = (right if inclusive else left)(self.timeline, latest) if latest else len(self.timeline)
        found = (self.messages[ts] for ts in self.timeline[start:end])
        return [message for message in found if not message.deleted and not message.ephemeral_for]

    @property
    def last_ts(self) -> str | None:
        return self.timeline[-1] if self.timeline else None

    def other(self, person: str) -> str | None:
        """The one a direct message is with, seen from `person`."""
        return next((member for member in self.members if member != person), None)


class Conversations:
    """All conversations, found by id or, for direct messages, by the pair in them."""

    def __init__(self) -> None:
        self.by_id: dict[str, Conversation] = {}
        self._pairs: dict[frozenset[str], str] = {}

    def add(self, conversation: Conversation) -> None:
        self.by_id[conversation.id] = conversation
        if conversation.kind == "im":
            self._pairs[frozenset(conversation.members)] = conversation.id

    def direct(self, one: str, other: str) -> Conversation | None:
        """The direct message of a pair, if it was ever opened."""
        return self.by_id.get(self._pairs.get(frozenset((one, other)), ""))

    def get(self, conversation_id: str) -> Conversation:
        try:
            return self.by_id[conversation_id]
        except KeyError:
            raise SlackError("channel_not_found") from None

    def seen_by(self, conversation_id: str, viewer: str) -> Conversation:
        """A conversation `viewer` may know of: its own, or a public channel."""
        conversation = self.get(conversation_id)
        if conversation.kind != "channel" and viewer not in conversation.members:
            raise SlackError("channel_not_found")
        return conversation

    def of(self, person: str) -> list[Conversation]:
        return [conversation for conversation in self.by_id.values() if person in conversation.members]


def conversation_shape(
    conversation: Conversation, viewer: str, team_id: str, *, shared: bool = False, num_members: bool = False
) -> Json:
    """A conversation object as conversations.info and its siblings give it to `viewer`; `shared` with others."""
    shape: Json = {
        "id": conversation.id,
        "created": conversation.created,
        "is_archived": conversation.archived,
        "is_im": conversation.kind == "im",
        "is_org_shared": False,
        "context_team_id": team_id,
        "updated": conversation.created * 1000,
    }
    if conversation.kind == "im":
        return shape | {"user": conversation.other(viewer), "is_user_deleted": False, "priority": 0, "is_open": True}
    blank = {"value": "", "creator": "", "last_set": 0}
    shape |= {
        "name": conversation.name,
        "name_normalized": conversation.name,
        "is_channel": conversation.kind == "channel",
        "is_group": conversation.kind == "private",
        "is_mpim": False,
        "is_private": conversation.kind == "private",
        "is_general": False,
        "is_shared": shared,
        "is_ext_shared": shared,
        "is_pending_ext_shared": False,
        "is_member": viewer in conversation.members,
        "creator": conversation.creator,
        "unlinked": 0,
        "shared_team_ids": [team_id],
        "pending_shared": [],
        "pending_connected_team_ids": [],
        "previous_names": [],
        "topic": blank,
        "purpose": dict(blank),
    }
    if num_members:
        shape["num_members"] = len(conversation.members)
    return shape
