"""A list of members held beside what is known: which practices and people are new, changed or as before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select

from cluster.members import members
from cluster.members.members import as_email
from cluster.members.organisations import OURS
from cluster.onboarding.roster_rows import Roster, RosterRow
from storage.models import Member, Practice
from storage.unit_of_work import Reading
from storage.words import Role

NEW, CHANGED, UNCHANGED = "new", "changed", "unchanged"


@dataclass
class ListedPractice:
    """A practice of the list beside what is known of it."""

    ydernummer: str
    known: Practice | None
    rows: list[RosterRow]
    facts: dict[str, Any]
    gets_contact: bool = False
    """Whether the list names somebody else to answer for it."""

    @property
    def called(self) -> str:
        """Its name afterwards; the ydernummer of one without."""
        return self.facts.get("name") or (self.known.name if self.known else self.ydernummer)

    @property
    def state(self) -> str:
        """new, changed or unchanged."""
        if self.known is None:
            return NEW
        differs = self.gets_contact or any(getattr(self.known, name) != value for name, value in self.facts.items())
        return CHANGED if differs else UNCHANGED


@dataclass
class Someone:
    """A person of the list beside the member they are."""

    row: RosterRow
    known: Member | None
    facts: dict[str, Any]
    moves: bool
    is_another: bool = False
    """Whether somebody else is meant from now on: another address for one whom Slack has not been found for."""

    @property
    def state(self) -> str:
        """new, changed or unchanged."""
        if self.known is None:
            return NEW
        return CHANGED if self.changes else UNCHANGED

    @property
    def changes(self) -> tuple[str, ...]:
        """What of a known person would be another: names of columns, and practice."""
        if self.known is None:
            return ()
        differ = [name for name, value in self.facts.items() if getattr(self.known, name) != value]
        return (*(["practice"] if self.moves else []), *differ)


async def plan(state: Reading, cluster_id: int, roster: Roster) -> tuple[list[ListedPractice], list[Someone]]:
    """The practices and people of a list, each beside what it would become."""
    rows = select(Practice).where(Practice.cluster_id == cluster_id)
    known = {practice.ydernummer: practice for practice in (await state.session.execute(rows)).scalars().all()}
    places: dict[str, ListedPractice] = {}
    listed = [_placed(row, known.values()) for row in roster.rows]
    for row in (row for row in listed if row.ydernummer):
        practice = known.get(row.ydernummer)
        place = places.setdefault(row.ydernummer, ListedPractice(row.ydernummer, practice, [], {"active": True}))
        place.rows.append(row)
        for name, value in (("name", row.practice), ("list_size", row.list_size), ("system", row.system)):
            if value:
                place.facts.setdefault(name, value)
    everyone = await members.of_cluster(state, cluster_id, also_left=True)
    people: list[Someone] = []
    for row in (row for row in listed if row.name):
        taken = {someone.known.id for someone in people if someone.known}
        free = [member for member in everyone if member.id not in taken]
        people.append(_someone(row, free, known.get(row.ydernummer)))
    by_row = {someone.row.row: someone.known for someone in people}
    for place in places.values():
        named, held = contact_row(place), place.known.contact_id if place.known else None
        if named and (named.contact or held is None):
            member = by_row[named.row]
            place.gets_contact = member is None or member.id != held
    return list(places.values()), people


def _placed(row: RosterRow, known: Iterable[Practice]) -> RosterRow:
    """A row without a ydernummer, with that of the one practice that goes by the name it says."""
    if row.ydernummer or not row.practice:
        return row
    alike = [practice.ydernummer for practice in known if practice.name.casefold() == row.practice.casefold()]
    return replace(row, ydernummer=alike[0]) if len(alike) == 1 else row


def _someone(row: RosterRow, everyone: Sequence[Member], practice: Practice | None) -> Someone:
    member = next((each for each in everyone if row.email and as_email(each.email) == row.email), None)
    if member is None:
        same_name = [each for each in everyone if each.name.casefold() == row.name.casefold()]
        here = {None, practice.id if practice else None}
        member = next((each for each in same_name if not (each.email and row.email) and each.practice_id in here), None)
    facts: dict[str, Any] = {"name": row.name, "active": True}
    facts |= {name: value for name, value in (("email", row.email), ("title", row.title)) if value}
    leads = row.role in members.LEADERS and member is not None and member.organisation != OURS
    if row.role and not leads and not (member and member.role == Role.COORDINATOR):
        facts["role"] = row.role
    moves = bool(row.ydernummer) and (practice is None or member is None or member.practice_id != practice.id)
    another = (
        member is not None
        and member.slack_user_id is None
        and as_email(member.email) != (row.email or as_email(member.email))
    )
    return Someone(row, member, facts, moves, another)


def contact_row(place: ListedPractice) -> RosterRow | None:
    """Who the list says answers for a practice; the only person in a practice does."""
    people = [row for row in place.rows if row.name]
    marked = next((row for row in people if row.contact), None)
    return marked or (people[0] if len(people) == 1 else None)
