"""Acts four to six: the practices are asked for numbers, answer in every way there is, and the coordinator follows."""

from __future__ import annotations

from bot.rehearsal.cast import Surgery
from bot.rehearsal.files import filled_template, own_csv, with_patients
from bot.rehearsal.play import Play
from handlers.ids import Action

ROUND = {
    "package": "kol",
    "period_start": "2025-03-01",
    "period_end": "2026-02-28",
    "deadline_day": "2026-04-17",
    "deadline_time": "12:00",
}
EARLY = 7
"""So many practices answer before the reminders."""


async def asked(play: Play) -> None:
    """The coordinator asks; a deadline after the meeting is refused at its field."""
    lead = play.stage.cast.coordinator
    play.transcript.chapter(4, "Praksis bliver bedt om tal")
    await play.types(lead, "/klynge data")
    wrong = await play.sends(lead, ROUND | {"deadline_day": "2026-04-30"}, "kommer til at sætte fristen efter mødet")
    play.expect("frist efter mødet afvises ved feltet", list(wrong.get("errors") or {}), ["deadline_day"])
    await play.sends(lead, ROUND, "retter fristen og spørger praksis")
    asked_people = await play.holders(Action.ASSIGNMENT_ENTER)
    contacts = sorted(surgery.doctors[0].name for surgery in play.stage.cast.surgeries)
    play.expect("spurgte", sorted(asked_people), contacts)


async def first_numbers(play: Play) -> None:
    """Seven practices answer in the four ways; what is wrong with an answer is said at once."""
    surgeries = play.stage.cast.surgeries
    play.transcript.chapter(5, "Tallene kommer ind – på fire måder")
    await _by_template(play, surgeries[0])
    await _bad_file_then_good(play, surgeries[1])
    await _in_the_form(play, surgeries[2])
    await _in_words(play, surgeries[3])
    await _patients_then_words(play, surgeries[4])
    for surgery in surgeries[5:EARLY]:
        await _quietly(play, surgery)
    await play.transcript.look()


async def _by_template(play: Play, surgery: Surgery) -> None:
    doctor = surgery.doctors[0]
    template = await filled_template(play.stage, surgery)
    await play.drops(doctor, "kol-skabelon.xlsx", template)
    await expect_accepted(play, surgery)


async def _bad_file_then_good(play: Play, surgery: Surgery) -> None:
    doctor = surgery.doctors[0]
    wrong = own_csv(surgery, copd_text="hundrede og tolv")
    await play.drops(doctor, "tal.csv", wrong, thread_of=Action.ASSIGNMENT_ENTER)
    refused = await play.told("intet er gemt")
    play.expect("en forkert fil gemmes ikke", refused, [doctor.name])
    await play.drops(doctor, "tal-rettet.csv", own_csv(surgery), thread_of=Action.ASSIGNMENT_ENTER)
    await expect_accepted(play, surgery)


async def _in_the_form(play: Play, surgery: Surgery) -> None:
    doctor = surgery.doctors[0]
    numbers = surgery.numbers
    play.does(doctor, "trykker på Indtast tal")
    await play.stage.press(doctor, Action.ASSIGNMENT_ENTER)
    wrong = await play.sends(doctor, _typed(numbers | {"spirometry": numbers["copd"] + 40}), "bytter om på to tal")
    play.expect("flere målte end patienter afvises ved feltet", list(wrong.get("errors") or {}), ["value.spirometry"])
    await play.sends(doctor, _typed(numbers), "retter og sender")
    await settle_doubts(play, surgery)
    await expect_accepted(play, surgery)


async def _in_words(play: Play, surgery: Surgery) -> None:
    doctor, numbers = surgery.doctors[0], surgery.numbers
    said = f"KOL {numbers['copd']}, spirometri {numbers['spirometry']}, forløbsplan {numbers['care_plan']}"
    await play.says(doctor, said + f", tilmeldte {numbers['listed']}")
    await play.presses(doctor, Action.SUBMISSION_CONFIRM, "Ja, gem")
    await expect_accepted(play, surgery)


async def _patients_then_words(play: Play, surgery: Surgery) -> None:
    doctor = surgery.doctors[0]
    await play.drops(doctor, "patientliste.csv", with_patients())
    told = await play.told("Slet fil")
    play.expect("en patientliste afvises med besked om at slette den", told, [doctor.name])
    await _quietly(play, surgery)
    await expect_accepted(play, surgery)


async def _quietly(play: Play, surgery: Surgery) -> None:
    await play.stage.press(surgery.doctors[0], Action.ASSIGNMENT_ENTER)
    await play.stage.send_form(surgery.doctors[0], _typed(surgery.numbers))
    await settle_doubts(play, surgery)


async def settle_doubts(play: Play, surgery: Surgery) -> None:
    """Say yes where the numbers were asked about."""
    doctor = surgery.doctors[0]
    try:
        await play.stage.press(doctor, Action.SUBMISSION_CONFIRM)
    except LookupError:
        return
    await play.transcript.look()


async def expect_accepted(play: Play, surgery: Surgery) -> None:
    """The practice's numbers are kept, and the newest message says so."""
    await settle_doubts(play, surgery)
    doctor = surgery.doctors[0]
    try:
        message = await play.stage.newest_with(doctor, Action.SUBMISSION_WITHDRAW)
    except LookupError:
        play.expect(f"{surgery.name}: tallene er gemt", "nej", "ja")
        return
    for name in ("copd", "spirometry", "care_plan"):
        if name in surgery.numbers:
            play.expect(f"{surgery.name}: {name} læst", str(surgery.numbers[name]) in message["text"], True)


async def followed(play: Play) -> None:
    """`/klynge status`: names for the coordinator, totals for a member; the silent are reminded, the answered not."""
    cast = play.stage.cast
    play.transcript.chapter(6, "Koordinatoren følger med")
    answer = await play.types(cast.coordinator, "/klynge status")
    total = len(cast.surgeries)
    text = str((answer.get("response") or {}).get("text"))
    play.expect("status", f"{EARLY} af {total}" in text, True)
    member = await play.types(cast.surgeries[2].doctors[-1], "/klynge status")
    shown = str(member.get("response"))
    leaks = [surgery.name for surgery in cast.surgeries if surgery is not cast.surgeries[2] and surgery.name in shown]
    play.expect("andre praksis nævnt for et medlem", leaks, [])


async def late_numbers(play: Play) -> None:
    """After the reminders three more practices answer, one says it has no data."""
    surgeries = play.stage.cast.surgeries
    for surgery in surgeries[EARLY:-2]:
        await _quietly(play, surgery)
    none = surgeries[-2].doctors[0]
    play.does(none, "trykker på Ingen data")
    await play.stage.press(none, Action.ASSIGNMENT_NONE)
    await play.sends(none, {"reason": "Vi er ved at skifte lægesystem"})


def _typed(numbers: dict[str, int]) -> dict[str, str]:
    return {f"value.{name}": str(value) for name, value in numbers.items()}
