"""What a practice changes: asked in the last minutes, said by a tap, looked back on twice, private unless shared."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.app import Runtime
from cluster.clock import MovableClock
from storage.models import Commitment, Meeting, Outbox, Round
from storage.unit_of_work import UnitOfWork, look
from storage.words import CommitmentState, RoundState
from tests.handlers.meetings.kit import Room, buttons, on, words

LAST_MINUTES = on(3, 26, 18, 50)
QUESTION = "*Hvad ændrer I?* Efter *KOL*: vælg ét."


async def about_kol(bot: Runtime, room: Room, meeting_id: int | None = 1, *, released: bool = True) -> int:
    """The meeting is about numbers on KOL, whose charts are sent."""
    at = on(3, 20, 9) if released else None
    async with UnitOfWork(bot.database) as uow:
        made = Round(
            cluster_id=room.klynge.id,
            meeting_id=meeting_id,
            package_id="kol",
            package_version="1.0.0",
            period_start=date(2025, 2, 1),
            period_end=date(2026, 1, 31),
            deadline=on(3, 19, 12),
            state=RoundState.RELEASED if released else RoundState.OPEN,
            created_at=on(3, 2, 9),
            released_at=at,
        )
        uow.session.add(made)
        await uow.commit()
    return made.id


@pytest.fixture
async def room(room: Room, bot: Runtime) -> Room:
    """Bo comes to a meeting about KOL, Ida doesn't, the coordinator has not answered."""
    await room.press(room.bo, await room.card(room.bo), "meeting.rsvp_yes")
    await room.press(room.ida, await room.card(room.ida), "meeting.rsvp_no")
    await about_kol(bot, room)
    return room


def options(message: dict[str, Any]) -> dict[str, str]:
    """Label → value of the list in a message."""
    elements = [each for block in message["blocks"] if block["type"] == "actions" for each in block["elements"]]
    return {
        each["text"]["text"]: each["value"]
        for one in elements
        if one["type"] == "radio_buttons"
        for each in one["options"]
    }


async def asked(room: Room) -> dict[str, Any]:
    await room.go_to(LAST_MINUTES)
    return (await room.find(room.bo, QUESTION))[-1]


async def tap(room: Room, label: str) -> dict[str, Any]:
    """Bo chooses, and the message as it is then."""
    message = await asked(room)
    await room.press(room.bo, message, "commitment.pick", value=options(message)[label])
    return (await room.find(room.bo, QUESTION))[-1]


async def row(bot: Runtime) -> Commitment:
    async with look(bot.database) as state:
        return (await state.session.scalars(select(Commitment))).one()


NURSE = "Sygeplejersken laver forløbsplanen ved årskontrol, lægen ser den"
NOTHING = "Intet – det har vi allerede styr på"


@pytest.mark.long
async def test_those_who_are_there_are_asked_in_the_last_minutes_with_nothing_first(room: Room) -> None:
    await room.go_to(on(3, 26, 18, 49))
    assert await room.find(room.bo, QUESTION) == []
    offered = list(options(await asked(room)))
    assert offered[:2] == [NOTHING, NURSE]
    assert offered[-1] == "Noget andet, med vores egne ord"
    assert [await room.find(who, "Hvad ændrer I?") for who in (room.ida, room.coordinator)] == [[], []]


@pytest.mark.long
async def test_one_tap_is_an_answer_and_menus_say_the_rest(room: Room, bot: Runtime) -> None:
    message = await tap(room, NURSE)
    assert f"*Noteret:* {NURSE}\nbegynder: hele praksis, næste uge" in words(message)
    await room.press(room.bo, message, "commitment.weeks", value="1:4")
    await room.press(room.bo, message, "commitment.barrier", value="1:time")
    await room.press(room.bo, message, "commitment.who", value=f"1:{room.klynge.member_ids[room.bo]}")
    message = (await room.find(room.bo, QUESTION))[-1]
    assert "begynder: Læge 2, om en måned, kan stå i vejen: tid" in words(message)
    assert "Kun jeres praksis ser det" in words(message)
    kept = await row(bot)
    assert (kept.pick, kept.kind, kept.who_id, kept.state) == (
        "nurse_plan",
        "work",
        room.klynge.member_ids[room.bo],
        "meant",
    )


