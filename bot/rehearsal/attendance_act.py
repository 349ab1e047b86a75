"""The last act: after the meeting the list is corrected and kept, all see their own share, the claim its file."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from openpyxl import load_workbook

from bot.rehearsal.play import Play
from handlers.meetings.ids import Action

Json = dict[str, Any]


async def attended(play: Play) -> None:
    """The sheet is ticked as announced: one did not come after all, one came without having said so."""
    cast = play.stage.cast
    lead, absent, surprise = cast.coordinator, cast.writer, cast.decliner
    play.chapter("Efter mødet: hvem var der?")
    await play.at("2026-04-24", 9)
    await play.presses(lead, Action.MEETING_ATTENDANCE)
    groups = await _groups(play, lead.name)
    announced = {label for ticked, _ in groups.values() for label in ticked}
    play.expect(f"{absent.name} er krydset af på forhånd", absent.name in announced, True)
    play.expect(f"{surprise.name} er ikke krydset af", surprise.name in announced, False)
    values = {
        name: [value for label, value in people.items() if _was_there(label, ticked, absent.name, surprise.name)]
        for name, (ticked, people) in groups.items()
    }
    await play.sends(lead, values, f"fjerner {absent.name}, tilføjer {surprise.name} og gemmer")
    there = sum(len(chosen) for chosen in values.values())
    shares = [await play.types(doctor, "/klynge fremmøde") for doctor in (absent, surprise)]
    said = [str((answer.get("response") or {}).get("text")) for answer in shares]
    play.expect("den fraværendes andel", "0 af 1" in said[0], True)
    play.expect("den uventedes andel", "1 af 1" in said[1], True)
    await play.types(lead, "/klynge eksport")
    rows = await _workbook_rows(play, lead.name)
    play.expect("deltagere i udtrækket", there, sum(doctor.name in rows for doctor in cast.doctors))
    play.expect("den fraværende i udtrækket", absent.name in rows, False)


def _was_there(label: str, ticked: list[str], absent: str, surprise: str) -> bool:
    return label == surprise or (label in ticked and label != absent)


async def _groups(play: Play, who: str) -> dict[str, tuple[list[str], dict[str, str]]]:
    """The boxes on the sheet: field → names ticked beforehand, and every name with its value."""
    top = await play.stage.desk.top_view(play.stage.id_of(who))
    found = {}
    for block in top["view"]["blocks"] if top else []:
        element = block.get("element", {})
        if element.get("type") == "checkboxes":
            people = {_name(option): str(option["value"]) for option in element["options"]}
            ticked = [_name(option) for option in element.get("initial_options", [])]
            found[str(element["action_id"])] = (ticked, people)
    return found


def _name(option: Json) -> str:
    return str(option["text"]["text"]).partition(" – ")[0]


async def _workbook_rows(play: Play, who: str) -> set[str]:
    """Every text in the participant list of the workbook that came last: its last sheet, one for each meeting."""
    files = [file for message in await play.stage.seen_by(who) for file in message.get("files") or []]
    book = next(file for file in reversed(files) if file["name"].endswith(".xlsx"))
    sheets = load_workbook(BytesIO(await play.stage.desk.file(play.stage.id_of(who), book["id"])))
    return {str(cell.value) for row in sheets.worksheets[-1].iter_rows() for cell in row if cell.value is not None}
