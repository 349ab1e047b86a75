"""A cluster's quiet weeks in words."""

from __future__ import annotations

from locales import Texts


def quiet_line(quiet: str, t: Texts) -> str:
    """When nobody is reminded, from what `cluster.quiet` keeps: "week 7, week 29-31 and 22/12-2/1"."""
    times = [each if "/" in each else t("week {weeks}", weeks=each) for each in quiet.split(", ")]
    return t("No reminders in {times}.", times=t.listing(times))
