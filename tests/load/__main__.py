"""`make load`: everybody answers within a minute, and fifty a second for an hour (or a share of it), on both databases.

Fails when a click is lost, refused or met by a lock, or when one click in a hundred waits longer than Slack does.
"""

import argparse
import asyncio
import json
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

from tests.bench.databases import address, postgresql
from tests.load.clicks import Load, load
from tests.load.hall import hall
from tests.scale.country import MEMBERS

A_SECOND = 50
SHARE_OF_HOUR = 1 / 60
SLACK_WAITS = 3.0


def is_fine(done: Load) -> bool:
    return done.p99 < SLACK_WAITS and not (done.refused or done.locked or done.unanswered or done.lost)


def told(name: str, done: Load) -> str:
    return (
        f"{name}: {done.clicks} clicks in {done.seconds:.0f} s: acknowledged p50 {done.p50 * 1000:.0f} ms, "
        f"p99 {done.p99 * 1000:.0f} ms, longest {done.longest * 1000:.0f} ms; refused {done.refused}, "
        f"lost {done.lost}, locked {done.locked}; worked off {done.behind:.0f} s later; "
        f"memory {done.memory:.0f} MiB, grown {done.grown:+.1f}"
    )


async def run(url: str, name: str, clicks: int, seconds: float) -> Load:
    with tempfile.TemporaryDirectory() as folder:
        place = url or f"sqlite+aiosqlite:///{Path(folder, 'load.db')}"
        async with hall(place, Path(folder), MEMBERS) as room:
            done = await load(room, clicks, seconds)
    print(told(name, done), flush=True)
    return done


async def all_loads(hours: float, only: str) -> dict[str, Load]:
    found = {}
    with postgresql() as server:
        for database in ("SQLite", "PostgreSQL"):
            for what, clicks, seconds in (
                ("everybody in a minute", MEMBERS, 60.0),
                ("fifty a second", round(A_SECOND * 3600 * hours), 3600 * hours),
            ):
                name = f"{database}, {what}"
                if only not in name:
                    continue
                url = address(server) if database == "PostgreSQL" else ""
                found[name] = await run(url, name, clicks, seconds)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(prog="make load", description=__doc__)
    parser.add_argument("--hours", type=float, default=SHARE_OF_HOUR, help="of fifty clicks a second; 1 is the whole")
    parser.add_argument("--only", default="", help='words in the load\'s name, e.g. "SQLite, fifty"')
    asked = parser.parse_args()
    found = asyncio.run(all_loads(asked.hours, asked.only))
    if not found:
        parser.error(f"no load is called {asked.only!r}")
    out = Path("build")
    out.mkdir(exist_ok=True)
    (out / "load.json").write_text(json.dumps({name: asdict(done) for name, done in found.items()}, indent=2) + "\n")
    sys.exit(not all(map(is_fine, found.values())))


if __name__ == "__main__":
    main()
