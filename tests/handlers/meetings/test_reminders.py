"""What comes by itself around a meeting, as the calendar moves."""

from __future__ import annotations

import pytest

from tests.handlers.meetings.kit import Room, buttons, on, words

ASKED = "Vi mangler dit svar: *KOL i praksis*"


@pytest.mark.long
async def test_only_those_who_have_not_answered_are_reminded(room: Room) -> None:
    await room.press(room.bo, await room.card(room.bo), "meeting.rsvp_no")
    await room.go_to(on(3, 5, 11, 59))
    assert await room.find(room.ida, ASKED) == []
    await room.go_to(on(3, 5, 12))
    assert len(await room.find(room.ida, ASKED)) == 1
    assert await room.find(room.bo, ASKED) == []


@pytest.mark.long
async def test_reminders_stop_at_three_and_the_coordinator_gets_names(room: Room) -> None:
    await room.press(room.bo, await room.card(room.bo), "meeting.rsvp_yes")
    await room.press(room.coordinator, await room.card(room.coordinator), "meeting.rsvp_yes")
    for day in range(3, 20):
        await room.go_to(on(3, day, 12))
    assert len(await room.find(room.ida, ASKED)) == 3

    digest = (await room.find(room.coordinator, "1 har ikke svaret på indkaldelsen til KOL i praksis"))[0]
    assert words(digest).splitlines() == [
        "1 har ikke svaret på indkaldelsen til KOL i praksis, torsdag den 26. marts kl. 16.30–19.00: Læge 3.",
        "Svarfristen er torsdag den 19. marts kl. 12.00. Jeg minder dem ikke om det igen af mig selv.",
    ]
    assert buttons(digest) == ["Påmind igen", "Se hvem", "Svar for en anden"]
    final = await room.last(room.coordinator)
    assert words(final) == (
        "Svarfristen er udløbet for KOL i praksis, torsdag den 26. marts kl. 16.30–19.00:"
        " 2 kommer · 0 måske · 0 kommer ikke · 1 har ikke svaret. Mad til 2."
    )


@pytest.mark.long
async def test_answer_in_the_reminder_shows_in_the_reminder_and_in_the_card(room: Room) -> None:
    await room.go_to(on(3, 5, 12))
    await room.press(room.ida, (await room.find(room.ida, ASKED))[0], "meeting.rsvp_yes")
    answered = await room.find(room.ida, "Du har svaret: *Kommer* ✔")
    assert len(answered) == 2
    assert await room.find(room.ida, ASKED) == []


@pytest.mark.long
async def test_remind_me_later_moves_the_next_reminder(room: Room) -> None:
    await room.go_to(on(3, 11, 20))
    await room.press(room.ida, await room.card(room.ida), "meeting.snooze", selected_option="1:tomorrow")
    assert "Jeg minder dig om det torsdag den 12. marts kl. 08.00." in words(await room.card(room.ida))
    before = len(await room.find(room.ida, ASKED))
    await room.go_to(on(3, 12, 8))
    assert len(await room.find(room.ida, ASKED)) == before + 1
    await room.go_to(on(3, 12, 12))  # the ordinary reminder of that day stays away
    assert len(await room.find(room.ida, ASKED)) == before + 1


@pytest.mark.long
async def test_coordinators_reminder_at_night_waits_for_the_morning(room: Room) -> None:
    await room.go_to(on(3, 3, 21, 30))
    desk_card = (await room.desk.dm(room.coordinator))[0]
    await room.press(room.coordinator, desk_card, "meeting.remind")
    assert words(await room.last(room.coordinator)) == (
        "Jeg venter, til folk er på arbejde: onsdag den 4. marts kl. 08.00 minder jeg Læge 2 og Læge 3 om at svare:"
        " *KOL i praksis*, torsdag den 26. marts kl. 16.30–19.00."
    )
    assert await room.find(room.ida, ASKED) == []
    await room.go_to(on(3, 4, 8))
    assert len(await room.find(room.ida, ASKED)) == 1


@pytest.mark.long
async def test_who_was_reminded_today_is_named_and_asked_on_the_next_workday(room: Room) -> None:
    desk_card = (await room.desk.dm(room.coordinator))[0]
    await room.go_to(on(3, 4, 9))
    await room.press(room.coordinator, desk_card, "meeting.remind")
    said = words(await room.last(room.coordinator))
    assert said.startswith("Jeg minder Læge 2 og Læge 3 om at svare: *KOL i praksis*")
    await room.press(room.coordinator, desk_card, "meeting.remind")
    assert "all" in words(await room.last(room.coordinator)), "a second press owes nothing"


@pytest.mark.long
async def test_note_of_the_eve_goes_to_those_who_come_or_may_come(room: Room) -> None:
    await room.press(room.bo, await room.card(room.bo), "meeting.rsvp_yes")
    await room.press(room.ida, await room.card(room.ida), "meeting.rsvp_no")
    await room.go_to(on(3, 25, 10))
    notes = [len(await room.find(user, "Vi ses snart")) for user in (room.bo, room.ida, room.coordinator)]
    assert notes == [1, 0, 0]
    assert words((await room.find(room.bo, "Vi ses snart"))[0]).splitlines()[:3] == [
        "Vi ses snart: *KOL i praksis*, torsdag den 26. marts kl. 16.30–19.00.",
        "Sted: Lægehuset Nord",
        "Der er mad.",
    ]


@pytest.mark.long
async def test_after_weeks_without_power_nobody_is_flooded(room: Room) -> None:
    before = len(await room.desk.dm(room.ida))
    await room.go_to(on(3, 18, 9))  # two reminders have become due meanwhile, and the third
    assert len(await room.desk.dm(room.ida)) == before + 1


@pytest.mark.long
async def test_person_on_leave_is_left_in_peace(room: Room) -> None:
    await room.go_to(on(3, 2, 10))
    await room.desk.home(room.ida)
    await room.settle()
    await room.desk.act(room.ida, (await room.desk.state(room.ida))["home"], "member.settings")
    await room.desk.submit(room.ida, values={"away_until": "2026-03-14"})
    await room.settle()
    await room.go_to(on(3, 12, 12))
    assert await room.find(room.ida, ASKED) == []
    await room.go_to(on(3, 17, 12))
    assert len(await room.find(room.ida, ASKED)) == 1


@pytest.mark.long
async def test_own_hours_hold_for_reminders_and_not_for_the_hour_that_was_chosen(room: Room) -> None:
    await room.desk.home(room.ida)
    await room.settle()
    await room.desk.act(room.ida, (await room.desk.state(room.ida))["home"], "member.settings")
    await room.desk.submit(room.ida, values={"reminders_from": "13"})
    await room.settle()
    assert "Påmindelser kun mellem kl. 13 og 17." in str((await room.desk.state(room.ida))["home"])
    desk_card = (await room.desk.dm(room.coordinator))[0]
    await room.go_to(on(3, 4, 9))
    await room.press(room.coordinator, desk_card, "meeting.remind")
    said = words(await room.last(room.coordinator))
    assert said.startswith("Jeg minder Læge 2 om at svare:")
    assert "Læge 3 får den onsdag den 4. marts kl. 13.00: " in said
    assert await room.find(room.ida, ASKED) == []
    await room.go_to(on(3, 4, 13))
    assert len(await room.find(room.ida, ASKED)) == 1
