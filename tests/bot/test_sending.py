"""What the sender does with a row: posts, edits, pictures, files, home pages, steps, and reasons not to send."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

from bot.app import Runtime
from cluster.clock import MovableClock
from cluster.notices import NotNow, refresh
from handlers.message import Attachment, Message
from handlers.routes import Rendering
from handlers.views.blocks import image, section
from storage.unit_of_work import UnitOfWork
from workspace import Desk, Workspace

Settle = Callable[[], Awaitable[None]]
MakeCluster = Callable[..., Awaitable[Any]]


def picture() -> bytes:
    """A real PNG of one pixel."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b"")


async def texts(desk: Desk, person: str) -> list[str]:
    return [message["text"] for message in await desk.dm(person)]


async def test_post_carries_only_an_opaque_token(
    desk: Desk, settle: Settle, a_cluster: MakeCluster, owed: Any, row: Any
) -> None:
    klynge = await a_cluster(2)
    row_id = await owed("a", member_id=klynge.member_ids[klynge.coordinator])
    await settle()
    sent = await row(row_id)
    everything = await desk.everything()
    [found] = [
        message for room in everything["channels"] for message in room["messages"] if message["ts"] == sent.sent_ts
    ]
    assert found["metadata"] == {"event_type": "klynge_notice", "event_payload": {"token": sent.token, "card": ""}}
    assert (sent.state, sent.attempts, sent.leased_until) == ("sent", 1, None)


async def test_messages_of_one_lane_arrive_in_order(
    desk: Desk, settle: Settle, a_cluster: MakeCluster, owed: Any, clock: MovableClock
) -> None:
    klynge = await a_cluster(2)
    member_id = klynge.member_ids[klynge.coordinator]
    ids = [await owed(f"n{n}", member_id=member_id, due_at=clock.now() + timedelta(hours=1)) for n in range(6)]
    clock.forward(timedelta(hours=1))
    await settle()
    assert await texts(desk, klynge.coordinator) == [f"no. {n}" for n in ids]


async def test_picture_is_shown_inside_the_message(
    desk: Desk, settle: Settle, a_cluster: MakeCluster, owed: Any, script: Any, row: Any
) -> None:
    klynge = await a_cluster(2)
    chart = Attachment("kol.png", picture(), "KOL", inline=True)
    script.answer = lambda _: Message("Din graf", [section("Din graf"), image("kol.png", "en graf")], [chart])
    row_id = await owed("a", member_id=klynge.member_ids[klynge.coordinator])
    await settle()
    [message] = await desk.dm(klynge.coordinator)
    file_id = message["blocks"][1]["slack_file"]["id"]
    assert await desk.file(klynge.coordinator, file_id) == chart.content
    assert (await row(row_id)).file_ids == [{"name": "kol.png", "id": file_id, "inline": True}]


async def test_picture_that_slack_still_works_on_is_waited_for(
    desk: Desk, settle: Settle, a_cluster: MakeCluster, owed: Any, script: Any, row: Any
) -> None:
    klynge = await a_cluster(2)
    await desk.settings(file_ready_after=0.4)
    chart = Attachment("kol.png", picture(), "KOL", inline=True)
    script.answer = lambda _: Message("Din graf", [image("kol.png", "en graf")], [chart])
    row_id = await owed("a", member_id=klynge.member_ids[klynge.coordinator])
    await settle()
    assert await texts(desk, klynge.coordinator) == ["Din graf"]
    assert (await row(row_id)).attempts == 1


async def test_file_is_handed_over_after_the_message(
    desk: Desk, settle: Settle, a_cluster: MakeCluster, owed: Any, script: Any
) -> None:
    klynge = await a_cluster(2)
    template = Attachment("skabelon.csv", b"a;b\n1;2\n", "Skabelon")
    script.answer = lambda _: Message("Her er skabelonen", attachments=[template])
    await owed("a", member_id=klynge.member_ids[klynge.coordinator])
    await settle()
    first, second = await desk.dm(klynge.coordinator)
    assert (first["text"], [file["name"] for file in second["files"]]) == ("Her er skabelonen", ["skabelon.csv"])
    assert await desk.file(klynge.coordinator, second["files"][0]["id"]) == template.content


async def test_home_page_is_published(
    desk: Desk, settle: Settle, a_cluster: MakeCluster, owed: Any, script: Any
) -> None:
    klynge = await a_cluster(2)
    script.answer = lambda _: Message("", [section("Velkommen hjem")])
    await owed("home:1", kind="home", how="home", member_id=klynge.member_ids[klynge.coordinator])
    await settle()
    state = await desk.state(klynge.coordinator)
    assert [block["text"]["text"] for block in state["home"]["view"]["blocks"]] == ["Velkommen hjem"]


async def test_step_runs_once_with_what_it_owes(
    desk: Desk, settle: Settle, a_cluster: MakeCluster, owed: Any, script: Any, row: Any
) -> None:
    klynge = await a_cluster(2)
    row_id = await owed("s", kind="test.step", how="step", member=klynge.member_ids[klynge.coordinator])
    await settle()
    assert (script.steps, (await row(row_id)).state) == (["s"], "sent")
    assert len(await texts(desk, klynge.coordinator)) == 1


