"""What is stored of an event holds no file name, no profile, no CPR number; what we need is still there."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from bot.receiving.scrub import scrub
from cluster.members.organisations import Home
from handlers.payload import read


def file_share() -> dict[str, Any]:
    file = {
        "id": "F1",
        "name": "Hansen 251248-4916.xlsx",
        "title": "Hansen",
        "filetype": "xlsx",
        "mimetype": "application/x",
        "size": 12,
        "url_private": "https://files.slack.com/files-pri/T1-F1/hansen_251248-4916.xlsx",
        "permalink": "https://x.slack.com/files/U1/F1/hansen.xlsx",
        "preview": "navn;cpr",
        "thumb_64": "https://files.slack.com/hansen.png",
    }
    event = {"type": "message", "subtype": "file_share", "user": "U1", "channel": "D1", "ts": "1.2", "files": [file]}
    event |= {"text": "tal for 251248-4916", "blocks": [{"type": "rich_text", "text": "251248-4916"}]}
    return {"type": "event_callback", "team_id": "T1", "event_id": "Ev1", "token": "secret", "event": event}


def test_file_share_keeps_the_id_and_nothing_of_the_file() -> None:
    event = scrub(file_share())["event"]
    assert event["files"] == [{"id": "F1", "filetype": "xlsx", "mimetype": "application/x", "size": 12}]
    assert event["text"] == "tal for ‹cpr›"


def test_nothing_of_the_name_or_the_number_is_left_anywhere() -> None:
    kept = json.dumps(scrub(file_share())).lower()
    assert [word for word in ("hansen", "4916", "secret", "navn") if word in kept] == []


def test_command_keeps_ids_and_nothing_of_names_addresses_or_secrets() -> None:
    body = {
        "command": "/klynge",
        "text": "møde",
        "user_id": "U1",
        "user_name": "anna.holm",
        "channel_id": "C1",
        "channel_name": "klynge-nord",
        "team_id": "T1",
        "team_domain": "nordklyngen",
        "enterprise_id": "E1",
        "enterprise_name": "Regionen",
        "response_url": "https://hooks.slack.com/commands/T1/1/x",
        "trigger_id": "1.2.3",
        "token": "secret",
        "api_app_id": "A1",
    }
    kept = scrub(body)
    assert set(kept) == {"command", "text", "user_id", "channel_id", "team_id", "enterprise_id", "trigger_id"}


def test_press_keeps_whose_account_pressed() -> None:
    body = {
        "type": "block_actions",
        "user": {"id": "U1", "team_id": "T9", "name": "anna.holm", "username": "anna.holm"},
        "team": {"id": "T1", "domain": "nordklyngen", "enterprise_id": "E1", "enterprise_name": "Regionen"},
        "enterprise": {"id": "E1", "name": "Regionen"},
        "channel": {"id": "D1", "name": "directmessage"},
        "response_url": "https://hooks.slack.com/actions/T1/1/x",
        "actions": [{"action_id": "meeting.rsvp_yes", "value": "7", "action_ts": "1.3"}],
        "trigger_id": "t",
    }
    kept = scrub(body)
    words = ("anna", "nord", "Region", "hooks", "directmessage")
    assert [word for word in words if word in json.dumps(kept)] == []
    assert read(kept, Home("T1", "E1")) == replace(read(body, Home("T1", "E1")), body=kept)


def test_form_keeps_its_state_without_titles_or_numbers() -> None:
    state = {"values": {"note": {"note": {"type": "plain_text_input", "value": "se 2512484916"}}}}
    view = {
        "id": "V1",
        "callback_id": "x",
        "hash": "h",
        "private_metadata": "{}",
        "state": state,
        "blocks": [],
        "title": {},
    }
    kept = scrub({"type": "view_submission", "user": {"id": "U1", "name": "anna", "username": "anna"}, "view": view})
    assert kept["user"] == {"id": "U1"}
    assert kept["view"] == {
        "id": "V1",
        "callback_id": "x",
        "hash": "h",
        "private_metadata": "{}",
        "state": {"values": {"note": {"note": {"type": "plain_text_input", "value": "se ‹cpr›"}}}},
    }


def test_button_keeps_where_it_stood_but_not_what_it_said() -> None:
    message = {"ts": "1.2", "thread_ts": "1.1", "text": "Kære Anna", "blocks": []}
    kept = scrub({"type": "block_actions", "message": message, "actions": [{"action_id": "a.b", "value": "7"}]})
    assert kept["message"] == {"ts": "1.2", "thread_ts": "1.1"}
    assert kept["actions"] == [{"action_id": "a.b", "value": "7"}]


def test_numbers_that_are_no_cpr_stay() -> None:
    event = {"type": "message", "text": "KOL 130, spirometri 96, tlf 86 12 34 56"}
    assert scrub({"type": "event_callback", "event": event})["event"]["text"] == event["text"]


@pytest.mark.parametrize("kind", ["TeamJoinPayload", "UserChangePayload"])
def test_profile_of_a_newcomer_is_not_stored(kind: str) -> None:
    user = {"id": "U1", "team_id": "T1", "deleted": False, "name": "anna", "profile": {"email": "anna@example.dk"}}
    kept = scrub({"type": "event_callback", "event": {"type": kind, "user": user}})
    assert kept["event"]["user"] == {"id": "U1", "team_id": "T1", "deleted": False}
