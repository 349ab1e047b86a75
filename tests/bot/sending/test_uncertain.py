"""What Slack may have taken is asked for before it is said again; what Slack refused for now is waited out."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest

from bot.settings import Settings
from cluster.overview.last_words import last_words
from handlers.feature import Rendering
from handlers.message import Attachment, Message
from storage.unit_of_work import look
from tests.bot.scene import Scene


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """A short lease: what broke on its way is looked for after a lease, and no test wants to wait for a minute."""
    return settings.model_copy(update={"lease_seconds": 1, "tick_seconds": 0.1})


@pytest.mark.parametrize(
    "failure",
    [
        {"reset": True, "when": "after"},
        {"status": 500, "when": "after"},
        {"error": "internal_error", "when": "after"},
        {"reset": True, "when": "before"},
        {"status": 503, "when": "before"},
        {"error": "fatal_error", "when": "before"},
    ],
    ids=lambda failure: "-".join(map(str, failure.values())),
)
async def test_message_arrives_once_however_the_answer_fails(scene: Scene, failure: dict[str, object]) -> None:
    await scene.desk.fail("chat.postMessage", **failure)
    row_id = await scene.owed("a", member_id=scene.member_id)
    await scene.settle()
    assert await scene.texts() == [f"no. {row_id}"]
    assert (await scene.row(row_id)).attempts == 2


@pytest.mark.parametrize(("when", "state"), [("after", "sent"), ("before", "missed")])
async def test_message_that_became_too_late_is_looked_for_before_it_is_called_missed(
    scene: Scene, when: str, state: str
) -> None:
    def answer(_: Rendering) -> Message:
        scene.clock.forward(timedelta(hours=3))
        return Message("Husk mødet")

    scene.script.answer = answer
    useless_after = (scene.clock.now() + timedelta(hours=2)).isoformat()
    await scene.desk.fail("chat.postMessage", reset=True, when=when)
    row_id = await scene.owed("a", member_id=scene.member_id, useless_after=useless_after)
    await scene.settle()
    assert (await scene.row(row_id)).state == state
    assert await scene.texts() == (["Husk mødet"] if state == "sent" else [])


@pytest.mark.long
async def test_process_that_stood_still_longer_than_its_lease_leaves_the_word_to_whoever_took_over(
    scene: Scene,
) -> None:
    stalls = [1.2]

    def answer(_: Rendering) -> Message:
        time.sleep(stalls.pop() if stalls else 0)  # the whole process stands still, and renews nothing
        return Message("Husk mødet")

    scene.script.answer = answer
    row_id = await scene.owed("a", member_id=scene.member_id)
    await scene.settle()
    assert (await scene.texts(), (await scene.row(row_id)).attempts > 1) == (["Husk mødet"], True)


@pytest.mark.long
async def test_answer_slower_than_a_lease_is_waited_for(scene: Scene) -> None:
    await scene.desk.fail("chat.postMessage", delay=1.5, when="after")
    row_id = await scene.owed("a", member_id=scene.member_id)
    await scene.settle()
    assert await scene.texts() == [f"no. {row_id}"]
    assert (await scene.row(row_id)).attempts == 1


async def test_answer_in_a_thread_is_looked_for_in_the_thread(scene: Scene) -> None:
    channel = next(
        room["id"] for room in (await scene.desk.state(scene.coordinator))["channels"] if room["kind"] == "im"
    )
    ts = await scene.desk.say(scene.coordinator, channel, "hej")
    await scene.desk.fail("chat.postMessage", status=500, when="after")
    row_id = await scene.owed("a", channel_id=channel, thread_ts=ts, member_id=scene.member_id)
    await scene.settle()
    assert await scene.texts() == ["hej", f"no. {row_id}"]


@pytest.mark.long
@pytest.mark.parametrize("together", [False, True], ids=["after its words", "with its words"])
@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("method", ["files.getUploadURLExternal", "upload", "files.completeUploadExternal"])
async def test_file_arrives_once_however_a_step_fails(scene: Scene, method: str, when: str, together: bool) -> None:
    template = Attachment("skabelon.csv", b"a;b\n1;2\n", "Skabelon")
    scene.script.answer = lambda _: Message("Her er skabelonen", attachments=[template], is_said_with_file=together)
    await scene.desk.fail(method, status=500, when=when)
    await scene.owed("a", member_id=scene.member_id)
    await scene.settle()
    messages = await scene.desk.dm(scene.coordinator)
    shown = [(message["text"], [file["name"] for file in message.get("files") or []]) for message in messages]
    apart = [("Her er skabelonen", []), ("", ["skabelon.csv"])]
    assert shown == ([("Her er skabelonen", ["skabelon.csv"])] if together else apart)


@pytest.mark.long
async def test_words_said_with_a_file_are_the_last_that_were_said(scene: Scene) -> None:
    template = Attachment("skabelon.csv", b"a;b\n1;2\n", "Skabelon")
    said = {
        "question": Message("Skal jeg?"),
        "file": Message("Her er skabelonen", attachments=[template], is_said_with_file=True),
    }
    scene.script.answer = lambda r: said[r.owed.key]
    for key in said:
        await scene.owed(key, member_id=scene.member_id)
        await scene.settle()
    channel = str((await scene.row(1)).sent_channel)
    async with look(scene.bot.database) as state:
        last = await last_words(state, [scene.member_id], channel, "", since=scene.clock.now() - timedelta(minutes=1))
    assert last is not None
    assert (last.key, last.sent_ts) == ("file", None), "Slack does not tell at once where it stands"


async def test_picture_of_a_failed_try_is_taken_away(scene: Scene) -> None:
    from tests.bot.sending.test_outbox import picture

    chart = Attachment("kol.png", picture(), "KOL", inline=True)
    blocks = [{"type": "image", "slack_file": {"id": "kol.png"}, "alt_text": "graf"}]
    scene.script.answer = lambda _: Message("Din graf", blocks, [chart])
    await scene.desk.fail("chat.postMessage", status=500, when="before")
    await scene.owed("a", member_id=scene.member_id)
    await scene.settle()
    deleted = [call for call in await scene.desk.traffic() if call["method"] == "files.delete"]
    assert (await scene.texts(), len(deleted), deleted[0]["ok"]) == (["Din graf"], 1, True)


async def test_retry_after_is_obeyed_and_counts_as_no_try(scene: Scene) -> None:
    await scene.desk.fail("chat.postMessage", retry_after=1)
    row_id = await scene.owed("a", member_id=scene.member_id)
    await scene.settle()
    posts = [call for call in await scene.desk.traffic() if call["method"] == "chat.postMessage"]
    assert [post["status"] for post in posts] == [429, 200]
    assert (await scene.row(row_id)).attempts == 1


async def test_found_card_is_brought_up_to_date(scene: Scene) -> None:
    state = "gammel"
    scene.script.answer = lambda rendering: Message(f"{state} {rendering.owed.params['n']}", card="test.card")
    await scene.desk.fail("chat.postMessage", status=500, when="after")
    await scene.owed("a", kind="test.card", subject="meeting:1", member_id=scene.member_id, n=7)
    await scene.desk.wait_for(lambda: _has(scene, "gammel 7"))
    state = "ny"
    await scene.settle()
    assert await scene.texts() == ["ny 7"]


async def _has(scene: Scene, text: str) -> bool:
    return await scene.texts() == [text]
