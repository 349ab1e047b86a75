"""A meeting in Slack: called, answered, changed, cancelled; seen by the people who are there."""

from __future__ import annotations

from typing import Any

import pytest
from icalendar import Calendar
from sqlalchemy import select, update

from bot.app import Runtime
from storage.models import Invitation, Member
from storage.unit_of_work import UnitOfWork
from tests.handlers.meetings.kit import FORM, Room, buttons, on, words


@pytest.fixture
def room(empty_room: Room) -> Room:
    return empty_room


async def test_called_meeting_reaches_members_channel_and_coordinator(room: Room) -> None:
    await room.call_meeting()

    card = await room.card(room.bo)
    assert words(card).splitlines() == [
        "KOL i praksis",
        "*Hvornår*",
        "torsdag den 26. marts kl. 16.30–19.00",
        "*Hvor*",
        "Lægehuset Nord",
        "*Mad*",
        "Vi spiser sammen",
        "*Svar senest*",
        "torsdag den 19. marts kl. 12.00",
        "*Mødetype*",
        "Temamøde",
        "*Kommer du?*",
        "Du kan ændre dit svar indtil torsdag den 19. marts kl. 12.00."
        " Du kan også bare skrive »jeg kommer« eller »nej, ferie« til mig.",
    ]
    assert buttons(card) == ["Kommer", "Måske", "Kommer ikke"]
    assert "0 kommer · 0 måske · 0 kommer ikke · 3 har ikke svaret" in words(await room.channel_card())
    desk_card = (await room.desk.dm(room.coordinator))[0]
    assert "torsdag den 26. marts kl. 16.30–19.00 (uge 13, 2026)" in words(desk_card)
    assert buttons(desk_card) == ["Se hvem", "Svar for en anden", "Påmind nu", "Dagsorden", "Ret", "Aflys mødet"]


@pytest.mark.long
@pytest.mark.both_databases
async def test_one_click_answers_and_every_card_shows_it(room: Room) -> None:
    await room.call_meeting()
    await room.press(room.bo, await room.card(room.bo), "meeting.rsvp_yes")

    card = await room.card(room.bo)
    assert "Du har svaret: *Kommer* ✔" in words(card)
    assert buttons(card)[:3] == ["✔ Kommer", "Måske", "Kommer ikke"]
    counts = "1 kommer · 0 måske · 0 kommer ikke · 2 har ikke svaret"
    assert counts in words(await room.channel_card())
    assert counts in words((await room.desk.dm(room.coordinator))[0])
    assert "Læge 2" not in str(await room.channel_card())


async def entries(room: Room, person: str) -> list[tuple[str, int, str]]:
    """What somebody's calendar was told: method, sequence and status, in order."""
    found = []
    for message in await room.desk.dm(person):
        for file in message.get("files") or []:
            calendar = Calendar.from_ical(await room.desk.file(person, file["id"]))
            [event] = calendar.walk("VEVENT")
            found.append((str(calendar["METHOD"]), int(event["SEQUENCE"]), str(event["STATUS"])))
    return found


@pytest.mark.long
async def test_calendar_file_comes_to_who_comes(room: Room) -> None:
    await room.call_meeting()
    for answer in ("yes", "maybe", "yes"):
        await room.press(room.bo, await room.card(room.bo), f"meeting.rsvp_{answer}")
    [said] = [message for message in await room.desk.dm(room.bo) if message.get("files")]
    assert said["text"].startswith("Til din kalender: KOL i praksis"), "the words stand with the file"
    assert len(await room.desk.dm(room.bo)) == 2, "the invitation, and one message more"
    [file] = said["files"]
    assert file["name"] == "klyngemoede.ics"
    calendar = (await room.desk.file(room.bo, file["id"])).decode()
    assert "METHOD:REQUEST" in calendar
    assert "DTSTART;TZID=Europe/Copenhagen:20260326T163000" in calendar
    assert await entries(room, room.ida) == []


