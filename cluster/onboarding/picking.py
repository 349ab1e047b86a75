"""People who were picked in Slack, made rows of a list of members: who can be, who is there already, and who can't."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum

from cluster.errors import ClusterError
from cluster.members.belonging import account_of
from cluster.members.members import Person, as_email
from cluster.onboarding.roster_rows import Roster, RosterRow
from measures.reading.headers import read_ydernummer
from storage.models import Member

MOST = 30
"""At once: each is asked about in Slack, and has a field in the form."""
_PLACE = re.compile(r"\s*(?P<number>[\dOo]{1,6})(?:[\s,;:–-]+(?P<name>.*))?\s*", re.DOTALL)


class Unfit(StrEnum):
    """Why somebody who was picked can't be put on the list like that."""

    LISTED = "listed"
    BOT = "bot"
    GONE = "gone"
    OUTSIDER = "outsider"
    NO_ADDRESS = "no_address"


def sort_out(picked: Iterable[Person], people: Sequence[Member]) -> tuple[list[Person], dict[Unfit, list[Person]]]:
    """Those who can be members, and the others by what is in the way. ``people`` are the members now; of them who has
    no practice, as whoever invited the bot, can be given one."""
    settled = [member for member in people if member.practice_id is not None]
    accounts = {account_of(member) for member in settled if member.slack_user_id}
    addresses = {as_email(member.email) for member in settled if member.email}
    fit: list[Person] = []
    unfit: dict[Unfit, list[Person]] = {}
    for person in picked:
        why = _why_not(person, is_listed=person.account in accounts or as_email(person.email) in addresses)
        if why is None:
            fit.append(person)
        else:
            unfit.setdefault(why, []).append(person)
    return fit, unfit


def _why_not(person: Person, *, is_listed: bool) -> Unfit | None:
    hindrances = {
        Unfit.LISTED: is_listed,
        Unfit.BOT: person.is_bot,
        Unfit.GONE: person.gone,
        Unfit.OUTSIDER: person.outsider,
        Unfit.NO_ADDRESS: not person.email,
    }
    return next((why for why, holds in hindrances.items() if holds), None)


def read_place(written: str) -> tuple[str, str]:
    """ "57584 Lægehuset Nord" as ydernummer and name; both empty of nothing. Raises ClusterError of anything else."""
    if not written.strip():
        return "", ""
    found = _PLACE.fullmatch(written)
    number = read_ydernummer(found["number"]) if found else None
    if found is None or number is None or not int(number):
        raise ClusterError("person.ydernummer_wrong")
    return number, " ".join((found["name"] or "").split())[:255]


def rows_of(people: Sequence[Person], places: Mapping[str, tuple[str, str]]) -> Roster:
    """A list with a row for each. ``places`` are ydernummer and name by Slack id; who has none is asked on arrival."""
    rows = []
    for number, person in enumerate(people, 1):
        ydernummer, practice = places.get(person.user_id, ("", ""))
        email = as_email(person.email)
        rows.append(RosterRow(number, ydernummer, practice, name=person.name.strip()[:255], email=email))
    return Roster(tuple(rows))
