"""Every kind of element: acted on in a message, and filled in and submitted in a modal."""

from __future__ import annotations

from typing import Any

import pytest

from tests.workspace.kit import PLACEHOLDER, Heard, Place, Running, actions, button, field, option, posted, shown
from workspace import DeskError

OPTIONS = [option("ja"), option("nej")]
GROUPS = [{"label": PLACEHOLDER, "options": [option("kol")]}, {"label": PLACEHOLDER, "options": [option("ahs")]}]
IN_MESSAGES: list[tuple[dict[str, Any], dict[str, Any], dict[str, Any]]] = [
    ({"type": "static_select", "options": OPTIONS}, {"selected_option": "ja"}, {"selected_option": "ja"}),
    (
        {"type": "static_select", "option_groups": GROUPS},
        {"selected_option": option("ahs")},
        {"selected_option": "ahs"},
    ),
    (
        {"type": "multi_static_select", "options": OPTIONS},
        {"selected_options": ["ja", "nej"]},
        {"selected_options": ["ja", "nej"]},
    ),
    ({"type": "overflow", "options": OPTIONS}, {"selected_option": "nej"}, {"selected_option": "nej"}),
    ({"type": "checkboxes", "options": OPTIONS}, {"selected_options": ["nej"]}, {"selected_options": ["nej"]}),
    ({"type": "radio_buttons", "options": OPTIONS}, {"value": "ja"}, {"selected_option": "ja"}),
    ({"type": "datepicker"}, {"selected_date": "2026-05-07"}, {"selected_date": "2026-05-07"}),
    ({"type": "timepicker"}, {"selected_time": "16:30"}, {"selected_time": "16:30"}),
    (
        {"type": "datetimepicker"},
        {"selected_date_time": "2026-05-07T16:30"},
        {"selected_date_time": 1778164200},
    ),
    ({"type": "datetimepicker"}, {"selected_date_time": 1778164200}, {"selected_date_time": 1778164200}),
]


def values(state: Any) -> Any:
    """States with options shortened to their values."""
    if isinstance(state, dict) and "value" in state and "text" in state:
        return state["value"]
    if isinstance(state, dict):
        return {key: values(value) for key, value in state.items()}
    return [values(each) for each in state] if isinstance(state, list) else state


@pytest.mark.parametrize(("element", "given", "expected"), IN_MESSAGES)
async def test_element_in_a_message_dispatches_what_was_chosen(
    place: Place, socketed: Running, element: dict[str, Any], given: dict[str, Any], expected: dict[str, Any]
) -> None:
    app = place.app()
    heard = Heard(app)
    await socketed(app)
    card = await posted(place, actions({**element, "action_id": "choose"}))
    assert (await place.desk.act(place.anne, card, "choose", **given))["failed"] is None
    body = heard.bodies[-1]
    action = body["actions"][0]
    assert {key: values(action)[key] for key in expected} == expected
    assert (action["type"], action["action_id"], action["block_id"]) == (element["type"], "choose", "row")
    assert {key: values(body["state"]["values"]["row"]["choose"])[key] for key in expected} == expected


async def test_button_brings_its_value_and_text(place: Place, socketed: Running) -> None:
    app = place.app()
    heard = Heard(app)
    await socketed(app)
    card = await posted(place, {"type": "section", "text": PLACEHOLDER, "accessory": button("rsvp", "møde:7")})
    await place.desk.act(place.anne, card, "rsvp")
    action = heard.bodies[-1]["actions"][0]
    assert (action["value"], action["text"]["text"]) == ("møde:7", "Kommer")
    assert heard.bodies[-1]["container"]["message_ts"] == card["ts"]


async def test_users_select_brings_a_person(place: Place, socketed: Running) -> None:
    app = place.app()
    heard = Heard(app)
    await socketed(app)
    card = await posted(place, actions({"type": "users_select", "action_id": "who"}))
    await place.desk.act(place.anne, card, "who", selected_user=place.bo)
    assert heard.bodies[-1]["actions"][0]["selected_user"] == place.bo


