"""The demo by hand: the opening of the story is played, then the stage is yours."""

from __future__ import annotations

import asyncio
import signal
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Literal

from bot.rehearsal.cast import Cast
from bot.rehearsal.play import Play
from bot.rehearsal.stage import stage
from bot.rehearsal.story import OPENING, first_day


async def show(
    cast: Cast,
    folder: Path,
    *,
    seed: int,
    port: int,
    mode: Literal["socket", "http"],
    say: Callable[[str], None],
) -> None:
    """Serve the page until interrupted. The calendar runs from where the opening left it; the page can move it."""
    free = free_port(port)
    if free != port:
        say(f"Port {port} er optaget på denne maskine, så siden får en anden.")
    say("Klyngen gøres klar: øvelses-Slack, bot og database på denne maskine. Det tager et halvt minut …")
    async with stage(cast, folder, start=OPENING, seed=seed, port=free, mode=mode) as set_:
        play = Play(set_, announce=lambda title: say(f"  – {title}"))
        await first_day(play)
        say("  – Tre uger går, og de tavse bliver mindet om mødet")
        for day in ("2026-03-05", "2026-03-25"):  # the one reminder in between; the first about the meeting comes at 16
            await play.at(day, 9)
        set_.calendar.run()
        say(f"\n  Åbn {set_.page_url} i en browser.\n")
        say(f"  Du er koordinatoren {cast.coordinator.name}, til du vælger en anden øverst. Prøv /klynge status,")
        say("  svar på en indkaldelse, send en fil som en anden, flyt uret til næste morgen. Ctrl-C slutter.")
        await _interrupted()
        say("\nFarvel – alt fra øvelsen er væk igen.")


def free_port(wanted: int) -> int:
    """The port itself, or 0 (any) when somebody listens there."""
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind(("127.0.0.1", wanted))
        except OSError:
            return 0
    return wanted


async def _interrupted() -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    await stop.wait()
