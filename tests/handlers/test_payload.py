"""Payloads of Slack, read: kinds, names, stable ids, plain values."""

from __future__ import annotations

from typing import Any

import pytest

from cluster.members.organisations import Home
from handlers.payload import Arrival, metadata_of, state_of, value_of
from handlers.payload import read as read_at_home

HOME = Home("T1")


def read(body: dict[str, Any], home: Home = HOME) -> Arrival | None:
    return read_at_home(body, home)


def event(**inside: Any) -> dict[str, Any]:
    return {"type": "event_callback", "team_id": "T1", "event_id": "Ev1", "event": inside}


def message(**more: Any) -> dict[str, Any]:
    return event(type="message", user="U1", channel="D1", text="hej", ts="1.2", **more)


def press(**more: Any) -> dict[str, Any]:
    body: dict[str, Any] = {"type": "block_actions", "user": {"id": "U1", "team_id": "T1"}, "trigger_id": "t.1"}
    return body | {"actions": [{"action_id": "meeting.rsvp_yes", "action_ts": "1.3", "value": "7"}]} | more


def test_command_splits_the_word_from_the_rest() -> None:
    body = {"command": "/klynge", "text": " Møde  om KOL ", "user_id": "U1", "team_id": "T1", "trigger_id": "t"}
    arrival = read(body)
    assert arrival is not None
    assert (arrival.kind, arrival.name, arrival.words, arrival.person) == ("command", "møde", "om KOL", "T1:U1")


@pytest.mark.parametrize(
    ("body", "name"),
    [
        (message(), "message"),
        (message(thread_ts="1.1"), "message"),
        (message(subtype="file_share", files=[]), "message.file_share"),
        (event(type="app_home_opened", user="U1", channel="D1"), "app_home_opened"),
        (event(type="user_change", user={"id": "U1"}), "user_change"),
    ],
)
def test_event_has_a_name_and_its_person(body: dict[str, Any], name: str) -> None:
    arrival = read(body)
    assert arrival is not None
    assert (arrival.name, arrival.user_id, arrival.source_id) == (name, "U1", "event:Ev1")


@pytest.mark.parametrize(
    "body",
    [
        message(bot_id="B1"),
        message(subtype="message_changed"),
        message(subtype="message_deleted"),
        event(type="message", user="U1", channel="C1", text="hej alle"),
        {"type": "view_closed", "view": {}},
        {"type": "unheard_of"},
    ],
)
def test_what_is_nothing_for_us_is_left(body: dict[str, Any]) -> None:
    assert read(body) is None


def test_same_click_has_the_same_id_and_another_click_another() -> None:
    ids = [getattr(read(press(**more)), "source_id", "") for more in ({}, {"response_url": "x"}, {"trigger_id": "t.2"})]
    assert ids[0] == ids[1]
    assert ids[0] != ids[2]


def test_form_sent_twice_has_the_same_id_whatever_its_trigger() -> None:
    view = {"id": "V1", "hash": "h1", "callback_id": "meeting.form"}
    bodies = [{"type": "view_submission", "user": {"id": "U1"}, "view": view, "trigger_id": n} for n in "ab"]
    assert len({getattr(read(body), "source_id", "") for body in bodies}) == 1


@pytest.mark.parametrize(
    ("element", "plain"),
    [
        ({"type": "plain_text_input", "value": "tekst"}, "tekst"),
        ({"type": "plain_text_input", "value": None}, ""),
        ({"type": "number_input", "value": "12"}, "12"),
        ({"type": "datepicker", "selected_date": "2026-05-07"}, "2026-05-07"),
        ({"type": "timepicker", "selected_time": "16:30"}, "16:30"),
        ({"type": "static_select", "selected_option": {"value": "xmo"}}, "xmo"),
        ({"type": "static_select", "selected_option": None}, ""),
        ({"type": "radio_buttons", "selected_option": {"value": "a"}}, "a"),
        ({"type": "checkboxes", "selected_options": [{"value": "a"}, {"value": "b"}]}, ["a", "b"]),
        ({"type": "checkboxes", "selected_options": []}, []),
        ({"type": "multi_users_select", "selected_users": ["U1"]}, ["U1"]),
        ({"type": "users_select", "selected_user": "U1"}, "U1"),
        ({"type": "file_input", "files": [{"id": "F1"}]}, [{"id": "F1"}]),
        ({"type": "file_input"}, []),
    ],
)
def test_field_is_plain(element: dict[str, Any], plain: object) -> None:
    assert state_of({"view": {"state": {"values": {"f": {"f": element}}}}}) == {"f": plain}


def test_value_of_a_button_and_of_a_menu() -> None:
    menu = {"type": "static_select", "selected_option": {"value": "3"}}
    assert (value_of(press()), value_of(press(actions=[menu]))) == ("7", "3")


@pytest.mark.parametrize(
    ("raw", "found"), [('{"meeting": 7}', {"meeting": 7}), ("", {}), ("not json", {}), ("[1]", {})]
)
def test_metadata_is_a_dictionary_whatever_was_sent(raw: str, found: dict[str, Any]) -> None:
    assert metadata_of({"view": {"private_metadata": raw}}) == found