async def test_untrue_message_is_dropped(
    desk: Desk, settle: Settle, a_cluster: MakeCluster, owed: Any, script: Any, row: Any
) -> None:
    klynge = await a_cluster(2)
    script.answer = lambda _: None
    row_id = await owed("a", member_id=klynge.member_ids[klynge.coordinator])
    await settle()
    assert ((await row(row_id)).state, await texts(desk, klynge.coordinator)) == ("dropped", [])


async def test_reminder_found_at_a_bad_hour_waits_for_a_better_one(
    desk: Desk, settle: Settle, a_cluster: MakeCluster, owed: Any, script: Any, row: Any, clock: MovableClock
) -> None:
    klynge = await a_cluster(2)
    later = clock.now() + timedelta(hours=12)

    def answer(_: Rendering) -> Message:
        if clock.now() < later:
            raise NotNow(later)
        return Message("Godmorgen")

    script.answer = answer
    row_id = await owed("a", member_id=klynge.member_ids[klynge.coordinator])
    await settle()
    put_off = await row(row_id)
    assert (put_off.state, put_off.due_at, put_off.attempts) == ("waiting", later, 0)
    clock.move_to(later)
    await settle()
    assert await texts(desk, klynge.coordinator) == ["Godmorgen"]


async def test_reminder_too_late_to_be_useful_is_missed_and_the_coordinator_told(
    desk: Desk, settle: Settle, a_cluster: MakeCluster, owed: Any, row: Any, clock: MovableClock
) -> None:
    klynge = await a_cluster(2)
    row_id = await owed(
        "a",
        member_id=klynge.member_ids[klynge.doctors[1]],
        cluster_id=klynge.id,
        due_at=clock.now() + timedelta(hours=1),
        useless_after=(clock.now() + timedelta(hours=2)).isoformat(),
    )
    clock.forward(timedelta(hours=3))
    await settle()
    assert ((await row(row_id)).state, await texts(desk, klynge.doctors[1])) == ("missed", [])
    assert await texts(desk, klynge.coordinator) == [
        f"En besked, der skulle være sendt mandag den 2. marts kl. 10.00, nåede ikke ud i tide og er udeladt (nr. {row_id})."
    ]


async def test_refused_message_is_dead_and_the_coordinator_told_once(
    desk: Desk, settle: Settle, a_cluster: MakeCluster, owed: Any, row: Any, bot: Runtime
) -> None:
    klynge = await a_cluster(2)
    row_id = await owed("a", channel_id="C0GONE0000", cluster_id=klynge.id)
    await settle()
    await settle()
    assert ((await row(row_id)).state, (await row(row_id)).error) == ("dead", "channel_not_found")
    assert await texts(desk, klynge.coordinator) == [
        "En besked, der skulle være sendt mandag den 2. marts kl. 09.00, kunne ikke leveres "
        f"(nr. {row_id}). Slack siger: channel_not_found"
    ]


async def test_member_not_in_slack_yet_is_left_out(
    world: Workspace, settle: Settle, a_cluster: MakeCluster, owed: Any, row: Any, bot: Runtime
) -> None:
    from storage.models import Member

    klynge = await a_cluster(2)
    async with UnitOfWork(bot.database) as uow:
        somebody = Member(cluster_id=klynge.id, name="Ny Læge")
        uow.session.add(somebody)
        await uow.commit()
    row_id = await owed("a", member_id=somebody.id)
    await settle()
    assert ((await row(row_id)).state, (await row(row_id)).error) == ("dropped", "the member is not in Slack")


async def test_many_wishes_for_an_edit_become_few_edits_and_the_last_state_stands(
    desk: Desk, settle: Settle, a_cluster: MakeCluster, owed: Any, script: Any, bot: Runtime, clock: MovableClock
) -> None:
    klynge = await a_cluster(2)
    member_id = klynge.member_ids[klynge.coordinator]
    count = 0
    script.answer = lambda _: Message(f"tæller {count}", card="test.card")
    await owed("a", kind="test.card", subject="meeting:1", member_id=member_id)
    await settle()
    before = len(await desk.traffic())
    for _ in range(20):
        async with UnitOfWork(bot.database) as uow:
            await refresh(uow, "test.card", subject="meeting:1", now=clock.now(), member_id=member_id)
            count += 1
            await uow.commit()
    await settle()
    edits = [call for call in (await desk.traffic())[before:] if call["method"] == "chat.update"]
    assert await texts(desk, klynge.coordinator) == ["tæller 20"]
    assert len(edits) < 20


async def test_edit_of_a_card_that_was_deleted_is_dropped(
    world: Workspace, desk: Desk, settle: Settle, a_cluster: MakeCluster, owed: Any, row: Any, script: Any, bot: Runtime
) -> None:
    klynge = await a_cluster(2)
    member_id = klynge.member_ids[klynge.coordinator]
    script.answer = lambda _: Message("kort", card="test.card")
    await owed("a", kind="test.card", subject="meeting:1", member_id=member_id)
    await settle()
    [message] = await desk.dm(klynge.coordinator)
    await bot.tools.slack.chat_delete(channel=(await row(1)).sent_channel, ts=message["ts"])
    edit = await owed("b", kind="test.card", subject="meeting:1", how="update", member_id=member_id)
    await settle()
    assert ((await row(edit)).state, (await row(edit)).error) == ("dropped", "message_not_found")
