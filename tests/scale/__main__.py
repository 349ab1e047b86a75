"""`make scale`: the whole country on paper and in simulation; printed, and written to build/scale.json.

Waves: the real program sends to a stand-in that keeps Slack's limits, on a clock that leaps over waiting. Database: a
million future messages for real, on SQLite and PostgreSQL. Drawing: measured here and now. From these and from our own
pacing constants, the table of growth is reckoned.
"""

import argparse
import asyncio
import json
from dataclasses import asdict
from pathlib import Path

from tests.scale import database, drawing, growth, waves


def shown(title: str, lines: list[dict[str, object]]) -> None:
    print(f"\n{title}")
    columns = list(lines[0])
    widths = [max(len(name), *(len(str(line[name])) for line in lines)) for name in columns]
    for row in ([dict(zip(columns, columns, strict=True))], lines):
        for line in row:
            print("  ".join(f"{line[name]!s:>{width}}" for name, width in zip(columns, widths, strict=True)))


def main() -> None:
    parser = argparse.ArgumentParser(prog="make scale", description=__doc__)
    parser.add_argument("--members", type=int, default=waves.SHARE, help="people in the simulated waves")
    parser.add_argument("--rows", type=int, default=1_000_000, help="future messages in the database")
    asked = parser.parse_args()
    sent = waves.measure(asked.members)
    stored = asyncio.run(database.measure(asked.rows))
    drawn = drawing.measure()
    table = growth.table(sent, stored, drawn)
    shown(f"Waves to {asked.members} people, the real program at Slack's limits", [asdict(each) for each in sent])
    shown(f"The database with {asked.rows:,} messages ahead", [asdict(each) for each in stored])
    shown("Drawing on one core", [asdict(drawn)])
    shown("The country, growing: minutes for a wave, and what binds", table)
    out = Path("build")
    out.mkdir(exist_ok=True)
    told = {
        "waves": [asdict(each) for each in sent],
        "database": [asdict(each) for each in stored],
        "drawing": asdict(drawn),
        "growth": table,
    }
    (out / "scale.json").write_text(json.dumps(told, indent=2) + "\n")


if __name__ == "__main__":
    main()
