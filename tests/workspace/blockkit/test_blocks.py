"""Block Kit limits: the last value that is taken and the first that is not."""

from __future__ import annotations

from typing import Any

import pytest
from slack_sdk.errors import SlackApiError

from tests.workspace.kit import PLACEHOLDER, Place, actions, button, field, modal, option
from workspace.blockkit.blocks import check_blocks, check_view
from workspace.state.errors import SlackError

Block = dict[str, Any]


def mrkdwn(length: int) -> Block:
    return {"type": "mrkdwn", "text": "x" * length}


def plain(length: int) -> Block:
    return {"type": "plain_text", "text": "x" * length}


def section(length: int = 1, **more: Any) -> Block:
    return {"type": "section", "text": mrkdwn(length), **more}


def select(count: int, kind: str = "static_select") -> Block:
    return actions({"type": kind, "action_id": "a", "options": [option(f"v{n}") for n in range(count)]})


def image(length: int) -> Block:
    return {"type": "image", "image_url": "https://example.dk/a.png", "alt_text": "x" * length}


def table(rows: int, columns: int, kind: str = "table") -> Block:
    return {"type": kind, "rows": [[{"type": "raw_text", "text": "x"}] * columns] * rows}


EDGES: list[tuple[str, list[Block], list[Block]]] = [
    ("message blocks", [section()] * 50, [section()] * 51),
    ("section text", [section(3_000)], [section(3_001)]),
    ("section fields", [section(fields=[mrkdwn(2_000)] * 10)], [section(fields=[mrkdwn(1)] * 11)]),
    ("section field text", [section(fields=[mrkdwn(2_000)])], [section(fields=[mrkdwn(2_001)])]),
    ("section without text", [section(fields=[mrkdwn(1)])], [{"type": "section"}]),
    ("header", [{"type": "header", "text": plain(150)}], [{"type": "header", "text": plain(151)}]),
    ("header is plain", [{"type": "header", "text": plain(1)}], [{"type": "header", "text": mrkdwn(1)}]),
    ("markdown", [{"type": "markdown", "text": "x" * 12_000}], [{"type": "markdown", "text": "x" * 12_001}]),
    (
        "markdown in all",
        [{"type": "markdown", "text": "x" * 6_000}] * 2,
        [{"type": "markdown", "text": "x" * 6_001}] * 2,
    ),
    (
        "actions",
        [actions(*(button(f"b{n}") for n in range(25)))],
        [actions(*(button(f"b{n}") for n in range(26)))],
    ),
    (
        "context",
        [{"type": "context", "elements": [mrkdwn(1)] * 10}],
        [{"type": "context", "elements": [mrkdwn(1)] * 11}],
    ),
    ("options", [select(100)], [select(101)]),
    ("no options", [select(1)], [select(0)]),
    ("checkboxes", [select(10, "checkboxes")], [select(11, "checkboxes")]),
    ("radio buttons", [select(10, "radio_buttons")], [select(11, "radio_buttons")]),
    ("overflow", [select(5, "overflow")], [select(6, "overflow")]),
    ("button text", [actions(button("a", text="x" * 75))], [actions(button("a", text="x" * 76))]),
    ("button value", [actions(button("a", "x" * 2_000))], [actions(button("a", "x" * 2_001))]),
    ("action id", [actions(button("a" * 255))], [actions(button("a" * 256))]),
    ("block id", [section(block_id="a" * 255)], [section(block_id="a" * 256)]),
    ("same action id", [actions(button("a"), button("b"))], [actions(button("a"), button("a"))]),
    ("same block id", [section(block_id="a"), section(block_id="b")], [section(block_id="a")] * 2),
    ("image alt text", [image(2_000)], [image(2_001)]),
    ("image without alt text", [image(1)], [{"type": "image", "image_url": "https://example.dk/a.png"}]),
    ("table", [table(100, 20)], [table(101, 20)]),
    ("table columns", [table(1, 20)], [table(1, 21)]),
    ("data table", [table(201, 20, "data_table")], [table(202, 20, "data_table")]),
    ("data table needs rows", [table(2, 1, "data_table")], [table(1, 1, "data_table")]),
    ("unknown block", [{"type": "divider"}], [{"type": "carousel"}]),
    ("unknown element", [actions(button("a"))], [actions({"type": "slider", "action_id": "a"})]),
    ("style", [actions({**button("a"), "style": "danger"})], [actions({**button("a"), "style": "big"})]),
    (
        "input text",
        [field("a", {"type": "plain_text_input", "action_id": "a", "max_length": 3_000})],
        [field("a", {"type": "plain_text_input", "action_id": "a", "max_length": 3_001})],
    ),
    (
        "initial option",
        [actions({"type": "radio_buttons", "action_id": "a", "options": [option("a")], "initial_option": option("a")})],
        [actions({"type": "radio_buttons", "action_id": "a", "options": [option("a")], "initial_option": option("b")})],
    ),
]


@pytest.mark.parametrize(("taken", "refused"), [edge[1:] for edge in EDGES], ids=[edge[0] for edge in EDGES])
def test_last_value_is_taken_and_the_next_refused(taken: list[Block], refused: list[Block]) -> None:
    assert check_blocks(taken, "message") == []
    assert len(check_blocks(refused, "message")) > 0


LONG_OPTION = {"text": plain(76), "value": "a"}
LONG_VALUE = {"text": plain(75), "value": "a" * 151}


@pytest.mark.parametrize("bad", [LONG_OPTION, LONG_VALUE], ids=["text over 75", "value over 150"])
def test_option_keeps_to_its_lengths(bad: Block) -> None:
    good = {"text": plain(75), "value": "a" * 150}
    block = {"type": "static_select", "action_id": "a", "placeholder": PLACEHOLDER}
    assert check_blocks([actions({**block, "options": [good]})], "message") == []
    assert len(check_blocks([actions({**block, "options": [bad]})], "message")) == 1


