"""The deadline comes, the charts go out by themselves, a late practice gets its own at the meeting."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bot.rehearsal.cast import Surgery
from bot.rehearsal.numbers_act import in_words
from bot.rehearsal.play import Play
from handlers.charts.ids import Action as ChartAction
from handlers.submissions.ids import Action as SubmissionAction

PNG = b"\x89PNG\r\n\x1a\n"
Json = dict[str, Any]


async def charts_sent(play: Play, out: Path) -> None:
    """Each contributing practice's people get one private message with the practice's own charts."""
    cast, stage = play.stage.cast, play.stage
    play.chapter("Fristen kommer, og graferne sendes privat")
    await play.at("2026-04-17", 12, 1)
    await looked_through(play)
    got = await play.holders(SubmissionAction.SUBMISSION_OBJECT)
    contributing = cast.contributing
    play.expect("modtagere af grafer", sorted(got), sorted(d.name for s in contributing for d in cast.confirmed(s)))
    for surgery in contributing:
        await _keep_charts(play, surgery, out)
    shown = str(await stage.desk.messages(stage.id_of(cast.coordinator), stage.channel))
    named = [surgery.name for surgery in cast.surgeries[1:] if surgery.name in shown]
    play.expect("praksis nævnt i kanalen", named, [])


async def looked_through(play: Play) -> None:
    """When charts wait: whoever is asked finds the numbers right, and the coordinator waits no longer."""
    lead = play.stage.cast.coordinator
    try:
        await play.stage.newest_with(lead, ChartAction.ROUND_SEND)
    except LookupError:
        return
    for name in await play.holders(ChartAction.LOOK_RIGHT):
        await play.stage.press(name, ChartAction.LOOK_RIGHT)
    await play.presses(lead, ChartAction.ROUND_SEND)


async def _keep_charts(play: Play, surgery: Surgery, out: Path) -> None:
    """Write the pictures down, and look for what must not be there."""
    stage = play.stage
    for doctor in stage.cast.confirmed(surgery):
        message = await stage.newest_with(doctor, SubmissionAction.SUBMISSION_OBJECT)
        pictures = [block for block in message["blocks"] if block["type"] == "image"]
        asked = sum(name in surgery.numbers for name in ("copd", "spirometry", "care_plan"))
        play.expect(f"{doctor.name}: antal grafer", len(pictures), asked)
        told = message["text"] + " ".join(block["alt_text"] for block in pictures)
        strange = [other.name for other in stage.cast.surgeries if other is not surgery and other.name in told]
        play.expect(f"{doctor.name}: andre praksis nævnt", strange, [])
        if doctor is surgery.doctors[0]:
            for number, block in enumerate(pictures, 1):
                content = await stage.desk.file(stage.id_of(doctor), block["slack_file"]["id"])
                play.expect(f"{doctor.name}: graf {number} er et billede uden metadata", is_bare_png(content), True)
                (out / f"{surgery.ydernummer}-{number}.png").write_bytes(content)


async def late_at_the_meeting(play: Play) -> None:
    """A practice answers during the meeting: its own chart at once, nobody else's renewed for so few."""
    cast = play.stage.cast
    await play.at("2026-04-22", 10)
    await play.at("2026-04-23", 16, 45)
    for late in cast.late:
        before = await _chart_counts(play)
        await play.says(late.doctors[0], in_words(late))
        await play.presses(late.doctors[0], SubmissionAction.SUBMISSION_CONFIRM)
        after = await _chart_counts(play)
        own = {doctor.name for doctor in cast.confirmed(late)}
        play.expect("den sene praksis har fået sine grafer", own <= set(after), True)
        renewed = {name for name in after if after[name] != before.get(name, 0)} - own
        play.expect("andres grafer fornyet efter ét sent svar", sorted(renewed), [])
    await play.presses(cast.writer, SubmissionAction.SUBMISSION_OBJECT)
    await play.sends(cast.writer, {"text": "Vi har talt fraflyttede patienter med."}, "skriver hvad der er galt")


async def _chart_counts(play: Play) -> dict[str, int]:
    counted = {}
    for name in play.stage.ids:
        messages = await play.stage.seen_by(name)
        counted[name] = sum(any(b["type"] == "image" for b in each.get("blocks") or []) for each in messages)
    return {name: count for name, count in counted.items() if count}


def is_bare_png(content: bytes) -> bool:
    """A PNG whose chunks only draw: no text, no time, no colour profile."""
    if not content.startswith(PNG):
        return False
    names, place = set(), len(PNG)
    while place < len(content):
        length = int.from_bytes(content[place : place + 4], "big")
        names.add(content[place + 4 : place + 8])
        place += length + 12
    return names <= {b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"}