async def test_text_input_in_a_message_dispatches_when_it_is_told_to(place: Place, socketed: Running) -> None:
    app = place.app()
    heard = Heard(app)
    await socketed(app)
    element = {"type": "plain_text_input", "action_id": "note"}
    quiet = await posted(place, field("a", element))
    loud = await posted(place, field("a", element, dispatch_action=True))
    assert (await place.desk.act(place.anne, quiet, "note", text="én"))["dispatched"] is False
    assert (await place.desk.act(place.anne, loud, "note", text="to"))["dispatched"] is True
    assert [body["actions"][0]["value"] for body in heard.bodies if "actions" in body] == ["to"]


async def test_unknown_option_and_impossible_date_cannot_be_chosen(place: Place) -> None:
    card = await posted(
        place,
        actions(
            {"type": "static_select", "options": OPTIONS, "action_id": "s"}, {"type": "datepicker", "action_id": "d"}
        ),
    )
    for action_id, given, code in (
        ("s", {"selected_option": "måske"}, "no_such_option"),
        ("d", {"selected_date": "2026-02-31"}, "bad_value"),
        ("x", {}, "no_such_element"),
    ):
        with pytest.raises(DeskError) as refused:
            await place.desk.act(place.anne, card, action_id, **given)
        assert refused.value.code == code


IN_MODALS: list[tuple[dict[str, Any], Any, dict[str, Any]]] = [
    ({"type": "plain_text_input"}, "KOL", {"value": "KOL"}),
    ({"type": "email_text_input"}, "a@b.dk", {"value": "a@b.dk"}),
    ({"type": "url_text_input"}, "https://dsam.dk", {"value": "https://dsam.dk"}),
    ({"type": "number_input", "is_decimal_allowed": True}, 12.5, {"value": "12.5"}),
    ({"type": "static_select", "options": OPTIONS}, "nej", {"selected_option": "nej"}),
    ({"type": "multi_static_select", "options": OPTIONS}, ["ja"], {"selected_options": ["ja"]}),
    ({"type": "checkboxes", "options": OPTIONS}, ["ja", "nej"], {"selected_options": ["ja", "nej"]}),
    ({"type": "radio_buttons", "options": OPTIONS}, "ja", {"selected_option": "ja"}),
    ({"type": "datepicker"}, "2026-05-07", {"selected_date": "2026-05-07"}),
    ({"type": "timepicker"}, "16:30", {"selected_time": "16:30"}),
    ({"type": "datetimepicker"}, "2026-05-07T16:30", {"selected_date_time": 1778164200}),
    ({"type": "external_select"}, option("kol"), {"selected_option": "kol"}),
]


@pytest.mark.parametrize(("element", "given", "expected"), IN_MODALS)
@pytest.mark.parametrize("key", ["the_block", "the_action"])
async def test_input_in_a_modal_is_submitted_from_a_plain_value(
    place: Place, socketed: Running, *, element: dict[str, Any], given: Any, expected: dict[str, Any], key: str
) -> None:
    app = place.app()
    heard = Heard(app)
    await socketed(app)
    await shown(place, field("the_block", {**element, "action_id": "the_action"}))
    done = await place.desk.submit(place.anne, values={key: given})
    assert (done["response_action"], done["failed"]) == (None, None)
    state = heard.bodies[-1]["view"]["state"]["values"]["the_block"]["the_action"]
    assert values(state) == {"type": element["type"], **expected}


async def test_people_and_conversations_are_submitted_by_id(place: Place, socketed: Running) -> None:
    app = place.app()
    heard = Heard(app)
    await socketed(app)
    kinds = {
        "users_select": place.bo,
        "multi_users_select": [place.anne, place.bo],
        "channels_select": place.channel,
        "conversations_select": place.channel,
    }
    await shown(place, *(field(kind, {"type": kind, "action_id": kind}) for kind in kinds))
    await place.desk.submit(place.anne, values=kinds)
    state = heard.bodies[-1]["view"]["state"]["values"]
    assert state["users_select"]["users_select"]["selected_user"] == place.bo
    assert state["multi_users_select"]["multi_users_select"]["selected_users"] == [place.anne, place.bo]
    assert state["channels_select"]["channels_select"]["selected_channel"] == place.channel
    assert state["conversations_select"]["conversations_select"]["selected_conversation"] == place.channel


