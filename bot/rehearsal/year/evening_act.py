"""The evening itself: an agenda, somebody who chairs by a card, the time, and what each practice changes."""

from __future__ import annotations

import re

from bot.rehearsal.play import Play
from handlers.agendas.ids import Action as AgendaAction
from handlers.chairing.ids import Action as ChairAction
from handlers.changes.ids import Action as ChangeAction
from handlers.evaluations.ids import Action as EvaluationAction
from handlers.groups.ids import Action as GroupAction
from handlers.minutes.ids import Action as MinutesAction

GOOD = {"learning": "4", "company": "5", "sparring": "4", "speaker": "3", "data": "4", "benefit": "4"}
PIN = re.compile(r"her (\d{4})")
MINUTES = {
    "points": "Spirometri:\nAlle måler en gang om året\nTelefontid:\nTages op næste gang",
    "practices": "- Sygeplejersken indkalder hver oktober",
    "shared": "Indkaldelsesbrevet: https://praksis.example/brev",
}


async def agenda_shared(play: Play) -> None:
    """The coordinator makes an agenda, a member wishes a point, all see it, and somebody else chairs."""
    cast = play.stage.cast
    lead, wisher = cast.coordinator, cast.waverer
    play.chapter("Dagsordenen")
    await play.types(lead, "/klynge dagsorden")
    await play.types(wisher, "/klynge dagsorden")
    await play.presses(wisher, AgendaAction.MEETING_AGENDA_WISH)
    await play.sends(wisher, {"wish": "Hvem tager telefonen fra 8 til 9?"}, "foreslår et punkt")
    await play.presses(lead, AgendaAction.MEETING_AGENDA_LATER)
    await play.presses(lead, AgendaAction.MEETING_AGENDA_SHARE)
    await play.sends(lead, {}, "deler dagsordenen")
    await play.presses(lead, AgendaAction.MEETING_CHAIR)
    await play.sends(lead, {"chair": await play.option(lead, "chair", wisher.name)}, f"beder {wisher.name} om at lede")


async def steered(play: Play, day: str) -> None:
    """The one who chairs starts late, is told of the time, parks an objection and ends the meeting."""
    cast = play.stage.cast
    chair = cast.waverer
    play.chapter("Aftenen")
    await play.at(day, 16, 20)
    await play.at(day, 16, 40)
    await play.presses(chair, ChairAction.MEETING_BEGIN)
    heard = {doctor.name: len(await play.stage.seen_by(doctor)) for doctor in cast.doctors if doctor != chair}
    await play.presses(chair, ChairAction.MEETING_NEXT)
    await play.at(day, 16, 57)
    await play.presses(chair, ChairAction.MEETING_PARK)
    await play.sends(chair, {"words": "Vores system tæller også tidligere patienter med."}, "parkerer en indvending")
    now = {doctor.name: len(await play.stage.seen_by(doctor)) for doctor in cast.doctors if doctor != chair}
    play.expect("hører om tiden ud over mødelederen", [name for name in now if now[name] != heard[name]], [])


async def checked_in(play: Play) -> None:
    """The chair opens the door; members write the PIN of the screen, and a wrong one opens nothing."""
    cast = play.stage.cast
    chair = cast.waverer
    await play.presses(chair, ChairAction.MEETING_ADMIT)
    pin = next(PIN.findall(each) for each in await play.words_to(chair) if PIN.search(each))[-1]
    await play.says(cast.prompt[0], f"her {'1111' if pin != '1111' else '2222'}")
    for doctor in cast.prompt:
        await play.says(doctor, f"her {pin}")


async def grouped(play: Play) -> None:
    """Groups are dealt from those who came, and each is told which."""
    lead = play.stage.cast.coordinator
    await play.types(lead, "/klynge grupper")
    await play.presses(lead, GroupAction.MEETING_DEAL)
    await play.presses(lead, GroupAction.MEETING_GROUPS_SHOW)
    await play.sends(
        lead, {"questions": "Hvad overrasker jer?\nHvad kunne I gøre i morgen?", "minutes": "20"}, "viser dem"
    )


async def taker_found(play: Play) -> None:
    """Somebody who comes, and doesn't chair, is asked to take the minutes."""
    cast = play.stage.cast
    lead, taker = cast.coordinator, cast.prompt[0]
    play.chapter("Hvem skriver referat?")
    await play.types(lead, "/klynge referat")
    await play.presses(lead, MinutesAction.MINUTES_PICK)
    await play.sends(lead, {"taker": await play.option(lead, "taker", taker.name)}, f"spørger {taker.name}")


async def minutes_sent(play: Play, day: str) -> None:
    """They are written the same evening, seen, and sent to all."""
    cast = play.stage.cast
    taker = cast.prompt[0]
    play.chapter("Referatet, samme aften")
    await play.at(day, 19, 5)
    await play.presses(taker, MinutesAction.MINUTES_WRITE)
    await play.sends(taker, MINUTES, "skriver hovedpunkterne")
    await play.presses(taker, MinutesAction.MINUTES_SEND)
    got = await play.shown("Sygeplejersken indkalder hver oktober")
    play.expect("har fået referatet", sorted(got), sorted(doctor.name for doctor in cast.doctors))


async def ended(play: Play, day: str) -> None:
    """The chair ends the meeting; the objection reaches the coordinators then."""
    chair = play.stage.cast.waverer
    await play.at(day, 18, 58)
    await play.presses(chair, ChairAction.MEETING_END)
    lead = play.stage.cast.coordinator
    play.expect("indvendingen er hos koordinatoren", await play.shown("tidligere patienter"), [lead.name])


async def changes_said(play: Play, day: str) -> None:
    """In the last ten minutes each practice says what it changes, with two taps."""
    play.chapter("Hvad ændrer I?")
    await play.at(day, 18, 50)
    asked = await play.holders(ChangeAction.COMMITMENT_PICK)
    first = [surgery.doctors[0].name for surgery in play.stage.cast.surgeries]
    play.expect("spurgt om, hvad de ændrer", bool(asked), True)
    for number, name in enumerate(each for each in first if each in asked):
        labels = await play.labels(name, ChangeAction.COMMITMENT_PICK)
        await play.presses(name, ChangeAction.COMMITMENT_PICK, option=labels[number % (len(labels) - 1)])


async def evaluated(play: Play, day: str) -> None:
    """The coordinator asks how it was, without names; most answer, and all are told together when it is over."""
    cast = play.stage.cast
    play.chapter("Hvordan var mødet?")
    await play.at(day, 19, 20)
    await play.types(cast.coordinator, "/klynge evaluering")
    await play.presses(cast.coordinator, EvaluationAction.CLUSTER_APPRAISE)
    await play.sends(cast.coordinator, {"grade": "anonymous"}, "vælger anonymt og sender")
    asked = await play.holders(EvaluationAction.APPRAISAL_ANSWER)
    for number, name in enumerate(asked[:6]):
        await play.presses(name, EvaluationAction.APPRAISAL_ANSWER)
        await play.sends(name, GOOD | {"data": str(3 + number % 3)}, "svarer uden navn")


async def evaluation_told(play: Play) -> None:
    """What was answered is told to those who were there, once."""
    told = await play.shown("har svaret, uden navn")
    play.expect("har fået evalueringen at vide", bool(told), True)
