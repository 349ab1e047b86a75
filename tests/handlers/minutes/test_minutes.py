"""Minutes: asked of somebody who comes, written when the meeting is over, seen, sent to all, corrected, found again."""

from __future__ import annotations

from typing import Any

import pytest

from bot.app import Runtime
from storage.models import Member
from storage.unit_of_work import UnitOfWork
from tests.handlers.meetings.kit import Room, buttons, on, words
from tests.measures.printed.reading_aloud import parts, words_of

EVENING = on(3, 26, 19, 5)
TEXT = {
    "points": "Spirometri:\nAlle måler en gang om året\nTomt emne:",
    "practices": "- Sygeplejersken indkalder hver oktober",
    "shared": "Vores brev: https://example.org/brev",
}


async def answer(room: Room, person: str, how: str) -> None:
    await room.press(person, await room.card(person), f"meeting.rsvp_{how}")


async def listed(room: Room, person: str, line: str = "/klynge referat") -> Any:
    """What the command shows, where its buttons can be pressed."""
    await room.desk.command(person, room.klynge.channel, line)
    return (await room.desk.messages(person, room.klynge.channel))[-1]


async def top(room: Room, person: str) -> Any:
    """The window that is open."""
    return (await room.desk.state(person))["views"][-1]["view"]


async def preview_of(room: Room, person: str) -> Any:
    """The newest preview in somebody's direct messages."""
    return [each for each in await room.desk.dm(person) if "Send nu" in buttons(each)][-1]


async def received(room: Room, person: str) -> list[Any]:
    """The minutes that somebody has got."""
    return [each for each in await room.find(person, "*Referat*: ") if not buttons(each)]


async def pick(room: Room) -> list[str]:
    """The coordinator opens the list and the form; whom the form offers, in order."""
    await room.desk.act(room.coordinator, await listed(room, room.coordinator), "meeting.minutes_pick")
    view = await top(room, room.coordinator)
    element = next(block["element"] for block in view["blocks"] if block["type"] == "input")
    return [option["text"]["text"] for option in element["options"]]


async def ask_bo(room: Room) -> Member | None:
    await answer(room, room.coordinator, "yes")
    await answer(room, room.bo, "yes")
    await answer(room, room.ida, "no")
    await pick(room)
    await room.desk.submit(room.coordinator, values={"taker": str(room.klynge.member_ids[room.bo])})
    await room.settle()
    return None


async def write(room: Room, person: str, message: Any, **changes: str) -> Any:
    await room.desk.act(person, message, "meeting.minutes_write")
    said = await room.desk.submit(person, values=TEXT | changes)
    await room.settle()
    return said


async def test_whoever_comes_is_offered_and_who_runs_the_cluster_last(room: Room) -> None:
    await answer(room, room.coordinator, "yes")
    await answer(room, room.ida, "yes")
    await answer(room, room.bo, "no")
    offered = await pick(room)
    assert len(offered) == 2
    assert offered[-1].endswith("(leder mødet)")


async def test_minutes_are_written_seen_and_sent_the_same_evening_also_to_who_said_no(room: Room) -> None:
    await ask_bo(room)
    [card] = await room.find(room.bo, "spørger, om du vil skrive referat")
    assert buttons(card) == ["Se formularen", "Nej, spørg en anden"]
    await room.go_to(EVENING)
    [over] = await room.find(room.bo, "er slut. Skriv referatet")
    assert (await write(room, room.bo, over)).get("errors") is None
    preview = await preview_of(room, room.bo)
    assert "Det går til 3 medlemmer, også dem, der ikke kunne komme." in words(preview)
    assert buttons(preview) == ["Send fredag den 27. marts kl. 08.00", "Send nu", "Skriv videre"]
    assert await received(room, room.ida) == []
    await room.press(room.bo, preview, "meeting.minutes_send")
    for person in (room.ida, room.coordinator):
        [sent] = await received(room, person)
        said = words(sent)
        assert "_Spirometri:_\n• Alle måler en gang om året" in said
        assert "• Sygeplejersken indkalder hver oktober" in said
        assert "Tomt emne" not in said
        [file] = [
            file for each in await room.desk.dm(person) for file in each.get("files", []) if "referat" in file["name"]
        ]
        pdf = await room.desk.file(person, file["id"])
        heads = [(tag, told) for tag, told in parts(pdf) if tag in {"/H1", "/H2", "/H3"}]
        assert heads == [
            ("/H1", "Referat: KOL i praksis"),
            ("/H2", "Hovedpunkter"),
            ("/H3", "Spirometri"),
            ("/H2", "Hvem gør hvad, hvor ofte?"),
            ("/H2", "Procedurer og links"),
        ]
        assert "Sygeplejersken indkalder hver oktober" in " ".join(words_of(pdf))
        assert file["name"] == "referat-2026-03-26.pdf"
    await room.press(room.bo, preview, "meeting.minutes_send")
    assert len(await received(room, room.ida)) == 1


async def test_correction_is_a_version_that_says_what_changed(room: Room) -> None:
    await ask_bo(room)
    await room.go_to(EVENING)
    [over] = await room.find(room.bo, "er slut. Skriv referatet")
    await write(room, room.bo, over)
    first = await preview_of(room, room.bo)
    await room.press(room.bo, first, "meeting.minutes_send")
    await write(room, room.bo, over, points="Spirometri:\nAlle måler to gange om året")
    await room.press(room.bo, await preview_of(room, room.bo), "meeting.minutes_send")
    said = words((await room.find(room.ida, "Rettet referat"))[0])
    assert said.startswith("*Rettet referat* (udgave 2): *KOL i praksis*")
    assert "Hovedpunkter, nyt: Alle måler to gange om året" in said
    assert "Hovedpunkter, udgået: ~Alle måler en gang om året~" in said


