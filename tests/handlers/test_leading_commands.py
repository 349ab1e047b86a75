"""Every command that is only for those who run the cluster, written by a member who doesn't."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest

from bot.app import Runtime
from handlers import TABLE
from tests.conftest import Klynge
from workspace import Desk, Workspace

LEADING = [command for command in TABLE.said if command.leads]


@pytest.mark.long
async def test_member_gets_the_refusal_and_nothing_else(
    world: Workspace,
    desk: Desk,
    bot: Runtime,
    a_cluster: Callable[..., Awaitable[Klynge]],
    settle: Callable[[], Awaitable[None]],
) -> None:
    klynge = await a_cluster(2)
    member = klynge.doctors[1]
    said: list[list[str]] = []
    for command in LEADING:
        for name in command.names:
            for place in (klynge.channel, world.open_direct(member, world.bot_user_id).id):
                before = len(await desk.dm(member))
                answer = await desk.command(member, place, f"/klynge {name}")
                await settle()
                new = [each["text"] for each in (await desk.dm(member))[before:]]
                said.append(new or [(answer["response"] or {}).get("text", "")])
                assert await desk.top_view(member) is None, name
    assert said == [["Det er kun klyngens koordinator, der kan gøre det."]] * len(said)
    assert len(said) >= 2 * len(LEADING) > 0
