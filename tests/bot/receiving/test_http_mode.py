"""Under signed HTTP the same program hears the same things, and nobody else."""

from __future__ import annotations

import io
from urllib.parse import quote

import aiohttp
import pytest

from bot.settings import Settings
from handlers.feature import Feature, Kept
from handlers.turn import Turn
from tests.bot.scene import Scene
from workspace import Workspace

HEARD: list[str] = []


async def hear(turn: Turn) -> None:
    HEARD.append(turn.words)


@pytest.fixture
def extra() -> Feature:
    HEARD.clear()
    return Feature(events={"message": Kept(hear)})


@pytest.fixture
def settings(world: Workspace, database_url: str) -> Settings:
    return Settings(
        slack_bot_token=world.bot_token,
        slack_signing_secret=world.signing_secret,
        slack_api_url=f"{world.url}/api/",
        database_url=database_url,
        mode="http",
        port=0,
        tick_seconds=0.5,
        pace_factor=100,
    )


@pytest.fixture(autouse=True)
def target(scene: Scene) -> None:
    scene.world.http_target = f"{scene.bot.http_url}/slack/events"


async def test_signed_message_is_heard_once_though_told_twice(scene: Scene) -> None:
    await scene.desk.delivery(duplicate_next=1)
    await scene.desk.say(scene.coordinator, scene.world.bot_user_id, "hej")
    await scene.settle()
    assert HEARD == ["hej"]


async def test_command_is_answered_in_the_response(scene: Scene) -> None:
    answer = await scene.desk.command(scene.coordinator, scene.klynge.channel, "/klynge sludder")
    assert answer["response"]["text"] == "Det kender jeg ikke. Skriv /klynge hjælp for at se, hvad jeg kan."


@pytest.mark.parametrize("how", ["unsigned", "wrong", "stale"])
async def test_request_that_is_not_slacks_is_refused(scene: Scene, how: str) -> None:
    assert await scene.desk.unsigned(how) == 401
    await scene.settle()
    assert HEARD == []


def signed(scene: Scene, body: bytes, kind: str = "application/json", **more: str) -> dict[str, str]:
    return scene.world.posts.headers(body, kind) | {name.replace("_", "-"): value for name, value in more.items()}


async def status(scene: Scene, body: bytes, headers: dict[str, str]) -> int:
    """What is answered, within the time that Slack waits."""
    timeout = aiohttp.ClientTimeout(total=3)
    async with (
        aiohttp.ClientSession(timeout=timeout) as session,
        session.post(str(scene.world.http_target), data=io.BytesIO(body), headers=headers) as answer,
    ):
        return answer.status


EVENT = b'{"type":"event_callback","event":{"type":"message","user":"U1","channel":"D1","text":"hej"},"event_id":"Ev9"}'
FORM = "application/x-www-form-urlencoded"
SHAPES = [
    b"[]",
    b"5",
    b"null",
    b"{",
    b"",
    b"\xff\xfe{}",
    b'{"a":' * 5_000 + b"1" + b"}" * 5_000,
    b'{"a":' * 200 + b"1" + b"}" * 200,
    b"[" * 400_000,
    b'{"n":' + b"9" * 5_000 + b"}",
    b'{"type":"event_callback"}',
    b'{"type":"event_callback","event":5}',
    b'{"type":"event_callback","event":{"type":"message","channel":{"id":[]}},"authorizations":5}',
    b'{"type":"block_actions"}',
    b'{"type":"block_actions","actions":[]}',
    b'{"type":"block_actions","actions":[5],"user":"U1"}',
    b'{"type":"view_submission","view":5}',
    b'{"type":"view_submission","view":{"state":{"values":5},"callback_id":"round.form"},"user":{"id":"U1"}}',
]


@pytest.mark.parametrize("body", SHAPES, ids=range(len(SHAPES)))
async def test_signed_nonsense_is_refused_and_never_repeated(scene: Scene, body: bytes) -> None:
    assert await status(scene, body, signed(scene, body)) in {200, 400}
    form = b"payload=" + quote(body).encode()
    assert await status(scene, form, signed(scene, form, FORM)) in {200, 400, 413}
    await scene.settle()
    assert HEARD == []


@pytest.mark.parametrize(
    "stamp", ["", "abc", "1e9", "-5", "9" * 400, "NaN", "0x5", " ", "1.5", "12\u0663".encode().decode("latin-1")]
)
async def test_malformed_timestamp_is_refused(scene: Scene, stamp: str) -> None:
    headers = signed(scene, EVENT) | {"x-slack-request-timestamp": stamp}
    assert await status(scene, EVENT, headers) == 401


@pytest.mark.parametrize("signature", ["", "v0=", "v0=" + "g" * 64, "v0=" + "0" * 64, "æ" * 10, "v1=" + "0" * 64])
async def test_malformed_signature_is_refused(scene: Scene, signature: str) -> None:
    headers = signed(scene, EVENT) | {"x-slack-signature": signature}
    assert await status(scene, EVENT, headers) == 401


async def test_unsigned_is_refused_before_it_is_read(scene: Scene) -> None:
    for body in SHAPES:
        assert await status(scene, body, {"content-type": "application/json"}) == 401


@pytest.mark.parametrize("kind", ["text/xml", "multipart/form-data; boundary=x", "", "application/octet-stream"])
async def test_other_content_types_are_refused(scene: Scene, kind: str) -> None:
    assert await status(scene, EVENT, signed(scene, EVENT, kind)) == 415


@pytest.mark.parametrize("charset", ["utf-16", "bogus"])
async def test_other_alphabets_are_refused(scene: Scene, charset: str) -> None:
    assert await status(scene, EVENT, signed(scene, EVENT, f"application/json; charset={charset}")) in {400, 401}


async def test_much_too_long_is_refused(scene: Scene) -> None:
    body = b'{"a":"' + b"x" * 1_100_000 + b'"}'
    assert await status(scene, body, signed(scene, body)) == 413


async def test_health_is_told(scene: Scene) -> None:
    async with aiohttp.ClientSession() as session:
        async with session.get(f"{scene.bot.http_url}/healthz") as alive:
            assert (alive.status, await alive.json()) == (200, {"alive": True})
        async with session.get(f"{scene.bot.http_url}/readyz") as ready:
            assert (ready.status, await ready.json()) == (200, {"ready": True, "missing": []})
