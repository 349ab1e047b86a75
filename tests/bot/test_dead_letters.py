"""What was given up is told, tried again by a button or a command, and let lie."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from sqlalchemy import update

from bot.running.pump import LOST, MOST_LOST
from bot.settings import Settings
from cluster.notices import owe
from handlers.blocks import actions, button
from handlers.operations.ids import Action
from storage.inbox import bury, keep
from storage.models import Inbox, Outbox
from storage.unit_of_work import UnitOfWork
from tests.bot.scene import Scene
from tests.bot.test_settings import klynge

HOPELESS = {"error": "channel_not_found"}


async def command(settings: Settings, *words: str) -> tuple[int, list[str]]:
    """As somebody at the server types it, while the bot runs."""
    address = {"KLYNGE_DATABASE_URL": settings.database_url}
    code, said = await asyncio.to_thread(klynge, "dead-letters", *words, **address)
    return code, said.splitlines()


async def undelivered(scene: Scene) -> int:
    """A message to the other doctor that Slack refuses for good."""
    doctor = scene.klynge.doctors[1]
    await scene.desk.fail("chat.postMessage", **HOPELESS)
    number = await scene.owed("one", member_id=scene.klynge.member_ids[doctor], cluster_id=scene.klynge.id)
    await scene.settle()
    return number


async def test_coordinator_tries_again_by_a_button(scene: Scene) -> None:
    number = await undelivered(scene)
    [told] = await scene.desk.dm(scene.coordinator)
    assert told["text"].endswith(f"kunne ikke leveres (nr. {number}). Slack siger: channel_not_found")
    await scene.desk.act(scene.coordinator, told, Action.OUTBOX_RETRY)
    await scene.settle()
    assert (await scene.texts())[1:] == [f"Jeg prøver besked nr. {number} en gang til."]
    assert await scene.texts(scene.klynge.doctors[1]) == [f"no. {number}"]


async def test_second_press_says_that_it_is_settled(scene: Scene) -> None:
    await undelivered(scene)
    [told] = await scene.desk.dm(scene.coordinator)
    for _ in range(2):
        await scene.desk.act(scene.coordinator, told, Action.OUTBOX_RETRY)
        await scene.settle()
    said = await scene.texts()
    assert said[-1] == "Den besked er ikke længere opgivet: Den er sendt, eller nogen har prøvet igen."
    assert len(await scene.texts(scene.klynge.doctors[1])) == 1


async def test_message_refused_again_is_told_again(scene: Scene) -> None:
    await undelivered(scene)
    [told] = await scene.desk.dm(scene.coordinator)
    await scene.desk.fail("conversations.history", **HOPELESS)
    await scene.desk.act(scene.coordinator, told, Action.OUTBOX_RETRY)
    await scene.settle()
    assert [line.partition(" ")[0] for line in await scene.texts()] == ["En", "Jeg", "En"]


async def test_member_may_not_try_again(scene: Scene) -> None:
    number, doctor = await undelivered(scene), scene.klynge.doctors[1]
    slack = scene.bot.tools.slack
    channel = (await slack.conversations_open(users=doctor))["channel"]["id"]
    await slack.chat_postMessage(channel=channel, blocks=[actions(button("x", Action.OUTBOX_RETRY, number))], text="x")
    [message] = await scene.desk.dm(doctor)
    await scene.desk.act(doctor, message, Action.OUTBOX_RETRY)
    await scene.settle()
    assert await scene.texts(doctor) == ["x", "Det er kun klyngens koordinator, der kan gøre det."]
    assert (await scene.row(number)).state == "dead"


async def test_message_that_arrived_after_all_is_not_sent_again(scene: Scene, settings: Settings) -> None:
    number = await undelivered(scene)
    row = await scene.row(number)
    sent = {"event_type": "klynge_notice", "event_payload": {"token": row.token, "card": ""}}
    doctor = scene.klynge.doctors[1]
    channel = (await scene.bot.tools.slack.conversations_open(users=doctor))["channel"]["id"]
    await scene.bot.tools.slack.chat_postMessage(channel=channel, text="arrived", metadata=sent)
    assert (await command(settings, "retry", f"outbox:{number}"))[0] == 0
    await scene.settle()
    assert await scene.texts(doctor) == ["arrived"]
    assert (await scene.row(number)).state == "sent"


async def test_commands_list_and_retry_without_a_name_or_a_word(scene: Scene, settings: Settings) -> None:
    number = await undelivered(scene)
    code, said = await command(settings, "list")
    assert (code, said) == (
        0,
        [f"outbox:{number}  test.notice  cluster 1  2026-03-02 08:00 UTC  tries 1: channel_not_found", "1 given up."],
    )
    assert await command(settings, "retry", "--all") == (0, ["1 will be tried again."])
    await scene.settle()
    assert await scene.texts(scene.klynge.doctors[1]) == [f"no. {number}"]
    assert (await command(settings, "list"))[1] == ["0 given up."]


async def test_dropped_letters_are_counted_no_more(scene: Scene, settings: Settings) -> None:
    number = await undelivered(scene)
    assert await command(settings, "drop", f"outbox:{number}") == (0, [f"outbox:{number} dropped."])
    assert (await command(settings, "list"))[1] == ["0 given up."]
    assert (await command(settings, "retry", f"outbox:{number}"))[0] == 2


async def test_arrivals_can_be_dropped_but_not_tried_again(scene: Scene, settings: Settings) -> None:
    database, now = scene.bot.database, scene.clock.wall()
    await keep(database, source_id="e1", kind="event:message", person="T:U", body={}, now=now)
    async with database.write() as session:
        await bury(session, 1, error="ABC123 KeyError", now=now)
        await session.commit()
    code, said = await command(settings, "list")
    assert (code, said[0].partition("  ")[0], said[0].rpartition(": ")[2]) == (0, "inbox:1", "ABC123 KeyError")
    assert (await command(settings, "retry", "inbox:1"))[0] == 2
    assert (await command(settings, "drop", "inbox:1"))[0] == 0


async def test_message_that_takes_its_process_with_it_each_time_is_given_up(scene: Scene) -> None:
    member_id = scene.klynge.member_ids[scene.klynge.doctors[1]]
    async with UnitOfWork(scene.bot.database) as uow:
        more = {"member_id": member_id, "cluster_id": scene.klynge.id}
        await owe(uow, "test.notice", key="poison", now=scene.clock.now(), **more)
        over = {"lost": MOST_LOST - 1, "attempts": 500, "leased_until": scene.clock.wall() - timedelta(seconds=1)}
        await uow.session.execute(update(Outbox).values(over))
        await uow.commit()
    await scene.settle()
    assert await scene.texts(scene.klynge.doctors[1]) == []
    [told] = await scene.texts()
    assert told.endswith(LOST)


async def test_arrival_that_takes_its_process_with_it_each_time_is_given_up_(scene: Scene) -> None:
    database, now = scene.bot.database, scene.clock.wall()
    person = f"{scene.world.team_id}:{scene.klynge.doctors[1]}"
    await keep(database, source_id="e1", kind="event:message", person=person, body={}, now=now)
    async with database.write() as session:
        over = {"lost": MOST_LOST - 1, "attempts": 500, "leased_until": now - timedelta(seconds=1)}
        await session.execute(update(Inbox).values(over))
        await session.commit()
    scene.bot.wake()
    await scene.settle()
    async with database.read() as session:
        row = await session.get_one(Inbox, 1)
    assert (row.state, row.error.endswith(LOST), row.attempts) == ("dead", True, 501)
