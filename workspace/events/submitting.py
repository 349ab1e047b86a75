"""Filling in, submitting and closing modals, and honouring the app's answer to a submission."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from workspace.blockkit.elements import find
from workspace.blockkit.values import refusal, said, stateful
from workspace.events.acting import own_view, response_url, state_of
from workspace.events.payloads import in_own_team, interaction
from workspace.events.views import View
from workspace.state.errors import Json, SlackError
from workspace.state.people import Person

if TYPE_CHECKING:
    from workspace.world import Workspace


def fill(world: Workspace, person: Person, body: Json) -> None:
    """Put something into an input without telling the app."""
    view = own_view(world, person, str(body.get("view_id")))
    found = find(view.blocks, str(body.get("action_id")), body.get("block_id"))
    if found is None:
        raise SlackError("no_such_element", detail=str(body.get("action_id")))
    block, element = found
    value = body["state"] if "state" in body else said(body)
    view.state[block["block_id"]][element["action_id"]] = state_of(world, person, element, value, view)
    world.notes.tell("view", people=[person.id])


async def submit(world: Workspace, person: Person, view_id: str, values: Json | None) -> Json:
    """Submit a modal: Slack's own refusals first, then the app's answer."""
    view = own_view(world, person, view_id)
    if view.body["type"] != "modal" or view not in world.views.stack(person.id):
        raise SlackError("not_found")
    _put_in(world, person, view, values or {})
    errors = _refusals(view)
    if errors:
        return _outcome("errors", errors=errors, by="slack")
    payload = in_own_team(world, interaction(world, "view_submission", person), person)
    payload |= {
        "trigger_id": world.triggers.give(person.id, view.id),
        "view": world.views.shape(view),
        "response_urls": _response_urls(world, person, view),
    }
    body, failed = await world.deliveries.ask("interactive", "view_submission", payload)
    if failed:
        return _outcome(None, failed=failed)
    try:
        return _honour(world, view, body if isinstance(body, dict) else {})
    except SlackError as refused:  # the app answered with a view Slack does not take
        detail = {"error": refused.code, **refused.extra}
        world.traffic.record(
            "in", "api", "response_action", ok=False, error=refused.code, request=body, response=detail
        )
        return _outcome(None, failed="dispatch_failed", detail=detail)


async def close(world: Workspace, person: Person, view_id: str, *, everything: bool) -> Json:
    """Close a modal, or all of them; the app hears of it when it asked to."""
    view = own_view(world, person, view_id)
    stack = world.views.stack(person.id)
    if view not in stack:
        raise SlackError("not_found")
    closed = list(stack) if everything else stack[stack.index(view) :]
    world.views.close(view, everything=everything)
    failed = None
    for each in reversed(closed):
        if not each.body.get("notify_on_close"):
            continue
        payload = interaction(world, "view_closed", person)
        payload |= {"view": world.views.shape(each), "is_cleared": everything}
        _, failed = await world.deliveries.ask("interactive", "view_closed", payload)
    return {"failed": failed}


def _put_in(world: Workspace, person: Person, view: View, values: Json) -> None:
    """Values in either form: {block_id: {action_id: state}} or {action_id or block_id: plain value}."""
    places = stateful(view.blocks)
    by_block = {block["block_id"]: [element for b, element in places if b is block] for block, _ in places}
    known: set[str] = set()
    for block, element in places:
        block_id, action_id = block["block_id"], element["action_id"]
        known |= {block_id, action_id}
        given = _given(values, block_id, action_id, alone=len(by_block[block_id]) == 1)
        if given is not None:
            view.state[block_id][action_id] = state_of(world, person, element, given[0], view)
    unknown = sorted(set(values) - known)
    if unknown:
        raise SlackError("no_such_element", detail=", ".join(unknown))


def _given(values: Json, block_id: str, action_id: str, *, alone: bool) -> tuple[Any] | None:
    """The value for one element in a tuple, or None when nothing was given for it."""
    inner = values.get(block_id)
    if isinstance(inner, dict) and action_id in inner:
        return (inner[action_id],)
    if action_id in values:
        return (values[action_id],)
    if block_id in values and alone:
        return (inner,)
    return None


def _refusals(view: View) -> dict[str, str]:
    errors = {}
    for block in view.blocks:
        if block["type"] == "input":
            why = refusal(block, view.state[block["block_id"]][block["element"]["action_id"]])
            if why:
                errors[block["block_id"]] = why
    return errors


def _response_urls(world: Workspace, person: Person, view: View) -> list[Json]:
    """One response_url for each conversation chosen in a select that asks for it."""
    urls = []
    for block, element in stateful(view.blocks):
        state = view.state[block["block_id"]][element["action_id"]]
        chosen = state.get("selected_conversation") or state.get("selected_channel")
        if element.get("response_url_enabled") and chosen:
            place = {"block_id": block["block_id"], "action_id": element["action_id"], "channel_id": chosen}
            urls.append(place | {"response_url": response_url(world, person, chosen)})
    return urls


def _honour(world: Workspace, view: View, body: Json) -> Json:
    """The four response actions; none of them means the modal is done with."""
    action = body.get("response_action")
    if action == "errors":
        inputs = {block["block_id"] for block in view.blocks if block["type"] == "input"}
        errors = body.get("errors") or {}
        if not errors or set(errors) - inputs:
            raise SlackError("invalid_errors", detail=sorted(set(errors) - inputs))
        return _outcome("errors", errors=errors, by="app")
    if action == "update":
        world.views.replace(view, body.get("view") or {})
    elif action == "push":
        world.views.push(view.person, body.get("view") or {})
    elif action == "clear":
        world.views.close(view, everything=True)
    elif action is None:
        if view in world.views.stack(view.person):
            world.views.close(view)
    else:
        raise SlackError("invalid_response_action", detail=str(action))
    return _outcome(action)


def _outcome(action: str | None, **more: Any) -> Json:
    return {"response_action": action, "failed": None, **more}
