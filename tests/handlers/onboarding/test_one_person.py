"""A coordinator adds and moves one person without a file. All through Slack."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from sqlalchemy import select

from bot.app import Runtime
from cluster.members import consent, places, titles
from handlers.onboarding.ids import Action
from storage.models import Audit, Cluster, Member, Practice, Rules
from storage.unit_of_work import UnitOfWork, look
from tests.conftest import T0
from tests.handlers.members.test_members import open_practice
from workspace import Desk, Workspace

Settle = Callable[[], Awaitable[None]]
MakeCluster = Callable[..., Awaitable[Any]]
ANNA = {"name": "Anna Holm", "email": "Anna@klynge.example", "title": "Ansat læge", "role": "member"}


async def open_form(desk: Desk, klynge: Any) -> None:
    await desk.command(klynge.coordinator, klynge.channel, "/klynge medlemmer")
    window = await desk.top_view(klynge.coordinator)
    assert window is not None
    await desk.act(klynge.coordinator, window, Action.CLUSTER_ADD_PERSON)
    await desk.settled()


async def people(bot: Runtime) -> list[Member]:
    async with look(bot.database) as state:
        return list((await state.session.scalars(select(Member).order_by(Member.id))).all())


async def test_person_is_added_found_in_slack_and_welcomed(
    desk: Desk, bot: Runtime, world: Workspace, a_cluster: MakeCluster, settle: Settle
) -> None:
    klynge = await a_cluster(practices=2)
    anna = world.add_person("Anna Holm", email="anna@klynge.example")
    await settle()
    await open_form(desk, klynge)
    answer = await desk.submit(klynge.coordinator, values=ANNA | {"practice": str(klynge.practice_ids[1])})
    await settle()

    assert answer["response_action"] is None
    added = (await people(bot))[-1]
    found = (added.name, added.email, added.title, added.slack_user_id, added.practice_id, added.confirmed_at)
    assert found == ("Anna Holm", "anna@klynge.example", "ansat læge", anna, klynge.practice_ids[1], None)
    assert len(await desk.dm(anna)) == 1
    async with look(bot.database) as state:
        assert "member.added" in (await state.session.scalars(select(Audit.what))).all()
        assert (await state.session.get_one(Practice, klynge.practice_ids[1])).name == "Lægehuset 2"


async def test_who_runs_several_clusters_adds_to_the_one_whose_list_is_open(
    desk: Desk, bot: Runtime, world: Workspace, a_cluster: MakeCluster
) -> None:
    first = await a_cluster(practices=2)
    channel = world.add_channel("klynge-syd", members=[first.coordinator, world.bot_user_id])
    async with UnitOfWork(bot.database) as uow:
        second = Cluster(team_id=world.team_id, channel_id=channel, name="Klynge Syd", created_at=T0)
        uow.session.add(second)
        await uow.session.flush()
        uow.session.add(Rules(cluster_id=second.id, decided_at=T0))
        uow.session.add(
            Member(cluster_id=second.id, name="Læge 1", slack_user_id=first.coordinator, role="coordinator")
        )
        number = second.id
        await uow.commit()
    assert number in first.member_ids.values()  # the cluster's number is also that of somebody in the other
    await desk.command(first.coordinator, channel, "/klynge medlemmer")
    window = await desk.top_view(first.coordinator)
    assert window is not None
    await desk.act(first.coordinator, window, Action.CLUSTER_ADD_PERSON)
    await desk.settled()
    form = await desk.top_view(first.coordinator)
    assert form is not None
    view = form["view"]
    assert (view["callback_id"], json.loads(view["private_metadata"])) == ("member.form", {"cluster": number})


@pytest.mark.long
async def test_new_practice_comes_with_its_first_person(
    desk: Desk, bot: Runtime, a_cluster: MakeCluster, settle: Settle
) -> None:
    klynge = await a_cluster(practices=2)
    await open_form(desk, klynge)
    await desk.submit(klynge.coordinator, values=ANNA | {"ydernummer": "12345", "practice_name": "Lægerne Åen"})
    await settle()

    added = (await people(bot))[-1]
    async with look(bot.database) as state:
        practice = await state.session.get_one(Practice, added.practice_id)
    assert (practice.ydernummer, practice.name, practice.contact_id) == ("012345", "Lægerne Åen", added.id)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"email": "anna"}, {"email": "Skriv personens arbejdsmail, for eksempel anna@example.dk."}),
        ({"email": "laege2@klynge.example"}, {"email": "Læge 2 står allerede på listen med den adresse."}),
        ({"ydernummer": "1234567"}, {"ydernummer": "Et ydernummer har højst seks cifre."}),
    ],
)
async def test_what_is_wrong_is_said_at_its_field(
    desk: Desk, bot: Runtime, a_cluster: MakeCluster, wrong: dict[str, str], said: dict[str, str]
) -> None:
    klynge = await a_cluster(practices=2)
    await open_form(desk, klynge)
    answer = await desk.submit(klynge.coordinator, values=ANNA | wrong)
    assert (answer["errors"], len(await people(bot))) == (said, 2)


async def test_person_is_moved_and_confirmed_anew(
    desk: Desk, bot: Runtime, a_cluster: MakeCluster, settle: Settle
) -> None:
    klynge = await a_cluster(practices=2)
    doctor = klynge.member_ids[klynge.doctors[1]]
    await open_practice(desk, klynge, 1)
    answer = await desk.submit(
        klynge.coordinator, values={f"place:{doctor}": str(klynge.practice_ids[0]), "contact": str(doctor)}
    )
    await settle()

    assert answer["response_action"] is None
    moved = (await people(bot))[1]
    assert (moved.practice_id, moved.confirmed_at, moved.place) == (klynge.practice_ids[0], None, "asked")
    async with look(bot.database) as state:
        assert (await state.session.get_one(Practice, klynge.practice_ids[1])).contact_id is None


async def open_mend(desk: Desk, klynge: Any, person: str) -> None:
    await desk.command(klynge.coordinator, klynge.channel, "/klynge medlemmer")
    window = await desk.top_view(klynge.coordinator)
    assert window is not None
    await desk.act(
        klynge.coordinator, window, Action.MEMBER_EDIT, selected_option=str(klynge.member_ids.get(person, person))
    )
    await desk.settled()


async def test_name_mail_and_title_are_mended_and_the_person_is_told(
    desk: Desk, bot: Runtime, a_cluster: MakeCluster, settle: Settle
) -> None:
    klynge = await a_cluster(practices=2)
    bo = klynge.doctors[1]
    await open_mend(desk, klynge, bo)
    values = {"name": "Bo  Friis", "email": "Bo@Klynge.example", "title": "Overlæge"}
    assert (await desk.submit(klynge.coordinator, values=values))["response_action"] is None
    await settle()

    mended = (await people(bot))[1]
    assert (mended.name, mended.email, mended.title, mended.slack_user_id) == (
        "Bo Friis",
        "bo@klynge.example",
        "overlæge",
        bo,
    )
    assert mended.confirmed_at is not None
    told = (await desk.dm(bo))[-1]
    assert told["text"].splitlines() == [
        "Læge 1 har rettet, hvad der står om dig på medlemslisten:",
        "• navn: Bo Friis",
        "• e-mail: bo@klynge.example",
        "• titel: overlæge",
        "Er det forkert? Sig det til Læge 1.",
    ]
    assert "Sig, hvad du er" in str(told["blocks"])
    assert "Bo Friis bliver spurgt" in (await desk.dm(klynge.coordinator))[-1]["text"]
    async with look(bot.database) as state:
        [line] = (await state.session.scalars(select(Audit).where(Audit.what == "member.mended"))).all()
        assert await titles.is_open(state, mended)
    assert line.details == {"name": True, "email": True, "title": True}


async def test_nothing_new_is_told_to_nobody(desk: Desk, bot: Runtime, a_cluster: MakeCluster, settle: Settle) -> None:
    klynge = await a_cluster(practices=2)
    await open_mend(desk, klynge, klynge.doctors[1])
    await desk.submit(klynge.coordinator, values={})
    await settle()
    assert await desk.dm(klynge.doctors[1]) == []
    assert (await desk.dm(klynge.coordinator))[-1]["text"] == "Intet er ændret."


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name": "   "}, {"name": "Skriv personens navn."}),
        ({"email": "bo"}, {"email": "Skriv personens arbejdsmail, for eksempel anna@example.dk."}),
        ({"email": "LAEGE1@klynge.example"}, {"email": "Læge 1 står allerede på listen med den adresse."}),
    ],
)
async def test_what_cannot_stand_is_said_at_its_field(
    desk: Desk, bot: Runtime, a_cluster: MakeCluster, wrong: dict[str, str], said: dict[str, str]
) -> None:
    klynge = await a_cluster(practices=2)
    await open_mend(desk, klynge, klynge.doctors[1])
    answer = await desk.submit(klynge.coordinator, values=wrong)
    assert (answer["errors"], (await people(bot))[1].name) == (said, "Læge 2")


@pytest.mark.long
async def test_mended_address_finds_the_person_in_slack(
    desk: Desk, bot: Runtime, world: Workspace, a_cluster: MakeCluster, settle: Settle
) -> None:
    klynge = await a_cluster(practices=2)
    anna = world.add_person("Anna Holm", email="anna@klynge.example")
    await settle()
    await open_form(desk, klynge)
    values = ANNA | {"email": "ana@klynge.example", "practice": str(klynge.practice_ids[1])}
    await desk.submit(klynge.coordinator, values=values)
    await settle()
    sought = (await people(bot))[-1]
    assert sought.slack_user_id is None
    await open_mend(desk, klynge, str(sought.id))
    await desk.submit(klynge.coordinator, values={"email": "anna@klynge.example"})
    await settle()
    assert (await people(bot))[-1].slack_user_id == anna
    assert len(await desk.dm(anna)) == 1


async def test_title_that_does_not_decide_takes_the_consent_from_no_practice(
    desk: Desk, bot: Runtime, a_cluster: MakeCluster, settle: Settle
) -> None:
    klynge = await a_cluster(practices=2)
    await open_mend(desk, klynge, klynge.doctors[1])
    await desk.submit(klynge.coordinator, values={"title": "sygeplejerske"})
    await settle()
    async with look(bot.database) as state:
        member = await state.session.get_one(Member, klynge.member_ids[klynge.doctors[1]])
        assert not await consent.may_decide(state, member, klynge.practice_ids[1])
        assert await consent.holds(state, klynge.practice_ids[1])


@pytest.mark.long
async def test_yes_to_one_address_is_none_to_another(
    desk: Desk, bot: Runtime, world: Workspace, a_cluster: MakeCluster, settle: Settle
) -> None:
    """A colleague has vouched for somebody who is not in Slack yet; then the address becomes somebody else's."""
    klynge = await a_cluster(practices=2)
    await open_form(desk, klynge)
    await desk.submit(klynge.coordinator, values=ANNA | {"practice": str(klynge.practice_ids[1])})
    await settle()
    anna = (await people(bot))[-1]
    async with UnitOfWork(bot.database) as uow:
        colleague = await uow.session.get_one(Member, klynge.member_ids[klynge.doctors[1]])
        now = bot.tools.clock.now()
        await places.vouch(uow, colleague, anna.id, klynge.practice_ids[1], yes=True, now=now)
        await uow.commit()
    assert (await people(bot))[-1].confirmed_at is not None
    other = world.add_person("En anden", email="anden@klynge.example")
    await settle()
    await open_mend(desk, klynge, str(anna.id))
    await desk.submit(klynge.coordinator, values={"email": "anden@klynge.example"})
    await settle()
    found = (await people(bot))[-1]
    assert (found.slack_user_id, found.confirmed_at, found.place) == (other, None, "asked")


async def test_window_closed_before_it_could_turn_into_the_form_is_told_as_just_that(
    desk: Desk, a_cluster: MakeCluster, settle: Settle
) -> None:
    klynge = await a_cluster(practices=2)
    await desk.command(klynge.coordinator, klynge.channel, "/klynge medlemmer")
    window = await desk.top_view(klynge.coordinator)
    await desk.fail("views.update", error="not_found")
    await desk.act(klynge.coordinator, window, Action.CLUSTER_ADD_PERSON)
    await settle()
    assert (await desk.dm(klynge.coordinator))[-1]["text"].startswith("Vinduet ")
