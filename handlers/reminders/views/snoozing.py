""" "Remind me later": the menu under whatever asks for an answer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from cluster.reminders.moments import SNOOZES
from cluster.undoing import Values
from handlers.blocks import select
from locales import N_, Texts

WORDS = {
    "in_three_days": N_("in three days"),
    "monday": N_("on Monday"),
    "tomorrow": N_("tomorrow"),
}


def later_menu(
    action: str, number: int, t: Texts, *, snoozes: Sequence[str] = SNOOZES, capital: bool = False
) -> dict[str, Any]:
    """The menu of an asking with this number; what is chosen comes back as ``7:tomorrow``."""
    said = [(choice, t(WORDS[choice])) for choice in SNOOZES if choice in snoozes]
    options = [(f"{number}:{choice}", word[:1].upper() + word[1:] if capital else word) for choice, word in said]
    return select(action, options, hint=t("Remind me later"))


def put_off(values: Values, t: Texts) -> str:
    """Until when a reminder was put off, of what can be undone."""
    if not values["until"]:
        return t("as usual")
    return t("not before {moment}", moment=t.moment(datetime.fromisoformat(values["until"])))