@pytest.mark.long
async def test_entry_is_taken_back_from_who_no_longer_comes(room: Room) -> None:
    await room.call_meeting()
    for answer in ("yes", "no", "no", "yes"):
        await room.press(room.bo, await room.card(room.bo), f"meeting.rsvp_{answer}")
    await room.press(room.ida, await room.card(room.ida), "meeting.rsvp_no")
    assert await entries(room, room.bo) == [
        ("REQUEST", 0, "CONFIRMED"),
        ("CANCEL", 1, "CANCELLED"),
        ("REQUEST", 2, "CONFIRMED"),
    ]
    [back] = await room.find(room.bo, "taget ud igen")
    assert back["files"]
    assert words(back) == (
        "Står mødet i din kalender, så åbn filen; så bliver det taget ud igen: "
        "KOL i praksis, torsdag den 26. marts kl. 16.30–19.00."
    )
    assert await entries(room, room.ida) == [], "who never had one needs none taken back"


@pytest.mark.long
async def test_move_and_cancellation_reach_every_entry_that_was_handed_out(room: Room) -> None:
    await room.call_meeting()
    for person, said in ((room.bo, ("yes", "no", "maybe")), (room.ida, ("yes", "no"))):
        for answer in said:
            await room.press(person, await room.card(person), f"meeting.rsvp_{answer}")
    desk = (await room.desk.dm(room.coordinator))[0]
    await room.desk.act(room.coordinator, desk, "meeting.edit")
    await room.desk.submit(room.coordinator, values={"day": "2026-04-09"})
    await room.settle()
    await room.call_off()
    assert (await entries(room, room.bo))[3:] == [("REQUEST", 3, "CONFIRMED"), ("CANCEL", 4, "CANCELLED")]
    assert (await entries(room, room.ida))[2:] == []


@pytest.mark.long
async def test_entry_handed_out_before_entries_were_counted_is_taken_back_too(room: Room, bot: Runtime) -> None:
    await room.call_meeting()
    await room.press(room.bo, await room.card(room.bo), "meeting.rsvp_yes")
    async with bot.database.write() as session:
        await session.execute(update(Invitation).values(calendar_steps=None))
        await session.commit()
    await room.press(room.bo, await room.card(room.bo), "meeting.rsvp_no")
    assert [method for method, _, _ in await entries(room, room.bo)] == ["REQUEST", "CANCEL"]


@pytest.mark.long
async def test_reason_is_shown_to_the_member_and_the_coordinator_only(room: Room) -> None:
    await room.call_meeting()
    await room.press(room.bo, await room.card(room.bo), "meeting.rsvp_no")
    await room.desk.act(room.bo, await room.card(room.bo), "meeting.reason")
    await room.desk.submit(room.bo, values={"reason": "ferie <@U1>"})
    await room.settle()

    assert "Grund: ferie &lt;@U1&gt;" in words(await room.card(room.bo))
    await room.desk.act(room.coordinator, (await room.desk.dm(room.coordinator))[0], "meeting.who")
    view = await room.desk.top_view(room.coordinator)
    assert view is not None
    said = words(view["view"] | {"text": ""})
    assert "*Kommer ikke* (1)\n• Læge 2 – ferie &lt;@U1&gt;" in said
    assert "*Har ikke svaret* (2)\n• Læge 1\n• Læge 3" in said
    assert "ferie" not in str(await room.channel_card())


@pytest.mark.long
async def test_double_click_leaves_one_answer_and_no_noise(room: Room) -> None:
    await room.call_meeting()
    card = await room.card(room.bo)
    await room.press(room.bo, card, "meeting.rsvp_maybe")
    before = len(await room.desk.dm(room.bo))
    await room.press(room.bo, card, "meeting.rsvp_maybe")
    assert len(await room.desk.dm(room.bo)) == before


@pytest.mark.long
async def test_late_answer_is_passed_on_and_entered_by_the_coordinator(room: Room) -> None:
    await room.call_meeting()
    await room.go_to(on(3, 20, 9))
    await room.press(room.bo, await room.card(room.bo), "meeting.rsvp_no")

    said = words(await room.last(room.bo))
    assert said == (
        "Svarfristen udløb torsdag den 19. marts kl. 12.00: KOL i praksis, torsdag den 26. marts kl. 16.30–19.00."
        " Jeg har fortalt Læge 1, at du nu gerne vil svare »Kommer ikke«."
    )
    wish = await room.last(room.coordinator)
    assert buttons(wish) == ["Notér »Kommer ikke«"]
    await room.press(room.coordinator, wish, "meeting.late")
    assert "Du har svaret: *Kommer ikke* ✔ (noteret af Læge 1)" in words(await room.card(room.bo))


