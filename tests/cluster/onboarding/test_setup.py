"""How a cluster begins and what it agrees on."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select

from cluster.errors import ClusterError
from cluster.members import cluster_rules, members
from cluster.members.cluster_rules import AgreedRules
from cluster.members.members import Person
from cluster.onboarding import setup
from storage.database import Database
from storage.models import Cluster, Outbox, Rules
from storage.unit_of_work import UnitOfWork, look

KIRSTEN = Person("U1", "Kirsten Dahl", "Kirsten@Nord.dk")
AGREED = AgreedRules(name="Klynge Nord", region="Region Nordjylland")


async def begun(database: Database, now: datetime, inviter: Person | None = KIRSTEN) -> Cluster:
    async with UnitOfWork(database) as uow:
        cluster = await setup.begin(uow, team_id="T1", channel_id="C1", inviter=inviter, now=now)
        await uow.commit()
    return cluster


async def owed(database: Database) -> list[tuple[str, int | None, str | None]]:
    async with look(database) as state:
        rows = select(Outbox.kind, Outbox.member_id, Outbox.channel_id).where(Outbox.how == "post").order_by(Outbox.id)
        return [
            (kind, member_id, channel_id) for kind, member_id, channel_id in (await state.session.execute(rows)).all()
        ]


async def test_invitation_makes_a_cluster_and_greets_the_inviter(database: Database, now: datetime) -> None:
    cluster = await begun(database, now)
    async with look(database) as state:
        (leader,) = await members.coordinators(state, cluster.id)
        rules = await cluster_rules.rules_of(state, cluster.id)

    assert (leader.name, leader.email, leader.slack_user_id) == ("Kirsten Dahl", "kirsten@nord.dk", "U1")
    assert (cluster.set_up_at, rules.openness, rules.min_practices) == (None, "closed", 5)
    assert await owed(database) == [("setup.greeting", leader.id, None)]


async def test_second_invitation_doubles_nothing(database: Database, now: datetime) -> None:
    first = await begun(database, now)
    second = await begun(database, now + timedelta(days=1), Person("U9", "En anden", "anden@nord.dk"))

    assert second.id == first.id
    assert [kind for kind, _, _ in await owed(database)] == ["setup.greeting"]


async def test_unknown_inviter_makes_the_bot_ask_in_the_channel(database: Database, now: datetime) -> None:
    cluster = await begun(database, now, None)
    assert await owed(database) == [("setup.claim", None, "C1")]

    async with UnitOfWork(database) as uow:
        leader = await setup.lead(uow, cluster, KIRSTEN, now=now)
        await uow.commit()
    async with UnitOfWork(database) as uow:
        with pytest.raises(ClusterError) as refusal:
            await setup.lead(uow, cluster, Person("U9", "En anden"), now=now)

    assert leader.role == "coordinator"
    assert refusal.value.code == "setup.has_coordinator"


async def test_removal_is_told_once_whatever_number_of_events_say_so(database: Database, now: datetime) -> None:
    cluster = await begun(database, now)
    for moment in (now, now + timedelta(seconds=1), now + timedelta(hours=1)):
        async with UnitOfWork(database) as uow:
            await setup.removed(uow, cluster, now=moment)
            await uow.commit()

    assert [kind for kind, _, _ in await owed(database)] == ["setup.greeting", "setup.removed", "setup.removed"]


async def agree(database: Database, cluster: Cluster, agreement: AgreedRules, now: datetime) -> tuple[bool, bool]:
    async with UnitOfWork(database) as uow:
        answer = await cluster_rules.agree(uow, cluster.id, agreement, now=now, actor_id=1)
        await uow.commit()
    return answer


async def versions(database: Database) -> int:
    async with look(database) as state:
        return (await state.session.execute(select(func.count()).select_from(Rules))).scalar_one()


async def test_each_change_of_rules_is_a_new_version(database: Database, now: datetime) -> None:
    cluster = await begun(database, now)

    assert await agree(database, cluster, AGREED, now) == (True, True)
    assert await agree(database, cluster, AGREED, now) == (False, False)
    assert await agree(database, cluster, replace(AGREED, required_share=0, min_practices=7), now) == (False, True)
    assert await agree(
        database, cluster, replace(AGREED, name="Klynge Nord 2", required_share=0, min_practices=7), now
    ) == (
        False,
        True,
    )
    async with look(database) as state:
        kept = cluster_rules.as_agreed(
            await cluster_rules.get(state, cluster.id), await cluster_rules.rules_of(state, cluster.id)
        )
    assert kept == replace(AGREED, name="Klynge Nord 2", required_share=0, min_practices=7)
    assert await versions(database) == 3


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"name": "  "}, "name", "setup.name_missing"),
        ({"region": "Region Skåne"}, "region", "setup.region_unknown"),
        ({"required_share": 101}, "required_share", "setup.share_outside"),
        ({"release_share": -1}, "release_share", "setup.share_outside"),
        ({"reminders_from": 7}, "reminders_from", "setup.hours_outside"),
        ({"reminders_to": 18}, "reminders_to", "setup.hours_backwards"),
        ({"reminders_from": 12, "reminders_to": 12}, "reminders_to", "setup.hours_backwards"),
        ({"preparation_minutes": 601}, "preparation_minutes", "setup.preparation_outside"),
        ({"openness": "naked"}, "openness", "setup.openness_unknown"),
        ({"min_practices": 4}, "min_practices", "setup.too_few_practices"),
    ],
)
async def test_agreement_that_cannot_stand_changes_nothing(
    database: Database, now: datetime, change: dict[str, object], field: str, code: str
) -> None:
    cluster = await begun(database, now)
    wrong = replace(AGREED, **change)

    assert [(flaw.field, flaw.code) for flaw in cluster_rules.flaws(wrong)] == [(field, code)]
    with pytest.raises(ClusterError):
        await agree(database, cluster, wrong, now)
    assert await versions(database) == 1


def test_agreement_of_the_defaults_stands() -> None:
    assert cluster_rules.flaws(AGREED) == []
