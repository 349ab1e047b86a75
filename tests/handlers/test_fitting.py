"""Texts are cut at a word and never inside an entity, a mention or a link."""

import pytest

from handlers.blocks import escape
from handlers.fitting import PARAGRAPH, cut, paragraphs


def test_short_text_stays() -> None:
    assert cut("Kort", 4) == "Kort"


def test_text_is_cut_at_a_word() -> None:
    assert cut("Lægehuset ved åen", 14) == "Lægehuset ved…"
    assert cut("Lægehuset ved åen", 13) == "Lægehuset…"
    assert cut("x" * 20, 10) == "x" * 9 + "…"


@pytest.mark.parametrize("limit", range(2, 60))
def test_entities_and_mentions_are_whole_or_left_out(limit: int) -> None:
    text = f"{escape('a&b<c>d')} <@U123> <!date^1^{{date}}|i dag> {escape('&&<>')}"
    kept = cut(text, limit)
    assert len(kept) <= limit
    plain = kept.removesuffix("…")
    for sign in ("&amp;", "&lt;", "&gt;", "<@U123>", "<!date^1^{date}|i dag>"):
        plain = plain.replace(sign, "")
    assert not set("&<>;") & set(plain)


def test_paragraphs_hold_every_line() -> None:
    lines = [f"{n} " + "x" * 99 for n in range(100)]
    made = paragraphs(lines)
    assert "\n".join(made).split("\n") == lines
    assert max(map(len, made)) <= PARAGRAPH
