"""A member's own calendar asks at an address of its own, and gets the member's own things, for as long as it may."""

from __future__ import annotations

import asyncio
import io
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from icalendar import Calendar, Event
from sqlalchemy import select, text

from bot.app import Runtime
from bot.receiving.calendars import AT_ONCE
from bot.settings import Settings
from cluster.calendars import feeds
from cluster.errors import ClusterError
from cluster.members import members, person_data
from cluster.members.organisations import Account
from cluster.onboarding import departing, one_person
from storage.models import CalendarFeed, Inbox, Member, Outbox
from storage.unit_of_work import UnitOfWork, look
from tests.handlers.conftest import ARound
from tests.handlers.meetings.kit import FORM, Room, on, words
from workspace import Workspace

PUBLIC = "https://klynge.example"
ADDRESS = re.compile(rf"<{PUBLIC}(/kalender/[\w-]+\.ics)>")


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"public_url": f"{PUBLIC}/"})


@dataclass
class Answer:
    """What a calendar got."""

    status: int
    headers: Any
    body: bytes

    @property
    def calendar(self) -> Calendar:
        return Calendar.from_ical(self.body)

    @property
    def events(self) -> list[Event]:
        return list(self.calendar.walk("VEVENT"))

    def told(self) -> list[tuple[str, str]]:
        return [(str(each["SUMMARY"]), str(each["STATUS"])) for each in self.events]


@dataclass
class OwnCalendars:
    """People who subscribe, and their calendars."""

    room: Room
    bot: Runtime

    async def offered(self, person: str) -> str:
        """The path of the address that the window shows."""
        await self.room.desk.home(person)
        await self.room.settle()
        await self.room.desk.act(person, (await self.room.desk.state(person))["home"], "member.calendar")
        window = await self.room.desk.top_view(person)
        assert window is not None
        found = ADDRESS.search(str(window["view"]["blocks"]))
        assert found is not None
        return found[1]

    async def subscribe(self, person: str) -> str:
        """Take an address into use; its path."""
        path = await self.offered(person)
        assert (await self.room.desk.submit(person)).get("errors") is None
        await self.room.settle()
        return path

    async def ask(self, path: str, **headers: str) -> Answer:
        """What a calendar gets."""
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        async with aiohttp.ClientSession() as http, http.get(self.bot.http_url + path, headers=given) as answer:
            return Answer(answer.status, answer.headers, await answer.read())


@pytest.fixture
def own(room: Room, bot: Runtime) -> OwnCalendars:
    return OwnCalendars(room, bot)


async def entry_in_file(room: Room, person: str) -> Event:
    """The entry that somebody was handed as a file."""
    files = [file for message in await room.desk.dm(person) for file in message.get("files") or []]
    content = await room.desk.file(person, files[-1]["id"])
    return Calendar.from_ical(content).walk("VEVENT")[0]


