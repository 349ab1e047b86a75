"""What the sender does with a row: posts, edits, pictures, files, home pages, steps, and reasons not to send."""

from __future__ import annotations

import struct
import zlib
from datetime import timedelta

from cluster.notices import NotNow, refresh
from handlers.blocks import image, section
from handlers.feature import Rendering
from handlers.message import Attachment, Message
from storage.unit_of_work import UnitOfWork
from tests.bot.scene import Scene


def picture() -> bytes:
    """A real PNG of one pixel."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b"")


async def test_post_carries_only_an_opaque_token(scene: Scene) -> None:
    row_id = await scene.owed("a", member_id=scene.member_id)
    await scene.settle()
    sent = await scene.row(row_id)
    everything = await scene.desk.everything()
    [found] = [
        message for room in everything["channels"] for message in room["messages"] if message["ts"] == sent.sent_ts
    ]
    assert found["metadata"] == {"event_type": "klynge_notice", "event_payload": {"token": sent.token, "card": ""}}
    assert (sent.state, sent.attempts, sent.leased_until) == ("sent", 1, None)


async def test_messages_of_one_lane_arrive_in_order(scene: Scene) -> None:
    member_id = scene.member_id
    ids = [
        await scene.owed(f"n{n}", member_id=member_id, due_at=scene.clock.now() + timedelta(hours=1)) for n in range(6)
    ]
    scene.clock.forward(timedelta(hours=1))
    await scene.settle()
    assert await scene.texts() == [f"no. {n}" for n in ids]


async def test_picture_is_shown_inside_the_message(scene: Scene) -> None:
    chart = Attachment("kol.png", picture(), "KOL", inline=True)
    scene.script.answer = lambda _: Message("Din graf", [section("Din graf"), image("kol.png", "en graf")], [chart])
    row_id = await scene.owed("a", member_id=scene.member_id)
    await scene.settle()
    [message] = await scene.desk.dm(scene.coordinator)
    file_id = message["blocks"][1]["slack_file"]["id"]
    assert await scene.desk.file(scene.coordinator, file_id) == chart.content
    assert (await scene.row(row_id)).file_ids == [{"name": "kol.png", "id": file_id, "inline": True}]


async def test_picture_that_slack_still_works_on_is_waited_for(scene: Scene) -> None:
    await scene.desk.settings(file_ready_after=0.4)
    chart = Attachment("kol.png", picture(), "KOL", inline=True)
    scene.script.answer = lambda _: Message("Din graf", [image("kol.png", "en graf")], [chart])
    row_id = await scene.owed("a", member_id=scene.member_id)
    await scene.settle()
    assert await scene.texts() == ["Din graf"]
    assert (await scene.row(row_id)).attempts == 1


async def test_file_is_handed_over_after_the_message(scene: Scene) -> None:
    template = Attachment("skabelon.csv", b"a;b\n1;2\n", "Skabelon")
    scene.script.answer = lambda _: Message("Her er skabelonen", attachments=[template])
    await scene.owed("a", member_id=scene.member_id)
    await scene.settle()
    first, second = await scene.desk.dm(scene.coordinator)
    assert (first["text"], [file["name"] for file in second["files"]]) == ("Her er skabelonen", ["skabelon.csv"])
    assert await scene.desk.file(scene.coordinator, second["files"][0]["id"]) == template.content


async def test_home_page_is_published(scene: Scene) -> None:
    scene.script.answer = lambda _: Message("", [section("Velkommen hjem")])
    await scene.owed("home:1", kind="home", how="home", member_id=scene.member_id)
    await scene.settle()
    state = await scene.desk.state(scene.coordinator)
    assert [block["text"]["text"] for block in state["home"]["view"]["blocks"]] == ["Velkommen hjem"]


async def test_step_runs_once_with_what_it_owes(scene: Scene) -> None:
    row_id = await scene.owed("s", kind="test.step", how="step", member=scene.member_id)
    await scene.settle()
    assert (scene.script.steps, (await scene.row(row_id)).state) == (["s"], "sent")
    assert len(await scene.texts()) == 1


async def test_untrue_message_is_dropped(scene: Scene) -> None:
    scene.script.answer = lambda _: None
    row_id = await scene.owed("a", member_id=scene.member_id)
    await scene.settle()
    assert ((await scene.row(row_id)).state, await scene.texts()) == ("dropped", [])


async def test_reminder_found_at_a_bad_hour_waits_for_a_better_one(scene: Scene) -> None:
    later = scene.clock.now() + timedelta(hours=12)

    def answer(_: Rendering) -> Message:
        if scene.clock.now() < later:
            raise NotNow(later)
        return Message("Godmorgen")

    scene.script.answer = answer
    row_id = await scene.owed("a", member_id=scene.member_id)
    await scene.settle()
    put_off = await scene.row(row_id)
    assert (put_off.state, put_off.due_at, put_off.attempts) == ("waiting", later, 0)
    scene.clock.move_to(later)
    await scene.settle()
    assert await scene.texts() == ["Godmorgen"]


async def test_reminder_too_late_to_be_useful_is_missed_and_the_coordinator_told(scene: Scene) -> None:
    row_id = await scene.owed(
        "a",
        member_id=scene.klynge.member_ids[scene.klynge.doctors[1]],
        cluster_id=scene.klynge.id,
        due_at=scene.clock.now() + timedelta(hours=1),
        useless_after=(scene.clock.now() + timedelta(hours=2)).isoformat(),
    )
    scene.clock.forward(timedelta(hours=3))
    await scene.settle()
    assert ((await scene.row(row_id)).state, await scene.texts(scene.klynge.doctors[1])) == ("missed", [])
    assert await scene.texts() == [
        "En besked, der skulle være sendt mandag den 2. marts kl. 10.00, nåede ikke ud i tide og bliver ikke sendt "
        f"(nr. {row_id})."
    ]


async def test_refused_message_is_dead_and_the_coordinator_told_once(scene: Scene) -> None:
    row_id = await scene.owed("a", channel_id="C0GONE0000", cluster_id=scene.klynge.id)
    await scene.settle()
    await scene.settle()
    assert ((await scene.row(row_id)).state, (await scene.row(row_id)).error) == ("dead", "channel_not_found")
    assert await scene.texts() == [
        "En besked, der skulle være sendt mandag den 2. marts kl. 09.00, kunne ikke leveres "
        f"(nr. {row_id}). Slack siger: channel_not_found"
    ]


async def test_member_not_in_slack_yet_is_left_out(scene: Scene) -> None:
    from storage.models import Member

    async with UnitOfWork(scene.bot.database) as uow:
        somebody = Member(cluster_id=scene.klynge.id, name="Ny Læge")
        uow.session.add(somebody)
        await uow.commit()
    row_id = await scene.owed("a", member_id=somebody.id)
    await scene.settle()
    assert ((await scene.row(row_id)).state, (await scene.row(row_id)).error) == (
        "dropped",
        "the member is not in Slack",
    )


async def test_many_wishes_for_an_edit_become_few_edits_and_the_last_state_stands(scene: Scene) -> None:
    member_id = scene.member_id
    count = 0
    scene.script.answer = lambda _: Message(f"tæller {count}", card="test.card")
    await scene.owed("a", kind="test.card", subject="meeting:1", member_id=member_id)
    await scene.settle()
    before = len(await scene.desk.traffic())
    for _ in range(20):
        async with UnitOfWork(scene.bot.database) as uow:
            await refresh(uow, "test.card", subject="meeting:1", now=scene.clock.now(), member_id=member_id)
            count += 1
            await uow.commit()
    await scene.settle()
    edits = [call for call in (await scene.desk.traffic())[before:] if call["method"] == "chat.update"]
    assert await scene.texts() == ["tæller 20"]
    assert len(edits) < 20


async def test_edit_of_a_card_that_was_deleted_is_dropped(scene: Scene) -> None:
    member_id = scene.member_id
    scene.script.answer = lambda _: Message("kort", card="test.card")
    await scene.owed("a", kind="test.card", subject="meeting:1", member_id=member_id)
    await scene.settle()
    [message] = await scene.desk.dm(scene.coordinator)
    await scene.bot.tools.slack.chat_delete(channel=(await scene.row(1)).sent_channel, ts=message["ts"])
    edit = await scene.owed("b", kind="test.card", subject="meeting:1", how="update", member_id=member_id)
    await scene.settle()
    assert ((await scene.row(edit)).state, (await scene.row(edit)).error) == ("dropped", "message_not_found")