@pytest.mark.long
async def test_coordinator_answers_for_somebody_who_is_told(room: Room) -> None:
    await room.call_meeting()
    await room.desk.act(room.coordinator, (await room.desk.dm(room.coordinator))[0], "meeting.answer_for")
    guest = str(room.klynge.member_ids[room.bo])
    await room.desk.submit(room.coordinator, values={"guest": guest, "answer": "yes", "reason": ""})
    await room.settle()

    told = await room.find(room.bo, "noteret af Læge 1")
    assert [buttons(message)[0] for message in told] == ["✔ Kommer", "✔ Kommer"]  # the card, and word of it
    assert "Noteret for Læge 2: *Kommer*" in words(await room.last(room.coordinator))


@pytest.mark.long
@pytest.mark.both_databases
async def test_moved_meeting_is_told_once_and_keeps_the_answers(room: Room) -> None:
    await room.call_meeting()
    await room.press(room.bo, await room.card(room.bo), "meeting.rsvp_yes")
    before = len(await room.desk.dm(room.bo))
    await room.desk.act(room.coordinator, (await room.desk.dm(room.coordinator))[0], "meeting.edit")
    await room.desk.submit(room.coordinator, values={"day": "2026-04-09", "answer_day": "2026-03-31"})
    await room.settle()

    news = (await room.desk.dm(room.bo))[before:]
    assert [words(message).splitlines()[0] for message in news if message.get("blocks")] == [
        "Mødet er ændret: *KOL i praksis*, torsdag den 9. april kl. 16.30–19.00"
    ]
    assert words(news[0]).splitlines()[1] == "Før: torsdag den 26. marts kl. 16.30–19.00"
    assert "✔ Kommer" in buttons(news[0])
    files = [file["id"] for message in news for file in message.get("files") or []]
    assert "SEQUENCE:1" in (await room.desk.file(room.bo, files[0])).decode()
    assert "torsdag den 9. april" in words(await room.card(room.bo))
    assert len(await room.find(room.coordinator, "3 personer får besked")) == 1


@pytest.mark.long
@pytest.mark.both_databases
async def test_meeting_on_another_weekday_asks_those_who_had_answered_again(room: Room, bot: Runtime) -> None:
    await room.call_meeting()
    await room.press(room.bo, await room.card(room.bo), "meeting.rsvp_yes")
    await room.move(day="2026-03-27", place="Lægehuset Syd")

    [news] = await room.find(room.bo, "Mødet er ændret")
    assert words(news).splitlines()[:3] == [
        "Mødet er ændret: *KOL i praksis*, fredag den 27. marts kl. 16.30–19.00",
        "Før: torsdag den 26. marts kl. 16.30–19.00",
        "Sted før: Lægehuset Nord",
    ]
    asked = "Du svarede »Kommer«, da mødet var torsdag den 26. marts. *Kommer du fredag den 27. marts?*"
    assert asked in words(news)
    assert asked in words(await room.card(room.bo))
    assert "*Kommer du?*" in words((await room.find(room.ida, "Mødet er ændret"))[0]), "who had not answered"
    assert "3 har ikke svaret" in words(await room.channel_card())
    [kept] = await room.find(room.coordinator, "3 personer får besked")
    assert words(kept).endswith("1, der havde svaret, bliver spurgt igen, fordi det er en anden ugedag.")

    await room.press(room.bo, news, "meeting.rsvp_no")
    assert "Du har svaret: *Kommer ikke* ✔" in words(await room.card(room.bo))
    assert [method for method, _, _ in await entries(room, room.bo)] == ["REQUEST", "REQUEST", "CANCEL"]
    async with bot.database.read() as session:
        assert set(await session.scalars(select(Invitation.former_answer))) == {None}


