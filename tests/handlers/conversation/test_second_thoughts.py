"""Messages as Slack has them: edited, deleted, said again to all, beside a file, a snippet, a link, a recording."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.app import Runtime
from cluster.clock import MovableClock
from storage.models import Invitation, Submission
from tests.handlers.conversation.test_files import GOOD, everything_kept
from tests.handlers.meetings.kit import Room, words

Make = Callable[..., Awaitable[Any]]


async def answers(bot: Runtime) -> list[tuple[str, dict[str, Any]]]:
    """Every version of an answer: its state and its numbers that are there."""
    async with bot.database.read() as session:
        found = await session.scalars(select(Submission).order_by(Submission.id))
        return [
            (
                each.state,
                {name: value for name, value in each.numbers.items() if value is not None and name != "listed"},
            )
            for each in found
        ]


async def invitation(bot: Runtime, member: int = 2) -> tuple[str | None, str]:
    """A member's answer and reason."""
    async with bot.database.read() as session:
        found = (await session.scalars(select(Invitation).where(Invitation.member_id == member))).one()
        return found.answer, found.reason


async def tell(room: Room, text: str) -> str:
    """Bo writes to the bot."""
    ts = await room.desk.say(room.bo, await conversation(room), text)
    await room.settle()
    return ts


async def conversation(room: Room) -> str:
    channels = (await room.desk.state(room.bo))["channels"]
    return str(next(channel["id"] for channel in channels if channel["kind"] == "im"))


@pytest.mark.long
async def test_edited_numbers_that_wait_are_read_anew(a_round: Make, bot: Runtime) -> None:
    r = await a_round(2)
    doctor = r.klynge.doctors[1]
    channel = await r.conversation(doctor)
    ts = await r.desk.say(doctor, channel, "KOL 14, spirometri 10, forløbsplan 8")
    await r.settle()
    await r.desk.edit_message(doctor, channel, ts, "KOL 140, spirometri 100")
    await r.settle()
    await r.write(doctor, "ja")
    assert await answers(bot) == [
        ("dropped", {"copd": 14, "spirometry": 10, "care_plan": 8}),
        ("accepted", {"copd": 140, "spirometry": 100}),
    ]


@pytest.mark.long
async def test_edit_without_numbers_and_deletion_take_back_what_waits(a_round: Make, bot: Runtime) -> None:
    r = await a_round(2)
    doctor = r.klynge.doctors[1]
    channel = await r.conversation(doctor)
    for change in ("glem det", None):
        ts = await r.desk.say(doctor, channel, "KOL 140, spirometri 100, forløbsplan 80")
        await r.settle()
        if change:
            await r.desk.edit_message(doctor, channel, ts, change)
        else:
            await r.desk.delete_message(doctor, channel, ts)
        await r.settle()
        assert (await r.last(doctor))["text"] == "Slettet. Intet er gemt."
    assert [state for state, _ in await answers(bot)] == ["dropped", "dropped"]


@pytest.mark.long
async def test_edit_and_deletion_after_saving_tell_what_holds(a_round: Make, bot: Runtime) -> None:
    r = await a_round(2)
    doctor = r.klynge.doctors[1]
    channel = await r.conversation(doctor)
    ts = await r.desk.say(doctor, channel, "KOL 140, spirometri 100, forløbsplan 80")
    await r.settle()
    await r.write(doctor, "ja")
    await r.desk.edit_message(doctor, channel, ts, "KOL 88, spirometri 100, forløbsplan 80")
    await r.settle()
    told = (await r.last(doctor))["text"]
    assert told.startswith("Du har rettet din besked, men tallene var allerede gemt.")
    assert "*140*" in told
    await r.desk.delete_message(doctor, channel, ts)
    await r.settle()
    assert (await r.last(doctor))["text"].startswith("Du har slettet din besked, men tallene fra den er gemt.")
    assert [state for state, _ in await answers(bot)] == ["accepted"]


@pytest.mark.long
async def test_correction_replaces_and_shows_old_and_new(a_round: Make, bot: Runtime) -> None:
    r = await a_round(2)
    doctor = r.klynge.doctors[1]
    await r.write(doctor, "KOL 880, spirometri 61, forløbsplan 40")
    await r.write(doctor, "Forkert! KOL 88, spirometri 61, plan 40")
    echo = (await r.last(doctor))["text"]
    assert "*88* af 3.200" in echo
    assert "(før: 880)" in echo
    await r.write(doctor, "Rettelse: spirometri 60")
    echo = (await r.last(doctor))["text"]
    assert "(før: 61)" in echo
    assert any("*88*" in line and line.endswith("(som før)") for line in echo.splitlines())
    await r.write(doctor, "ja")
    assert (await answers(bot))[-1] == ("accepted", {"copd": 88, "spirometry": 60, "care_plan": 40})


