"""The app manifest asks for exactly what the program listens to and calls."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from handlers import TABLE

ROOT = Path(__file__).resolve().parents[2]
HISTORY = {"channels:history", "groups:history", "im:history"}
METHOD_SCOPES: dict[str, set[str]] = {
    "auth_test": set(),
    "chat_getPermalink": set(),
    "chat_postEphemeral": {"chat:write"},
    "chat_postMessage": {"chat:write"},
    "chat_update": {"chat:write"},
    "conversations_history": HISTORY,
    "conversations_info": {"channels:read", "groups:read"},
    "conversations_open": {"im:write"},
    "conversations_replies": HISTORY,
    "files_completeUploadExternal": {"files:write"},
    "files_delete": {"files:write"},
    "files_getUploadURLExternal": {"files:write"},
    "files_info": {"files:read"},
    "users_info": {"users:read"},
    "users_list": {"users:read", "users:read.email"},
    "views_open": set(),
    "views_publish": set(),
    "views_push": set(),
    "views_update": set(),
}
EVENT_SCOPES: dict[str, set[str]] = {
    "app_home_opened": set(),
    "channel_left": {"channels:read"},
    "group_left": {"groups:read"},
    "member_joined_channel": {"channels:read", "groups:read"},
    "member_left_channel": {"channels:read", "groups:read"},
    "message.im": {"im:history"},
    "team_join": {"users:read"},
    "user_change": {"users:read"},
}
METHOD = re.compile(r"\b((?:auth|chat|conversations|files|users|views)_[a-z]+(?:[A-Z][A-Za-z]*)?)\b(?=\(|\")")


@pytest.fixture
def manifest() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((ROOT / "manifest.yml").read_text())
    return found


def called() -> set[str]:
    """Names of Web API methods in the code that runs against Slack."""
    files = [path for room in ("bot", "handlers") for path in (ROOT / room).rglob("*.py")]
    names = {name for path in files for name in METHOD.findall(path.read_text())}
    return {name for name in names if name in METHOD_SCOPES or re.search("[A-Z]", name)}


def test_events_are_those_of_the_routing_table(manifest: dict[str, Any]) -> None:
    routed = {"message.im" if name.startswith("message") else name for name in TABLE.events}
    assert manifest["settings"]["event_subscriptions"]["bot_events"] == sorted(routed)


def test_scopes_are_those_that_calls_and_events_need(manifest: dict[str, Any]) -> None:
    needed = {"commands"}.union(*(METHOD_SCOPES[name] for name in called()))
    needed = needed.union(*(EVENT_SCOPES[name] for name in manifest["settings"]["event_subscriptions"]["bot_events"]))
    assert manifest["oauth_config"]["scopes"]["bot"] == sorted(needed)


def test_every_sub_command_of_the_hint_is_routed(manifest: dict[str, Any]) -> None:
    [command] = manifest["features"]["slash_commands"]
    assert [word for word in command["usage_hint"].split(" | ") if word not in TABLE.commands] == []


def test_texts_are_within_slacks_limits(manifest: dict[str, Any]) -> None:
    told, command = manifest["display_information"], manifest["features"]["slash_commands"][0]
    assert (len(told["name"]) <= 35, len(told["description"]) <= 140) == (True, True)
    assert 174 <= len(told["long_description"]) <= 4000
    assert (len(command["description"]) <= 2000, len(command["usage_hint"]) <= 1000) == (True, True)
