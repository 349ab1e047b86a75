"""A copy of the database while the bot goes on writing, and its way back into the place of the old one."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path

from bot.backup.error import BackupError
from bot.backup.postgres import PostgresCopies
from bot.backup.sqlite import SqliteCopies
from bot.settings import Settings
from cluster.clock import Clock
from cluster.operations.restored import Restored, make_safe
from storage.database import Database
from storage.migrate import known, migrate
from storage.unit_of_work import UnitOfWork

__all__ = ["BackupError", "Outcome", "back_up", "make_usable", "restore"]


@dataclass(frozen=True)
class BackupOutcome:
    """What a restore did."""

    revision: str
    """Of the backup, before its tables were brought up to date."""
    kept: Path | None
    """Where the state before the restore was put; None when there was none."""
    made_safe: Restored


def back_up(settings: Settings, file: Path, programs: Path | None = None) -> str:
    """Write a copy that is whole in itself, and read it back; the revision of its tables."""
    if file.exists():
        raise BackupError(f"{file} exists already: choose another name.")
    copies = _copies(settings, programs)
    try:
        copies.take(file)
        return copies.revision_in(file)
    except BaseException:
        file.unlink(missing_ok=True)
        raise


async def restore(
    settings: Settings, file: Path, clock: Clock, *, overwrite: bool, programs: Path | None = None
) -> BackupOutcome:
    """Put a backup in the place of the database, bring it up to date, and see to it that nothing is sent twice.

    The bot must be stopped. What was there before is kept beside the backup.
    """
    kept = file.with_name(f"{file.name}.before-restore-{clock.wall():%Y%m%dT%H%M%S}")
    copies = _copies(settings, programs)
    revision, is_kept = await asyncio.to_thread(_replace, copies, file, kept, overwrite=overwrite)
    return BackupOutcome(revision, kept if is_kept else None, await make_usable(settings, clock))


def _replace(copies: SqliteCopies | PostgresCopies, file: Path, kept: Path, *, overwrite: bool) -> tuple[str, bool]:
    revision = copies.revision_in(file)
    if revision not in known():
        raise BackupError(f"The backup is of a newer version (revision {revision}): install that version first.")
    is_empty = copies.is_empty()
    if not is_empty and not overwrite:
        raise BackupError("The database holds data already. With --yes they are kept in a file and then replaced.")
    if copies.is_in_use():
        raise BackupError("Somebody uses the database: stop the bot first.")
    if not is_empty:
        copies.take(kept)
    copies.put_back(file)
    return revision, not is_empty


async def make_usable(settings: Settings, clock: Clock) -> Restored:
    """Bring a database that was put back, by us or by other means, up to date, and make safe what it owes."""
    database = Database(settings.database_url)
    try:
        await migrate(database)
        async with UnitOfWork(database) as uow:
            made_safe = await make_safe(uow, now=clock.now())
            await uow.commit()
        return made_safe
    finally:
        await database.close()


def _copies(settings: Settings, programs: Path | None) -> SqliteCopies | PostgresCopies:
    url = Database(settings.database_url).url
    return SqliteCopies(url) if url.get_backend_name() == "sqlite" else PostgresCopies(url, programs)
