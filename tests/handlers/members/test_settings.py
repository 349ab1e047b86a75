"""A member's own settings: hours for reminders within the cluster's, and who stands in while they are on leave."""

from __future__ import annotations

from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any, cast

import pytest
from sqlalchemy import select, update

from bot.app import Runtime
from cluster import undoing
from cluster.calendar import Hours, at
from cluster.errors import ClusterError
from cluster.members.settling import OwnSettings, own_hours
from cluster.onboarding import leave
from cluster.rounds import reminders
from storage.models import Member, Outbox
from storage.unit_of_work import UnitOfWork, look
from tests.handlers.meetings.kit import on, words
from tests.handlers.members.test_departures import Asked, asked, without_kim  # noqa: F401 - a fixture
from workspace import Workspace

CLUSTERS = Hours(8, 17)
MONDAY = at(date(2026, 3, 2), 7)


def person(first: int | None, last: int | None) -> Member:
    return cast(Member, SimpleNamespace(reminders_from=first, reminders_to=last))


@pytest.mark.parametrize(
    ("first", "last", "deadline", "hours"),
    [
        (None, None, None, (8, 17)),
        (12, None, None, (12, 17)),
        (None, 10, None, (8, 10)),
        (6, 22, None, (8, 17)),  # never outside the cluster's
        (20, 22, None, (8, 17)),  # nothing would be left
        (12, 14, at(date(2026, 3, 2), 11), (8, 17)),  # it would come too late
        (12, 14, at(date(2026, 3, 2), 13), (12, 14)),
    ],
)
def test_own_hours_lie_within_the_clusters(
    first: int | None, last: int | None, deadline: datetime | None, hours: tuple[int, int]
) -> None:
    found = own_hours(CLUSTERS, person(first, last), deadline, MONDAY.astimezone(UTC))
    assert (found.start, found.end) == hours


async def settle(asked: Asked, **values: Any) -> dict[str, Any]:  # noqa: F811
    room = asked.room
    await room.desk.home(room.bo)
    await room.settle()
    await room.desk.act(room.bo, (await room.desk.state(room.bo))["home"], "member.settings")
    said = await room.desk.submit(room.bo, values=values)
    await room.settle()
    return said


@pytest.mark.long
@pytest.mark.both_databases
async def test_colleague_stands_in_until_the_leave_is_over(asked: Asked, bot: Runtime) -> None:  # noqa: F811
    room, bo_id = asked.room, asked.room.klynge.member_ids[asked.room.bo]
    await settle(asked, away_until="2026-03-09", substitute=str(asked.kim_id))
    part = await asked.part(bot)
    assert (part.member_id, part.instead_of_id) == (asked.kim_id, bo_id)
    assert "Læge 2 har ferie til mandag den 9. marts og har valgt dig til at træde til imens" in await asked.said(
        asked.kim
    )
    assert "Læge 2 har ferie og har bedt dig træde til imens, så jeg spørger dig." in await asked.said(asked.kim)
    assert "Imens spørger jeg Kim Kimsen om jeres praksis' tal" in await asked.said(room.bo)
    async with bot.database.read() as session:
        rows = select(Outbox.member_id).where(Outbox.kind == "data.chase", Outbox.subject == f"assignment:{part.id}")
        assert set(await session.scalars(rows)) == {asked.kim_id}
    shown = str((await room.desk.state(room.bo))["home"])
    assert "Kim Kimsen træder til, når det gælder tal." in shown
    await room.go_to(on(3, 9, 0, 1))
    part = await asked.part(bot)
    assert (part.member_id, part.instead_of_id) == (bo_id, None)


@pytest.mark.long
async def test_who_is_on_leave_puts_off_nothing_for_the_colleague(asked: Asked, bot: Runtime) -> None:  # noqa: F811
    room = asked.room
    await settle(asked, away_until="2026-03-09", substitute=str(asked.kim_id))
    part = await asked.part(bot)
    [card] = await room.find(room.bo, "Tal til klyngen")
    await room.press(room.bo, card, "assignment.later", selected_option=f"{part.id}:monday")
    assert (await asked.part(bot)).snoozed_until is None
    assert "Jeg spørger nu Kim Kimsen om de tal" in await asked.said(room.bo)
    await room.press(
        asked.kim,
        (await room.find(asked.kim, "har bedt dig"))[0],
        "assignment.later",
        selected_option=f"{part.id}:monday",
    )
    assert (await asked.part(bot)).snoozed_until is not None


