"""Failures on command and the rate limits."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient

from tests.workspace.kit import Place
from workspace import DeskError


async def refused(call: Any) -> Any:
    with pytest.raises(SlackApiError) as error:
        await call
    return error.value.response


async def texts(place: Place) -> list[str]:
    return [message["text"] for message in await place.desk.dm(place.anne)]


async def test_next_calls_fail_as_often_as_asked(place: Place) -> None:
    await place.desk.fail("chat.postMessage", error="fatal_error", times=2)
    for _ in range(2):
        assert (await refused(place.client.chat_postMessage(channel=place.dm, text="x")))["error"] == "fatal_error"
    assert (await place.client.chat_postMessage(channel=place.dm, text="y"))["ok"] is True
    assert await texts(place) == ["y"]


async def test_failure_after_the_fact_has_done_its_work(place: Place) -> None:
    await place.desk.fail("chat.postMessage", error="internal_error", when="after")
    await refused(place.client.chat_postMessage(channel=place.dm, text="nået"))
    assert await texts(place) == ["nået"]


async def test_cut_connection_after_the_fact_has_done_its_work(place: Place) -> None:
    await place.desk.fail("chat.postMessage", reset=True, when="after")
    client = AsyncWebClient(place.world.bot_token, base_url=place.server.api_url, retry_handlers=[])
    with pytest.raises(aiohttp.ClientError):
        await client.chat_postMessage(channel=place.dm, text="nået")
    assert await texts(place) == ["nået"]
    assert (await place.desk.traffic())[-1]["error"] == "connection_reset"


async def test_status_without_json_and_rate_limit_on_command(place: Place) -> None:
    await place.desk.fail("users.info", status=502)
    assert (await refused(place.client.users_info(user=place.anne))).status_code == 502
    await place.desk.fail("users.info", retry_after=7)
    answer = await refused(place.client.users_info(user=place.anne))
    assert (answer.status_code, answer.headers["Retry-After"], answer["error"]) == (429, "7", "ratelimited")


async def test_delay_only_slows_a_call_down(place: Place) -> None:
    await place.desk.fail("auth.test", delay=0.05)
    started = time.perf_counter()
    assert (await place.client.auth_test())["ok"] is True
    assert time.perf_counter() - started >= 0.05


async def test_star_strikes_any_method_until_cleared(place: Place) -> None:
    await place.desk.fail("*", error="service_unavailable", times=99)
    assert (await refused(place.client.auth_test()))["error"] == "service_unavailable"
    assert (await refused(place.client.users_list()))["error"] == "service_unavailable"
    assert [(rule["method"], rule["times"]) for rule in await place.desk.failures()] == [("*", 97)]
    await place.desk.clear_failures()
    assert (await place.client.auth_test())["ok"] is True


async def test_page_is_answered_where_json_is_expected(place: Place) -> None:
    await place.desk.fail("auth.test", page=True)
    headers = {"Authorization": f"Bearer {place.world.bot_token}"}
    async with (
        aiohttp.ClientSession(headers=headers) as session,
        session.post(f"{place.server.api_url}auth.test") as answer,
    ):
        assert (answer.status, answer.content_type) == (200, "text/html")


async def test_answer_torn_in_the_middle_has_done_its_work(place: Place) -> None:
    await place.desk.fail("chat.postMessage", torn=True, when="after")
    client = AsyncWebClient(place.world.bot_token, base_url=place.server.api_url, retry_handlers=[])
    with pytest.raises(aiohttp.ClientError):
        await client.chat_postMessage(channel=place.dm, text="nået")
    assert await texts(place) == ["nået"]


async def test_failure_by_chance_strikes_some_calls(place: Place) -> None:
    await place.desk.fail("users.info", error="fatal_error", times=1000, chance=0.5)
    seen = []
    for _ in range(40):
        try:
            seen.append((await place.client.users_info(user=place.anne))["ok"])
        except SlackApiError:
            seen.append(False)
    assert set(seen) == {True, False}


async def test_failure_that_has_struck_is_noted(place: Place) -> None:
    await place.desk.fail("auth.test", delay=0.3)
    call = asyncio.create_task(place.client.auth_test())
    await place.desk.wait_for(lambda: not place.world.failures.shape())
    assert call.done() is False
    assert (await call)["ok"] is True


async def test_upload_fails_on_command(place: Place) -> None:
    await place.desk.fail("upload", status=500)
    ticket = await place.client.files_getUploadURLExternal(filename="a", length=1)
    async with aiohttp.ClientSession() as session:
        async with session.post(ticket["upload_url"], data=b"x") as answer:
            assert answer.status == 500
        async with session.post(ticket["upload_url"], data=b"x") as answer:
            assert answer.status == 200


@pytest.mark.parametrize(
    "rule", [{"error": "x"}, {"method": "auth.test", "colour": "red"}, {"method": "a", "when": "x"}]
)
async def test_unknown_failure_is_refused(place: Place, rule: dict[str, Any]) -> None:
    with pytest.raises(DeskError) as error:
        await place.desk.post("failures", rule)
    assert error.value.code == "bad_failure"


async def test_channel_takes_a_message_a_second_after_a_short_burst(place: Place) -> None:
    place.world.pace.stop()
    for number in range(3):
        await place.client.chat_postMessage(channel=place.dm, text=str(number))
    answer = await refused(place.client.chat_postMessage(channel=place.dm, text="for meget"))
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "1")
    assert (await place.client.chat_postMessage(channel=place.bo, text="en anden"))["ok"] is True
    await place.desk.pace(1)
    assert (await place.client.chat_postMessage(channel=place.dm, text="nu"))["ok"] is True


async def test_person_and_direct_message_share_one_pace(place: Place) -> None:
    place.world.pace.stop()
    for channel in (place.anne, place.dm, place.anne):
        await place.client.chat_postMessage(channel=channel, text="x")
    assert (await refused(place.client.chat_postMessage(channel=place.dm, text="x"))).status_code == 429


@pytest.mark.parametrize(("method", "allowed", "wait"), [("users.list", 20, 3), ("team.info", 50, 2)])
async def test_tier_allows_its_number_a_minute(place: Place, method: str, allowed: int, wait: int) -> None:
    place.world.pace.stop()
    for _ in range(allowed):
        await place.client.api_call(method)
    answer = await refused(place.client.api_call(method))
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, str(wait))
    await place.desk.pace(60)
    assert (await place.client.api_call(method))["ok"] is True


async def test_moving_the_story_neither_empties_nor_trips_the_limits(place: Place) -> None:
    place.world.pace.stop()
    for number in range(3):
        await place.client.chat_postMessage(channel=place.dm, text=str(number))
    await place.desk.forward(3_600)
    assert (await refused(place.client.chat_postMessage(channel=place.dm, text="x"))).status_code == 429


async def test_whole_workspace_has_a_cap_too(place: Place) -> None:
    place.world.pace.stop()
    people = [place.world.add_person(name=f"Læge {number}") for number in range(301)]
    for person in people[:300]:
        await place.client.chat_postMessage(channel=person, text="x")
    assert (await refused(place.client.chat_postMessage(channel=people[300], text="x"))).status_code == 429


async def test_limits_can_be_widened_and_switched_off(place: Place) -> None:
    place.world.pace.stop()
    await place.desk.settings(rate_factor=10)
    for number in range(30):
        await place.client.chat_postMessage(channel=place.dm, text=str(number))
    assert (await refused(place.client.chat_postMessage(channel=place.dm, text="x"))).status_code == 429
    await place.desk.settings(rate_limits=False)
    assert (await place.client.chat_postMessage(channel=place.dm, text="x"))["ok"] is True


async def test_rate_limit_handler_of_the_sdk_gets_through(place: Place) -> None:
    client = AsyncWebClient(
        place.world.bot_token,
        base_url=place.server.api_url,
        retry_handlers=[AsyncRateLimitErrorRetryHandler(max_retry_count=1)],
    )
    await place.desk.fail("auth.test", retry_after=0)
    assert (await client.auth_test())["ok"] is True
