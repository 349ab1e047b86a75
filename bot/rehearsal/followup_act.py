"""The last act: something is agreed on, four months pass, the same is measured again, each practice sees its change."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from bot.rehearsal.cast import Surgery
from bot.rehearsal.charts_act import is_bare_png, looked_through
from bot.rehearsal.numbers_act import enter_numbers
from bot.rehearsal.play import Play
from handlers.rounds.ids import Action

WORDS = "Sygeplejersken laver forløbsplanen ved årskontrollen, og lægen ser den igennem."
AGREED = {"text": WORDS, "again": "yes", "again_on": "2026-08-24"}
AGAIN = {"deadline_day": "2026-09-07", "deadline_time": "12:00"}
IMPROVED = ("spirometry", "care_plan")


async def agreed(play: Play) -> None:
    """The day after the meeting the coordinator is asked what came of it; the channel hears it."""
    cast, stage = play.stage.cast, play.stage
    play.chapter("Hvad aftalte vi?")
    await play.at("2026-04-24", 10)
    await play.presses(cast.coordinator, Action.AGREEMENT_OPEN)
    empty = await play.sends(cast.coordinator, AGREED | {"text": " "}, "sender uden at have skrevet noget")
    play.expect("en tom aftale afvises ved feltet", list(empty.get("errors") or {}), ["text"])
    await play.sends(cast.coordinator, AGREED, "skriver aftalen og vælger en dag til at måle igen")
    shown = str(await stage.desk.messages(stage.id_of(cast.coordinator), stage.channel))
    play.expect("aftalen står i kanalen", WORDS in shown, True)


async def measured_again(play: Play, out: Path) -> None:
    """The day comes with a form that is filled in; those who give numbers both times see their before and after."""
    cast, stage = play.stage.cast, play.stage
    play.chapter("Fire måneder senere: der måles igen")
    await play.at("2026-08-24", 9)
    await play.presses(cast.coordinator, Action.AGREEMENT_MEASURE)
    await play.sends(cast.coordinator, AGAIN, "går videre med formularen, som den er udfyldt")
    await play.sends(cast.coordinator, {}, "ser det efter og spørger praksis")
    await enter_numbers(play, [better(surgery) for surgery in cast.contributing])
    await play.transcript.look()
    await play.at("2026-09-07", 12, 1)
    await looked_through(play)
    got = await play.told("før og efter")
    wanted = sorted(doctor.name for surgery in cast.contributing for doctor in cast.confirmed(surgery))
    play.expect("modtagere af før og efter", sorted(got), wanted)
    for surgery in cast.contributing:
        await _keep_pictures(play, surgery, out)
    shown = str(await stage.desk.messages(stage.id_of(cast.coordinator), stage.channel))
    named = [surgery.name for surgery in cast.surgeries[1:] if surgery.name in shown]
    play.expect("praksis nævnt i kanalen", named, [])


def better(surgery: Surgery) -> Surgery:
    """Four months later: a few more are known, and a third of what was missing is there."""
    numbers = dict(surgery.numbers)
    known = numbers.get("copd", 0) + numbers.get("copd", 0) // 20
    for name in numbers.keys() & set(IMPROVED):
        numbers[name] += (known - numbers[name]) // 3
    if known:
        numbers["copd"] = known
    return replace(surgery, numbers=numbers)


async def _keep_pictures(play: Play, surgery: Surgery, out: Path) -> None:
    """Write the first doctor's pictures down, and look for what must not be there."""
    stage, doctor = play.stage, surgery.doctors[0]
    messages = [each for each in await stage.seen_by(doctor) if "før og efter" in each["text"]]
    play.expect(f"{doctor.name}: beskeder om før og efter", len(messages), 1)
    pictures = [block for each in messages for block in each["blocks"] if block["type"] == "image"]
    told = " ".join([*(each["text"] for each in messages), *(block["alt_text"] for block in pictures)])
    strange = [other.name for other in stage.cast.surgeries if other.name != surgery.name and other.name in told]
    play.expect(f"{doctor.name}: andre praksis nævnt", strange, [])
    for number, block in enumerate(pictures, 1):
        content = await stage.desk.file(stage.id_of(doctor), block["slack_file"]["id"])
        play.expect(f"{doctor.name}: billede {number} er uden metadata", is_bare_png(content), True)
        (out / f"{surgery.ydernummer}-før-efter-{number}.png").write_bytes(content)
