"""Slack works on a file after it has answered: what may be there already is not looked for too early."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, text

from bot.settings import Settings
from cluster.notices import refresh
from handlers.blocks import image, section
from handlers.feature import Rendering
from handlers.message import Attachment, Message
from storage.models import Outbox
from storage.unit_of_work import UnitOfWork
from tests.bot.scene import Scene
from tests.bot.sending.test_outbox import picture


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """A lease that is longer than Slack's work on a file, as it is in life."""
    return settings.model_copy(update={"lease_seconds": 3, "tick_seconds": 0.1})


@pytest.mark.long
async def test_file_that_slack_still_works_on_is_not_handed_over_again(scene: Scene) -> None:
    await scene.desk.settings(file_ready_after=2.0)
    scene.script.answer = lambda _: Message("Her", attachments=[Attachment("skabelon.csv", b"a;b\n1;2\n", "Skabelon")])
    await scene.desk.fail("files.completeUploadExternal", status=500, when="after")
    await scene.owed("a", member_id=scene.member_id)
    await scene.settle()
    names = [file["name"] for message in await scene.desk.dm(scene.coordinator) for file in message.get("files") or []]
    assert names == ["skabelon.csv"]
    tickets = [call for call in await scene.desk.traffic() if call["method"] == "files.getUploadURLExternal"]
    assert len(tickets) == 1


async def test_server_without_files_delays_nothing_behind_them(scene: Scene) -> None:
    await scene.desk.fail("files.getUploadURLExternal", error="unknown_method", times=20)
    file = [Attachment("skabelon.csv", b"a;b\n1;2\n", "Skabelon")]
    scene.script.answer = lambda r: Message(f"no. {r.owed.id}", attachments=file if r.owed.id == first else [])
    first = await scene.owed("a", member_id=scene.member_id)
    second = await scene.owed("b", member_id=scene.member_id)
    await scene.settle()
    assert (await scene.texts())[:2] == [f"no. {first}", f"no. {second}"]
    given_up = await scene.row(first)
    assert (given_up.state, given_up.attempts, given_up.error) == ("dead", 1, "unknown_method")


FILE = [Attachment("skabelon.csv", b"a;b\n1;2\n", "Skabelon")]


def with_file(scene: Scene, *keys: str, card: str = "") -> None:
    """Rows of these keys carry a file; the others are words alone."""
    scene.script.answer = lambda r: Message(
        r.owed.key, attachments=FILE if r.owed.key in keys else [], card=card if r.owed.key in keys else ""
    )


async def until(holds: Callable[[], Awaitable[bool]]) -> None:
    for _ in range(1000):
        if await holds():
            return
        await asyncio.sleep(0.02)
    raise AssertionError


async def once_there(scene: Scene, *texts: str) -> None:
    async def are_there() -> bool:
        return set(texts) <= set(await scene.texts())

    await until(are_there)


async def files_of(scene: Scene) -> list[str]:
    return [file["name"] for message in await scene.desk.dm(scene.coordinator) for file in message.get("files") or []]


@pytest.mark.long
@pytest.mark.both_databases
@pytest.mark.parametrize(
    "trouble",
    [{"status": 500, "times": 2}, {"error": "internal_error", "times": 2}, {"retry_after": 3600}],
    ids=["broken", "away", "asks for an hour"],
)
async def test_what_fails_with_its_file_lets_the_others_pass_in_order(scene: Scene, trouble: dict[str, Any]) -> None:
    with_file(scene, "first")
    await scene.desk.fail("files.getUploadURLExternal", **trouble)
    first = await scene.owed("first", member_id=scene.member_id)
    for key in ("second", "third", "fourth"):
        await scene.owed(key, member_id=scene.member_id)
    await once_there(scene, "second", "third", "fourth")
    waiting = await scene.row(first)
    assert (waiting.state, waiting.attempts <= 1, await files_of(scene)) == ("waiting", True, [])
    assert await scene.texts() == ["first", "second", "third", "fourth"]
    if "retry_after" not in trouble:
        await scene.settle()
        assert (await scene.row(first)).state == "sent"
        assert (await scene.texts())[:4] == ["first", "second", "third", "fourth"]
        assert await files_of(scene) == ["skabelon.csv"]