@pytest.mark.long
async def test_number_that_was_spoken_against_is_not_carried_on(a_round: Make, bot: Runtime) -> None:
    r = await a_round(2)
    doctor = r.klynge.doctors[1]
    await r.write(doctor, "KOL 880, spirometri 61, forløbsplan 40")
    await r.write(doctor, "KOL 88, spirometri 62, forløbsplan 41-43")
    assert (await answers(bot))[-1] == ("draft", {"copd": 88, "spirometry": 62})
    await r.write(doctor, "KOL 880-890, spirometri 62, forløbsplan 40")  # and without KOL nothing can be used
    await r.write(doctor, "ja")
    assert [state for state, _ in await answers(bot)] == ["dropped", "dropped"]


@pytest.mark.long
async def test_about_is_asked(a_round: Make) -> None:
    r = await a_round(2)
    doctor = r.klynge.doctors[1]
    await r.write(doctor, "KOL ca. 130, spirometri 96, forløbsplan 70")
    assert "Du skrev »cirka«. Er tallet helt rigtigt?" in (await r.last(doctor))["text"]


@pytest.mark.long
async def test_mistake_long_after_saving_shows_the_numbers_and_the_way_back(
    a_round: Make, bot: Runtime, clock: MovableClock
) -> None:
    r = await a_round(2)
    doctor = r.klynge.doctors[1]
    await r.write(doctor, "KOL 140, spirometri 100, forløbsplan 80")
    await r.write(doctor, "ja")
    clock.move_to(clock.now() + timedelta(minutes=11))
    await r.write(doctor, "nej det var en fejl")
    assert (await r.last(doctor))["text"].startswith("Disse tal er gemt og tæller med.")
    assert [state for state, _ in await answers(bot)] == ["accepted"]


@pytest.mark.long
async def test_reply_that_is_also_sent_to_the_conversation_is_read(a_round: Make, bot: Runtime) -> None:
    r = await a_round(2)
    doctor = r.klynge.doctors[1]
    card = await r.card(doctor)
    said = "KOL 140 & spirometri 100 & forløbsplan 80"
    await r.desk.say(doctor, await r.conversation(doctor), said, card["ts"], broadcast=True)
    await r.settle()
    assert await answers(bot) == [("draft", {"copd": 140, "spirometry": 100, "care_plan": 80})]


@pytest.mark.long
async def test_words_beside_a_file_are_read(a_round: Make, bot: Runtime) -> None:
    r = await a_round(2)
    doctor = r.klynge.doctors[1]
    channel = await r.conversation(doctor)
    person = "Her er tal. Husk Jens 0101" + "80-1234"
    await r.desk.upload(doctor, channel, "kol.csv", GOOD, text=person)
    await r.settle()
    said = await r.texts(doctor)
    assert any(each.startswith("✅ Tak! Tallene er gemt.") for each in said)
    assert any("Der står noget i din besked, der ligner et CPR-nummer." in each for each in said)
    assert "80-1234" not in await everything_kept(bot)


@pytest.mark.long
async def test_here_it_is_beside_a_file_needs_no_answer(a_round: Make) -> None:
    r = await a_round(2)
    doctor = r.klynge.doctors[1]
    before = len(await r.texts(doctor))
    await r.desk.upload(doctor, await r.conversation(doctor), "kol.csv", GOOD, text="her er vores tal, hilsen Bo")
    await r.settle()
    assert len(await r.texts(doctor)) == before + 2  # the words, and the answer to the file


@pytest.mark.long
async def test_snippet_is_read_as_what_was_typed(a_round: Make, bot: Runtime) -> None:
    r = await a_round(2)
    doctor = r.klynge.doctors[1]
    typed = "KOL 140\nspirometri 100\nforløbsplan 80\n".encode()
    await r.desk.upload(doctor, await r.conversation(doctor), "Untitled", typed, mode="snippet")
    await r.settle()
    assert await answers(bot) == [("draft", {"copd": 140, "spirometry": 100, "care_plan": 80})]


