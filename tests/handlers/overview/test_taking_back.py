"""*fortryd*: the last own change is put back, or it is said why not; nothing newer and nobody else's is touched."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, update

from bot.app import Runtime
from cluster import undoing
from cluster.clock import MovableClock
from cluster.members import person_data
from storage.models import Assignment, Attendance, Invitation, Meeting, Member, Outbox, Submission, Undoable
from storage.unit_of_work import UnitOfWork
from tests.handlers.meetings.kit import Room, buttons, on, words

Make = Callable[..., Awaitable[Any]]


async def write(room: Room, person: str, text: str) -> str:
    """What is answered to words."""
    channels = (await room.desk.state(person))["channels"]
    await room.desk.say(person, next(each["id"] for each in channels if each["kind"] == "im"), text)
    await room.settle()
    return words(await room.last(person))


async def invitation(bot: Runtime, of: int = 2) -> Invitation:
    async with bot.database.read() as session:
        return (await session.scalars(select(Invitation).where(Invitation.member_id == of))).one()


async def reminders(bot: Runtime, of: int = 2) -> int:
    async with bot.database.read() as session:
        rows = select(func.count(Outbox.id)).where(Outbox.kind == "meeting.reminder", Outbox.member_id == of)
        return int(await session.scalar(rows.where(Outbox.state == "waiting")) or 0)


@pytest.mark.long
@pytest.mark.both_databases
async def test_answer_is_taken_back_and_given_again(room: Room, bot: Runtime) -> None:
    before = await reminders(bot)
    await room.press(room.bo, await room.card(room.bo), "meeting.rsvp_no")
    assert await reminders(bot) == 0
    said = await write(room, room.bo, "fortryd")
    assert "Fortrudt: dit svar til *KOL i praksis*" in said
    assert "Før: *Kommer ikke*. Nu: *intet svar*." in said
    assert ((await invitation(bot)).answer, await reminders(bot)) == (None, before)
    assert "Kommer ikke" in buttons(await room.card(room.bo))
    await write(room, room.bo, "hov, det var en fejl")
    assert (await invitation(bot)).answer is None, "not said so that it is certain"
    await write(room, room.bo, "fortryd igen")
    await write(room, room.bo, "det var en fejl")
    assert (await invitation(bot)).answer == "no"


@pytest.mark.long
async def test_after_ten_minutes_nothing_is_put_back(room: Room, bot: Runtime, clock: MovableClock) -> None:
    await room.press(room.bo, await room.card(room.bo), "meeting.rsvp_yes")
    await room.go_to(clock.now() + timedelta(minutes=10))
    await write(room, room.bo, "fortryd")
    assert (await invitation(bot)).answer == "yes"


@pytest.mark.long
async def test_question_and_two_changes_are_asked_about(room: Room, bot: Runtime) -> None:
    await room.press(room.bo, await room.card(room.bo), "meeting.rsvp_yes")
    assert "Jeg har ikke ændret noget endnu." in await write(room, room.bo, "kan jeg fortryde det?")
    assert "Jeg har ikke ændret noget endnu." in await write(room, room.bo, "kan jeg fortryde det"), "dictated"
    await room.press(room.bo, await room.card(room.bo), "meeting.eats_not")
    said = await write(room, room.bo, "fortryd")
    assert "Maden til *KOL i praksis*" in said
    assert "*spiser ikke med*. Det bliver til *ikke oplyst* igen." in said
    assert "Dit svar til *KOL i praksis*" in said
    assert (await invitation(bot)).eats is False
    asked = await room.last(room.bo)
    await room.press(room.bo, asked, "change.undo")
    assert ((await invitation(bot)).eats, (await invitation(bot)).answer) == (None, "yes")
    await room.press(room.bo, asked, "change.undo")
    assert (await invitation(bot)).eats is None, "an old button does it once"


@pytest.mark.long
async def test_what_another_changed_since_stands(room: Room, bot: Runtime) -> None:
    await room.press(room.bo, await room.card(room.bo), "meeting.rsvp_yes")
    await room.desk.act(room.coordinator, (await room.desk.dm(room.coordinator))[0], "meeting.answer_for")
    guest = str(room.klynge.member_ids[room.bo])
    await room.desk.submit(room.coordinator, values={"guest": guest, "answer": "no", "reason": ""})
    await room.settle()
    said = await write(room, room.bo, "fortryd")
    assert "er blevet ændret siden og er nu *Kommer ikke*" in said
    assert (await invitation(bot)).answer == "no"
    said = await write(room, room.coordinator, "undo")
    assert "svaret fra Læge 2 til *KOL i praksis*" in said
    assert (await invitation(bot)).answer == "yes"


@pytest.mark.long
async def test_settings_and_snooze_are_put_back(room: Room, bot: Runtime, clock: MovableClock) -> None:
    async def me() -> Member:
        async with bot.database.read() as session:
            return await session.get_one(Member, 2)

    before = await reminders(bot)
    await room.press(room.bo, await room.card(room.bo), "meeting.snooze", selected_option="1:tomorrow")
    assert (await invitation(bot)).snoozed_until is not None
    assert "Jeg har ikke ændret noget endnu." in await write(room, room.bo, "fortryd mit svar"), "it is no answer"
    assert (await invitation(bot)).snoozed_until is not None
    await write(room, room.bo, "fortryd")
    assert (await invitation(bot)).snoozed_until is None
    assert await reminders(bot) >= before
    await room.go_to(clock.now() + timedelta(minutes=10))
    await write(room, room.bo, "jeg har ferie til 1. april")
    await room.press(room.bo, await room.last(room.bo), "member.away")
    assert (await me()).away_until is not None
    await room.desk.command(room.bo, room.klynge.channel, "/klynge fortryd")
    await room.settle()
    assert "Før: *Dansk, ferie til 1. april 2026*. Nu: *Dansk*." in words(await room.last(room.bo))
    assert (await me()).away_until is None


@pytest.mark.long
async def test_details_nobody_was_told_of_are_put_back_others_not(room: Room, bot: Runtime) -> None:
    async def title() -> tuple[str, str]:
        async with bot.database.read() as session:
            found = (await session.scalars(select(Meeting))).one()
            return found.title, found.place

    await room.move(title="KOL")
    said = await write(room, room.coordinator, "fortryd")
    assert "Nu: *KOL i praksis, torsdag" in said
    assert await title() == ("KOL i praksis", "Lægehuset Nord")
    await room.move(place="Et andet sted")
    said = await write(room, room.coordinator, "fortryd")
    assert said.startswith("Alle inviterede har fået besked om den nye tid eller det nye sted")
    assert buttons(await room.last(room.coordinator)) == ["Ret mødet"]
    assert (await title())[1] == "Et andet sted"
    await room.call_off()
    assert "at mødet er aflyst" in await write(room, room.coordinator, "fortryd")


@pytest.mark.long
async def test_meeting_called_off_before_anybody_was_invited_is_on_again(room: Room, bot: Runtime) -> None:
    await room.go_to(on(3, 2, 19))
    await room.call_meeting(title="Diabetes", day="2026-04-09", send="morning")
    [desk] = await room.find(room.coordinator, "Diabetes")
    await room.desk.act(room.coordinator, desk, "meeting.cancel")
    await room.desk.submit(room.coordinator, values={"reason": "x"})
    await room.settle()
    assert "Nu: *planlagt*" in await write(room, room.coordinator, "fortryd")
    assert not await room.find(room.bo, "Diabetes")
    await room.go_to(on(3, 3, 8, 1))
    assert len(await room.find(room.bo, "Diabetes")) == 1


@pytest.mark.long
async def test_attendance_is_put_back(room: Room, bot: Runtime) -> None:
    async def noted() -> int:
        async with bot.database.read() as session:
            return int(await session.scalar(select(func.count(Attendance.id))) or 0)

    await room.press(room.bo, await room.card(room.bo), "meeting.rsvp_yes")
    await room.go_to(on(3, 27, 9))
    [sheet] = [each for each in await room.desk.dm(room.coordinator) if "meeting.attended" in str(each)]
    await room.press(room.coordinator, sheet, "meeting.attended")
    assert await noted() > 0
    assert "Før: *1 var der*. Nu: *ikke noteret*." in await write(room, room.coordinator, "fortryd")
    assert await noted() == 0
    await write(room, room.coordinator, "fortryd")
    assert await noted() > 0


@pytest.mark.long
async def test_numbers_are_put_back(a_round: Make, bot: Runtime) -> None:
    async def answers() -> list[str]:
        async with bot.database.read() as session:
            return [str(each) for each in await session.scalars(select(Submission.state).order_by(Submission.id))]

    r = await a_round(2)
    doctor = r.klynge.doctors[1]
    await r.write(r.klynge.coordinator, "fortryd")
    assert (await r.last(r.klynge.coordinator))["text"].startswith("Praksisserne er spurgt")
    await r.write(doctor, "KOL 140, spirometri 100, forløbsplan 80")
    await r.write(doctor, "ja")
    await r.write(doctor, "nej det var en fejl")
    assert "Før: *gemt*. Nu: *trukket tilbage*." in (await r.last(doctor))["text"]
    assert await answers() == ["withdrawn"]
    await r.write(doctor, "fortryd")
    assert await answers() == ["withdrawn", "accepted"]
    await r.write(doctor, "KOL 141, spirometri 100, forløbsplan 80")
    await r.write(doctor, "ja")
    before = await answers()
    await r.desk.command(doctor, r.klynge.channel, "/klynge fortryd")
    await r.settle()
    assert await answers() == [*before[:-1], "replaced", "accepted"]


@pytest.mark.long
async def test_what_is_kept_of_it_goes_after_ten_minutes(room: Room, bot: Runtime, clock: MovableClock) -> None:
    await room.press(room.bo, await room.card(room.bo), "meeting.rsvp_yes")
    async with bot.database.read() as session:
        assert "yes" in str((await session.scalars(select(Undoable.became))).all())
    await room.go_to(clock.now() + timedelta(minutes=10))
    async with UnitOfWork(bot.database) as uow:  # as every quarter of an hour
        await undoing.forget_old(uow, now=clock.now())
        await uow.commit()
    async with bot.database.read() as session:
        assert "yes" not in str((await session.scalars(select(Undoable.became))).all())


@pytest.mark.long
async def test_who_runs_the_cluster_no_more_puts_nothing_of_it_back(room: Room, bot: Runtime) -> None:
    await room.move(title="KOL")
    await write(room, room.coordinator, "kan jeg fortryde det?")
    offered, once = await room.last(room.coordinator), room.klynge.member_ids[room.coordinator]
    async with UnitOfWork(bot.database) as uow:
        await uow.session.execute(update(Member).where(Member.id == once).values(role="member"))
        await uow.commit()
    assert "KOL i praksis" not in await write(room, room.coordinator, "fortryd")
    await room.press(room.coordinator, offered, "change.undo")
    async with bot.database.read() as session:
        assert (await session.scalars(select(Meeting.title))).one() == "KOL"


@pytest.mark.long
async def test_what_is_remembered_of_another_is_not_ones_own_and_goes_with_them(room: Room, bot: Runtime) -> None:
    ids = room.klynge.member_ids
    await room.desk.act(room.coordinator, (await room.desk.dm(room.coordinator))[0], "meeting.answer_for")
    said = {"guest": str(ids[room.bo]), "answer": "no", "reason": "Sygemeldt med ryggen"}
    await room.desk.submit(room.coordinator, values=said)
    await room.settle()
    async with UnitOfWork(bot.database) as uow:
        bo = await uow.session.get_one(Member, ids[room.bo])
        leader = await uow.session.get_one(Member, ids[room.coordinator])
        bo.reminders_from = 12
        [mine] = (await person_data.data_of(uow, leader))["undoable"]
        assert "Sygemeldt" not in str(mine)
        await person_data.forget_member(uow, bo, now=room.clock.now())
        assert "Sygemeldt" not in str((await uow.session.scalars(select(Undoable.became))).all())
        await uow.session.refresh(bo)
        assert (bo.reminders_from, bo.reminders_to, bo.substitute_id) == (None, None, None)
        await uow.commit()


async def test_practices_reminder_is_not_for_one_who_works_elsewhere_now(a_round: Make, bot: Runtime) -> None:
    r = await a_round(2)
    doctor = r.klynge.doctors[1]
    await r.press(doctor, await r.card(doctor), "assignment.later", selected_option="2:monday")
    async with UnitOfWork(bot.database) as uow:
        me = Member.id == r.klynge.member_ids[doctor]
        await uow.session.execute(update(Member).where(me).values(practice_id=r.klynge.practice_ids[0]))
        await uow.commit()
    await r.desk.command(doctor, r.klynge.channel, "/klynge fortryd")
    await r.settle()
    assert "Jeg har ikke ændret noget" in (await r.last(doctor))["text"]
    async with bot.database.read() as session:
        assert (await session.get_one(Assignment, 2)).snoozed_until is not None


@pytest.mark.long
async def test_only_what_was_put_back_is_said_to_be(a_round: Make, bot: Runtime) -> None:
    r = await a_round(2)
    doctor = r.klynge.doctors[1]
    await r.press(doctor, await r.card(doctor), "assignment.later", selected_option="2:monday")
    await r.write(doctor, "KOL 140, spirometri 100, forløbsplan 80")
    await r.write(doctor, "nej")
    await r.desk.command(doctor, r.klynge.channel, "/klynge fortryd")
    await r.settle()
    await r.press(doctor, await r.last(doctor), "change.undo")
    said = [each["text"] for each in await r.desk.dm(doctor)]
    assert "Jeg har ændret det tilbage." in said
    assert [each for each in said if each.startswith("Fortrudt: påmindelsen")] == []
