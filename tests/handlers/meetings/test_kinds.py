"""What a kind of meeting asks for, and what becomes of it: a link, a host, notice, and the way online and back."""

from __future__ import annotations

from typing import Any

import pytest
from icalendar import Calendar, Event

from tests.handlers.meetings.kit import FORM, Room, buttons, on, words
from workspace.client.wire import DeskError

LINK = "https://moede.example/j/123?a=1&b=2"


async def form(room: Room, **values: Any) -> dict[str, Any]:
    """The coordinator opens the form for a new meeting and sends it."""
    await room.desk.command(room.coordinator, room.klynge.channel, "/klynge møde")
    said = await room.desk.submit(room.coordinator, values=FORM | values)
    await room.settle()
    return said


async def top(room: Room) -> str:
    found = await room.desk.top_view(room.coordinator)
    assert found is not None
    return str(found["view"]["blocks"])


async def test_visit_asks_who_receives_and_where(empty_room: Room) -> None:
    room = empty_room
    assert (await form(room, kind="visit"))["response_action"] == "update"
    shown = await top(room)
    assert "Den slags møde spørger om noget andet." in shown
    assert "Hvem tager imod os?" in shown
    assert "Hvor mødes vi?" in shown
    await room.desk.submit(room.coordinator, values={"with_whom": "Sano Aarhus", "place": "Hovedindgangen"})
    await room.settle()
    card = words(await room.card(room.bo))
    assert "*Vært*\nSano Aarhus" in card
    assert "*Mødested*\nHovedindgangen" in card


async def test_virtual_meeting_has_a_link_for_the_invited_and_no_place(empty_room: Room) -> None:
    room = empty_room
    await form(room, kind="virtual")
    assert "Link til mødet" in await top(room)
    refused = await room.desk.submit(room.coordinator, values={"link": "javascript:alert(1)"})
    assert refused["errors"] == {"link": "Et link begynder med https:// og har ingen mellemrum."}
    await room.desk.submit(room.coordinator, values={"link": LINK})
    await room.settle()
    card = words(await room.card(room.bo))
    assert f"*Hvor*\nOnline <{LINK.replace('&', '&amp;')}>" in card
    assert "Lægehuset Nord" not in card
    assert "moede.example" not in str(await room.channel_card())
    assert "*Hvor*\nOnline" in words(await room.channel_card())


@pytest.mark.both_databases
async def test_switch_to_virtual_and_back_is_told_to_all_who_heard(room: Room) -> None:
    await room.press(room.bo, await room.card(room.bo), "meeting.rsvp_yes")
    assert (await room.move(kind="virtual"))["response_action"] == "update"
    await room.desk.submit(room.coordinator, values={"link": LINK})
    await room.settle()
    [moved] = await room.find(room.bo, "*Vi mødes online i stedet.*")
    told = words(moved)
    assert "Sted før: Lægehuset Nord" in told
    assert "moede.example" in told
    file = [file for message in await room.desk.dm(room.bo) for file in message.get("files") or []][-1]
    event = Calendar.from_ical(await room.desk.file(room.bo, file["id"])).walk("VEVENT")[0]
    assert (str(event["LOCATION"]), event["SEQUENCE"]) == (LINK, 1)
    assert "*Vi mødes online i stedet.*" in words(await room.last(room.ida))
    await room.move(kind="topic")
    await room.desk.submit(room.coordinator, values={"place": "Rådhuset", "link": ""})
    await room.settle()
    assert "*Vi mødes alligevel ikke online.*" in words(await room.last(room.ida))


async def test_link_that_comes_later_is_told_to_all(empty_room: Room) -> None:
    room = empty_room
    await form(room, kind="virtual")
    await room.desk.submit(room.coordinator, values={})
    await room.settle()
    before = len(await room.desk.dm(room.bo))
    await room.move(link=LINK)
    assert len(await room.desk.dm(room.bo)) == before + 1
    assert "moede.example" in words(await room.last(room.bo))


async def test_partners_are_named_and_forgotten_with_another_kind(empty_room: Room) -> None:
    room = empty_room
    await form(room, kind="municipality")
    await room.desk.submit(room.coordinator, values={"with_whom": "Sundhedscentret"})
    await room.settle()
    assert "*Sammen med*\nSundhedscentret" in words(await room.card(room.bo))
    await room.move(kind="topic")
    await room.desk.submit(room.coordinator, values={})
    await room.settle()
    assert "Sundhedscentret" not in words(await room.card(room.bo))


