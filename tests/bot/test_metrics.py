"""What those who watch over us see: figures, what is missing, and a socket that is not allowed to be silent."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import aiohttp
import pytest
from pydantic import SecretStr
from sqlalchemy import text

from bot.settings import Settings
from tests.bot.scene import Scene


async def ask(scene: Scene, path: str, **headers: str) -> tuple[int, str]:
    async with aiohttp.ClientSession() as session, session.get(scene.bot.http_url + path, headers=headers) as answer:
        return answer.status, await answer.text()


async def figures(scene: Scene) -> dict[str, float]:
    """The page as a dictionary, as Prometheus would read it."""
    status, page = await ask(scene, "/metrics")
    assert status == 200
    lines = [line.rpartition(" ") for line in page.splitlines() if not line.startswith("#")]
    return {name: float(value) for name, _, value in lines}


async def test_metrics_count_a_message_that_is_sent(scene: Scene) -> None:
    await scene.owed("one", member_id=scene.member_id)
    await scene.settle()
    seen = await figures(scene)
    assert seen['klynge_calls_total{method="chat_postMessage",outcome="ok"}'] == 1
    assert seen['klynge_sent_total{how="post",outcome="sent"}'] == 1
    assert seen['klynge_send_seconds_count{urgency="ordinary"}'] == 1


async def test_counters_of_trouble_stand_at_zero_from_the_start(scene: Scene) -> None:
    seen = await figures(scene)
    assert seen['klynge_worked_total{kind="event",outcome="failed"}'] == 0
    assert seen['klynge_sent_total{how="post",outcome="dead"}'] == 0
    assert seen['klynge_calls_total{method="chat_update",outcome="unreachable"}'] == 0
    assert seen['klynge_rate_limited_total{method="chat_postMessage"}'] == 0


async def test_metrics_show_depth_and_age_by_urgency(scene: Scene) -> None:
    later = scene.clock.now() + timedelta(hours=1)
    await scene.owed("ahead", member_id=scene.member_id, due_at=later)
    await scene.desk.fail(method="chat.postMessage", error="internal_error", times=99)
    await scene.owed("stuck", member_id=scene.member_id)
    await until(scene, 'klynge_sent_total{how="post",outcome="failed"}')
    scene.clock.forward(timedelta(minutes=10))
    seen = await figures(scene)
    assert seen['klynge_outbox_due{urgency="ordinary"}'] == 1
    assert seen['klynge_outbox_oldest_seconds{urgency="ordinary"}'] == 600
    assert seen['klynge_outbox_due{urgency="answer"}'] == 0
    assert (seen["klynge_database_up"], seen["klynge_socket_connected"]) == (1, 1)


async def test_metrics_count_refusals_and_limits_apart(scene: Scene) -> None:
    await scene.desk.fail(method="chat.postMessage", error="ratelimited", status=429, retry_after=1)
    await scene.desk.fail(method="chat.postMessage", error="channel_not_found")
    await scene.owed("one", member_id=scene.member_id)
    seen = await until(scene, 'klynge_dead_letters{box="outbox"}')
    assert seen['klynge_rate_limited_total{method="chat_postMessage"}'] == 1
    assert seen['klynge_calls_total{method="chat_postMessage",outcome="refused"}'] == 1
    assert seen['klynge_sent_total{how="post",outcome="dead"}'] == 1


async def test_metrics_name_nobody(scene: Scene) -> None:
    await scene.owed("one", member_id=scene.member_id)
    await scene.desk.say(scene.coordinator, scene.world.bot_user_id, "Hansen")
    await scene.settle()
    _, page = await ask(scene, "/metrics")
    told = [word for word in (scene.coordinator, scene.klynge.channel, "Hansen", "Lægehuset") if word in page]
    assert told == []


async def test_readyz_says_what_lags(scene: Scene) -> None:
    assert await ask(scene, "/readyz") == (200, '{"ready": true, "missing": []}')
    await scene.desk.fail(method="chat.postMessage", error="internal_error", times=99)
    await scene.owed("answer", member_id=scene.member_id, urgency=1)
    await until(scene, 'klynge_sent_total{how="post",outcome="failed"}')
    scene.clock.forward(timedelta(minutes=6))
    assert await ask(scene, "/readyz") == (503, '{"ready": false, "missing": ["outbox"]}')


@pytest.mark.long
@pytest.mark.postgres
@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_database_that_hangs_is_said_in_good_time(scene: Scene) -> None:
    async with scene.bot.database.engine.connect() as greedy:
        await greedy.execute(text("LOCK TABLE inbox IN ACCESS EXCLUSIVE MODE"))
        async with asyncio.timeout(8):
            assert await ask(scene, "/readyz") == (503, '{"ready": false, "missing": ["database"]}')
            assert (await ask(scene, "/healthz"))[0] == 200
    assert (await ask(scene, "/readyz"))[0] == 200


async def test_readyz_says_when_the_socket_is_gone(scene: Scene) -> None:
    assert scene.bot.socket is not None
    await scene.bot.socket.close()
    assert await ask(scene, "/readyz") == (503, '{"ready": false, "missing": ["socket"]}')
    assert await ask(scene, "/healthz") == (200, '{"alive": true}')


class TestToken:
    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        return settings.model_copy(update={"metrics_token": SecretStr("open-sesame")})

    async def test_metrics_behind_a_token_ask_for_it(self, scene: Scene) -> None:
        assert (await ask(scene, "/metrics"))[0] == 401
        assert (await ask(scene, "/metrics", Authorization="Bearer guess"))[0] == 401
        assert (await ask(scene, "/metrics", Authorization="Bearer gæt"))[0] == 401
        assert (await ask(scene, "/metrics", Authorization="Bearer open-sesame"))[0] == 200


class TestSilence:
    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        return settings.model_copy(update={"silence_seconds": 2.0})

    async def test_quiet_socket_that_answers_pings_is_left_alone(self, scene: Scene) -> None:
        await asyncio.sleep(3)  # longer than the allowed silence: nothing happens that could be waited for
        seen = await figures(scene)
        assert (seen["klynge_socket_rebuilds_total"], seen["klynge_socket_connections_total"]) == (0, 1)

    async def test_socket_that_slack_no_longer_takes_is_thrown_away_and_opened_anew(self, scene: Scene) -> None:
        """The client alone would try the address it has for ever: its ticket has run out."""
        scene.world.sockets.late = True
        await scene.desk.sockets(drop=True)
        await until(scene, "klynge_socket_rebuilds_total")
        scene.world.sockets.late = False
        await until(scene, "klynge_socket_connections_total", 2)
        answer = await scene.desk.command(scene.coordinator, scene.klynge.channel, "/klynge vrøvl")
        assert answer["response"]["text"].startswith("Det kender jeg ikke")


async def until(scene: Scene, name: str, least: int = 1) -> dict[str, float]:
    """The figures once this one is large enough."""
    async with asyncio.timeout(15):
        while (seen := await figures(scene)).get(name, 0) < least:  # noqa: ASYNC110 - nobody tells when it counts
            await asyncio.sleep(0.02)
    return seen
