"""Block Kit limits: which payload Slack would refuse, and with which words (slack.md 1.6 and 1.7)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any, Literal

from workspace.blockkit.checks import Checks
from workspace.blockkit.data_blocks import check_chart, check_data_table, check_table
from workspace.blockkit.elements import (
    IN_ACTIONS,
    IN_INPUT,
    IN_SECTION,
    INTERACTIVE,
    check_element,
    check_image,
    elements_of,
)
from workspace.state.errors import Json, SlackError, bad_blocks
from workspace.state.ids import Ids

Place = Literal["message", "modal", "home"]
VIEWS: dict[str, Place] = {"modal": "modal", "home": "home"}
MOST = {"message": 50, "modal": 100, "home": 100}
CHARACTERS = 13_200  # of all blocks of one message; not documented (bolt-js #2509)
MARKDOWN = 12_000
VIEW_BYTES = 250_000
NOT_IN_VIEWS = {"data_visualization", "data_table", "table", "markdown"}


def check_blocks(blocks: Any, place: Place, *, charts: bool = True, root: str = "/blocks") -> list[str]:
    """Every problem of a list of blocks; empty when Slack would take it. `charts`: data_visualization is allowed."""
    checks = Checks()
    listed = checks.count(blocks, 0 if place != "message" else 1, MOST[place], root)
    for index, block in enumerate(listed):
        _check_block(block, place, f"{root}/{index}", checks)
    sound = [block for block in listed if isinstance(block, dict)]
    checks.unique((block.get("block_id") for block in sound), "block_id", root)
    markdown = sum(len(str(block.get("text", ""))) for block in sound if block.get("type") == "markdown")
    if markdown > MARKDOWN:
        checks.add(f"markdown must be less than {MARKDOWN + 1} characters in total", root)
    drawn = sum(1 for block in sound if block.get("type") == "data_visualization")
    if drawn > 2 or (drawn and not charts):
        checks.add("unsupported type: data_visualization" if not charts else "no more than 2 charts allowed", root)
    return checks.problems


def check_message(blocks: Any, *, charts: bool) -> None:
    """Raise what chat.postMessage and its siblings answer to blocks that are too many, too long or malformed."""
    problems = check_blocks(blocks, "message", charts=charts)
    if problems:
        raise bad_blocks(problems)
    if sum(len(text) for block in blocks for text in texts_of(block)) > CHARACTERS:
        raise SlackError("msg_blocks_too_long")


def check_view(view: Any) -> None:
    """Raise what views.open and its siblings answer to a view that breaks a rule."""
    if not isinstance(view, dict):
        raise SlackError("invalid_arguments", response_metadata={"messages": ["[ERROR] must provide an object"]})
    if len(json.dumps(view, ensure_ascii=False).encode()) > VIEW_BYTES:
        raise SlackError("view_too_large")
    place = VIEWS.get(str(view.get("type")))
    if place is None:
        raise bad_blocks(["unsupported type [json-pointer:/view/type]"], "invalid_arguments")
    checks = Checks()
    checks.short(view.get("private_metadata"), 3_000, "/view/private_metadata")
    checks.short(view.get("callback_id"), 255, "/view/callback_id")
    checks.short(view.get("external_id"), 255, "/view/external_id")
    if place == "modal":
        checks.text(view.get("title"), 24, "/view/title", plain=True)
        checks.text(view.get("submit"), 24, "/view/submit", plain=True, needed=_has_input(view))
        checks.text(view.get("close"), 24, "/view/close", plain=True, needed=False)
    problems = checks.problems + check_blocks(view.get("blocks"), place, charts=False, root="/view/blocks")
    if problems:
        raise bad_blocks(problems, "invalid_arguments")


def texts_of(block: Json) -> Iterator[str]:
    """Every text of a block that people read, for the total length of a message; tables have their own limit."""
    if block.get("type") in {"table", "data_table", "data_visualization"}:
        return
    waiting: list[Any] = [block]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            if isinstance(value.get("text"), str):
                yield value["text"]
            waiting += [inner for key, inner in value.items() if key != "confirm" and isinstance(inner, dict | list)]
        elif isinstance(value, list):
            waiting += value


def dressed(blocks: list[Json], ids: Ids) -> list[Json]:
    """A copy with what Slack adds: block ids, action ids and `emoji` / `verbatim` on texts."""
    made: list[Json] = _copied(blocks)
    for block in made:
        block.setdefault("block_id", ids.fresh("", 5))
        for element in elements_of(block):
            if element.get("type") in INTERACTIVE:
                element.setdefault("action_id", ids.fresh("", 5))
    return made


def _copied(value: Any) -> Any:
    """A deep copy of JSON with the texts' defaults put in: one walk, as every message takes it."""
    if isinstance(value, dict):
        made = {key: _copied(inner) if isinstance(inner, dict | list) else inner for key, inner in value.items()}
        kind = made.get("type")
        if kind == "plain_text":
            made.setdefault("emoji", True)
        elif kind == "mrkdwn":
            made.setdefault("verbatim", False)
        return made
    if isinstance(value, list):
        return [_copied(inner) for inner in value]
    return value


