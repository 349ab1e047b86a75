"""A list that moves somebody into a practice shows them nothing of it until the practice itself has said yes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from sqlalchemy import select

from bot.app import Runtime
from cluster.errors import ClusterError
from cluster.members import consent, places
from cluster.onboarding import welcome
from cluster.rounds import rounds
from storage.models import Audit, Consent, Member, Practice, Submission
from storage.unit_of_work import UnitOfWork, look
from tests.handlers.conftest import ARound

Make = Callable[..., Awaitable[ARound]]
HEAD = "Ydernummer;Praksis;Navn;E-mail;Titel"


def row(n: int, practice: int, title: str = "ejerlæge") -> str:
    return f"0{10000 + practice};Lægehuset {practice};Læge {n};laege{n}@klynge.example;{title}"


async def save_list(r: ARound, *rows: str) -> None:
    """The coordinator drops a list and saves it."""
    lead = r.klynge.coordinator
    await r.drop(lead, "medlemmer.csv", "\n".join([HEAD, *rows]).encode())
    await r.press(lead, await r.last(lead), "roster.save")


async def charts_of(r: ARound, person: str, practice: int) -> int:
    """How many messages in somebody's conversation hold a practice's charts."""
    said = [message["text"] for message in await r.desk.dm(person)]
    return sum(f"graferne for *Lægehuset {practice}*" in text for text in said)


async def asked(r: ARound, person: str) -> dict[str, Any]:
    """The question whether somebody works here, as it stands now."""
    found = [each for each in await r.desk.dm(person) if "Læge 1" in each["text"] and "Lægehuset 2" in each["text"]]
    return found[-1]


async def place_of(bot: Runtime, member_id: int) -> tuple[int | None, bool, str]:
    async with look(bot.database) as state:
        member = await state.session.get(Member, member_id)
        assert member is not None
        return member.practice_id, member.confirmed_at is not None, member.place


@pytest.mark.long
async def test_coordinator_who_moves_into_a_practice_by_list_sees_nothing_of_it(
    a_round: Make, bot: Runtime, clock: Any
) -> None:
    r = await a_round(6)
    lead, hosts = r.klynge.coordinator, r.klynge.doctors[1]
    await r.give(1, 2, 3, 4, 5, 6)
    await save_list(r, row(1, 2))
    await r.release()
    assert await charts_of(r, lead, 2) == 0
    assert await charts_of(r, hosts, 2) == 1
    async with look(bot.database) as state:
        whats = set((await state.session.execute(select(Audit.what))).scalars())
        moved = await state.session.get(Member, r.klynge.member_ids[lead])
        assert moved is not None
        assert not await consent.may_decide(state, moved, r.klynge.practice_ids[1])
    assert "place.changed" in whats
    assert (await asked(r, hosts))["text"].startswith(
        "Læge 1 står nu i Lægehuset 2 på medlemslisten, som Læge 1 har gemt"
    )


@pytest.mark.long
async def test_nor_opens_its_history_or_withdraws_its_consent(a_round: Make, bot: Runtime, clock: Any) -> None:
    r = await a_round(2)
    lead = r.klynge.coordinator
    await r.give(2)
    await save_list(r, row(1, 2))
    async with UnitOfWork(bot.database) as uow:
        moved = await uow.session.get(Member, r.klynge.member_ids[lead])
        part = await rounds.of_practice(uow, 1, r.klynge.practice_ids[1])
        assert moved is not None
        assert part is not None
        assert not rounds.may_answer(moved, part)
        with pytest.raises(ClusterError, match=r"place\.unconfirmed"):
            rounds.require_answer(moved, part)
        for deed in (consent.withdraw, consent.give, consent.prolong):
            with pytest.raises(ClusterError, match=r"place\.unconfirmed"):
                await deed(uow, moved, now=clock.now())


@pytest.mark.long
@pytest.mark.parametrize(
    ("button", "becomes", "noted"),
    [("member.vouch", (True, ""), "place.vouched"), ("member.disown", (False, "refused"), "place.denied")],
)
async def test_yes_of_a_colleague_opens_it_and_no_closes_it(
    a_round: Make, bot: Runtime, button: str, becomes: tuple[bool, str], noted: str
) -> None:
    r = await a_round(2)
    lead, hosts = r.klynge.doctors
    await save_list(r, row(1, 2))
    await r.press(hosts, await asked(r, hosts), button)
    assert (await place_of(bot, r.klynge.member_ids[lead]))[1:] == becomes
    assert "actions" not in [block["type"] for block in (await asked(r, hosts))["blocks"]]
    async with look(bot.database) as state:
        whats = list((await state.session.execute(select(Audit.what))).scalars())
    assert noted in whats


@pytest.mark.long
async def test_who_comes_back_to_the_own_practice_confirms_it_alone(a_round: Make, bot: Runtime) -> None:
    r = await a_round(2)
    me = r.klynge.member_ids[r.klynge.coordinator]
    await save_list(r, row(1, 2))
    await save_list(r, row(1, 1))
    assert (await place_of(bot, me))[1:] == (False, "")


@pytest.mark.long
async def test_own_yes_is_not_enough_where_colleagues_are(a_round: Make, bot: Runtime, clock: Any) -> None:
    r = await a_round(2)
    lead = r.klynge.coordinator
    await save_list(r, row(1, 2))
    told = next(each for each in reversed(await r.desk.dm(lead)) if "Lægehuset 2" in each["text"] and each["blocks"])
    await r.desk.act(lead, told, "member.welcome")
    await r.desk.submit(lead, None, {})
    await r.settle()
    assert (await place_of(bot, r.klynge.member_ids[lead]))[1:] == (False, "asked")


@pytest.mark.long
async def test_nobody_vouches_for_themselves_and_no_stranger_to_the_practice(
    a_round: Make, bot: Runtime, clock: Any
) -> None:
    r = await a_round(3)
    me, other = (r.klynge.member_ids[r.klynge.doctors[n]] for n in (0, 2))
    await save_list(r, row(1, 2))
    async with UnitOfWork(bot.database) as uow:
        for who in (me, other):
            by = await uow.session.get(Member, who)
            assert by is not None
            with pytest.raises(ClusterError, match=r"place\.not_yours"):
                await places.vouch(uow, by, me, r.klynge.practice_ids[1], yes=True, now=clock.now())


@pytest.mark.long
async def test_coordinator_who_moves_to_a_practice_of_their_own_invention_needs_another_leader(
    a_round: Make, bot: Runtime, clock: Any
) -> None:
    r = await a_round(2)
    lead, _ = r.klynge.doctors
    await save_list(r, "019999;Skinpraksis;Læge 1;laege1@klynge.example;ejerlæge")
    practice_id, confirmed, place = await place_of(bot, r.klynge.member_ids[lead])
    assert (confirmed, place) == (False, "asked")
    async with UnitOfWork(bot.database) as uow:
        me = await uow.session.get(Member, r.klynge.member_ids[lead])
        assert me is not None
        with pytest.raises(ClusterError):
            await consent.give(uow, me, now=clock.now())
        sham = await uow.session.get(Practice, practice_id)
        assert sham is not None
        assert not (await uow.session.execute(select(Consent).where(Consent.practice_id == sham.id))).first()


@pytest.mark.long
async def test_no_to_is_it_your_practice_means_no_charts(a_round: Make, bot: Runtime, clock: Any) -> None:
    r = await a_round(5)
    doctor = r.klynge.doctors[1]
    await r.give(1, 2, 3, 4, 5)
    async with UnitOfWork(bot.database) as uow:
        await welcome.wrong_practice(uow, r.klynge.member_ids[doctor], now=clock.now())
        await uow.commit()
    await r.settle()
    await r.release()
    assert await charts_of(r, doctor, 2) == 0


async def test_numbers_of_the_unconfirmed_are_not_taken(a_round: Make, bot: Runtime, clock: Any) -> None:
    r = await a_round(2)
    doctor = r.klynge.doctors[1]
    async with UnitOfWork(bot.database) as uow:
        member = await uow.session.get(Member, r.klynge.member_ids[doctor])
        assert member is not None
        member.confirmed_at = None
        await uow.commit()
    await r.write(doctor, "kol 130, spirometri 96, plan 70")
    assert "bekræft" in (await r.last(doctor))["text"].lower()
    async with look(bot.database) as state:
        assert not (await state.session.execute(select(Submission))).first()
