"""A member's own settings: language and holidays."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from cluster.calendar import Hours, at
from handlers import blocks as b
from handlers.members.ids import View
from locales import Texts
from storage.models import Member

MOST = 90
LANGUAGE_NAMES = [("da", "Dansk"), ("en", "English")]


NONE = "none"
"""The choice of no hour, and of nobody."""


@dataclass(frozen=True)
class OwnLeave:
    """A leave as it is filled in."""

    begins: date | None
    """The first day, where that is still to come."""
    until: date | None


def settings_form(
    member: Member, leave: OwnLeave, t: Texts, *, hours: Hours, colleagues: Sequence[Member]
) -> dict[str, Any]:
    """Language, hours for reminders within the cluster's, leave, and who stands in meanwhile."""
    usual, span = (NONE, t("As the cluster")), range(hours.start, hours.end + 1)
    first = [usual, *((f"{each}", _hour(each, t)) for each in span[:-2])]
    last = [usual, *((f"{each}", _hour(each, t)) for each in span[2:])]
    blocks = [
        b.entry(t("Language"), b.radio("language", LANGUAGE_NAMES, chosen=member.language)),
        b.entry(t("Reminders from"), b.select("reminders_from", first, chosen=f"{member.reminders_from or NONE}")),
        b.entry(
            t("Reminders until"),
            b.select("reminders_to", last, chosen=f"{member.reminders_to or NONE}"),
            help_text=t(
                "Within the hours that the cluster agreed on, on workdays. If there would be no time left before a "
                "deadline, the cluster's hours hold."
            ),
        ),
        b.entry(
            t("On holiday from"),
            b.date_field("away_from", initial=leave.begins),
            help_text=t("Leave it blank when it has begun."),
            optional=True,
        ),
        b.entry(
            t("On holiday until"),
            b.date_field("away_until", initial=leave.until),
            help_text=t("I will send you no reminders until that day. Clear it when you are back."),
            optional=True,
        ),
    ]
    if colleagues:
        nobody = (NONE, t("Nobody"))
        names = [nobody, *((f"{each.id}", each.name) for each in colleagues[:MOST])]
        chosen = next((value for value, _ in names if value == f"{member.substitute_id}"), NONE)
        entry = b.entry(
            t("Stands in while I am on holiday"),
            b.select("substitute", names, chosen=chosen),
            help_text=t("A colleague of the practice, who is asked about its numbers so long. I tell them."),
        )
        blocks.append(entry)
    metadata = json.dumps({"member": member.id})
    return b.form(View.MEMBER_SETTINGS, t("Settings"), t("Save"), t("Cancel"), blocks, metadata)


def _hour(hour: int, t: Texts) -> str:
    return t.time(at(date(2026, 1, 5), hour))