async def test_sent_in_the_morning_nobody_hears_in_the_evening(room: Room) -> None:
    await ask_bo(room)
    await room.go_to(EVENING)
    await write(room, room.bo, (await room.find(room.bo, "er slut. Skriv referatet"))[0])
    await room.press(room.bo, await preview_of(room, room.bo), "meeting.minutes_morning")
    assert await received(room, room.ida) == []
    await room.go_to(on(3, 27, 8, 1))
    assert len(await received(room, room.ida)) == 1


async def test_what_is_begun_is_gone_on_with_and_two_who_write_lose_nothing(room: Room) -> None:
    await ask_bo(room)
    await room.go_to(EVENING)
    [over] = await room.find(room.bo, "er slut. Skriv referatet")
    mine = await listed(room, room.coordinator)
    await room.desk.act(room.coordinator, mine, "meeting.minutes_write")  # open while Bo writes
    await write(room, room.bo, over)
    late = await room.desk.submit(room.coordinator, values={"points": "Noget andet"})
    assert "En anden har skrevet i referatet" in late["errors"]["points"]
    await room.desk.act(room.bo, over, "meeting.minutes_write")
    view = await top(room, room.bo)
    begun = [block["element"].get("initial_value") for block in view["blocks"] if block["type"] == "input"]
    assert begun == [TEXT["points"], TEXT["practices"], TEXT["shared"]]


async def test_nothing_about_patients_is_kept_and_empty_minutes_are_refused(room: Room) -> None:
    await ask_bo(room)
    await room.go_to(EVENING)
    [over] = await room.find(room.bo, "er slut. Skriv referatet")
    said = await write(room, room.bo, over, points="Patienten 010190-1234 blev nævnt")
    assert "CPR-nummer" in said["errors"]["points"]
    said = await write(room, room.bo, over, points="Kun en overskrift:", practices="", shared=" ")
    assert said["errors"] == {"points": "Skriv mindst én linje."}


async def test_who_says_no_is_not_asked_again_and_the_coordinator_hears(room: Room) -> None:
    await ask_bo(room)
    await room.press(room.bo, (await room.find(room.bo, "spørger, om du vil"))[0], "meeting.minutes_decline")
    assert buttons((await room.find(room.coordinator, "kan ikke skrive referat"))[0]) == ["Vælg en anden"]
    await room.go_to(EVENING)
    assert await room.find(room.bo, "er slut. Skriv referatet") == []


async def test_words_are_found_again_by_members_and_by_nobody_else(room: Room, bot: Runtime) -> None:
    await ask_bo(room)
    await room.go_to(EVENING)
    await write(room, room.bo, (await room.find(room.bo, "er slut. Skriv referatet"))[0])
    find = "/klynge referat SYGEplejersken oktober"
    unsent = await listed(room, room.ida, find)
    assert unsent["text"].startswith("Det står der ikke noget om")
    await room.press(room.bo, await preview_of(room, room.bo), "meeting.minutes_send")
    found = await listed(room, room.ida, find)
    assert "• Sygeplejersken indkalder hver oktober" in found["text"]
    await room.desk.act(room.ida, found, "meeting.minutes_show")
    shown = str((await top(room, room.ida))["blocks"])
    assert "Alle måler en gang om året" in shown
    async with UnitOfWork(bot.database) as uow:
        (await uow.session.get_one(Member, room.klynge.member_ids[room.ida])).role = "observer"
        await uow.commit()
    refused = await listed(room, room.ida, find)
    assert refused["text"].startswith("Referater er for klyngens medlemmer.")


async def test_who_does_not_take_them_any_more_can_neither_write_nor_send(room: Room) -> None:
    await ask_bo(room)
    await room.go_to(EVENING)
    [over] = await room.find(room.bo, "er slut. Skriv referatet")
    await write(room, room.bo, over)
    await room.press(room.bo, over, "meeting.minutes_decline")
    await room.press(room.bo, await preview_of(room, room.bo), "meeting.minutes_send")
    assert await received(room, room.ida) == []
    await room.desk.act(room.bo, over, "meeting.minutes_write")
    assert (await room.desk.state(room.bo))["views"] == []
    assert buttons(await listed(room, room.ida)) == []


async def test_moved_meeting_moves_the_question_and_a_cancelled_one_asks_nothing(room: Room) -> None:
    await ask_bo(room)
    await room.move(day="2026-04-09")
    await room.go_to(EVENING)
    assert await room.find(room.bo, "er slut. Skriv referatet") == []
    await room.go_to(on(4, 9, 19, 5))
    assert len(await room.find(room.bo, "er slut. Skriv referatet")) == 1


@pytest.mark.parametrize("said", ["hvor er referatet?", "hvad står der i referatet om oktober"])
async def test_plain_words_show_it(room: Room, said: str) -> None:
    await ask_bo(room)
    await room.go_to(EVENING)
    await write(room, room.bo, (await room.find(room.bo, "er slut. Skriv referatet"))[0])
    await room.press(room.bo, await preview_of(room, room.bo), "meeting.minutes_send")
    dm = next(each["id"] for each in (await room.desk.state(room.ida))["channels"] if each["kind"] == "im")
    await room.desk.say(room.ida, dm, said)
    await room.settle()
    assert "KOL i praksis" in words(await room.last(room.ida))
