"""The list of members: what it would change, kept until the coordinator says yes, and then done.

Nobody is removed because a list leaves them out: exclusion is for the general meeting, never for the bot (ORG-11).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import select

from cluster import audit, notices
from cluster.calendar import next_slot
from cluster.delivery import handover
from cluster.errors import ClusterError
from cluster.members import cluster_rules, members, places, practices
from cluster.members.members import Person
from cluster.onboarding import passing_on, welcome
from cluster.onboarding.roster_plan import CHANGED, NEW, ListedPractice, Someone, contact_row, plan
from cluster.onboarding.roster_rows import Flaw, Roster, RosterRow, is_roster, read_roster
from cluster.subjects import CLUSTER, ROSTER
from storage.models import Member, Practice, RosterImport
from storage.unit_of_work import Reading, UnitOfWork
from storage.words import How, ProposalState, Role

__all__ = [
    "Flaw",
    "Preview",
    "Roster",
    "RosterOutcome",
    "RosterRow",
    "apply",
    "confirm",
    "is_roster",
    "preview",
    "read_roster",
]

FORGOTTEN_AFTER = timedelta(days=7)


@dataclass(frozen=True)
class ListedPerson:
    """One person of a list, as the coordinator sees it before saying yes."""

    row: int
    name: str
    email: str
    practice: str
    """Name or ydernummer; empty when the list doesn't say and nobody knows."""
    before: str
    """The practice the person is in now, when it would be another."""
    state: str
    """new, changed or unchanged."""
    changes: tuple[str, ...]


@dataclass(frozen=True)
class Preview:
    """What a list would do, in counts; nothing is done yet."""

    practices: Counter[str]
    members: Counter[str]
    flaws: tuple[Flaw, ...]
    not_listed: tuple[int, ...]
    """Members of the cluster that the list leaves out; they stay."""
    without_contact: tuple[str, ...]
    vacant: tuple[str, ...]
    """Names of practices with people of whom nobody would answer for them, and of those without people."""
    people: tuple[ListedPerson, ...]
    """Everybody on the list, in its order."""
    patients: int | None
    """Patients in the whole cluster afterwards, when every list size is known."""

    @property
    def changes_anything(self) -> bool:
        """Whether there is something to save."""
        return any(counts[state] for counts in (self.practices, self.members) for state in (NEW, CHANGED))


@dataclass(frozen=True)
class RosterOutcome:
    """What saving a list did."""

    practices: Counter[str] = field(default_factory=Counter)
    members: Counter[str] = field(default_factory=Counter)
    matched: int = 0
    greets_at: datetime | None = None
    """When those who were found are written to."""


async def preview(state: Reading, cluster_id: int, roster: Roster) -> Preview:
    """What a list would change in a cluster."""
    planned, people = await plan(state, cluster_id, roster)
    listed = {someone.known.id for someone in people if someone.known}
    known_members = await members.of_cluster(state, cluster_id)
    known_places = await practices.of_cluster(state, cluster_id)
    lacking: dict[bool, list[str]] = {True: [], False: []}  # with and without people
    sizes = {practice.ydernummer: practice.list_size for practice in known_places}
    filled = {member.practice_id for member in known_members}
    for place in planned:
        sizes[place.ydernummer] = place.facts.get("list_size", sizes.get(place.ydernummer))
        if not contact_row(place) and not (place.known and place.known.contact_id):
            has_people = any(row.name for row in place.rows) or (place.known is not None and place.known.id in filled)
            lacking[has_people].append(place.called)
    return Preview(
        practices=Counter(place.state for place in planned),
        members=Counter(someone.state for someone in people),
        flaws=roster.flaws,
        not_listed=tuple(member.id for member in known_members if member.practice_id and member.id not in listed),
        without_contact=tuple(lacking[True]),
        vacant=tuple(lacking[False]),
        people=_shown(planned, people, known_places),
        patients=sum(size or 0 for size in sizes.values()) if sizes and None not in sizes.values() else None,
    )


def _shown(
    places: Sequence[ListedPractice], people: Sequence[Someone], known: Sequence[Practice]
) -> tuple[ListedPerson, ...]:
    names = {practice.id: practice.name or practice.ydernummer for practice in known}
    to = {each.ydernummer: each.called for each in places}
    return tuple(
        ListedPerson(
            row=each.row.row,
            name=each.row.name,
            email=each.row.email or "",
            practice=to.get(each.row.ydernummer) or each.row.ydernummer or each.row.practice,
            before=names.get((each.known and each.known.practice_id) or 0, "") if each.moves else "",
            state=each.state,
            changes=each.changes,
        )
        for each in people
    )