@pytest.mark.long
@pytest.mark.parametrize(
    "typed",
    [
        "KOL: 140\nSpirometri: 100\nForløbsplan: 80\n".encode(),
        "\ufeffKOL: 140\r\nSpirometri: 100\r\nForløbsplan: 80".encode(),
        "KOL 140, spirometri 100, forløbsplan 80".encode("cp1252"),
        "KOL: 140\nSpirometri: 100\nForløbsplan: 80\n".encode("utf-16"),
    ],
)
async def test_words_typed_in_a_text_file_are_read_as_what_was_typed(a_round: Make, bot: Runtime, typed: bytes) -> None:
    r = await a_round(2)
    doctor = r.klynge.doctors[1]
    await r.drop(doctor, "tal.txt", typed)
    assert await answers(bot) == [("draft", {"copd": 140, "spirometry": 100, "care_plan": 80})]


@pytest.mark.long
async def test_table_in_a_text_file_is_read_as_a_table(a_round: Make, bot: Runtime) -> None:
    r = await a_round(2)
    await r.drop(r.klynge.doctors[1], "tal.txt", GOOD)
    assert [state for state, _ in await answers(bot)] == ["accepted"]


@pytest.mark.long
@pytest.mark.parametrize(
    ("about", "told"),
    [
        ({"mode": "external", "external_url": "https://docs.google.com/x"}, "Det er et link til en fil et andet sted"),
        ({"subtype": "slack_audio", "mimetype": "video/mp4"}, "Det er en optagelse, og jeg kan ikke lytte."),
        ({"subtype": "slack_audio", "mimetype": ""}, "Det er en optagelse, og jeg kan ikke lytte."),
        ({"mode": "space"}, "Det er en side skrevet i Slack og ikke en fil."),
    ],
)
async def test_what_can_never_be_read_is_said_to_be_so(a_round: Make, about: dict[str, str], told: str) -> None:
    r = await a_round(2)
    doctor = r.klynge.doctors[1]
    await r.desk.upload(doctor, await r.conversation(doctor), "KOL tal", b"x", **about)
    await r.settle()
    assert (await r.last(doctor))["text"].startswith(told)


async def test_entities_are_turned_back_once_and_escaped_once(room: Room, bot: Runtime) -> None:
    await tell(room, "nej, ferie & kursus")
    assert await invitation(bot) == ("no", "ferie & kursus")
    await room.desk.act(room.coordinator, (await room.desk.dm(room.coordinator))[0], "meeting.who")
    view = await room.desk.top_view(room.coordinator)
    assert view is not None
    assert "ferie &amp; kursus" in str(view["view"]["blocks"])
    assert "&amp;amp;" not in str(view["view"]["blocks"])


@pytest.mark.long
async def test_thumb_is_an_answer(room: Room, bot: Runtime) -> None:
    await tell(room, "👍🏽")
    assert await invitation(bot) == ("yes", "")


@pytest.mark.long
async def test_edited_and_deleted_answers_are_told_what_holds(room: Room, bot: Runtime) -> None:
    ts = await tell(room, "jeg kommer")
    await room.desk.edit_message(room.bo, await conversation(room), ts, "jeg kommer ikke")
    await room.settle()
    assert words(await room.last(room.bo)).startswith("Du har rettet din besked. Det ændrer ikke dit svar")
    await room.desk.delete_message(room.bo, await conversation(room), ts)
    await room.settle()
    assert words(await room.last(room.bo)).startswith("Du har slettet din besked. Dit svar står alligevel")
    assert await invitation(bot) == ("yes", "")


@pytest.mark.long
async def test_named_day_must_be_the_meetings(room: Room, bot: Runtime) -> None:
    """The meeting is on Thursday 26 March, today is Monday 2 March."""
    await tell(room, "jeg kan ikke komme på torsdag")
    assert await invitation(bot) == (None, "")
    assert "Jeg er ikke sikker på, hvad du mener" in words(await room.last(room.bo))
    await tell(room, "jeg kan ikke komme den 26. marts")
    assert await invitation(bot) == ("no", "")


@pytest.mark.long
async def test_question_shows_the_answer_that_a_button_gives(room: Room, bot: Runtime) -> None:
    await tell(room, "jeg kommer vist ikke")
    asked = await room.last(room.bo)
    await room.press(room.bo, asked, "meeting.rsvp_no")
    assert await invitation(bot) == ("no", "")
    assert "Du har svaret: *Kommer ikke* ✔" in words((await room.desk.dm(room.bo))[-1])


@pytest.mark.long
async def test_mistake_is_asked_about(room: Room, bot: Runtime) -> None:
    await tell(room, "jeg kommer")
    await room.go_to(room.clock.now() + timedelta(minutes=11))
    await tell(room, "nej det var en fejl")
    assert words(await room.last(room.bo)).startswith("Så lad os få det rettet.")
    assert await invitation(bot) == ("yes", "")