async def test_calendar_gets_the_meeting_under_the_name_that_its_file_has(own: OwnCalendars) -> None:
    room = own.room
    await room.press(room.ida, await room.card(room.ida), "meeting.rsvp_yes")
    path = await own.subscribe(room.ida)
    answer = await own.ask(path)
    assert (answer.status, answer.headers["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert answer.headers["Cache-Control"].startswith("private")
    assert (str(answer.calendar["METHOD"]), str(answer.calendar["X-WR-CALNAME"])) == ("PUBLISH", "Klynge Nord")
    assert answer.told() == [("KOL i praksis", "CONFIRMED")]
    [event], filed = answer.events, await entry_in_file(room, room.ida)
    for name in ("UID", "SEQUENCE", "DTSTART", "DTEND", "LOCATION"):
        assert event[name] == filed[name], name


async def test_names_and_addresses_of_people_stand_nowhere(own: OwnCalendars) -> None:
    room = own.room
    await room.move(note="Ring til Sofie Holm, 12 34 56 78")
    await room.press(room.bo, await room.card(room.bo), "meeting.rsvp_yes")
    body = (await own.ask(await own.subscribe(room.bo))).body.decode().replace("\r\n ", "")
    assert "KOL i praksis" in body
    assert [
        word
        for word in ("Læge 1", "Læge 2", "@klynge.example", "mailto", "ORGANIZER", "ATTENDEE", "Sofie")
        if word in body
    ] == []


async def test_move_and_cancellation_are_the_same_entry(own: OwnCalendars) -> None:
    room = own.room
    path = await own.subscribe(room.bo)
    seen = []
    for step in (lambda: asyncio.sleep(0), lambda: room.move(place="Hotellet", start="17:00"), room.call_off):
        await step()
        event = (await own.ask(path)).events[0]
        seen.append((str(event["UID"]), event["SEQUENCE"], str(event["STATUS"]), str(event["SUMMARY"])))
    uid = seen[0][0]
    assert seen == [
        (uid, 0, "TENTATIVE", "KOL i praksis"),
        (uid, 1, "TENTATIVE", "KOL i praksis"),
        (uid, 2, "CANCELLED", "Aflyst: KOL i praksis"),
    ]
    assert len((await own.ask(path)).events) == 1  # no answer is asked for any more


async def test_no_takes_the_meeting_away_and_the_deadline_stands_until_it_is_answered(own: OwnCalendars) -> None:
    room = own.room
    path = await own.subscribe(room.bo)
    assert (await own.ask(path)).told() == [
        ("KOL i praksis", "TENTATIVE"),
        ("Svar senest kl. 12.00: KOL i praksis", "CONFIRMED"),
    ]
    deadline = (await own.ask(path)).events[1]
    assert (deadline.decoded("DTSTART"), str(deadline["TRANSP"])) == (date(2026, 3, 19), "TRANSPARENT")
    await room.press(room.bo, await room.card(room.bo), "meeting.rsvp_no")
    assert (await own.ask(path)).told() == []


async def test_meeting_stays_a_year_and_no_longer(own: OwnCalendars) -> None:
    room = own.room
    await room.press(room.bo, await room.card(room.bo), "meeting.rsvp_yes")
    path = await own.subscribe(room.bo)
    room.clock.move_to(on(3, 26, 19) + timedelta(days=365))
    assert (await own.ask(path)).told() == [("KOL i praksis", "CONFIRMED")]
    room.clock.move_to(on(3, 26, 19) + timedelta(days=367))
    assert (await own.ask(path)).told() == []


async def test_meeting_that_waits_for_its_hour_is_not_there_nor_when_it_is_called_off(
    empty_room: Room, bot: Runtime
) -> None:
    own = OwnCalendars(empty_room, bot)
    path = await own.subscribe(empty_room.bo)
    await empty_room.desk.command(empty_room.coordinator, empty_room.klynge.channel, "/klynge møde")
    await empty_room.desk.submit(empty_room.coordinator, values=FORM | {"send": "at"})
    await empty_room.desk.submit(empty_room.coordinator, values={"send_day": "2026-03-04", "send_time": "10:00"})
    await empty_room.settle()
    async with look(bot.database) as state:
        cards = await state.session.scalars(select(Outbox.due_at).where(Outbox.kind == "meeting.card"))
        assert set(cards) == {on(3, 4, 10)}
    assert (await own.ask(path)).told() == []
    await empty_room.call_off()
    assert (await own.ask(path)).told() == []


async def test_mark_tells_a_calendar_that_nothing_is_new(own: OwnCalendars) -> None:
    room = own.room
    path = await own.subscribe(room.bo)
    first = await own.ask(path)
    room.clock.forward(timedelta(hours=2))
    again = await own.ask(path, If_None_Match=f'"old", {first.headers["ETag"]}')
    assert (again.status, again.body, again.headers["ETag"]) == (304, b"", first.headers["ETag"])
    await room.press(room.bo, await room.card(room.bo), "meeting.rsvp_yes")
    assert (await own.ask(path, If_None_Match=first.headers["ETag"])).status == 200


async def test_address_works_only_when_taken_into_use_and_a_newer_one_ends_it(own: OwnCalendars) -> None:
    room = own.room
    offered = await own.offered(room.bo)
    assert (await own.ask(offered)).status == 404
    first = await own.subscribe(room.bo)
    assert (await own.ask(first)).status == 200
    offered = await own.offered(room.bo)
    assert [(await own.ask(path)).status for path in (first, offered)] == [200, 404]
    assert (await room.desk.submit(room.bo)).get("errors") is None
    await room.settle()
    assert [(await own.ask(path)).status for path in (first, offered)] == [404, 200]


async def test_turned_off_it_is_gone_and_files_come_again(own: OwnCalendars) -> None:
    room = own.room
    path = await own.subscribe(room.bo)
    await room.press(room.bo, await room.card(room.bo), "meeting.rsvp_yes")
    assert not any(message.get("files") for message in await room.desk.dm(room.bo))
    await own.offered(room.bo)
    await room.desk.act(room.bo, await room.desk.top_view(room.bo), "member.calendar_off")
    await room.settle()
    assert (await own.ask(path)).status == 404
    event = await entry_in_file(room, room.bo)
    assert str(event["SUMMARY"]) == "KOL i praksis"
    assert "kan ikke længere hente hos mig" in str([words(each) for each in await room.desk.dm(room.bo)])


@pytest.mark.both_databases
@pytest.mark.parametrize("way", ["ended", "account closed", "forgotten"])
async def test_who_leaves_has_no_address_and_none_on_coming_back(own: OwnCalendars, world: Workspace, way: str) -> None:
    room, bot = own.room, own.bot
    path, bo_id = await own.subscribe(room.bo), room.klynge.member_ids[room.bo]
    boss, now = room.klynge.member_ids[room.coordinator], room.clock.now()
    async with UnitOfWork(bot.database) as uow:
        member = await uow.session.get_one(Member, bo_id)
        if way == "ended":
            await one_person.change_role(uow, member, members.LEFT, now=now, actor_id=boss)
        elif way == "account closed":
            await departing.left_slack(uow, world.team_id, Account(room.bo), now=now)
        else:
            await person_data.forget_member(uow, member, now=now)
        await uow.commit()
    assert (await own.ask(path)).status == 404
    async with UnitOfWork(bot.database) as uow:
        assert list(await uow.session.scalars(select(CalendarFeed))) == []
        (await uow.session.get_one(Member, bo_id)).active = True
        await uow.commit()
    assert (await own.ask(path)).status == 404


async def test_own_numbers_are_a_deadline_until_they_are_given(
    a_round: Callable[..., Awaitable[ARound]], bot: Runtime, clock: Any
) -> None:
    a_round_ = await a_round(2)
    klynge = a_round_.klynge
    own = OwnCalendars(Room(a_round_.desk, clock, a_round_.settle, klynge), bot)
    path = await own.subscribe(klynge.doctors[1])
    assert (await own.ask(path)).told() == [
        ("Tal senest kl. 12.00: KOL: opsporing, spirometri og forløbsplan", "CONFIRMED")
    ]
    await a_round_.give(2)
    assert (await own.ask(path)).told() == []


async def test_address_of_nobody_is_not_found(own: OwnCalendars) -> None:
    paths = ["/kalender/.ics", "/kalender/x.ics", f"/kalender/{feeds.draw()}.ics", "/kalender/", "/kalender/a%00b.ics"]
    assert [(await own.ask(path)).status for path in paths] == [404] * len(paths)


async def test_fingerprint_of_another_or_of_nothing_is_refused(own: OwnCalendars) -> None:
    room, bot = own.room, own.bot
    await own.subscribe(room.bo)
    async with UnitOfWork(bot.database) as uow:
        ida = await uow.session.get_one(Member, room.klynge.member_ids[room.ida])
        taken = await uow.session.scalar(select(CalendarFeed.key))
        for key in (str(taken), "", "x" * 64):
            with pytest.raises(ClusterError):
                await feeds.begin(uow, ida, key, now=room.clock.now())


async def test_flood_is_answered_and_others_are_not_kept_waiting(own: OwnCalendars) -> None:
    path = await own.subscribe(own.room.bo)
    answers = await asyncio.gather(*(own.ask(path) for _ in range(AT_ONCE * 8)))
    assert {answer.status for answer in answers} == {200}


def _bytes_of(folder: Path) -> bytes:
    """The database as whoever steals it reads it."""
    return b"".join(file.read_bytes() for file in folder.glob("klynge.db*"))


async def test_address_stands_in_no_line_of_the_log_and_no_row(
    lines: io.StringIO, own: OwnCalendars, tmp_path: Path
) -> None:
    room, bot = own.room, own.bot
    path = await own.subscribe(room.bo)
    token = path.removeprefix("/kalender/").removesuffix(".ics")
    assert len(token) == 43
    await own.ask(path)
    await own.ask(f"/kalender/{token[:-1]}.ics")
    async with look(bot.database) as state:
        arrivals = [str(each.body) for each in await state.session.scalars(select(Inbox))]
        owed = [str((each.params, each.key)) for each in await state.session.scalars(select(Outbox))]
    assert [each for each in (*arrivals, *owed) if token in each] == []
    assert "started" in lines.getvalue()
    assert token not in lines.getvalue()
    stored = _bytes_of(tmp_path)
    assert feeds.fingerprint(token).encode() in stored
    assert token.encode() not in stored


async def test_trouble_is_told_without_the_address(
    lines: io.StringIO, own: OwnCalendars, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = await own.subscribe(own.room.bo)
    async with own.bot.database.write() as session:
        await session.execute(text("ALTER TABLE calendar_feed RENAME TO elsewhere"))
        await session.commit()
    answer = await own.ask(path)
    assert (answer.status, answer.headers["Retry-After"]) == (503, "600")
    assert "calendar.failed" in lines.getvalue()
    assert path not in lines.getvalue()
    assert path.removeprefix("/kalender/").removesuffix(".ics") not in lines.getvalue()
