"""A coordinator's whole first evening on a telephone: nothing is typed but words into fields, and axe finds nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bot import log
from bot.rehearsal.cast import Cast, vestfjord
from bot.rehearsal.guide.openings import EVENING
from bot.rehearsal.stage import stage
from tests.browser.evening import walk
from tests.browser.looking import violations

PRACTICES = 6
MOST_CLICKS, MOST_FIELDS, MOST_MINUTES = 20, 10, 10
pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


async def test_evening_goes_from_nothing_to_a_sent_invitation_without_a_typed_command(
    tmp_path: Path, browser: Any
) -> None:
    log.set_up("ERROR", as_json=False)
    cast, found = Cast(vestfjord(1).surgeries[:PRACTICES]), []

    async def see(name: str, walker: Any) -> None:
        assert await walker.page.evaluate("document.documentElement.scrollWidth") <= 360, name
        found.extend(f"{name}: {line}" for line in await violations(walker.page))

    async with stage(cast, tmp_path, start=EVENING, seed=1) as set_:
        tally = await walk(set_, browser, "coordinator", 360, "da", see, whole=True)
    assert found == []
    assert tally.commands == 0
    assert tally.clicks <= MOST_CLICKS
    assert tally.fields <= MOST_FIELDS
    assert tally.minutes <= MOST_MINUTES
