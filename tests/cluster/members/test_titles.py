"""Who may consent for a practice: titles on the list, and nobody who is only assumed to be."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from cluster.errors import ClusterError
from cluster.members import cluster_rules, consent, titles
from cluster.members.members import Person
from cluster.onboarding import setup, welcome
from storage.database import Database
from storage.models import Member, Practice
from storage.unit_of_work import UnitOfWork

AGREED = cluster_rules.AgreedRules(name="Klynge Nord", region="Region Nordjylland")


async def a_member(uow: UnitOfWork, now: datetime, title: str, **facts: Any) -> Member:
    """Somebody confirmed in a practice of a cluster."""
    cluster = await setup.begin(uow, team_id="T1", channel_id="C1", inviter=Person("U1", "Kirsten"), now=now)
    practice = Practice(cluster_id=cluster.id, ydernummer="000001", name="Nord")
    uow.session.add(practice)
    await uow.session.flush()
    about = {"cluster_id": cluster.id, "practice_id": practice.id, "name": "Bo", "slack_user_id": "U2"}
    member = Member(**about | {"confirmed_at": now} | facts, title=title)
    uow.session.add(member)
    await uow.session.flush()
    return member


@pytest.mark.parametrize("title", ["Ejerlæge", "praksisejer", "Speciallæge i  almen medicin", "ANSAT LÆGE"])
async def test_owners_and_employed_doctors_consent(database: Database, now: datetime, title: str) -> None:
    async with UnitOfWork(database) as uow:
        assert await consent.give(uow, await a_member(uow, now, title), now=now)


@pytest.mark.parametrize("title", ["klinikassistent", "Praksissygeplejerske", "medicinstuderende", "uddannelseslæge"])
async def test_staff_and_students_do_not(database: Database, now: datetime, title: str) -> None:
    async with UnitOfWork(database) as uow:
        with pytest.raises(ClusterError, match=r"consent\.not_yours"):
            await consent.give(uow, await a_member(uow, now, title), now=now)


@pytest.mark.parametrize("title", ["", "læge", "Dr.", "faglig leder"])
async def test_who_says_too_little_is_asked_and_not_assumed(database: Database, now: datetime, title: str) -> None:
    async with UnitOfWork(database) as uow:
        member = await a_member(uow, now, title, confirmed_at=None)
        await welcome.confirm(uow, member.id, language="da", system=None, consents=False, now=now)
        with pytest.raises(ClusterError, match=r"consent\.title_open"):
            await consent.give(uow, member, now=now)
        await welcome.confirm(uow, member.id, language="da", system=None, consents=False, now=now, title="personale")
        with pytest.raises(ClusterError, match=r"consent\.not_yours"):
            await consent.give(uow, member, now=now)


async def test_who_is_asked_and_is_an_owner_consents_in_the_same_form(database: Database, now: datetime) -> None:
    async with UnitOfWork(database) as uow:
        member = await a_member(uow, now, "", confirmed_at=None)
        done = await welcome.confirm(
            uow, member.id, language="da", system=None, consents=True, now=now, title="ejerlæge"
        )
        assert (done.consent_given, member.title) == (True, "ejerlæge")


async def test_title_on_the_list_is_not_talked_away(database: Database, now: datetime) -> None:
    async with UnitOfWork(database) as uow:
        member = await a_member(uow, now, "klinikassistent", confirmed_at=None)
        await welcome.confirm(uow, member.id, language="da", system=None, consents=False, now=now, title="ejerlæge")
        assert member.title == "klinikassistent"


async def test_cluster_adds_titles(database: Database, now: datetime) -> None:
    async with UnitOfWork(database) as uow:
        member = await a_member(uow, now, "Faglig leder")
        more = cluster_rules.AgreedRules(name="Nord", region=AGREED.region, more_titles="faglig leder, klinikchef")
        await cluster_rules.agree(uow, member.cluster_id, more, now=now, actor_id=member.id)
        assert await consent.give(uow, member, now=now)


def test_titles_are_taken_apart_as_people_write_them() -> None:
    assert titles.listed("Faglig  leder;klinikchef,\n faglig leder,") == ("Faglig leder", "klinikchef", "faglig leder")


async def test_guest_does_not_take_the_cluster_over(database: Database, now: datetime) -> None:
    guest = Person("U9", "Gæst", guest=True)
    async with UnitOfWork(database) as uow:
        cluster = await setup.begin(uow, team_id="T1", channel_id="C1", inviter=guest, now=now)
        with pytest.raises(ClusterError, match=r"setup\.no_guest"):
            await setup.lead(uow, cluster, guest, now=now)
        assert await setup.lead(uow, cluster, Person("U1", "Kirsten"), now=now)
