"""Plain words that no template was written for: none is taken for what it doesn't say, and few are missed."""

from __future__ import annotations

from handlers import TABLE
from tests.trust.plain_words import NOTHING, rows, tried

FEWEST = 250


def test_marks_hold_for_sentences_that_are_not_the_templates_own() -> None:
    found = tried()
    own = {said for each in TABLE.grammar.sentences for said in each.test}
    assert len([each for each in found if each.words not in own]) >= FEWEST
    assert [each for each in found if each.found == "wrong"] == []
    assert {name for each in found for name in each.may} <= {*TABLE.intents, NOTHING}
    assert [row.name for row in rows() if not row.holds] == []