@pytest.mark.long
async def test_colleague_is_told_of_another_day_and_of_an_early_end(asked: Asked) -> None:  # noqa: F811
    await settle(asked, away_until="2026-03-09", substitute=str(asked.kim_id))
    await settle(asked, away_until="2026-03-20", substitute=str(asked.kim_id))
    assert "Læge 2 har ferie til fredag den 20. marts" in await asked.said(asked.kim)
    assert "Du træder ikke længere til" not in await asked.said(asked.kim)
    await settle(asked, away_until=None)
    assert "Du træder ikke længere til for Læge 2." in await asked.said(asked.kim)


@pytest.mark.long
async def test_undoing_leave_gives_the_question_back(asked: Asked, bot: Runtime) -> None:  # noqa: F811
    await settle(asked, away_until="2026-03-09", substitute=str(asked.kim_id))
    await asked.room.desk.command(asked.room.bo, asked.room.klynge.channel, "/klynge fortryd")
    await asked.room.settle()
    part = await asked.part(bot)
    assert (part.member_id, part.instead_of_id) == (asked.room.klynge.member_ids[asked.room.bo], None)
    assert "Nu: *Dansk*" in words(await asked.room.last(asked.room.bo))
    assert "Du træder ikke længere til for Læge 2." in await asked.said(asked.kim)


@pytest.mark.long
async def test_only_a_confirmed_colleague_is_offered(asked: Asked, bot: Runtime) -> None:  # noqa: F811
    room = asked.room
    for is_there in (True, False):
        if not is_there:
            await without_kim(bot, asked)
        await room.desk.home(room.bo)
        await room.settle()
        await room.desk.act(room.bo, (await room.desk.state(room.bo))["home"], "member.settings")
        assert ("Kim Kimsen" in str(await room.desk.top_view(room.bo))) is is_there


async def change(bot: Runtime, member_id: int, **values: Any) -> None:
    async with UnitOfWork(bot.database) as uow:
        await uow.session.execute(update(Member).where(Member.id == member_id).values(**values))
        await uow.commit()


@pytest.mark.long
async def test_who_comes_home_to_another_practice_is_asked_nothing_of_the_former(
    asked: Asked,  # noqa: F811
    bot: Runtime,
) -> None:
    room = asked.room
    await settle(asked, away_until="2026-03-09", substitute=str(asked.kim_id))
    await change(bot, room.klynge.member_ids[room.bo], practice_id=room.klynge.practice_ids[2])
    await room.go_to(on(3, 9, 0, 1))
    part = await asked.part(bot)
    assert (part.member_id, part.instead_of_id) == (asked.kim_id, None)


@pytest.mark.long
async def test_who_comes_home_early_is_asked_though_the_colleague_is_away_too(
    asked: Asked,  # noqa: F811
    bot: Runtime,
) -> None:
    await settle(asked, away_until="2026-03-09", substitute=str(asked.kim_id))
    await change(bot, asked.kim_id, away_until=on(3, 20, 0))
    bo_id = asked.room.klynge.member_ids[asked.room.bo]
    async with UnitOfWork(bot.database) as uow:
        bo = await uow.session.get_one(Member, bo_id)
        await leave.settle(uow, bo, OwnSettings("da"), now=asked.room.clock.now())
        await uow.commit()
    part = await asked.part(bot)
    assert (part.member_id, part.instead_of_id) == (bo_id, None)


