"""Slack works on a file after it has answered: what may be there already is not looked for too early."""

from __future__ import annotations

import pytest

from bot.settings import Settings
from handlers.message import Attachment, Message
from tests.bot.scene import Scene


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """A lease that is longer than Slack's work on a file, as it is in life."""
    return settings.model_copy(update={"lease_seconds": 3, "tick_seconds": 0.1})


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
