"""users.*: one, all, by e-mail."""

from __future__ import annotations

from workspace.methods.call import Call, Method
from workspace.state.errors import Json
from workspace.state.people import Person, user_shape


def info(call: Call) -> Json:
    return {"user": _shape(call, call.person(), locale=call.flag("include_locale"))}


def list_users(call: Call) -> Json:
    page, more = call.page(list(call.world.people.by_id.values()), 1000)
    shapes = [_shape(call, person, locale=call.flag("include_locale")) for person in page]
    return {"members": shapes, "cache_ts": call.world.epoch(), "response_metadata": more}


def lookup_by_email(call: Call) -> Json:
    return {"user": _shape(call, call.world.people.with_email(call.needed("email", "users_not_found")), locale=False)}


def _shape(call: Call, person: Person, *, locale: bool) -> Json:
    world = call.world
    email = "users:read.email" in world.settings.scopes
    return user_shape(person, world.team_id, world.now(), email=email, locale=locale)


METHODS = {
    "users.info": Method(info, ("users:read",)),
    "users.list": Method(list_users, ("users:read",)),
    "users.lookupByEmail": Method(lookup_by_email, ("users:read.email",)),
}
