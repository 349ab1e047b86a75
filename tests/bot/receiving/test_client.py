"""Every answer that is not Slack's has a name."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError

from bot.receiving.client import Client, NoAnswer
from workspace import Desk, Workspace


@pytest.fixture
async def client(world: Workspace) -> AsyncIterator[Client]:
    async with aiohttp.ClientSession() as session:
        yield Client(world.bot_token, base_url=f"{world.url}/api/", session=session, retry_handlers=[])


@pytest.mark.parametrize(
    ("failure", "status", "code"),
    [
        ({"status": 500}, 500, "http_500"),
        ({"page": True, "status": 502}, 502, "http_502"),
        ({"status": 429}, 429, "ratelimited"),
        ({"retry_after": 1}, 429, "ratelimited"),
        ({"error": "fatal_error"}, 200, "fatal_error"),
        ({"error": "internal_error", "status": 503}, 503, "internal_error"),
    ],
)
async def test_refusal_has_a_code(client: Client, desk: Desk, failure: dict[str, Any], status: int, code: str) -> None:
    await desk.fail("auth.test", **failure)
    with pytest.raises(SlackApiError) as refused:
        await client.auth_test()
    response = refused.value.response
    assert (response.status_code, response.get("error")) == (status, code)


async def test_page_with_status_200_is_no_answer(client: Client, desk: Desk) -> None:
    await desk.fail("auth.test", page=True)
    with pytest.raises(NoAnswer):
        await client.auth_test()


@pytest.mark.parametrize("failure", [{"reset": True}, {"torn": True}], ids=str)
async def test_broken_connection_stays_one(client: Client, desk: Desk, failure: dict[str, Any]) -> None:
    await desk.fail("auth.test", **failure)
    with pytest.raises(aiohttp.ClientError):
        await client.auth_test()


async def test_answer_of_slack_passes(client: Client, world: Workspace) -> None:
    assert (await client.auth_test())["user_id"] == world.bot_user_id
