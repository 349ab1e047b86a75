"""Files that mean harm, each read as a member's: `python -m tests.bench.hostile` tells the outcomes, times and memory.

Run in a process of its own, so that the largest child it ever had is a reader.
"""

import json
import resource
import time

from measures.reading.intake import read_table
from measures.reading.limits import MIB
from measures.reading.problems import Refused
from tests.measures import makers


def crowd() -> bytes:
    """A few hundred packed kilobytes with six million cells: less than we unpack, more than anybody counts."""
    parts = makers.unzipped(makers.xlsx(("Ark1", [["x"]])))
    row = "<row>" + "<c><v>1</v></c>" * 5000 + "</row>"
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    sheet = f'<worksheet xmlns="{space}"><sheetData>{row * 1200}</sheetData></worksheet>'
    return makers.zipped(parts | {"xl/worksheets/sheet1.xml": sheet.encode()})


FILES = {
    "a cell in each corner": makers.corner,
    "one long shared string": lambda: makers.string_bomb(150),
    "more strings than unpacked": lambda: makers.string_bomb(300),
    "a billion laughs": makers.entity_bomb,
    "a lying directory": makers.lying_zip,
    "six million cells": crowd,
    "a quote without end": lambda: b'"' + b"1;2\n" * 2_400_000,
    "nothing but delimiters": lambda: b";" * 9_500_000,
    "numbers like a patient's": lambda: b"251248-4916;" * 790_000,
    "digits in a row": lambda: b"25 12 48 " * 1_000_000,
}


def main() -> None:
    told = {}
    for name, make in FILES.items():
        data = make()
        began = time.monotonic()
        try:
            outcome = "personal" if read_table(data, "tal.xlsx").personal else "accepted"
        except Refused as refused:
            outcome = refused.problem.code
        told[name] = (outcome, time.monotonic() - began)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
    print(json.dumps({"files": told, "peak": peak / MIB}))


if __name__ == "__main__":
    main()