@pytest.mark.long
async def test_another_weekday_wants_a_date_to_answer_by_that_lies_ahead(room: Room) -> None:
    await room.call_meeting()
    await room.go_to(on(3, 20, 9))
    said = await room.move(day="2026-03-27")
    assert said["errors"] == {
        "answer_day": "Mødet flyttes til en anden ugedag, så jeg spørger alle igen. Vælg en ny svarfrist."
    }


@pytest.mark.long
async def test_cards_of_a_meeting_that_is_over_ask_nothing_any_more(room: Room) -> None:
    await room.call_meeting()
    await room.press(room.bo, await room.card(room.bo), "meeting.rsvp_yes")
    await room.go_to(on(3, 26, 19, 1))
    for person, said in ((room.bo, "Du har svaret: *Kommer* ✔"), (room.ida, "Du svarede ikke.")):
        cards = await room.find(person, "KOL i praksis")
        assert words(cards[0]).endswith(f"{said}\nMødet er slut.")
        assert all(buttons(each) == [] for each in cards)
    assert buttons((await room.desk.dm(room.coordinator))[0]) == ["Se hvem"]
    assert words(await room.channel_card()).endswith("Mødet er slut.")


@pytest.mark.long
async def test_cancelled_meeting_is_struck_through_and_told_once(room: Room) -> None:
    await room.call_meeting()
    await room.press(room.bo, await room.card(room.bo), "meeting.rsvp_yes")
    cards = [(person, (await room.card(person))["ts"]) for person in (room.bo, room.ida)]
    await room.call_off("Oplægsholderen er <@U1> syg")

    [told] = await room.find(room.bo, "*Aflyst:*")
    assert words(told).splitlines()[2] == "Grund: Oplægsholderen er &lt;@U1&gt; syg"
    own = [each for person, ts in cards for each in await room.desk.dm(person) if each["ts"] == ts]
    for card in (await room.channel_card(), *own):
        assert "~KOL i praksis~" in words(card)
        assert "Grund: Oplægsholderen" in words(card)
    assert len(own) == 2
    await room.go_to(on(3, 27, 9))
    assert await room.find(room.ida, "Vi mangler dit svar") == []


@pytest.mark.long
async def test_click_on_the_old_card_of_a_cancelled_meeting_is_answered_kindly(room: Room, world: Any) -> None:
    await room.call_meeting()
    old = await room.card(room.bo)
    await room.desk.fail("chat.update", error="message_not_found", times=20)  # the card could not be edited
    await room.call_off()
    await room.press(room.bo, old, "meeting.rsvp_yes")
    assert words(await room.last(room.bo)) == "Mødet er aflyst. Du skal ikke gøre noget."


@pytest.mark.parametrize(
    ("changes", "errors"),
    [
        (
            {"day": "2026-02-26"},
            {
                "day": "Det tidspunkt er passeret. Vælg et tidspunkt, der ligger forude.",
                "answer_day": "Svarfristen skal ligge, før mødet begynder.",
            },
        ),
        ({"end": "16:00"}, {"end": "Mødet skal slutte, efter det er begyndt."}),
        ({"answer_day": "2026-03-27"}, {"answer_day": "Svarfristen skal ligge, før mødet begynder."}),
        (
            {"answer_day": "2026-03-01"},
            {"answer_day": "Svarfristen er allerede passeret. Vælg en senere dag eller et senere klokkeslæt."},
        ),
    ],
)
async def test_mistake_in_the_form_is_said_at_its_field_and_nothing_happens(
    room: Room, changes: dict[str, str], errors: dict[str, str]
) -> None:
    await room.desk.command(room.coordinator, room.klynge.channel, "/klynge møde")
    submitted = await room.desk.submit(room.coordinator, values=FORM | changes)
    await room.settle()
    assert submitted["errors"] == errors
    assert await room.desk.dm(room.bo) == []


async def test_holiday_is_a_warning_not_a_refusal(room: Room) -> None:
    await room.call_meeting(day="2026-04-02")
    assert "⚠ Bemærk: torsdag den 2. april er Skærtorsdag." in words((await room.desk.dm(room.coordinator))[0])


