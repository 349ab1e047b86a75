"""Joining and leaving channels, and leaving the workspace."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workspace.events.posting import CHANNEL_TYPE
from workspace.state.conversations import Conversation
from workspace.state.errors import Json, SlackError
from workspace.state.people import Person, user_shape

if TYPE_CHECKING:
    from workspace.world import Workspace


def join_conversation(world: Workspace, conversation: Conversation, user: str, inviter: str | None) -> None:
    """Make somebody a member; the app hears of it in channels it is in (its own joining included)."""
    if conversation.kind == "im":
        raise SlackError("method_not_supported_for_channel_type")
    world.people.get(user)
    if user in conversation.members:
        return
    conversation.members[user] = None
    event = _event(world, conversation, user, "member_joined_channel")
    event["enterprise"] = world.people.get(user).enterprise_id
    if inviter:
        event["inviter"] = inviter
    world.notes.tell("channel", channel=conversation.id)
    if world.bot_user_id in conversation.members:
        world.deliveries.event(event)


def leave_conversation(world: Workspace, conversation: Conversation, user: str) -> None:
    """End a membership; the app hears of it, of its own removal too."""
    if user not in conversation.members or conversation.kind == "im":
        raise SlackError("not_in_channel")
    had_bot = world.bot_user_id in conversation.members
    del conversation.members[user]
    world.notes.tell("channel", channel=conversation.id)
    if had_bot:
        world.deliveries.event(_event(world, conversation, user, "member_left_channel"))


def deactivate(world: Workspace, person: Person) -> None:
    """The account stays, `deleted` is true; messages to it still succeed."""
    person.deleted, person.active, person.updated = True, False, world.epoch()
    world.notes.tell("people")
    shape = user_shape(person, world.team_id, world.now())
    world.deliveries.event(
        {"type": "user_change", "user": shape, "cache_ts": world.epoch(), "event_ts": world.fresh_ts()}
    )


def _event(world: Workspace, conversation: Conversation, user: str, kind: str) -> Json:
    return {
        "type": kind,
        "user": user,
        "channel": conversation.id,
        "channel_type": {"channel": "C", "group": "G"}[CHANNEL_TYPE[conversation.kind]],
        "team": world.people.get(user).team_id or world.team_id,
        "event_ts": world.fresh_ts(),
    }
