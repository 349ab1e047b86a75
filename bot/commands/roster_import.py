"""Reads a list of members from the command line: shown first, saved only after a yes."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass

import aiohttp
from slack_sdk.errors import SlackApiError

from bot.commands.cluster_named import cluster_named
from bot.log import describe as describe_error
from bot.receiving.slack import web_client
from bot.settings import Settings
from cluster import notices
from cluster.clock import Clock
from cluster.members.members import Person, of_cluster
from cluster.onboarding import roster, welcome
from handlers.onboarding.views.roster import preview_said
from handlers.people import fetch_everyone, home_of
from locales import Texts
from measures.checking.sentences import describe
from measures.reading.intake import read_file
from measures.reading.problems import Refused
from storage.database import Database
from storage.migrate import migrate
from storage.models import Cluster
from storage.unit_of_work import UnitOfWork, look


class ImportRefusedError(Exception):
    """The list cannot be used; the message is for the person at the keyboard."""


@dataclass(frozen=True)
class Keyboard:
    """The person who runs the command."""

    t: Texts
    show: Callable[[str], None]
    agree: Callable[[], bool]


async def import_roster(
    settings: Settings, clock: Clock, data: bytes, name: str, *, cluster: str, keyboard: Keyboard
) -> bool:
    """Preview, ask, save, find people in Slack and owe them a welcome. False when the answer was no.

    Raises ImportRefusedError, or NotOneClusterError.
    """
    t = keyboard.t
    try:
        table = await read_file(data, name)
    except Refused as refused:
        raise ImportRefusedError(describe(refused.problem, t)) from None
    if not roster.is_roster(table):
        raise ImportRefusedError(t("This is not a list of members: columns such as ydernummer and name are missing."))
    read = roster.read_roster(table)
    async with AsyncExitStack() as stack:
        database = Database(settings.database_url)
        stack.push_async_callback(database.close)
        await migrate(database)
        async with look(database) as state:
            found = await cluster_named(state, cluster, t)
            seen = await roster.preview(state, found.id, read)
            keyboard.show(preview_said(seen, await roster.names_of(state, seen.not_listed), t))
        if not keyboard.agree():
            return False
        people = await _everyone(settings, t)
        await _save(database, found, read, people, clock)
    return True


async def _everyone(settings: Settings, t: Texts) -> list[Person]:
    """Who is in Slack; whoever is to blame when it can't be asked is Slack or the way there, and nothing is saved."""
    try:
        async with aiohttp.ClientSession() as session:
            slack = web_client(settings, session)
            return await fetch_everyone(slack, await home_of(slack))
    except (SlackApiError, aiohttp.ClientError, OSError, TimeoutError) as error:
        why = str(error.response.get("error")) if isinstance(error, SlackApiError) else describe_error(error)
        raise ImportRefusedError(
            t("Slack cannot be asked who is who: {why}. Nothing was saved. Run klynge doctor, then try again.", why=why)
        ) from None


async def _save(database: Database, cluster: Cluster, read: roster.Roster, people: list[Person], clock: Clock) -> None:
    async with UnitOfWork(database) as uow:
        await roster.apply(uow, cluster.id, read, now=clock.now())
        await welcome.greet(uow, cluster, people, now=clock.now())
        listed = [member.id for member in await of_cluster(uow, cluster.id) if member.slack_user_id]
        await notices.renew_home(uow, listed, now=clock.now())
        await uow.commit()
