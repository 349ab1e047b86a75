"""The state of elements: what is in an input at first, what people put in, and what Slack itself refuses on submit."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any
from zoneinfo import ZoneInfo

from workspace.blockkit.elements import DATE, INTERACTIVE, TEXTS, TIME, elements_of, options_of
from workspace.state.errors import Json, SlackError

STATELESS = {"button", "overflow", "workflow_button", "feedback_buttons", "icon_button"}
ONE_ID = {
    "users_select": ("selected_user", "initial_user"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "channels_select": ("selected_channel", "initial_channel"),
}
MANY_IDS = {
    "multi_users_select": ("selected_users", "initial_users"),
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
    "multi_channels_select": ("selected_channels", "initial_channels"),
}
OPTION = {"static_select", "external_select", "radio_buttons", "overflow"}
OPTIONS = {"multi_static_select", "multi_external_select", "checkboxes"}
PICKED = {
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
}
FILE_BYTES = 10 * 1024 * 1024  # in a modal; a direct message takes larger ones
SAID = ["value", "text", "selected_option", "selected_options", "selected_date", "selected_time", "selected_date_time"]
SAID += [key for key, _ in (*ONE_ID.values(), *MANY_IDS.values())] + ["files"]


def stateful(blocks: list[Json]) -> list[tuple[Json, Json]]:
    """Every block and element that keeps a state."""
    return [
        (block, element)
        for block in blocks
        for element in elements_of(block)
        if element.get("type") in INTERACTIVE - STATELESS
    ]


def initial(element: Json) -> Json:
    """The state before anybody touched the element."""
    kind = element["type"]
    state: Json = {"type": kind}
    if kind in TEXTS:
        return state | {"value": element.get("initial_value")}
    if kind in OPTION:
        return state | {"selected_option": element.get("initial_option")}
    if kind in OPTIONS:
        return state | {"selected_options": element.get("initial_options") or []}
    if kind == "file_input":
        return state | {"files": []}
    if kind in MANY_IDS:
        key, first = MANY_IDS[kind]
        return state | {key: element.get(first) or []}
    key, first = (ONE_ID | PICKED)[kind]
    return state | {key: element.get(first)}


def said(body: Json) -> Any:
    """The value in a desk request, under whichever of its names it came."""
    for name in SAID:
        if name in body:
            return body[name]
    return None


def stated(element: Json, value: Any, tz: str, offered: list[Json] | None = None) -> Json:
    """The state after somebody put `value` in: plain text, option values, dates and ids are turned into Slack's form.

    `offered` are the options an external select was given. Files are ids here; the caller puts file objects in.
    """
    kind = element["type"]
    empty = initial({"type": kind})
    if value is None:
        return empty
    if isinstance(value, dict) and (value.get("type") == kind or set(empty) & set(value)):
        value = said(value)
        if value is None:
            return empty
    if kind in TEXTS:
        return empty | {"value": str(value) or None}
    if kind in OPTION:
        return empty | {"selected_option": _option(element, value, offered)}
    if kind in OPTIONS:
        return empty | {"selected_options": [_option(element, each, offered) for each in _listed(value)]}
    if kind == "file_input":
        return empty | {"files": _listed(value)}
    if kind in MANY_IDS:
        return empty | {MANY_IDS[kind][0]: _listed(value)}
    if kind in ONE_ID:
        return empty | {ONE_ID[kind][0]: str(value)}
    return empty | {PICKED[kind][0]: _picked(kind, value, tz)}


def _listed(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple | set) else [value]


def _option(element: Json, value: Any, offered: list[Json] | None) -> Json:
    wanted = value.get("value") if isinstance(value, dict) else str(value)
    for option in options_of(element) + (offered or []):
        if option.get("value") == wanted:
            return option
    if isinstance(value, dict) and "external" in element["type"]:
        return value
    raise SlackError("no_such_option", detail=str(wanted))


def _picked(kind: str, value: Any, tz: str) -> Any:
    if kind == "datetimepicker":
        if isinstance(value, str) and not value.isdigit():
            moment = datetime.fromisoformat(value)
            return int((moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(tz))).timestamp())
        return int(value)
    pattern = DATE if kind == "datepicker" else TIME
    if not pattern.fullmatch(str(value)):
        raise SlackError("bad_value", detail=str(value))
    if kind == "datepicker":
        _real_day(str(value))
    return str(value)


def _real_day(value: str) -> None:
    try:
        datetime.fromisoformat(value)
    except ValueError:  # a calendar has no 31 February to click on
        raise SlackError("bad_value", detail=value) from None


def is_empty(state: Json) -> bool:
    """Nothing was put in."""
    return all(not value for key, value in state.items() if key != "type")


def refusal(block: Json, state: Json) -> str | None:
    """Why Slack keeps the modal open without asking the app, or None."""
    element = block["element"]
    if is_empty(state):
        return None if block.get("optional") else "required"
    kind = element["type"]
    if kind == "number_input":
        return _number_refusal(element, state["value"])
    if kind in TEXTS:
        length = len(state["value"])
        if length > element.get("max_length", 3_000):
            return f"must be at most {element.get('max_length', 3_000)} characters"
        if length < element.get("min_length", 0):
            return f"must be at least {element['min_length']} characters"
        if kind == "email_text_input" and "@" not in state["value"]:
            return "must be an email address"
        if kind == "url_text_input" and "://" not in state["value"]:
            return "must be a URL"
    if kind == "file_input":
        return _files_refusal(element, state["files"])
    chosen = next((value for value in state.values() if isinstance(value, list)), [])
    if len(chosen) > element.get("max_selected_items", 1_000):
        return f"choose at most {element['max_selected_items']}"
    return None


def _files_refusal(element: Json, files: list[Json]) -> str | None:
    if len(files) > element.get("max_files", 10):
        return f"at most {element.get('max_files', 10)} files"
    if any(file.get("size", 0) > FILE_BYTES for file in files):
        return "a file must be at most 10 MB"
    return None


def _number_refusal(element: Json, value: str) -> str | None:
    try:
        number = Decimal(value)
    except InvalidOperation:
        return "must be a number"
    if not number.is_finite():
        return "must be a number"
    if not element.get("is_decimal_allowed") and number != number.to_integral_value():
        return "must be a whole number"
    if "min_value" in element and number < Decimal(element["min_value"]):
        return f"must be at least {element['min_value']}"
    if "max_value" in element and number > Decimal(element["max_value"]):
        return f"must be at most {element['max_value']}"
    return None


def chosen_in(element: Json, block: Json, state: Json, action_ts: str) -> Json:
    """The entry in `actions` of a block_actions payload."""
    action: Json = {
        "type": element["type"],
        "action_id": element["action_id"],
        "block_id": block["block_id"],
        "action_ts": action_ts,
    }
    if element["type"] in {"button", "workflow_button"}:
        return action | {key: element[key] for key in ("text", "value", "style", "url", "confirm") if key in element}
    initials = {key: value for key, value in element.items() if key.startswith("initial_")}
    placeholder = {"placeholder": element["placeholder"]} if "placeholder" in element else {}
    return action | state | initials | placeholder
