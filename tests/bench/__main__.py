"""`make bench`: ratios measured in one run, printed as a table and written to build/bench.json.

A figure that misses its mark is printed as such; it does not fail the run, because these machines are noisy.
"""

import argparse
import asyncio
import json
from pathlib import Path

from tests.bench import (
    charts,
    database,
    days,
    evening,
    files,
    loop,
    page,
    queue,
    replicas,
    start,
    wave,
    web,
    words,
    year,
)
from tests.bench.row import Row

GROUPS = {
    "charts": charts.rows,
    "files": files.rows,
    "loop": loop.rows,
    "web": web.rows,
    "database": database.rows,
    "queue": queue.rows,
    "replicas": replicas.rows,
    "wave": wave.rows,
    "days": days.rows,
    "start": start.rows,
    "page": page.rows,
    "evening": evening.rows,
    "words": words.rows,
    "year": year.rows,
}


async def measure(names: list[str]) -> list[Row]:
    rows: list[Row] = []
    for name in names:
        rows += await GROUPS[name]()
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("groups", nargs="*", choices=[[], *GROUPS], help="which to measure; all without")
    asked = parser.parse_args().groups
    rows = asyncio.run(measure(asked or list(GROUPS)))
    width = max(len(row.name) for row in rows)
    print(f"{'name':<{width}}  {'figure':>30}  {'mark':>12}  holds")
    for row in rows:
        print(f"{row.name:<{width}}  {row.figure:>30}  {row.mark:>12}  {'yes' if row.holds else 'NO'}")
    out = Path("build")
    out.mkdir(exist_ok=True)
    (out / "bench.json").write_text(json.dumps([row.as_json() for row in rows], indent=2, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
