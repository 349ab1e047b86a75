"""Arguments wherever slack_sdk puts them: query string on GET and POST, forms and JSON; tokens and scopes."""

from __future__ import annotations

import json
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.workspace.kit import Place

SENDINGS = ["get", "post query", "post form", "post json"]


async def ask(place: Place, how: str, method: str, args: dict[str, str], token: str | None = None) -> dict[str, Any]:
    """One call the way `how` says, with the bearer header."""
    headers = {"Authorization": f"Bearer {token or place.world.bot_token}"}
    url = place.server.api_url + method
    async with aiohttp.ClientSession(headers=headers) as session:
        if how == "get":
            response = session.get(url, params=args)
        elif how == "post query":
            response = session.post(url, params=args)
        elif how == "post form":
            response = session.post(url, data=args)
        else:
            response = session.post(url, json=args)
        async with response as answer:
            assert answer.status == 200
            body: dict[str, Any] = await answer.json()
            return body


@pytest.mark.parametrize("how", SENDINGS)
async def test_arguments_are_read_from_everywhere(place: Place, how: str) -> None:
    assert (await ask(place, how, "users.info", {"user": place.anne}))["user"]["id"] == place.anne
    assert (await ask(place, how, "conversations.open", {"users": place.anne}))["channel"]["id"] == place.dm
    sent = await ask(place, how, "chat.postMessage", {"channel": place.dm, "text": "hej"})
    assert sent["message"]["text"] == "hej"


@pytest.mark.parametrize("how", SENDINGS[:3])
async def test_structures_are_read_from_strings(place: Place, how: str) -> None:
    blocks = [{"type": "divider", "block_id": "line"}]
    args = {"channel": place.dm, "text": "x", "blocks": json.dumps(blocks)}
    assert (await ask(place, how, "chat.postMessage", args))["message"]["blocks"] == blocks


async def test_token_may_come_as_an_argument(place: Place) -> None:
    async with (
        aiohttp.ClientSession() as session,
        session.post(place.server.api_url + "auth.test", data={"token": place.world.bot_token}) as answer,
    ):
        assert (await answer.json())["user_id"] == place.world.bot_user_id


async def test_scopes_stand_in_the_headers(place: Place) -> None:
    headers = (await place.client.auth_test()).headers
    assert "chat:write" in headers["x-oauth-scopes"].split(",")


async def refusal(place: Place, token: str, method: str = "auth.test") -> str:
    return str((await ask(place, "get", method, {}, token))["error"])


async def test_tokens_are_told_apart(place: Place) -> None:
    world = place.world
    assert await refusal(place, "xoxb-somebody-else") == "invalid_auth"
    assert await refusal(place, world.bot_token, "apps.connections.open") == "not_allowed_token_type"
    assert await refusal(place, world.app_token, "users.list") == "not_allowed_token_type"
    assert (await ask(place, "get", "auth.test", {}, world.app_token))["app_id"] == world.app_id
    async with aiohttp.ClientSession() as session, session.get(place.server.api_url + "auth.test") as answer:
        assert (await answer.json())["error"] == "not_authed"


async def test_missing_scope_is_named(place: Place) -> None:
    await place.desk.settings(scopes=["chat:write"])
    answer = await ask(place, "get", "users.list", {})
    assert (answer["error"], answer["needed"], answer["provided"]) == ("missing_scope", "users:read", "chat:write")


@pytest.mark.parametrize(("kind", "error"), [("tokens", "token_revoked"), ("uninstall", "account_inactive")])
async def test_revoked_app_is_refused_everything_until_it_is_installed_again(
    place: Place, kind: str, error: str
) -> None:
    await place.desk.revoke(kind)
    for method in ("auth.test", "chat.postMessage", "users.info"):
        assert await refusal(place, place.world.bot_token, method) == error
    code = await place.desk.install()
    args = {"client_id": place.world.client_id, "client_secret": place.world.client_secret, "code": code}
    assert (await ask(place, "post form", "oauth.v2.access", args))["access_token"] == place.world.bot_token
    assert (await place.client.auth_test())["ok"] is True
    assert (await ask(place, "post form", "oauth.v2.access", args))["error"] == "invalid_code"


MISSING = [
    ("chat.postMessage", {"text": "x"}, "channel_not_found"),
    ("chat.postMessage", {"channel": "ANNE"}, "no_text"),
    ("chat.update", {"channel": "ANNE", "text": "x"}, "message_not_found"),
    ("users.info", {}, "user_not_found"),
    ("users.info", {"user": "U0"}, "user_not_found"),
    ("users.lookupByEmail", {"email": "nobody@example.dk"}, "users_not_found"),
    ("conversations.open", {}, "users_not_supplied"),
    ("conversations.info", {"channel": "C0"}, "channel_not_found"),
    ("files.getUploadURLExternal", {"filename": "a.png"}, "missing_argument"),
    ("files.getUploadURLExternal", {"filename": "a.png", "length": "0"}, "missing_argument"),
    ("files.getUploadURLExternal", {"length": "3"}, "missing_argument"),
    ("files.completeUploadExternal", {}, "invalid_arguments"),
    ("files.info", {"file": "F0"}, "file_not_found"),
    ("views.open", {"trigger_id": "1.2.3"}, "invalid_arguments"),
    ("views.update", {"view": '{"type":"home","blocks":[]}'}, "invalid_arguments"),
    ("conversations.history", {"channel": "ANNE", "limit": "mange"}, "invalid_arguments"),
    ("users.list", {"cursor": "bogus"}, "invalid_cursor"),
]


@pytest.mark.long
@pytest.mark.parametrize(("method", "args", "error"), MISSING)
async def test_bad_arguments_get_their_error(place: Place, method: str, args: dict[str, str], error: str) -> None:
    given = {key: place.dm if value == "ANNE" else value for key, value in args.items()}
    assert (await ask(place, "post query", method, given))["error"] == error


@pytest.mark.long
async def test_sdk_raises_on_refusals(place: Place) -> None:
    stranger = AsyncWebClient("xoxb-nobody", base_url=place.server.api_url)
    with pytest.raises(SlackApiError):
        await stranger.auth_test()
