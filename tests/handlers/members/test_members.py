"""The coordinator's list of members, and editing a practice or a role. All through Slack."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from bot.app import Runtime
from handlers.members.ids import Action
from storage.models import Member, Practice
from storage.unit_of_work import look
from workspace import Desk

Settle = Callable[[], Awaitable[None]]
MakeCluster = Callable[..., Awaitable[Any]]


async def open_practice(desk: Desk, klynge: Any, number: int) -> str:
    """The coordinator opens the list and the form of one practice; the id of the window."""
    await desk.command(klynge.coordinator, klynge.channel, "/klynge medlemmer")
    window = await desk.top_view(klynge.coordinator)
    assert window is not None
    buttons = [block for block in window["view"]["blocks"] if "accessory" in block]
    sections = [block for block in buttons if block["accessory"]["action_id"] == Action.PRACTICE_EDIT]
    value = sections[number]["accessory"]["value"]
    block_id = sections[number]["block_id"]
    await desk.act(klynge.coordinator, window, Action.PRACTICE_EDIT, block_id=block_id)
    await desk.settled()
    assert value == str(klynge.practice_ids[number])
    return str(window["id"])


async def test_list_shows_practices_people_and_what_is_missing(
    desk: Desk, bot: Runtime, a_cluster: MakeCluster
) -> None:
    klynge = await a_cluster(practices=5, consents=False)
    await desk.command(klynge.coordinator, klynge.channel, "/klynge medlemmer")
    window = await desk.top_view(klynge.coordinator)

    assert window is not None
    said = [block["text"]["text"] for block in window["view"]["blocks"] if block["type"] == "section"]
    assert said[:4] == [
        "*5 praksisser, 5 medlemmer*",
        "Klyngen dækker 16.500 patienter; klyngeaftalen regner med mindst 30.000. Mangler der en praksis på listen? "
        "Hvis ikke, skal du ikke gøre noget.",
        "*Lægehuset 1* · 010001 · 3.100 patienter · XMO\n_intet samtykke endnu_\n"
        "• Læge 1 (ejerlæge, koordinator, kontaktperson)",
        "*Lægehuset 2* · 010002 · 3.200 patienter · XMO\n_intet samtykke endnu_\n• Læge 2 (ejerlæge, kontaktperson)",
    ]


async def test_practice_and_role_are_mended(desk: Desk, bot: Runtime, a_cluster: MakeCluster, settle: Settle) -> None:
    klynge = await a_cluster(practices=5)
    doctor = klynge.member_ids[klynge.doctors[1]]
    await open_practice(desk, klynge, 1)
    answer = await desk.submit(
        klynge.coordinator, values={"list_size": "4100", "system": "novax", f"role:{doctor}": "deputy"}
    )
    await settle()

    assert answer["response_action"] is None
    async with look(bot.database) as state:
        practice = await state.session.get(Practice, klynge.practice_ids[1])
        member = await state.session.get(Member, doctor)
    assert practice is not None
    assert member is not None
    assert (practice.list_size, practice.system, practice.contact_id, member.role) == (4100, "novax", doctor, "deputy")
    assert [message["text"] for message in await desk.dm(klynge.coordinator)] == ["Gemt."]


async def test_last_coordinator_cannot_give_the_role_away(
    desk: Desk, bot: Runtime, a_cluster: MakeCluster, settle: Settle
) -> None:
    klynge = await a_cluster(practices=5)
    leader = klynge.member_ids[klynge.coordinator]
    await open_practice(desk, klynge, 0)
    answer = await desk.submit(klynge.coordinator, values={f"role:{leader}": "member"})
    await settle()

    assert answer["errors"] == {
        f"role:{leader}": "Klyngen skal have en koordinator. Gør først en anden til koordinator."
    }
    async with look(bot.database) as state:
        member = await state.session.get(Member, leader)
    assert member is not None
    assert member.role == "coordinator"


async def test_only_the_coordinator_sees_the_list(desk: Desk, bot: Runtime, a_cluster: MakeCluster) -> None:
    klynge = await a_cluster(practices=5)
    answer = await desk.command(klynge.doctors[1], klynge.channel, "/klynge medlemmer")

    assert answer["response"]["text"] == "Det er kun klyngens koordinator, der kan gøre det."
    assert await desk.top_view(klynge.doctors[1]) is None