def chart(**more: Any) -> Block:
    pie = {"type": "pie", "segments": [{"label": "KOL", "value": 3}]}
    return {"type": "data_visualization", "title": "Andel", "chart": pie, **more}


def test_chart_is_taken_twice_in_a_message_that_may_have_it_and_never_in_a_modal() -> None:
    assert check_blocks([chart(), chart()], "message") == []
    assert len(check_blocks([chart(), chart(), chart()], "message")) == 1
    assert len(check_blocks([chart()], "message", charts=False)) == 1
    assert len(check_blocks([chart()], "modal")) == 1


@pytest.mark.parametrize(
    "bad",
    [
        chart(title="x" * 51),
        chart(chart={"type": "box"}),
        chart(chart={"type": "pie", "segments": [{"label": "x" * 21, "value": 1}]}),
        chart(chart={"type": "pie", "segments": [{"label": "x", "value": 0}]}),
        chart(chart={"type": "pie", "segments": [{"label": "x", "value": 1}] * 13}),
        chart(chart={"type": "line", "series": [], "axis_config": {"categories": ["a"]}}),
    ],
)
def test_chart_keeps_to_its_limits(bad: Block) -> None:
    assert len(check_blocks([bad], "message")) == 1


VIEWS: list[tuple[str, Block, Block]] = [
    ("title", modal(title=plain(24)), modal(title=plain(25))),
    ("submit", modal(submit=plain(24)), modal(submit=plain(25))),
    ("close", modal(close=plain(24)), modal(close=plain(25))),
    ("private metadata", modal(private_metadata="x" * 3_000), modal(private_metadata="x" * 3_001)),
    ("callback id", modal(callback_id="x" * 255), modal(callback_id="x" * 256)),
    ("view blocks", modal(*[section()] * 100), modal(*[section()] * 101)),
    (
        "file input",
        modal(field("a", {"type": "file_input", "action_id": "a", "max_files": 10})),
        modal(field("a", {"type": "file_input", "action_id": "a", "max_files": 11})),
    ),
    (
        "decimals are decided",
        modal(field("a", {"type": "number_input", "action_id": "a", "is_decimal_allowed": False})),
        modal(field("a", {"type": "number_input", "action_id": "a"})),
    ),
    (
        "submit for inputs",
        modal(section(), submit=None),
        modal(field("a", {"type": "plain_text_input", "action_id": "a"}), submit=None),
    ),
    ("a modal's input", modal(), {"type": "home", "blocks": [field("a", {"type": "file_input", "action_id": "a"})]}),
    ("kind", {"type": "home", "blocks": []}, {"type": "panel", "blocks": []}),
]


@pytest.mark.parametrize(("taken", "refused"), [view[1:] for view in VIEWS], ids=[view[0] for view in VIEWS])
def test_view_keeps_to_its_limits(taken: Block, refused: Block) -> None:
    check_view(taken)
    with pytest.raises(SlackError) as error:
        check_view(refused)
    assert error.value.code == "invalid_arguments"


async def post_error(place: Place, *blocks: Block) -> Any:
    with pytest.raises(SlackApiError) as refused:
        await place.client.chat_postMessage(channel=place.anne, text="x", blocks=list(blocks))
    return refused.value.response


async def test_refused_blocks_are_answered_with_the_place_of_the_problem(place: Place) -> None:
    answer = await post_error(place, section(3_001))
    assert answer["error"] == "invalid_blocks"
    assert answer["response_metadata"]["messages"] == [
        "[ERROR] must be less than 3001 characters [json-pointer:/blocks/0/text/text]"
    ]


@pytest.mark.parametrize(
    "bad",
    [
        "divider",
        section(accessory="knap"),
        {"type": "actions", "elements": ["knap"]},
        {"type": "section", "text": "bare tekst"},
        {"type": "context", "elements": [7]},
        {"type": "actions", "elements": [{"type": "static_select", "action_id": "a", "option_groups": ["a"]}]},
        {"type": "input", "label": PLACEHOLDER, "element": "felt"},
        chart(chart={"type": "pie", "segments": [3]}),
    ],
)
async def test_malformed_block_is_refused_not_fatal(place: Place, bad: Any) -> None:
    await place.desk.settings(data_visualization=True)
    assert (await post_error(place, bad))["error"] == "invalid_blocks"


async def test_all_blocks_together_have_a_limit_too(place: Place) -> None:
    await place.client.chat_postMessage(channel=place.anne, text="x", blocks=[section(2_640)] * 5)
    assert (await post_error(place, *[section(2_641)] * 5))["error"] == "msg_blocks_too_long"


async def test_workspace_decides_whether_charts_are_taken(place: Place) -> None:
    assert (await post_error(place, chart()))["error"] == "invalid_blocks"
    await place.desk.settings(data_visualization=True)
    assert (await place.client.chat_postMessage(channel=place.anne, text="x", blocks=[chart()]))["ok"] is True


async def test_limits_can_be_switched_off(place: Place) -> None:
    await place.desk.settings(enforce_limits=False)
    assert (await place.client.chat_postMessage(channel=place.anne, text="x", blocks=[section(3_001)]))["ok"] is True


async def test_blocks_get_ids_and_emoji_as_slack_adds_them(place: Place) -> None:
    sent = await place.client.chat_postMessage(
        channel=place.anne,
        text="x",
        blocks=[{"type": "actions", "elements": [{"type": "button", "text": plain(1)}]}],
    )
    block = sent["message"]["blocks"][0]
    assert (len(block["block_id"]), len(block["elements"][0]["action_id"])) == (5, 5)
    assert block["elements"][0]["text"]["emoji"] is True
