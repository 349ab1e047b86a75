"""A whole year: a topic with its numbers and its evening, what comes of it, a visit that is moved, leave, a meeting
that is called off, another coordinator, the new measurement, and the year's list of who was there."""

from __future__ import annotations

from pathlib import Path

from bot.rehearsal import attendance_act, beginnings, charts_act, followup_act, numbers_act
from bot.rehearsal.play import Play
from bot.rehearsal.story import first_day
from bot.rehearsal.year import between_act, evening_act

EVENING = "2026-04-23"


async def play_the_year(play: Play, out: Path) -> None:
    """Every act in its order."""
    await first_day(play)
    await evening_act.agenda_shared(play)
    await beginnings.the_silent_are_reminded(play)
    await numbers_act.followed(play)
    await beginnings.pass_days(play, until="2026-04-15")
    await numbers_act.late_numbers(play)
    await charts_act.charts_sent(play, out)
    await evening_act.taker_found(play)
    await evening_act.steered(play, EVENING)
    await evening_act.checked_in(play)
    await evening_act.grouped(play)
    await evening_act.changes_said(play, EVENING)
    await evening_act.ended(play, EVENING)
    await evening_act.minutes_sent(play, EVENING)
    await evening_act.evaluated(play, EVENING)
    await attendance_act.attended(play)
    await followup_act.agreed(play)
    await beginnings.pass_days(play, until="2026-05-08")
    await evening_act.evaluation_told(play)
    await between_act.looked_back(play)
    await between_act.visit_moved(play)
    await between_act.called_off(play)
    await followup_act.measured_again(play, out)
    await between_act.visited(play)
    await between_act.date_found(play)
    await between_act.year_closed(play)
