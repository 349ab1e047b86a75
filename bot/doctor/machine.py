"""What the machine must have: time zones, letters, room on the disk."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from bot.doctor.finding import Diagnosis
from bot.settings import Settings
from locales import Texts

LEAST_FREE = 500_000_000
DANISH = "æøåÆØÅ–’‰≥"
SUMMER, WINTER = datetime(2026, 7, 1, tzinfo=UTC), datetime(2026, 1, 1, tzinfo=UTC)


def look(settings: Settings, t: Texts) -> Iterator[Diagnosis]:
    """Everything that can be seen without asking anybody else."""
    yield _time_zone(t)
    yield _letters(t)
    for folder in sorted({_home_of(settings.database_url), Path(tempfile.gettempdir()).resolve()}):
        yield _room(folder, t)


def _time_zone(t: Texts) -> Diagnosis:
    try:
        zone = ZoneInfo("Europe/Copenhagen")
        offsets = [moment.astimezone(zone).utcoffset() for moment in (SUMMER, WINTER)]
    except ZoneInfoNotFoundError:
        offsets = []
    if offsets == [timedelta(hours=2), timedelta(hours=1)]:
        return Diagnosis(t("Time zone: Europe/Copenhagen is known, with summer time."))
    return Diagnosis(t("Time zone: Europe/Copenhagen is not known."), t("Install the package tzdata."))


def _letters(t: Texts) -> Diagnosis:
    try:
        from measures.drawing.letters import known

        is_whole = known(DANISH) == DANISH
    except Exception:
        is_whole = False
    if is_whole:
        return Diagnosis(t("Characters: charts can write æøå."))
    return Diagnosis(
        t("Characters: the font of the charts is missing or lacks æøå."), t("Reinstall matplotlib; its fonts are used.")
    )


def _home_of(database_url: str) -> Path:
    """The folder that holds the data; the current one when the data lie elsewhere."""
    try:
        url = make_url(database_url)
    except ArgumentError:
        return Path.cwd()
    if url.get_backend_name() != "sqlite" or not url.database:
        return Path.cwd()
    folder = Path(url.database).resolve().parent
    return next((each for each in (folder, *folder.parents) if each.exists()), Path.cwd())


def _room(folder: Path, t: Texts) -> Diagnosis:
    free = shutil.disk_usage(folder).free
    said = t("Disk: {size} MB free in {folder}.", size=t.number(free // 1_000_000), folder=folder)
    return (
        Diagnosis(said)
        if free >= LEAST_FREE
        else Diagnosis(said, t("Free some space: at least 500 MB should be free."))
    )
