"""Leaps in time that the story offers, with everything that falls due on the way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.rehearsal.guide.situation import StoryState, next_due
from bot.rehearsal.stage import Stage
from cluster import calendar
from cluster.clock import local
from locales import N_

MORNING = 9
STOPS = 400
"""On the way; more would be a mistake."""


@dataclass(frozen=True)
class Jump:
    """A moment that one button leads to; English, marked with N_."""

    name: str
    title: str
    at: datetime


def jumps(seen: StoryState) -> list[Jump]:
    """The leaps that lead somewhere, the nearest first."""
    today = local(seen.now).date()
    found = [Jump("morning", N_("Next morning"), calendar.at(calendar.workdays_after(today, 1), MORNING))]
    if seen.next_due is not None:
        found.append(Jump("reminder", N_("The next reminder"), seen.next_due))
    if meeting := seen.next_meeting:
        found.append(Jump("meeting", N_("The meeting"), meeting.starts_at))
        after = calendar.workdays_after(local(meeting.starts_at).date(), 1)
        found.append(Jump("after", N_("The day after the meeting"), calendar.at(after, MORNING)))
    return sorted((each for each in found if each.at > seen.now), key=lambda each: each.at)


async def leap(stage: Stage, moment: datetime) -> None:
    """Let the time come, stopping wherever something falls due: what is due on a Tuesday is said on that Tuesday."""
    for _ in range(STOPS):
        due = await next_due(stage, stage.calendar.now())
        if due is None or due >= moment:
            break
        await stage.move_to(due + timedelta(seconds=1))
    await stage.move_to(moment)
