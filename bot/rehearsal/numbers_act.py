"""The practices are asked for numbers, answer in every way there is, and the coordinator follows."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

from bot.rehearsal.cast import Surgery
from bot.rehearsal.files import HEADERS, filled_template, own_csv, with_patients
from bot.rehearsal.play import Play
from bot.rehearsal.transcript import in_full
from handlers.submissions.ids import Action
from locales import texts_for
from measures.packages.package import load

ROUND = {
    "package": "kol",
    "period_start": "2025-03-01",
    "period_end": "2026-02-28",
    "deadline_day": "2026-04-17",
    "deadline_time": "12:00",
}

AGAIN = "Skriv tallet igen, hvis det er rigtigt."
"""The end of a question that only the same number settles."""


async def asked(play: Play) -> None:
    """The coordinator asks; a deadline after the meeting is refused at its field."""
    lead = play.stage.cast.coordinator
    play.chapter("Praksis bliver bedt om tal")
    await play.types(lead, "/klynge data")
    wrong = await play.sends(lead, ROUND | {"deadline_day": "2026-04-30"}, "kommer til at sætte fristen efter mødet")
    play.expect("frist efter mødet afvises ved feltet", list(wrong.get("errors") or {}), ["deadline_day"])
    await play.sends(lead, ROUND, "retter fristen")
    await play.sends(lead, {}, "ser, hvem der bliver spurgt, hvornår og hvordan, og spørger praksis")
    asked_people = await play.holders(Action.ASSIGNMENT_ENTER)
    contacts = sorted(surgery.doctors[0].name for surgery in play.stage.cast.surgeries)
    play.expect("spurgte", sorted(asked_people), contacts)


async def first_numbers(play: Play) -> None:
    """Some practices answer in the four ways; what is wrong with an answer is said at once."""
    surgeries = play.stage.cast.early
    play.chapter("Tallene kommer ind – på fire måder")
    await _by_template(play, surgeries[0])
    await _bad_file_then_good(play, surgeries[1])
    await _in_the_form(play, surgeries[2])
    await _in_words(play, surgeries[3])
    await _patients_then_words(play, surgeries[4])
    await enter_numbers(play, surgeries[5:])
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
    doctor, numbers = surgery.doctors[0], surgery.numbers
    await play.presses(doctor, Action.ASSIGNMENT_ENTER)
    part, whole = ("spirometry", "copd") if "spirometry" in numbers else ("copd", "listed")
    wrong = await play.sends(doctor, _typed(numbers | {part: numbers[whole] + 40}), "bytter om på to tal")
    play.expect("flere end der kan være afvises ved feltet", list(wrong.get("errors") or {}), [f"value.{part}"])
    await play.sends(doctor, _typed(numbers), "retter og sender")
    await settle_doubts(play, surgery)
    await expect_accepted(play, surgery)


async def _in_words(play: Play, surgery: Surgery) -> None:
    await play.says(surgery.doctors[0], in_words(surgery))
    await settle_doubts(play, surgery)
    await expect_accepted(play, surgery)


def in_words(surgery: Surgery) -> str:
    """The numbers as somebody writes them in a message."""
    said = {name: value for name, value in surgery.numbers.items() if name != "listed"}
    return ", ".join(f"{HEADERS[name]} {value}" for name, value in [*said.items(), ("listed", surgery.list_size)])


async def _patients_then_words(play: Play, surgery: Surgery) -> None:
    doctor = surgery.doctors[0]
    await play.drops(doctor, "patientliste.csv", with_patients())
    told = await play.told("Slet fil")
    play.expect("en patientliste afvises med besked om at slette den", told, [doctor.name])
    await enter_numbers(play, [surgery])
    await expect_accepted(play, surgery)


async def enter_numbers(play: Play, surgeries: Sequence[Surgery]) -> None:
    """Some enter their numbers; the transcript shows only what they are answered."""
    if len(surgeries) > 1:
        play.transcript.remark(f"{len(surgeries)} praksisser indtaster deres tal.")
    for surgery in surgeries:
        await play.stage.press(surgery.doctors[0], Action.ASSIGNMENT_ENTER)
        await play.stage.send_form(surgery.doctors[0], _typed(surgery.numbers))
        await settle_doubts(play, surgery)


async def settle_doubts(play: Play, surgery: Surgery) -> None:
    """Type again what is far outside what is usual, and say yes where the numbers were asked about."""
    doctor = surgery.doctors[0]
    with suppress(LookupError):
        asked = (await play.stage.newest_with(doctor, Action.SUBMISSION_AGAIN))["text"].splitlines()
        named = [line.partition(":")[0] for line in asked if line.endswith(AGAIN)]
        fields = [item.id for item in load(ROUND["package"]).fields if item.label.da in named]
        await play.stage.press(doctor, Action.SUBMISSION_AGAIN)
        await play.stage.send_form(doctor, {f"again.{name}": str(surgery.numbers[name]) for name in fields})
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
            shown = texts_for("da").number(surgery.numbers[name])
            play.expect(f"{surgery.name}: {name} læst", shown in message["text"], True)


async def followed(play: Play) -> None:
    """`/klynge status`: names for the coordinator, totals for a member."""
    cast = play.stage.cast
    play.chapter("Koordinatoren følger med")
    answer = (await play.types(cast.coordinator, "/klynge status")).get("response") or {}
    play.expect("status", f"{len(cast.early)} af {len(cast.surgeries)}" in str(answer.get("text")), True)
    missing = [surgery.name for surgery in cast.surgeries if surgery not in cast.early]
    named = [line for line in in_full(answer).splitlines() if line.startswith("⬜")]
    play.expect("praksis, der mangler", [name for name in missing if name not in str(named)], [])
    asking = cast.surgeries[2]
    member = str((await play.types(asking.doctors[-1], "/klynge status")).get("response"))
    leaks = [surgery.name for surgery in cast.surgeries if surgery is not asking and surgery.name in member]
    play.expect("andre praksis nævnt for et medlem", leaks, [])


async def late_numbers(play: Play) -> None:
    """Only those who have not answered are reminded; then they do, and one says it has no data."""
    cast = play.stage.cast
    owing = [surgery.doctors[0].name for surgery in cast.surgeries if surgery not in cast.early]
    play.expect("mindet om tallene", await play.told("En lille påmindelse"), owing)
    await enter_numbers(play, [surgery for surgery in cast.contributing if surgery not in cast.early])
    await play.transcript.look()
    for surgery in cast.without_data:
        await play.presses(surgery.doctors[0], Action.ASSIGNMENT_NONE)
        await play.sends(surgery.doctors[0], {"reason": "Vi er ved at skifte lægesystem"}, "skriver hvorfor og sender")


def _typed(numbers: dict[str, int]) -> dict[str, str]:
    return {f"value.{name}": str(value) for name, value in numbers.items()}
