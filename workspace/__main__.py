"""`python -m workspace --port 8090`: the stand-in by itself, with a few people to be."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import sys

from workspace.world import Workspace

PEOPLE = (
    ("Anne Holm", "anne.holm@example.dk"),
    ("Bo Lindberg", "bo.lindberg@example.dk"),
    ("Cecilie Friis", "cecilie.friis@example.dk"),
)


def small_world(target: str | None) -> Workspace:
    """Three doctors and their channel."""
    world = Workspace()
    members = [world.add_person(name=name, email=email) for name, email in PEOPLE]
    world.add_channel("klynge", members)
    world.commands = [{"command": "/klynge", "description": "Klyngens møder, data og grafer", "usage_hint": "[hjælp]"}]
    world.http_target = target
    return world


async def serve(port: int, target: str | None) -> None:
    """Serve until interrupted, telling what an app needs to connect."""
    world = small_world(target)
    server = await world.serve(port)
    lines = (f"page: {server.url}/", f"api: {server.api_url}", f"bot: {world.bot_token}", f"app: {world.app_token}")
    sys.stdout.write("\n".join((*lines, f"signing: {world.signing_secret}", "")))
    sys.stdout.flush()
    try:
        await asyncio.Event().wait()
    finally:
        await server.close()


def main() -> None:
    """Read the two options and serve."""
    parser = argparse.ArgumentParser(prog="python -m workspace", description=__doc__)
    parser.add_argument("--port", type=int, default=8090)
    parser.add_argument("--http-target", help="deliver by signed HTTP to this URL instead of Socket Mode")
    options = parser.parse_args()
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(serve(options.port, options.http_target))


if __name__ == "__main__":
    main()
