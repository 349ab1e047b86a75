"""The few shapes that every message and form is made of.

``block_id`` equals ``action_id`` for inputs, so that a field error finds its field by one name.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time
from decimal import Decimal
from typing import Any

from handlers.fitting import cut
from handlers.message import Block, Message

Option = tuple[str, str]
"""Value and label."""
MENU = 100
"""Choices that Slack shows in a menu."""
ROW = 25
"""Buttons and menus that Slack takes in a row."""


def escape(text: str) -> str:
    """Make what a person typed harmless in mrkdwn: no mentions, no links, no channel calls."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def plain(text: str, limit: int = 3000) -> dict[str, Any]:
    """A plain text object, cut to what Slack takes."""
    return {"type": "plain_text", "text": cut(text, limit), "emoji": True}


def header(text: str) -> Block:
    """A headline."""
    return {"type": "header", "text": plain(text, 150)}


def section(text: str, accessory: dict[str, Any] | None = None) -> Block:
    """A paragraph in mrkdwn, with an optional button or menu beside it."""
    block: Block = {"type": "section", "text": {"type": "mrkdwn", "text": cut(text, 3000)}}
    return block | ({"accessory": accessory} if accessory else {})


def fields(texts: Sequence[str]) -> Block:
    """Up to ten short paragraphs in two columns."""
    return {"type": "section", "fields": [{"type": "mrkdwn", "text": cut(text, 2000)} for text in texts[:10]]}


def context(*texts: str) -> Block:
    """Small grey lines."""
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": cut(text, 3000)} for text in texts[:10]]}


def divider() -> Block:
    """A line."""
    return {"type": "divider"}


def image(attachment: str, alt_text: str, title: str = "") -> Block:
    """A picture of ours, by the name of its attachment."""
    block: Block = {"type": "image", "slack_file": {"id": attachment}, "alt_text": cut(alt_text, 2000)}
    return block | ({"title": plain(title, 2000)} if title else {})


def actions(*elements: dict[str, Any], block_id: str = "") -> Block:
    """A row of buttons and menus."""
    return {"type": "actions", "elements": list(elements)} | ({"block_id": block_id} if block_id else {})


def rows(elements: Sequence[dict[str, Any]]) -> list[Block]:
    """As many rows as Slack needs for them."""
    return [actions(*elements[start : start + ROW]) for start in range(0, len(elements), ROW)]


def button(
    label: str, action: str, value: object = "", *, style: str = "", confirm: dict[str, Any] | None = None
) -> dict[str, Any]:
    """A button; ``value`` is an id, and left out where the button needs none."""
    element: dict[str, Any] = {"type": "button", "text": plain(label, 75), "action_id": action}
    if value != "":
        element["value"] = str(value)
    if style:
        element["style"] = style
    if confirm:
        element["confirm"] = confirm
    return element


def asking(said: str, *elements: dict[str, Any]) -> Message:
    """Something that is said or asked, with buttons under it."""
    return Message(said, [section(said), actions(*elements)] if elements else [section(said)])


def confirmation(title: str, text: str, yes: str, no: str) -> dict[str, Any]:
    """ "Are you sure?" before a button does what it says."""
    return {
        "title": plain(title, 100),
        "text": {"type": "mrkdwn", "text": cut(text, 300)},
        "confirm": plain(yes, 30),
        "deny": plain(no, 30),
    }


def options(choices: Sequence[Option]) -> list[dict[str, Any]]:
    """Choices of a menu."""
    return [{"text": plain(label, 75), "value": value} for value, label in choices]


def select(action: str, choices: Sequence[Option], *, chosen: str | None = None, hint: str = "") -> dict[str, Any]:
    """A menu with one choice."""
    made = options(choices)
    element: dict[str, Any] = {"type": "static_select", "action_id": action, "options": made}
    if hint:
        element["placeholder"] = plain(hint, 150)
    if first := next((option for option in made if option["value"] == chosen), None):
        element["initial_option"] = first
    return element


def menu(
    action: str, choices: Sequence[Option], *, chosen: str | None = None, hint: str = "", most: int = MENU
) -> dict[str, Any]:
    """A menu with one choice of however many; of more than Slack shows, those are asked for that fit what is typed
    (the feature's ``suggestions``, by the action as far as its colon). A form with many menus shows fewer in each.
    """
    if len(choices) <= most:
        return select(action, choices, chosen=chosen, hint=hint)
    element: dict[str, Any] = {"type": "external_select", "action_id": action, "min_query_length": 0}
    if hint:
        element["placeholder"] = plain(hint, 150)
    if picked := options([choice for choice in choices if choice[0] == chosen]):
        element["initial_option"] = picked[0]
    return element