@pytest.mark.long
@pytest.mark.both_databases
async def test_what_is_slow_with_its_file_lets_the_others_pass_while_it_is_at_it(scene: Scene) -> None:
    with_file(scene, "slow")
    await scene.desk.fail("files.getUploadURLExternal", delay=4.0)
    slow = await scene.owed("slow", member_id=scene.member_id)
    await scene.owed("quick", member_id=scene.member_id)
    await once_there(scene, "quick")
    on_its_way = await scene.row(slow)
    assert (on_its_way.state, on_its_way.leased_until is not None, await files_of(scene)) == ("waiting", True, [])
    await scene.settle()
    assert ((await scene.row(slow)).state, await files_of(scene)) == ("sent", ["skabelon.csv"])


@pytest.mark.long
async def test_what_fails_without_a_file_keeps_its_place(scene: Scene) -> None:
    with_file(scene, "file")
    await scene.desk.fail("chat.postMessage", status=500, times=1)
    for key in ("first", "second"):
        await scene.owed(key, member_id=scene.member_id)
    await scene.settle()
    assert await scene.texts() == ["first", "second"]


@pytest.mark.long
async def test_card_that_was_passed_by_its_edit_shows_the_later_state(scene: Scene) -> None:
    """The edit finds nothing to edit: what is posted then was drawn before it."""
    await passed_by_its_edit(scene)
    await scene.settle()
    assert await scene.texts() == ["after"]


@pytest.mark.long
async def test_card_that_was_passed_shows_the_later_state_when_its_new_edit_could_not_be_kept(scene: Scene) -> None:
    """As when the program ends right after Slack has taken the card."""
    posted = await passed_by_its_edit(scene)

    async def has_failed() -> bool:
        return bool((await scene.row(posted)).error)

    refuses = "BEFORE INSERT ON outbox WHEN NEW.how = 'update' BEGIN SELECT RAISE(ABORT, 'not now'); END"
    await carry_out(scene, f"CREATE TRIGGER no_edit {refuses}")
    await until(has_failed)
    await carry_out(scene, "DROP TRIGGER no_edit")
    await scene.settle()
    assert await scene.texts() == ["after"]


async def carry_out(scene: Scene, statement: str) -> None:
    async with scene.bot.database.write() as session:
        await session.execute(text(statement))
        await session.commit()


async def passed_by_its_edit(scene: Scene) -> int:
    """A card that is slow with its picture, and an edit of it that has gone by; the card's row."""
    state = ["before"]
    chart = Attachment("kol.png", picture(), "KOL", inline=True)

    def answer(r: Rendering) -> Message:
        shown = [section(state[0]), image("kol.png", "en graf")]
        return Message(
            state[0], *(([section(state[0])],) if r.owed.how == "update" else (shown, [chart])), card="test.card"
        )

    scene.script.answer = answer
    await scene.desk.fail("files.getUploadURLExternal", delay=3.0)
    who = {"member_id": scene.member_id, "subject": "thing:1"}
    posted = await scene.owed("post", **who)

    async def is_aside() -> bool:
        return "/" in (await scene.row(posted)).lane

    await until(is_aside)
    state[0] = "after"
    async with UnitOfWork(scene.bot.database) as uow:
        await refresh(uow, "test.card", now=scene.clock.now(), **who)
        await uow.commit()

    async def has_passed() -> bool:
        async with scene.bot.database.read() as session:
            [edit] = (await session.scalars(select(Outbox).where(Outbox.how == "update"))).all()
        return edit.state == "dropped"

    await until(has_passed)
    return posted


@pytest.mark.long
async def test_later_edit_of_a_message_waits_for_the_earlier_that_stepped_aside(scene: Scene) -> None:
    chart = Attachment("kol.png", picture(), "KOL", inline=True)
    scene.script.answer = lambda r: Message(r.owed.key, [section(r.owed.key), image("kol.png", "en graf")], [chart])
    message = await scene.owed("message", member_id=scene.member_id)
    await scene.settle()
    await scene.desk.fail("files.getUploadURLExternal", delay=3.0)
    earlier = await scene.owed("earlier", member_id=scene.member_id, how="edit", row=message)
    later = await scene.owed("later", member_id=scene.member_id, how="edit", row=message)

    async def is_done() -> bool:
        return (await scene.row(earlier)).state != "waiting"

    await until(is_done)
    assert (await scene.row(later)).state == "waiting"
    scene.clock.forward(timedelta(minutes=2))
    await scene.settle()
    assert ((await scene.row(later)).state, await scene.texts()) == ("sent", ["later"])