def _has_input(view: Json) -> bool:
    blocks = view.get("blocks")
    return isinstance(blocks, list) and any(isinstance(b, dict) and b.get("type") == "input" for b in blocks)


def _check_block(block: Any, place: Place, path: str, checks: Checks) -> None:
    if not isinstance(block, dict):
        checks.add("must provide an object", path)
        return
    kind = str(block.get("type"))
    rule = RULES.get(kind)
    if rule is None or (place != "message" and kind in NOT_IN_VIEWS):
        checks.add(f"unsupported type: {kind}", f"{path}/type")
        return
    checks.ids(block, path, "block_id")
    try:
        rule(block, path, checks)
    except (AttributeError, TypeError):  # a list or a string where an object belongs, however deep
        checks.add("malformed", path)
        return
    if place != "modal" and any(element.get("type") == "file_input" for element in elements_of(block)):
        checks.add("unsupported type: file_input", f"{path}/element/type")
    checks.unique((element.get("action_id") for element in elements_of(block)), "action_id", path)


def _section(block: Json, path: str, checks: Checks) -> None:
    if block.get("text") is None and not block.get("fields"):
        checks.add("missing required field", f"{path}/text")
    checks.text(block.get("text"), 3_000, f"{path}/text", needed=False)
    if block.get("fields") is not None:
        for index, field in enumerate(checks.count(block["fields"], 1, 10, f"{path}/fields")):
            checks.text(field, 2_000, f"{path}/fields/{index}")
    if "accessory" in block:
        check_element(block["accessory"], IN_SECTION, f"{path}/accessory", checks)


def _header(block: Json, path: str, checks: Checks) -> None:
    checks.text(block.get("text"), 150, f"{path}/text", plain=True)


def _markdown(block: Json, path: str, checks: Checks) -> None:
    checks.short(block.get("text"), MARKDOWN, f"{path}/text", needed=True)


def _actions(block: Json, path: str, checks: Checks) -> None:
    for index, element in enumerate(checks.count(block.get("elements"), 1, 25, f"{path}/elements")):
        check_element(element, IN_ACTIONS, f"{path}/elements/{index}", checks)


def _context(block: Json, path: str, checks: Checks) -> None:
    for index, element in enumerate(checks.count(block.get("elements"), 1, 10, f"{path}/elements")):
        here = f"{path}/elements/{index}"
        if isinstance(element, dict) and element.get("type") == "image":
            check_image(element, here, checks)
        else:
            checks.text(element, 3_000, here)


def _context_actions(block: Json, path: str, checks: Checks) -> None:
    for index, element in enumerate(checks.count(block.get("elements"), 1, 5, f"{path}/elements")):
        check_element(element, {"feedback_buttons", "icon_button"}, f"{path}/elements/{index}", checks)


def _image(block: Json, path: str, checks: Checks) -> None:
    check_image(block, path, checks)
    checks.text(block.get("title"), 2_000, f"{path}/title", plain=True, needed=False)


def _input(block: Json, path: str, checks: Checks) -> None:
    checks.text(block.get("label"), 2_000, f"{path}/label", plain=True)
    checks.text(block.get("hint"), 2_000, f"{path}/hint", plain=True, needed=False)
    element = block.get("element")
    if isinstance(element, dict):
        check_element(element, IN_INPUT, f"{path}/element", checks)
    else:
        checks.add("missing required field", f"{path}/element")


def _nothing(_block: Json, _path: str, _checks: Checks) -> None:
    """Blocks without limits of their own."""


RULES: dict[str, Callable[[Json, str, Checks], None]] = {
    "section": _section,
    "header": _header,
    "markdown": _markdown,
    "actions": _actions,
    "context": _context,
    "context_actions": _context_actions,
    "image": _image,
    "input": _input,
    "divider": _nothing,
    "rich_text": _nothing,
    "file": _nothing,
    "video": _nothing,
    "table": check_table,
    "data_table": check_data_table,
    "data_visualization": check_chart,
}