def multi_menu(action: str, choices: Sequence[Option], *, chosen: Sequence[str] = (), hint: str = "") -> dict[str, Any]:
    """As `menu`, with several choices."""
    if len(choices) <= MENU:
        return multi_select(action, choices, chosen=chosen, hint=hint)
    element: dict[str, Any] = {"type": "multi_external_select", "action_id": action, "min_query_length": 0}
    if hint:
        element["placeholder"] = plain(hint, 150)
    if picked := options([choice for choice in choices if choice[0] in chosen]):
        element["initial_options"] = picked
    return element


def suggested(choices: Sequence[Option], typed: str) -> list[Option]:
    """What an external menu offers: choices with every typed word in them, as many as Slack shows."""
    words = typed.casefold().split()
    return [choice for choice in choices if all(word in choice[1].casefold() for word in words)][:MENU]


def multi_select(
    action: str, choices: Sequence[Option], *, chosen: Sequence[str] = (), hint: str = ""
) -> dict[str, Any]:
    """A menu with several choices."""
    made = options(choices)
    element: dict[str, Any] = {"type": "multi_static_select", "action_id": action, "options": made}
    if hint:
        element["placeholder"] = plain(hint, 150)
    if picked := [option for option in made if option["value"] in chosen]:
        element["initial_options"] = picked
    return element


def people_field(action: str, *, most: int, hint: str = "") -> dict[str, Any]:
    """Several people of the workspace, found by name."""
    element: dict[str, Any] = {"type": "multi_users_select", "action_id": action, "max_selected_items": most}
    return element | ({"placeholder": plain(hint, 150)} if hint else {})


def person_field(action: str, *, hint: str = "") -> dict[str, Any]:
    """One person of the workspace, found by name."""
    element: dict[str, Any] = {"type": "users_select", "action_id": action}
    return element | ({"placeholder": plain(hint, 150)} if hint else {})


def radio(action: str, choices: Sequence[Option], *, chosen: str | None = None) -> dict[str, Any]:
    """A short list with one choice."""
    return select(action, choices, chosen=chosen) | {"type": "radio_buttons"}


def checkboxes(action: str, choices: Sequence[Option], *, chosen: Sequence[str] = ()) -> dict[str, Any]:
    """A short list (ten at most) with several choices."""
    return multi_select(action, choices, chosen=chosen) | {"type": "checkboxes"}


def text_field(
    action: str, *, initial: str = "", multiline: bool = False, hint: str = "", limit: int = 3000
) -> dict[str, Any]:
    """A line or a box to write in."""
    element: dict[str, Any] = {
        "type": "plain_text_input",
        "action_id": action,
        "multiline": multiline,
        "max_length": limit,
    }
    if initial:
        element["initial_value"] = initial
    if hint:
        element["placeholder"] = plain(hint, 150)
    return element


def number_field(
    action: str,
    *,
    initial: float | None = None,
    low: int | None = None,
    high: int | None = None,
    decimals: bool = False,
) -> dict[str, Any]:
    """A whole number, or one that may have decimals."""
    element: dict[str, Any] = {"type": "number_input", "action_id": action, "is_decimal_allowed": decimals}
    for name, value in (("initial_value", initial), ("min_value", low), ("max_value", high)):
        if value is not None:
            element[name] = f"{Decimal(str(value)):f}"
    return element


def date_field(action: str, *, initial: date | None = None) -> dict[str, Any]:
    """A day."""
    return {"type": "datepicker", "action_id": action} | ({"initial_date": initial.isoformat()} if initial else {})


def time_field(action: str, *, initial: time | None = None) -> dict[str, Any]:
    """A time of day; it is Copenhagen's, whatever zone the reader's machine is in."""
    element: dict[str, Any] = {"type": "timepicker", "action_id": action, "timezone": "Europe/Copenhagen"}
    return element | ({"initial_time": initial.strftime("%H:%M")} if initial else {})


def entry(label: str, element: dict[str, Any], *, help_text: str = "", optional: bool = False) -> Block:
    """A labelled field of a form."""
    block: Block = {
        "type": "input",
        "block_id": element["action_id"],
        "label": plain(label, 2000),
        "element": element,
        "optional": optional,
    }
    return block | ({"hint": plain(help_text, 2000)} if help_text else {})


def form(view: str, title: str, submit: str, close: str, blocks: list[Block], metadata: str = "") -> dict[str, Any]:
    """A form (modal). Titles and buttons are cut to Slack's 24 characters."""
    return {
        "type": "modal",
        "callback_id": view,
        "title": plain(title, 24),
        "submit": plain(submit, 24),
        "close": plain(close, 24),
        "blocks": blocks,
        "private_metadata": metadata,
    }


def window(view: str, title: str, close: str, blocks: list[Block], metadata: str = "") -> dict[str, Any]:
    """A window that only shows."""
    return {
        "type": "modal",
        "callback_id": view,
        "title": plain(title, 24),
        "close": plain(close, 24),
        "blocks": blocks,
        "private_metadata": metadata,
    }
