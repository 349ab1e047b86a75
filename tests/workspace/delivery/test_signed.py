"""HTTP mode: signatures, redelivery with its headers, and requests the app must refuse."""

from __future__ import annotations

from typing import Any

import pytest
from aiohttp import web
from slack_sdk.signature import SignatureVerifier

from tests.workspace.kit import Heard, Place, Running, actions, answering, button, posted


class Door:
    """A bare HTTP door that answers what it is told and keeps what it got."""

    def __init__(self, *statuses: int, headers: dict[str, str] | None = None) -> None:
        self.statuses = list(statuses)
        self.headers = headers
        self.requests: list[tuple[dict[str, str], bytes]] = []

    async def take(self, request: web.Request) -> web.Response:
        self.requests.append(({key.lower(): value for key, value in request.headers.items()}, await request.read()))
        status = self.statuses.pop(0) if len(self.statuses) > 1 else self.statuses[0]
        return web.Response(status=status, headers=self.headers)

    async def open(self, place: Place) -> web.AppRunner:
        app = web.Application()
        app.router.add_post("/slack/events", self.take)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        await place.desk.target(f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events")
        return runner


async def test_every_kind_of_request_is_signed_over_its_body(place: Place) -> None:
    door = Door(200)
    runner = await door.open(place)
    await place.desk.say(place.anne, place.dm, "hej")
    await place.desk.settled()
    await place.desk.command(place.anne, place.dm, "/klynge møde")
    await place.desk.act(place.anne, await posted(place, actions(button("go"))), "go")
    await runner.cleanup()
    verifier = SignatureVerifier(place.world.signing_secret)
    assert [verifier.is_valid_request(body, headers) for headers, body in door.requests] == [True] * len(door.requests)
    types = [headers["content-type"] for headers, _ in door.requests]
    form = "application/x-www-form-urlencoded"
    assert types[:2] == ["application/json", form]
    assert types[-1] == form
    command = next(body for _, body in door.requests if body.startswith(b"token="))
    assert b"command=%2Fklynge&text=m%C3%B8de" in command
    assert b"is_enterprise_install=false" in command


@pytest.mark.parametrize("how", ["unsigned", "wrong", "stale", "tampered"])
async def test_real_app_refuses_a_request_that_is_not_ours(place: Place, how: str) -> None:
    app = place.app()
    heard = Heard(app)
    async with answering(place, app):
        assert await place.desk.unsigned(how) == 401
        assert heard.bodies == []
        assert await place.desk.unsigned("signed") == 200


async def test_bad_answer_is_tried_again_with_number_and_reason(place: Place) -> None:
    await place.desk.settings(retry_delays=[0, 0, 0])
    door = Door(500, 302, 200)
    runner = await door.open(place)
    await place.desk.say(place.anne, place.dm, "hej")
    await place.desk.settled()
    await runner.cleanup()
    retries = [(h.get("x-slack-retry-num"), h.get("x-slack-retry-reason")) for h, _ in door.requests]
    assert retries == [(None, None), ("1", "http_error"), ("2", "http_error")]
    assert len({body for _, body in door.requests}) == 1


async def test_no_retry_header_stops_the_retries(place: Place) -> None:
    await place.desk.settings(retry_delays=[0, 0, 0])
    door = Door(503, headers={"X-Slack-No-Retry": "1"})
    runner = await door.open(place)
    await place.desk.say(place.anne, place.dm, "hej")
    await place.desk.settled()
    await runner.cleanup()
    assert (len(door.requests), [each["state"] for each in await place.desk.deliveries()]) == (1, ["failed"])


async def test_closed_door_is_a_failed_connection(place: Place, closed_port: int) -> None:
    await place.desk.settings(retry_delays=[0])
    await place.desk.target(f"http://127.0.0.1:{closed_port}/slack/events")
    await place.desk.say(place.anne, place.dm, "hej")
    await place.desk.settled()
    rows = [row for row in await place.desk.traffic() if row["direction"] == "out"]
    assert [(row["error"], row["request"]["retry"]) for row in rows] == [
        ("connection_failed", 0),
        ("connection_failed", 1),
    ]
    assert (await place.desk.command(place.anne, place.dm, "/klynge"))["failed"] == "dispatch_failed"


async def test_slow_answer_is_a_timeout_and_comes_again(place: Place, running: Running) -> None:
    """In both modes a handler that takes longer than 3 seconds hears the event again, marked as a retry."""
    app = place.app()
    heard = Heard(app)
    heard.status = 500
    await place.desk.settings(ack_seconds=0.1, retry_delays=[0, 0, 0])
    await running(app)
    await place.desk.say(place.anne, place.dm, "hej")
    await place.desk.wait_for(lambda: len(heard.bodies) == 2)
    heard.status = 200
    await place.desk.settled()
    assert len({body["event_id"] for body in heard.bodies}) == 1
    numbers = [_retry(headers) for headers in heard.headers]
    assert numbers[:2] == [0, 1]


def _retry(headers: dict[str, Any]) -> int:
    return int((headers.get("x-slack-retry-num") or ["0"])[0])
