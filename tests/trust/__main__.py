"""`make trust`: what must never go wrong, tried at random on two cores; a table, and build/trust.json.

Ends with 1 when a mark is missed. `--share 0.05` tries a twentieth.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from tests.bench.row import Row
from tests.trust.runs import measure

OUT = Path("build/trust.json")


def show(rows: list[Row]) -> str:
    """The table as text."""
    wide, figures, marks = (max(len(getattr(row, part)) for row in rows) for part in ("name", "figure", "mark"))
    head = f"{'name':<{wide}}  {'figure':>{figures}}  {'mark':>{marks}}  holds"
    lines = [
        f"{row.name:<{wide}}  {row.figure:>{figures}}  {row.mark:>{marks}}  {'yes' if row.holds else 'NO'}"
        for row in rows
    ]
    return "\n".join([head, *lines])


def main() -> int:
    """Measure, print, write; 1 when a mark is missed."""
    parser = argparse.ArgumentParser(prog="make trust", description=__doc__)
    parser.add_argument("--share", type=float, default=1.0, help="of the whole, above 0 and at most 1")
    parser.add_argument("--out", type=Path, default=OUT)
    asked = parser.parse_args()
    if not 0 < asked.share <= 1:
        parser.error("--share is above 0 and at most 1")
    rows = measure(asked.share)
    print(show(rows))
    asked.out.parent.mkdir(parents=True, exist_ok=True)
    asked.out.write_text(json.dumps([row.as_json() for row in rows], indent=2, ensure_ascii=False) + "\n")
    return int(not all(row.holds for row in rows))


if __name__ == "__main__":
    sys.exit(main())
