"""The rules for each interactive element, and how to find one in a list of blocks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from workspace.blockkit.checks import Checks
from workspace.state.errors import Json

DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
SELECTS = {"static_select", "external_select", "users_select", "conversations_select", "channels_select"}
MULTI_SELECTS = {f"multi_{kind}" for kind in SELECTS}
TEXTS = {"plain_text_input", "email_text_input", "url_text_input", "number_input", "rich_text_input"}
CHOICES = {"radio_buttons", "checkboxes"}
PICKERS = {"datepicker", "timepicker", "datetimepicker"}
IN_INPUT = SELECTS | MULTI_SELECTS | TEXTS | CHOICES | PICKERS | {"file_input"}
IN_ACTIONS = SELECTS | MULTI_SELECTS | CHOICES | PICKERS | {"button", "overflow", "workflow_button"}
IN_SECTION = IN_ACTIONS | {"image"}
INTERACTIVE = IN_INPUT | IN_ACTIONS | {"feedback_buttons", "icon_button"}


def elements_of(block: Json) -> Iterator[Json]:
    """Every element of one block, interactive or not."""
    for place in ("accessory", "element"):
        if isinstance(block.get(place), dict):
            yield block[place]
    for each in block.get("elements") or []:
        if isinstance(each, dict):
            yield each


def find(blocks: list[Json], action_id: str, block_id: str | None = None) -> tuple[Json, Json] | None:
    """The block and the interactive element with this action_id."""
    for block in blocks:
        if block_id and block.get("block_id") != block_id:
            continue
        for element in elements_of(block):
            if element.get("action_id") == action_id and element.get("type") in INTERACTIVE:
                return block, element
    return None


def options_of(element: Json) -> list[Json]:
    """All options of a select, checkbox, radio or overflow, groups flattened."""
    options = list(element.get("options") or [])
    for group in element.get("option_groups") or []:
        options += group.get("options") or []
    return options


def check_element(element: Json, allowed: set[str], path: str, checks: Checks) -> None:
    """All rules of one element; `allowed` are the kinds this place takes."""
    kind = element.get("type")
    if kind not in allowed:
        checks.add(f"unsupported type: {kind}", f"{path}/type")
        return
    checks.ids(element, path, "action_id")
    if "placeholder" in element:
        checks.text(element["placeholder"], 150, f"{path}/placeholder", plain=True)
    if "confirm" in element:
        _confirm(element["confirm"], f"{path}/confirm", checks)
    rule = RULES.get(str(kind))
    if rule:
        rule(element, path, checks)


def check_image(element: Json, path: str, checks: Checks) -> None:
    """An image element or block: one source, and a text for those who cannot see it."""
    checks.short(element.get("alt_text"), 2_000, f"{path}/alt_text", needed=True)
    url, file = element.get("image_url"), element.get("slack_file")
    if (url is None) == (file is None):
        checks.add("must provide exactly one of image_url and slack_file", path)
    elif url is not None:
        checks.short(url, 3_000, f"{path}/image_url", needed=True)
    elif not isinstance(file, dict) or not (file.get("id") or file.get("url")):
        checks.add("must provide id or url", f"{path}/slack_file")


def _confirm(dialog: Json, path: str, checks: Checks) -> None:
    checks.text(dialog.get("title"), 100, f"{path}/title", plain=True)
    checks.text(dialog.get("text"), 300, f"{path}/text")
    checks.text(dialog.get("confirm"), 30, f"{path}/confirm", plain=True)
    checks.text(dialog.get("deny"), 30, f"{path}/deny", plain=True)


def _option(option: Any, path: str, checks: Checks, *, plain: bool) -> None:
    if not isinstance(option, dict):
        checks.add("must provide an object", path)
        return
    checks.text(option.get("text"), 75, f"{path}/text", plain=plain)
    checks.short(option.get("value"), 150, f"{path}/value", needed=True)
    if "description" in option:
        checks.text(option["description"], 75, f"{path}/description", plain=plain)


def check_options(options: object, high: int, path: str, checks: Checks, *, plain: bool = True) -> None:
    """A list of 1 to `high` options with texts and values of their lengths."""
    for place, option in enumerate(checks.count(options, 1, high, path)):
        _option(option, f"{path}/{place}", checks, plain=plain)


def _button(element: Json, path: str, checks: Checks) -> None:
    checks.text(element.get("text"), 75, f"{path}/text", plain=True)
    checks.short(element.get("value"), 2_000, f"{path}/value")
    checks.short(element.get("url"), 3_000, f"{path}/url")
    checks.short(element.get("accessibility_label"), 75, f"{path}/accessibility_label")
    if element.get("style") not in {None, "primary", "danger"}:
        checks.add("must be one of ['danger', 'primary']", f"{path}/style")


def _initials(element: Json, path: str, checks: Checks) -> None:
    known = [(option.get("value"), (option.get("text") or {}).get("text")) for option in options_of(element)]
    initial = element.get("initial_option")
    wanted = [initial] if initial is not None else element.get("initial_options") or []
    for each in wanted:
        if (each.get("value"), (each.get("text") or {}).get("text")) not in known:
            checks.add("initial option does not match any option", path)
    if "initial_options" in element and not element["initial_options"]:
        checks.add("no fewer than 1 items allowed", f"{path}/initial_options")


def _static(element: Json, path: str, checks: Checks) -> None:
    groups = element.get("option_groups")
    if (groups is None) == (element.get("options") is None):
        checks.add("must provide exactly one of options and option_groups", path)
    elif groups is None:
        check_options(element["options"], 100, f"{path}/options", checks)
    else:
        for place, group in enumerate(checks.count(groups, 1, 100, f"{path}/option_groups")):
            here = f"{path}/option_groups/{place}"
            checks.text(group.get("label"), 75, f"{here}/label", plain=True)
            check_options(group.get("options"), 100, f"{here}/options", checks)
    _initials(element, path, checks)
    checks.integer(element.get("max_selected_items"), 1, 100, f"{path}/max_selected_items")


def _choices(element: Json, path: str, checks: Checks) -> None:
    check_options(element.get("options"), 10, f"{path}/options", checks, plain=False)
    _initials(element, path, checks)


def _overflow(element: Json, path: str, checks: Checks) -> None:
    check_options(element.get("options"), 5, f"{path}/options", checks)


def _text_input(element: Json, path: str, checks: Checks) -> None:
    checks.short(element.get("initial_value"), 3_000, f"{path}/initial_value")
    checks.integer(element.get("min_length"), 0, 3_000, f"{path}/min_length")
    checks.integer(element.get("max_length"), 1, 3_000, f"{path}/max_length")


def _number_input(element: Json, path: str, checks: Checks) -> None:
    if not isinstance(element.get("is_decimal_allowed"), bool):
        checks.add("missing required field", f"{path}/is_decimal_allowed")
    for name in ("initial_value", "min_value", "max_value"):
        checks.short(element.get(name), 40, f"{path}/{name}")


def _file_input(element: Json, path: str, checks: Checks) -> None:
    checks.integer(element.get("max_files"), 1, 10, f"{path}/max_files")


def _date(element: Json, path: str, checks: Checks) -> None:
    initial = element.get("initial_date")
    if initial is not None and not DATE.fullmatch(str(initial)):
        checks.add("must be a date YYYY-MM-DD", f"{path}/initial_date")


def _time(element: Json, path: str, checks: Checks) -> None:
    initial = element.get("initial_time")
    if initial is not None and not TIME.fullmatch(str(initial)):
        checks.add("must be a time HH:mm", f"{path}/initial_time")


def _moment(element: Json, path: str, checks: Checks) -> None:
    checks.integer(element.get("initial_date_time"), 1_000_000_000, 9_999_999_999, f"{path}/initial_date_time")


RULES: dict[str, Callable[[Json, str, Checks], None]] = {
    "button": _button,
    "image": check_image,
    "static_select": _static,
    "multi_static_select": _static,
    "checkboxes": _choices,
    "radio_buttons": _choices,
    "overflow": _overflow,
    "plain_text_input": _text_input,
    "number_input": _number_input,
    "file_input": _file_input,
    "datepicker": _date,
    "timepicker": _time,
    "datetimepicker": _moment,
}