@pytest.mark.long
async def test_nothing_to_change_is_an_answer_that_is_never_looked_back_on(room: Room, bot: Runtime) -> None:
    message = await tap(room, NOTHING)
    assert "Noteret: I har allerede styr på det." in words(message)
    async with look(bot.database) as state:
        owed = (await state.session.scalars(select(Outbox.kind).where(Outbox.kind == "commitment.look"))).all()
    assert owed == []
    assert (await row(bot)).state == CommitmentState.NOTHING


@pytest.mark.long
async def test_it_is_looked_back_on_once_and_never_chased(room: Room, bot: Runtime) -> None:
    await tap(room, NURSE)
    await room.go_to(on(4, 14, 7, 59))  # 13 workdays with Easter between
    assert await room.find(room.bo, "Hvordan går det?") == []
    day = on(4, 17, 10)
    await room.go_to(day)
    [message] = await room.find(room.bo, "Hvordan går det?")
    assert buttons(message) == ["I gang", "Ikke endnu", "Droppet"]
    await room.go_to(on(6, 30, 10))
    assert len(await room.find(room.bo, "Hvordan går det?")) == 1
    await room.press(room.bo, message, "commitment.going")
    assert (await row(bot)).state == CommitmentState.GOING
    assert await room.find(room.bo, "Hvordan går det?") == []
    assert "*i gang*" in words((await room.find(room.bo, "sagde I, at I ændrer"))[-1])


@pytest.mark.long
async def test_coordinator_sees_whom_it_goes_to_before_asking_and_nobody_is_asked_twice(room: Room) -> None:
    await room.go_to(on(3, 26, 17))
    klynge = room.klynge
    await room.desk.command(room.coordinator, klynge.channel, "/klynge ændringer")
    shown = [m for m in await room.desk.messages(room.coordinator, klynge.channel) if m.get("ephemeral")][-1]
    await room.press(room.coordinator, shown, "cluster.ask_changes")
    view = (await room.desk.top_view(room.coordinator))["view"]
    assert "nu til 1 personer fra 1 praksisser" in str(view["blocks"])
    assert await room.find(room.bo, QUESTION) == []
    await room.desk.submit(room.coordinator, None, {})
    await room.settle()
    assert len(await room.find(room.bo, QUESTION)) == 1
    assert await room.find(room.coordinator, "Jeg har spurgt 1 personer fra 1 praksisser")
    await asked(room)
    assert len(await room.find(room.bo, QUESTION)) == 1


@pytest.mark.long
async def test_others_read_it_only_when_it_is_shared_and_tap_nothing(room: Room, bot: Runtime) -> None:
    message = await tap(room, NURSE)

    async def seen() -> str:
        await room.desk.command(room.ida, room.klynge.channel, "/klynge ændringer")
        return str([m for m in await room.desk.messages(room.ida, room.klynge.channel) if m.get("ephemeral")][-1])

    assert NURSE not in await seen()
    await room.press(room.bo, message, "commitment.share")
    assert f"*Lægehuset 2*: {NURSE}" in await seen()
    message = (await room.find(room.bo, QUESTION))[-1]
    await room.press(room.bo, message, "commitment.unshare")
    assert NURSE not in await seen()


@pytest.mark.long
async def test_own_line_is_kept_and_one_about_a_patient_is_not(room: Room, bot: Runtime) -> None:
    message = await tap(room, "Noget andet, med vores egne ord")
    await room.desk.act(room.bo, message, "commitment.words")
    refused = await room.desk.submit(room.bo, None, {"words": "Ring til 251248-4916"})
    assert list(refused["errors"]) == ["words"]
    await room.desk.submit(room.bo, None, {"words": "Vi ringer  om mandagen"})
    await room.settle()
    assert (await row(bot)).words == "Vi ringer om mandagen"
    assert "*Noteret:* Vi ringer om mandagen" in words((await room.find(room.bo, QUESTION))[-1])