async def test_initial_values_are_submitted_when_nothing_is_touched(place: Place, socketed: Running) -> None:
    app = place.app()
    heard = Heard(app)
    await socketed(app)
    first = {
        "title": {"type": "plain_text_input", "initial_value": "KOL"},
        "day": {"type": "datepicker", "initial_date": "2026-05-07"},
        "who": {"type": "checkboxes", "options": OPTIONS, "initial_options": [OPTIONS[1]]},
        "food": {"type": "radio_buttons", "options": OPTIONS, "initial_option": OPTIONS[0]},
    }
    await shown(place, *(field(name, {**element, "action_id": name}) for name, element in first.items()))
    await place.desk.submit(place.anne)
    state = heard.bodies[-1]["view"]["state"]["values"]
    assert [values(state[name][name]) for name in first] == [
        {"type": "plain_text_input", "value": "KOL"},
        {"type": "datepicker", "selected_date": "2026-05-07"},
        {"type": "checkboxes", "selected_options": ["nej"]},
        {"type": "radio_buttons", "selected_option": "ja"},
    ]


async def test_file_input_brings_files_the_app_can_fetch(place: Place, socketed: Running) -> None:
    app = place.app()
    heard = Heard(app)
    await socketed(app)
    await shown(place, field("data", {"type": "file_input", "action_id": "data", "max_files": 1}))
    sent = await place.desk.upload(place.anne, None, "tal.csv", b"a;b\n1;2\n")
    await place.desk.submit(place.anne, values={"data": sent["files"]})
    file = heard.bodies[-1]["view"]["state"]["values"]["data"]["data"]["files"][0]
    assert (file["id"], file["name"], file["size"]) == (sent["files"][0], "tal.csv", 8)
    assert (await place.client.files_info(file=file["id"]))["file"]["user"] == place.anne
    assert [event["type"] for event in heard.events] == []


async def test_too_many_files_and_files_of_others_are_refused(place: Place) -> None:
    await shown(place, field("data", {"type": "file_input", "action_id": "data", "max_files": 1}))
    mine = [(await place.desk.upload(place.anne, None, name, b"x"))["files"][0] for name in ("a.csv", "b.csv")]
    assert (await place.desk.submit(place.anne, values={"data": mine}))["errors"] == {"data": "at most 1 files"}
    other = (await place.desk.upload(place.bo, None, "c.csv", b"x"))["files"]
    with pytest.raises(DeskError) as refused:
        await place.desk.submit(place.anne, values={"data": other})
    assert refused.value.code == "file_not_found"


REFUSED: list[tuple[dict[str, Any], Any, str]] = [
    ({"type": "plain_text_input"}, "", "required"),
    ({"type": "plain_text_input", "max_length": 3}, "KOL-møde", "must be at most 3 characters"),
    ({"type": "plain_text_input", "min_length": 3}, "K", "must be at least 3 characters"),
    ({"type": "number_input", "is_decimal_allowed": False}, "2.5", "must be a whole number"),
    ({"type": "number_input", "is_decimal_allowed": False}, "to", "must be a number"),
    ({"type": "number_input", "is_decimal_allowed": False, "min_value": "0"}, "-1", "must be at least 0"),
    ({"type": "number_input", "is_decimal_allowed": True, "max_value": "100"}, "100.5", "must be at most 100"),
    ({"type": "email_text_input"}, "anne", "must be an email address"),
    ({"type": "url_text_input"}, "dsam", "must be a URL"),
    ({"type": "multi_static_select", "options": OPTIONS, "max_selected_items": 1}, ["ja", "nej"], "choose at most 1"),
    ({"type": "checkboxes", "options": OPTIONS}, [], "required"),
    ({"type": "datepicker"}, None, "required"),
]


@pytest.mark.parametrize(("element", "given", "why"), REFUSED)
async def test_slack_itself_refuses_an_input_before_the_app_hears(
    place: Place, element: dict[str, Any], given: Any, why: str
) -> None:
    await shown(place, field("the_block", {**element, "action_id": "the_action"}))
    answer = await place.desk.submit(place.anne, values={"the_block": given})
    assert (answer["response_action"], answer["errors"], answer["by"]) == ("errors", {"the_block": why}, "slack")


