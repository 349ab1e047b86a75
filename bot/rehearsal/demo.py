"""The demo by hand: the page opens at once, the opening of the story is played, then the stage is yours."""

from __future__ import annotations

import asyncio
import signal
import socket
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

from bot.rehearsal.cast import Cast
from bot.rehearsal.guide.openings import opening
from bot.rehearsal.guide.panel import Panel
from bot.rehearsal.stage import stage
from workspace import Workspace
from workspace.server import Server


async def show(
    cast: Cast,
    folder: Path,
    *,
    seed: int,
    port: int,
    mode: Literal["socket", "http"],
    begin: str,
    say: Callable[[str], None],
) -> None:
    """Serve the page until interrupted. The calendar runs from where the opening left it; the page can move it, and
    begin anew."""
    free = free_port(port)
    if free != port:
        say(f"Port {port} er optaget på denne maskine, så siden får en anden.")
    panel, stop = Panel(say), _interruption()
    server = await Workspace().serve(free)
    say(f"\n  Åbn {server.url} i en browser – siden er der allerede.\n")
    wanted = begin
    try:
        while wanted:
            with tempfile.TemporaryDirectory(dir=folder) as own:
                wanted = await _once(cast, Path(own), wanted, seed, mode, server, panel, stop, say)
    finally:
        await server.close()
    say("\nFarvel – alt fra øvelsen er væk igen.")


async def _once(
    cast: Cast,
    folder: Path,
    begin: str,
    seed: int,
    mode: Literal["socket", "http"],
    server: Server,
    panel: Panel,
    stop: asyncio.Event,
    say: Callable[[str], None],
) -> str:
    """One stage, from its opening until somebody wants another; the name of the next opening, empty at the end."""
    chosen = opening(begin)
    panel.begin(chosen)
    async with stage(cast, folder, start=chosen.start, seed=seed, mode=mode, server=server, story=panel) as set_:
        interrupted: asyncio.Future[Any] = asyncio.ensure_future(stop.wait())
        wanted: asyncio.Future[Any] = panel.wanted
        playing: asyncio.Future[Any] = asyncio.ensure_future(panel.play(set_))
        await asyncio.wait({interrupted, playing, wanted}, return_when=asyncio.FIRST_COMPLETED)
        if playing.done() and not stop.is_set() and not panel.wanted.done():
            await playing
            say(f"  Klar. Du er koordinatoren {cast.coordinator.name}; panelet på siden siger, hvad du kan prøve.")
            say("  Ctrl-C slutter.")
            await asyncio.wait({interrupted, wanted}, return_when=asyncio.FIRST_COMPLETED)
        for task in (interrupted, playing):
            task.cancel()
        await asyncio.gather(interrupted, playing, return_exceptions=True)
        return "" if stop.is_set() else panel.wanted.result()


def free_port(wanted: int) -> int:
    """The port itself, or 0 (any) when somebody listens there."""
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind(("127.0.0.1", wanted))
        except OSError:
            return 0
    return wanted


def _interruption() -> asyncio.Event:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    return stop
