"""What a list of members changes in a cluster."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime

import pytest
from sqlalchemy import select

from cluster.calendar import at
from cluster.errors import ClusterError
from cluster.members import members, practices
from cluster.members.members import Person
from cluster.onboarding import roster, setup
from cluster.onboarding.roster import Roster, RosterRow
from storage.database import Database
from storage.models import Member, Outbox, Practice, RosterImport, Rules
from storage.unit_of_work import UnitOfWork, look

KIRSTEN = Person("U1", "Kirsten Dahl", "kirsten@nord.dk")
LIST = Roster(
    (
        RosterRow(2, "000001", "Nord", 2000, "xmo", "Kirsten Dahl", "kirsten@nord.dk", "ejerlæge"),
        RosterRow(3, "000001", "Nord", 2000, "xmo", "Bo Friis", "bo@nord.dk", "ansat læge"),
        RosterRow(4, "000002", "Syd", 1800, "clinea", "Ida Juul", "ida@syd.dk", "ejerlæge"),
    )
)


async def a_cluster(database: Database, now: datetime) -> int:
    async with UnitOfWork(database) as uow:
        cluster = await setup.begin(uow, team_id="T1", channel_id="C1", inviter=KIRSTEN, now=now)
        await uow.commit()
    return cluster.id


async def applied(database: Database, cluster_id: int, listed: Roster, now: datetime) -> roster.RosterOutcome:
    async with UnitOfWork(database) as uow:
        outcome = await roster.apply(uow, cluster_id, listed, now=now)
        await uow.commit()
    return outcome


async def everybody(database: Database) -> list[tuple[str, str | None, str, str | None]]:
    async with look(database) as state:
        rows = select(Member, Practice).outerjoin(Practice, Practice.id == Member.practice_id).order_by(Member.id)
        found = (await state.session.execute(rows)).all()
    return [(member.name, member.email, member.role, place.name if place else None) for member, place in found]


async def test_preview_counts_without_changing_anything(database: Database, now: datetime) -> None:
    cluster_id = await a_cluster(database, now)
    async with look(database) as state:
        seen = await roster.preview(state, cluster_id, LIST)

    assert (seen.practices, seen.members) == (Counter(new=2), Counter(changed=1, new=2))
    assert (seen.patients, seen.without_contact, seen.not_listed) == (3800, ("Nord",), ())
    assert await everybody(database) == [("Kirsten Dahl", "kirsten@nord.dk", "coordinator", None)]


async def test_apply_writes_practices_members_and_contacts(database: Database, now: datetime) -> None:
    cluster_id = await a_cluster(database, now)
    await applied(database, cluster_id, LIST, now)

    assert await everybody(database) == [
        ("Kirsten Dahl", "kirsten@nord.dk", "coordinator", "Nord"),
        ("Bo Friis", "bo@nord.dk", "member", "Nord"),
        ("Ida Juul", "ida@syd.dk", "member", "Syd"),
    ]
    async with look(database) as state:
        kept = await practices.of_cluster(state, cluster_id)
        ida = await members.by_email(state, cluster_id, "IDA@syd.dk")
    assert ida is not None
    assert [(each.name, each.list_size, each.system, each.contact_id) for each in kept] == [
        ("Nord", 2000, "xmo", None),
        ("Syd", 1800, "clinea", ida.id),
    ]


async def test_same_list_again_changes_nothing(database: Database, now: datetime) -> None:
    cluster_id = await a_cluster(database, now)
    await applied(database, cluster_id, LIST, now)
    async with look(database) as state:
        seen = await roster.preview(state, cluster_id, LIST)

    assert (seen.practices, seen.members) == (Counter(unchanged=2), Counter(unchanged=3))
    assert not seen.changes_anything


async def test_later_list_moves_a_member_and_leaves_blanks_alone(database: Database, now: datetime) -> None:
    cluster_id = await a_cluster(database, now)
    await applied(database, cluster_id, LIST, now)
    later = Roster((RosterRow(2, "000002", "", None, None, "Bo Friis", "bo@nord.dk"),))
    async with look(database) as state:
        seen = await roster.preview(state, cluster_id, later)
    await applied(database, cluster_id, later, now)

    assert (seen.practices, seen.members) == (Counter(unchanged=1), Counter(changed=1))
    assert [len(seen.not_listed), seen.patients] == [2, 3800]
    assert ("Bo Friis", "bo@nord.dk", "member", "Syd") in await everybody(database)


async def test_list_never_takes_the_coordinators_role(database: Database, now: datetime) -> None:
    cluster_id = await a_cluster(database, now)
    await applied(
        database,
        cluster_id,
        Roster((RosterRow(2, "000001", "Nord", name="Kirsten Dahl", email="kirsten@nord.dk", role="member"),)),
        now,
    )

    assert await everybody(database) == [("Kirsten Dahl", "kirsten@nord.dk", "coordinator", "Nord")]


async def test_marked_contact_answers_for_the_practice(database: Database, now: datetime) -> None:
    cluster_id = await a_cluster(database, now)
    first, second, third = LIST.rows
    marked = RosterRow(**{**second.__dict__, "contact": True})
    await applied(database, cluster_id, LIST, now)
    async with look(database) as state:
        seen = await roster.preview(state, cluster_id, Roster((first, marked, third)))
    await applied(database, cluster_id, Roster((first, marked, third)), now)
    async with look(database) as state:
        again = await roster.preview(state, cluster_id, Roster((first, marked, third)))
        kept = await practices.of_cluster(state, cluster_id)
        people = await members.of_cluster(state, cluster_id)

    assert (seen.practices, again.practices) == (Counter(changed=1, unchanged=1), Counter(unchanged=2))
    assert practices.without_contact(kept, people) == []
    assert next(person.name for person in people if person.id == kept[0].contact_id) == "Bo Friis"


@pytest.mark.long
async def test_confirming_welcomes_those_whom_slack_knows(database: Database, now: datetime) -> None:
    cluster_id = await a_cluster(database, now)
    async with UnitOfWork(database) as uow:
        proposal = await roster.propose(uow, cluster_id, LIST, now=now, member_id=1)
        await uow.commit()
    people = [KIRSTEN, Person("U2", "Bo", "BO@nord.dk"), Person("U3", "Ida", "ida@syd.dk", gone=True)]
    async with UnitOfWork(database) as uow:
        outcome = await roster.confirm(uow, proposal.id, people, now=now, actor_id=1)
        await uow.commit()

    async with look(database) as state:
        welcomes = (await state.session.execute(select(Outbox.key).where(Outbox.kind == "welcome"))).scalars().all()
        lost = [member.name for member in await members.unmatched(state, cluster_id)]
        kept = await state.session.get(RosterImport, proposal.id)
    assert kept is not None
    assert (sorted(welcomes), lost, outcome.matched) == (["welcome:1", "welcome:2"], ["Ida Juul"], 1)
    assert (kept.state, kept.rows) == ("confirmed", [])


async def test_list_that_is_saved_late_waits_for_the_hours_of_the_cluster(database: Database, now: datetime) -> None:
    cluster_id = await a_cluster(database, now)
    late = at(date(2026, 3, 6), 15)
    async with UnitOfWork(database) as uow:
        uow.session.add(Rules(cluster_id=cluster_id, decided_at=now, reminders_from=10, reminders_to=15))
        proposal = await roster.propose(uow, cluster_id, LIST, now=late, member_id=1)
        outcome = await roster.confirm(uow, proposal.id, [KIRSTEN], now=late, actor_id=1)
    assert outcome.greets_at == at(date(2026, 3, 9), 10)


async def test_list_cannot_be_saved_twice_or_after_it_was_dropped(database: Database, now: datetime) -> None:
    cluster_id = await a_cluster(database, now)
    async with UnitOfWork(database) as uow:
        first = await roster.propose(uow, cluster_id, LIST, now=now, member_id=1)
        second = await roster.propose(uow, cluster_id, LIST, now=now, member_id=1)
        await roster.confirm(uow, second.id, [], now=now, actor_id=1)
        await uow.commit()

    for proposal, code in ((first, "roster.dropped"), (second, "roster.saved_already")):
        async with UnitOfWork(database) as uow:
            with pytest.raises(ClusterError) as refusal:
                await roster.confirm(uow, proposal.id, [], now=now, actor_id=1)
        assert refusal.value.code == code


async def test_empty_list_is_refused(database: Database, now: datetime) -> None:
    cluster_id = await a_cluster(database, now)
    async with UnitOfWork(database) as uow:
        with pytest.raises(ClusterError) as refusal:
            await roster.propose(uow, cluster_id, Roster(()), now=now, member_id=1)
    assert refusal.value.code == "roster.empty"
