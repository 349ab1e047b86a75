"""Where the demo can begin: the acts that are played before the stage is handed over."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from bot.rehearsal import beginnings, numbers_act
from bot.rehearsal.guide.jumps import leap
from bot.rehearsal.play import Play
from bot.rehearsal.story import OPENING
from cluster.clock import COPENHAGEN
from locales import N_

EVENING = datetime(2026, 3, 2, 16, 5, tzinfo=COPENHAGEN)
"""The empty workspace is met after the day's work, while members may still be written to."""


@dataclass(frozen=True)
class Act:
    """A part of the opening, with the line that is shown while it is played."""

    line: str
    play: Callable[[Play], Awaitable[None]]


@dataclass(frozen=True)
class Opening:
    """One beginning; English, marked with N_."""

    name: str
    title: str
    about: str
    acts: tuple[Act, ...] = ()
    start: datetime = OPENING


async def _come_to_the_reminder(play: Play) -> None:
    for day in ("2026-03-05", "2026-03-25"):  # the one reminder in between; the first about the meeting comes at 16
        await play.at(day, 9)


async def _answer_the_rest(play: Play) -> None:
    await leap(play.stage, datetime(2026, 4, 16, 10, 0, tzinfo=COPENHAGEN))
    cast = play.stage.cast
    await numbers_act.enter_numbers(play, [each for each in cast.contributing if each not in cast.early])


_SET_UP = (
    Act(N_("The bot is invited, and the cluster is set up"), beginnings.invited_and_set_up),
    Act(N_("Twelve practices and 24 doctors come aboard"), beginnings.members_come_aboard),
)
_CALLED = (
    *_SET_UP,
    Act(N_("A meeting is called"), beginnings.meeting_called),
    Act(N_("The first ones answer"), beginnings.first_answers),
    Act(N_("The practices are asked for numbers"), numbers_act.asked),
    Act(N_("Numbers come in, right ones and wrong ones"), numbers_act.first_numbers),
)
OPENINGS = (
    Opening(
        "empty",
        N_("An empty workspace"),
        N_("Nothing is there yet: from “added to Slack” to the first invitation."),
        start=EVENING,
    ),
    Opening("aboard", N_("Everybody is aboard"), N_("The cluster is set up, and nothing is planned."), _SET_UP),
    Opening(
        "spring",
        N_("In the middle of it"),
        N_("A meeting is called, half have answered, and numbers are coming in."),
        (*_CALLED, Act(N_("Three weeks pass"), _come_to_the_reminder)),
    ),
    Opening(
        "charts",
        N_("The charts are ready"),
        N_("The numbers are in, and nobody has seen a chart yet."),
        (*_CALLED, Act(N_("Six weeks pass, and the last numbers come in"), _answer_the_rest)),
    ),
)
FIRST = "spring"


def opening(name: str) -> Opening:
    """By its name; LookupError when there is none."""
    for each in OPENINGS:
        if each.name == name:
            return each
    raise LookupError(name)