@pytest.mark.long
async def test_work_that_is_handed_on_twice_comes_back_to_whose_it_is(
    asked: Asked,  # noqa: F811
    bot: Runtime,
    world: Workspace,
) -> None:
    room, bo_id = asked.room, asked.room.klynge.member_ids[asked.room.bo]
    await settle(asked, away_until="2026-03-06", substitute=str(asked.kim_id))
    async with UnitOfWork(bot.database) as uow:
        now, lis_user = room.clock.now(), world.add_person("Lis Lissen", email="lis@klynge.example")
        kim = await uow.session.get_one(Member, asked.kim_id)
        about = {"cluster_id": kim.cluster_id, "practice_id": kim.practice_id, "confirmed_at": now}
        lis = Member(name="Lis Lissen", slack_user_id=lis_user, **about)
        uow.session.add(lis)
        await uow.session.flush()
        lis_id = lis.id
        await leave.settle(uow, kim, OwnSettings("da", on(3, 9, 0), lis_id), now=now)
        await uow.commit()
    await room.settle()
    assert (await asked.part(bot)).member_id == lis_id
    await room.go_to(on(3, 6, 0, 1))
    part = await asked.part(bot)
    assert (part.member_id, part.instead_of_id) == (bo_id, None)


@pytest.mark.long
async def test_later_that_was_pressed_before_the_leave_does_not_silence_the_colleague(
    asked: Asked,  # noqa: F811
    bot: Runtime,
) -> None:
    room = asked.room
    [card] = await room.find(room.bo, "Tal til klyngen")
    bo_id, part_id = room.klynge.member_ids[room.bo], (await asked.part(bot)).id
    await room.press(room.bo, card, "assignment.later", selected_option=f"{part_id}:monday")
    await room.desk.command(room.bo, room.klynge.channel, "/klynge fortryd")
    await room.settle()
    async with look(bot.database) as state:
        [back] = await undoing.lately(state, [bo_id], now=room.clock.now())
    await room.press(room.bo, card, "assignment.later", selected_option=f"{part_id}:monday")
    await settle(asked, away_until="2026-03-31", substitute=str(asked.kim_id))
    part = await asked.part(bot)
    assert (part.member_id, part.snoozed_until) == (asked.kim_id, None)
    async with UnitOfWork(bot.database) as uow:
        left = await undoing.lately(uow, [bo_id], now=room.clock.now())
        assert [each.what for each in left] == ["member.settled"], "it is the colleague's to put off"
        bo = await uow.session.get_one(Member, bo_id)
        with pytest.raises(ClusterError, match="others_reminder"):
            await reminders.put_snooze_back(uow, back, by=bo, now=room.clock.now())
    await room.go_to(on(3, 12, 9))
    assert "En lille påmindelse" in await asked.said(asked.kim)


async def ahead(asked: Asked, **values: Any) -> dict[str, Any]:  # noqa: F811
    """Leave from 6 to 13 March, with Kim standing in; it is 2 March."""
    leave_ = {"away_from": "2026-03-06", "away_until": "2026-03-13", "substitute": str(asked.kim_id)}
    return await settle(asked, **leave_ | values)


@pytest.mark.long
@pytest.mark.both_databases
async def test_leave_that_begins_later_moves_the_work_on_its_first_day_and_back_after_it(
    asked: Asked,  # noqa: F811
    bot: Runtime,
) -> None:
    room, bo_id = asked.room, asked.room.klynge.member_ids[asked.room.bo]
    await ahead(asked)
    assert "Læge 2 har ferie fra fredag den 6. marts til fredag den 13. marts og har valgt dig" in await asked.said(
        asked.kim
    )
    said = await asked.said(room.bo)
    assert "Fra fredag den 6. marts til fredag den 13. marts sender jeg dig ingen påmindelser. Indtil da er alt" in said
    assert "I den tid spørger jeg Kim Kimsen om jeres praksis' tal" in said
    assert "Ferie fra fredag den 6. marts til fredag den 13. marts" in str((await room.desk.state(room.bo))["home"])
    assert (await asked.part(bot)).member_id == bo_id
    await room.go_to(on(3, 5, 23, 59))
    assert (await asked.part(bot)).member_id == bo_id
    await room.go_to(on(3, 6, 0, 0))
    part = await asked.part(bot)
    assert (part.member_id, part.instead_of_id) == (asked.kim_id, bo_id)
    assert "Læge 2 har ferie og har bedt dig træde til imens, så jeg spørger dig." in await asked.said(asked.kim)
    await room.go_to(on(3, 12, 9))
    assert "En lille påmindelse" not in await asked.said(room.bo)
    assert "En lille påmindelse" in await asked.said(asked.kim)
    await room.go_to(on(3, 13, 0, 0))
    part = await asked.part(bot)
    assert (part.member_id, part.instead_of_id) == (bo_id, None)
    async with look(bot.database) as state:
        bo = await state.session.get_one(Member, bo_id)
        assert (bo.away_from, bo.away_until, bo.substitute_id) == (None, None, asked.kim_id)