async def test_member_with_english_reads_english(room: Room, bot: Runtime) -> None:
    async with UnitOfWork(bot.database) as uow:
        bo = await uow.session.get(Member, room.klynge.member_ids[room.bo])
        assert bo is not None
        bo.language = "en"
        await uow.commit()
    await room.call_meeting()
    card = await room.card(room.bo)
    assert "Thursday 26 March, 16:30–19:00" in words(card)
    assert buttons(card) == ["Coming", "Maybe", "Not coming"]


@pytest.mark.long
async def test_coordinator_who_lost_the_role_is_refused_kindly(room: Room, bot: Runtime) -> None:
    await room.call_meeting()
    desk_card = (await room.desk.dm(room.coordinator))[0]
    async with UnitOfWork(bot.database) as uow:
        kirsten = await uow.session.get(Member, room.klynge.member_ids[room.coordinator])
        assert kirsten is not None
        kirsten.role = "member"
        await uow.commit()
    await room.press(room.coordinator, desk_card, "meeting.cancel")
    assert words(await room.last(room.coordinator)) == "Det er kun klyngens koordinator, der kan gøre det."
    assert await room.find(room.bo, "Aflyst") == []


@pytest.mark.long
async def test_member_who_asks_for_meetings_sees_those_ahead_and_the_own_answer(room: Room) -> None:
    await room.call_meeting()
    await room.press(room.bo, await room.card(room.bo), "meeting.rsvp_yes")
    answer = await room.desk.command(room.bo, room.klynge.channel, "/klynge møde")
    assert answer["response"]["text"] == (
        "Kommende møder. Du svarer på kortet i dine private beskeder fra mig.\n"
        "• *KOL i praksis*, torsdag den 26. marts kl. 16.30–19.00 – Kommer"
    )


async def test_stranger_is_answered_kindly(room: Room, world: Any) -> None:
    stranger = world.add_person("Vikar")
    await room.desk.join(room.klynge.channel, stranger)
    answer = await room.desk.command(stranger, room.klynge.channel, "/klynge møde")
    assert answer["response"]["text"] == (
        "Jeg kender dig ikke endnu. Bed din klynges koordinator om at sætte dig på medlemslisten."
    )


@pytest.mark.long
async def test_typed_answer_is_understood_echoed_and_can_be_changed(room: Room) -> None:
    await room.call_meeting()
    await room.desk.say(room.bo, (await room.card(room.bo))["channel"], "nej desværre, ferie")
    await room.settle()

    echo = await room.last(room.bo)
    assert words(echo).splitlines()[:3] == [
        "Det har jeg noteret om *KOL i praksis*, torsdag den 26. marts kl. 16.30–19.00:",
        "Du har svaret: *Kommer ikke* ✔",
        "Grund: ferie",
    ]
    await room.press(room.bo, echo, "meeting.rsvp_maybe")
    assert "Du har svaret: *Måske* ✔" in words((await room.find(room.bo, "Det har jeg noteret"))[0])
    assert "Du har svaret: *Måske* ✔" in words(await room.card(room.bo))


@pytest.mark.long
async def test_words_in_the_thread_of_a_card_belong_to_that_meeting(room: Room) -> None:
    await room.call_meeting()
    await room.call_meeting(title="Opioider", day="2026-05-07", answer_day="2026-04-30")
    second = (await room.find(room.bo, "Opioider"))[0]
    await room.desk.say(room.bo, second["channel"], "jeg kommer", thread_ts=second["ts"])
    await room.settle()
    assert "Du har svaret: *Kommer* ✔" in words((await room.find(room.bo, "Opioider"))[0])
    assert "*Kommer du?*" in words((await room.find(room.bo, "KOL i praksis"))[0])


@pytest.mark.long
async def test_words_that_could_mean_several_meetings_are_asked_about(room: Room) -> None:
    await room.call_meeting()
    await room.call_meeting(title="Opioider", day="2026-05-07", answer_day="2026-04-30")
    await room.desk.say(room.bo, (await room.card(room.bo))["channel"], "jeg kommer")
    await room.settle()
    question = await room.last(room.bo)
    assert words(question).splitlines()[:2] == [
        "Hvilket møde tænker du på?",
        "*KOL i praksis*",
    ]
