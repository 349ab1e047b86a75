"""The hand-over page: at once to whoever becomes coordinator, at any time to who is, and never anybody's numbers."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import select

from bot.app import Runtime
from cluster.calendar import at
from cluster.clock import MovableClock
from cluster.delivery import handover
from cluster.meetings.invitations import AnswerTally
from cluster.members.members import Person
from cluster.onboarding.welcome import greet_newcomer
from cluster.overview.handing_over import HandingOver
from cluster.overview.leading import Gathering, Progress
from cluster.rounds.standing import RoundTally
from handlers.overview.views.handing_over import as_text, page
from locales import texts_for
from storage.models import Agreement, Cluster, Meeting, Member, Outbox, Round
from storage.unit_of_work import UnitOfWork, look
from storage.words import AgreementState, RoundState
from workspace import Desk, Workspace

Make = Callable[..., Awaitable[Any]]
Settle = Callable[[], Awaitable[None]]
NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


def a_round() -> Round:
    day = date(2025, 12, 31)
    return Round(
        id=4,
        package_id="kol",
        package_text=None,
        period_start=day,
        period_end=day,
        deadline=at(date(2026, 3, 19), 12),
        state=RoundState.OPEN,
    )


def busy(missing: list[str]) -> HandingOver:
    starts = at(date(2026, 3, 26), 16)
    meeting = Meeting(id=3, title="KOL-aften", starts_at=starts, ends_at=starts + timedelta(hours=2), answer_by=starts)
    agreement = Agreement(
        id=5, text="Vi indkalder dem uden måling", measure_id="", measure_again_on=date(2026, 9, 1),
        state=AgreementState.OPEN,
    )  # fmt: skip
    return HandingOver(
        cluster=Cluster(id=1, name="Klynge Nord"),
        coordinators=["Kirsten Dahl"],
        deputies=["Bo Friis"],
        ahead=[Gathering(meeting, AnswerTally(9, 2, 1, 8))],
        rounds=[Progress(a_round(), RoundTally(12, 7, 7), missing)],
        unmatched=2,
        unconfirmed=1,
        waiting=0,
        without_consent=["Lægehuset 3"],
        agreed=[(agreement, a_round())],
        decked=a_round(),
    )


def test_page_says_what_is_open_what_was_agreed_and_where_everything_is() -> None:
    said = as_text(page(busy(["Lægehuset 1", "Lægehuset 2"]), NOW, texts_for("da")))
    for part in (
        "Koordinator: Kirsten Dahl. Stedfortræder: Bo Friis.",
        "• *KOL-aften*, torsdag den 26. marts kl. 16.00–18.00: 9 kommer · 2 måske · 1 kommer ikke · 8 har ikke svaret",
        "• *KOL*: 7 af 12 praksisser har svaret. Frist: torsdag den 19. marts kl. 12.00.",
        "Mangler: Lægehuset 1 og Lægehuset 2.",
        "• 1 praksis har ikke givet samtykke endnu: Lægehuset 3.",
        "• 2 medlemmer er ikke fundet i Slack.",
        "Vi indkalder dem uden måling",
        "1. september 2026",
        "• *Oplæg*: det nyeste handler om KOL.",
    ):
        assert part in said


def test_page_of_a_cluster_where_nothing_is_underway() -> None:
    bare = HandingOver(Cluster(id=1, name="Klynge Nord"), ["Kirsten Dahl"], [], [], [], 0, 0, 3, [], [], None)
    blocks = page(bare, NOW, texts_for("da"))
    said = as_text(blocks)
    for part in (
        "Der er ingen stedfortræder.",
        "• 3 ting venter på dig øverst på din startside.",
        "• Der er ikke planlagt møder.",
        "• Der bliver ikke samlet tal ind.",
        "• Alle praksisser har givet samtykke",
        "Ingen aftale venter på at blive målt igen.",
    ):
        assert part in said
    assert "cluster.deck" not in str(blocks)


def test_large_cluster_fits_in_a_message() -> None:
    many = [f"Lægerne i Det Gamle Apotek ved Banegårdspladsen {n}" for n in range(120)]
    blocks = page(busy(many), NOW, texts_for("da"))
    assert len(blocks) <= 50
    assert [block for block in blocks if len(str(block.get("text"))) > 2900] == []


async def test_new_coordinator_gets_the_page_at_once_and_the_former_has_it_no_more(
    desk: Desk, bot: Runtime, a_cluster: Make, settle: Settle, clock: MovableClock
) -> None:
    klynge = await a_cluster(3)
    first, second = klynge.doctors[:2]

    async def give(who: str, role: str) -> None:
        async with UnitOfWork(bot.database) as uow:
            to = klynge.member_ids[who]
            await handover.change_role(uow, to, role, now=clock.now(), actor_id=klynge.member_ids[first])
            await uow.commit()
        await settle()

    await give(second, "coordinator")
    (told,) = await desk.dm(second)
    assert told["text"].startswith("Overdragelse: Klynge Nord\n")
    assert "Koordinator: Læge 1 og Læge 2." in told["text"]
    assert "*Kom i gang: trin 4 af 5*" in told["text"]  # nobody has been invited to anything
    assert await desk.dm(first) == []
    await desk.act(second, told, "cluster.members")
    assert (await desk.top_view(second)) is not None
    await give(second, "member")
    assert [message["text"] for message in await desk.dm(second)] == ["Denne besked er ikke længere til dig."]


async def test_page_can_be_opened_and_asked_for_in_words(
    desk: Desk, a_cluster: Make, settle: Settle, bot: Runtime
) -> None:
    klynge = await a_cluster(2)
    await desk.command(klynge.coordinator, klynge.channel, "/klynge overdragelse")
    await settle()
    window = await desk.top_view(klynge.coordinator)
    assert window is not None
    assert "Her er det hele" in str(window)
    answer = await desk.command(klynge.coordinator, klynge.channel, "/klynge hvad skal den næste koordinator vide?")
    assert "Her er det hele" in str(answer["response"])


async def test_coordinator_who_comes_to_slack_later_gets_the_page_then(
    desk: Desk, bot: Runtime, a_cluster: Make, settle: Settle, clock: MovableClock, world: Workspace
) -> None:
    klynge = await a_cluster(3)
    second = klynge.doctors[1]
    async with UnitOfWork(bot.database) as uow:
        member = await uow.session.get_one(Member, klynge.member_ids[second])
        member.slack_user_id = None
        await handover.change_role(uow, member.id, "coordinator", now=clock.now(), actor_id=member.id)
        await uow.commit()
    await settle()
    assert await desk.dm(second) == []
    clock.move_to(clock.now() + timedelta(minutes=5))
    async with UnitOfWork(bot.database) as uow:
        person = Person(second, "Læge 2", "laege2@klynge.example")
        await greet_newcomer(uow, world.team_id, person, now=clock.now())
        await uow.commit()
    await settle()
    pages = [each["text"] for each in await desk.dm(second) if each["text"].startswith("Overdragelse: Klynge Nord\n")]
    assert len(pages) == 1


async def test_who_has_not_heard_of_us_gets_the_page_in_the_morning(
    bot: Runtime, a_cluster: Make, clock: MovableClock
) -> None:
    klynge = await a_cluster(3)
    evening = at(date(2026, 3, 6), 21, 30)
    async with UnitOfWork(bot.database) as uow:
        for doctor, confirmed in zip(klynge.doctors[1:], (clock.now(), None), strict=True):
            member = await uow.session.get_one(Member, klynge.member_ids[doctor])
            member.confirmed_at = confirmed
            await handover.change_role(uow, member.id, "coordinator", now=evening, actor_id=member.id)
        await uow.commit()
    async with look(bot.database) as state:
        rows = await state.session.execute(select(Outbox.due_at).where(Outbox.kind == "handover.page"))
        assert sorted(rows.scalars()) == [evening, at(date(2026, 3, 9), 8)]
