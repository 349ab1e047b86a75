"""Socket Mode: one of N, acknowledgements, redelivery, disconnects, silence, and what happens with nobody there."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.aiohttp import SocketModeClient

from tests.workspace.kit import Heard, Place, Running


class Line:
    """A bare socket that does exactly what the test says."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self.socket = socket

    async def next(self) -> dict[str, Any]:
        body: dict[str, Any] = json.loads((await self.socket.receive(timeout=5)).data)
        return body

    async def take(self) -> dict[str, Any]:
        """The next envelope, acknowledged."""
        envelope = await self.next()
        await self.acknowledge(envelope)
        return envelope

    async def acknowledge(self, envelope: dict[str, Any], payload: dict[str, Any] | None = None) -> None:
        more = {"payload": payload} if payload else {}
        await self.socket.send_str(json.dumps({"envelope_id": envelope["envelope_id"], **more}))


@asynccontextmanager
async def lines(place: Place, count: int) -> AsyncIterator[list[Line]]:
    async with AsyncExitStack() as stack:
        session = await stack.enter_async_context(aiohttp.ClientSession())
        opened = []
        for number in range(count):
            url = (await place.client.apps_connections_open(app_token=place.world.app_token))["url"]
            line = Line(await stack.enter_async_context(session.ws_connect(url)))
            hello = await line.next()
            if hello["type"] == "hello":
                assert (hello["num_connections"], hello["connection_info"]["app_id"]) == (
                    number + 1,
                    place.world.app_id,
                )
            opened.append(line)
        yield opened


async def states(place: Place) -> list[str]:
    return [each["state"] for each in await place.desk.deliveries()]


async def test_address_opens_one_connection_only(place: Place) -> None:
    url = (await place.client.apps_connections_open(app_token=place.world.app_token))["url"]
    assert url.startswith("ws://127.0.0.1:")
    async with aiohttp.ClientSession() as session, session.ws_connect(url):
        with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
            await session.ws_connect(url)
    assert refused.value.status == 403


async def test_connecting_needs_the_app_token(place: Place) -> None:
    with pytest.raises(SlackApiError) as refused:
        await place.client.apps_connections_open(app_token=place.world.bot_token)
    assert refused.value.response["error"] == "not_allowed_token_type"


async def test_envelope_has_its_fields(place: Place) -> None:
    async with lines(place, 1) as (line,):
        await place.desk.say(place.anne, place.dm, "hej")
        event = await line.take()
        asked = asyncio.create_task(place.desk.command(place.anne, place.dm, "/klynge"))
        command = await line.next()
        await line.acknowledge(command, {"text": "ja"})
        assert (await asked)["response"] == {"text": "ja"}
    keys = {"envelope_id", "payload", "type", "accepts_response_payload"}
    assert set(event) == keys | {"retry_attempt", "retry_reason"}
    assert (event["type"], event["accepts_response_payload"], event["retry_attempt"]) == ("events_api", False, 0)
    assert (set(command), command["type"]) == (keys, "slash_commands")
    assert command["accepts_response_payload"] is True


async def test_envelopes_are_shared_out_never_doubled(place: Place) -> None:
    async with lines(place, 3) as opened:
        for number in range(6):
            await place.desk.say(place.anne, place.dm, str(number))
        shares = [[await line.take() for _ in range(2)] for line in opened]
        await place.desk.settled()
    texts = [envelope["payload"]["event"]["text"] for share in shares for envelope in share]
    assert sorted(texts) == [str(number) for number in range(6)]


async def test_eleventh_connection_is_one_too_many(place: Place) -> None:
    async with lines(place, 10):
        url = (await place.client.apps_connections_open(app_token=place.world.app_token))["url"]
        async with aiohttp.ClientSession() as session, session.ws_connect(url) as socket:
            assert (await Line(socket).next())["reason"] == "too_many_websockets"
        assert place.world.sockets.count == 10


async def test_number_of_connections_can_be_set(place: Place) -> None:
    await place.desk.settings(most_sockets=0)
    url = (await place.client.apps_connections_open(app_token=place.world.app_token))["url"]
    async with aiohttp.ClientSession() as session, session.ws_connect(url) as socket:
        assert (await Line(socket).next())["reason"] == "too_many_websockets"


async def test_slow_connection_brings_everything_late(place: Place) -> None:
    await place.desk.settings(socket_delay=0.2)
    async with lines(place, 1) as (line,):
        started = time.perf_counter()
        await place.desk.say(place.anne, place.dm, "hej")
        assert (await line.take())["payload"]["event"]["text"] == "hej"
        assert time.perf_counter() - started >= 0.2


async def test_event_without_acknowledgement_comes_again_elsewhere(place: Place) -> None:
    await place.desk.settings(ack_seconds=3.0)
    async with lines(place, 2) as opened:
        await place.desk.say(place.anne, place.dm, "hej")
        waiting = [asyncio.create_task(line.next()) for line in opened]
        done, _ = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
        first = done.pop().result()
        await place.desk.pace(3)
        await place.desk.pace(0.5)
        second = await next(task for task in waiting if not task.done())
        await opened[0].acknowledge(second)
        await place.desk.settled()
    assert first["payload"]["event_id"] == second["payload"]["event_id"]
    assert first["envelope_id"] != second["envelope_id"]
    assert (second["retry_attempt"], second["retry_reason"]) == (1, "timeout")
    assert await states(place) == ["accepted"]


