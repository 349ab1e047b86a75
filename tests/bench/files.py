"""From the bytes of a member's file to a verdict, the confined process included."""

import statistics

from locales.texts import texts_for
from measures.intake import read_table
from measures.package import load
from measures.template import build_template
from measures.validation import PracticeFacts, check
from tests.bench.row import Row, seconds


async def rows() -> list[Row]:
    package, t = load("kol"), texts_for("da")
    csv = "Ydernummer;Tilmeldte;KOL;Spirometri;Forløbsplan\n990001;5120;180;120;90\n".encode("cp1252")
    xlsx = build_template(package, "Lægehuset Havnegade", "990001", "1. marts 2025 – 28. februar 2026", t, "xmo")
    facts = PracticeFacts("990001", 5120, "xmo")

    def verdict(data: bytes, name: str) -> object:
        return check(read_table(data, name), package, facts, None, None)

    found = []
    for name, data in (("tal.csv", csv), ("skabelon.xlsx", xlsx)):
        verdict(data, name)
        taken = statistics.median(seconds(lambda data=data, name=name: verdict(data, name)) for _ in range(7))
        found.append(Row(f"{name} to verdict", f"{taken * 1000:.0f} ms", "≤ 50 ms", taken <= 0.050))
    return found