@pytest.mark.long
async def test_leave_is_changed_or_called_off_before_it_begins(asked: Asked, bot: Runtime) -> None:  # noqa: F811
    room, bo_id = asked.room, asked.room.klynge.member_ids[asked.room.bo]
    await ahead(asked)
    await ahead(asked, away_from="2026-03-09")
    assert "fra mandag den 9. marts til fredag den 13. marts" in await asked.said(asked.kim)
    await room.go_to(on(3, 6, 9))
    assert (await asked.part(bot)).member_id == bo_id
    await settle(asked, away_from=None, away_until=None)
    assert "Du træder ikke længere til for Læge 2." in await asked.said(asked.kim)
    await room.go_to(on(3, 9, 9))
    assert (await asked.part(bot)).member_id == bo_id


@pytest.mark.long
async def test_reminders_come_until_the_leave_begins(asked: Asked, bot: Runtime) -> None:  # noqa: F811
    room, bo_id = asked.room, asked.room.klynge.member_ids[asked.room.bo]
    await ahead(asked, away_from="2026-03-13", away_until="2026-03-31")
    await room.go_to(on(3, 12, 9))
    assert "En lille påmindelse" in await asked.said(room.bo)
    await room.go_to(on(3, 16, 9))
    assert (await asked.part(bot)).member_id == asked.kim_id
    assert (await asked.said(room.bo)).count("En lille påmindelse") == 1
    async with look(bot.database) as state:
        bo = await state.session.get_one(Member, bo_id)
        assert bo.away_from is not None


@pytest.mark.long
async def test_leave_with_no_end_or_one_before_it_begins_is_told_at_its_field(asked: Asked) -> None:  # noqa: F811
    assert (await ahead(asked, away_until=None))["errors"] == {"away_until": "Vælg også, hvornår du er tilbage."}
    wrong = await asked.room.desk.submit(asked.room.bo, values={"away_until": "2026-03-05"})
    assert wrong["errors"] == {"away_until": "Den dag ligger, før ferien begynder."}


@pytest.mark.long
async def test_leave_that_is_still_to_come_is_said_in_plain_words_and_undone(
    asked: Asked,  # noqa: F811
    bot: Runtime,
    world: Workspace,
) -> None:
    room, bo_id = asked.room, asked.room.klynge.member_ids[asked.room.bo]
    await room.desk.say(room.bo, world.bot_user_id, "orlov fra 6. marts til og med 29. april")
    await room.settle()
    question = await room.last(room.bo)
    assert "fra fredag den 6. marts, og til du er tilbage torsdag den 30. april?" in words(question)
    await room.press(room.bo, question, "member.away")
    async with look(bot.database) as state:
        bo = await state.session.get_one(Member, bo_id)
        assert (bo.away_from, bo.away_until) == (on(3, 6, 0), on(4, 30, 0))
    await room.desk.command(room.coordinator, room.klynge.channel, "/klynge medlemmer")
    assert "væk fra 6. marts 2026 til 30. april 2026" in str(await room.desk.top_view(room.coordinator))
    await room.desk.command(room.bo, room.klynge.channel, "/klynge fortryd")
    await room.settle()
    assert "ferie fra 6. marts 2026 til 30. april 2026" in words(await room.last(room.bo))
    async with look(bot.database) as state:
        bo = await state.session.get_one(Member, bo_id)
        assert (bo.away_from, bo.away_until) == (None, None)