async def test_event_is_given_up_after_three_retries(place: Place) -> None:
    await place.desk.settings(ack_seconds=3.0)
    async with lines(place, 1) as (line,):
        await place.desk.say(place.anne, place.dm, "hej")
        attempts = []
        for delay in (0.5, 2.0, 5.0, 0.0):
            attempts.append((await line.next())["retry_attempt"])
            await place.desk.pace(3)
            await place.desk.wait_for(lambda: place.world.pace.waiting > 0 or place.world.deliveries.waiting == 0)
            await place.desk.pace(delay)
        await place.desk.settled()
    assert (attempts, await states(place)) == ([0, 1, 2, 3], ["failed"])


async def test_moving_the_story_does_not_redeliver(place: Place) -> None:
    async with lines(place, 1) as (line,):
        await place.desk.say(place.anne, place.dm, "hej")
        envelope = await line.next()
        await place.desk.forward(24 * 3_600)
        await line.acknowledge(envelope)
        await place.desk.settled()
    assert len([row for row in await place.desk.traffic() if row["direction"] == "out"]) == 1


async def test_envelope_in_flight_on_a_lost_connection_is_redelivered(place: Place) -> None:
    async with lines(place, 1) as (line,):
        await place.desk.say(place.anne, place.dm, "hej")
        first = await line.next()
        assert await place.desk.sockets(drop=True) == 1
    async with lines(place, 1) as (line,):
        again = await line.take()
        await place.desk.settled()
    assert again["payload"]["event_id"] == first["payload"]["event_id"]
    assert (again["retry_attempt"], await states(place)) == (1, ["accepted"])


async def test_interaction_in_flight_on_a_lost_connection_goes_to_the_next(place: Place) -> None:
    async with lines(place, 2) as opened:
        asked = asyncio.create_task(place.desk.command(place.anne, place.dm, "/klynge"))
        waiting = {asyncio.create_task(line.next()): line for line in opened}
        done, left = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
        await waiting[done.pop()].socket.close()
        other = left.pop()
        await waiting[other].acknowledge(await other, {"text": "ja"})
        assert (await asked)["failed"] is None


@pytest.mark.parametrize("reason", ["refresh_requested", "link_disabled"])
async def test_disconnect_on_command_ends_a_connection(place: Place, reason: str) -> None:
    async with lines(place, 1) as (line,):
        assert await place.desk.sockets(disconnect=reason) == 1
        assert await line.next() == {"type": "disconnect", "reason": reason, "debug_info": {"host": "workspace"}}
        assert place.world.sockets.count == 0


async def test_warning_leaves_the_connection(place: Place) -> None:
    async with lines(place, 1) as (line,):
        await place.desk.sockets(disconnect="warning")
        assert (await line.next())["reason"] == "warning"
        assert place.world.sockets.count == 1


async def test_real_client_reconnects_after_a_refresh_and_loses_nothing(place: Place, socketed: Running) -> None:
    app = place.app()
    heard = Heard(app)
    await socketed(app)
    await place.desk.say(place.anne, place.dm, "før")
    await place.desk.settled()
    await place.desk.sockets(disconnect="refresh_requested")
    await place.desk.say(place.anne, place.dm, "efter")
    await place.desk.wait_for(lambda: len(heard.events) == 2)
    assert [event["text"] for event in heard.events] == ["før", "efter"]
    assert place.world.sockets.count == 1


async def test_silent_socket_is_noticed_by_the_real_client(place: Place) -> None:
    client = SocketModeClient(place.world.app_token, web_client=place.client, ping_interval=0.2)
    await client.connect()
    assert await place.world.sockets.arrival(5)
    await place.desk.sockets(silence=True)
    await place.desk.wait_for(lambda: _opened(place) >= 2)
    await place.desk.sockets(silence=False)
    await client.close()


def _opened(place: Place) -> int:
    return len([row for row in place.world.traffic.after(0) if (row["kind"], row["method"]) == ("socket", "open")])


async def test_events_wait_for_a_connection(place: Place) -> None:
    await place.desk.say(place.anne, place.dm, "hej")
    await place.desk.pace(600)
    assert (await place.desk.pending())["deliveries"] == 1
    async with lines(place, 1) as (line,):
        assert (await line.take())["payload"]["event"]["text"] == "hej"
        await place.desk.settled()


async def test_event_waits_on_when_a_connection_went_before_it_was_sent(place: Place) -> None:
    await place.desk.say(place.anne, place.dm, "hej")
    await place.desk.wait_for(lambda: place.world.pace.waiting > 0)
    place.world.sockets.wake()  # as one that opens does; it was told to go before whoever waits had its turn
    await asyncio.sleep(0.05)
    assert await states(place) == ["waiting"]
    async with lines(place, 1) as (line,):
        assert (await line.take())["payload"]["event"]["text"] == "hej"
        await place.desk.settled()


async def test_events_can_be_missed_as_in_slack(place: Place) -> None:
    await place.desk.settings(missed_after=0)
    await place.desk.say(place.anne, place.dm, "hej")
    await place.desk.settled()
    assert await states(place) == ["missed"]


@pytest.mark.long
async def test_command_without_a_connection_fails_and_with_a_slow_one_times_out(place: Place) -> None:
    alone = asyncio.create_task(place.desk.command(place.anne, place.dm, "/klynge"))
    await place.desk.wait_for(lambda: place.world.pace.waiting > 0)
    await place.desk.pace(3)
    assert (await alone)["failed"] == "dispatch_failed"
    async with lines(place, 1) as (line,):
        slow = asyncio.create_task(place.desk.command(place.anne, place.dm, "/klynge"))
        await line.next()
        await place.desk.pace(3)
        assert (await slow)["failed"] == "operation_timeout"