async def apply(
    uow: UnitOfWork,
    cluster_id: int,
    roster: Roster,
    *,
    now: datetime,
    actor_id: int | None = None,
    what: str = "roster.applied",
) -> RosterOutcome:
    """Write a list into the cluster. Blank cells never overwrite, and nobody loses the coordinator's role by a list."""
    planned, people = await plan(uow, cluster_id, roster)
    outcome = RosterOutcome(Counter(place.state for place in planned), Counter(someone.state for someone in people))
    found: dict[str, Practice] = {}
    for place in planned:
        practice = place.known or Practice(cluster_id=cluster_id, ydernummer=place.ydernummer, name=place.ydernummer)
        for name, value in place.facts.items():
            setattr(practice, name, value)
        uow.session.add(practice)
        found[place.ydernummer] = practice
    await uow.session.flush()
    by_row: dict[int, Member] = {}
    held: dict[int, Role] = {}
    moved: list[tuple[Member, int]] = []
    for someone in people:
        member = someone.known or Member(cluster_id=cluster_id, name=someone.row.name, role=Role.MEMBER, active=True)
        held[someone.row.row] = member.role
        is_back = not member.active
        for name, value in someone.facts.items():
            setattr(member, name, value)
        practice_id = found[someone.row.ydernummer].id if someone.row.ydernummer else member.practice_id
        if someone.row.ydernummer:
            await practices.leave_contact(uow, member, found[someone.row.ydernummer].id)
        uow.session.add(member)
        by_row[someone.row.row] = member
        if practice_id is not None and (someone.moves or someone.is_another or is_back):
            moved.append((member, practice_id))
    await uow.session.flush()
    for number, member in by_row.items():
        await handover.follow(uow, member, held[number], now=now)
    for member, practice_id in moved:
        await places.put(uow, member, practice_id, now=now, actor_id=actor_id)
        await passing_on.pass_on(uow, member, now=now, actor_id=actor_id)
    for place in planned:
        practice, row = found[place.ydernummer], contact_row(place)
        if row and place.gets_contact:
            practice.contact_id = by_row[row.row].id
    counts: dict[str, int] = {f"practices_{state}": number for state, number in outcome.practices.items()}
    counts |= {f"members_{state}": number for state, number in outcome.members.items()}
    audit.note(uow, what, CLUSTER.about(cluster_id), now=now, actor_id=actor_id, cluster_id=cluster_id, **counts)
    return outcome


async def propose(uow: UnitOfWork, cluster_id: int, roster: Roster, *, now: datetime, member_id: int) -> RosterImport:
    """Keep a list that was sent in until the coordinator says yes or no; an older one that waits gives way."""
    if not roster.rows:
        raise ClusterError("roster.empty")
    older = select(RosterImport).where(
        RosterImport.cluster_id == cluster_id, RosterImport.state == ProposalState.WAITING
    )
    for waiting in (await uow.session.execute(older)).scalars().all():
        await _settle(uow, waiting, ProposalState.DROPPED, now=now)
    proposal = RosterImport(cluster_id=cluster_id, member_id=member_id, rows=roster.stored(), created_at=now)
    uow.session.add(proposal)
    await uow.session.flush()
    await notices.renew_home(uow, [member_id], now=now)
    about = ROSTER.about(proposal.id)
    await notices.owe(
        uow,
        "roster.preview",
        key=about,
        now=now,
        member_id=member_id,
        cluster_id=cluster_id,
        subject=about,
        urgency=notices.ANSWER,
    )
    await notices.owe(
        uow,
        "roster.forget",
        key=f"roster-forget:{proposal.id}",
        now=now,
        due_at=now + FORGOTTEN_AFTER,
        how=How.STEP,
        cluster_id=cluster_id,
        subject=about,
    )
    return proposal


async def names_of(state: Reading, member_ids: Sequence[int]) -> list[str]:
    """The names behind ids, for those who may see them."""
    return [(await members.get(state, member_id)).name for member_id in member_ids]


async def find(state: Reading, import_id: int) -> RosterImport | None:
    """A list by id, whatever became of it."""
    return await state.session.get(RosterImport, import_id)


async def cluster_of(state: Reading, import_id: int) -> int:
    """The cluster that a list is of, or a friendly refusal: whoever decides on it must lead that one."""
    proposal = await find(state, import_id)
    if proposal is None:
        raise ClusterError("roster.dropped")
    return proposal.cluster_id


async def waiting(state: Reading, import_id: int) -> RosterImport:
    """A list that still waits for its yes, or a friendly refusal."""
    proposal = await find(state, import_id)
    if proposal is None or proposal.state == ProposalState.DROPPED:
        raise ClusterError("roster.dropped")
    if proposal.state == ProposalState.CONFIRMED:
        raise ClusterError("roster.saved_already")
    return proposal


async def confirm(
    uow: UnitOfWork, import_id: int, people: Sequence[Person], *, now: datetime, actor_id: int, at_once: bool = False
) -> RosterOutcome:
    """The coordinator said yes: write the list, find its people in Slack, welcome them.

    Many are written to who never heard of us: after hours that waits for the morning, unless it was asked for at once.
    """
    proposal = await waiting(uow, import_id)
    hours = await cluster_rules.hours_of(uow, proposal.cluster_id)
    greets_at = now if at_once else next_slot(now, hours)
    outcome = await apply(uow, proposal.cluster_id, Roster.restored(proposal.rows), now=now, actor_id=actor_id)
    found = await welcome.greet(uow, await cluster_rules.get(uow, proposal.cluster_id), people, now=now, at=greets_at)
    await _settle(uow, proposal, ProposalState.CONFIRMED, now=now)
    everyone = [member.id for member in await members.of_cluster(uow, proposal.cluster_id) if member.slack_user_id]
    await notices.renew_home(uow, everyone, now=now)
    return RosterOutcome(outcome.practices, outcome.members, len(found), greets_at)


async def drop(uow: UnitOfWork, import_id: int, *, now: datetime) -> None:
    """The coordinator said no, or nothing for a week."""
    await _settle(uow, await waiting(uow, import_id), ProposalState.DROPPED, now=now)


async def _settle(uow: UnitOfWork, proposal: RosterImport, state: ProposalState, *, now: datetime) -> None:
    """The names on the list are not kept a second time once it is decided."""
    proposal.state, proposal.rows = state, []
    subject, sender = ROSTER.about(proposal.id), proposal.member_id
    await notices.renew_home(uow, [sender] if sender is not None else [], now=now)
    await notices.take_back(uow, subject, kinds=["roster.forget"])
    await handover.show_decided(
        uow,
        "roster.preview",
        subject=subject,
        sender_id=sender,
        cluster_id=proposal.cluster_id,
        now=now,
    )