async def test_assembly_that_is_called_too_late_is_warned_about_and_not_forbidden(empty_room: Room) -> None:
    room = empty_room
    await form(room, kind="assembly")
    wrong = await room.desk.submit(room.coordinator, values={"notice_days": "181"})
    assert "notice_days" in wrong["errors"]
    again = await room.desk.submit(room.coordinator, values={"notice_days": "28"})
    assert again["response_action"] == "update"
    warned = await top(room)
    assert "Generalforsamlingen bliver indkaldt 24 dage før. Jeres vedtægter siger mindst 28 dage." in warned
    await room.desk.submit(room.coordinator, values={})
    await room.settle()
    assert "Generalforsamling" in words(await room.card(room.bo))


async def test_assembly_that_is_called_in_time_is_not_warned_about_and_the_notice_is_remembered(
    empty_room: Room,
) -> None:
    room = empty_room
    await form(room, kind="assembly")
    assert (await room.desk.submit(room.coordinator, values={"notice_days": "24"}))["response_action"] is None
    await room.settle()
    await form(room, kind="assembly", title="Ekstraordinær", day="2026-04-09", answer_day="2026-04-02")
    assert "'initial_value': '24'" in await top(room)
    assert (await room.move(day="2026-03-20", answer_day="2026-03-10"))["response_action"] == "update"
    assert "bliver indkaldt 18 dage før" in await top(room)
    assert (await room.desk.submit(room.coordinator, values={})).get("errors") is None


async def test_place_and_link_stand_side_by_side(empty_room: Room) -> None:
    room = empty_room
    await form(room, link=LINK)
    assert "Lægehuset Nord · online: <https://moede.example" in words(await room.card(room.bo))
    await room.desk.home(room.bo)
    await room.settle()
    assert "online: <https://moede.example" in str((await room.desk.state(room.bo))["home"])
    await room.press(room.bo, await room.card(room.bo), "meeting.rsvp_yes")


async def test_meeting_with_place_and_link_can_be_joined_from_a_screen(empty_room: Room) -> None:
    room = empty_room
    await form(room, link=LINK)
    assert buttons(await room.card(room.bo)) == ["Kommer", "Måske", "Deltager online", "Kommer ikke"]
    await room.press(room.bo, await room.card(room.bo), "meeting.rsvp_online")
    card = await room.card(room.bo)
    assert "Du har svaret: *Deltager online* ✔" in words(card)
    assert "Spiser du med?" not in words(card)
    assert "0 kommer · 1 online · 0 måske" in words(await room.channel_card())
    desk = (await room.desk.dm(room.coordinator))[0]
    assert "Mad til 0" not in words(desk)
    await room.desk.act(room.coordinator, desk, "meeting.who")
    assert "*Deltager online* (1)" in str((await room.desk.top_view(room.coordinator) or {})["view"])
    event = await entry_of(room, room.bo)
    assert (str(event["ATTENDEE"].params["PARTSTAT"]), "moede.example" in str(event["LOCATION"])) == ("ACCEPTED", True)
    await room.go_to(on(3, 25, 10, 1))
    [eve] = await room.find(room.bo, "Vi ses snart")
    assert "moede.example" in words(eve)
    assert "mad" not in words(eve)


async def test_who_is_online_comes_when_all_are_and_is_asked_again_without_a_link(empty_room: Room) -> None:
    room = empty_room
    await form(room, link=LINK)
    await room.press(room.bo, await room.card(room.bo), "meeting.rsvp_online")
    await room.move(kind="virtual")
    await room.desk.submit(room.coordinator, values={"link": LINK})
    await room.settle()
    assert "Du har svaret: *Kommer* ✔" in words(await room.card(room.bo))
    await room.move(kind="topic")
    await room.desk.submit(room.coordinator, values={"place": "Rådhuset", "link": LINK})
    await room.settle()
    await room.press(room.ida, await room.card(room.ida), "meeting.rsvp_online")
    await room.move(link="")
    assert "Du har svaret" not in words(await room.card(room.ida))
    assert "0 online" not in words(await room.channel_card())


async def test_online_is_refused_where_there_is_no_screen(room: Room) -> None:
    card = await room.card(room.bo)
    assert "meeting.rsvp_online" not in str(card)
    await room.press(room.coordinator, (await room.desk.dm(room.coordinator))[0], "meeting.answer_for")
    with pytest.raises(DeskError):
        await room.desk.submit(
            room.coordinator, values={"guest": str(room.klynge.member_ids[room.bo]), "answer": "online"}
        )


async def entry_of(room: Room, person: str) -> Event:
    """The newest entry that somebody was handed as a file."""
    file = [file for message in await room.desk.dm(person) for file in message.get("files") or []][-1]
    return Calendar.from_ical(await room.desk.file(person, file["id"])).walk("VEVENT")[0]