@pytest.mark.long
async def test_last_tap_is_taken_back(room: Room, bot: Runtime) -> None:
    await tap(room, NURSE)
    await room.desk.command(room.bo, room.klynge.channel, "/klynge fortryd")
    await room.settle()
    assert await room.find(room.bo, "jeres praksis ændrer efter *KOL*")
    kept = await row(bot)
    assert (kept.state, kept.pick, kept.member_id) == (CommitmentState.ASKED, "", None)


@pytest.mark.long
async def test_meeting_without_charts_asks_nobody_by_itself(empty_room: Room, bot: Runtime) -> None:
    room = empty_room
    await room.call_meeting()
    await about_kol(bot, room, released=False)
    await room.press(room.bo, await room.card(room.bo), "meeting.rsvp_yes")
    await room.go_to(on(3, 26, 18, 55))
    assert await room.find(room.bo, "Hvad ændrer I?") == []


Make = Callable[..., Awaitable[Any]]


async def said_before(bot: Runtime, klynge: Any, kinds: list[str], *, now: datetime) -> None:
    """A year ago a meeting was held about KOL, and the first practices said what they change."""
    async with UnitOfWork(bot.database) as uow:
        then = now - timedelta(days=300)
        about = {"cluster_id": klynge.id, "created_at": then}
        meeting = Meeting(title="KOL", starts_at=then, ends_at=then + timedelta(hours=2), answer_by=then, **about)
        uow.session.add(meeting)
        await uow.session.flush()
        before = Round(
            meeting_id=meeting.id,
            package_id="kol",
            package_version="1",
            period_start=date(2024, 3, 1),
            period_end=date(2025, 2, 28),
            deadline=then,
            state=RoundState.CLOSED,
            released_at=then,
            **about,
        )
        uow.session.add(before)
        await uow.session.flush()
        for practice_id, kind in zip(klynge.practice_ids, kinds, strict=False):
            uow.session.add(
                Commitment(
                    cluster_id=klynge.id,
                    meeting_id=meeting.id,
                    practice_id=practice_id,
                    round_id=before.id,
                    asked_at=then,
                    state=CommitmentState.MEANT,
                    pick="nurse_plan",
                    kind=kind,
                    who="all",
                    in_weeks=1,
                    decided_at=then,
                )
            )
        await uow.commit()


@pytest.mark.long
async def test_new_measurement_shows_own_change_beside_own_numbers_and_counts_without_names(
    a_round: Make, bot: Runtime, clock: MovableClock
) -> None:
    r = await a_round(6)
    await said_before(bot, r.klynge, ["work", "work", "work", "medicine", "teaching"], now=clock.now())
    await r.give(1, 6)
    await r.release()
    [mine] = [m for m in await r.desk.dm(r.klynge.doctors[0]) if m["text"].startswith("Her er graferne")]
    assert f"Efter *KOL* sagde I, at I ændrer:\n> {NURSE}" in words(mine)
    [other] = [m for m in await r.desk.dm(r.klynge.doctors[5]) if m["text"].startswith("Her er graferne")]
    assert "sagde I, at I ændrer" not in words(other)
    told = [
        m["text"] for m in await r.desk.messages(r.klynge.coordinator, r.klynge.channel) if "ville ændre" in m["text"]
    ]
    assert len(told) == 1
    assert "sagde 5 praksisser, at de ville ændre noget." in told[0]
    assert "præparat" not in told[0]
    await r.press(r.klynge.doctors[0], mine, "commitment.not_yet")
    assert "*ikke endnu*" in (await r.last(r.klynge.doctors[0]))["text"]
