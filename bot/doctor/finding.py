"""One thing the doctor found."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from locales import Texts

MOST_SECONDS_APART = 30
"""Slack refuses requests signed five minutes off; leases and reminders suffer earlier."""


@dataclass(frozen=True)
class Diagnosis:
    """A sentence, and what to do about it; well when there is nothing to do, or when nobody can know."""

    said: str
    advice: str = ""
    is_known: bool = True

    @property
    def is_well(self) -> bool:
        """Whether there is nothing to do, as far as anybody can know."""
        return not self.advice or not self.is_known

    def lines(self) -> str:
        """As it is shown in a terminal."""
        mark = "?" if not self.is_known else "✔" if self.is_well else "✘"
        return f"{mark} {self.said}" + (f"\n    → {self.advice}" if self.advice else "")


def compare(ours: datetime, theirs: datetime, whose: str, t: Texts) -> Diagnosis:
    """Whether another clock agrees with this machine's."""
    apart = abs((ours - theirs).total_seconds())
    if apart <= MOST_SECONDS_APART:
        return Diagnosis(t("Clock: agrees with {whose}.", whose=whose))
    return Diagnosis(
        t("Clock: {seconds} seconds apart from {whose}.", seconds=t.number(round(apart)), whose=whose),
        t("Let the machine set its clock by the network (NTP)."),
    )
