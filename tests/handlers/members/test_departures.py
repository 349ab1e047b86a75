"""Somebody is ended, leaves Slack, or comes back: what was on its way is taken back, and they are told once."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from icalendar import Calendar
from sqlalchemy import select, update

from bot.app import Runtime
from cluster import notices
from cluster.calendar import at
from cluster.members import members, places
from cluster.members.organisations import Account
from cluster.onboarding import departing, one_person, welcome
from handlers.members.ids import Action as MemberAction
from handlers.onboarding.ids import Action as OnboardingAction
from storage.models import Assignment, Audit, Invitation, Member, Outbox, Practice, RosterImport
from storage.unit_of_work import UnitOfWork, look
from tests.handlers.meetings.kit import Room, words
from workspace import Desk, Workspace

Make = Callable[..., Awaitable[Any]]
Settle = Callable[[], Awaitable[None]]


@pytest.fixture
async def room(room: Room) -> Room:
    """Three practices, and a meeting that Bo comes to."""
    await room.press(room.bo, await room.card(room.bo), "meeting.rsvp_yes")
    return room


async def open_person(room: Room, person: str) -> Any:
    """The coordinator chooses somebody in the list; the window that comes."""
    await room.desk.command(room.coordinator, room.klynge.channel, "/klynge medlemmer")
    window = await room.desk.top_view(room.coordinator)
    await room.desk.act(
        room.coordinator, window, OnboardingAction.MEMBER_EDIT, selected_option=str(room.klynge.member_ids[person])
    )
    await room.desk.settled()
    return await room.desk.top_view(room.coordinator)


async def end(room: Room, person: str) -> str:
    """The coordinator ends somebody; what was explained before."""
    await room.desk.act(room.coordinator, await open_person(room, person), OnboardingAction.MEMBER_END)
    await room.desk.settled()
    window = await room.desk.top_view(room.coordinator)
    assert window is not None
    said = words({"text": "", "blocks": window["view"]["blocks"]})
    assert (await room.desk.submit(room.coordinator)).get("errors") is None
    await room.settle()
    return said


async def leave_slack(bot: Runtime, room: Room, world: Workspace, person: str) -> None:
    async with UnitOfWork(bot.database) as uow:
        await departing.left_slack(uow, world.team_id, Account(person), now=room.clock.now())
        await uow.commit()
    await room.settle()


async def member_of(bot: Runtime, room: Room, person: str) -> Member:
    async with look(bot.database) as state:
        return await state.session.get_one(Member, room.klynge.member_ids[person])


async def waiting_for(bot: Runtime, room: Room, person: str) -> list[str]:
    async with look(bot.database) as state:
        rows = select(Outbox.kind).where(Outbox.member_id == room.klynge.member_ids[person], Outbox.state == "waiting")
        return list(await state.session.scalars(rows))


async def entries(room: Room, person: str) -> list[tuple[str, int]]:
    """The calendar files that somebody was sent: method and sequence."""
    found = []
    for message in await room.desk.dm(person):
        for file in message.get("files") or []:
            if file["name"].endswith(".ics"):
                calendar = Calendar.from_ical(await room.desk.file(person, file["id"]))
                found.append((str(calendar["METHOD"]), int(calendar.walk("VEVENT")[0]["SEQUENCE"])))
    return found


@pytest.mark.long
async def test_ending_is_explained_and_takes_back_entry_card_and_reminders(room: Room, bot: Runtime) -> None:
    said = await end(room, room.bo)
    assert "»KOL i praksis«" in said
    assert "Lægehuset 2 skal have en ny kontaktperson" in said
    assert "Ingen anden er bekræftet i Lægehuset 2" in said

    assert [method for method, _ in await entries(room, room.bo)] == ["REQUEST", "CANCEL"]
    told = [message["text"] for message in await room.desk.dm(room.bo) if "afsluttet dig" in message["text"]]
    assert len(told) == 1
    assert told[0].startswith("Læge 1 har afsluttet dig i Klynge Nord")
    assert [m for m in await room.desk.dm(room.bo) if "meeting.rsvp" in str(m.get("blocks"))] == []
    assert await waiting_for(bot, room, room.bo) == []
    gone = await member_of(bot, room, room.bo)
    assert (gone.active, gone.confirmed_at) == (False, None)
    async with look(bot.database) as state:
        lines = (await state.session.scalars(select(Audit.what).where(Audit.what == "member.role"))).all()
    assert len(lines) == 1


@pytest.mark.long
async def test_who_never_answered_gets_no_file_and_no_reminder(room: Room, bot: Runtime) -> None:
    assert "meeting.reminder" in await waiting_for(bot, room, room.ida)
    await end(room, room.ida)
    assert await waiting_for(bot, room, room.ida) == []
    assert await entries(room, room.ida) == []
    assert "1 har ikke svaret" in words(await room.channel_card())


@pytest.mark.long
async def test_second_click_says_and_does_nothing_more(room: Room, bot: Runtime) -> None:
    await end(room, room.bo)
    await end_again(room, bot)
    said = [message["text"] for message in await room.desk.dm(room.bo)]
    assert len([text for text in said if "afsluttet dig" in text]) == 1
    assert [method for method, _ in await entries(room, room.bo)] == ["REQUEST", "CANCEL"]


async def end_again(room: Room, bot: Runtime) -> None:
    """The same form once more, as another arrival."""
    async with UnitOfWork(bot.database) as uow:
        member = await members.get(uow, room.klynge.member_ids[room.bo])
        by = room.klynge.member_ids[room.coordinator]
        assert not await one_person.change_role(uow, member, members.LEFT, now=room.clock.now(), actor_id=by)
        await uow.commit()
    await room.settle()


@pytest.mark.long
async def test_leaving_slack_takes_back_the_same(room: Room, bot: Runtime, world: Workspace) -> None:
    await room.desk.deactivate(room.bo)
    await room.settle()
    await leave_slack(bot, room, world, room.bo)  # and Slack says it again
    assert await waiting_for(bot, room, room.bo) == []
    async with look(bot.database) as state:
        bo = room.klynge.member_ids[room.bo]
        [part] = (await state.session.scalars(select(Invitation).where(Invitation.member_id == bo))).all()
        said = (await state.session.execute(select(Outbox.kind, Outbox.state))).all()
    assert not part.has_entry
    assert [state for kind, state in said if kind == "member.ended"] in (["sent"], ["dropped"])
    assert [kind for kind, state in said if state == "dead" or kind == "bot.undelivered"] == []
    assert len([kind for kind, _ in said if kind == "member.left_slack"]) == 1


@pytest.mark.long
async def test_who_comes_back_is_welcomed_invited_and_confirmed_anew(room: Room, bot: Runtime, settle: Settle) -> None:
    await end(room, room.bo)
    before = len(await room.desk.dm(room.bo))
    bo = room.klynge.member_ids[room.bo]
    await give_role(room, 2, {f"role:{bo}": "member"})
    new = (await room.desk.dm(room.bo))[before:]
    assert (await member_of(bot, room, room.bo)).confirmed_at is None
    assert len([m for m in new if "member.welcome" in str(m.get("blocks"))]) == 1
    assert len([m for m in new if "meeting.rsvp_yes" in str(m.get("blocks"))]) == 1
    assert await entries(room, room.bo) == [("REQUEST", 0), ("CANCEL", 1), ("REQUEST", 2)]
    await end(room, room.bo)
    assert (await entries(room, room.bo))[-1] == ("CANCEL", 3)


async def give_role(room: Room, practice: int, values: dict[str, str]) -> None:
    """The coordinator edits a practice."""
    await room.desk.command(room.coordinator, room.klynge.channel, "/klynge medlemmer")
    window = await room.desk.top_view(room.coordinator)
    assert window is not None
    here = str(room.klynge.practice_ids[practice - 1])
    block = next(b for b in window["view"]["blocks"] if b.get("accessory", {}).get("value") == here)
    await room.desk.act(room.coordinator, window, MemberAction.PRACTICE_EDIT, block_id=block["block_id"])
    await room.desk.settled()
    answer = await room.desk.submit(room.coordinator, values=values)
    assert answer.get("errors") is None, answer
    await room.settle()


@pytest.mark.long
async def test_a_list_that_brings_somebody_back_confirms_them_anew(room: Room, bot: Runtime) -> None:
    await end(room, room.bo)
    sheet = "Ydernummer;Praksis;Navn;E-mail\n010002;Lægehuset 2;Læge 2;laege2@klynge.example\n"
    dm = next(c["id"] for c in (await room.desk.state(room.coordinator))["channels"] if c["kind"] == "im")
    await room.desk.upload(room.coordinator, dm, "liste.csv", sheet.encode())
    await room.settle()
    card = next(m for m in reversed(await room.desk.dm(room.coordinator)) if "roster.save" in str(m.get("blocks")))
    await room.press(room.coordinator, card, "roster.save")
    back = await member_of(bot, room, room.bo)
    assert (back.active, back.confirmed_at) == (True, None)
    assert [method for method, _ in await entries(room, room.bo)] == ["REQUEST", "CANCEL", "REQUEST"]


@pytest.mark.long
async def test_a_list_that_waits_does_not_bring_them_back(room: Room, bot: Runtime) -> None:
    sheet = "Ydernummer;Navn;E-mail\n010002;Læge 2;laege2@klynge.example\n010003;Læge 3;laege3@klynge.example\n"
    dm = next(c["id"] for c in (await room.desk.state(room.coordinator))["channels"] if c["kind"] == "im")
    await room.desk.upload(room.coordinator, dm, "liste.csv", sheet.encode())
    await room.settle()
    await end(room, room.bo)
    async with look(bot.database) as state:
        [waits] = (await state.session.scalars(select(RosterImport))).all()
    assert [row["row"]["name"] for row in waits.rows if "row" in row] == ["Læge 3"]


@pytest.mark.long
async def test_namesake_in_another_practice_stays_on_a_list_that_waits(room: Room, bot: Runtime) -> None:
    sheet = "Ydernummer;Navn;E-mail\n010003;Læge 2;\n010002;Læge 2;\n010003;Læge 3;laege3@klynge.example\n"
    dm = next(c["id"] for c in (await room.desk.state(room.coordinator))["channels"] if c["kind"] == "im")
    await room.desk.upload(room.coordinator, dm, "liste.csv", sheet.encode())
    await room.settle()
    await end(room, room.bo)
    async with look(bot.database) as state:
        [waits] = (await state.session.scalars(select(RosterImport))).all()
    said = [(row["row"]["ydernummer"], row["row"]["name"]) for row in waits.rows if "row" in row]
    assert said == [("010003", "Læge 2"), ("010003", "Læge 3")]


@pytest.mark.long
async def test_last_coordinator_is_told_why_not(room: Room, bot: Runtime) -> None:
    await room.desk.act(room.coordinator, await open_person(room, room.coordinator), OnboardingAction.MEMBER_END)
    await room.desk.settled()
    window = await room.desk.top_view(room.coordinator)
    assert window is not None
    assert "Gør først en anden til koordinator" in str(window["view"]["blocks"])
    assert window["view"].get("submit") is None


@pytest.mark.long
async def test_coordinator_ends_themself_and_keeps_no_card(room: Room, bot: Runtime) -> None:
    async with UnitOfWork(bot.database) as uow:
        bo = room.klynge.member_ids[room.bo]
        await uow.session.execute(update(Member).where(Member.id == bo).values(role="coordinator"))
        await uow.commit()
    await end(room, room.coordinator)
    texts = [message["text"] for message in await room.desk.dm(room.coordinator)]
    assert [text for text in texts if text.startswith("Du er ikke længere medlem af Klynge Nord")] != []
    assert [m for m in await room.desk.dm(room.coordinator) if "meeting.who" in str(m.get("blocks"))] == []


@pytest.mark.long
async def test_who_waits_for_the_last_one_of_a_practice_waits_for_the_leaders(room: Room, bot: Runtime) -> None:
    ida = room.klynge.member_ids[room.ida]
    await give_role(room, 3, {f"place:{ida}": str(room.klynge.practice_ids[1])})
    assert [m for m in await room.desk.dm(room.bo) if "member.vouch" in str(m.get("blocks"))] != []
    await end(room, room.bo)
    assert [m for m in await room.desk.dm(room.coordinator) if "member.vouch" in str(m.get("blocks"))] != []
    assert (await member_of(bot, room, room.ida)).place == "asked"


@pytest.mark.long
async def test_ending_by_the_menu_of_roles_is_no_longer_possible(room: Room, bot: Runtime) -> None:
    await room.desk.command(room.coordinator, room.klynge.channel, "/klynge medlemmer")
    window = await room.desk.top_view(room.coordinator)
    assert window is not None
    here = str(room.klynge.practice_ids[1])
    block = next(b for b in window["view"]["blocks"] if b.get("accessory", {}).get("value") == here)
    await room.desk.act(room.coordinator, window, MemberAction.PRACTICE_EDIT, block_id=block["block_id"])
    await room.desk.settled()
    view = await room.desk.top_view(room.coordinator)
    assert view is not None
    assert "left" not in str(view["view"]["blocks"])


@pytest.mark.long
async def test_counts_no_longer_hold_them_and_the_answer_stays(room: Room, bot: Runtime) -> None:
    await end(room, room.bo)
    async with look(bot.database) as state:
        bo = room.klynge.member_ids[room.bo]
        [part] = (await state.session.scalars(select(Invitation).where(Invitation.member_id == bo))).all()
        practice = await state.session.get_one(Practice, room.klynge.practice_ids[1])
    assert (part.answer, part.has_entry, practice.contact_id) == ("yes", False, bo)


@dataclass
class Asked:
    """A round in which Bo is asked for Lægehuset 2, where Kim works as well when there is one."""

    room: Room
    round: Any
    kim: str
    kim_id: int

    async def part(self, bot: Runtime) -> Assignment:
        async with look(bot.database) as state:
            here = Assignment.practice_id == self.room.klynge.practice_ids[1]
            return (await state.session.scalars(select(Assignment).where(here))).one()

    async def said(self, person: str) -> str:
        return "\n".join(words(message) for message in await self.room.desk.dm(person))


@pytest.fixture
async def asked(desk: Desk, clock: Any, settle: Settle, a_round: Make, world: Workspace, bot: Runtime) -> Asked:
    made = await a_round(3)
    kim = world.add_person("Kim Kimsen", email="kim@klynge.example")
    about = {"cluster_id": made.klynge.id, "practice_id": made.klynge.practice_ids[1], "title": "ejerlæge"}
    async with UnitOfWork(bot.database) as uow:
        member = Member(name="Kim Kimsen", slack_user_id=kim, confirmed_at=clock.now(), **about)
        uow.session.add(member)
        await uow.session.flush()
        kim_id = member.id
        await uow.commit()
    return Asked(Room(desk, clock, settle, made.klynge), made, kim, kim_id)


async def without_kim(bot: Runtime, asked: Asked) -> None:
    async with UnitOfWork(bot.database) as uow:
        gone = update(Member).where(Member.id == asked.kim_id).values(confirmed_at=None)
        await uow.session.execute(gone)
        await uow.commit()


@pytest.mark.long
async def test_colleague_is_asked_and_reminded_instead_of_one_who_is_ended(asked: Asked, bot: Runtime) -> None:
    said = await end(asked.room, asked.room.bo)
    assert "Læge 2 var bedt om tal om KOL: Jeg spørger Kim Kimsen i stedet." in said
    assert (await asked.part(bot)).member_id == asked.kim_id
    told = await asked.said(asked.kim)
    assert "Læge 2 svarer ikke længere for praksis, så jeg spørger dig." in told
    assert "klyngen beder om" in told
    async with look(bot.database) as state:
        rows = select(Outbox.kind).where(Outbox.member_id == asked.kim_id, Outbox.state == "waiting")
        assert (await state.session.scalars(rows)).all() == ["data.chase"] * 3
        what = select(Audit.what).where(Audit.what == "data.passed_on")
        assert len((await state.session.scalars(what)).all()) == 1
    await asked.room.desk.command(asked.room.coordinator, asked.room.klynge.channel, "/klynge log")
    window = await asked.room.desk.top_view(asked.room.coordinator)
    assert "Læge 1 lod en anden i Lægehuset 2 blive spurgt om tal" in str(window)


@pytest.mark.long
async def test_closed_account_passes_the_question_on_and_leaders_are_told(
    asked: Asked, bot: Runtime, world: Workspace
) -> None:
    await leave_slack(bot, asked.room, world, asked.room.bo)
    assert (await asked.part(bot)).member_id == asked.kim_id
    told = await asked.said(asked.room.coordinator)
    assert "Jeg spørger nu Kim Kimsen om tal om KOL." in told


@pytest.mark.long
async def test_leaders_are_told_when_nobody_is_left_to_ask(asked: Asked, bot: Runtime, world: Workspace) -> None:
    await without_kim(bot, asked)
    await leave_slack(bot, asked.room, world, asked.room.bo)
    assert (await asked.part(bot)).member_id == asked.room.klynge.member_ids[asked.room.bo]
    told = await asked.said(asked.room.coordinator)
    assert "Nu er der ingen i Lægehuset 2, som jeg kan spørge om tal om KOL" in told


@pytest.mark.long
@pytest.mark.parametrize("how", ["ended", "moved", "says no"])
async def test_leaders_are_told_that_nobody_is_left_unless_they_read_so_before(
    asked: Asked, bot: Runtime, how: str
) -> None:
    await without_kim(bot, asked)
    klynge, now = asked.room.klynge, asked.room.clock.now()
    leader = klynge.member_ids[klynge.coordinator]
    if how == "ended":
        await end(asked.room, asked.room.bo)
    else:
        async with UnitOfWork(bot.database) as uow:
            bo = await uow.session.get_one(Member, klynge.member_ids[asked.room.bo])
            if how == "moved":
                await one_person.move(uow, bo, klynge.practice_ids[2], now=now, actor_id=leader)
            else:
                await welcome.wrong_practice(uow, bo.id, now=now)
            await uow.commit()
        await asked.room.settle()
    told = await asked.said(asked.room.coordinator)
    assert ("Nu er der ingen i Lægehuset 2, som jeg kan spørge om tal om KOL" in told) == (how != "ended")


@pytest.mark.long
async def test_colleague_is_asked_instead_of_one_who_moves_to_another_practice(asked: Asked, bot: Runtime) -> None:
    klynge = asked.room.klynge
    async with UnitOfWork(bot.database) as uow:
        bo = await uow.session.get_one(Member, klynge.member_ids[asked.room.bo])
        leader = klynge.member_ids[klynge.coordinator]
        await one_person.move(uow, bo, klynge.practice_ids[2], now=asked.room.clock.now(), actor_id=leader)
        await uow.commit()
    await asked.room.settle()
    assert (await asked.part(bot)).member_id == asked.kim_id
    assert "data.chase" not in await waiting_for(bot, asked.room, asked.room.bo)
    assert "svarer ikke længere for praksis, så jeg spørger dig." in await asked.said(asked.kim)


@pytest.mark.long
async def test_who_is_asked_late_has_as_long_in_peace_as_the_others(asked: Asked, bot: Runtime) -> None:
    asked.room.clock.move_to(at(date(2026, 3, 11), 20))
    await asked.room.settle()
    await end(asked.room, asked.room.bo)
    async with look(bot.database) as state:
        rows = select(Outbox.due_at).where(Outbox.member_id == asked.kim_id, Outbox.kind == "data.chase")
        due = (await state.session.scalars(rows.order_by(Outbox.due_at))).all()
    assert due == [at(date(2026, 3, day), 9) for day in (16, 18)]


@pytest.mark.long
async def test_ending_names_who_is_asked_in_the_practice_that_was_asked(asked: Asked, bot: Runtime) -> None:
    """Bo has moved to Lægehuset 3 while nobody in Lægehuset 2 could be asked; then Kim is confirmed there."""
    klynge = asked.room.klynge
    await without_kim(bot, asked)
    async with UnitOfWork(bot.database) as uow:
        bo = await uow.session.get_one(Member, klynge.member_ids[asked.room.bo])
        leader, now = klynge.member_ids[klynge.coordinator], asked.room.clock.now()
        await one_person.move(uow, bo, klynge.practice_ids[2], now=now, actor_id=leader)
        await uow.session.execute(update(Member).where(Member.id == asked.kim_id).values(confirmed_at=now))
        await uow.commit()
    said = await end(asked.room, asked.room.bo)
    assert "Læge 2 var bedt om tal om KOL: Jeg spørger Kim Kimsen i stedet." in said
    assert (await asked.part(bot)).member_id == asked.kim_id


@pytest.mark.long
async def test_nobody_is_asked_anew_when_the_practice_has_answered(asked: Asked, bot: Runtime) -> None:
    await asked.round.give(2)
    said = await end(asked.room, asked.room.bo)
    assert "var bedt om tal" not in said
    assert "klyngen beder" not in await asked.said(asked.kim)


@pytest.mark.long
async def test_colleague_is_asked_instead_of_one_who_says_the_practice_is_wrong(asked: Asked, bot: Runtime) -> None:
    async with UnitOfWork(bot.database) as uow:
        bo = asked.room.klynge.member_ids[asked.room.bo]
        await welcome.wrong_practice(uow, bo, now=asked.room.clock.now())
        await uow.commit()
    await asked.room.settle()
    assert (await asked.part(bot)).member_id == asked.kim_id


@pytest.mark.long
async def test_colleague_is_asked_instead_of_one_whom_the_practice_does_not_know(asked: Asked, bot: Runtime) -> None:
    bo = asked.room.klynge.member_ids[asked.room.bo]
    async with UnitOfWork(bot.database) as uow:
        here = asked.room.klynge.practice_ids[1]
        waits = update(Member).where(Member.id == bo).values(confirmed_at=None, place=places.ASKED)
        await uow.session.execute(waits)
        await uow.session.flush()
        await places.show(uow, await uow.session.get_one(Member, bo), now=asked.room.clock.now())
        await notices.owe(
            uow,
            "place.asked",
            key="test",
            now=asked.room.clock.now(),
            member_id=asked.kim_id,
            cluster_id=asked.room.klynge.id,
            subject=f"member:{bo}",
            practice=here,
        )
        await uow.commit()
    await asked.room.settle()
    [card] = [each for each in await asked.room.desk.dm(asked.kim) if "member.disown" in str(each.get("blocks"))]
    await asked.room.press(asked.kim, card, "member.disown")
    assert (await asked.part(bot)).member_id == asked.kim_id


@pytest.mark.long
async def test_leaders_are_told_when_nobody_is_left_to_consent(room: Room) -> None:
    await end(room, room.bo)
    [told] = await room.find(room.coordinator, "Nu er der ingen i Lægehuset 2, som kan give samtykke")
    assert "Medlemmer" in str(told)


@pytest.mark.long
async def test_leaders_are_not_told_while_a_colleague_may_consent(asked: Asked) -> None:
    await end(asked.room, asked.room.bo)
    assert "som kan give samtykke" not in await asked.said(asked.room.coordinator)
