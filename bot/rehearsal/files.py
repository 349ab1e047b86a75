"""The files people send in the play: the bot's own template filled in, a list from a record system, a mistake."""

from __future__ import annotations

from io import BytesIO

from openpyxl import load_workbook

from bot.rehearsal.cast import Surgery
from bot.rehearsal.stage import Stage

YELLOW = "FFFFF7CC"
"""The cells of the template that are to be filled in."""
HEADERS = {"listed": "Tilmeldte", "copd": "KOL", "spirometry": "Spirometri", "care_plan": "Forløbsplan"}


async def filled_template(stage: Stage, surgery: Surgery) -> bytes:
    """The template the practice got, downloaded and filled in as in a spreadsheet program."""
    doctor = surgery.doctors[0]
    sent = [file for message in await stage.seen_by(doctor) for file in message.get("files") or []]
    template = next(file for file in reversed(sent) if file["name"].endswith(".xlsx"))
    book = load_workbook(BytesIO(await stage.desk.file(stage.id_of(doctor), template["id"])))
    sheet = book.worksheets[0]
    empty = [row[1] for row in sheet.iter_rows(min_row=2, max_col=2) if row[1].fill.fgColor.rgb == YELLOW]
    for cell, value in zip(empty, surgery.numbers.values(), strict=False):
        cell.value = value
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def own_csv(surgery: Surgery, *, copd_text: str = "") -> bytes:
    """What a record system exports: semicolons, Windows letters, a title line above the header."""
    numbers = {name: str(value) for name, value in surgery.numbers.items()}
    if copd_text:
        numbers["copd"] = copd_text
    lines = [
        "Udtræk fra forløbsplansmodulet",
        ";".join(["Ydernummer", *(HEADERS[name] for name in numbers)]),
        ";".join([surgery.ydernummer, *numbers.values()]),
    ]
    return ("\r\n".join(lines) + "\r\n").encode("cp1252")


def with_patients() -> bytes:
    """A patient list sent by mistake: the shape of CPR numbers, made up, belonging to nobody."""
    rows = ["Cpr-nr;Navn;Diagnose", "010170-9999;Nn Nnsen;R95", "020280-9999;Mm Mmsen;R95"]
    return "\r\n".join(rows).encode("cp1252")
