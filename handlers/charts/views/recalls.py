"""Comparisons that are recalled: the coordinator's form, the practice's question, and the words for everybody."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from handlers.blocks import Option, actions, button, entry, escape, form, multi_select, section
from handlers.charts.ids import Action, View
from handlers.message import Block
from locales import Texts


def called_back_words(titles: Sequence[str], t: Texts) -> str:
    """What stands in the middle of other words: which comparisons are recalled."""
    names = t.listing([escape(title) for title in titles])
    return t("The comparison of {names} has been recalled, because a number in it was wrong.", names=names)


def recall_form(t: Texts, round_id: int, measures: Sequence[Option]) -> dict[str, Any]:
    """ "Call the comparison back?": what it does, said before anything is done. ``measures``: id and name."""
    explained = t(
        "Use this when a number in the comparison is so wrong that nobody should build on it. You need not know whose "
        "it is.\n"
        "• The others and the cluster's number disappear from everybody's charts, including those already sent. Each "
        "practice keeps its own number.\n"
        "• Everybody who got the comparison is told that a number was wrong – not whose, and not by how much.\n"
        "• You get a new deck without it. A deck that you have saved or printed is out of date.\n"
        "• Late answers don't bring it back. It returns in the next round, or earlier without the wrong number if its "
        "practice corrects it and agrees.\n"
        "*This can't be undone.*"
    )
    chosen = multi_select("measures", measures, chosen=[measures[0][0]] if len(measures) == 1 else [])
    blocks: list[Block] = [section(explained), entry(t("Which comparison?"), chosen)]
    metadata = f'{{"round": {round_id}}}'
    return form(View.RECALL_FORM, t("Recall"), t("Recall"), t("Cancel"), blocks, metadata)


def question(t: Texts, round_id: int, title: str, wrong: Sequence[tuple[str, str]]) -> tuple[str, list[Block]]:
    """May it be drawn without you? ``wrong``: each measure, and the practice's old number in words."""
    lines = [f"• {escape(name)}: {escape(number)}" for name, number in wrong]
    said = t(
        "Thank you for correcting your numbers on {title}. The comparison that your colleagues got has been recalled. "
        "It can be drawn again without you, and that needs your yes:",
        title=title,
    )
    told = t(
        "By holding the old picture up against the new one, your colleagues can work out your *wrong* number. They "
        "can't work out the right one, but they might guess it. Nobody is told whose number it was. Without a yes the "
        "comparison stays out of this round."
    )
    asked = t("May the comparison be drawn without you?")
    text = "\n".join([said, *lines, told, f"*{asked}*"])
    buttons = actions(
        button(t("Yes, draw it without us"), Action.RECALL_YES, round_id, style="primary"),
        button(t("No"), Action.RECALL_NO, round_id),
    )
    return text, [section(text), buttons]
