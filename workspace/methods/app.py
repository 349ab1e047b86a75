"""Methods about the app itself: who am I, where is my socket, which team is this, install me."""

from __future__ import annotations

from workspace.methods.call import Call, Method
from workspace.state.errors import Json, SlackError


def auth_test(call: Call) -> Json:
    world = call.world
    bot = world.people.by_id[world.bot_user_id]
    base = {"url": f"https://{world.domain}.slack.com/", "team": world.name, "team_id": world.team_id}
    if call.args["token"] == world.app_token:
        return {"app_name": bot.real_name, "app_id": world.app_id}
    who = {"user": bot.name, "user_id": bot.id, "bot_id": world.bot_id}
    grid = {"enterprise_id": world.enterprise_id} if world.enterprise_id else {}
    return {**base, **who, **grid, "is_enterprise_install": False}


def connections_open(call: Call) -> Json:
    return {"url": call.world.sockets.new_url()}


def bots_info(call: Call) -> Json:
    world = call.world
    if call.text("bot", world.bot_id) != world.bot_id:
        raise SlackError("bot_not_found")
    bot = world.people.by_id[world.bot_user_id]
    icons = {f"image_{size}": f"https://a.slack-edge.com/bot_{size}.png" for size in (36, 48, 72)}
    return {
        "bot": {
            "id": world.bot_id,
            "deleted": False,
            "name": bot.real_name,
            "updated": bot.updated,
            "app_id": world.app_id,
            "user_id": bot.id,
            "icons": icons,
        }
    }


def team_info(call: Call) -> Json:
    world = call.world
    sizes = (34, 44, 68, 88, 102, 132, 230)
    icon = {f"image_{size}": f"https://a.slack-edge.com/team_{size}.png" for size in sizes} | {"image_default": True}
    url = f"https://{world.domain}.slack.com/"
    return {
        "team": {
            "id": world.team_id,
            "name": world.name,
            "url": url,
            "domain": world.domain,
            "email_domain": "",
            "icon": icon,
            "avatar_base_url": "https://ca.slack-edge.com/",
            "is_verified": False,
        }
    }


def oauth_access(call: Call) -> Json:
    """The exchange of an install code for the bot's token; a code works once."""
    world = call.world
    if call.text("client_id") != world.client_id:
        raise SlackError("invalid_client_id")
    if call.text("client_secret") != world.client_secret:
        raise SlackError("bad_client_secret")
    code = call.text("code")
    if code not in world.install_codes:
        raise SlackError("invalid_code")
    world.install_codes.discard(code)
    installer = next((each.id for each in world.people.by_id.values() if not each.is_bot), "")
    return {
        "app_id": world.app_id,
        "authed_user": {"id": installer},
        "scope": ",".join(world.settings.scopes),
        "token_type": "bot",
        "access_token": world.bot_token,
        "bot_user_id": world.bot_user_id,
        "team": {"id": world.team_id, "name": world.name},
        "enterprise": None,
        "is_enterprise_install": False,
    }


METHODS = {
    "auth.test": Method(auth_test, token="any"),
    "api.test": Method(lambda call: {"args": {k: v for k, v in call.args.items() if k != "token"}}, token="none"),
    "apps.connections.open": Method(connections_open, token="app"),
    "bots.info": Method(bots_info, ("users:read",)),
    "team.info": Method(team_info, ("team:read",)),
    "oauth.v2.access": Method(oauth_access, token="none"),
}
