"""Who eats with us: asked beside the answer, counted for the kitchen, diets without names and not kept."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from bot.app import Runtime
from storage.models import Inbox, Invitation, Undoable
from tests.handlers.meetings.kit import Room, buttons, on, words


async def on_the_desk(room: Room) -> str:
    return words((await room.desk.dm(room.coordinator))[0])


@pytest.mark.long
async def test_who_comes_is_asked_about_food_and_the_kitchen_gets_the_count(room: Room) -> None:
    assert "Spiser med" not in buttons(await room.card(room.bo)), "coming is asked first"
    await room.press(room.bo, await room.card(room.bo), "meeting.rsvp_yes")
    await room.press(room.ida, await room.card(room.ida), "meeting.rsvp_maybe")
    assert "*Spiser du med?*" in words(await room.card(room.bo))
    assert "Mad til 1–2." in await on_the_desk(room), "silence about food is no no"

    await room.press(room.bo, await room.card(room.bo), "meeting.eats_not")
    card = await room.card(room.bo)
    assert "Du spiser ikke med ✔" in words(card)
    assert "Kost eller allergi" not in buttons(card)
    assert "Mad til 0–1." in await on_the_desk(room)
    await room.desk.act(room.coordinator, (await room.desk.dm(room.coordinator))[0], "meeting.who")
    view = await room.desk.top_view(room.coordinator)
    assert view is not None
    assert "• Læge 2 (spiser ikke med)" in words(view["view"] | {"text": ""})

    await room.press(room.bo, card, "meeting.rsvp_no")
    assert "Spiser" not in str(buttons(await room.card(room.bo)))


@pytest.mark.long
@pytest.mark.both_databases
async def test_diet_is_seen_without_a_name_and_gone_with_the_meeting(room: Room, bot: Runtime) -> None:
    for person, diet in ((room.bo, "vegetar <!channel>"), (room.ida, "ingen nødder")):
        await room.press(person, await room.card(person), "meeting.rsvp_yes")
        await room.desk.act(person, await room.card(person), "meeting.diet")
        await room.desk.submit(person, values={"diet": diet})
        await room.settle()
    assert "Du spiser med ✔\nKost: ingen nødder" in words(await room.card(room.ida))
    assert "Mad til 2. Kost: ingen nødder; vegetar &lt;!channel&gt;." in await on_the_desk(room)
    assert "nødder" not in str(await room.channel_card())

    await room.go_to(on(3, 19, 12, 1))
    [final] = await room.find(room.coordinator, "Svarfristen er udløbet for")
    assert words(final).endswith("Mad til 2. Kosthensyn står på mødets eget kort.")
    assert "Spiser med" not in str(buttons(await room.card(room.ida))), "the food is ordered"

    await room.go_to(on(3, 26, 19, 1))
    async with bot.database.read() as session:
        assert set(await session.scalars(select(Invitation.diet))) == {""}
        kept = [*(await session.scalars(select(Inbox.body))), *(await session.scalars(select(Undoable.became)))]
        assert not [each for each in kept if "nødder" in str(each) or "vegetar" in str(each)]
    said = [str(message) for person in (room.bo, room.ida, room.coordinator) for message in await room.desk.dm(person)]
    assert not [message for message in said if "nødder" in message or "vegetar" in message]


@pytest.mark.long
async def test_old_card_does_not_change_food_that_is_ordered(room: Room) -> None:
    await room.press(room.bo, await room.card(room.bo), "meeting.rsvp_yes")
    old = await room.card(room.bo)
    await room.desk.fail("chat.update", error="message_not_found", times=20)  # the card could not be edited
    await room.go_to(on(3, 20, 9))
    await room.press(room.bo, old, "meeting.eats_not")
    assert words(await room.last(room.bo)) == "Maden er bestilt efter de svar, der var. Sig det til koordinatoren."