async def test_external_select_asks_the_app_and_takes_what_it_offered(place: Place, running: Running) -> None:
    app = place.app()
    heard = Heard(app)
    heard.answer = {"options": [option("kol"), option("astma")]}
    await running(app)
    await shown(place, field("topic", {"type": "external_select", "action_id": "topic", "min_query_length": 0}))
    top = await place.desk.top_view(place.anne)
    assert top is not None
    offered = await place.desk.options(place.anne, top, "topic", "ko")
    assert [each["value"] for each in offered] == ["kol", "astma"]
    assert (heard.bodies[-1]["type"], heard.bodies[-1]["value"]) == ("block_suggestion", "ko")
    heard.answer = None
    await place.desk.submit(place.anne, values={"topic": "astma"})
    assert heard.bodies[-1]["view"]["state"]["values"]["topic"]["topic"]["selected_option"] == option("astma")


async def test_external_select_in_a_message_asks_the_app_too(place: Place, socketed: Running) -> None:
    app = place.app()
    heard = Heard(app)
    heard.answer = {"option_groups": [{"label": PLACEHOLDER, "options": [option("kol")]}]}
    await socketed(app)
    card = await posted(place, actions({"type": "external_select", "action_id": "topic"}, button("go")))
    assert await place.desk.options(place.anne, card, "topic", "ko") == []  # Slack asks from three letters on
    assert not heard.bodies
    offered = await place.desk.options(place.anne, card, "topic", "kol")
    assert ([each["value"] for each in offered], heard.bodies[-1]["message"]["ts"]) == (["kol"], card["ts"])
    heard.answer = None
    await place.desk.act(place.anne, card, "topic", selected_option=offered[0])
    assert heard.bodies[-1]["actions"][0]["selected_option"] == offered[0]
    with pytest.raises(DeskError) as refused:
        await place.desk.options(place.anne, card, "go", "k")
    assert refused.value.code == "no_such_element"


async def test_file_over_ten_megabytes_is_too_large_for_a_modal(place: Place) -> None:
    await shown(place, field("data", {"type": "file_input", "action_id": "data"}))
    sent = await place.desk.upload(place.anne, None, "stor.csv", b"x" * (10 * 1024 * 1024 + 1))
    answer = await place.desk.submit(place.anne, values={"data": sent["files"]})
    assert answer["errors"] == {"data": "a file must be at most 10 MB"}


async def test_modal_element_dispatches_with_the_state_of_its_view(place: Place, socketed: Running) -> None:
    app = place.app()
    heard = Heard(app)
    await socketed(app)
    view = await shown(
        place,
        field("kind", {"type": "static_select", "options": OPTIONS, "action_id": "kind"}, dispatch_action=True),
        field("note", {"type": "plain_text_input", "action_id": "note"}),
    )
    assert (await place.desk.act(place.anne, view, "note", value="hej"))["dispatched"] is False
    assert (await place.desk.act(place.anne, view, "kind", selected_option="nej"))["dispatched"] is True
    body = heard.bodies[-1]
    assert (body["container"], body["actions"][0]["selected_option"]["value"]) == (
        {"type": "view", "view_id": view["id"]},
        "nej",
    )
    assert body["view"]["state"]["values"]["note"]["note"]["value"] == "hej"


async def test_full_states_from_a_page_are_taken_as_they_are(place: Place, socketed: Running) -> None:
    app = place.app()
    heard = Heard(app)
    await socketed(app)
    view = await shown(place, field("kind", {"type": "static_select", "options": OPTIONS, "action_id": "kind"}))
    state = {"type": "static_select", "selected_option": OPTIONS[1]}
    await place.desk.fill(place.anne, view, "kind", state)
    assert (await place.desk.submit(place.anne, view, {"kind": {"kind": state}}))["failed"] is None
    assert values(heard.bodies[-1]["view"]["state"]["values"]["kind"]["kind"])["selected_option"] == "nej"


async def test_home_elements_dispatch_too(place: Place, socketed: Running) -> None:
    app = place.app()
    heard = Heard(app)
    await socketed(app)
    await place.client.views_publish(user_id=place.anne, view={"type": "home", "blocks": [actions(button("mine"))]})
    home = (await place.desk.state(place.anne))["home"]
    await place.desk.act(place.anne, home["id"], "mine")
    assert heard.bodies[-1]["view"]["type"] == "home"
