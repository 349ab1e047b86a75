"""After the meeting: the sheet, the member's own share, the list for the fee claim."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import select, update

from bot.app import Runtime
from cluster.clock import MovableClock
from storage.models import Attendance, Audit, Member, Rules
from storage.unit_of_work import UnitOfWork, look
from tests.conftest import Klynge
from tests.handlers.meetings.kit import Room, buttons, on, words
from workspace import Desk

MORNING_AFTER = on(3, 27, 8)


@pytest.fixture
async def room(room: Room) -> Room:
    """Bo has said yes and Ida no to a meeting; the coordinator has not answered."""
    await room.press(room.bo, await room.card(room.bo), "meeting.rsvp_yes")
    await room.press(room.ida, await room.card(room.ida), "meeting.rsvp_no")
    return room


async def sheet(room: Room) -> dict[str, Any]:
    return (await room.find(room.coordinator, "*KOL i praksis*, torsdag den 26. marts"))[-1]


@pytest.mark.long
async def test_sheet_comes_the_morning_after_and_is_ticked_from_the_answers(room: Room) -> None:
    await room.go_to(on(3, 26, 19, 30))
    assert await room.find(room.coordinator, "Hvem var med?") == []
    await room.go_to(MORNING_AFTER)
    card = (await room.find(room.coordinator, "Hvem var med?"))[0]
    assert buttons(card) == ["Gå listen igennem", "Præcis som de svarede"]
    assert "1 person havde sagt ja." in words(card)

    await room.desk.act(room.coordinator, card, "meeting.attendance")
    view = await room.desk.top_view(room.coordinator)
    assert view is not None
    boxes = [block["element"] for block in view["view"]["blocks"] if block["type"] == "input"]
    labels = [option["text"]["text"] for element in boxes for option in element["options"]]
    ticked = [option["text"]["text"] for element in boxes for option in element.get("initial_options", [])]
    assert labels == ["Læge 1 – havde ikke svaret", "Læge 2 – havde sagt ja", "Læge 3 – havde meldt afbud"]
    assert ticked == ["Læge 2 – havde sagt ja"]


@pytest.mark.long
async def test_recorded_sheet_can_be_corrected_and_members_see_only_their_own_share(room: Room) -> None:
    await room.go_to(MORNING_AFTER)
    card = (await room.find(room.coordinator, "Hvem var med?"))[0]
    await room.press(room.coordinator, card, "meeting.attended")
    recorded = await sheet(room)
    assert "Fremmødet er registreret: 1 af 3 var med" in words(recorded)

    await room.desk.act(room.coordinator, recorded, "meeting.attendance")
    came = str(room.klynge.member_ids[room.coordinator])  # came without having answered
    first = room.klynge.practice_ids[0]
    await room.desk.submit(room.coordinator, values={f"present.{first}.0": [came]})
    await room.settle()
    assert "Fremmødet er registreret: 2 af 3 var med" in words(await sheet(room))

    said = {}
    for user in (room.bo, room.ida):
        answer = await room.desk.command(user, room.klynge.channel, "/klynge fremmøde")
        said[user] = answer["response"]["text"].splitlines()
    assert said[room.bo] == [
        "Du har været med til 1 af 1 møde i 2026 (100 %).",
        "Jeres klynge har aftalt mindst 50 %.",
        "Kun du og koordinatoren kan se det.",
    ]
    assert said[room.ida] == [
        "Du har været med til 0 af 1 møde i 2026 (0 %).",
        "Jeres klynge har aftalt mindst 50 %.",
        "Du havde meldt afbud til 1 af de andre.",
        "Kun du og koordinatoren kan se det.",
    ]


@pytest.mark.long
async def test_participant_list_is_a_workbook_by_practice_number_and_the_export_is_noted(
    room: Room, bot: Runtime
) -> None:
    await room.go_to(MORNING_AFTER)
    await room.press(room.coordinator, (await room.find(room.coordinator, "Hvem var med?"))[0], "meeting.attended")
    await room.press(room.coordinator, await sheet(room), "meeting.export")
    files = [file for message in await room.desk.dm(room.coordinator) for file in message.get("files") or []]
    assert [file["name"] for file in files] == ["fremmoede-2026.xlsx"]
    book = load_workbook(BytesIO(await room.desk.file(room.coordinator, files[0]["id"])))
    assert book.sheetnames == ["Fremmøde", "Efter ydernummer", "1. 26-03-2026"]
    assert list(book["1. 26-03-2026"].values) == [
        ("Ydernummer", "Praksis", "Navn", "Stilling"),
        ("010002", "Lægehuset 2", "Læge 2", "ejerlæge"),
    ]
    assert list(book["Fremmøde"].values)[1:] == [
        ("010001", "Lægehuset 1", "Læge 1", "ejerlæge", None, 0, 1, 0),
        ("010002", "Lægehuset 2", "Læge 2", "ejerlæge", "ja", 1, 1, 100),
        ("010003", "Lægehuset 3", "Læge 3", "ejerlæge", None, 0, 1, 0),
    ]
    assert list(book["Efter ydernummer"].values) == [
        ("Ydernummer", "Praksis", "26-03-2026 KOL i praksis", "Deltagere", "Møder", "Ud af", "Procent"),
        ("010001", "Lægehuset 1", 0, 0, 0, 1, 0),
        ("010002", "Lægehuset 2", 1, 1, 1, 1, 100),
        ("010003", "Lægehuset 3", 0, 0, 0, 1, 0),
        ("I alt", None, 1, 1, None, None, None),
    ]
    async with look(bot.database) as state:
        noted = select(Audit.what).where(Audit.what.startswith("attendance."))
        assert list((await state.session.execute(noted)).scalars()) == ["attendance.recorded", "attendance.exported"]


@pytest.mark.long
async def test_coordinator_sees_the_year_in_a_window_and_members_do_not(room: Room) -> None:
    await room.go_to(MORNING_AFTER)
    await room.press(room.coordinator, (await room.find(room.coordinator, "Hvem var med?"))[0], "meeting.attended")
    await room.desk.command(room.coordinator, room.klynge.channel, "/klynge fremmøde")
    view = await room.desk.top_view(room.coordinator)
    assert view is not None
    shown = words(view["view"] | {"text": ""})
    assert "*Lægehuset 2* (010002): nogen var med til 1 af 1 (100 %)\n• Læge 2: 1 af 1 (100 %)" in shown
    assert "Jeres klynge har aftalt mindst 50 %." in shown
    await room.desk.command(room.bo, room.klynge.channel, "/klynge fremmøde")
    assert await room.desk.top_view(room.bo) is None


@pytest.mark.long
async def test_absence_that_was_announced_lowers_nobodys_share_where_the_cluster_agreed_so(
    room: Room, bot: Runtime
) -> None:
    async with UnitOfWork(bot.database) as uow:
        await uow.session.execute(update(Rules).values(excused_counts=False))
        await uow.commit()
    await room.go_to(MORNING_AFTER)
    await room.press(room.coordinator, (await room.find(room.coordinator, "Hvem var med?"))[0], "meeting.attended")
    await room.desk.command(room.coordinator, room.klynge.channel, "/klynge fremmøde")
    view = await room.desk.top_view(room.coordinator)
    assert view is not None
    shown = words(view["view"] | {"text": ""})
    assert "Et møde, man har meldt afbud til, tæller ikke med." in shown
    assert "• Læge 3: ingen møder, der tæller med" in shown
    assert "• Læge 1: 0 af 1 (0 %)" in shown


@pytest.mark.long
async def test_sheet_before_the_meeting_is_refused_kindly(room: Room) -> None:
    await room.go_to(MORNING_AFTER)
    card = (await room.find(room.coordinator, "Hvem var med?"))[0]
    room.clock.move_to(on(3, 26, 12))
    await room.press(room.coordinator, card, "meeting.attended")
    assert words(await room.last(room.coordinator)) == (
        "Mødet er ikke begyndt endnu. Fremmødelisten kommer, når det er slut."
    )


@pytest.mark.long
async def test_cluster_without_registration_is_never_asked(
    a_cluster: Callable[..., Awaitable[Klynge]], desk: Desk, clock: MovableClock, settle: Callable[[], Awaitable[None]]
) -> None:
    room = Room(desk, clock, settle, await a_cluster(3, rules={"attendance_registered": False}))
    await room.call_meeting()
    await room.go_to(MORNING_AFTER)
    assert await room.find(room.coordinator, "Hvem var med?") == []
    answer = await desk.command(room.bo, room.klynge.channel, "/klynge fremmøde")
    assert answer["response"]["text"] == "Jeres klynge har aftalt ikke at registrere fremmøde."


@pytest.mark.long
async def test_deputy_records_attendance_without_having_been_sent_the_sheet(room: Room, bot: Runtime) -> None:
    ida = room.klynge.member_ids[room.ida]
    async with UnitOfWork(bot.database) as uow:
        await uow.session.execute(update(Member).where(Member.id == ida).values(role="deputy"))
        await uow.commit()
    await room.go_to(on(3, 26, 20))
    await room.desk.command(room.ida, room.klynge.channel, "/klynge fremmøde")
    window = await room.desk.top_view(room.ida)
    await room.desk.act(room.ida, window, "meeting.attendance")
    await room.desk.settled()
    assert (await room.desk.submit(room.ida)).get("errors") is None
    await room.settle()
    async with look(bot.database) as state:
        rows = (await state.session.scalars(select(Attendance).order_by(Attendance.member_id))).all()
    bo = room.klynge.member_ids[room.bo]
    assert [(row.member_id, row.recorded_by) for row in rows if row.present] == [(bo, ida)]
