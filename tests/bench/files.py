"""From the bytes of a member's file to a verdict, long files against the quickest readers, and files that mean harm."""

import asyncio
import csv
import json
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from io import BytesIO, StringIO

from bot.running.compute import Compute
from locales.texts import texts_for
from measures.checking.validation import PracticeFacts, check
from measures.packages.package import load
from measures.reading.cpr import SHORTEST
from measures.reading.intake import read_file
from measures.reading.limits import MIB
from measures.sheets.template import build_template
from tests.bench.row import Row, seconds

HEADER = ("Ydernummer", "Tilmeldte", "KOL", "Spirometri", "Forløbsplan")
ROWS, ROUNDS = 50_000, 5
WARM_UP = 0.5
"""Seconds between files: what the next reader needs to be ready."""


def _numbers() -> list[list[object]]:
    chance = random.Random(1)
    return [
        [
            str(100_000 + number),
            *(chance.randint(low, high) for low, high in ((500, 9000), (10, 300), (5, 200), (1, 150))),
        ]
        for number in range(ROWS)
    ]


def long_workbook() -> bytes:
    import xlsxwriter

    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        page = book.add_worksheet("Ark1")
        for number, row in enumerate([HEADER, *_numbers()]):
            page.write_row(number, 0, row)
    return buffer.getvalue()


def long_text(size: int) -> bytes:
    chance = random.Random(2)
    lines, length = [";".join(f"Felt {number}" for number in range(16))], 0
    while length < size:
        lines.append(";".join(str(chance.randint(0, 9_999_999)) for _ in range(16)))
        length += len(lines[-1]) + 1
    return "\n".join(lines[:-1]).encode()


async def taken(data: bytes, name: str) -> float:
    began = time.perf_counter()
    await read_file(data, name)
    return time.perf_counter() - began


async def against(data: bytes, name: str, reader: Callable[[bytes], object]) -> tuple[float, float]:
    """Median ratio of reading a file our way to reading it with a bare reader, and our median seconds."""
    pairs = []
    for _ in range(ROUNDS):
        await asyncio.sleep(WARM_UP)
        pairs.append((await taken(data, name), seconds(lambda: reader(data))))
    return statistics.median(own / theirs for own, theirs in pairs), statistics.median(own for own, _ in pairs)


def calamine(data: bytes) -> object:
    import python_calamine

    return python_calamine.load_workbook(BytesIO(data)).get_sheet_by_index(0).to_python()


def one_look(data: bytes) -> object:
    """Python's own reader and one look at every cell, for the length that a CPR number has at least."""
    rows = csv.reader(StringIO(data.decode()), delimiter=";")
    return sum(len(cell) >= SHORTEST for row in rows for cell in row)


async def small() -> list[Row]:
    package, t = load("kol"), texts_for("da")
    lines = "\n".join([";".join(HEADER), *(f"99000{n};5120;180;120;90" for n in range(1, 2)), ""]).encode("cp1252")
    xlsx = build_template(package, "Lægehuset Havnegade", "990001", "1. marts 2025 – 28. februar 2026", t, "xmo")
    facts = PracticeFacts("990001", 5120, "xmo")
    found = []
    compute = Compute()
    for name, data in (("tal.csv", lines), ("skabelon.xlsx", xlsx)):
        times = []
        for _ in range(8):
            began = time.perf_counter()
            await compute(check, await read_file(data, name), package, facts, None, None)
            times.append(time.perf_counter() - began)
            await asyncio.sleep(WARM_UP)
        warm = statistics.median(times[1:])
        found.append(Row(f"{name} to verdict, warm", f"{warm * 1000:.0f} ms", "≤ 50 ms", warm <= 0.050))
    await compute.close()
    return found


async def long() -> list[Row]:
    workbook, text = long_workbook(), long_text(9 * MIB)
    sheets, own = await against(workbook, "tal.xlsx", calamine)
    lines, mine = await against(text, "tal.csv", one_look)
    return [
        Row("50,000 rows of XLSX against bare calamine", f"{sheets:.2f} × ({own:.2f} s)", "≤ 1.5 ×", sheets <= 1.5),
        Row("9 MB of CSV against csv and one look a cell", f"{lines:.1f} × ({mine:.2f} s)", "≤ 3 ×", lines <= 3),
    ]


def hostile() -> list[Row]:
    """Refused or read, each within its means; and we are still here."""
    asked = subprocess.run([sys.executable, "-m", "tests.bench.hostile"], capture_output=True, text=True, check=True)
    told = json.loads(asked.stdout)
    longest = max(seconds for _, seconds in told["files"].values())
    accepted = [name for name, (outcome, _) in told["files"].items() if outcome == "accepted"]
    return [
        Row(
            f"{len(told['files'])} hostile files: most memory, longest time, accepted",
            f"{told['peak']:.0f} MiB, {longest:.1f} s, {len(accepted)}",
            "512 MiB, 10 s",
            told["peak"] <= 512 and longest <= 10,
        )
    ]


async def rows() -> list[Row]:
    return await small() + await long() + hostile()
