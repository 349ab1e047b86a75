"""Whether the database answers, has the right tables, can be written to, agrees on the hour, and holds dead letters."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import UTC, datetime

from sqlalchemy import make_url, text

from bot.doctor.finding import Diagnosis, compare
from bot.log import describe
from bot.settings import Settings
from cluster.clock import Clock
from locales import Texts
from storage.backlog import backlog
from storage.database import Database
from storage.migrate import known, newest, revision
from storage.sqlite_file import file_of, is_open_to_others, missing_file

PATIENCE = 5.0
"""Seconds for a first answer."""


async def look(settings: Settings, clock: Clock, t: Texts) -> AsyncIterator[Diagnosis]:
    """Asks the database everything; one that does not answer is said once, one that is not there is not made."""
    if file := missing_file(settings.database_url):
        yield Diagnosis(
            t("Database: there is no file {file}.", file=file),
            t("Is this the bot's folder, and are these its settings? If the bot is new: run klynge migrate."),
        )
        return
    try:
        private = _private(settings.database_url, t)
        database = Database(settings.database_url)
    except Exception as error:
        yield _away(error, t)
        return
    if private is not None:
        yield private
    try:
        tables = await asyncio.wait_for(_tables(database, t), PATIENCE)
        yield tables
        yield await _writing(database, t)
        if not database.is_sqlite:  # SQLite's clock is this machine's
            yield await _clock(database, clock, t)
        if tables.is_well:
            yield await _dead_letters(database, clock, t)
            yield await _lag(database, settings, clock, t)
    except Exception as error:
        yield _away(error, t)
    finally:
        await database.close()


def _private(database_url: str, t: Texts) -> Diagnosis | None:
    file = file_of(make_url(database_url))
    if file is None:
        return None
    if is_open_to_others(file):
        said = t("Database: others on this machine can read {file}.", file=file.resolve())
        return Diagnosis(said, t("Run klynge migrate as its owner, or chmod 600 it: it is for the bot's user alone."))
    return Diagnosis(t("Database: its file is for the bot's user alone."))


def _away(error: Exception, t: Texts) -> Diagnosis:
    return Diagnosis(
        t("Database: does not answer ({error}).", error=describe(error)),
        t("Check KLYNGE_DATABASE_URL, that the database is running, and that this user may use it."),
    )


async def _tables(database: Database, t: Texts) -> Diagnosis:
    now = await revision(database)
    if now == newest():
        return Diagnosis(t("Database: answers, and has the tables of this version ({revision}).", revision=now))
    if now is None:
        return Diagnosis(t("Database: answers, but has no tables yet."), t("Run klynge migrate."))
    said = t("Database: is at revision {found}, this version is at {ours}.", found=now, ours=newest())
    return Diagnosis(said, t("Run klynge migrate.") if now in known() else t("Install the newer version of Klyngebot."))


async def _writing(database: Database, t: Texts) -> Diagnosis:
    try:
        async with database.engine.connect() as connection:
            await connection.execute(text("CREATE TABLE klynge_doctor (id INTEGER)"))
            await connection.rollback()
    except Exception as error:
        with suppress(Exception):
            await database.engine.dispose()
        return Diagnosis(
            t("Database: cannot be written to ({error}).", error=describe(error)),
            t("Give the bot's user the right to write and to make tables, and check the disk."),
        )
    return Diagnosis(t("Database: can be written to."))


async def _clock(database: Database, clock: Clock, t: Texts) -> Diagnosis:
    async with database.read() as session:
        theirs: datetime | None = await session.scalar(text("SELECT now()"))
    return compare(clock.wall(), (theirs or clock.wall()).astimezone(UTC), t("the database"), t)


async def _dead_letters(database: Database, clock: Clock, t: Texts) -> Diagnosis:
    dead = sum((await backlog(database, now=clock.now(), wall=clock.wall())).dead.values())
    if not dead:
        return Diagnosis(t("Dead letters: none."))
    return Diagnosis(
        t.n("Dead letters: {n} message was abandoned.", "Dead letters: {n} messages were abandoned.", dead),
        t("Look at them with klynge dead-letters list, then retry or drop them."),
    )


async def _lag(database: Database, settings: Settings, clock: Clock, t: Texts) -> Diagnosis:
    waiting = await backlog(database, now=clock.now(), wall=clock.wall())
    oldest = max(waiting.inbox.oldest, *(queue.oldest for queue in waiting.outbox.values()))
    if oldest <= settings.lag_seconds:
        return Diagnosis(t("Queue: nothing has been waiting for long."))
    return Diagnosis(
        t("Queue: something has been waiting for {minutes} minutes.", minutes=t.number(round(oldest / 60))),
        t("Is the bot running? See its log for send.failed and inbox.failed."),
    )
