"""Members, their welcome, their practice's consent."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from cluster.errors import ClusterError
from cluster.members import consent, members, places, practices
from cluster.members.members import Person
from cluster.members.organisations import Account
from cluster.members.settling import OwnSettings, settle_in
from cluster.onboarding import departing, roster, setup, welcome
from cluster.onboarding.filling_in import fill_in
from cluster.onboarding.roster import Roster, RosterRow
from cluster.onboarding.welcome import Confirmed
from storage.database import Database
from storage.models import Cluster, Consent, Outbox
from storage.unit_of_work import UnitOfWork, look

KIRSTEN, BO, IDA = 1, 2, 3
PEOPLE = [Person("U1", "Kirsten", "kirsten@nord.dk"), Person("U2", "Bo", "bo@nord.dk")]
LIST = Roster(
    (
        RosterRow(2, "000001", "Nord", 2000, "xmo", "Kirsten Dahl", "kirsten@nord.dk", "ejerlæge"),
        RosterRow(3, "000001", "Nord", 2000, "xmo", "Bo Friis", "bo@nord.dk", "uddannelseslæge"),
        RosterRow(4, "000002", "Syd", 1800, "clinea", "Ida Juul", "ida@syd.dk", "ejerlæge"),
    )
)


@pytest.fixture
async def cluster(database: Database, now: datetime) -> Cluster:
    async with UnitOfWork(database) as uow:
        made = await setup.begin(uow, team_id="T1", channel_id="C1", inviter=PEOPLE[0], now=now)
        await roster.apply(uow, made.id, LIST, now=now)
        await welcome.greet(uow, made, PEOPLE, now=now)
        await uow.commit()
    return made


async def owed(database: Database, kind: str) -> list[tuple[int | None, datetime]]:
    async with look(database) as state:
        rows = (
            select(Outbox.member_id, Outbox.due_at).where(Outbox.kind == kind, Outbox.how == "post").order_by(Outbox.id)
        )
        return [(member_id, due_at) for member_id, due_at in (await state.session.execute(rows)).all()]


async def test_welcome_is_followed_by_one_reminder_after_three_workdays(
    database: Database, cluster: Cluster, now: datetime
) -> None:
    thursday = datetime(2026, 3, 5, 7, 0, tzinfo=UTC)

    assert await owed(database, "welcome") == [(KIRSTEN, now), (BO, now)]
    assert await owed(database, "welcome.reminder") == [(KIRSTEN, thursday), (BO, thursday)]


async def test_member_who_joins_slack_later_is_matched_and_welcomed(
    database: Database, cluster: Cluster, now: datetime
) -> None:
    later = now + timedelta(days=5)
    for _ in range(2):
        async with UnitOfWork(database) as uow:
            await welcome.greet_newcomer(uow, "T1", Person("U3", "Ida", "Ida@Syd.dk"), now=later)
            await uow.commit()

    assert await owed(database, "welcome") == [(KIRSTEN, now), (BO, now), (IDA, later)]
    async with look(database) as state:
        assert await members.unmatched(state, cluster.id) == []


async def test_bots_strangers_and_the_deactivated_are_not_matched(
    database: Database, cluster: Cluster, now: datetime
) -> None:
    async with UnitOfWork(database) as uow:
        gone = Person("U3", "Ida", "ida@syd.dk", gone=True)
        stranger = Person("U4", "Ida", "ida@syd.dk", outsider=True)
        assert await members.match(uow, "T1", [gone, stranger]) == []
        assert await members.match(uow, "T2", [Person("U5", "Ida", "ida@syd.dk")]) == []


async def test_confirmation_keeps_language_system_and_consent_and_stops_the_reminder(
    database: Database, cluster: Cluster, now: datetime
) -> None:
    async with UnitOfWork(database) as uow:
        answer = await welcome.confirm(uow, KIRSTEN, language="en", system="novax", consents=True, now=now)
        await uow.commit()

    assert answer == Confirmed(consent_given=True, consent_holds=True)
    assert [member_id for member_id, _ in await owed(database, "welcome.reminder")] == [BO]
    async with look(database) as state:
        kirsten = await members.get(state, KIRSTEN)
        nord = await practices.get(state, kirsten.practice_id or 0)
        holders = await consent.holders(state, cluster.id)
    assert (kirsten.language, kirsten.confirmed_at, nord.system, holders) == ("en", now, "novax", {nord.id})


async def test_doctor_in_training_confirms_but_does_not_speak_for_the_practice(
    database: Database, cluster: Cluster, now: datetime
) -> None:
    async with UnitOfWork(database) as uow:
        answer = await welcome.confirm(uow, BO, language="da", system="novax", consents=False, now=now)
        bo = await members.get(uow, BO)
        with pytest.raises(ClusterError) as refusal:
            await consent.give(uow, bo, now=now)
        nord = await practices.get(uow, bo.practice_id or 0)

    assert (answer, nord.system, refusal.value.code) == (Confirmed(False, False), "xmo", "consent.not_yours")


async def test_withdrawn_consent_stays_as_evidence_and_colleagues_are_told(
    database: Database, cluster: Cluster, now: datetime
) -> None:
    async with UnitOfWork(database) as uow:
        kirsten = await members.get(uow, KIRSTEN)
        assert await places.say_yes(uow, kirsten, now=now)
        assert await consent.give(uow, kirsten, now=now)
        assert not await consent.give(uow, kirsten, now=now)
        await uow.commit()
    later = now + timedelta(days=30)
    async with UnitOfWork(database) as uow:
        kirsten = await members.get(uow, KIRSTEN)
        assert await consent.withdraw(uow, kirsten, now=later)
        assert not await consent.withdraw(uow, kirsten, now=later)
        assert await consent.give(uow, kirsten, now=later)
        await uow.commit()

    async with look(database) as state:
        rows = (await state.session.execute(select(Consent).order_by(Consent.id))).scalars().all()
    assert [(row.given_at, row.withdrawn_at) for row in rows] == [(now, later), (later, None)]
    assert await owed(database, "consent.withdrawn") == [(BO, later)]


async def test_wrong_practice_is_told_to_the_coordinator_and_confirms_nothing(
    database: Database, cluster: Cluster, now: datetime
) -> None:
    async with UnitOfWork(database) as uow:
        await welcome.wrong_practice(uow, BO, now=now)
        await uow.commit()

    async with look(database) as state:
        assert (await members.get(state, BO)).confirmed_at is None
    assert await owed(database, "member.wrong_practice") == [(KIRSTEN, now)]


async def test_deactivated_member_is_no_longer_asked_and_the_coordinator_knows(
    database: Database, cluster: Cluster, now: datetime
) -> None:
    for _ in range(2):
        async with UnitOfWork(database) as uow:
            await departing.left_slack(uow, "T1", Account("U2"), now=now)
            await uow.commit()

    async with look(database) as state:
        assert [member.id for member in await members.of_cluster(state, cluster.id)] == [IDA, KIRSTEN]
    assert await owed(database, "member.left_slack") == [(KIRSTEN, now)]


async def test_last_coordinator_cannot_step_down(database: Database, cluster: Cluster, now: datetime) -> None:
    async with UnitOfWork(database) as uow:
        for role in ("member", members.LEFT):
            with pytest.raises(ClusterError) as refusal:
                await members.assign_role(uow, KIRSTEN, role, now=now, actor_id=KIRSTEN)
            assert refusal.value.code == "role.last_coordinator"
        assert await members.assign_role(uow, BO, "coordinator", now=now, actor_id=KIRSTEN)
        assert await members.assign_role(uow, KIRSTEN, "member", now=now, actor_id=BO)
        assert not await members.assign_role(uow, KIRSTEN, "member", now=now, actor_id=BO)
        await uow.commit()

    async with look(database) as state:
        assert [leader.id for leader in await members.coordinators(state, cluster.id)] == [BO]


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"list_size": 0}, "practice.size_outside"),
        ({"list_size": 60_001}, "practice.size_outside"),
        ({"contact_id": IDA}, "practice.contact_elsewhere"),
        ({"contact_id": 99}, "person.unknown"),
    ],
)
async def test_practice_refuses_impossible_facts(
    database: Database, cluster: Cluster, now: datetime, facts: dict[str, int], code: str
) -> None:
    wanted: dict[str, int | None] = {"list_size": 2000, "contact_id": None, **facts}
    async with UnitOfWork(database) as uow:
        with pytest.raises(ClusterError) as refusal:
            await practices.change(uow, 1, system="xmo", now=now, actor_id=KIRSTEN, **wanted)
    assert refusal.value.code == code


async def test_practice_whose_contact_moved_away_is_without_contact(
    database: Database, cluster: Cluster, now: datetime
) -> None:
    async with UnitOfWork(database) as uow:
        assert await practices.change(uow, 1, list_size=2100, system="xmo", contact_id=BO, now=now, actor_id=KIRSTEN)
        assert not await practices.change(
            uow, 1, list_size=2100, system="xmo", contact_id=BO, now=now, actor_id=KIRSTEN
        )
        moved = Roster((RosterRow(2, "000002", "Syd", name="Bo Friis", email="bo@nord.dk"),))
        await roster.apply(uow, cluster.id, moved, now=now)
        places = await practices.of_cluster(uow, cluster.id)
        people = await members.of_cluster(uow, cluster.id)

    assert [place.name for place in practices.without_contact(places, people)] == ["Nord"]


@pytest.mark.parametrize(
    ("said", "code", "field"),
    [
        ({"contacts": {2: BO}}, "practice.contact_elsewhere", "contact:2"),
        ({"sizes": {1: 70_000}}, "practice.size_outside", "size:1"),
        ({"sizes": {9: 100}}, "practice.unknown", None),
    ],
)
async def test_what_cannot_be_filled_in_is_told_at_its_field(
    database: Database, cluster: Cluster, *, now: datetime, said: dict[str, dict[int, int]], code: str, field: str
) -> None:
    async with UnitOfWork(database) as uow:
        with pytest.raises(ClusterError) as refused:
            await fill_in(
                uow, cluster.id, **{"contacts": {}, "sizes": {}, "homes": {}} | said, now=now, actor_id=KIRSTEN
            )
    assert (refused.value.code, refused.value.field) == (code, field)


async def test_patients_are_filled_in_although_the_contact_has_left(
    database: Database, cluster: Cluster, now: datetime
) -> None:
    async with UnitOfWork(database) as uow:
        practice = await practices.get(uow, 1)
        practice.contact_id = BO
        (await members.get(uow, BO)).active = False
        await uow.session.flush()
        assert await fill_in(uow, cluster.id, contacts={}, sizes={1: 2100}, homes={}, now=now, actor_id=KIRSTEN)
        assert (practice.list_size, practice.contact_id) == (2100, None)


async def test_member_cannot_be_away_until_the_past(database: Database, cluster: Cluster, now: datetime) -> None:
    async with UnitOfWork(database) as uow:
        with pytest.raises(ClusterError) as refusal:
            await settle_in(uow, BO, OwnSettings("da", now), now=now)
        kept = await settle_in(uow, BO, OwnSettings("en", now + timedelta(days=7)), now=now)

    assert refusal.value.code == "settings.away_past"
    assert (kept.language, kept.away_until) == ("en", now + timedelta(days=7))
