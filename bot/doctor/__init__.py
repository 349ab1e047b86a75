"""`klynge doctor`: looks at everything the bot needs, and says what to do about what is missing."""

from __future__ import annotations

from collections.abc import AsyncIterator

from bot.doctor import database, machine, slack
from bot.doctor.finding import Diagnosis
from bot.problems import BadSetting
from bot.settings import Settings
from cluster.clock import Clock
from locales import Texts


async def examine(settings: Settings, problems: list[BadSetting], clock: Clock, t: Texts) -> AsyncIterator[Diagnosis]:
    """Every finding as it is made. What one look needs and does not find spoils no other."""
    for problem in problems:
        yield Diagnosis(
            t("Settings: {problem}", problem=problem.said(t)), t("Correct it in .env or in the environment.")
        )
    if not problems:
        yield Diagnosis(t("Settings: nothing is missing."))
    for finding in machine.look(settings, t):
        yield finding
    async for finding in database.look(settings, clock, t):
        yield finding
    async for finding in slack.look(settings, clock, t):
        yield finding
