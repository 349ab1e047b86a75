"""views.*: open and push on a trigger, update by id or hash, publish a home."""

from __future__ import annotations

from typing import Any

from workspace.events.views import View
from workspace.methods.call import Call, Method
from workspace.state.errors import Json, SlackError
from workspace.state.triggers import Trigger


def open_view(call: Call) -> Json:
    body = _body(call)
    return _answer(call, call.world.views.open(_trigger(call).person, body))


def push(call: Call) -> Json:
    body = _body(call)
    return _answer(call, call.world.views.push(_trigger(call).person, body))


def update(call: Call) -> Json:
    views = call.world.views
    body = _body(call)
    external = call.text("external_id") or None
    if not external:
        call.needed("view_id")
    view = views.find(call.text("view_id") or None, external)
    return _answer(call, views.replace(view, body, call.text("hash") or None))


def publish(call: Call) -> Json:
    body = _body(call)
    person = call.person("user_id", "user_not_found")
    return _answer(call, call.world.views.publish(person.id, body, call.text("hash") or None))


def _trigger(call: Call) -> Trigger:
    return call.world.triggers.exchange(call.needed("trigger_id", "invalid_arguments"))


def _body(call: Call) -> Any:
    body = call.parsed("view")
    if body is None:
        raise SlackError("invalid_arguments", response_metadata={"messages": ["[ERROR] missing required field: view"]})
    return body


def _answer(call: Call, view: View) -> Json:
    return {"view": call.world.views.shape(view)}


METHODS = {
    "views.open": Method(open_view),
    "views.push": Method(push),
    "views.update": Method(update),
    "views.publish": Method(publish),
}
