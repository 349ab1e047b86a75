"""A member gets one reminder a day: what else is due is said in the same message, once, whatever breaks meanwhile."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest

from bot.settings import Settings
from cluster.calendar import at
from cluster.notices import NotNow
from cluster.operations.restored import make_safe
from cluster.rooms import MESSAGE_KINDS as MESSAGES
from handlers.blocks import actions, button, section
from handlers.feature import Feature, Notice, Rendering
from handlers.message import Message
from storage.models import Outbox
from storage.unit_of_work import UnitOfWork
from tests.bot.scene import Scene, Script

KINDS = ("data.chase", "meeting.reminder", "welcome.reminder")
MORNING = at(date(2026, 3, 3), 9)


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"lease_seconds": 3, "tick_seconds": 0.1})


@pytest.fixture
def extra(script: Script) -> Feature:
    async def notice(rendering: Rendering) -> Message | None:
        return script.answer(rendering)

    return Feature(notices={kind: Notice(notice) for kind in MESSAGES if kind in KINDS})


@pytest.fixture
async def scene(scene: Scene) -> Scene:
    scene.clock.move_to(MORNING - timedelta(hours=1))
    scene.script.answer = lambda r: said(r.owed.subject, card=r.owed.kind)
    return scene


def said(what: str, *, card: str = "") -> Message:
    return Message(what, [section(what), actions(button("Ja", f"test.{what}", 1))], card=card)


async def owe_three(scene: Scene) -> list[int]:
    """Three reminders of as many features to one person: two of this day, one of the next."""
    return [
        await scene.owed(
            f"r{n}",
            kind=kind,
            due_at=MORNING + timedelta(hours=after),
            member_id=scene.member_id,
            subject=f"meeting:{n}",
            number=1,
        )
        for n, (kind, after) in enumerate(zip(KINDS, (0, 5, 24), strict=True), start=1)
    ]


async def states(scene: Scene, ids: list[int]) -> list[str]:
    return [(await scene.row(each)).state for each in ids]


@pytest.mark.both_databases
async def test_reminders_of_one_day_are_one_message_with_the_buttons_of_each(scene: Scene) -> None:
    ids = await owe_three(scene)
    scene.clock.move_to(MORNING)
    await scene.settle()
    (message,) = await scene.desk.dm(scene.coordinator)
    assert message["text"].splitlines() == ["2 ting venter på dig:", "meeting:1", "meeting:2"]
    buttons = [each["action_id"] for block in message["blocks"] for each in block.get("elements", [])]
    assert buttons == ["test.meeting:1", "test.meeting:2"]
    assert await states(scene, ids) == ["sent", "sent", "waiting"]
    assert [(await scene.row(each)).sent_ts for each in ids] == [message["ts"], message["ts"], None]


async def test_single_reminder_is_said_as_it_always_was(scene: Scene) -> None:
    await owe_three(scene)
    scene.clock.move_to(MORNING)
    await scene.settle()
    scene.clock.move_to(MORNING + timedelta(days=1))
    await scene.settle()
    assert (await scene.texts())[-1] == "meeting:3"


async def test_part_that_is_true_no_more_or_not_at_this_hour_or_broken_is_left_to_its_own_turn(scene: Scene) -> None:
    def answer(r: Rendering) -> Message | None:
        if r.owed.subject != "meeting:1" and scene.clock.now() < MORNING + timedelta(hours=5):
            if r.owed.subject == "meeting:2":
                raise NotNow(MORNING + timedelta(hours=5))
            raise ValueError("cannot be said")
        return said(r.owed.subject)

    scene.script.answer = answer
    ids = await owe_three(scene)
    scene.clock.move_to(MORNING)
    await scene.settle()
    assert (await scene.texts(), await states(scene, ids)) == (["meeting:1"], ["sent", "waiting", "waiting"])
    assert (await scene.row(ids[1])).leased_until is None


async def test_what_was_answered_meanwhile_is_neither_said_nor_lost(scene: Scene) -> None:
    scene.script.answer = lambda r: None if r.owed.subject == "meeting:1" else said(r.owed.subject)
    ids = await owe_three(scene)
    scene.clock.move_to(MORNING)
    await scene.settle()
    assert (await scene.texts(), await states(scene, ids)) == ([], ["dropped", "waiting", "waiting"])
    scene.clock.move_to(MORNING + timedelta(hours=5))
    await scene.settle()
    assert await scene.texts() == ["meeting:2"]


async def test_two_reminders_of_the_same_asking_are_said_once(scene: Scene) -> None:
    await scene.owed(
        "again", kind="data.chase", due_at=MORNING, member_id=scene.member_id, subject="meeting:1", number=0
    )
    await owe_three(scene)
    scene.clock.move_to(MORNING)
    await scene.settle()
    lines = Counter((await scene.texts())[0].splitlines())
    assert lines == {"2 ting venter på dig:": 1, "meeting:1": 1, "meeting:2": 1}


@pytest.mark.long
@pytest.mark.both_databases
@pytest.mark.parametrize(
    "failure",
    [
        {"reset": True, "when": "after"},
        {"status": 500, "when": "after"},
        {"reset": True, "when": "before"},
        {"error": "fatal_error", "when": "before"},
    ],
    ids=lambda failure: "-".join(map(str, failure.values())),
)
async def test_each_is_said_once_however_the_answer_fails(scene: Scene, failure: dict[str, object]) -> None:
    ids = await owe_three(scene)
    await scene.desk.fail("chat.postMessage", **failure)
    scene.clock.move_to(MORNING)
    await scene.settle()
    assert [text.splitlines()[1:] for text in await scene.texts()] == [["meeting:1", "meeting:2"]]
    assert await states(scene, ids) == ["sent", "sent", "waiting"]


@pytest.mark.both_databases
@pytest.mark.parametrize("step", ["taken along", "kept", "said and noted"])
async def test_process_that_died_on_the_way_loses_and_doubles_nothing(scene: Scene, step: str) -> None:
    """Of a process that was killed the rows are left: held, perhaps marked, perhaps noted as said."""
    ids = await owe_three(scene)
    leader, other, _ = [await scene.row(each) for each in ids]
    told = [{"row": other.id, "token": other.token, "kind": other.kind, "subject": other.subject, "card": ""}]
    async with UnitOfWork(scene.bot.database) as uow:
        for row, marks in ((leader, {"said_with": told}), (other, {"said_in": leader.id})):
            kept = await uow.session.get_one(Outbox, row.id)
            kept.leased_until, kept.attempts = scene.clock.wall() - timedelta(seconds=1), int(row is leader)
            if step != "taken along":
                kept.params = kept.params | {"said_on": "2026-03-03"} | marks
            if step == "said and noted":
                kept.sent_channel, kept.sent_ts = "D1", "1.0"
                kept.state = "waiting" if row is leader else "sent"
        await uow.commit()
    scene.clock.move_to(MORNING)
    await scene.settle()
    said_before = step == "said and noted"
    assert await scene.texts() == ([] if said_before else ["2 ting venter på dig:\nmeeting:1\nmeeting:2"])
    assert await states(scene, ids) == ["sent", "sent", "waiting"]


async def first_is_taken_back(scene: Scene) -> list[int]:
    """Of three in one message that arrived unheard, the first is answered before we know that it stands."""
    ids = await owe_three(scene)
    await scene.desk.fail("chat.postMessage", reset=True, when="after")
    scene.clock.move_to(MORNING)
    while (await scene.row(ids[0])).next_at is None:
        pass
    async with UnitOfWork(scene.bot.database) as uow:
        await uow.session.delete(await uow.session.get_one(Outbox, ids[0]))
        await uow.commit()
    return ids


@pytest.mark.both_databases
async def test_message_that_arrived_unheard_is_not_said_again_by_a_fellow_of_one_taken_back(scene: Scene) -> None:
    """The first is answered before we know that its message stands: its row goes, and the other must not be doubled."""
    ids = await first_is_taken_back(scene)
    scene.clock.move_to(MORNING + timedelta(hours=5))
    await scene.settle()
    assert await scene.texts() == ["meeting:2"]  # the same message, drawn again without what was answered
    assert (await scene.row(ids[1])).state == "sent"


@pytest.mark.both_databases
async def test_what_may_stand_with_one_taken_back_is_not_said_again_with_a_third(scene: Scene) -> None:
    """Whoever leads next would not look for it: it waits for its own hour, and is looked for then."""
    ids = await first_is_taken_back(scene)
    await scene.owed(
        "nudge", kind="meeting.reminder", due_at=MORNING, member_id=scene.member_id, subject="meeting:9", number=0
    )
    await scene.settle()
    assert (await scene.texts(), (await scene.row(ids[1])).state) == (
        ["2 ting venter på dig:\nmeeting:1\nmeeting:2", "meeting:9"],
        "waiting",
    )


async def test_reminder_that_failed_to_join_yesterday_counts_as_said_on_the_day_it_was_said(scene: Scene) -> None:
    """Else another could be said on the same day."""
    alone = await scene.owed(
        "r1", kind="data.chase", due_at=MORNING, member_id=scene.member_id, subject="meeting:1", said_on="2026-03-02"
    )
    scene.clock.move_to(MORNING)
    await scene.settle()
    assert (await scene.row(alone)).params["said_on"] == "2026-03-03"


async def test_after_a_backup_was_put_back_nothing_that_was_said_together_is_said_again(scene: Scene) -> None:
    ids = await owe_three(scene)
    scene.clock.move_to(MORNING)
    await scene.settle()
    async with UnitOfWork(scene.bot.database) as uow:
        for each in ids[:2]:
            row = await uow.session.get_one(Outbox, each)
            row.state, row.sent_ts, row.params = "waiting", None, {"number": 1}
        await make_safe(uow, now=scene.clock.now())
        await uow.commit()
    scene.clock.move_to(MORNING + timedelta(hours=5))
    await scene.settle()
    assert [text for text in await scene.texts() if "meeting:" in text] == [
        "2 ting venter på dig:\nmeeting:1\nmeeting:2"
    ]
    assert await states(scene, ids[:2]) == ["sent", "sent"]


async def test_edit_of_one_part_keeps_the_others(scene: Scene) -> None:
    await owe_three(scene)
    scene.clock.move_to(MORNING)
    await scene.settle()
    scene.script.answer = lambda r: said(f"{r.owed.subject} {r.owed.how}", card=r.owed.kind)
    await scene.owed("edit", kind="data.chase", how="update", member_id=scene.member_id, subject="meeting:1")
    await scene.settle()
    (message,) = await scene.desk.dm(scene.coordinator)
    assert message["text"].splitlines() == ["2 ting venter på dig:", "meeting:1 update", "meeting:2 update"]
