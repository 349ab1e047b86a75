"""Times of day through 2040: each names one moment of its day, also where the clock is put forward or back."""

from datetime import date, time, timedelta

from cluster.calendar import at
from cluster.clock import local
from tests.bench.row import Row

FIRST, LAST = date(2026, 1, 1), date(2040, 12, 31)
TIMES = [time(hour, minute) for hour in range(24) for minute in (0, 30)]


def wrong() -> int:
    """Firings that come on another day than theirs, or not after the one of the day before."""
    found = 0
    for moment in TIMES:
        day, before = FIRST, None
        while day <= LAST:
            fires = at(day, moment.hour, moment.minute)
            found += local(fires).date() != day or (before is not None and fires <= before)
            day, before = day + timedelta(days=1), fires
    return found


async def rows() -> list[Row]:
    days = (LAST - FIRST).days + 1
    missed = wrong()
    name = f"{len(TIMES)} times of day on {days} days: not exactly once a day"
    return [Row(name, str(missed), "0", missed == 0)]
