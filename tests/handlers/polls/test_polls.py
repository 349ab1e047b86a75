"""A date is found: put to everybody, answered with a tap or in words, and made into a meeting by one click."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import func, select

from bot.app import Runtime
from storage.models import Invitation, Meeting, Outbox, PollAnswer
from storage.unit_of_work import look
from tests.handlers.meetings.kit import Room, buttons, on, words
from tests.handlers.polls.kit import FORM, card, desk, press, put, say


@pytest.fixture
def room(empty_room: Room) -> Room:
    return empty_room


async def page(room: Room, person: str) -> str:
    await room.desk.home(person)
    await room.settle()
    return str((await room.desk.state(person))["home"])


async def confirm_of(room: Room, place: int = 0) -> str:
    settle = [
        element["accessory"]
        for element in (await desk(room))["blocks"]
        if (element.get("accessory") or {}).get("action_id") == "poll.settle"
    ]
    return str(settle[place]["confirm"]["text"]["text"])


async def answers(bot: Runtime) -> list[tuple[str | None, bool]]:
    async with look(bot.database) as state:
        rows = await state.session.execute(
            select(Invitation.answer, Invitation.from_poll).order_by(Invitation.member_id)
        )
        return [(row[0], row[1]) for row in rows]


@pytest.mark.long
async def test_date_is_found_and_the_meeting_called_with_the_answers(room: Room, bot: Runtime) -> None:
    shown = words(await put(room))
    assert "3 personer bliver spurgt. Intet er sendt endnu." in shown
    assert "• Torsdag den 12. marts kl. 17.00–19.30" in shown
    question = await card(room, room.bo)
    assert "*KOL i praksis*: Datoen er ikke valgt endnu. Svar på hver dato senest mandag den 9. marts" in words(
        question
    )
    assert buttons(question) == ["Kan", "Hvis det må være", "Kan ikke"] * 2 + ["Ingen af dem kan jeg"]
    await say(room, room.bo, "yes", "if_needed")
    assert "Du har svaret på alle datoer ✔" in words(await card(room, room.bo))
    await say(room, room.ida, "no", "if_needed")
    assert "2 af 3 har svaret." in words(await desk(room))
    await say(room, room.coordinator, "yes", "no")
    assert "Alle har svaret på datoerne" in words(await room.last(room.coordinator))
    told = words(await desk(room))
    assert "*Bedst lige nu: torsdag den 12. marts kl. 17.00–19.30.*" in told
    assert told.index("Torsdag den 12.") < told.index("Tirsdag den 17.")
    assert "2 af 3 praksisser kan\nMedlemmer: 2 kan · 0 hvis det må være · 1 kan ikke · 0 har ikke svaret" in told
    assert "3 personer indkaldes til torsdag den 12. marts" in await confirm_of(room)
    await press(room, room.coordinator, await desk(room), "poll.settle")
    invitation = words(await room.card(room.bo))
    assert "Ud fra dine svar på datoerne har jeg noteret: *Kommer* ✔ Ret det her, hvis det ikke passer." in invitation
    assert await answers(bot) == [("yes", True), ("yes", True), ("no", True)]
    assert "Det blev *Torsdag den 12. marts kl. 17.00–19.30*" in str(await room.find(room.bo, "Det blev"))
    await room.press(room.bo, await room.card(room.bo), "meeting.rsvp_no")
    assert "Du har svaret: *Kommer ikke* ✔" in words(await room.card(room.bo))
    assert await answers(bot) == [("yes", True), ("no", False), ("no", True)]


async def test_who_only_can_if_need_be_is_asked_by_the_meeting(room: Room, bot: Runtime) -> None:
    await put(room)
    await say(room, room.ida, "if_needed")
    await press(room, room.coordinator, await desk(room), "poll.settle")
    assert await answers(bot) == [(None, False)] * 3
    assert "*Kommer du?*" in words(await room.card(room.ida))


@pytest.mark.long
async def test_two_clicks_and_two_who_choose_make_one_meeting(room: Room, bot: Runtime) -> None:
    await put(room)
    question, board = await card(room, room.bo), await desk(room)
    for _ in range(2):
        await room.desk.act(room.bo, question, "poll.yes")
    await room.settle()
    for _ in range(2):
        await room.desk.act(room.coordinator, board, "poll.settle")
    await room.settle()
    async with look(bot.database) as state:
        assert await state.session.scalar(select(func.count(PollAnswer.id))) == 1
        assert await state.session.scalar(select(func.count(Meeting.id))) == 1
    assert "Datoen er valgt, og mødet er indkaldt." in str(await room.desk.dm(room.coordinator))
    assert "poll.yes" not in str(await room.desk.dm(room.bo)), "no card asks any more"


@pytest.mark.long
async def test_stale_buttons_are_answered_kindly(room: Room, bot: Runtime) -> None:
    await put(room)
    question, board = await card(room, room.bo), await desk(room)
    await room.desk.act(room.coordinator, board, "poll.cancel")
    await room.desk.act(room.bo, question, "poll.yes")
    await room.settle()
    said = str(await room.desk.dm(room.bo))
    assert "Datoafstemningen om *KOL i praksis* er aflyst. Du skal ikke gøre noget." in said
    assert "Datoafstemningen er aflyst. Du skal ikke gøre noget." in said
    assert "poll.yes" not in str(await room.desk.dm(room.bo))
    assert "poll.settle" not in str(await room.desk.dm(room.coordinator))
    async with look(bot.database) as state:
        waiting = await state.session.scalars(select(Outbox.kind).where(Outbox.state == "waiting"))
        assert [kind for kind in waiting if kind.startswith("poll")] == []


@pytest.mark.long
async def test_only_who_has_not_answered_is_reminded_and_the_end_brings_the_best_date(room: Room) -> None:
    await put(room, answer_day="2026-03-11", said="torsdag d. 19. eller tirsdag d. 24. kl. 17")
    await say(room, room.bo, "yes", "yes")
    await say(room, room.ida, "yes")
    before = {person: len(await room.desk.dm(person)) for person in (room.bo, room.ida)}
    await room.go_to(on(3, 9, 16, 30))
    after = {person: len(await room.desk.dm(person)) for person in (room.bo, room.ida)}
    assert {person: after[person] - before[person] for person in after} == {room.bo: 0, room.ida: 1}
    assert "Du har svaret på 1 af 2 datoer." in words(await room.last(room.ida))
    await room.go_to(on(3, 11, 12, 5))
    over = await room.last(room.coordinator)
    assert "Fristen for at svare på datoerne er udløbet: *KOL i praksis*." in words(over)
    assert "Bedst lige nu: torsdag den 19. marts" in words(over)
    assert "poll.yes" not in str(await room.desk.dm(room.ida))
    await press(room, room.coordinator, over, "poll.settle")
    assert "torsdag den 19. marts" in words(await room.card(room.ida))


@pytest.mark.long
async def test_words_do_as_well_as_buttons(room: Room, bot: Runtime) -> None:
    await put(room)
    ims = [each for each in (await room.desk.state(room.bo))["channels"] if each["kind"] == "im"]
    await room.desk.say(room.bo, ims[0]["id"], "torsdag kan jeg, tirsdag kun hvis det må være")
    await room.settle()
    assert words(await room.last(room.bo)).startswith(
        "Noteret:\n• torsdag den 12. marts kl. 17.00–19.30 – *kan*\n"
        "• tirsdag den 17. marts kl. 17.00–19.30 – *hvis det må være*"
    )
    await room.desk.say(room.bo, ims[0]["id"], "torsdag har jeg vist noget, måske")
    await room.settle()
    assert "har ikke noteret noget" in words(await room.last(room.bo))
    async with look(bot.database) as state:
        assert sorted(await state.session.scalars(select(PollAnswer.suits))) == ["if_needed", "yes"]


@pytest.mark.long
async def test_other_dates_keep_the_answers_to_those_that_stay(room: Room, bot: Runtime) -> None:
    await put(room)
    await say(room, room.bo, "yes", "no")
    await room.desk.act(room.coordinator, await desk(room), "poll.edit")
    top = await room.desk.top_view(room.coordinator)
    assert top is not None
    kept = next(block["element"] for block in top["view"]["blocks"] if block.get("block_id") == "kept")
    stays = [kept["options"][0]["value"]]
    shown = await room.desk.submit(room.coordinator, values={"kept": stays, "words": "torsdag d. 19/3 kl. 17"})
    assert (shown["response_action"], shown.get("errors")) == ("update", None)
    await room.desk.submit(room.coordinator, values={})
    await room.settle()
    told = await room.last(room.bo)
    assert "Datoerne er ændret. Det, du har svaret, gælder stadig." in words(told)
    assert "Du har svaret på 1 af 2 datoer." in words(told)
    assert "Torsdag den 19. marts" in words(told)
    assert "17. marts" not in words(told)
    await say(room, room.bo, "", "yes")
    assert "Du har svaret på alle datoer" in words(await card(room, room.bo))


async def test_holidays_and_other_meetings_are_told_before_anybody_is_asked(room: Room) -> None:
    shown = words(await put(room, "d. 14/5 eller 21/5 kl. 17", answer_day="2026-04-09"))
    assert "⚠ Torsdag den 14. maj er Kristi himmelfartsdag." in shown
    assert "Kristi himmelfartsdag" in words(await desk(room))


async def test_what_is_not_understood_is_asked_about_at_its_field(room: Room) -> None:
    await room.desk.command(room.coordinator, room.klynge.channel, "/klynge datoer onsdag d. 12. eller 17/3")
    said = await room.desk.submit(room.coordinator, values=FORM)
    assert said["errors"] == {"words": "»onsdag 12.«: 12/3 er en anden ugedag. Hvilken dag mener du?"}
    said = await room.desk.submit(room.coordinator, values=FORM | {"words": "12/3 kl. 17"})
    assert said["errors"] == {"words": "Skriv mindst 2 datoer, så der er noget at vælge imellem."}
    said = await room.desk.submit(room.coordinator, values=FORM | {"words": "12/3", "day1": "2026-03-17"})
    assert said["response_action"] == "update"


@pytest.mark.long
async def test_evening_poll_waits_for_the_morning(room: Room) -> None:
    await room.go_to(on(3, 6, 21, 30))
    shown = words(await put(room, "d. 19/3 eller 24/3 kl. 17", answer_day="2026-03-16"))
    assert "Det bliver sendt mandag den 9. marts kl. 08.00" in shown
    assert await room.desk.dm(room.bo) == []
    await room.go_to(on(3, 9, 8))
    assert "Hvilke dage kan du?" in words(await card(room, room.bo))


@pytest.mark.long
async def test_names_are_shown_to_who_runs_the_cluster_alone(room: Room) -> None:
    await put(room)
    await say(room, room.bo, "yes", "no")
    await room.desk.act(room.coordinator, await desk(room), "poll.who")
    top: Any = await room.desk.top_view(room.coordinator)
    assert "Kan (1): Læge 2" in words(top["view"])
    assert "Læge 2" not in str(await room.desk.dm(room.ida))
    assert "Datoafstemning: *KOL i praksis*" in await page(room, room.coordinator)
    assert "Svar på datoerne" in await page(room, room.ida)
    assert "Svar på datoerne" not in await page(room, room.bo)
    await room.desk.act(room.ida, (await room.desk.state(room.ida))["home"], "poll.open")
    await room.settle()
    form: Any = await room.desk.top_view(room.ida)
    fields = [block["block_id"] for block in form["view"]["blocks"] if block["type"] == "input"]
    await room.desk.submit(room.ida, values=dict(zip(fields, ("yes", "if_needed"), strict=True)))
    await room.settle()
    assert "2 af 3 har svaret." in words(await desk(room))


async def test_plain_words_lead_to_the_form(room: Room) -> None:
    await room.desk.command(room.coordinator, room.klynge.channel, "/klynge kan vi finde en dato?")
    await room.settle()
    assert "cluster.dates" in str(await room.desk.dm(room.coordinator)) + str(
        await room.desk.messages(room.coordinator, room.klynge.channel)
    )
