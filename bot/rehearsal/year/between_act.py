"""Between a year's meetings: a look back, a visit that is moved, a meeting that is called off, a date by poll."""

from __future__ import annotations

from bot.rehearsal.beginnings import MEETING, pass_days
from bot.rehearsal.play import Play
from handlers.changes.ids import Action as ChangeAction
from handlers.meetings.ids import Action as MeetingAction
from handlers.polls.ids import Action as PollAction

VISIT = MEETING | {
    "kind": "visit",
    "title": "Besøg hos akutmodtagelsen",
    "day": "2026-09-24",
    "answer_day": "2026-09-10",
    "note": "",
    "food": [],
}
HOST = {"with_whom": "Overlægen i akutmodtagelsen", "place": "Hovedindgangen"}
ONLINE = MEETING | {
    "kind": "virtual",
    "title": "Nyt fra kommunen",
    "day": "2026-11-12",
    "answer_day": "2026-11-05",
    "note": "",
    "food": [],
}
POLL = {"title": "Astma", "place": "Sundhedshuset, mødelokale 2", "answer_day": "2026-11-27", "answer_time": "12:00"}
LINK = {"link": "https://moede.example/klynge"}
REASON = "Kommunen er ikke klar endnu. Vi tager det til foråret."


async def looked_back(play: Play) -> None:
    """Two or three weeks after, each who said something is asked once how it goes."""
    play.chapter("Tre uger efter: hvordan går det?")
    await pass_days(play, until="2026-05-15")
    asked = await play.holders(ChangeAction.COMMITMENT_GOING)
    play.expect("spurgt, hvordan det går", bool(asked), True)
    for name in asked[:1]:
        await play.presses(name, ChangeAction.COMMITMENT_GOING)
    before = await play.posted("commitment.look")
    await pass_days(play, until="2026-05-29")
    play.expect("spurgt igen", await play.posted("commitment.look"), before)


async def visit_moved(play: Play) -> None:
    """A visit is planned and moved to another weekday; everybody who was invited hears it and is asked again."""
    cast = play.stage.cast
    lead, guest = cast.coordinator, cast.waverer
    play.chapter("Et besøg, der bliver flyttet")
    await play.at("2026-06-01", 9)
    await play.types(lead, "/klynge møde")
    await play.sends(lead, VISIT, "vælger et besøg")
    await play.sends(lead, HOST, "skriver, hvem der tager imod, og hvor de mødes")
    await play.presses(guest, MeetingAction.MEETING_YES)
    await play.at("2026-06-02", 9)
    await play.presses(lead, MeetingAction.MEETING_EDIT)
    await play.sends(lead, {"day": "2026-09-30", "answer_day": "2026-09-16"}, "flytter det til en onsdag")
    invited = sorted(doctor.name for doctor in cast.doctors)
    play.expect("har hørt, at besøget er flyttet", sorted(await play.shown("30. september")), invited)
    await play.says(guest, "jeg kommer til besøget")
    await play.presses(guest, MeetingAction.MEETING_YES)


async def called_off(play: Play) -> None:
    """A meeting online is called off with a reason, which everybody invited gets."""
    cast = play.stage.cast
    lead = cast.coordinator
    play.chapter("Et møde online, der bliver aflyst")
    await play.at("2026-06-03", 9)
    await play.types(lead, "/klynge møde")
    await play.sends(lead, ONLINE, "vælger et møde online")
    await play.sends(lead, LINK, "sætter linket ind")
    await play.at("2026-06-04", 9)
    await play.presses(lead, MeetingAction.MEETING_CANCEL)
    await play.sends(lead, {"reason": REASON}, "aflyser og skriver hvorfor")
    invited = sorted(doctor.name for doctor in cast.doctors)
    play.expect("har hørt hvorfor", sorted(await play.shown(REASON)), invited)


async def visited(play: Play) -> None:
    """The visit takes place, and its list is kept as they had answered."""
    play.chapter("Efter besøget")
    await pass_days(play, until="2026-09-29")
    await play.at("2026-09-30", 16, 20)
    await pass_days(play, until="2026-10-01")
    await play.presses(play.stage.cast.coordinator, MeetingAction.MEETING_ATTENDED)


async def date_found(play: Play) -> None:
    """Two evenings are put to everybody; the silent are reminded; the better one becomes a meeting by one click."""
    cast = play.stage.cast
    lead = cast.coordinator
    play.chapter("Hvornår mødes vi næste gang?")
    await play.at("2026-11-16", 9)
    await play.types(lead, "/klynge datoer torsdag d. 14. januar eller tirsdag d. 19. januar kl. 17")
    await play.sends(lead, POLL, "udfylder og ser det efter")
    await play.sends(lead, {}, "sender")
    asked = sorted(doctor.name for doctor in cast.doctors)
    play.expect("spurgt om datoer", sorted(await play.holders(PollAction.POLL_YES)), asked)
    for doctor in [lead, *cast.prompt]:
        await play.presses(doctor, PollAction.POLL_YES)
    await play.presses(cast.waverer, PollAction.POLL_REST)
    await pass_days(play, until="2026-11-27")
    await play.presses(lead, PollAction.POLL_SETTLE)
    play.expect("har hørt datoen", sorted(await play.shown("14. januar")), asked)


async def year_closed(play: Play) -> None:
    """The year's list is fetched."""
    cast = play.stage.cast
    play.chapter("Året er gået")
    await play.at("2026-12-30", 9)
    answer = await play.types(cast.waverer, "/klynge fremmøde")
    said = str((answer.get("response") or {}).get("text"))
    play.expect("den, der var der begge gange", "2 af 2" in said, True)
    await play.types(cast.coordinator, "/klynge eksport")
