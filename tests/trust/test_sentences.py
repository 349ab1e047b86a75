"""No sentence records an answer, a number or a change that it doesn't say: the real program, ours and others' words."""

from __future__ import annotations

import pytest

from tests.trust.sentences import NOTHING, OTHERS, Outcome, Said, others, ours, outcomes, read_directly, table

FEWEST = 1000
EVERY = 10
"""Of ours, that many more are read by the readers alone: the whole program hears them all in `make trust`."""


def test_readers_keep_what_is_said_and_nothing_else() -> None:
    found = [read_directly(said) for said in ours()]
    assert len(found) >= FEWEST
    assert [(each.said.words, each.kept) for each in found if each.is_wrong] == []
    assert [each.said.words for each in found if each.said.is_clear and each.kept == NOTHING] == []


async def test_nothing_is_kept_that_was_not_said() -> None:
    found = await outcomes(ours()[::EVERY])
    assert [(each.said.words, each.kept) for each in found if each.is_wrong] == []
    assert [each.said.words for each in found if not each.answered] == []
    assert [(each.said.words, each.kept) for each in found if each.said.is_clear and each.kept == NOTHING] == []


async def test_nothing_is_kept_that_others_did_not_say() -> None:
    if not (sentences := others()):
        pytest.skip(f"no sentences at {OTHERS}")
    assert [(each.said.words, each.kept) for each in await outcomes(sentences) if each.is_wrong] == []


def test_table_notices_what_is_wrong() -> None:
    said = Said("jeg kan ikke finde min graf", (NOTHING,))
    wrong = table([Outcome(said, "no", answered=True), Outcome(Said("ja", ("yes",)), NOTHING, answered=False)])
    assert [row.holds for row in wrong] == [False, False, False]
    assert all(
        row.holds for row in table([Outcome(said, NOTHING, answered=True), Outcome(Said("ja", ("yes",)), "yes", True)])
    )
