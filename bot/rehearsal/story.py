"""The whole story, headless: from the invitation of the bot to the change that was measured half a year later."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path
from typing import Literal

from bot.rehearsal import attendance_act, beginnings, charts_act, followup_act, numbers_act
from bot.rehearsal.cast import Cast
from bot.rehearsal.play import Play
from bot.rehearsal.stage import stage
from cluster.clock import COPENHAGEN

Acts = Callable[[Play, Path], Awaitable[None]]
OPENING = datetime(2026, 3, 2, 9, 0, tzinfo=COPENHAGEN)


async def perform(
    cast: Cast,
    folder: Path,
    *,
    seed: int,
    out: Path,
    write: Callable[[str], None],
    mode: Literal["socket", "http"] = "socket",
    database_url: str = "",
    acts: Acts | None = None,
) -> list[str]:
    """Play everything, or other acts; the differences from what must happen, none when all is well."""
    await asyncio.to_thread(out.mkdir, parents=True, exist_ok=True)
    async with stage(cast, folder, start=OPENING, seed=seed, mode=mode, database_url=database_url) as set_:
        play = Play(set_, write)
        play.transcript.moment(OPENING)
        await (acts or play_through)(play, out)
        write("")
        if play.differences:
            write(f"✗ {len(play.differences)} afvigelser:")
            for difference in play.differences:
                write(f"  – {difference}")
        else:
            write("✔ Alt gik, som det skulle.")
        return play.differences


async def first_day(play: Play) -> None:
    """From the invitation of the bot to the first numbers: where the demo begins, too."""
    await beginnings.invited_and_set_up(play)
    await beginnings.members_come_aboard(play)
    await beginnings.meeting_called(play)
    await beginnings.first_answers(play)
    await numbers_act.asked(play)
    await numbers_act.first_numbers(play)


async def play_through(play: Play, out: Path) -> None:
    """Every act in its order; the charts are written to ``out``."""
    await first_day(play)
    await beginnings.the_silent_are_reminded(play)
    await numbers_act.followed(play)
    await beginnings.pass_days(play, until="2026-04-15")
    await numbers_act.late_numbers(play)
    await charts_act.charts_sent(play, out)
    await charts_act.late_at_the_meeting(play)
    await attendance_act.attended(play)
    await followup_act.agreed(play)
    await play.at("2026-05-08", 9)
    await followup_act.measured_again(play, out)
