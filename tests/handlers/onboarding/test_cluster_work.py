"""What a quality cluster is and does: a minute's reading, from the first message on."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable

import pytest

from handlers.onboarding.views.cluster_work import parts
from locales import texts_for
from workspace import Desk, Workspace

A_MINUTE = 200
"""Words that most people read in a minute."""


@pytest.mark.parametrize("language", ["da", "en"])
def test_page_is_read_in_a_minute(language: str) -> None:
    words = re.findall(r"\w+", " ".join(parts(texts_for(language))))
    assert len(words) <= A_MINUTE


async def test_whoever_is_new_opens_it_from_the_first_message_and_by_asking(
    world: Workspace, desk: Desk, settle: Callable[[], Awaitable[None]]
) -> None:
    kirsten = world.add_person("Kirsten Dahl", email="kirsten@nord.example")
    channel = world.add_channel("klynge-nord", members=[kirsten])
    await desk.join(channel, world.bot_user_id, kirsten)
    await settle()
    (greeting,) = await desk.dm(kirsten)
    await desk.act(kirsten, greeting, "cluster.about")
    window = await desk.top_view(kirsten)
    assert "Koordinatorens år" in str(window)
    await desk.act(kirsten, window, "cluster.trial")
    assert "opdigtede" in str(await desk.top_view(kirsten))
    answer = await desk.command(kirsten, channel, "/klynge hvad laver en koordinator?")
    assert "Koordinatorens år" in str(answer["response"])
    assert "/klynge klyngearbejde" in str((await desk.command(kirsten, channel, "/klynge hjælp"))["response"])
