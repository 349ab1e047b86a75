"""Joining and leaving channels, and leaving the workspace."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workspace.events.posting import CHANNEL_TYPE
from workspace.state.conversations import Room
from workspace.state.errors import Json, SlackError
from workspace.state.people import Person, user_shape

if TYPE_CHECKING:
    from workspace.world import Workspace


def join_room(world: Workspace, room: Room, user: str, inviter: str | None) -> None:
    """Make somebody a member; the app hears of it in channels it is in (its own joining included)."""
    if room.kind == "im":
        raise SlackError("method_not_supported_for_channel_type")
    world.people.get(user)
    if user in room.members:
        return
    room.members[user] = None
    event = _event(world, room, user, "member_joined_channel")
    event["enterprise"] = world.people.get(user).enterprise_id
    if inviter:
        event["inviter"] = inviter
    world.notes.tell("channel", channel=room.id)
    if world.bot_user_id in room.members:
        world.deliveries.event(event)


def leave_room(world: Workspace, room: Room, user: str) -> None:
    """End a membership; the app hears of it, of its own removal too."""
    if user not in room.members or room.kind == "im":
        raise SlackError("not_in_channel")
    had_bot = world.bot_user_id in room.members
    del room.members[user]
    world.notes.tell("channel", channel=room.id)
    if had_bot:
        world.deliveries.event(_event(world, room, user, "member_left_channel"))


def deactivate(world: Workspace, person: Person) -> None:
    """The account stays, `deleted` is true; messages to it still succeed."""
    person.deleted, person.active, person.updated = True, False, world.epoch()
    world.notes.tell("people")
    shape = user_shape(person, world.team_id, world.now())
    world.deliveries.event(
        {"type": "user_change", "user": shape, "cache_ts": world.epoch(), "event_ts": world.fresh_ts()}
    )


def _event(world: Workspace, room: Room, user: str, kind: str) -> Json:
    return {
        "type": kind,
        "user": user,
        "channel": room.id,
        "channel_type": {"channel": "C", "group": "G"}[CHANNEL_TYPE[room.kind]],
        "team": world.people.get(user).team_id or world.team_id,
        "event_ts": world.fresh_ts(),
    }
