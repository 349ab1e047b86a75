"""The page about a person, as a member with a full story reads it aloud."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import update

from bot.app import Runtime
from storage.models import Erratum, Member, Objection, Recall
from storage.unit_of_work import UnitOfWork
from tests.handlers.operations.test_forgetting import ARound, own_files, released


async def story(bot: Runtime, a_round: ARound, language: str) -> tuple[Any, str]:
    """A coordinator who corrected a number, called a comparison back and had four redraws of the Home page."""
    asked = await released(a_round)
    coordinator, now = asked.klynge.coordinator, bot.tools.clock.now()
    mine = asked.klynge.member_ids[coordinator]
    async with UnitOfWork(bot.database) as uow:
        uow.session.add(Recall(round_id=1, measure_id="prevalence", release_id=1, by_id=mine, at=now))
        await uow.session.flush()
        practice = asked.klynge.practice_ids[0]
        uow.session.add(Erratum(recall_id=1, practice_id=practice, answer="yes", member_id=mine, at=now))
        uow.session.add(Objection(submission_id=1, member_id=mine, text="880 er 88", opened_at=now))
        await uow.session.execute(update(Member).where(Member.id == mine).values(language=language))
        await uow.commit()
    files = await own_files(asked, coordinator, "Her er alt" if language == "da" else "Here is everything")
    return asked, next(each for name, each in files.items() if name.endswith(".txt"))


@pytest.mark.long
@pytest.mark.parametrize("language", ["da", "en"])
async def test_what_says_the_same_is_one_line_with_a_count_and_days(
    bot: Runtime, a_round: ARound, language: str
) -> None:
    _, page = await story(bot, a_round, language)
    lines = [line for line in page.splitlines() if line.startswith("• ")]
    assert len(lines) == len(set(lines))
    home = [line for line in lines if ("din side hos mig" if language == "da" else "your page with me") in line]
    assert len(home) == 1
    assert (" gange, " if language == "da" else " times, ") in home[0]
    forms = [line for line in lines if ("et vindue, du udfyldte" if language == "da" else "a form you filled") in line]
    assert len(forms) == 1


@pytest.mark.long
@pytest.mark.parametrize("language", ["da", "en"])
async def test_numbers_moments_and_what_ids_mean_are_said_as_elsewhere(
    bot: Runtime, a_round: ARound, language: str
) -> None:
    _, page = await story(bot, a_round, language)
    told = {
        "da": [
            "  • Tilmeldte patienter: 3.000",
            "Praksis bekræftet: 2. marts 2026 kl. 09.00",
            "Klynge Nord. Lavet 2. marts 2026 kl. 09.00.",
        ],
        "en": [
            "  • Listed patients: 3,000",
            "Practice confirmed: 2 March 2026 at 09:00",
            "Klynge Nord. Made 2 March 2026 at 09:00.",
        ],
    }[language]
    for line in told:
        assert line in page.splitlines(), line
    called = "Sammenligning, der blev trukket tilbage: " if language == "da" else "Comparison that was recalled: "
    [recalled] = [line.removeprefix(called) for line in page.splitlines() if line.startswith(called)]
    assert ("KOL" if language == "da" else "COPD") in recalled
    which = "Hvilke tal: KOL" if language == "da" else "Which numbers: COPD"
    assert [line for line in page.splitlines() if line.startswith(which) and line.endswith(" 1")]
    assert ("Sendt i samtalen" if language == "da" else "Sent in the conversation") not in page
