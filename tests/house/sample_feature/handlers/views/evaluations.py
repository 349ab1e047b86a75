"""An evaluation as it is seen."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from handlers import blocks as b
from handlers.at_home import AtHome
from handlers.message import Block, Message
from locales import Texts
from tests.house.sample_feature.handlers.ids import Action, View

SCORES = ("1", "2", "3", "4", "5")


def request(evaluation_id: int, t: Texts) -> Message:
    """The question, with a button."""
    said = t("How was the meeting? Your answer has no name on it.")
    return Message(said, [b.section(said, b.button(t("Answer"), Action.EVALUATION_OPEN, evaluation_id))])


def open_evaluation(at: AtHome) -> list[Block]:
    """On the start page of whoever has not answered."""
    if at.found is None:
        return []
    answer = b.button(at.t("Answer"), Action.EVALUATION_OPEN, at.found)
    return [b.section(at.t("How was the meeting? Your answer has no name on it."), answer)]


def form(evaluation_id: int, t: Texts) -> dict[str, Any]:
    """One choice from 1 to 5."""
    chosen = b.radio("score", [(score, score) for score in SCORES])
    blocks: list[Block] = [b.entry(t("From 1 (wasted) to 5 (well spent)"), chosen)]
    return b.form(
        View.EVALUATION_FORM,
        t("The meeting"),
        t("Send"),
        t("Cancel"),
        blocks,
        json.dumps({"evaluation": evaluation_id}),
    )


def result(counted: Mapping[int, int] | None, t: Texts) -> str:
    """What came of it."""
    if counted is None:
        return t("Too few have answered to tell anything of it.")
    said = t.listing([f"{score}: {counted.get(score, 0)}" for score in range(1, len(SCORES) + 1)])
    return t("How the meeting was, and how many said so: {counts}", counts=said)
